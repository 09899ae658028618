"""A local plan under a national one: chosen in the facts, shown on both pages, never in a circle."""

import pytest

from nap_builder.kernel.database import transaction
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.family import way_up
from tests.builders.plans import a_plan


@pytest.fixture
def local(world, db):
    """A second plan, of a district."""
    with transaction():
        plan = a_plan(slug="north", title={"en": "Plan of the North"})
        db.session.add(plan)
    return plan


def plan_called(db, slug):
    db.session.rollback()
    return db.session.query(Plan).filter_by(slug=slug).one()


def put_under(as_role, slug, expect=303, **given):
    page = as_role("chair").get(f"/en/w/{slug}/settings")
    return page.submit("facts", expect=expect, **{"level": "local", **given})


def test_a_local_plan_is_put_under_a_national_one(as_role, local, db):
    put_under(as_role, "north", under="nap-2")
    plan = plan_called(db, "north")
    assert (plan.level, plan.part_of["slug"], plan.part_of["title"]["en"]) == (
        "local",
        "nap-2",
        "Second National Action Plan",
    )


def test_each_shows_the_way_to_the_other(as_role, local, db):
    put_under(as_role, "north", under="nap-2")
    up, down = as_role("official").get("/en/w/north"), as_role("official").get("/en/w/nap-2")
    assert "It is part of: Second National Action Plan." in up.words
    assert up.all("//h2[@id='family']/following::a[@href='/en/w/nap-2']")
    assert "Plan of the North is part of it" in down.words


def test_the_list_says_what_a_plan_is_part_of_as_that_is_called_now(as_role, local, db):
    put_under(as_role, "north", under="nap-2")
    with transaction():
        db.session.query(Plan).filter_by(slug="nap-2").one().title = {"en": "The Second Plan"}
    page = as_role("official").get("/en/plans")
    assert "It is part of: The Second Plan." in page.all("//tr[@id='plan-north']")[0].text_content()
    assert "It is part of" not in page.all("//tr[@id='plan-nap-2']")[0].text_content()


def test_the_plan_above_may_be_elsewhere(as_role, local, db):
    put_under(as_role, "north", **{"under_title-en": "National plan of Sarenia"})
    assert plan_called(db, "north").part_of == {"title": {"en": "National plan of Sarenia"}}
    assert "It is part of: National plan of Sarenia." in as_role("official").get("/en/w/north").words


def test_it_is_let_go_again(as_role, local, db):
    put_under(as_role, "north", under="nap-2")
    put_under(as_role, "north", level="national", under="")
    assert plan_called(db, "north").part_of is None


def test_a_plan_above_that_is_not_here_stays_as_a_file_said_it(as_role, local, db):
    with transaction():
        plan_called_in(db).part_of = {"slug": "elsewhere", "title": {"en": "A plan elsewhere"}}
    put_under(as_role, "north")
    assert plan_called(db, "north").part_of == {"slug": "elsewhere", "title": {"en": "A plan elsewhere"}}


def plan_called_in(db):
    return db.session.query(Plan).filter_by(slug="north").one()


def test_plans_do_not_go_round(as_role, local, db):
    page = as_role("chair").get("/en/w/nap-2/settings")
    put_under(as_role, "north", under="nap-2")
    answer = page.submit("facts", expect=422, level="local", under="north")
    assert "Choose one of the list." in answer.words or "stands under it" in answer.words
    assert not as_role("chair").get("/en/w/nap-2/settings").all("//select[@name='under']/option[@value='north']")


def test_plans_that_a_file_put_in_a_circle_are_still_shown(as_role, local, db):
    with transaction():
        plan_called_in(db).part_of = {"slug": "nap-2"}
        db.session.query(Plan).filter_by(slug="nap-2").one().part_of = {"slug": "north"}
    assert [plan.slug for plan in way_up(plan_called(db, "north"))] == ["nap-2"]
    as_role("official").get("/en/w/north")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"level": "national", "under": "nap-2"}, "local, regional or of one sector"),
        ({"under": "nap-2", "under_title-en": "Another"}, "not both"),
        ({"under": "none-such"}, "Choose one of the list."),
        ({"under": "north"}, "Choose one of the list."),
        ({"level": "galactic"}, "Not a valid choice"),
        ({"under_title-en": "x" * 2000}, "too long"),
    ],
)
def test_what_cannot_be_is_told_beside_its_field(as_role, local, db, given, words):
    assert words in put_under(as_role, "north", expect=422, **given).words
    assert plan_called(db, "north").part_of is None


def test_a_plan_may_begin_under_another(as_role, world, db):
    page = as_role("chair").get("/en/plans/new/local")
    assert page.all("//input[@name='level'][@value='local'][@checked]")
    given = {"title-en": "Plan of the South", "slug": "south", "starts": "2027-01-01", "ends": "2030-12-31"}
    page.submit("start-plan", **given, under="nap-2")
    plan = plan_called(db, "south")
    assert (plan.level, plan.part_of["slug"]) == ("local", "nap-2")
