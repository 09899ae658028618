"""Adoption."""

revision = "0015_adoption"
down_revision = "0014_undo"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Changes nothing yet."""


def downgrade() -> None:
    """Changes nothing yet."""
