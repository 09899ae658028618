"""The states of a plan's life, its adoption by two people, and its amendments.

A settled adoption is kept by a trigger, as frozen versions are: who adopted what is never written over.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0015_adoption"
down_revision = "0014_undo"
branch_labels = None
depends_on = None

json = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")

STATES = "state in ('drafting', 'consultation', 'validation', 'adopted', 'in_execution', 'under_review', 'closed')"


def upgrade() -> None:
    with op.batch_alter_table("plan") as plan:
        plan.drop_constraint(op.f("ck_plan_state"), type_="check")
        plan.create_check_constraint(op.f("ck_plan_state"), STATES)
        plan.add_column(sa.Column("adopted_number", sa.Integer(), nullable=True))
    _create_amendments()
    _create_adoptions()
    _keep_settled()


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("drop trigger adoption_is_kept on adoption")
        op.execute("drop function adoption_is_kept()")
    op.drop_table("adoption")
    op.drop_table("amendment")
    op.execute("update plan set state = 'drafting' where state in ('consultation', 'validation')")
    op.execute("update plan set state = 'adopted' where state in ('in_execution', 'under_review', 'closed')")
    with op.batch_alter_table("plan") as plan:
        plan.drop_column("adopted_number")
        plan.drop_constraint(op.f("ck_plan_state"), type_="check")
        plan.create_check_constraint(op.f("ck_plan_state"), "state in ('drafting', 'adopted')")


def _create_amendments() -> None:
    op.create_table(
        "amendment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("reason", json, nullable=False),
        sa.Column("aside", json, nullable=False),
        sa.Column("begun_by", sa.String(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_amendment_plan_id")),
        sa.ForeignKeyConstraint(["version_id"], ["plan_version.id"], name=op.f("fk_amendment_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_amendment")),
        sa.UniqueConstraint("key", name=op.f("uq_amendment_key")),
    )
    op.create_index(op.f("ix_amendment_plan_id"), "amendment", ["plan_id"], unique=False)
    _create_one_open("amendment", "ended_at is null")


def _create_adoptions() -> None:
    op.create_table(
        "adoption",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("amendment_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("record", json, nullable=False),
        sa.Column("scan_stored_as", sa.String(), nullable=False),
        sa.Column("scan_sha256", sa.String(), nullable=False),
        sa.Column("scan_size", sa.Integer(), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_by", sa.String(), nullable=False),
        sa.Column("proposed_post", sa.String(), nullable=True),
        sa.Column("proposing", json, nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_by", sa.String(), nullable=True),
        sa.Column("answered_post", sa.String(), nullable=True),
        sa.Column("answered_for_id", sa.Integer(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("gate_reason", json, nullable=True),
        sa.Column("adopted_id", sa.Integer(), nullable=True),
        *_rules_of_adoptions(),
    )
    op.create_index(op.f("ix_adoption_plan_id"), "adoption", ["plan_id"], unique=False)
    _create_one_open("adoption", "state = 'open'")


def _rules_of_adoptions() -> list[sa.Constraint]:
    there = "answered_by_id is not null and answered_for_id is not null and adopted_id is not null"
    references = {
        "plan_id": "plan.id",
        "version_id": "plan_version.id",
        "amendment_id": "amendment.id",
        "proposed_by_id": "person.id",
        "answered_by_id": "person.id",
        "answered_for_id": "institution.id",
        "adopted_id": "plan_version.id",
    }
    return [
        sa.CheckConstraint(
            "state in ('open', 'confirmed', 'declined', 'withdrawn', 'expired')", name=op.f("ck_adoption_state")
        ),
        sa.CheckConstraint(
            "answered_by_id is null or answered_by_id <> proposed_by_id", name=op.f("ck_adoption_two_people")
        ),
        sa.CheckConstraint(f"state <> 'confirmed' or ({there})", name=op.f("ck_adoption_confirmed")),
        *(
            sa.ForeignKeyConstraint([name], [target], name=op.f(f"fk_adoption_{name}"))
            for name, target in references.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adoption")),
        sa.UniqueConstraint("key", name=op.f("uq_adoption_key")),
    ]


def _create_one_open(table: str, condition: str) -> None:
    only = sa.text(condition)
    op.create_index(f"uq_{table}_open", table, ["plan_id"], unique=True, sqlite_where=only, postgresql_where=only)


def _keep_settled() -> None:
    """The database itself refuses to change or remove an adoption that is no longer open."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "create function adoption_is_kept() returns trigger language plpgsql as "
            "$$ begin raise exception 'a settled adoption is never changed'; end $$"
        )
        op.execute(
            "create trigger adoption_is_kept before update or delete on adoption "
            "for each row when (old.state <> 'open') execute function adoption_is_kept()"
        )
        return
    for act in ("update", "delete"):
        op.execute(
            f"create trigger adoption_no_{act} before {act} on adoption when old.state <> 'open' "
            "begin select raise(abort, 'a settled adoption is never changed'); end"
        )
