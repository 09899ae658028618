"""The states of a plan's life, and what its adoption holds."""

from alembic import op

revision = "0015_adoption"
down_revision = "0014_undo"
branch_labels = None
depends_on = None


STATES = "state in ('drafting', 'consultation', 'validation', 'adopted', 'in_execution', 'under_review', 'closed')"


def upgrade() -> None:
    with op.batch_alter_table("plan") as plan:
        plan.drop_constraint(op.f("ck_plan_state"), type_="check")
        plan.create_check_constraint(op.f("ck_plan_state"), STATES)


def downgrade() -> None:
    op.execute("update plan set state = 'drafting' where state in ('consultation', 'validation')")
    op.execute("update plan set state = 'adopted' where state in ('in_execution', 'under_review', 'closed')")
    with op.batch_alter_table("plan") as plan:
        plan.drop_constraint(op.f("ck_plan_state"), type_="check")
        plan.create_check_constraint(op.f("ck_plan_state"), "state in ('drafting', 'adopted')")
