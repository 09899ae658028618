"""Offices."""

revision = "0016_offices"
down_revision = "0015_adoption"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Changes nothing yet."""


def downgrade() -> None:
    """Changes nothing yet."""
