"""Groups: contributions that say the same, read and answered together, and never deleted."""

import pytest

from nap_builder.consultations.models.contributions import Contribution, ContributionGroup
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db as layer
from nap_builder.kernel.database import transaction
from tests.builders.consultations import a_consultation, a_contribution

HOME = "/en/w/nap-2/contributions"
ANSWER = {"decision": "deferred", "reason-en": "In the next plan."}


@pytest.fixture
def three(world):
    """Three contributions, the first of which the Ministry of Defence is asked to answer."""
    with transaction():
        held = a_consultation(world.plan)
        asked = {"asked_id": world.institutions["DEF"].id, "asked_on": now().date()}
        return [a_contribution(held, f"Voice {n}", **(asked if n == 1 else {})) for n in (1, 2, 3)]


def fresh(some):
    layer.session.rollback()
    layer.session.expire_all()
    return [layer.session.get_one(Contribution, one.id) for one in some]


def grouped(client, some):
    page = client.get(f"{HOME}/groups")
    members = [one.key for one in some]
    return page.submit("group", **{"title-en": "Who pays"}, members=members).follow()


def test_a_group_is_made_of_what_is_ticked(as_role, three):
    page = grouped(as_role("secretariat"), three[:2])
    assert "Who pays" in page.words
    assert "Voice 1" in page.words
    assert [one.group for one in fresh(three)] == ["G1", "G1", None]


@pytest.mark.parametrize("ticked", [[], [0]])
def test_one_alone_is_no_group(as_role, three, ticked):
    page = as_role("secretariat").get(f"{HOME}/groups")
    keys = [three[place].key for place in ticked]
    page.submit("group", expect=422, **{"title-en": "Who pays"}, members=keys)
    assert {one.group for one in fresh(three)} == {None}


def test_a_group_wants_a_title(as_role, three):
    page = as_role("secretariat").get(f"{HOME}/groups")
    again = page.submit("group", expect=422, members=[one.key for one in three])
    assert len(again.all("//input[@name='members'][@checked]")) == 3


def test_others_read_groups_and_make_none(as_role, three):
    grouped(as_role("secretariat"), three)
    client = as_role("official")
    page = client.get(f"{HOME}/groups")
    assert "Who pays" in page.words
    assert not page.all("//main//form")


def test_one_answer_is_drafted_and_published_for_all(as_role, three):
    grouped(as_role("secretariat"), three)
    form = as_role("official").get(f"{HOME}/{three[1].key}/answer")
    assert "This answer goes to 2 other contributions" in form.words
    form.submit("answer-form", **ANSWER)
    as_role("chair").get(f"{HOME}/{three[2].key}/publish").submit("answer-form")
    found = [one.response for one in fresh(three)]
    assert found[0] == found[1] == found[2]
    assert (found[0]["decision"], found[0]["by"]) == ("deferred", "DEF")


def test_a_ministry_drafts_for_what_it_is_asked_alone(as_role, world, three):
    with transaction():
        layer.session.merge(three[2]).asked_id = world.institutions["INT"].id
    grouped(as_role("secretariat"), three)
    as_role("official").get(f"{HOME}/{three[0].key}/answer").submit("answer-form", **ANSWER)
    assert [bool(one.draft) for one in fresh(three)] == [True, False, False]


def test_two_who_answer_two_of_a_group_at_once_see_both(as_role, three):
    grouped(as_role("secretariat"), three)
    chair, secretariat = as_role("chair"), as_role("secretariat")
    mine, theirs = chair.get(f"{HOME}/{three[0].key}/publish"), secretariat.get(f"{HOME}/{three[1].key}/publish")
    theirs.submit("answer-form", **ANSWER)
    conflict = mine.submit("answer-form", expect=409, decision="out_of_scope", **{"reason-en": "Mine."})
    assert "In the next plan." in conflict.words


def test_what_is_added_gets_the_answer_of_the_group(as_role, three):
    client = as_role("chair")
    page = grouped(client, three[:2])
    client.get(f"{HOME}/{three[0].key}/publish").submit("answer-form", **ANSWER)
    client.get(page.answer.request.path).submit("add", members=[three[2].key])
    found = fresh(three)
    assert found[2].group == "G1"
    assert found[2].response == found[0].response


def test_what_joins_an_answered_group_is_answered_on_the_day_it_joins(as_role, three):
    client = as_role("chair")
    page = grouped(client, three[:2])
    client.get(f"{HOME}/{three[0].key}/publish").submit("answer-form", **ANSWER)
    with transaction():
        for one in three[:2]:
            found = layer.session.get_one(Contribution, one.id)
            found.response = {**found.response, "on": "2021-03-01"}
    client.get(page.answer.request.path).submit("add", members=[three[2].key])
    assert [one.response["on"] for one in fresh(three)] == ["2021-03-01", "2021-03-01", now().date().isoformat()]


def test_what_is_taken_out_keeps_its_answer(as_role, three):
    client = as_role("chair")
    page = grouped(client, three)
    client.get(f"{HOME}/{three[0].key}/publish").submit("answer-form", **ANSWER)
    client.get(page.answer.request.path).submit(f"take-out/{three[0].key}")
    found = fresh(three)
    assert found[0].group is None
    assert found[0].response is not None


def test_what_was_taken_out_already_is_told(as_role, three):
    client = as_role("chair")
    page = grouped(client, three)
    page.submit(f"take-out/{three[0].key}")
    other = client.get(page.answer.request.path)
    address, values = page.filled(f"take-out/{three[0].key}")
    values["once"] = ["another-key-of-a-form"]
    client.post(address, data=values, expect=409)
    assert "Voice 2" in other.words


def test_a_dissolved_group_leaves_its_contributions(as_role, three):
    client = as_role("chair")
    grouped(client, three).submit("dissolve")
    assert {one.group for one in fresh(three)} == {None}
    assert layer.session.query(ContributionGroup).all() == []
    assert "Voice 1" in client.get(f"{HOME}/{three[0].key}").words


def test_a_title_that_somebody_changed_meanwhile_is_not_lost(as_role, three):
    client = as_role("chair")
    page = grouped(client, three)
    other = client.get(page.answer.request.path)
    other.submit("title", **{"title-en": "Theirs"})
    conflict = page.submit("title", expect=409, **{"title-en": "Mine"})
    assert "Theirs" in conflict.words


def test_a_group_shows_nobody_what_only_keepers_read(as_role, world, three):
    with transaction():
        kept = a_contribution(a_consultation(world.plan, visibility="steward"), "Voice of none")
    page = grouped(as_role("secretariat"), [*three, kept])
    assert "Voice of none" in page.words
    assert "Voice of none" not in as_role("official").get(page.answer.request.path).words


def test_the_trail_tells_groups_by_code(as_role, three):
    grouped(as_role("secretariat"), three).submit("dissolve")
    told = as_role("auditor").get("/en/audit").words
    assert "made group G1 of contributions: K1, K2, K3." in told
    assert "dissolved group G1 of contributions." in told
