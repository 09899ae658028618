"""The State and its institutions."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0002_institutions"
down_revision = "0001_kernel"
branch_labels = None
depends_on = None

json = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    op.create_table(
        "installation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("state_name", json, nullable=False),
        sa.Column("service_name", json, nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_installation")),
        sa.UniqueConstraint("key", name=op.f("uq_installation_key")),
    )
    op.create_table(
        "institution",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", json, nullable=False),
        sa.Column("short", json, nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("sector", sa.String(), nullable=True),
        sa.Column("part_of_id", sa.Integer(), nullable=True),
        sa.Column("focal_post", json, nullable=True),
        sa.Column("accountable", json, nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind in ('ministry', 'agency', 'independent_body', 'armed_forces', 'police', 'judiciary', 'parliament', 'local_authority', 'civil_society', 'faith_or_traditional', 'private_sector', 'media', 'academic', 'international', 'donor', 'other')",
            name=op.f("ck_institution_kind"),
        ),
        sa.CheckConstraint(
            "sector is null or sector in ('womens_affairs', 'defence', 'interior', 'foreign_affairs', 'justice', 'finance', 'health', 'education', 'social_affairs', 'planning', 'statistics', 'other')",
            name=op.f("ck_institution_sector"),
        ),
        sa.ForeignKeyConstraint(["part_of_id"], ["institution.id"], name=op.f("fk_institution_part_of_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_institution")),
        sa.UniqueConstraint("code", name=op.f("uq_institution_code")),
        sa.UniqueConstraint("key", name=op.f("uq_institution_key")),
    )


def downgrade() -> None:
    op.drop_table("institution")
    op.drop_table("installation")
