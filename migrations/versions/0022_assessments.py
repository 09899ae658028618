"""Assessments: what organisations outside the government say of an objective in a period."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0022_assessments"
down_revision = "0021_consulting"
branch_labels = None
depends_on = None

json = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
moment = sa.DateTime(timezone=True)
JUDGEMENTS = "judgement in ('achieved', 'on_the_way', 'too_slow', 'no_change', 'worse')"
ONE_AUDITOR = sa.text("institution_id is null")


def upgrade() -> None:
    """Makes the table of assessments."""
    op.create_table(
        "assessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("objective_id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=True),
        sa.Column("judgement", sa.String(), nullable=False),
        sa.Column("said", json, nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("written_at", moment, nullable=False),
        sa.Column("withdrawn_at", moment, nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint(JUDGEMENTS, name=op.f("ck_assessment_judgement")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_assessment_plan_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["period_id"], ["reporting_period.id"], name=op.f("fk_assessment_period_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["objective_id"], ["objective.id"], name=op.f("fk_assessment_objective_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["institution_id"], ["institution.id"], name=op.f("fk_assessment_institution_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
        sa.UniqueConstraint("key", name=op.f("uq_assessment_key")),
    )
    for column in ("plan_id", "objective_id", "institution_id"):
        op.create_index(op.f(f"ix_assessment_{column}"), "assessment", [column])
    place = ["period_id", "objective_id"]
    op.create_index("uq_assessment_institution", "assessment", [*place, "institution_id"], unique=True)
    op.create_index(
        "uq_assessment_auditor",
        "assessment",
        place,
        unique=True,
        sqlite_where=ONE_AUDITOR,
        postgresql_where=ONE_AUDITOR,
    )


def downgrade() -> None:
    """Takes the table of assessments away."""
    op.drop_table("assessment")
