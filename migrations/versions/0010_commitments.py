"""What a ministry was asked, what it was shown, how it answered, and what became of a change that it asked for."""

from uuid import uuid4

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0010_commitments"
down_revision = "0009_templates"
branch_labels = None
depends_on = None

json = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
WORDS = ("asked_by", "answered_by", "source", "entered_by", "confirmed_by")
MOMENTS = ("asked_at", "reminded_at", "answered_at", "confirmed_at", "changed_at")
VALUES = ("promised", "request", "decision", "correction")


def upgrade() -> None:
    with op.batch_alter_table("commitment") as commitment:
        commitment.add_column(sa.Column("key", sa.String(), nullable=True))
        commitment.add_column(sa.Column("due", sa.Date(), nullable=True))
        commitment.add_column(sa.Column("row_version", sa.Integer(), nullable=False, server_default="1"))
        for name in WORDS:
            commitment.add_column(sa.Column(name, sa.String(), nullable=True))
        for name in MOMENTS:
            commitment.add_column(sa.Column(name, sa.DateTime(timezone=True), nullable=True))
        for name in VALUES:
            commitment.add_column(sa.Column(name, json, nullable=True))
    _give_keys()
    with op.batch_alter_table("commitment") as commitment:
        commitment.alter_column("key", existing_type=sa.String(), nullable=False)
        commitment.alter_column("row_version", existing_type=sa.Integer(), server_default=None)
        commitment.create_unique_constraint(op.f("uq_commitment_key"), ["key"])
        commitment.create_check_constraint(
            op.f("ck_commitment_source"), "source is null or source in ('letter', 'call', 'paper')"
        )


def downgrade() -> None:
    with op.batch_alter_table("commitment") as commitment:
        commitment.drop_constraint(op.f("ck_commitment_source"), type_="check")
        commitment.drop_constraint(op.f("uq_commitment_key"), type_="unique")
        for name in ("key", "due", "row_version", *WORDS, *MOMENTS, *VALUES):
            commitment.drop_column(name)


def _give_keys() -> None:
    """Gives each commitment that a file brought its identity."""
    commitment = sa.table("commitment", sa.column("id", sa.Integer), sa.column("key", sa.String))
    connection = op.get_bind()
    for row in connection.execute(sa.select(commitment.c.id)).scalars().all():
        connection.execute(sa.update(commitment).where(commitment.c.id == row).values(key=str(uuid4())))
