"""The list of every file that was handed out, so that a copy can be told from another text."""

import sqlalchemy as sa
from alembic import op

revision = "0025_issued_files"
down_revision = "0024_file_faults"
branch_labels = None
depends_on = None

# What was issued before is taken over: of each document the file that stands now.
TAKE_OVER = """
insert into issued_file (id, sha256, kind, slot, plan_id, number, profile, language, issued_at)
select document.id, document.sha256, 'plan_pdf',
       'plan_pdf/' || version.key || '/' || document.profile || '/' || document.language,
       version.plan_id, version.number, document.profile, document.language, document.made_at
from issued_document document join plan_version version on version.id = document.version_id
where document.id in (select max(one.id) from issued_document one group by one.sha256)
"""


def upgrade() -> None:
    """Makes the list, with what was issued before."""
    op.create_table(
        "issued_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("slot", sa.String(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("profile", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_issued_file_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issued_file")),
        sa.UniqueConstraint("sha256", name=op.f("uq_issued_file_sha256")),
    )
    op.create_index(op.f("ix_issued_file_plan_id"), "issued_file", ["plan_id"])
    op.create_index(op.f("ix_issued_file_slot"), "issued_file", ["slot"])
    op.execute(TAKE_OVER)


def downgrade() -> None:
    """Drops the list."""
    op.drop_table("issued_file")
