"""The readiness checks of consultations: A4 to A8, G1 and G2."""

from datetime import date

import pytest

from nap_builder.consultations.models.records import Organisation
from nap_builder.kernel.actor import INSTALLATION, NOBODY
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db as database
from nap_builder.kernel.database import transaction
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.services.exceptions import except_check
from nap_builder.readiness.queries import ABSENT, OPEN, PASSES, result_of
from tests.builders.consultations import a_consultation, a_contribution

ANSWER = {"decision": "accepted", "text": {"en": "Done."}}
REGIONS = [{"code": "N", "name": "North"}, {"code": "S", "name": "South"}]


@pytest.fixture
def finds(app, world):
    """A function: how a check stands, and the codes or labels of the rows that fail."""

    def ask(key, who=None):
        with app.test_request_context():
            plan = database.session.get_one(Plan, world.plan.id)
            result, _excepted = result_of(plan, key, who)
            return result.kind, [row.code or str(row.label) for row in result.found.failing]

    return ask


def hold(world, **given):
    """A consultation, saved."""
    with transaction():
        return a_consultation(database.session.get_one(Plan, world.plan.id), **given)


def say(consultation, text="Say who pays.", **given):
    """A contribution, saved."""
    with transaction():
        return a_contribution(database.session.merge(consultation), text, **given)


def test_a4_wants_a_consultation_with_civil_society(world, finds):
    assert finds("A4") == (OPEN, [])
    hold(world, with_whom=["academia"])
    assert finds("A4")[0] == OPEN
    hold(world, with_whom=["civil_society"])
    assert finds("A4")[0] == PASSES


def test_a4_counts_none_that_goes_on(world, finds):
    hold(world, ends=date(2099, 1, 1))
    assert finds("A4")[0] == OPEN


def test_a5_wants_each_region(world, finds):
    assert finds("A5")[0] == ABSENT
    with transaction():
        database.session.get_one(Plan, world.plan.id).regions = REGIONS
    hold(world, region="N")
    assert finds("A5") == (OPEN, ["S"])


def test_a5_tells_nobody_where_a_consultation_of_high_risk_was(world, finds):
    with transaction():
        database.session.get_one(Plan, world.plan.id).regions = REGIONS
    hold(world, region="N", risk="high")
    assert finds("A5") == (OPEN, ["N", "S"])


def test_a5_takes_a_reason_for_one_region(as_role, world, finds):
    with transaction():
        plan = database.session.get_one(Plan, world.plan.id)
        plan.regions = REGIONS
        except_check(INSTALLATION, plan, "A5:N", {"en": "The road was closed."})
    assert finds("A5") == (OPEN, ["S"])
    page = as_role("chair").get("/en/w/nap-2/ready/A5")
    assert "The road was closed." in page.words


@pytest.mark.parametrize("affected", ["conflict_affected_women", "displaced"])
def test_a6_wants_each_group(world, finds, affected):
    hold(world, with_whom=[affected, "young_women"])
    assert finds("A6") == (OPEN, ["Women with disabilities"])
    hold(world, with_whom=["women_with_disabilities"])
    assert finds("A6")[0] == PASSES


@pytest.mark.parametrize(
    ("counts", "stands"),
    [
        ({"total": 40, "women": 30, "men": 10}, PASSES),
        ({"women": 30, "men": 10}, PASSES),
        ({"total": 40, "women": 30}, OPEN),
        ({"total": 40}, OPEN),
        (None, OPEN),
        ({"total": 41, "women": 30, "men": 8, "other": 2, "undisclosed": 1}, PASSES),
    ],
)
def test_a7_wants_counts_by_sex_that_add_up(world, finds, counts, stands):
    hold(world, participants=counts)
    assert finds("A7")[0] == stands


def test_a7_asks_nothing_of_what_nobody_attends(world, finds):
    hold(world, kind="written", participants=None)
    assert finds("A7")[0] == ABSENT


def test_a8_wants_an_answer_to_all_that_is_shown(world, finds):
    meeting = hold(world)
    assert finds("A8")[0] == ABSENT
    say(meeting, "", withdrawn=True)
    say(meeting, "Rude.", hidden_because={"en": "Insults."})
    say(meeting, response=ANSWER)
    assert finds("A8")[0] == PASSES
    open_one = say(meeting, draft=ANSWER)
    assert finds("A8") == (OPEN, [open_one.code])


@pytest.mark.parametrize("text", ["Write to amal@example.org.", "Call +961 70 123 456 tonight.", "07-12-34-56-78"])
def test_g1_finds_how_to_reach_a_person(world, finds, text):
    said = say(hold(world, visibility="public"), text)
    assert finds("G1") == (OPEN, [said.code])


@pytest.mark.parametrize("text", ["By 2026-03-02 and 1325 (2000).", "In 2022-2026, 1,200 of 3,000 women."])
def test_g1_takes_days_and_figures_for_what_they_are(world, finds, text):
    say(hold(world, visibility="public"), text)
    assert finds("G1")[0] == PASSES


@pytest.mark.parametrize("where", ["title", "summary", "contribution", "answer"])
def test_g1_finds_the_place_that_a_high_risk_hides(world, finds, where):
    told = {"en": "We met in Riverbank."}
    given = {"title": {"title": told["en"]}, "summary": {"summary": told}}.get(where, {})
    meeting = hold(world, visibility="public", risk="high", place={"en": "Riverbank"}, **given)
    answer = {"response": {"decision": "accepted", "text": told}} if where == "answer" else {}
    said = say(meeting, told["en"] if where == "contribution" else "Guard us.", **answer)
    code = said.code if where in ("contribution", "answer") else meeting.code
    assert finds("G1") == (OPEN, [code])


def test_g1_finds_an_organisation_that_did_not_agree(world, finds):
    with transaction():
        database.session.add(Organisation(name="Sisters", may_be_named=False))
    said = say(hold(world, visibility="public"), by="Sisters", attribution="organisation")
    assert finds("G1") == (OPEN, [said.code])


def test_g1_leaves_what_is_not_public_alone(world, finds):
    say(hold(world), "Call +961 70 123 456 tonight.")
    assert finds("G1")[0] == PASSES


def test_g2_finds_a_name_that_the_consultation_does_not_allow(world, finds):
    said = say(hold(world, attribution="non_attributed"), by="Amal", attribution="named")
    assert finds("G2") == (OPEN, [said.code])


def test_g2_finds_the_name_of_who_wished_none(world, finds):
    said = say(hold(world, visibility="public"), "I, Amal Haddad, ask for more posts.", by="Amal Haddad")
    assert finds("G2") == (OPEN, [said.code])


def test_g2_leaves_what_is_hidden_alone(world, finds):
    words = "I, Amal Haddad, ask for more posts."
    say(hold(world, visibility="public"), words, by="Amal Haddad", hidden_because={"en": "It names a person."})
    assert finds("G2")[0] == PASSES


def test_what_is_for_the_steward_is_not_told_to_others(app, world, finds):
    say(hold(world, visibility="steward", ends=now().date()), "Canary")
    assert finds("A8", NOBODY)[0] == ABSENT


def test_the_pages_of_the_checks_show_their_rows(as_role, world):
    meeting = hold(world, visibility="public", attribution="non_attributed", participants=None)
    say(meeting, "Call +961 70 123 456.", by="Amal", attribution="named")
    chair = as_role("chair")
    for key in ("A4", "A5", "A6", "A7", "A8", "G1", "G2"):
        assert key in chair.get(f"/en/w/nap-2/ready/{key}").words
