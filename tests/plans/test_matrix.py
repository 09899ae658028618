"""The results matrix as people see it."""

import pytest
from sqlalchemy import select

from nap_builder.kernel.database import db as database
from nap_builder.kernel.database import transaction
from nap_builder.plans.models.framework import Activity, Involvement
from nap_builder.plans.models.plan import FormerCode
from tests.builders.framework import (
    a_line,
    a_pillar,
    an_activity,
    an_objective,
    an_output,
    many_activities,
)

MATRIX = "/en/w/nap-2/matrix"


def opened(client, activity):
    return client.get(f"{MATRIX}?edit={activity.key}")


def fresh(activity):
    database.session.expire_all()
    return database.session.get(Activity, activity.id)


def test_the_first_pillar_is_shown_in_groups(as_role):
    page = as_role("chair").get(MATRIX)
    assert "Objective 1.1: Women decide" in page.words
    assert "Recruit women officers" in page.words
    assert "2 activities under 1 pillar. 2 have something missing." in page.words


def test_a_row_says_what_it_lacks_and_who_leads_it(as_role, world):
    with transaction():
        activity = an_activity(world.objective, code="1.1.3", timing="every_year")
        database.session.add(
            Involvement(activity_id=activity.id, institution_id=world.institutions["JUS"].id, part="supporting")
        )
        a_line(activity, amount="1200.5")
        a_line(activity, amount=None, low=10, high=20, currency="EUR")
    row = as_role("auditor").get(MATRIX).all(f"//tr[@id='a-{activity.key}']")[0]
    said = " ".join(row.text_content().split())
    assert "No source of the money" in said
    assert "No dates" not in said
    assert "No lead" not in said
    assert "from the row above" in said
    assert "with Ministry of Justice" in said
    assert "Every year" in said
    assert "1,200.5" in said
    assert "10 to 20" in said
    assert "EUR" in said
    assert "Edit" not in said


def test_activities_of_a_pillar_and_of_an_output_have_groups_of_their_own(as_role, world):
    with transaction():
        an_activity(world.pillar, code="1.0.1", title="Straight under the pillar")
        an_activity(an_output(world.objective, code="1.1.A", title="A desk"), code="1.1.A.1")
    page = as_role("chair").get(MATRIX)
    heads = [" ".join(head.text_content().split()) for head in page.all("//tr[@class='table-group']")]
    assert [head.split(" · ")[0] for head in heads] == [
        "Pillar 1: Participation",
        "Objective 1.1: Women decide",
        "Objective 1.1: Women decide",
    ]
    assert "Output 1.1.A: A desk" in heads[2]


def test_the_filters_stand_in_the_address(as_role, world):
    with transaction():
        second = a_pillar(world.plan, code="2", title="Protection")
        an_activity(second, code="2.1", title="Éléments de dépôt", lead_id=world.institutions["JUS"].id)
        a_line(
            an_activity(
                an_objective(second, code="2.9"),
                code="2.2",
                title="Whole",
                starts="2027",
                ends="2028-Q1",
                lead_id=world.institutions["DEF"].id,
            ),
            funding="gap",
        )
    chair = as_role("chair")
    assert "Recruit" not in chair.get(f"{MATRIX}?pillar=2").words
    assert "2.1" in chair.get(f"{MATRIX}?pillar=&q=elements").words
    assert "No activity to show" in chair.get(f"{MATRIX}?pillar=&q=100%25").words
    only = chair.get(f"{MATRIX}?pillar=2&show=problems")
    assert "Éléments" in only.words
    assert "Whole" not in only.words
    assert "Whole" in chair.get(f"{MATRIX}?pillar=&lead=DEF").words
    assert "Recruit" not in chair.get(f"{MATRIX}?pillar=&lead=-").words
    assert "Back: 1 Participation" in chair.get(f"{MATRIX}?pillar=2").words


def test_a_page_has_forty_rows_and_an_open_row_is_found_on_its_page(as_role, world):
    with transaction():
        many_activities(world.objective, 60)
        last = database.session.scalar(select(Activity).filter_by(code="x159"))
    chair = as_role("chair")
    assert len(chair.get(MATRIX).all("//tr[starts-with(@id, 'a-')]")) == 40
    page = opened(chair, last)
    assert len(page.all("//tr[starts-with(@id, 'a-')]")) == 22
    assert page.all(f"//tr[@id='a-{last.key}' and contains(@class, 'open-row')]")
    assert "Page 2 of 2" in page.words


