"""The audit trail, jobs, letters and form receipts."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001_kernel"
down_revision = None
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
        "audit_entry",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("word", sa.String(), nullable=False),
        sa.Column("subject_type", sa.String(), nullable=False),
        sa.Column("subject_key", sa.String(), nullable=False),
        sa.Column("plan_slug", sa.String(), nullable=True),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("request_id", sa.String(), nullable=True),
        sa.Column("content_digest", sa.String(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_entry")),
        sa.UniqueConstraint("previous", name=op.f("uq_audit_entry_previous")),
    )
    op.create_index(op.f("ix_audit_entry_actor_id"), "audit_entry", ["actor_id"], unique=False)
    op.create_index(op.f("ix_audit_entry_plan_slug"), "audit_entry", ["plan_slug"], unique=False)
    op.create_index(op.f("ix_audit_entry_subject_key"), "audit_entry", ["subject_key"], unique=False)
    op.create_index(op.f("ix_audit_entry_word"), "audit_entry", ["word"], unique=False)
    op.create_table(
        "form_receipt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("once", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("location", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_receipt")),
        sa.UniqueConstraint("once", name=op.f("uq_form_receipt_once")),
    )
    op.create_index(op.f("ix_form_receipt_at"), "form_receipt", ["at"], unique=False)
    op.create_table(
        "job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("arguments", json, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("progress", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("plan_slug", sa.String(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failure", sa.String(), nullable=True),
        sa.Column("result", json, nullable=True),
        sa.CheckConstraint("state in ('queued', 'running', 'done', 'failed')", name=op.f("ck_job_state")),
        sa.CheckConstraint("progress between 0 and 100", name=op.f("ck_job_progress")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("key", name=op.f("uq_job_key")),
    )
    op.create_index(op.f("ix_job_person_id"), "job", ["person_id"], unique=False)
    op.create_index(op.f("ix_job_state"), "job", ["state"], unique=False)
    op.create_table(
        "letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint("key", name=op.f("uq_letter_key")),
    )
    op.create_table(
        "audit_content",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("binding_key", sa.LargeBinary(), nullable=False),
        sa.Column("actor_name", sa.String(), nullable=False),
        sa.Column("arguments", json, nullable=False),
        sa.Column("changes", json, nullable=False),
        sa.ForeignKeyConstraint(["number"], ["audit_entry.number"], name=op.f("fk_audit_content_number")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_content")),
    )
    _forbid_changes("audit_entry")
    _forbid_changes("audit_content")


def downgrade() -> None:
    _allow_changes("audit_content")
    _allow_changes("audit_entry")
    op.drop_table("audit_content")
    op.drop_table("letter")
    op.drop_index(op.f("ix_job_state"), table_name="job")
    op.drop_index(op.f("ix_job_person_id"), table_name="job")
    op.drop_table("job")
    op.drop_index(op.f("ix_form_receipt_at"), table_name="form_receipt")
    op.drop_table("form_receipt")
    op.drop_index(op.f("ix_audit_entry_word"), table_name="audit_entry")
    op.drop_index(op.f("ix_audit_entry_subject_key"), table_name="audit_entry")
    op.drop_index(op.f("ix_audit_entry_plan_slug"), table_name="audit_entry")
    op.drop_index(op.f("ix_audit_entry_actor_id"), table_name="audit_entry")
    op.drop_table("audit_entry")
