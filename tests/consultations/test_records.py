"""The record of consultations: written down, added up, kept from who may not know, put away and brought back."""

from datetime import date

import pytest
from sqlalchemy import select

from nap_builder.consultations.models.records import Consultation
from nap_builder.consultations.queries import records as queries
from nap_builder.kernel.audit import AuditContent, AuditEntry, sentence_of
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db, transaction
from tests.builders.consultations import a_consultation, a_contribution, an_open_draft

HOME = "/en/w/nap-2/consultation"
SAYS = {"title-en": "Hearing in the capital", "kind": "hearing", "starts": "2026-03-02"}


def written(client, expect=303, **changed):
    """What the form answers, filled in by somebody."""
    return client.get(f"{HOME}/add").submit("consultation", expect=expect, **{**SAYS, **changed})


@pytest.fixture
def held(world):
    """A workshop that was held."""
    with transaction():
        return a_consultation(world.plan, place={"en": "Hall of Asra"})


def test_a_consultation_is_recorded_with_all_its_facts(as_role, world):
    with transaction():
        world.plan.regions = [{"code": "N", "name": {"en": "The North"}}]
    more = {
        "round": "outline",
        "with_whom": ["womens_organisations", "displaced"],
        "ends": "2026-03-03",
        "place-en": "Hall of Asra",
        "region": "N",
        "spoken": "Tamil\nar",
        "host_id": str(world.institutions["DEF"].id),
        "people_total": "10",
        "people_women": "7",
        "people_men": "3",
        "people_over_60": "2",
        "people_displaced": "4",
        "organisation_0": "Mothers of Asra",
        "sector_0": "health",
        "public_0": "yes",
        "organisation_1": "A quiet group",
        "agenda-en": "First, second.",
        "summary-fr": "Il a été dit.",
    }
    page = written(as_role("secretariat"), **more).follow()
    for words in ("Hall of Asra", "The North", "Tamil", "10 people took part", "Mothers of Asra", "A quiet group"):
        assert words in page.words
    found = queries.consultations(world.plan)[0]
    assert (found.code, found.round, found.languages, found.entered_on) == ("C1", "outline", ["ta", "ar"], now().date())
    assert found.participants == {
        "total": 10, "women": 7, "men": 3, "over_60": 2, "displaced": 4,
    }  # fmt: skip
    assert found.organisations == [
        {"name": "Mothers of Asra", "sector": "health", "public": True},
        {"name": "A quiet group"},
    ]


def test_the_sexes_make_the_total_where_none_is_given(as_role, world):
    written(as_role("secretariat"), people_women="7", people_undisclosed="2")
    assert queries.consultations(world.plan)[0].participants["total"] == 9


