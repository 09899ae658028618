"""The record of parliament, and how often parliament reviews a plan."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0026_parliament"
down_revision = "0025_issued_files"
branch_labels = None
depends_on = None

json = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
moment = sa.DateTime(timezone=True)
KINDS = "'tabling', 'referral', 'debate', 'question', 'resolution', 'undertaking', 'review'"


def upgrade() -> None:
    """Makes both tables."""
    _create_entries()
    op.create_table(
        "review_rhythm",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        _to("review_rhythm", "plan_id", "plan", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_rhythm")),
        sa.UniqueConstraint("key", name=op.f("uq_review_rhythm_key")),
        sa.UniqueConstraint("plan_id", name=op.f("uq_review_rhythm_plan_id")),
    )


def _create_entries() -> None:
    op.create_table(
        "house_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("title", json, nullable=False),
        sa.Column("text", json, nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("about", json, nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("body", json, nullable=True),
        sa.Column("embargoed_until", sa.Date(), nullable=True),
        sa.Column("asked_by", sa.String(), nullable=True),
        sa.Column("answer", json, nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("debate_id", sa.Integer(), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("kept_on", sa.Date(), nullable=True),
        sa.Column("kept_note", json, nullable=True),
        sa.Column("withdrawn_at", moment, nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint(f"kind in ({KINDS})", name=op.f("ck_house_entry_kind")),
        sa.CheckConstraint("(kind = 'undertaking') = (owner_id is not null)", name=op.f("ck_house_entry_owner")),
        sa.CheckConstraint("(owner_id is null) = (due is null)", name=op.f("ck_house_entry_due")),
        sa.CheckConstraint("embargoed_until is null or kind = 'tabling'", name=op.f("ck_house_entry_embargo")),
        sa.CheckConstraint("(answer is null) = (answered_on is null)", name=op.f("ck_house_entry_answered")),
        _to("house_entry", "plan_id", "plan", ondelete="CASCADE"),
        _to("house_entry", "debate_id", "house_entry"),
        _to("house_entry", "owner_id", "institution"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_house_entry")),
        sa.UniqueConstraint("key", name=op.f("uq_house_entry_key")),
        sa.UniqueConstraint("plan_id", "number", name=op.f("uq_house_entry_plan_id_number")),
    )
    for column in ("debate_id", "owner_id"):
        op.create_index(op.f(f"ix_house_entry_{column}"), "house_entry", [column])


def _to(table: str, column: str, other: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"), ondelete=ondelete)


def downgrade() -> None:
    """Drops both."""
    op.drop_table("review_rhythm")
    op.drop_table("house_entry")
