"""Meetings of the task force with approved minutes that never change, and the steps of the process."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0012_meetings"
down_revision = "0011_readiness"
branch_labels = None
depends_on = None

json = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")

TOLD = "approved minutes are never changed"
ANY = "select 1 from minutes_approval where meeting_id"
# What closes a row of each table for good. Of a decision only that it is done may still be said.
SAME_DECISION = " and ".join(
    f"old.{name} is not distinct from new.{name}"
    for name in ("id", "key", "meeting_id", "position", "owner_id", "due", "text")
)
CLOSED = {
    ("meeting", "update"): f"exists ({ANY} = old.id)",
    ("meeting", "delete"): f"exists ({ANY} = old.id)",
    ("decision", "insert"): f"exists ({ANY} = new.meeting_id)",
    ("decision", "update"): f"exists ({ANY} in (old.meeting_id, new.meeting_id)) and not ({SAME_DECISION})",
    ("decision", "delete"): f"exists ({ANY} = old.meeting_id)",
    **{
        (table, act): f"exists ({ANY} {which})"
        for table in ("agenda_item", "attendance")
        for act, which in (
            ("insert", "= new.meeting_id"),
            ("update", "in (old.meeting_id, new.meeting_id)"),
            ("delete", "= old.meeting_id"),
        )
    },
    ("minutes_approval", "update"): "true",
    ("minutes_approval", "delete"): "true",
}


def _close() -> None:
    """Lets the database itself refuse what the services refuse."""
    if op.get_bind().dialect.name == "postgresql":
        for (table, act), closed in CLOSED.items():
            op.execute(
                f"create function {table}_{act}_is_open() returns trigger language plpgsql as "
                f"$$ begin if {closed} then raise exception '{TOLD}'; end if; "
                f"return {'old' if act == 'delete' else 'new'}; end $$"
            )
            op.execute(
                f"create trigger {table}_{act}_is_open before {act} on {table} "
                f"for each row execute function {table}_{act}_is_open()"
            )
        return
    for (table, act), closed in CLOSED.items():
        op.execute(
            f"create trigger {table}_{act}_is_open before {act} on {table} "
            f"when {closed.replace('is not distinct from', 'is')} begin select raise(abort, '{TOLD}'); end"
        )


def _open() -> None:
    for table, act in CLOSED:
        if op.get_bind().dialect.name == "postgresql":
            op.execute(f"drop trigger {table}_{act}_is_open on {table}")
            op.execute(f"drop function {table}_{act}_is_open()")
        else:
            op.execute(f"drop trigger {table}_{act}_is_open")


def upgrade() -> None:
    """Makes the tables of meetings and of the process calendar."""
    _tables_of_meetings()
    op.create_table(
        "process_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("title", json, nullable=True),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind is null or kind in ('decision', 'task_force', 'inception', 'consultation_opens', 'analysis', "
            "'consultation_closes', 'first_draft', 'costing', 'acceptance', 'validation', 'answers', 'cabinet', "
            "'adoption', 'tabling', 'launch', 'first_report')",
            name=op.f("ck_process_step_kind"),
        ),
        sa.CheckConstraint("(kind is null) <> (title is null)", name=op.f("ck_process_step_title")),
        sa.CheckConstraint(
            "phase in ('prepare', 'consult', 'draft', 'agree', 'adopt', 'monitor')", name=op.f("ck_process_step_phase")
        ),
        sa.CheckConstraint("state in ('open', 'done', 'dropped')", name=op.f("ck_process_step_state")),
        sa.CheckConstraint("(state = 'done') = (done_on is not null)", name=op.f("ck_process_step_done")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_process_step_plan_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_process_step")),
        sa.UniqueConstraint("key", name=op.f("uq_process_step_key")),
        sa.UniqueConstraint("plan_id", "kind", name=op.f("uq_process_step_plan_id_kind")),
    )
    _close()


def _tables_of_meetings() -> None:
    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", json, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("begins", sa.String(), nullable=False),
        sa.Column("until", sa.String(), nullable=True),
        sa.Column("timezone", sa.String(), nullable=False),
        sa.Column("place", json, nullable=True),
        sa.Column("link", sa.String(), nullable=True),
        sa.Column("minutes", json, nullable=True),
        sa.Column("minutes_version", sa.Integer(), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_meeting_number")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_meeting_plan_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("key", name=op.f("uq_meeting_key")),
        sa.UniqueConstraint("plan_id", "number", name=op.f("uq_meeting_plan_id_number")),
    )
    op.create_table(
        "agenda_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", json, nullable=False),
        sa.Column("note", json, nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_agenda_item_meeting_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
        sa.UniqueConstraint("key", name=op.f("uq_agenda_item_key")),
    )
    op.create_index(op.f("ix_agenda_item_meeting_id"), "agenda_item", ["meeting_id"], unique=False)
    op.create_table(
        "attendance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("post", json, nullable=True),
        sa.CheckConstraint("state in ('present', 'apologies', 'absent')", name=op.f("ck_attendance_state")),
        sa.ForeignKeyConstraint(["institution_id"], ["institution.id"], name=op.f("fk_attendance_institution_id")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_attendance_meeting_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sa.UniqueConstraint("meeting_id", "institution_id", name=op.f("uq_attendance_meeting_id_institution_id")),
    )
    op.create_index(op.f("ix_attendance_institution_id"), "attendance", ["institution_id"], unique=False)
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", json, nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("done_by", sa.String(), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(done_on is null) = (done_by is null)", name=op.f("ck_decision_done")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_decision_meeting_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["institution.id"], name=op.f("fk_decision_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("key", name=op.f("uq_decision_key")),
    )
    op.create_index(op.f("ix_decision_meeting_id"), "decision", ["meeting_id"], unique=False)
    op.create_index(op.f("ix_decision_owner_id"), "decision", ["owner_id"], unique=False)
    op.create_table(
        "minutes_approval",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=False),
        sa.Column("approved_by", sa.String(), nullable=False),
        sa.Column("institution_names", json, nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_minutes_approval_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_approval")),
        sa.UniqueConstraint("meeting_id", name=op.f("uq_minutes_approval_meeting_id")),
    )


def downgrade() -> None:
    """Drops them with what closes them."""
    _open()
    for table in ("process_step", "minutes_approval", "decision", "attendance", "agenda_item", "meeting"):
        op.drop_table(table)
