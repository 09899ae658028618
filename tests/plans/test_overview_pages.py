"""The list of plans, a new plan, the workspace and the facts of a plan."""

import pytest

from nap_builder.kernel.database import db as database
from nap_builder.kernel.database import transaction
from nap_builder.plans.models.framework import Activity
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.plan import counts, plans
from tests.builders.framework import an_indicator
from tests.builders.plans import a_plan


def test_the_list_says_what_each_plan_holds_and_leads_to_it(as_role, world):
    page = as_role("auditor").get("/en/plans")
    assert "Second National Action Plan" in page.words
    assert "1 January 2027 to 31 December 2031" in page.words
    assert page.all("//table//a[@href='/en/w/nap-2']")
    assert "Start a plan" not in page.words


def test_without_a_plan_the_list_says_how_to_begin(as_role, world, db):
    with transaction():
        db.session.delete(world.plan)
    page = as_role("secretariat").get("/en/plans")
    assert "No plan yet" in page.words
    assert page.all("//main//a[@href='/en/plans/new']")
    assert as_role("auditor").get("/en/w", expect=302).location == "/en/plans"


def test_the_plans_entry_leads_to_the_plan_that_stands(as_role, world):
    assert as_role("auditor").get("/en/w", expect=302).location == "/en/w/nap-2"


def test_an_adopted_plan_stands_before_a_newer_draft(world):
    with transaction():
        a_plan(edition=3)
        adopted = a_plan(edition=1, state="adopted")
        assert plans()[0] is adopted


def test_the_facts_are_saved(as_role, world, db):
    page = as_role("secretariat").get("/en/w/nap-2/settings")
    page.submit(
        "facts",
        **{
            "title-en": "Second Plan",
            "other_languages": ["fr"],
            "reference": "CAB/12",
            "issuing_body_id": str(world.institutions["WOMEN"].id),
            "called_pillar-en": "Outcome",
        },
    )
    db.session.rollback()
    plan = db.session.query(Plan).filter_by(slug="nap-2").one()
    assert plan.title == {"en": "Second Plan", "fr": "Deuxième plan d'action national"}
    assert plan.languages == ["en", "fr"]
    assert plan.labels == {"pillar": {"en": "Outcome"}}
    assert plan.issuing_body.code == "WOMEN"


def test_facts_that_are_not_changed_stay_as_they_were(as_role, world, db):
    with transaction():
        world.plan.languages = ["en", "ar", "fr"]
        world.plan.labels = {"pillar": "Outcome"}
        world.plan.adoption = {"level": "cabinet", "amendments": [{"instrument": "Decree", "on": "2028-01-01"}]}
        world.plan.vision = {"en": "Peace.", "sw": "Amani."}
    as_role("secretariat").get("/en/w/nap-2/settings").submit("facts")
    db.session.rollback()
    plan = db.session.query(Plan).filter_by(slug="nap-2").one()
    assert plan.languages == ["en", "ar", "fr"]
    assert plan.labels == {"pillar": {"en": "Outcome"}}
    assert plan.adoption == {"level": "cabinet", "amendments": [{"instrument": "Decree", "on": "2028-01-01"}]}
    assert plan.vision == {"en": "Peace.", "sw": "Amani."}


def test_abbreviations_are_lines_and_untouched_ones_stay_as_they_were(as_role, world, db):
    kept = [{"short": "WPS", "long": {"en": "Women, peace\nand security", "fr": "Femmes, paix et sécurité"}}]
    with transaction():
        world.plan.abbreviations = kept
    browser = as_role("secretariat")
    page = browser.get("/en/w/nap-2/settings")
    page.submit("facts", **{"title-en": "Renamed"})
    db.session.rollback()
    assert db.session.query(Plan).filter_by(slug="nap-2").one().abbreviations == kept
    page = browser.get("/en/w/nap-2/settings")
    assert "Write each line as" in page.submit("facts", expect=422, **{"abbreviations-en": "NAP"}).words
    lines = "NAP = National Action Plan\n\nCSO = Civil society"
    page.submit("facts", **{"abbreviations-en": lines, "abbreviations-fr": ""})
    db.session.rollback()
    assert db.session.query(Plan).filter_by(slug="nap-2").one().abbreviations == [
        {"short": {"en": "NAP"}, "long": {"en": "National Action Plan"}},
        {"short": {"en": "CSO"}, "long": {"en": "Civil society"}},
    ]


def test_facts_refuse_a_period_that_ends_first_and_an_overlong_reference(as_role, world):
    page = as_role("secretariat").get("/en/w/nap-2/settings")
    assert "ends before it starts" in page.submit("facts", expect=422, ends="2020-01-01").words
    page.submit("facts", expect=422, reference="x" * 65)
    page.submit("facts", expect=422, starts="yesterday")


def test_two_who_save_facts_see_both_and_an_edited_paragraph_is_no_conflict(as_role, world, db):
    first, second = (as_role(who).get("/en/w/nap-2/settings") for who in ("chair", "secretariat"))
    edit = as_role("official").get(f"/en/w/nap-2/section/why?edit={world.paragraphs[0].key}")
    edit.submit("paragraph", **{"text-en": "Changed meanwhile."})
    first.submit("facts", **{"title-en": "Hers", "called_pillar-en": "Outcome"})
    conflict = second.submit("facts", expect=409, **{"title-en": "His"})
    assert "Hers" in conflict.words
    assert "His" in conflict.words
    assert "Outcome" in conflict.words
    conflict.submit(0)
    db.session.rollback()
    assert db.session.query(Plan).filter_by(slug="nap-2").one().title["en"] == "His"


def test_a_ministry_does_not_change_the_facts(as_role, world):
    browser = as_role("focal_point")
    assert "Facts of the plan" not in browser.get("/en/w/nap-2").words
    browser.get("/en/w/nap-2/settings", expect=403)


def test_a_plan_that_is_not_there_is_not_found(as_role, world):
    as_role("chair").get("/en/w/nothing", expect=404)


def test_what_hangs_on_a_restricted_activity_is_not_counted(world):
    with transaction():
        activity = database.session.get(Activity, world.activities[0].id)
        an_indicator(activity, code="secret")
        activity.restricted = True
    everything = counts([world.plan], lambda _row: True)[world.plan.id]
    shown = counts([world.plan], lambda row: not row.restricted)[world.plan.id]
    assert (everything.indicators - shown.indicators, everything.unmeasured - shown.unmeasured) == (1, 1)
    assert everything.activities - shown.activities == 1


TOTALS = ("", "/costs", "/matrix", "/commitments", "/indicators", "/overlap", "/ministry/DEF")
LEFT_OUT = "Restricted rows, if there are any, are shown and counted only for those who may read them."


@pytest.mark.parametrize("restricted", [False, True])
def test_who_may_not_read_what_is_restricted_is_always_told_that_totals_leave_it_out(as_role, world, restricted):
    with transaction():
        database.session.get_one(Activity, world.activities[1].id).restricted = restricted
    for address in ("/en/plans", *(f"/en/w/nap-2{place}" for place in TOTALS)):
        assert LEFT_OUT in as_role("auditor").get(address).words
        assert LEFT_OUT not in as_role("chair").get(address).words
