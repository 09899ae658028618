"""Photographs in the sections of a plan, and the list of those that a version was frozen with."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0029_photographs"
down_revision = "0028_identity"
branch_labels = None
depends_on = None

json = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    """Makes the table, and adds the list; versions from before have none."""
    op.create_table(
        "photograph",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=True),
        sa.Column("stored_as", sa.String(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("alt", json, nullable=False),
        sa.Column("caption", json, nullable=True),
        sa.Column("credit", sa.String(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        _to("plan_id", "plan"),
        _to("section_id", "section"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photograph")),
        sa.UniqueConstraint("plan_id", "key", name=op.f("uq_photograph_plan_id_key")),
    )
    op.create_index(op.f("ix_photograph_section_id"), "photograph", ["section_id"])
    op.add_column("plan_version", sa.Column("photographs", json, nullable=True))


def _to(column: str, table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_photograph_{column}")
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], name=name, ondelete="CASCADE")


def downgrade() -> None:
    """Drops both."""
    op.drop_column("plan_version", "photographs")
    op.drop_index(op.f("ix_photograph_section_id"), table_name="photograph")
    op.drop_table("photograph")
