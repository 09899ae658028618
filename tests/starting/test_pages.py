"""Starting a plan in the browser: the ways, the templates, the next plan, and templates made here."""

from datetime import date

import pytest

from nap_builder.accounts.models import Person, RoleGrant
from nap_builder.kernel.actor import Role
from nap_builder.kernel.database import transaction
from nap_builder.monitoring.models import ActivityProgress
from nap_builder.plans.models.framework import Activity, Objective, Pillar
from nap_builder.plans.models.narrative import Section
from nap_builder.plans.models.plan import Plan
from nap_builder.starting.models import SavedTemplate
from nap_builder.starting.template import shipped_templates
from nap_builder.taskforce.models import Institution
from tests.conftest import signed_in

NEW = {
    "title-en": "Third plan",
    "slug": "nap-3",
    "starts": "2032-01-01",
    "ends": "2036-12-31",
    "country": "xsr",
    "own_language": "fr",
    "other_languages": ["en", "pt"],
    "currency": "xof",
    "fiscal_year_starts": "07-01",
    "regions-en": "N = North\nS = South",
    "called_pillar-en": "Axis",
}


def plan_called(db, slug="nap-3"):
    db.session.rollback()
    return db.session.query(Plan).filter_by(slug=slug).one()


def titles(db, kind, plan):
    rows = db.session.query(kind).filter_by(plan_id=plan.id).order_by(kind.position, kind.id)
    return [row.title.get("en") for row in rows]


def test_the_ways_to_begin_are_offered(as_role, world):
    page = as_role("secretariat").get("/en/plans/new")
    assert len(page.all("//main//section//h2[starts-with(@id, 't-')]")) == 6
    assert page.all("//main//a[@href='/en/plans/import']")
    assert page.all("//main//a[@href='/en/plans/new/empty']")


def test_an_empty_plan_is_started_with_its_facts(as_role, world, db):
    started = as_role("secretariat").get("/en/plans/new/empty").submit("start-plan", **NEW)
    assert started.location == "/en/w/nap-3/first-steps"
    assert "Women’s organisations" in started.follow().words or "women’s organisations" in started.follow().words
    plan = plan_called(db)
    assert (plan.country, plan.currency, plan.languages) == ("XSR", "XOF", ["fr", "en", "pt"])
    assert (plan.starts, plan.ends, plan.fiscal_year_starts) == (date(2032, 1, 1), date(2036, 12, 31), "07-01")
    assert [region["code"] for region in plan.regions] == ["N", "S"]
    assert plan.labels == {"pillar": {"en": "Axis"}}


def test_a_plan_is_started_from_a_template(as_role, world, db):
    page = as_role("chair").get("/en/plans/new/four-pillars")
    page.submit("start-plan", **{**NEW, "own_language": "en", "other_languages": ["ar"]})
    plan = plan_called(db)
    assert plan.template == "four-pillars"
    assert len(titles(db, Activity, plan)) >= 30
    assert len(titles(db, Section, plan)) >= 8


def test_only_the_pillars_that_are_ticked_come(as_role, world, db):
    page = as_role("chair").get("/en/plans/new/four-pillars")
    page.submit("start-plan", **{**NEW, "pillars": ["2"]})
    assert len(titles(db, Pillar, plan_called(db))) == 1


def test_what_a_block_holds_stays_out_with_it(as_role, world, db):
    page = as_role("chair").get("/en/plans/new/conflict-affected")
    page.submit("start-plan", **NEW)
    page.submit("start-plan", **{**NEW, "slug": "nap-4", "once": "o" * 16, "blocks": None})
    whole, part = titles(db, Activity, plan_called(db)), titles(db, Activity, plan_called(db, "nap-4"))
    assert len(part) < len(whole)


def test_the_ministries_of_the_state_take_the_place_of_generic_ones(as_role, world, db):
    as_role("chair").get("/en/plans/new/four-pillars").submit("start-plan", **NEW)
    leads = {row.lead_id for row in db.session.query(Objective).filter_by(plan_id=plan_called(db).id)}
    assert world.institutions["DEF"].id in leads


def test_the_advice_of_the_template_stands_beside_its_section(as_role, world, db):
    browser = as_role("chair")
    browser.get("/en/plans/new/contributor").submit("start-plan", **{**NEW, "own_language": "en"})
    assert "for a State like this one" in browser.get("/en/w/nap-3/section/situation").words