@pytest.mark.parametrize(
    ("odd", "field"),
    [
        ({"people_total": "10", "people_women": "7"}, "people_total"),
        ({"people_total": "10", "people_women": "7", "people_men": "4"}, "people_total"),
        ({"people_total": "5", "people_under_18": "3", "people_over_60": "3"}, "people_under_18"),
        ({"people_total": "5", "people_rural": "6"}, "people_rural"),
        ({"people_rural": "6"}, "people_total"),
        ({"people_total": "-1"}, "people_total"),
        ({"people_total": "1.5"}, "people_total"),
        ({"people_total": "many"}, "people_total"),
        ({"people_total": "99999999999999999999"}, "people_total"),
        ({"ends": "2026-03-01"}, "ends"),
        ({"starts": ""}, "starts"),
        ({"starts": "0001-01-01"}, "starts"),
        ({"kind": "party"}, "kind"),
        ({"with_whom": ["nobody"]}, "with_whom-0"),
        ({"spoken": "Klingonese"}, "spoken"),
        ({"organisation_0": "One", "organisation_1": "One"}, "organisation_1"),
        ({"version": "99"}, "version"),
        ({"title-en": ""}, "title-en"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field_and_the_text_kept(as_role, world, odd, field):
    page = written(as_role("secretariat"), 422, **{"summary-en": "Typed already.", **odd})
    assert page.all(f"//div[@data-error-summary]//a[@href='#{field}']")
    assert "Typed already." in page.text
    assert queries.consultations(world.plan) == []


def test_hostile_text_is_shown_as_text(as_role):
    evil = "<script>alert(1)</script>"
    fields = {"title-en": evil, "place-en": evil, "organisation_0": evil, "agenda-en": evil, "summary-en": evil}
    page = written(as_role("secretariat"), **fields).follow()
    assert page.words.count(evil) >= len(fields)


def test_the_organisations_of_the_directory_are_suggested(as_role, world):
    client = as_role("secretariat")
    client.get("/en/w/nap-2/organisations/add").submit("organisation", name="Mothers of Asra")
    page = client.get(f"{HOME}/add")
    assert page.all("//datalist[@id='known-organisations']/option/@value") == ["Mothers of Asra"]


def test_small_numbers_are_shown_to_the_keepers_alone(as_role, world):
    with transaction():
        one = a_consultation(world.plan, participants={"total": 40, "women": 36, "men": 4})
    assert "36" in as_role("secretariat").get(f"{HOME}/{one.key}").words
    page = as_role("official").get(f"{HOME}/{one.key}")
    assert [cell.text_content().strip() for cell in page.all("//tbody/tr/td")] == ["Not shown"] * 2


def test_a_change_is_saved_and_the_trail_tells_nothing_of_where_or_who(as_role, held):
    page = as_role("secretariat").get(f"{HOME}/{held.key}/edit")
    page.submit("consultation", risk="high", **{"place-en": "Elsewhere", "organisation_0": "A quiet group"})
    assert (held.risk, held.place, held.participants["total"]) == ("high", {"en": "Elsewhere"}, 40)
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.number.desc())).first()
    assert sentence_of(entry) == "secretariat changed the record of consultation C1."
    assert entry.content.changes == {"risk": ["Low", "High"]}


def test_two_who_change_it_at_once_see_both_texts(as_role, held):
    client = as_role("secretariat")
    first, second = client.get(f"{HOME}/{held.key}/edit"), client.get(f"{HOME}/{held.key}/edit")
    first.submit("consultation", **{"place-en": "First"})
    page = second.submit("consultation", expect=409, **{"place-en": "Second"})
    assert "First" in page.text
    assert "Second" in page.text


def test_a_ministry_reads_and_does_not_write(as_role, held):
    client = as_role("official")
    page = client.get(f"{HOME}/{held.key}")
    assert "Hall of Asra" in page.words
    assert not page.all("//main//form[@method='post']")
    client.get(f"{HOME}/{held.key}/edit", expect=403)


@pytest.mark.parametrize("who", ["official", "auditor"])
def test_high_risk_hides_where_when_and_who_from_all_but_the_keepers(as_role, world, who):
    with transaction():
        kept = a_consultation(
            world.plan,
            risk="high",
            place={"en": "Hall of Asra"},
            starts=date(2026, 3, 2),
            organisations=[{"name": "A quiet group", "public": True}],
            host_id=world.institutions["FOR"].id,
        )
    client = as_role(who)
    for address in (HOME, f"{HOME}/{kept.key}"):
        page = client.get(address)
        for words in ("Hall of Asra", "2 March 2026", "A quiet group", "Ministry of Foreign Affairs"):
            assert words not in page.words
    client.get(f"{HOME}/{kept.key}/letters", expect=404)
    assert "Hall of Asra" in as_role("steward").get(f"{HOME}/{kept.key}").words


def test_what_is_for_the_keepers_alone_is_not_there_for_others(as_role, world):
    with transaction():
        kept = a_consultation(world.plan, "Zyxwvut", visibility="steward")
    client = as_role("official")
    assert "Zyxwvut" not in client.get(HOME).words
    client.get(f"{HOME}/{kept.key}", expect=404)


def test_archiving_comes_with_the_way_back(as_role, held, world):
    client = as_role("secretariat")
    page = client.get(f"{HOME}/{held.key}").submit("archive").follow()
    assert queries.consultations(world.plan) == []
    back = page.all("//form[contains(@action, '/restore')]")[0]
    client.post(back.get("action"), data=dict(back.form_values()))
    assert queries.consultations(world.plan) == [held]


def test_an_archived_one_is_restored_from_its_page(as_role, world):
    with transaction():
        old = a_consultation(world.plan, archived_at=now())
    client = as_role("secretariat")
    assert "1 archived consultation" in client.get(HOME).words
    client.get(f"{HOME}/{old.key}").submit("restore")
    assert old.archived_at is None


@pytest.mark.parametrize("mode", ["non_attributed", "organisation"])
def test_a_mode_narrower_than_its_contributions_is_refused_and_names_them(as_role, held, mode):
    with transaction():
        a_contribution(held, attribution="named", by="Amina")
    page = as_role("secretariat").get(f"{HOME}/{held.key}/edit")
    refused = page.submit("consultation", expect=422, attribution=mode)
    assert "attributed wider: K1" in refused.words
    assert held.attribution is None


def test_what_was_told_when_the_window_opened_no_longer_changes(as_role, world):
    with transaction():
        draft = an_open_draft(world.plan)
    page = as_role("secretariat").get(f"{HOME}/{draft.key}/edit")
    assert not page.all("//*[@name='version' or @name='access' or @name='attribution']")
    page.submit("consultation", version="", access="invited", attribution="named")
    assert (draft.version, draft.access, draft.attribution) == (1, "public", None)


def test_an_open_window_stays_for_everybody_and_is_not_archived(as_role, world):
    with transaction():
        draft = an_open_draft(world.plan)
    client = as_role("secretariat")
    page = client.get(f"{HOME}/{draft.key}/edit").submit("consultation", expect=422, visibility="task_force")
    assert "The chair closes it first" in page.words
    client.get(f"{HOME}/{draft.key}").submit("archive", expect=409)
    assert draft.archived_at is None


def test_the_list_says_what_is_open_and_what_waits(as_role, world):
    with transaction():
        draft = an_open_draft(world.plan)
        a_contribution(draft)
        a_contribution(draft, entered_on=date(2020, 1, 1))
        a_contribution(draft, response={"decision": "accepted", "text": {"en": "Done."}})
    page = as_role("secretariat").get(HOME)
    assert "Open for comments now" in page.words
    assert "2 contributions wait for an answer" in page.words
    assert "1 has waited over ten days" in page.words


def test_the_text_of_nobody_stands_in_the_trail(as_role, world):
    written(as_role("secretariat"), **{"summary-en": "Zyxwvut", "organisation_0": "Zyxwvut", "place-en": "Zyxwvut"})
    for content in db.session.scalars(select(AuditContent)):
        assert "Zyxwvut" not in f"{content.arguments}{content.changes}"
    assert db.session.scalars(select(Consultation)).one().place == {"en": "Zyxwvut"}
