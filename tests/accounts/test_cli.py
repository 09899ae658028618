"""People from the command line."""

import pytest

from nap_builder.accounts.cli import user
from nap_builder.accounts.models import Person


@pytest.fixture
def run(app, world):
    """Runs `nap user ...`, and gives what came of it."""
    return lambda *words: app.test_cli_runner().invoke(user, words)


def test_an_added_person_gets_a_link_that_works(run, app, client):
    link = run("add", "New@x.example", "--role", "focal_point", "--institution", "DEF").output.strip()
    client.get(link.removeprefix("http://127.0.0.1:8000"))


def test_the_role_and_the_institution_are_kept(run, db, world):
    run("add", "new@x.example", "--role", "focal_point", "--institution", "DEF")
    grant = db.session.query(Person).filter_by(email="new@x.example").one().grants[0]
    assert (grant.role, grant.institution_id) == ("focal_point", world.institutions["DEF"].id)


def test_an_unknown_institution_adds_nobody(run, db):
    assert run("add", "new@x.example", "--role", "official", "--institution", "NONE").exit_code == 1
    assert db.session.query(Person).filter_by(email="new@x.example").count() == 0


def test_people_are_listed(run, world):
    assert f"{world.people['chair'].email}\tchair\tchair\tinvited" in run("list").output


def test_a_closed_account_stays_closed(run, world, as_role):
    client = as_role("official")
    assert run("disable", world.people["official"].email).exit_code == 0
    client.get("/en/profile", expect=302)


def test_an_unknown_address_is_an_error(run):
    assert run("disable", "nobody@x.example").exit_code == 1
