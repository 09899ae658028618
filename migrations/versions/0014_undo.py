"""Undo."""

revision = "0014_undo"
down_revision = "0013_money"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Changes nothing yet."""


def downgrade() -> None:
    """Changes nothing yet."""
