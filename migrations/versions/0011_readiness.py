"""Readiness."""

revision = "0011_readiness"
down_revision = "0010_commitments"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Changes nothing yet."""


def downgrade() -> None:
    """Changes nothing yet."""
