"""Meetings."""

revision = "0012_meetings"
down_revision = "0011_readiness"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Changes nothing yet."""


def downgrade() -> None:
    """Changes nothing yet."""
