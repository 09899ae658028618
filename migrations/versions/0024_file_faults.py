"""What was found in an issued document when it was made: faults of the file, and letters without a sign."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0024_file_faults"
down_revision = "0023_heard"
branch_labels = None
depends_on = None

json = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    """Adds the two columns; of documents made before, nothing is known."""
    op.add_column("issued_document", sa.Column("faults", json, nullable=True))
    op.add_column("issued_document", sa.Column("letters", sa.String(), nullable=True))


def downgrade() -> None:
    """Drops them."""
    op.drop_column("issued_document", "letters")
    op.drop_column("issued_document", "faults")
