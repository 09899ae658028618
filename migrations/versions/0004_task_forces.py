"""Who sits in a plan's task force."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0004_task_forces"
down_revision = "0003_plans"
branch_labels = None
depends_on = None

json = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    op.create_table(
        "membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("chair", sa.Boolean(), nullable=False),
        sa.Column("member", sa.Boolean(), nullable=False),
        sa.Column("observer", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["institution_id"], ["institution.id"], name=op.f("fk_membership_institution_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_membership_plan_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sa.UniqueConstraint("plan_id", "institution_id", name=op.f("uq_membership_plan_id_institution_id")),
    )
    op.create_index(op.f("ix_membership_institution_id"), "membership", ["institution_id"], unique=False)
    op.create_index(op.f("ix_membership_plan_id"), "membership", ["plan_id"], unique=False)
    op.create_table(
        "task_force",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("mandate", json, nullable=True),
        sa.Column("chair_reason", json, nullable=True),
        sa.Column("meets_every_months", sa.Integer(), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("meets_every_months between 1 and 24", name=op.f("ck_task_force_meets_every_months")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_task_force_plan_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_force")),
        sa.UniqueConstraint("key", name=op.f("uq_task_force_key")),
        sa.UniqueConstraint("plan_id", name=op.f("uq_task_force_plan_id")),
    )


def downgrade() -> None:
    op.drop_table("task_force")
    op.drop_index(op.f("ix_membership_plan_id"), table_name="membership")
    op.drop_index(op.f("ix_membership_institution_id"), table_name="membership")
    op.drop_table("membership")
