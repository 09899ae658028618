"""Who sees what of the trail."""

import pytest

from nap_builder.accounts.services.people import add_person
from nap_builder.kernel.actor import INSTALLATION, Role
from nap_builder.kernel.database import db as database
from nap_builder.kernel.database import transaction
from nap_builder.plans.models.narrative import Section


@pytest.fixture
def changed(as_role, world):
    """The chair changed a paragraph of a section."""
    page = as_role("chair").get(f"/en/w/nap-2/section/why?edit={world.paragraphs[0].key}")
    form = next(
        i for i, f in enumerate(page.all("//main//form[@method='post']")) if f.xpath(".//textarea[@name='text-en']")
    )
    page.submit(form, **{"text-en": "A canary sings here."})
    return world


def close(world):
    with transaction():
        database.session.get(Section, world.section.id).restricted = True


def test_the_secretariat_sees_what_changed(as_role, changed):
    assert "canary" in as_role("secretariat").get("/en/audit").words


def test_an_administrator_sees_acts_but_no_content(as_role, changed):
    words = as_role("administrator").get("/en/audit").words
    assert "chair" in words
    assert "canary" not in words


def test_an_auditor_sees_nothing_of_a_restricted_part(as_role, changed):
    close(changed)
    words = as_role("auditor").get("/en/audit").words
    assert "canary" not in words
    assert "restricted part" in words


def test_an_official_sees_the_acts_of_the_own_institution_only(as_role, changed):
    assert "canary" not in as_role("official").get("/en/audit").words


def test_the_head_is_downloaded_by_anybody(client, changed):
    number, _tab, digest = client.get("/en/audit/head.txt").text.strip().partition("\t")
    assert int(number) > 0
    assert len(digest) == 64


def test_a_role_is_told_in_the_reader_s_language(as_role, world):
    with transaction():
        add_person(INSTALLATION, email="new@test.example", name="Nadia", role=Role.AUDITOR)
    assert "Nadia as Auditor" in as_role("chair").get("/en/audit").words
    assert "Auditor" not in as_role("chair").get("/ar/audit").words