def test_a_bad_start_is_told_beside_its_fields(as_role, world):
    page = as_role("secretariat").get("/en/plans/new/four-pillars")
    empty = page.submit("start-plan", expect=422, **dict.fromkeys(("title-en", "slug", "starts", "country"), ""))
    for words in (
        "Write this in at least one language.",
        "Write a short name.",
        "Choose the first day",
        "three letters",
    ):
        assert words in empty.words


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"slug": "nap-2"}, "Another plan has this short name"),
        ({"ends": "2031-01-01"}, "ends before it starts"),
        ({"slug": "Nap 3"}, "small letters"),
        ({"fiscal_year_starts": "02-30"}, "month and the day"),
        ({"fiscal_year_starts": "W01-1"}, "month and the day"),
        ({"regions-en": "North"}, "NOR = Northern Valleys"),
        ({"regions-en": "N = North\nN = South"}, "same short form"),
        ({"own_language": "xx"}, ""),
        ({"pillars": ["77"]}, "Choose from the list"),
        ({"blocks": ["none-such"]}, "Choose from the list"),
    ],
)
def test_a_wish_that_cannot_be_is_refused_and_kept(as_role, world, db, changed, words):
    page = as_role("secretariat").get("/en/plans/new/four-pillars")
    answer = page.submit("start-plan", expect=422, **{**NEW, **changed})
    assert words in answer.words
    assert "Third plan" in answer.all("//input[@name='title-en']/@value")
    db.session.rollback()
    assert db.session.query(Plan).filter_by(slug="nap-3").count() == 0


def test_only_secretariat_and_chair_start_a_plan(as_role, world):
    as_role("chair").get("/en/plans/new")
    browser = as_role("focal_point")
    browser.get("/en/plans/new", expect=403)
    token = browser.get("/en/plans").all("//input[@name='csrf_token']/@value")[0]
    browser.post("/en/plans/new/empty", data={**NEW, "once": "o" * 16, "csrf_token": token}, expect=403)


def test_an_unknown_template_is_not_there(as_role, world):
    as_role("chair").get("/en/plans/new/none-such", expect=404)


def test_the_first_steps_show_what_the_plan_shows(as_role, world):
    page = as_role("secretariat").get("/en/w/nap-2/first-steps")
    assert page.words.count("Done") >= 3
    assert "To do" in page.words


def test_seats_that_a_template_brought_are_no_steps_taken(as_role, world):
    browser = as_role("chair")
    steps = browser.get("/en/plans/new/four-pillars").submit("start-plan", **NEW).follow()
    assert "Done" not in steps.words
    browser.get("/en/w/nap-3/task-force/edit").submit("task-force")
    assert "Done" in browser.get("/en/w/nap-3/first-steps").words


def test_the_chair_starts_the_next_plan(as_role, world, db):
    with transaction():
        world.activities[0].starts = "2027"
    page = as_role("chair").get("/en/w/nap-2/next")
    assert page.all("//input[@name='starts']/@value") == ["2032-01-01"]
    page.submit("next-plan", slug="nap-3")
    plan = plan_called(db)
    assert plan.succeeds["slug"] == "nap-2"
    begun = db.session.query(Activity).filter_by(plan_id=plan.id, code="1.1.1").one()
    assert (begun.starts, begun.key) == (None, world.activities[0].key)
    assert world.plan.starts == date(2027, 1, 1)


def test_the_secretariat_does_not_start_the_next_plan(as_role, world):
    as_role("secretariat").get("/en/w/nap-2/next", expect=403)


def test_a_plan_is_saved_as_a_template_and_a_plan_begins_from_it(as_role, world, db):
    browser = as_role("secretariat")
    said = {"title-en": "Our districts", "summary-en": "For a district.", "key": "our-district"}
    listed = browser.get("/en/w/nap-2/template").submit("template", **said).follow()
    assert "Our districts" in listed.words
    browser.get("/en/plans/new/our-district").submit("start-plan", **{**NEW, "own_language": "en"})
    assert titles(db, Activity, plan_called(db)) == ["Recruit women officers", "Open police desks"]


def test_a_template_needs_a_key_of_its_own(as_role, world):
    said = {"title-en": "Ours", "summary-en": "For a district.", "key": "four-pillars"}
    answer = as_role("secretariat").get("/en/w/nap-2/template").submit("template", expect=422, **said)
    assert "Another template has this short name" in answer.words
    assert "For a district." in answer.words


