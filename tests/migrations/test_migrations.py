"""Migrations: named in order, reversible, and equal to the models at the end."""

import re
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, event, inspect, text
from sqlalchemy.exc import DBAPIError

from nap_builder import app as whole  # noqa: F401 - every model is mapped by the time the schema is compared
from nap_builder.kernel import schema
from nap_builder.kernel.database import Base

VERSIONS = Path(schema.MIGRATIONS) / "versions"


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request, tmp_path):
    if request.param == "sqlite":
        engine = create_engine(f"sqlite:///{tmp_path / 'empty.sqlite'}")
        yield engine
        engine.dispose()
        return
    server = create_engine(request.getfixturevalue("postgresql"), isolation_level="AUTOCOMMIT")
    name = re.sub(r"\W", "_", f"m_{tmp_path.name}".lower())
    with server.connect() as connection:
        connection.execute(text(f"create database {name}"))
    engine = create_engine(server.url.set(database=name))
    yield engine
    engine.dispose()
    with server.connect() as connection:
        connection.execute(text(f"drop database {name}"))
    server.dispose()


def test_files_are_numbered_without_a_gap_and_say_what_they_do():
    names = sorted(path.stem for path in VERSIONS.glob("*.py"))
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))
    assert all(re.fullmatch(r"\d{4}_[a-z_]+", name) for name in names)


def test_the_file_of_the_head_names_the_newest():
    assert (VERSIONS / ".head").read_text().strip() == schema.newest()


def test_every_migration_says_why():
    scripts = ScriptDirectory(str(schema.MIGRATIONS)).walk_revisions()
    assert all(script.module.__doc__ for script in scripts)


def test_up_equals_the_models(empty):
    schema.upgrade(empty)
    with empty.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": schema.OURS, "compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_each_goes_up_down_and_up_again(empty):
    order = [script.revision for script in ScriptDirectory(str(schema.MIGRATIONS)).walk_revisions()][::-1]
    before = "base"
    for revision in order:
        schema.upgrade(empty, revision)
        first = shape(empty)
        schema.downgrade(empty, before)
        schema.upgrade(empty, revision)
        assert shape(empty) == first, revision
        before = revision
    schema.downgrade(empty, "base")
    assert shape(empty) == {"alembic_version": ["version_num"]}


def shape(engine):
    look = inspect(engine)
    return {table: sorted(column["name"] for column in look.get_columns(table)) for table in look.get_table_names()}


@pytest.mark.parametrize("table", ["audit_entry", "audit_content", "plan_version", "version_record"])
def test_the_database_itself_refuses_to_change_what_is_kept(empty, table):
    schema.upgrade(empty)
    with empty.begin() as connection:
        for statement in ROWS:
            connection.execute(text(statement))
    for statement in (f"delete from {table}", f"update {table} set " + CHANGES[table]):
        with pytest.raises(DBAPIError, match="never changed"), empty.begin() as connection:
            connection.execute(text(statement))


ROWS = (
    """insert into audit_entry (number, at, word, subject_type, subject_key, content_digest, previous, hash)
    values (1, '2026-01-01', 'a', 'b', 'c', 'd', 'e', 'f')""",
    """insert into audit_content (number, binding_key, actor_name, arguments, changes)
    values (1, '', 'a', '{}', '{}')""",
    """insert into plan (id, key, slug, state, title, country, level, edition, starts, ends, languages, currency,
    reporting_months, fiscal_year_starts, created_at, changed_at, row_version)
    values (1, 'k', 's', 'drafting', '{}', 'XSR', 'national', 1, '2027-01-01', '2031-12-31', '[]', 'USD',
    12, '01-01', '2026-01-01', '2026-01-01', 1)""",
    """insert into plan_version (id, key, plan_id, number, frozen_at, frozen_by, working, working_sha256,
    public, public_sha256) values (1, 'k', 1, 1, '2026-01-01', 'a', '', 'b', '', 'c')""",
    """insert into version_record (id, key, version_id, gate, skipped, passed_at, passed_by, checks, public_checks)
    values (1, 'k', 1, 'cabinet', '[]', '2026-01-01', 'a', '[]', '[]')""",
)
CHANGES = {
    "audit_entry": "word = 'z'",
    "audit_content": "actor_name = 'z'",
    "plan_version": "public_sha256 = 'z'",
    "version_record": "passed_by = 'z'",
}


def test_a_migration_that_dies_half_way_leaves_the_old_schema(empty, monkeypatch):
    order = [script.revision for script in ScriptDirectory(str(schema.MIGRATIONS)).walk_revisions()][::-1]
    schema.upgrade(empty, order[1])
    before = shape(empty)

    class Death(BaseException):
        """As a kill would end it."""

    def die(connection, *_rest):
        raise Death

    event.listen(empty, "commit", die)
    with pytest.raises(Death):
        schema.upgrade(empty)
    event.remove(empty, "commit", die)
    assert shape(empty) == before
