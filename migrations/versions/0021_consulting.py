"""What the room of consultations needs: the window of a draft, its papers, letters, questions, comments and answers.

A comment waits in a table of its own, with a row id drawn by lot, until a person has looked at it.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0021_consulting"
down_revision = "0020_reports"
branch_labels = None
depends_on = None

json = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
moment = sa.DateTime(timezone=True)
TABLES = (
    *("erasure", "retention_run"),
    *("steward_key", "comment", "contribution_group", "tally", "question", "consultation_addressee"),
    *("consultation_letter", "process_stage", "organisation", "consultation_document"),
)
ATTRIBUTION = "attribution in ('named', 'organisation', 'steward', 'anonymous')"
COMMENT_STATE = "state in ('waiting', 'accepted', 'refused', 'withdrawn', 'released')"
ONE_OF = (
    "(case when institution_id is null then 0 else 1 end) + (case when organisation_id is null then 0 else 1 end)"
    " + (case when name is null then 0 else 1 end) = 1"
)


def _id(name: str = "id", *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _text(name: str, *, nullable: bool = True) -> sa.Column:
    return sa.Column(name, sa.String(), nullable=nullable)


def _words(name: str, *, nullable: bool = True) -> sa.Column:
    return sa.Column(name, json, nullable=nullable)


def _day(name: str, *, nullable: bool = True) -> sa.Column:
    return sa.Column(name, sa.Date(), nullable=nullable)


def _foreign(table: str, column: str, other: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"), ondelete=ondelete)


def _table(name: str, *parts: sa.schema.SchemaItem, key: bool = True, version: bool = True) -> None:
    """Makes a table with its row id, its key and its row version."""
    rest = [_text("key", nullable=False), sa.UniqueConstraint("key", name=op.f(f"uq_{name}_key"))] if key else []
    rest += [_id("row_version")] if version else []
    op.create_table(name, _id(), *rest, *parts, sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")))


def _of_consultation(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return _id("consultation_id"), _foreign(table, "consultation_id", "consultation", "CASCADE")


def _of_plan(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return _id("plan_id"), _foreign(table, "plan_id", "plan", "CASCADE")


def _index(table: str, column: str) -> None:
    op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _check(table: str, name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def upgrade() -> None:
    """Adds to consultations and contributions, and makes the other tables."""
    _widen()
    _papers()
    _letters()
    _questions()
    _answers()
    _comments()


def _widen() -> None:
    with op.batch_alter_table("consultation") as table:
        for column in (_words("agenda"), _words("other_ways"), _words("counts_shown")):
            table.add_column(column)
        table.add_column(sa.Column("access", sa.String(), nullable=False, server_default="public"))
        table.add_column(sa.Column("takes_files", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("opened_at", moment, nullable=True))
        table.add_column(sa.Column("closed_at", moment, nullable=True))
        table.create_check_constraint(op.f("ck_consultation_access"), "access in ('public', 'invited')")
        table.create_check_constraint(
            op.f("ck_consultation_opened_version"), "opened_at is null or version is not null"
        )
        table.create_check_constraint(
            op.f("ck_consultation_closed_after_opened"), "closed_at is null or opened_at is not null"
        )
    with op.batch_alter_table("consultation") as table:
        table.alter_column("access", server_default=None)
        table.alter_column("takes_files", server_default=None)
    with op.batch_alter_table("contribution") as table:
        for column in (_text("language"), _text("proposed"), _day("taken_over_on"), _text("entered_by")):
            table.add_column(column)
        for column in (_words("hidden_because"), _id("asked_id", nullable=True), _day("asked_on"), _words("draft")):
            table.add_column(column)
        table.create_foreign_key(op.f("fk_contribution_asked_id"), "institution", ["asked_id"], ["id"])
        table.create_check_constraint(op.f("ck_contribution_attribution"), ATTRIBUTION)


def _papers() -> None:
    _table(
        "consultation_document",
        *_of_consultation("consultation_document"),
        _words("title", nullable=False),
        *(_text(name, nullable=False) for name in ("stored_as", "sha256")),
        _id("size"),
        sa.Column("public", sa.Boolean(), nullable=False),
        _day("entered_on", nullable=False),
        version=False,
    )
    _index("consultation_document", "consultation_id")
    _table(
        "organisation",
        _text("name", nullable=False),
        _words("focus"),
        _text("region"),
        sa.Column("may_be_named", sa.Boolean(), nullable=False),
        _text("note"),
        sa.Column("archived_at", moment, nullable=True),
        sa.UniqueConstraint("name", name=op.f("uq_organisation_name")),
    )
    _table(
        "process_stage",
        *_of_plan("process_stage"),
        *(_text(name, nullable=False) for name in ("stage", "part")),
        _words("text"),
        _check("process_stage", "part", "part in ('yes', 'partly', 'no')"),
        sa.UniqueConstraint("plan_id", "stage", name=op.f("uq_process_stage_plan_id_stage")),
    )


def _letters() -> None:
    _table(
        "consultation_letter",
        *_of_consultation("consultation_letter"),
        _text("kind", nullable=False),
        _day("on_day", nullable=False),
        _day("answer_by"),
        _words("text", nullable=False),
        _check("consultation_letter", "kind", "kind in ('launch', 'follow_up')"),
    )
    _index("consultation_letter", "consultation_id")
    table = "consultation_addressee"
    _table(
        table,
        *_of_consultation(table),
        _id("institution_id", nullable=True),
        _id("organisation_id", nullable=True),
        *(_text(name) for name in ("name", "note")),
        *(_day(name) for name in ("asked_on", "answered_on")),
        _foreign(table, "institution_id", "institution"),
        _foreign(table, "organisation_id", "organisation"),
        _check(table, "one_of", ONE_OF),
        *(
            sa.UniqueConstraint("consultation_id", column, name=op.f(f"uq_{table}_consultation_id_{column}"))
            for column in ("institution_id", "organisation_id")
        ),
    )
    _index(table, "consultation_id")


def _questions() -> None:
    _table(
        "question",
        *_of_consultation("question"),
        _id("position"),
        _words("text", nullable=False),
        _text("kind", nullable=False),
        _words("options"),
        sa.Column("sensitive", sa.Boolean(), nullable=False),
        sa.Column("archived_at", moment, nullable=True),
        _check("question", "kind", "kind in ('choice', 'yes_no', 'scale', 'text')"),
    )
    _index("question", "consultation_id")
    _table(
        "tally",
        _id("question_id"),
        _id("option"),
        *(_id(sex) for sex in ("women", "men", "other", "undisclosed")),
        _words("counts_shown"),
        _foreign("tally", "question_id", "question", "CASCADE"),
        sa.UniqueConstraint("question_id", "option", name=op.f("uq_tally_question_id_option")),
        _check("tally", "counts", "women >= 0 and men >= 0 and other >= 0 and undisclosed >= 0"),
        key=False,
        version=False,
    )
    _index("tally", "question_id")


def _answers() -> None:
    _table(
        "contribution_group",
        *_of_plan("contribution_group"),
        _text("code", nullable=False),
        _words("title", nullable=False),
        sa.UniqueConstraint("plan_id", "code", name=op.f("uq_contribution_group_plan_id_code")),
    )
    _index("contribution_group", "plan_id")


def _comments() -> None:
    table = "comment"
    op.create_table(
        table,
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        _text("key", nullable=False),
        *_of_plan(table),
        *_of_consultation(table),
        *(_text(name, nullable=False) for name in ("about", "language", "attribution", "state")),
        *(_text(name) for name in ("text", "proposed", "name", "stored_as", "receipt")),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        _day("entered_on", nullable=False),
        _day("settled_on"),
        *(_words(name) for name in ("reason", "reply")),
        _id("contribution_id", nullable=True),
        _id("row_version"),
        _foreign(table, "contribution_id", "contribution", "SET NULL"),
        _check(table, "state", COMMENT_STATE),
        _check(table, "attribution", ATTRIBUTION),
        _check(table, "sealed_alone", "sealed is null or (text is null and proposed is null and name is null)"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
        sa.UniqueConstraint("key", name=op.f("uq_comment_key")),
        sa.UniqueConstraint("receipt", name=op.f("uq_comment_receipt")),
    )
    for column in ("plan_id", "consultation_id"):
        _index(table, column)
    _table(
        "steward_key",
        sa.Column("public", sa.LargeBinary(), nullable=False),
        *(_text(name, nullable=False) for name in ("fingerprint", "set_by")),
        sa.Column("set_at", moment, nullable=False),
        sa.Column("retired_at", moment, nullable=True),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_steward_key_fingerprint")),
        version=False,
    )
    _table("retention_run", _day("ran_on", nullable=False), version=False)
    _table("erasure", _day("erased_on", nullable=False), version=False)


def downgrade() -> None:
    """Drops the tables and columns, and with them what was entered there."""
    for table in TABLES:
        op.drop_table(table)
    with op.batch_alter_table("contribution") as table:
        table.drop_constraint(op.f("ck_contribution_attribution"), type_="check")
        table.drop_constraint(op.f("fk_contribution_asked_id"), type_="foreignkey")
        for column in (
            "draft",
            "asked_on",
            "asked_id",
            "hidden_because",
            "entered_by",
            "taken_over_on",
            "proposed",
            "language",
        ):
            table.drop_column(column)
    with op.batch_alter_table("consultation") as table:
        for name in ("closed_after_opened", "opened_version", "access"):
            table.drop_constraint(op.f(f"ck_consultation_{name}"), type_="check")
        for column in ("closed_at", "opened_at", "takes_files", "access", "other_ways", "counts_shown", "agenda"):
            table.drop_column(column)
