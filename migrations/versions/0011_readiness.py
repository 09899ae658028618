"""Records of the gates that plans passed, and the numbers of checks that a State sets itself."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0011_readiness"
down_revision = "0010_commitments"
branch_labels = None
depends_on = None

json = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def _forbid_changes(table: str) -> None:
    """The database itself refuses every change and removal, whoever asks."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"create function {table}_is_kept() returns trigger language plpgsql as "
            f"$$ begin raise exception '{table} is never changed'; end $$"
        )
        op.execute(
            f"create trigger {table}_is_kept before update or delete on {table} "
            f"for each row execute function {table}_is_kept()"
        )
        return
    for act in ("update", "delete"):
        op.execute(
            f"create trigger {table}_no_{act} before {act} on {table} "
            f"begin select raise(abort, '{table} is never changed'); end"
        )


def _allow_changes(table: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"drop trigger {table}_is_kept on {table}")
        op.execute(f"drop function {table}_is_kept()")
        return
    for act in ("update", "delete"):
        op.execute(f"drop trigger {table}_no_{act}")


def upgrade() -> None:
    op.create_table(
        "version_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("gate", sa.String(), nullable=False),
        sa.Column("skipped", json, nullable=False),
        sa.Column("passed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("passed_by", sa.String(), nullable=False),
        sa.Column("reason", json, nullable=True),
        sa.Column("checks", json, nullable=False),
        sa.Column("public_checks", json, nullable=False),
        sa.CheckConstraint(
            "gate in ('consult', 'cabinet', 'parliament', 'adoption')", name=op.f("ck_version_record_gate")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["plan_version.id"], name=op.f("fk_version_record_version_id_plan_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_version_record")),
        sa.UniqueConstraint("key", name=op.f("uq_version_record_key")),
        sa.UniqueConstraint("version_id", name=op.f("uq_version_record_version_id")),
    )
    _forbid_changes("version_record")
    op.create_table(
        "threshold",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_threshold")),
        sa.UniqueConstraint("key", name=op.f("uq_threshold_key")),
    )


def downgrade() -> None:
    op.drop_table("threshold")
    _allow_changes("version_record")
    op.drop_table("version_record")
