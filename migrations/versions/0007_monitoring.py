"""How the plan goes."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0007_monitoring"
down_revision = "0006_consultations"
branch_labels = None
depends_on = None

json = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
exact = sa.String(32).with_variant(sa.Numeric(21, 6), "postgresql")


def upgrade() -> None:
    op.create_table(
        "activity_progress",
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_activity_progress_activity_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("activity_id", name=op.f("pk_activity_progress")),
    )
    op.create_table(
        "indicator_value",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("period_starts", sa.Date(), nullable=True),
        sa.Column("period_ends", sa.Date(), nullable=False),
        sa.Column("value", exact, nullable=True),
        sa.Column("numerator", exact, nullable=True),
        sa.Column("denominator", exact, nullable=True),
        sa.Column("text", json, nullable=True),
        sa.Column("source", json, nullable=True),
        sa.Column("cells", json, nullable=True),
        sa.Column("quality", sa.String(), nullable=False),
        sa.Column("missing", sa.String(), nullable=True),
        sa.Column("note", json, nullable=True),
        sa.Column("series", sa.String(), nullable=True),
        sa.Column("corrects", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "quality in ('verified', 'provisional', 'estimate')", name=op.f("ck_indicator_value_quality")
        ),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_indicator_value_indicator_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator_value")),
    )
    op.create_index(op.f("ix_indicator_value_indicator_id"), "indicator_value", ["indicator_id"], unique=False)
    op.create_table(
        "milestone_progress",
        sa.Column("milestone_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=True),
        sa.Column("met_on", sa.Date(), nullable=True),
        sa.Column("reason", json, nullable=True),
        sa.ForeignKeyConstraint(
            ["milestone_id"], ["milestone.id"], name=op.f("fk_milestone_progress_milestone_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("milestone_id", name=op.f("pk_milestone_progress")),
    )
    op.create_table(
        "spending",
        sa.Column("budget_line_id", sa.Integer(), nullable=False),
        sa.Column("approved", exact, nullable=True),
        sa.Column("committed", exact, nullable=True),
        sa.Column("disbursed", exact, nullable=True),
        sa.Column("spent", exact, nullable=True),
        sa.ForeignKeyConstraint(
            ["budget_line_id"], ["budget_line.id"], name=op.f("fk_spending_budget_line_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("budget_line_id", name=op.f("pk_spending")),
    )


def downgrade() -> None:
    op.drop_table("spending")
    op.drop_table("milestone_progress")
    op.drop_index(op.f("ix_indicator_value_indicator_id"), table_name="indicator_value")
    op.drop_table("indicator_value")
    op.drop_table("activity_progress")
