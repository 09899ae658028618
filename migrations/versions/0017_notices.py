"""Notices."""

revision = "0017_notices"
down_revision = "0016_offices"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Changes nothing yet."""


def downgrade() -> None:
    """Changes nothing yet."""
