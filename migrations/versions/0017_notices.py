"""Which letters a person wants and was sent, and who keeps a task of a plan moving."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0017_notices"
down_revision = "0016_offices"
branch_labels = None
depends_on = None

json = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    with op.batch_alter_table("person") as person:
        person.add_column(sa.Column("letters", sa.String(), nullable=False, server_default="weekly"))
        person.create_check_constraint(op.f("ck_person_letters"), "letters in ('weekly', 'urgent', 'never')")
    with op.batch_alter_table("person") as person:
        person.alter_column("letters", server_default=None)
    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("needs", json, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_reminder_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
    )
    op.create_index(op.f("ix_reminder_person_id"), "reminder", ["person_id"])
    op.create_table(
        "task_owner",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("task", sa.String(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["institution_id"], ["institution.id"], name=op.f("fk_task_owner_institution_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_task_owner_plan_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_owner")),
        sa.UniqueConstraint("key", name=op.f("uq_task_owner_key")),
        sa.UniqueConstraint("plan_id", "task", name=op.f("uq_task_owner_plan_id_task")),
    )
    op.create_index(op.f("ix_task_owner_plan_id"), "task_owner", ["plan_id"])


def downgrade() -> None:
    op.drop_table("task_owner")
    op.drop_table("reminder")
    with op.batch_alter_table("person") as person:
        person.drop_constraint(op.f("ck_person_letters"), type_="check")
        person.drop_column("letters")
