"""Money."""

revision = "0013_money"
down_revision = "0012_meetings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Changes nothing yet."""


def downgrade() -> None:
    """Changes nothing yet."""
