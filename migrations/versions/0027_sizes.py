"""How large a file was that was handed out, so that pages can say it before somebody pays for the line."""

import sqlalchemy as sa
from alembic import op

revision = "0027_sizes"
down_revision = "0026_parliament"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the column; of what was handed out before, no size is known."""
    op.add_column("issued_file", sa.Column("size", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Drops it."""
    op.drop_column("issued_file", "size")
