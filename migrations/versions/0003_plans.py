"""The plan, its text, its results framework and its frozen versions."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0003_plans"
down_revision = "0002_institutions"
branch_labels = None
depends_on = None

json = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
exact = sa.String(32).with_variant(sa.Numeric(21, 6), "postgresql")


def _forbid_changes(table: str) -> None:
    """The database itself refuses every change and removal, whoever asks."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"create function {table}_is_kept() returns trigger language plpgsql as "
            f"$$ begin raise exception '{table} is never changed'; end $$"
        )
        op.execute(
            f"create trigger {table}_is_kept before update or delete on {table} "
            f"for each row execute function {table}_is_kept()"
        )
        return
    for act in ("update", "delete"):
        op.execute(
            f"create trigger {table}_no_{act} before {act} on {table} "
            f"begin select raise(abort, '{table} is never changed'); end"
        )


def _allow_changes(table: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"drop trigger {table}_is_kept on {table}")
        op.execute(f"drop function {table}_is_kept()")
        return
    for act in ("update", "delete"):
        op.execute(f"drop trigger {table}_no_{act}")


def upgrade() -> None:
    op.create_table(
        "plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("title", json, nullable=False),
        sa.Column("subtitle", json, nullable=True),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("languages", json, nullable=False),
        sa.Column("required_languages", json, nullable=True),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("reporting_months", sa.Integer(), nullable=False),
        sa.Column("labels", json, nullable=True),
        sa.Column("context", json, nullable=True),
        sa.Column("adoption", json, nullable=True),
        sa.Column("area", json, nullable=True),
        sa.Column("issuing_body_id", sa.Integer(), nullable=True),
        sa.Column("reference", sa.String(), nullable=True),
        sa.Column("part_of", json, nullable=True),
        sa.Column("succeeds", json, nullable=True),
        sa.Column("timezone", sa.String(), nullable=True),
        sa.Column("fiscal_year_starts", sa.String(), nullable=False),
        sa.Column("regions", json, nullable=True),
        sa.Column("rates", json, nullable=True),
        sa.Column("abbreviations", json, nullable=True),
        sa.Column("signatures", json, nullable=True),
        sa.Column("vision", json, nullable=True),
        sa.Column("civil_society_role", sa.String(), nullable=True),
        sa.Column("monitoring", json, nullable=True),
        sa.Column("not_applicable", json, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state in ('drafting', 'adopted')", name=op.f("ck_plan_state")),
        sa.CheckConstraint("edition >= 1", name=op.f("ck_plan_edition")),
        sa.CheckConstraint("starts <= ends", name=op.f("ck_plan_period")),
        sa.ForeignKeyConstraint(["issuing_body_id"], ["institution.id"], name=op.f("fk_plan_issuing_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sa.UniqueConstraint("key", name=op.f("uq_plan_key")),
        sa.UniqueConstraint("slug", name=op.f("uq_plan_slug")),
    )
    op.create_table(
        "former_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("row_key", sa.String(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_former_code_plan_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_code")),
    )
    op.create_index("ix_former_code_kind_code", "former_code", ["plan_id", "kind", "code"], unique=False)
    op.create_table(
        "pillar",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", json, nullable=False),
        sa.Column("goal", json, nullable=True),
        sa.Column("theme", sa.String(), nullable=True),
        sa.Column("also_themes", json, nullable=True),
        sa.Column("areas", json, nullable=True),
        sa.Column("more", json, nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_pillar_plan_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pillar")),
        sa.UniqueConstraint("plan_id", "key", name=op.f("uq_pillar_plan_id_key")),
    )
    op.create_index(
        "uq_pillar_code",
        "pillar",
        ["plan_id", "code"],
        unique=True,
        sqlite_where=sa.text("archived_at is null"),
        postgresql_where=sa.text("archived_at is null"),
    )
    op.create_table(
        "plan_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("frozen_by", sa.String(), nullable=False),
        sa.Column("note", json, nullable=True),
        sa.Column("working", sa.LargeBinary(), nullable=True),
        sa.Column("working_sha256", sa.String(), nullable=False),
        sa.Column("public", sa.LargeBinary(), nullable=True),
        sa.Column("public_sha256", sa.String(), nullable=False),
        sa.Column("former_numbers", json, nullable=True),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_version_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_version")),
        sa.UniqueConstraint("key", name=op.f("uq_plan_version_key")),
        sa.UniqueConstraint("plan_id", "number", name=op.f("uq_plan_version_plan_id_number")),
    )
    op.create_index(op.f("ix_plan_version_plan_id"), "plan_version", ["plan_id"], unique=False)
    op.create_table(
        "policy_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("policy", json, nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("title", json, nullable=True),
        sa.Column("commitment", json, nullable=True),
        sa.Column("finding", json, nullable=True),
        sa.Column("gap", json, nullable=True),
        sa.Column("entry_point", json, nullable=True),
        sa.Column("objectives", json, nullable=True),
        sa.Column("decision", sa.String(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["institution_id"], ["institution.id"], name=op.f("fk_policy_review_institution_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_policy_review_plan_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_review")),
        sa.UniqueConstraint("plan_id", "key", name=op.f("uq_policy_review_plan_id_key")),
    )
    op.create_index(op.f("ix_policy_review_plan_id"), "policy_review", ["plan_id"], unique=False)
    op.create_table(
        "risk",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", json, nullable=False),
        sa.Column("likelihood", sa.String(), nullable=True),
        sa.Column("impact", sa.String(), nullable=True),
        sa.Column("response", json, nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("about", json, nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["institution.id"], name=op.f("fk_risk_owner_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_risk_plan_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_risk")),
        sa.UniqueConstraint("plan_id", "key", name=op.f("uq_risk_plan_id_key")),
    )
    op.create_index(op.f("ix_risk_plan_id"), "risk", ["plan_id"], unique=False)
    op.create_index(
        "uq_risk_code",
        "risk",
        ["plan_id", "code"],
        unique=True,
        sqlite_where=sa.text("archived_at is null and code is not null"),
        postgresql_where=sa.text("archived_at is null and code is not null"),
    )
    op.create_table(
        "section",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", json, nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("restricted", sa.Boolean(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("easy", json, nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("place in ('front', 'body', 'annex')", name=op.f("ck_section_place")),
        sa.ForeignKeyConstraint(["owner_id"], ["institution.id"], name=op.f("fk_section_owner_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_section_plan_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_section")),
        sa.UniqueConstraint("plan_id", "key", name=op.f("uq_section_plan_id_key")),
    )
    op.create_index(op.f("ix_section_plan_id"), "section", ["plan_id"], unique=False)
    op.create_table(
        "objective",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("pillar_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", json, nullable=False),
        sa.Column("description", json, nullable=True),
        sa.Column("lead_id", sa.Integer(), nullable=True),
        sa.Column("partners", json, nullable=True),
        sa.Column("mandates", json, nullable=True),
        sa.Column("change_for_women", json, nullable=True),
        sa.Column("theme", sa.String(), nullable=True),
        sa.Column("topics", json, nullable=True),
        sa.Column("related", json, nullable=True),
        sa.Column("achieved_when", json, nullable=True),
        sa.Column("more", json, nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["institution.id"], name=op.f("fk_objective_lead_id")),
        sa.ForeignKeyConstraint(["pillar_id"], ["pillar.id"], name=op.f("fk_objective_pillar_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_objective_plan_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objective")),
        sa.UniqueConstraint("plan_id", "key", name=op.f("uq_objective_plan_id_key")),
    )
    op.create_index(op.f("ix_objective_lead_id"), "objective", ["lead_id"], unique=False)
    op.create_index(op.f("ix_objective_pillar_id"), "objective", ["pillar_id"], unique=False)
    op.create_index(
        "uq_objective_code",
        "objective",
        ["plan_id", "code"],
        unique=True,
        sqlite_where=sa.text("archived_at is null"),
        postgresql_where=sa.text("archived_at is null"),
    )
    op.create_table(
        "paragraph",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", json, nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind in ('paragraph', 'heading', 'table')", name=op.f("ck_paragraph_kind")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_paragraph_plan_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["section_id"], ["section.id"], name=op.f("fk_paragraph_section_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paragraph")),
        sa.UniqueConstraint("plan_id", "key", name=op.f("uq_paragraph_plan_id_key")),
    )
    op.create_index(op.f("ix_paragraph_section_id"), "paragraph", ["section_id"], unique=False)
    op.create_table(
        "output",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("objective_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", json, nullable=False),
        sa.Column("lead_id", sa.Integer(), nullable=True),
        sa.Column("partners", json, nullable=True),
        sa.Column("more", json, nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["institution.id"], name=op.f("fk_output_lead_id")),
        sa.ForeignKeyConstraint(
            ["objective_id"], ["objective.id"], name=op.f("fk_output_objective_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_output_plan_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_output")),
        sa.UniqueConstraint("plan_id", "key", name=op.f("uq_output_plan_id_key")),
    )
    op.create_index(op.f("ix_output_lead_id"), "output", ["lead_id"], unique=False)
    op.create_index(op.f("ix_output_objective_id"), "output", ["objective_id"], unique=False)
    op.create_index(
        "uq_output_code",
        "output",
        ["plan_id", "code"],
        unique=True,
        sqlite_where=sa.text("archived_at is null"),
        postgresql_where=sa.text("archived_at is null"),
    )
    op.create_table(
        "paragraph_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("paragraph_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("text", json, nullable=True),
        sa.ForeignKeyConstraint(
            ["paragraph_id"], ["paragraph.id"], name=op.f("fk_paragraph_text_paragraph_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paragraph_text")),
    )
    op.create_index("ix_paragraph_text_paragraph_at", "paragraph_text", ["paragraph_id", "id"], unique=False)
    op.create_table(
        "activity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("pillar_id", sa.Integer(), nullable=False),
        sa.Column("objective_id", sa.Integer(), nullable=True),
        sa.Column("output_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", json, nullable=False),
        sa.Column("description", json, nullable=True),
        sa.Column("expected_result", json, nullable=True),
        sa.Column("lead_id", sa.Integer(), nullable=True),
        sa.Column("partners", json, nullable=True),
        sa.Column("starts", sa.String(), nullable=True),
        sa.Column("ends", sa.String(), nullable=True),
        sa.Column("timing", sa.String(), nullable=False),
        sa.Column("time_as_stated", json, nullable=True),
        sa.Column("costing", sa.String(), nullable=True),
        sa.Column("costing_note", json, nullable=True),
        sa.Column("restricted", sa.Boolean(), nullable=False),
        sa.Column("gender_marker", sa.Integer(), nullable=True),
        sa.Column("regions", json, nullable=True),
        sa.Column("new", sa.Boolean(), nullable=True),
        sa.Column("strategies", json, nullable=True),
        sa.Column("reach", sa.String(), nullable=True),
        sa.Column("topics", json, nullable=True),
        sa.Column("related", json, nullable=True),
        sa.Column("mandates", json, nullable=True),
        sa.Column("more", json, nullable=True),
        sa.Column("sought", sa.String(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("gender_marker between 0 and 2", name=op.f("ck_activity_gender_marker")),
        sa.CheckConstraint("output_id is null or objective_id is not null", name=op.f("ck_activity_place")),
        sa.ForeignKeyConstraint(["lead_id"], ["institution.id"], name=op.f("fk_activity_lead_id")),
        sa.ForeignKeyConstraint(
            ["objective_id"], ["objective.id"], name=op.f("fk_activity_objective_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["output_id"], ["output.id"], name=op.f("fk_activity_output_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["pillar_id"], ["pillar.id"], name=op.f("fk_activity_pillar_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_activity_plan_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity")),
        sa.UniqueConstraint("plan_id", "key", name=op.f("uq_activity_plan_id_key")),
    )
    op.create_index(op.f("ix_activity_lead_id"), "activity", ["lead_id"], unique=False)
    op.create_index(op.f("ix_activity_objective_id"), "activity", ["objective_id"], unique=False)
    op.create_index(op.f("ix_activity_output_id"), "activity", ["output_id"], unique=False)
    op.create_index(op.f("ix_activity_pillar_id"), "activity", ["pillar_id"], unique=False)
    op.create_index("ix_activity_plan_pillar", "activity", ["plan_id", "pillar_id", "position"], unique=False)
    op.create_index(
        "uq_activity_code",
        "activity",
        ["plan_id", "code"],
        unique=True,
        sqlite_where=sa.text("archived_at is null"),
        postgresql_where=sa.text("archived_at is null"),
    )
    op.create_table(
        "budget_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("amount", exact, nullable=True),
        sa.Column("low", exact, nullable=True),
        sa.Column("high", exact, nullable=True),
        sa.Column("quantity", exact, nullable=True),
        sa.Column("times", exact, nullable=True),
        sa.Column("unit_cost", exact, nullable=True),
        sa.Column("unit", json, nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("source", json, nullable=True),
        sa.Column("funding", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("currency", sa.String(), nullable=True),
        sa.Column("funder_id", sa.Integer(), nullable=True),
        sa.Column("beneficiary", json, nullable=True),
        sa.Column("conditions", json, nullable=True),
        sa.Column("for_womens_organisations", sa.Boolean(), nullable=False),
        sa.Column("basis", json, nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("funding in ('secured', 'pledged', 'gap', 'unknown')", name=op.f("ck_budget_line_funding")),
        sa.CheckConstraint(
            "amount is not null or (low is not null and high is not null) or (quantity is not null and unit_cost is not null)",
            name=op.f("ck_budget_line_some_money"),
        ),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_budget_line_activity_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["funder_id"], ["institution.id"], name=op.f("fk_budget_line_funder_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget_line")),
        sa.UniqueConstraint("key", name=op.f("uq_budget_line_key")),
    )
    op.create_index(op.f("ix_budget_line_activity_id"), "budget_line", ["activity_id"], unique=False)
    op.create_table(
        "commitment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("objective_id", sa.Integer(), nullable=True),
        sa.Column("activity_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=True),
        sa.Column("post", json, nullable=True),
        sa.CheckConstraint(
            "state in ('not_asked', 'asked', 'accepted', 'change_asked')", name=op.f("ck_commitment_state")
        ),
        sa.CheckConstraint("(objective_id is null) <> (activity_id is null)", name=op.f("ck_commitment_one_row")),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_commitment_activity_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["objective_id"], ["objective.id"], name=op.f("fk_commitment_objective_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment")),
        sa.UniqueConstraint("activity_id", name=op.f("uq_commitment_activity_id")),
        sa.UniqueConstraint("objective_id", name=op.f("uq_commitment_objective_id")),
    )
    op.create_table(
        "indicator",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("pillar_id", sa.Integer(), nullable=True),
        sa.Column("objective_id", sa.Integer(), nullable=True),
        sa.Column("output_id", sa.Integer(), nullable=True),
        sa.Column("activity_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", json, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("unit", json, nullable=True),
        sa.Column("direction", sa.String(), nullable=False),
        sa.Column("total", sa.String(), nullable=False),
        sa.Column("means_of_verification", json, nullable=True),
        sa.Column("responsible_id", sa.Integer(), nullable=True),
        sa.Column("frequency_months", sa.Integer(), nullable=True),
        sa.Column("refers_to", json, nullable=True),
        sa.Column("level", sa.String(), nullable=True),
        sa.Column("counts", sa.String(), nullable=True),
        sa.Column("disaggregation", json, nullable=True),
        sa.Column("no_sex_reason", json, nullable=True),
        sa.Column("definition", json, nullable=True),
        sa.Column("method", json, nullable=True),
        sa.Column("not_counted", json, nullable=True),
        sa.Column("threshold", json, nullable=True),
        sa.Column("scale", json, nullable=True),
        sa.Column("reported_by", sa.String(), nullable=False),
        sa.Column("also_measures", json, nullable=True),
        sa.Column("baseline_due", sa.String(), nullable=True),
        sa.Column("more", json, nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(case when pillar_id is null then 0 else 1 end) + (case when objective_id is null then 0 else 1 end) + (case when output_id is null then 0 else 1 end) + (case when activity_id is null then 0 else 1 end) = 1",
            name=op.f("ck_indicator_one_row"),
        ),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_indicator_activity_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["objective_id"], ["objective.id"], name=op.f("fk_indicator_objective_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["output_id"], ["output.id"], name=op.f("fk_indicator_output_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["pillar_id"], ["pillar.id"], name=op.f("fk_indicator_pillar_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_indicator_plan_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["responsible_id"], ["institution.id"], name=op.f("fk_indicator_responsible_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator")),
        sa.UniqueConstraint("plan_id", "key", name=op.f("uq_indicator_plan_id_key")),
    )
    op.create_index(op.f("ix_indicator_activity_id"), "indicator", ["activity_id"], unique=False)
    op.create_index(op.f("ix_indicator_objective_id"), "indicator", ["objective_id"], unique=False)
    op.create_index(op.f("ix_indicator_output_id"), "indicator", ["output_id"], unique=False)
    op.create_index(op.f("ix_indicator_pillar_id"), "indicator", ["pillar_id"], unique=False)
    op.create_index(
        "uq_indicator_code",
        "indicator",
        ["plan_id", "code"],
        unique=True,
        sqlite_where=sa.text("archived_at is null"),
        postgresql_where=sa.text("archived_at is null"),
    )
    op.create_table(
        "involvement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("objective_id", sa.Integer(), nullable=True),
        sa.Column("output_id", sa.Integer(), nullable=True),
        sa.Column("activity_id", sa.Integer(), nullable=True),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.CheckConstraint("part in ('co_lead', 'supporting')", name=op.f("ck_involvement_part")),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_involvement_activity_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["institution_id"], ["institution.id"], name=op.f("fk_involvement_institution_id")),
        sa.ForeignKeyConstraint(
            ["objective_id"], ["objective.id"], name=op.f("fk_involvement_objective_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["output_id"], ["output.id"], name=op.f("fk_involvement_output_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_involvement")),
        sa.UniqueConstraint(
            "activity_id", "institution_id", "part", name=op.f("uq_involvement_activity_id_institution_id_part")
        ),
        sa.UniqueConstraint(
            "objective_id", "institution_id", "part", name=op.f("uq_involvement_objective_id_institution_id_part")
        ),
        sa.UniqueConstraint(
            "output_id", "institution_id", "part", name=op.f("uq_involvement_output_id_institution_id_part")
        ),
    )
    op.create_index(op.f("ix_involvement_activity_id"), "involvement", ["activity_id"], unique=False)
    op.create_index(op.f("ix_involvement_institution_id"), "involvement", ["institution_id"], unique=False)
    op.create_index(op.f("ix_involvement_objective_id"), "involvement", ["objective_id"], unique=False)
    op.create_index(op.f("ix_involvement_output_id"), "involvement", ["output_id"], unique=False)
    op.create_table(
        "milestone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("objective_id", sa.Integer(), nullable=True),
        sa.Column("activity_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", json, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("due", sa.String(), nullable=True),
        sa.Column("responsible_id", sa.Integer(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(case when objective_id is null then 0 else 1 end) + (case when activity_id is null then 0 else 1 end) <= 1",
            name=op.f("ck_milestone_at_most_one_row"),
        ),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_milestone_activity_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["objective_id"], ["objective.id"], name=op.f("fk_milestone_objective_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_milestone_plan_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["responsible_id"], ["institution.id"], name=op.f("fk_milestone_responsible_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone")),
        sa.UniqueConstraint("plan_id", "key", name=op.f("uq_milestone_plan_id_key")),
    )
    op.create_index(op.f("ix_milestone_activity_id"), "milestone", ["activity_id"], unique=False)
    op.create_index(op.f("ix_milestone_objective_id"), "milestone", ["objective_id"], unique=False)
    op.create_index(
        "uq_milestone_code",
        "milestone",
        ["plan_id", "code"],
        unique=True,
        sqlite_where=sa.text("archived_at is null"),
        postgresql_where=sa.text("archived_at is null"),
    )
    op.create_table(
        "figure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("value", exact, nullable=True),
        sa.Column("text", json, nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("source", json, nullable=True),
        sa.Column("by_when", sa.String(), nullable=True),
        sa.Column("numerator", exact, nullable=True),
        sa.Column("denominator", exact, nullable=True),
        sa.Column("cells", json, nullable=True),
        sa.Column("estimate", sa.Boolean(), nullable=False),
        sa.CheckConstraint("part in ('baseline', 'target', 'benchmark')", name=op.f("ck_figure_part")),
        sa.CheckConstraint("(numerator is null) = (denominator is null)", name=op.f("ck_figure_fraction")),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_figure_indicator_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure")),
        sa.UniqueConstraint("indicator_id", "part", "position", name=op.f("uq_figure_indicator_id_part_position")),
    )
    op.create_index(op.f("ix_figure_indicator_id"), "figure", ["indicator_id"], unique=False)
    _forbid_changes("plan_version")


def downgrade() -> None:
    _allow_changes("plan_version")
    op.drop_index(op.f("ix_figure_indicator_id"), table_name="figure")
    op.drop_table("figure")
    op.drop_index(
        "uq_milestone_code",
        table_name="milestone",
        sqlite_where=sa.text("archived_at is null"),
        postgresql_where=sa.text("archived_at is null"),
    )
    op.drop_index(op.f("ix_milestone_objective_id"), table_name="milestone")
    op.drop_index(op.f("ix_milestone_activity_id"), table_name="milestone")
    op.drop_table("milestone")
    op.drop_index(op.f("ix_involvement_output_id"), table_name="involvement")
    op.drop_index(op.f("ix_involvement_objective_id"), table_name="involvement")
    op.drop_index(op.f("ix_involvement_institution_id"), table_name="involvement")
    op.drop_index(op.f("ix_involvement_activity_id"), table_name="involvement")
    op.drop_table("involvement")
    op.drop_index(
        "uq_indicator_code",
        table_name="indicator",
        sqlite_where=sa.text("archived_at is null"),
        postgresql_where=sa.text("archived_at is null"),
    )
    op.drop_index(op.f("ix_indicator_pillar_id"), table_name="indicator")
    op.drop_index(op.f("ix_indicator_output_id"), table_name="indicator")
    op.drop_index(op.f("ix_indicator_objective_id"), table_name="indicator")
    op.drop_index(op.f("ix_indicator_activity_id"), table_name="indicator")
    op.drop_table("indicator")
    op.drop_table("commitment")
    op.drop_index(op.f("ix_budget_line_activity_id"), table_name="budget_line")
    op.drop_table("budget_line")
    op.drop_index(
        "uq_activity_code",
        table_name="activity",
        sqlite_where=sa.text("archived_at is null"),
        postgresql_where=sa.text("archived_at is null"),
    )
    op.drop_index("ix_activity_plan_pillar", table_name="activity")
    op.drop_index(op.f("ix_activity_pillar_id"), table_name="activity")
    op.drop_index(op.f("ix_activity_output_id"), table_name="activity")
    op.drop_index(op.f("ix_activity_objective_id"), table_name="activity")
    op.drop_index(op.f("ix_activity_lead_id"), table_name="activity")
    op.drop_table("activity")
    op.drop_index("ix_paragraph_text_paragraph_at", table_name="paragraph_text")
    op.drop_table("paragraph_text")
    op.drop_index(
        "uq_output_code",
        table_name="output",
        sqlite_where=sa.text("archived_at is null"),
        postgresql_where=sa.text("archived_at is null"),
    )
    op.drop_index(op.f("ix_output_objective_id"), table_name="output")
    op.drop_index(op.f("ix_output_lead_id"), table_name="output")
    op.drop_table("output")
    op.drop_index(op.f("ix_paragraph_section_id"), table_name="paragraph")
    op.drop_table("paragraph")
    op.drop_index(
        "uq_objective_code",
        table_name="objective",
        sqlite_where=sa.text("archived_at is null"),
        postgresql_where=sa.text("archived_at is null"),
    )
    op.drop_index(op.f("ix_objective_pillar_id"), table_name="objective")
    op.drop_index(op.f("ix_objective_lead_id"), table_name="objective")
    op.drop_table("objective")
    op.drop_index(op.f("ix_section_plan_id"), table_name="section")
    op.drop_table("section")
    op.drop_index(
        "uq_risk_code",
        table_name="risk",
        sqlite_where=sa.text("archived_at is null and code is not null"),
        postgresql_where=sa.text("archived_at is null and code is not null"),
    )
    op.drop_index(op.f("ix_risk_plan_id"), table_name="risk")
    op.drop_table("risk")
    op.drop_index(op.f("ix_policy_review_plan_id"), table_name="policy_review")
    op.drop_table("policy_review")
    op.drop_index(op.f("ix_plan_version_plan_id"), table_name="plan_version")
    op.drop_table("plan_version")
    op.drop_index(
        "uq_pillar_code",
        table_name="pillar",
        sqlite_where=sa.text("archived_at is null"),
        postgresql_where=sa.text("archived_at is null"),
    )
    op.drop_table("pillar")
    op.drop_index("ix_former_code_kind_code", table_name="former_code")
    op.drop_table("former_code")
    op.drop_table("plan")
