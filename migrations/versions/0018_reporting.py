"""Reporting periods, what institutions report in them, its evidence, and by which rule figures are judged.

What is verified is kept by a trigger, as adoptions are: a figure that was checked is corrected by a new record alone,
also where it is an estimate. A provisional one is let through, since verifying its update is what makes it verified.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0018_reporting"
down_revision = "0017_notices"
branch_labels = None
depends_on = None

json = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
moment = sa.DateTime(timezone=True)
TOLD = "what is verified is kept as it is"
LAST_SAID = ("activity_progress", "milestone_progress", "spending")
TOLD_IN_UPDATES = ("indicator_value", *LAST_SAID)
KEPT = {
    "progress_update": "old.state = 'verified'",
    "indicator_value": (
        "old.quality <> 'provisional' and exists "
        "(select 1 from progress_update where id = old.update_id and state = 'verified')"
    ),
}
SUBJECTS = ("activity", "indicator", "milestone")


def _id(name: str, *, nullable: bool = True) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _foreign(table: str, column: str, other: str, *, cascade: bool = False) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete="CASCADE" if cascade else None)


def upgrade() -> None:
    """Makes the tables of reporting."""
    with op.batch_alter_table("institution") as institution:
        institution.add_column(sa.Column("approves_reports", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("institution") as institution:
        institution.alter_column("approves_reports", server_default=None)
    _periods_and_rule()
    _updates()
    for table in TOLD_IN_UPDATES:
        with op.batch_alter_table(table) as told:
            told.add_column(_id("update_id"))
            told.create_foreign_key(
                op.f(f"fk_{table}_update_id"), "progress_update", ["update_id"], ["id"], ondelete="CASCADE"
            )
            told.create_index(op.f(f"ix_{table}_update_id"), ["update_id"])
            if table in LAST_SAID:
                told.add_column(sa.Column("filed", json, nullable=True))
    _keep()


def _periods_and_rule() -> None:
    op.create_table(
        "reporting_period",
        _id("id", nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        _id("plan_id", nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("opened_at", moment, nullable=True),
        sa.Column("closed_at", moment, nullable=True),
        sa.Column("published_at", moment, nullable=True),
        _id("row_version", nullable=False),
        sa.CheckConstraint("state in ('planned', 'open', 'closed')", name=op.f("ck_reporting_period_state")),
        sa.CheckConstraint("starts <= ends and ends <= due", name=op.f("ck_reporting_period_days")),
        _foreign("reporting_period", "plan_id", "plan", cascade=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reporting_period")),
        sa.UniqueConstraint("key", name=op.f("uq_reporting_period_key")),
        sa.UniqueConstraint("plan_id", "ends", name=op.f("uq_reporting_period_plan_id_ends")),
    )
    op.create_table(
        "status_rule",
        _id("id", nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        _id("plan_id", nullable=False),
        *(_id(name, nullable=False) for name in ("on_track", "at_risk", "late_days", "jump", "stale_years")),
        _id("row_version", nullable=False),
        sa.CheckConstraint("0 < at_risk and at_risk < on_track and on_track <= 100", name=op.f("ck_status_rule_order")),
        sa.CheckConstraint("late_days > 0 and jump > 0 and stale_years > 0", name=op.f("ck_status_rule_positive")),
        _foreign("status_rule", "plan_id", "plan", cascade=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_status_rule")),
        sa.UniqueConstraint("key", name=op.f("uq_status_rule_key")),
        sa.UniqueConstraint("plan_id", name=op.f("uq_status_rule_plan_id")),
    )


def _updates() -> None:
    table = "progress_update"
    filled = " + ".join(f"(case when {kind}_id is null then 0 else 1 end)" for kind in SUBJECTS)
    op.create_table(
        table,
        _id("id", nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        *(_id(name, nullable=False) for name in ("plan_id", "period_id", "institution_id")),
        *(_id(f"{kind}_id") for kind in SUBJECTS),
        _id("corrects_id"),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=True),
        *(sa.Column(name, json, nullable=True) for name in ("said", "figures", "spending", "milestones")),
        sa.Column("unchanged", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("source_note", sa.String(), nullable=True),
        sa.Column("correction_reason", sa.String(), nullable=True),
        _id("author_id"),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("first_sent_at", moment, nullable=True),
        sa.Column("submitted_at", moment, nullable=True),
        sa.Column("confirmed_by", sa.String(), nullable=True),
        sa.Column("confirmed_at", moment, nullable=True),
        _id("approver_id"),
        sa.Column("approved_by", sa.String(), nullable=True),
        sa.Column("approved_at", moment, nullable=True),
        _id("verifier_id"),
        sa.Column("verified_by", sa.String(), nullable=True),
        sa.Column("verified_at", moment, nullable=True),
        sa.Column("returned_by", sa.String(), nullable=True),
        sa.Column("returned_at", moment, nullable=True),
        sa.Column("return_reason", sa.String(), nullable=True),
        _id("row_version", nullable=False),
        sa.CheckConstraint(f"{filled} = 1", name=op.f(f"ck_{table}_one_row")),
        sa.CheckConstraint(
            "state in ('draft', 'submitted', 'approved', 'returned', 'verified')", name=op.f(f"ck_{table}_state")
        ),
        sa.CheckConstraint("source in ('online', 'letter', 'call', 'paper')", name=op.f(f"ck_{table}_source")),
        sa.CheckConstraint("approver_id is null or approver_id <> author_id", name=op.f(f"ck_{table}_approver")),
        sa.CheckConstraint("verifier_id is null or verifier_id <> author_id", name=op.f(f"ck_{table}_verifier")),
        sa.CheckConstraint("state <> 'verified' or verified_at is not null", name=op.f(f"ck_{table}_verified")),
        _foreign(table, "plan_id", "plan", cascade=True),
        _foreign(table, "period_id", "reporting_period", cascade=True),
        _foreign(table, "institution_id", "institution"),
        *(_foreign(table, f"{kind}_id", kind, cascade=True) for kind in SUBJECTS),
        _foreign(table, "corrects_id", table),
        *(_foreign(table, f"{who}_id", "person") for who in ("author", "approver", "verifier")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("key", name=op.f(f"uq_{table}_key")),
        sa.UniqueConstraint("corrects_id", name=op.f(f"uq_{table}_corrects_id")),
    )
    for column in ("period_id", "institution_id", *(f"{kind}_id" for kind in SUBJECTS), "author_id"):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    first = sa.text("corrects_id is null")
    for kind in SUBJECTS:
        columns = ["period_id", f"{kind}_id"]
        op.create_index(f"uq_{table}_{kind}", table, columns, unique=True, sqlite_where=first, postgresql_where=first)
    op.create_table(
        "evidence",
        _id("id", nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        _id("update_id", nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=True) for name in ("url", "stored_as", "sha256")),
        _id("size"),
        sa.Column("removed_at", moment, nullable=True),
        _id("row_version", nullable=False),
        sa.CheckConstraint("(url is null) <> (stored_as is null)", name=op.f("ck_evidence_one_kind")),
        _foreign("evidence", "update_id", table, cascade=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint("key", name=op.f("uq_evidence_key")),
    )
    op.create_index(op.f("ix_evidence_update_id"), "evidence", ["update_id"])


def _keep() -> None:
    """Lets the database itself refuse what the services refuse; a plan that is taken away takes its updates along."""
    for table, kept in KEPT.items():
        if op.get_bind().dialect.name == "postgresql":
            op.execute(
                f"create function {table}_is_kept() returns trigger language plpgsql as "
                f"$$ begin if {kept} then raise exception '{TOLD}'; end if; return new; end $$"
            )
            op.execute(
                f"create trigger {table}_is_kept before update on {table} "
                f"for each row execute function {table}_is_kept()"
            )
        else:
            op.execute(
                f"create trigger {table}_is_kept before update on {table} when {kept} "
                f"begin select raise(abort, '{TOLD}'); end"
            )


def downgrade() -> None:
    """Takes the tables of reporting away."""
    for table in KEPT:
        if op.get_bind().dialect.name == "postgresql":
            op.execute(f"drop trigger {table}_is_kept on {table}")
            op.execute(f"drop function {table}_is_kept()")
        else:
            op.execute(f"drop trigger {table}_is_kept")
    for table in TOLD_IN_UPDATES:
        with op.batch_alter_table(table) as told:
            told.drop_index(op.f(f"ix_{table}_update_id"))
            told.drop_constraint(op.f(f"fk_{table}_update_id"), type_="foreignkey")
            told.drop_column("update_id")
            if table in LAST_SAID:
                told.drop_column("filed")
    for table in ("evidence", "progress_update", "status_rule", "reporting_period"):
        op.drop_table(table)
    with op.batch_alter_table("institution") as institution:
        institution.drop_column("approves_reports")
