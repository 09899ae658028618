"""The trail: whole, chained, and readable."""

import pytest
from sqlalchemy import text

from nap_builder.kernel import audit
from nap_builder.kernel.actor import INSTALLATION, Actor, Role
from nap_builder.kernel.audit import ACTS, AuditEntry, act, first_fault, head, holds, record
from nap_builder.kernel.database import db as database
from nap_builder.kernel.database import transaction

AMINA = Actor(id=7, name="Amina Rehn", roles=frozenset({Role.CHAIR}))
TRIED = ACTS.get("tests.tried") or act("tests.tried", "%(actor)s tried %(what)s.")


@pytest.fixture
def ten(world):
    """Ten entries."""
    for number in range(10):
        with transaction():
            record(TRIED, AMINA, world.plan, what=f"thing {number}", changes={"title": ("before", f"after {number}")})
    return world


def tamper(statement: str) -> None:
    """Changes the trail as somebody with the database in hand would: behind the triggers."""
    database.session.rollback()
    connection = database.engine.connect()
    with connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text("set local session_replication_role = replica"))
        else:
            for table in ("audit_entry", "audit_content"):
                for verb in ("update", "delete"):
                    connection.execute(text(f"drop trigger if exists {table}_no_{verb}"))
            connection.execute(text("pragma defer_foreign_keys = on"))
        for part in statement.split(";"):
            connection.execute(text(part))
    connection.close()


def test_a_trail_as_it_was_written_is_whole(ten):
    assert first_fault() is None


def test_an_entry_is_a_sentence(ten):
    entry = database.session.get(AuditEntry, 1)
    assert (
        str(TRIED.sentence) % {"actor": entry.content.actor_name, **entry.content.arguments}
        == "Amina Rehn tried thing 0."
    )


@pytest.mark.parametrize(
    "damage",
    [
        "update audit_entry set word = 'tests.other' where number = 5",
        "update audit_content set actor_name = 'Somebody Else' where number = 5",
        'update audit_content set changes = \'{"title": ["before", "else"]}\' where number = 5',
        "update audit_entry set at = '2020-01-01 00:00:00.000000' where number = 5",
        "delete from audit_content where number = 5;delete from audit_entry where number = 5",
        "delete from audit_content where number = 5",
    ],
)
def test_a_change_or_removal_is_found_at_its_number(ten, damage):
    tamper(damage)
    assert first_fault() == 5


def test_an_inserted_entry_is_found(ten):
    tamper(
        "insert into audit_entry (number, at, word, subject_type, subject_key, content_digest, previous, hash)"
        " select 11, at, word, subject_type, subject_key, content_digest, 'x', hash from audit_entry where number = 3"
    )
    assert first_fault() == 11


def test_two_swapped_entries_are_found(ten):
    tamper(
        'update audit_content set arguments = \'{"what": "swap"}\' where number = 4;'
        "update audit_content set number = 99 where number = 6;"
        "update audit_entry set number = 99 where number = 6;"
        "update audit_content set number = 6 where number = 7;update audit_entry set number = 6 where number = 7;"
        "update audit_content set number = 7 where number = 99;update audit_entry set number = 7 where number = 99;"
        'update audit_content set arguments = \'{"what": "thing 3"}\' where number = 4'
    )
    assert first_fault() == 6


def test_a_cut_tail_is_found_by_a_head_kept_elsewhere(ten):
    kept = head()
    tamper("delete from audit_content where number = 10;delete from audit_entry where number = 10")
    assert first_fault() is None
    assert not holds(kept)


def test_a_head_of_the_past_still_holds_when_the_trail_has_grown(ten):
    kept = head()
    with transaction():
        record(TRIED, AMINA, ten.plan, what="more")
    assert holds(kept)


def test_an_act_is_not_recorded_outside_a_transaction(world):
    with pytest.raises(RuntimeError):
        record(TRIED, AMINA, world.plan, what="a thing")


def test_an_open_gap_in_the_sentence_is_refused(world):
    with pytest.raises(KeyError), transaction():
        record(TRIED, AMINA, world.plan)


def test_an_act_that_fails_leaves_no_entry(world):
    before = head()
    with pytest.raises(ZeroDivisionError), transaction():  # noqa: PT012 - what fails comes after what is recorded
        record(TRIED, INSTALLATION, world.plan, what="a thing")
        _ = 1 / 0
    assert head() == before


def test_a_digest_binds_the_content(ten):
    assert audit.AuditContent(number=1, binding_key=b"a", actor_name="x", arguments={}, changes={}).digest() != (
        audit.AuditContent(number=1, binding_key=b"b", actor_name="x", arguments={}, changes={}).digest()
    )