@pytest.mark.parametrize("count", [40, 400])
def test_the_page_makes_as_many_statements_for_many_rows(as_role, world, count):
    with transaction():
        many_activities(world.objective, count)
    page = as_role("chair").get(MATRIX)
    assert len(page.watch.statements) <= 22
    assert len(as_role("focal_point").get(MATRIX).watch.statements) <= 22


def test_the_open_row_adds_a_few_statements_at_most(as_role, world):
    with transaction():
        many_activities(world.objective, 100)
    assert len(opened(as_role("chair"), world.activities[0]).watch.statements) <= 25


def test_what_is_restricted_shows_to_those_it_is_for(as_role, world):
    with transaction():
        hidden = an_activity(
            world.objective,
            code="1.1.9",
            title="Hide the shelters",
            restricted=True,
            lead_id=world.institutions["INT"].id,
        )
    for who, sees in {"chair": True, "interior": True, "official": False, "auditor": False}.items():
        page = as_role(who).get(MATRIX)
        assert ("Hide the shelters" in page.words) is sees
        assert ("3 activities" in page.words) is sees
        as_role(who).get(f"/en/w/nap-2/activity/{hidden.key}", expect=200 if sees else 404)


def test_a_saved_row_is_remembered_with_what_changed(as_role, world):
    chair, activity = as_role("chair"), world.activities[0]
    page = opened(chair, activity)
    answer = page.submit(
        "row",
        **{
            "title-en": "Recruit women",
            "starts": "2027-h1",
            "ends": "2028",
            "lead_id": str(world.institutions["JUS"].id),
            "supporting": [str(world.institutions["INT"].id)],
            "costing": "within_core",
            "mandates": "S/RES/1325 OP8\nCEDAW GR30",
        },
    )
    assert answer.location == f"/en/w/nap-2/matrix#a-{activity.key}"
    saved = fresh(activity)
    assert (saved.title, saved.starts, saved.ends, saved.costing) == (
        {"en": "Recruit women"},
        "2027-H1",
        "2028",
        "within_core",
    )
    assert saved.lead.code == "JUS"
    assert saved.mandates == ["S/RES/1325 OP8", "CEDAW GR30"]
    assert saved.row_version == 2
    words = answer.follow().words
    assert "with Ministry of the Interior" in words
    assert "1.1.1 is saved." in words


def test_save_and_open_next(as_role, world):
    page = opened(as_role("chair"), world.activities[0])
    assert "Save and open 1.1.2" in page.words
    answer = page.submit("row", press="then=next")
    assert f"edit={world.activities[1].key}" in answer.location


def test_a_refused_row_keeps_what_was_typed(as_role, world):
    page = opened(as_role("chair"), world.activities[0])
    refused = page.submit(
        "row", expect=422, **{"title-en": "", "title-fr": "Recruter", "starts": "2028", "ends": "soon"}
    )
    assert "There is a problem" in refused.words
    assert refused.all("//input[@name='ends' and @value='SOON']")
    assert "Recruter" in refused.text
    backwards = page.submit("row", expect=422, starts="2029", ends="2028", once="another key")
    assert "This is before the start." in backwards.words
    assert fresh(world.activities[0]).row_version == 1


def test_a_number_in_use_is_refused_and_a_former_one_is_kept(as_role, world):
    page = opened(as_role("chair"), world.activities[0])
    assert "is used already" in page.submit("row", expect=422, code="1.1.2").words
    page.submit("row", code="1.1.7", once="another key")
    kept = database.session.scalars(select(FormerCode)).all()
    assert [(one.code, one.row_key) for one in kept] == [("1.1.1", world.activities[0].key)]


def test_a_second_writer_is_shown_both_texts(as_role, world):
    page = opened(as_role("official"), world.activities[0])
    opened(as_role("chair"), world.activities[0]).submit("row", **{"title-en": "Recruit and keep women"})
    conflict = page.submit("row", expect=409, **{"title-en": "Recruit more women"})
    assert "Recruit and keep women" in conflict.words
    assert "Recruit more women" in conflict.words


