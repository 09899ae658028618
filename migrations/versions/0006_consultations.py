"""Consultations and contributions."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0006_consultations"
down_revision = "0005_accounts"
branch_labels = None
depends_on = None

json = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    op.create_table(
        "consultation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", json, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("round", sa.String(), nullable=True),
        sa.Column("with_whom", json, nullable=True),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("entered_on", sa.Date(), nullable=True),
        sa.Column("place", json, nullable=True),
        sa.Column("region", sa.String(), nullable=True),
        sa.Column("languages", json, nullable=True),
        sa.Column("host_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("attribution", sa.String(), nullable=True),
        sa.Column("risk", sa.String(), nullable=False),
        sa.Column("participants", json, nullable=True),
        sa.Column("organisations", json, nullable=True),
        sa.Column("summary", json, nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("risk in ('low', 'medium', 'high')", name=op.f("ck_consultation_risk")),
        sa.CheckConstraint(
            "visibility in ('public', 'task_force', 'steward')", name=op.f("ck_consultation_visibility")
        ),
        sa.ForeignKeyConstraint(["host_id"], ["institution.id"], name=op.f("fk_consultation_host_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_consultation_plan_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation")),
        sa.UniqueConstraint("plan_id", "key", name=op.f("uq_consultation_plan_id_key")),
    )
    op.create_index(
        "uq_consultation_code",
        "consultation",
        ["plan_id", "code"],
        unique=True,
        sqlite_where=sa.text("archived_at is null"),
        postgresql_where=sa.text("archived_at is null"),
    )
    op.create_table(
        "contribution",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", json, nullable=False),
        sa.Column("said_by", sa.String(), nullable=True),
        sa.Column("attribution", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("entered_on", sa.Date(), nullable=True),
        sa.Column("theme", sa.String(), nullable=True),
        sa.Column("grouped_as", sa.String(), nullable=True),
        sa.Column("about", json, nullable=True),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("response", json, nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_contribution_consultation_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_contribution_plan_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contribution")),
        sa.UniqueConstraint("plan_id", "key", name=op.f("uq_contribution_plan_id_key")),
    )
    op.create_index(op.f("ix_contribution_consultation_id"), "contribution", ["consultation_id"], unique=False)
    op.create_index(
        "uq_contribution_code",
        "contribution",
        ["plan_id", "code"],
        unique=True,
        sqlite_where=sa.text("archived_at is null"),
        postgresql_where=sa.text("archived_at is null"),
    )


def downgrade() -> None:
    op.drop_index(
        "uq_contribution_code",
        table_name="contribution",
        sqlite_where=sa.text("archived_at is null"),
        postgresql_where=sa.text("archived_at is null"),
    )
    op.drop_index(op.f("ix_contribution_consultation_id"), table_name="contribution")
    op.drop_table("contribution")
    op.drop_index(
        "uq_consultation_code",
        table_name="consultation",
        sqlite_where=sa.text("archived_at is null"),
        postgresql_where=sa.text("archived_at is null"),
    )
    op.drop_table("consultation")
