"""The State's crest and colours, which stand on every page and on the cover of a plan."""

import sqlalchemy as sa
from alembic import op

revision = "0028_identity"
down_revision = "0027_sizes"
branch_labels = None
depends_on = None

COLUMNS = ("brand", "accent", "crest")


def upgrade() -> None:
    """Adds the columns; without them the usual emblem and colours stand."""
    for name in COLUMNS:
        op.add_column("installation", sa.Column(name, sa.String(), nullable=True))


def downgrade() -> None:
    """Drops them."""
    for name in COLUMNS:
        op.drop_column("installation", name)
