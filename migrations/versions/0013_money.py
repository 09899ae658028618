"""The State's own table of unit costs, and the rate that a budget line was taken from."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0013_money"
down_revision = "0012_meetings"
branch_labels = None
depends_on = None

json = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
exact = sa.String(32).with_variant(sa.Numeric(21, 6), "postgresql")


def upgrade() -> None:
    op.create_table(
        "unit_cost",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("title", json, nullable=False),
        sa.Column("unit", json, nullable=False),
        sa.Column("amount", exact, nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("basis", json, nullable=True),
        sa.Column("valid_from", sa.Integer(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_cost")),
        sa.UniqueConstraint("key", name=op.f("uq_unit_cost_key")),
    )
    with op.batch_alter_table("budget_line") as budget_line:
        budget_line.add_column(sa.Column("rate_id", sa.Integer(), nullable=True))
        budget_line.create_foreign_key(op.f("fk_budget_line_rate_id"), "unit_cost", ["rate_id"], ["id"])
        budget_line.create_index(op.f("ix_budget_line_rate_id"), ["rate_id"])


def downgrade() -> None:
    with op.batch_alter_table("budget_line") as budget_line:
        budget_line.drop_index(op.f("ix_budget_line_rate_id"))
        budget_line.drop_constraint(op.f("fk_budget_line_rate_id"), type_="foreignkey")
        budget_line.drop_column("rate_id")
    op.drop_table("unit_cost")
