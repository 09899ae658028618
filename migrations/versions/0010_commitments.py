"""Commitments."""

revision = "0010_commitments"
down_revision = "0009_templates"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Changes nothing yet."""


def downgrade() -> None:
    """Changes nothing yet."""
