"""What the State wore when a version was frozen, so that what is printed of it later looks the same."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0030_worn"
down_revision = "0029_photographs"
branch_labels = None
depends_on = None

json = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    """Adds the column; versions from before wear what the State wears."""
    op.add_column("plan_version", sa.Column("worn", json, nullable=True))


def downgrade() -> None:
    """Drops it."""
    op.drop_column("plan_version", "worn")