def test_a_template_is_archived_and_restored(as_role, world, db):
    browser = as_role("chair")
    said = {"title-en": "Ours", "summary-en": "For a district.", "key": "ours", "texts": "y"}
    browser.get("/en/w/nap-2/template").submit("template", **said)
    gone = browser.get("/en/plans/new").submit("/archive").follow()
    browser.get("/en/plans/new/ours", expect=404)
    gone.submit("/restore")
    browser.get("/en/plans/new/ours")
    assert db.session.query(SavedTemplate).count() == 1


def test_a_text_kept_in_a_template_gets_a_key_of_its_own(as_role, world, db):
    browser = as_role("chair")
    said = {"title-en": "Ours", "summary-en": "For a district.", "key": "ours", "texts": "y"}
    browser.get("/en/w/nap-2/template").submit("template", **said)
    browser.get("/en/plans/new/ours").submit("start-plan", **{**NEW, "own_language": "en"})
    assert "Women were not at the table." in browser.get("/en/w/nap-3/section/why").words


def test_a_ministry_keeps_its_names_when_a_plan_in_one_language_begins(as_role, world, db):
    names = {"en": "Ministry of Defence", "fr": "Ministère de la défense", "ar": "وزارة الدفاع"}
    with transaction():
        world.institutions["DEF"].name = names
    as_role("chair").get("/en/w/nap-2/next").submit("next-plan", slug="nap-3", own_language="en", other_languages=None)
    db.session.rollback()
    assert world.institutions["DEF"].name == names


def test_what_is_emptied_stays_empty_in_the_next_plan(as_role, world, db):
    with transaction():
        world.plan.regions = [{"code": "N", "name": {"en": "North"}}]
        world.plan.labels = {"pillar": {"en": "Axis"}}
    page = as_role("chair").get("/en/w/nap-2/next")
    page.submit("next-plan", slug="nap-3", **{"regions-en": "", "called_pillar-en": ""})
    assert (plan_called(db).regions or [], plan_called(db).labels or {}) == ([], {})


def test_the_title_of_a_plan_in_another_language_can_be_changed(as_role, world, db):
    with transaction():
        world.plan.languages, world.plan.title = ["pt"], {"pt": "Plano de 2027"}
    page = as_role("chair").get("/en/w/nap-2/next")
    page.submit("next-plan", slug="nap-3", **{"title-pt": "Plano de 2032"})
    assert plan_called(db).title == {"pt": "Plano de 2032"}


def test_a_language_that_the_title_is_written_in_is_one_of_the_plan(as_role, world, db):
    page = as_role("chair").get("/en/plans/new/empty")
    page.submit("start-plan", **{**NEW, "own_language": "en", "other_languages": None, "title-ar": "الخطة"})
    assert (plan_called(db).languages, plan_called(db).title["ar"]) == (["en", "ar"], "الخطة")


@pytest.mark.parametrize("starts", [date(2027, 1, 1), date(1, 1, 1)])
def test_a_plan_without_an_end_can_be_followed(as_role, world, starts):
    with transaction():
        world.plan.starts, world.plan.ends = starts, date(9999, 12, 31)
    assert as_role("chair").get("/en/w/nap-2/next").all("//input[@name='starts']/@value") in ([], [""])


def test_an_activity_loses_the_region_that_the_next_plan_lacks(as_role, world, db):
    with transaction():
        world.plan.regions = [{"code": "N", "name": {"en": "North"}}, {"code": "S", "name": {"en": "South"}}]
        world.activities[0].regions = ["N"]
    as_role("chair").get("/en/w/nap-2/next").submit("next-plan", slug="nap-3", **{"regions-en": "S = South"})
    begun = db.session.query(Activity).filter_by(plan_id=plan_called(db).id, code="1.1.1").one()
    assert not begun.regions


def of_this_plan_alone(app, world, db, role):
    with transaction():
        person = Person(email="bound@example.org", name="Bound")
        db.session.add(person)
        db.session.flush()
        db.session.add(RoleGrant(person_id=person.id, role=str(role), plan_id=world.plan.id))
    return signed_in(app, person)


def test_a_chair_of_one_plan_starts_no_other(app, world, db):
    of_this_plan_alone(app, world, db, Role.CHAIR).get("/en/w/nap-2/next", expect=403)


def test_a_secretariat_of_one_plan_saves_it_as_a_template(app, world, db):
    browser = of_this_plan_alone(app, world, db, Role.SECRETARIAT)
    assert browser.get("/en/w/nap-2").all("//main//a[@href='/en/w/nap-2/template']")
    said = {"title-en": "Ours", "summary-en": "For a district.", "key": "ours"}
    assert "The template is saved." in browser.get("/en/w/nap-2/template").submit("template", **said).follow().words


