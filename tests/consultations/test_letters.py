"""Letters and the roster: who was asked, answered, or is late."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from nap_builder.consultations.models.letters import Addressee, ConsultationLetter
from nap_builder.consultations.models.records import Organisation
from nap_builder.consultations.queries.letters import standing
from nap_builder.kernel.clock import today
from nap_builder.kernel.database import db, transaction
from tests.builders.consultations import a_consultation


@pytest.fixture
def home(world):
    """The address of a consultation that asks."""
    with transaction():
        one = a_consultation(world.plan)
        db.session.add(Organisation(name="Mothers of Asra"))
    return f"/en/w/nap-2/consultation/{one.key}"


def letter(client, home, by=None, **said):
    """A letter, written."""
    answer_by = {"answer_by": by.isoformat()} if by else {}
    return client.get(f"{home}/letters/add").submit("letter", **{**answer_by, **said})


def asked(client, world, home):
    """Three put on the list: an institution, an organisation, one in words."""
    group = db.session.scalars(select(Organisation)).one()
    said = {"institutions": [str(world.institutions["DEF"].id)], "organisations": [str(group.id)]}
    twenty_days_ago = (today() - timedelta(20)).isoformat()
    return client.get(f"{home}/asked/add").submit("ask", names="The bar association", on_day=twenty_days_ago, **said)


def test_a_letter_begins_with_a_text_in_every_language(as_role, home):
    client = as_role("secretariat")
    page = client.get(f"{home}/letters/add")
    assert "asks for your contribution" in page.text
    letter(client, home, today() + timedelta(30))
    written = db.session.scalars(select(ConsultationLetter)).one()
    assert (written.kind, set(written.text)) == ("launch", {"en", "fr", "ar"})
    assert "have no answer yet" in client.get(f"{home}/letters/add").text


def test_a_letter_is_changed_and_removed(as_role, home):
    client = as_role("secretariat")
    letter(client, home)
    written = db.session.scalars(select(ConsultationLetter)).one()
    page = client.get(f"{home}/letters/{written.key}/edit")
    page.submit("letter", **{"text-en": "Please answer."})
    assert written.text["en"] == "Please answer."
    client.get(f"{home}/letters/{written.key}/edit").submit("remove")
    assert db.session.scalars(select(ConsultationLetter)).all() == []


def test_an_answer_is_not_asked_for_before_the_letter(as_role, home):
    page = as_role("secretariat").get(f"{home}/letters/add")
    refused = page.submit("letter", expect=422, answer_by="2020-01-01", on_day="2020-01-02")
    assert "before the letter is sent" in refused.words


def test_many_are_asked_at_once(as_role, world, home):
    client = as_role("secretariat")
    page = asked(client, world, home).follow()
    for name in ("Ministry of Defence", "Mothers of Asra", "The bar association"):
        assert name in page.words
    offered = client.get(f"{home}/asked/add")
    assert "Ministry of Defence" not in offered.words
    refused = offered.submit("ask", expect=422, names="The bar association")
    assert "not on the list yet" in refused.words


def test_who_answered_and_who_is_late_is_said_in_words(as_role, world, home):
    client = as_role("secretariat")
    letter(client, home, today() - timedelta(5), on_day=(today() - timedelta(30)).isoformat())
    page = asked(client, world, home).follow()
    assert "3 asked, 0 answered, 3 late" in page.words
    one = db.session.scalars(select(Addressee).where(Addressee.name.is_not(None))).one()
    page = page.submit(f"{one.key}/answered").follow()
    assert one.answered_on == today()
    assert "3 asked, 1 answered, 2 late" in page.words
    assert "2 who were asked are late" in client.get("/en/w/nap-2/consultation").words


def test_nobody_is_late_while_a_follow_up_gives_more_time(as_role, world, home):
    client = as_role("secretariat")
    letter(client, home, today() - timedelta(5), on_day=(today() - timedelta(30)).isoformat())
    asked(client, world, home)
    letter(client, home, today())
    assert standing(db.session.scalars(select(Addressee)).first().consultation).late == 0


def test_an_answer_before_the_question_is_refused_beside_its_field(as_role, world, home):
    client = as_role("secretariat")
    page = asked(client, world, home).follow()
    one = db.session.scalars(select(Addressee)).first()
    refused = page.submit(f"{one.key}/answered", expect=422, answered_on="2020-01-01")
    assert "before they were asked" in refused.words
    assert one.answered_on is None


def test_what_is_noted_of_one_is_changed_and_one_is_taken_off(as_role, world, home):
    client = as_role("secretariat")
    asked(client, world, home)
    one = db.session.scalars(select(Addressee)).first()
    client.get(f"{home}/asked/{one.key}/edit").submit("addressee", asked_on="2026-01-05", note="By courier")
    assert (one.asked_on, one.note) == (date(2026, 1, 5), "By courier")
    client.get(f"{home}/asked/{one.key}/edit").submit("remove")
    assert len(db.session.scalars(select(Addressee)).all()) == 2


def test_each_addressee_gets_a_sheet_of_the_letter(as_role, world, home):
    client = as_role("secretariat")
    letter(client, home, today())
    asked(client, world, home)
    written = db.session.scalars(select(ConsultationLetter)).one()
    page = client.get(f"{home}/letters/{written.key}/print")
    assert len(page.all("//div[contains(@class, 'letters')]/section")) == 3
    assert page.all("//textarea[@readonly]")


def test_a_ministry_reads_the_roster_and_does_not_write(as_role, world, home):
    asked(as_role("secretariat"), world, home)
    page = as_role("official").get(f"{home}/letters")
    assert "3 asked" in page.words
    assert not page.all("//main//form[@method='post']")