def test_a_ministry_writes_the_rows_it_leads_and_assigns_none(as_role, world):
    official = as_role("official")
    page = official.get(MATRIX)
    assert page.all(f"//tr[@id='a-{world.activities[0].key}']//a[@data-open-row]")
    assert not page.all(f"//tr[@id='a-{world.activities[1].key}']//a[@data-open-row]")
    form = opened(official, world.activities[0])
    assert not form.all("//select[@name='lead_id']")
    assert not form.all("//input[@name='restricted']")
    form.submit("row", lead_id=str(world.institutions["INT"].id), restricted="y", **{"title-en": "Ours"})
    saved = fresh(world.activities[0])
    assert (saved.title["en"], saved.lead.code, saved.restricted) == ("Ours", "DEF", False)
    assert not opened(official, world.activities[1]).all("//tr[contains(@class, 'open-row')]")


def test_an_adopted_plan_opens_no_row(as_role, world):
    with transaction():
        database.session.get(type(world.plan), world.plan.id).state = "adopted"
    assert not as_role("chair").get(MATRIX).all("//a[@data-open-row]")


def test_the_levels_have_the_names_that_the_state_gives_them(as_role, world):
    with transaction():
        database.session.get(type(world.plan), world.plan.id).labels = {
            "pillar": {"en": "Line of effort"},
            "objective": "Aim",
        }
    words = as_role("chair").get(MATRIX).words
    assert "Line of effort: 1 · Activity: 2." in words
    assert "Aim 1.1: Women decide" in words


def test_an_empty_framework_says_what_comes_next(as_role, world):
    with transaction():
        for row in (*world.activities, world.objective, world.pillar):
            database.session.delete(database.session.get(type(row), row.id))
    assert "The framework is empty" in as_role("chair").get(MATRIX).words


def test_an_objective_of_another_pillar_is_no_neighbour(as_role, world):
    with transaction():
        an_objective(a_pillar(world.plan, code="2"), code="2.1")
    assert "2.1" not in as_role("chair").get(MATRIX).text.split("<main")[1].split("Next:")[0]


def test_a_refused_row_that_the_filter_hides_is_shown_on_a_page_of_its_own(as_role, world):
    chair = as_role("chair")
    page = opened(chair, world.activities[0])
    _address, typed = page.filled("row", starts="soon", **{"title-fr": "Recruter"})
    hidden = f"/en/w/nap-2/activity/{world.activities[0].key}/row?lead=JUS"
    refused = chair.post(hidden, data=typed, expect=422)
    assert "Recruter" in refused.text
    assert "There is a problem" in refused.words


def test_saving_a_row_as_it_is_changes_nothing_but_its_version(as_role, world):
    given = {
        "topics": ["training", "health", "gbv"],
        "regions": ["CA", "BA"],
        "mandates": ["CEDAW GR30"],
        "new": False,
        "gender_marker": 0,
        "partners": {"en": "Radio", "sw": "Redio"},
        "starts": "2027-Q2",
        "restricted": True,
    }
    with transaction():
        activity = an_activity(world.objective, code="1.1.8", **given)
    opened(as_role("chair"), activity).submit("row").follow()
    saved = fresh(activity)
    assert {name: getattr(saved, name) for name in given} == given
    assert saved.row_version == 2


@pytest.mark.parametrize("odd", ["0000-01", "0000", "9999-12", "0000-Q1"])
def test_a_year_that_no_calendar_holds_is_refused(as_role, world, odd):
    browser = as_role("secretariat")
    page = browser.get(f"/en/w/nap-2/activity/{world.activities[0].key}/edit")
    assert "Write a year from 1900 to 2100." in page.submit(expect=422, starts=odd).words
    browser.get(f"/en/w/nap-2/bulk/dates?row={world.activities[0].key}&starts={odd}", expect=422)


@pytest.mark.parametrize(("low", "high"), [("NaN", "1"), ("1", "sNaN"), ("Infinity", "1")])
def test_what_is_no_number_is_no_amount(as_role, world, low, high):
    page = as_role("secretariat").get(f"/en/w/nap-2/activity/{world.activities[0].key}/money")
    page.submit(expect=422, low=low, high=high)