def test_a_fault_is_said_once(as_role, world):
    page = (
        as_role("chair")
        .get("/en/plans/new/empty")
        .submit("start-plan", expect=422, **{**NEW, "fiscal_year_starts": "7-1"})
    )
    [beside] = page.all("//*[@id='fiscal_year_starts-error']")
    assert beside.text_content().count("such as 07-01") == 1


def test_the_form_begins_with_the_newest_plan(as_role, world, db):
    with transaction():
        days = {"starts": date(2032, 1, 1), "ends": date(2036, 12, 31)}
        db.session.add(
            Plan(slug="n", title={"en": "N"}, country="XSR", languages=["en"], currency="EUR", edition=1, **days)
        )
        world.plan.state = "adopted"
    assert as_role("chair").get("/en/plans/new/empty").all("//input[@name='currency']/@value") == ["EUR"]


def test_a_template_of_ones_own_knows_ministries_by_their_codes(as_role, world, db):
    browser = as_role("chair")
    said = {"title-en": "Ours", "summary-en": "For a district.", "key": "ours"}
    browser.get("/en/w/nap-2/template").submit("template", **said)
    with transaction():
        world.institutions["JUS"].sector = "other"
    before = db.session.query(Institution).count()
    browser.get("/en/plans/new/ours").submit("start-plan", **{**NEW, "own_language": "en"})
    assert db.session.query(Institution).count() == before


@pytest.mark.parametrize("template", ["four-pillars", "contributor"])
def test_a_template_shows_every_row_that_it_counts(as_role, world, template):
    page = as_role("chair").get(f"/en/plans/new/{template}")
    counts = next(one.counts for one in shipped_templates() if one.key == template)
    listed = page.all("//main//li[bdi and not(contains(@class, 'crumb'))]")
    assert len(listed) == counts["activities"] + counts["indicators"]


def follow(as_role, **given):
    page = as_role("chair").get("/en/w/nap-2/next")
    return page, page.submit("next-plan", **{"slug": "nap-3", **given})


def a_second_objective(world, db):
    """An objective with one activity that is completed."""
    row = Objective(plan_id=world.plan.id, pillar_id=world.pillar.id, code="1.2", position=1, title={"en": "Reached"})
    db.session.add(row)
    db.session.flush()
    place = {"plan_id": world.plan.id, "pillar_id": world.pillar.id, "objective_id": row.id}
    done = Activity(**place, code="1.2.1", position=0, title={"en": "Done"})
    db.session.add(done)
    db.session.flush()
    db.session.add(ActivityProgress(activity_id=done.id, status="completed"))


def test_an_objective_whose_activities_are_all_over_is_not_ticked(as_role, world, db):
    with transaction():
        a_second_objective(world, db)
    page, _answer = follow(as_role)
    ticked = page.all("//input[@name='objectives'][@checked]/@value")
    assert ticked == ["1.1"]
    assert "1.2 Reached (1 of 1 activity is completed)" in page.words
    assert titles(db, Objective, plan_called(db)) == ["Women decide"]


def test_the_lessons_are_a_section_of_the_next_plan(as_role, world, db):
    follow(as_role, **{"lessons-en": "Begin with the budget."})
    words = as_role("official").get("/en/w/nap-3/section/lessons-of-the-last-plan").words
    assert "Begin with the budget." in words
    assert "1.1 Women decide: 2 activities. Completed: 0. Dropped: 0. Neither: 2." in words


def test_a_row_shows_what_it_was_in_the_plan_before(as_role, world, db):
    follow(as_role)
    plan = plan_called(db)
    activity, objective = (db.session.query(kind).filter_by(plan_id=plan.id).first() for kind in (Activity, Objective))
    browser = as_role("chair")
    page = browser.get(f"/en/w/nap-3/activity/{activity.key}")
    assert page.all(f"//main//a[@href='/en/w/nap-2/activity/{activity.key}']")
    page = browser.get(f"/en/w/nap-3/row/objective/{objective.key}")
    assert page.all(f"//main//a[@href='/en/w/nap-2/framework#r-{objective.key}']")


def test_a_row_of_a_first_plan_was_nothing_before(as_role, world):
    page = as_role("chair").get(f"/en/w/nap-2/activity/{world.activities[0].key}")
    assert "In the plan before" not in page.words


def test_objectives_of_elsewhere_are_not_taken(as_role, world):
    page = as_role("chair").get("/en/w/nap-2/next")
    assert "Choose from the list." in page.submit("next-plan", expect=422, slug="nap-3", objectives=["77"]).words
