"""What was heard and answered, kept with a publication as it was that day, and which of it a document prints."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0023_heard"
down_revision = "0022_assessments"
branch_labels = None
depends_on = None

json = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    """Adds the two columns; versions that are published already have nothing there."""
    op.add_column("publication", sa.Column("heard", json, nullable=True))
    op.add_column("issued_document", sa.Column("heard_sha256", sa.String(), nullable=True))


def downgrade() -> None:
    """Drops them, and with them what was kept."""
    op.drop_column("issued_document", "heard_sha256")
    op.drop_column("publication", "heard")
