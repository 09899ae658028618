"""Reports on a period: their facts and texts, which a trigger keeps as they are while a report is published."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0020_reports"
down_revision = "0019_calendar_links"
branch_labels = None
depends_on = None

json = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
moment = sa.DateTime(timezone=True)
HELD = ("kind", "grouped_by", "facts", "texts", "drawn_at", "published_at", "published_by")
TOLD = "what is published is kept as it is"


def _changes(differs: str) -> str:
    """When a published report would change: it may be withdrawn, and nothing else of it with that."""
    held = " or ".join(f"new.{column} {differs} old.{column}" for column in HELD)
    return f"old.state = 'published' and (new.state <> 'withdrawn' or {held})"


def upgrade() -> None:
    """Makes the table of reports."""
    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("grouped_by", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("facts", json, nullable=False),
        sa.Column("texts", json, nullable=False),
        sa.Column("drawn_at", moment, nullable=False),
        sa.Column("published_at", moment, nullable=True),
        sa.Column("published_by", sa.String(), nullable=True),
        sa.Column("withdrawn_at", moment, nullable=True),
        sa.Column("withdrawn_reason", sa.String(), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind in ('progress', 'card', 'facts')", name=op.f("ck_report_kind")),
        sa.CheckConstraint("grouped_by in ('pillars', 'themes')", name=op.f("ck_report_grouped_by")),
        sa.CheckConstraint("state in ('draft', 'published', 'withdrawn')", name=op.f("ck_report_state")),
        sa.CheckConstraint("state <> 'published' or published_at is not null", name=op.f("ck_report_published")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_report_plan_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["period_id"], ["reporting_period.id"], name=op.f("fk_report_period_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint("key", name=op.f("uq_report_key")),
        sa.UniqueConstraint("period_id", "kind", name=op.f("uq_report_period_id_kind")),
    )
    op.create_index(op.f("ix_report_plan_id"), "report", ["plan_id"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "create function report_is_kept() returns trigger language plpgsql as "
            f"$$ begin if {_changes('is distinct from')} then raise exception '{TOLD}'; end if; return new; end $$"
        )
        op.execute(
            "create trigger report_is_kept before update on report for each row execute function report_is_kept()"
        )
    else:
        op.execute(
            f"create trigger report_is_kept before update on report when {_changes('is not')} "
            f"begin select raise(abort, '{TOLD}'); end"
        )


def downgrade() -> None:
    """Takes the table of reports away."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("drop trigger report_is_kept on report")
        op.execute("drop function report_is_kept()")
    else:
        op.execute("drop trigger report_is_kept")
    op.drop_table("report")
