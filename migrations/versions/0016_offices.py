"""Who answers and who helps: hand-overs, the champion, the machinery's own posts and money, requests for support."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0016_offices"
down_revision = "0015_adoption"
branch_labels = None
depends_on = None

json = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
moment = sa.DateTime(timezone=True)
exact = sa.String(32).with_variant(sa.Numeric(21, 6), "postgresql")


def upgrade() -> None:
    op.create_table(
        "hand_over",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("successor_id", sa.Integer(), nullable=False),
        sa.Column("duties", json, nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("done_at", moment, nullable=False),
        sa.Column("returned_at", moment, nullable=True),
        _to("hand_over", "person_id", "person", ondelete="CASCADE"),
        _to("hand_over", "successor_id", "person", ondelete="CASCADE"),
        *_identity("hand_over"),
    )
    _index("hand_over", "person_id", "successor_id")
    op.create_table(
        "champion",
        *_of_a_plan(),
        sa.Column("post", json, nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=True),
        sa.Column("since", sa.String(), nullable=True),
        sa.Column("task", json, nullable=True),
        _to("champion", "plan_id", "plan", ondelete="CASCADE"),
        _to("champion", "institution_id", "institution"),
        sa.UniqueConstraint("plan_id", name=op.f("uq_champion_plan_id")),
        *_identity("champion"),
    )
    op.create_table(
        "machinery_post",
        *_of_a_plan(),
        sa.Column("title", json, nullable=False),
        sa.Column("filled", sa.Integer(), nullable=False),
        sa.Column("vacant", sa.Integer(), nullable=False),
        sa.CheckConstraint("filled >= 0 and vacant >= 0", name=op.f("ck_machinery_post_counts")),
        _to("machinery_post", "plan_id", "plan", ondelete="CASCADE"),
        *_identity("machinery_post"),
    )
    _index("machinery_post", "plan_id")
    op.create_table(
        "machinery_budget",
        *_of_a_plan(),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("amount", exact, nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("source", json, nullable=True),
        _to("machinery_budget", "plan_id", "plan", ondelete="CASCADE"),
        *_identity("machinery_budget"),
    )
    _index("machinery_budget", "plan_id")
    _create_support()


def _create_support() -> None:
    op.create_table(
        "support_request",
        *_of_a_plan(),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", json, nullable=False),
        sa.Column("need", json, nullable=False),
        sa.Column("change", json, nullable=True),
        sa.Column("contact", json, nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("addressee_id", sa.Integer(), nullable=True),
        sa.Column("addressee", json, nullable=True),
        sa.Column("objective_id", sa.Integer(), nullable=True),
        sa.Column("activity_id", sa.Integer(), nullable=True),
        sa.Column("amount", exact, nullable=True),
        sa.Column("currency", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("archived_at", moment, nullable=True),
        sa.CheckConstraint(
            "state in ('draft', 'sent', 'promised', 'received', 'declined')", name=op.f("ck_support_request_state")
        ),
        sa.CheckConstraint("objective_id is null or activity_id is null", name=op.f("ck_support_request_one_row")),
        _to("support_request", "plan_id", "plan", ondelete="CASCADE"),
        _to("support_request", "owner_id", "institution"),
        _to("support_request", "addressee_id", "institution"),
        _to("support_request", "objective_id", "objective", ondelete="SET NULL"),
        _to("support_request", "activity_id", "activity", ondelete="CASCADE"),
        sa.UniqueConstraint("plan_id", "number", name=op.f("uq_support_request_plan_id_number")),
        *_identity("support_request"),
    )
    op.create_table(
        "support_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("note", json, nullable=True),
        sa.Column("at", moment, nullable=False),
        sa.CheckConstraint(
            "state in ('draft', 'sent', 'promised', 'received', 'declined')", name=op.f("ck_support_step_state")
        ),
        _to("support_step", "request_id", "support_request", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_step")),
    )
    _index("support_step", "request_id")


def _of_a_plan() -> tuple[sa.Column, ...]:
    return (
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
    )


def _identity(table: str) -> tuple[sa.Constraint, sa.Constraint]:
    return (
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("key", name=op.f(f"uq_{table}_key")),
    )


def _to(table: str, column: str, other: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"), ondelete=ondelete)


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def downgrade() -> None:
    for table in ("support_step", "support_request", "machinery_budget", "machinery_post", "champion", "hand_over"):
        op.drop_table(table)
