"""The framework arranged: rows added, moved, archived, restored; who leads what; money."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from nap_builder.kernel.actor import INSTALLATION
from nap_builder.kernel.database import db as database
from nap_builder.kernel.database import transaction
from nap_builder.kernel.decimals import EXACTLY
from nap_builder.kernel.errors import BadInput, StaleEdit, WrongState
from nap_builder.kernel.languages import number
from nap_builder.plans.models.framework import CO_LEAD, Activity, Objective, Pillar
from nap_builder.plans.models.measures import BudgetLine, Milestone
from nap_builder.plans.models.plan import FormerCode, Plan
from nap_builder.plans.money import Amount, amount_of, cost_of
from nap_builder.plans.queries import costs, framework, parts
from nap_builder.plans.services import framework as services
from nap_builder.plans.services import money, rows
from tests.builders.framework import a_line, a_pillar, an_activity, an_indicator, an_objective, an_output

HOME = "/en/w/nap-2"


def again(row):
    return database.session.get(type(row), row.id)


def test_a_new_row_gets_the_next_free_number_and_the_last_place(world):
    with transaction():
        objective = again(world.objective)
        assert framework.next_code(objective.plan, "activity", objective) == "1.1.3"
        row = services.add_row(INSTALLATION, "activity", objective, {"code": "1.1.3", "title": {"en": "Third"}})
        assert (row.position, row.pillar_id) == (2, world.pillar.id)
        with pytest.raises(BadInput) as refused:
            services.add_row(INSTALLATION, "activity", objective, {"code": "1.1.3", "title": {"en": "Fourth"}})
        assert refused.value.field == "code"
        assert framework.next_code(objective.plan, "pillar", objective.plan) == "2"


def test_moving_an_objective_takes_its_activities_along(world):
    with transaction():
        second = a_pillar(again(world.plan), code="2")
        objective = again(world.objective)
        an_activity(an_output(objective, code="1.1.A"), code="1.1.A.1")
        services.move_row(INSTALLATION, objective, second, 0, seen=objective.row_version, code="2.1")
        activities = database.session.scalars(select(Activity)).all()
        assert {activity.pillar_id for activity in activities} == {second.id}
        assert database.session.scalar(select(FormerCode.code)) == "1.1"


def test_moving_closes_the_gap_and_leaves_versions_of_neighbours(world):
    with transaction():
        first, second = (again(activity) for activity in world.activities)
        third = an_activity(again(world.objective), code="1.1.3", position=2)
        services.move_row(INSTALLATION, third, third.objective, 0, seen=third.row_version)
        assert [row.code for row in framework.siblings(third)] == ["1.1.3", "1.1.1", "1.1.2"]
        database.session.refresh(first)
        assert (first.row_version, third.row_version) == (1, 2)
        services.move_row(INSTALLATION, third, third.pillar, 5, seen=third.row_version)
        assert third.objective_id is None
        assert [row.position for row in framework.siblings(second)] == [0, 1]


def test_a_row_stands_only_where_its_level_may(world):
    with transaction():
        objective = again(world.objective)
        with pytest.raises(BadInput):
            services.move_row(INSTALLATION, objective, again(world.activities[0]), 0, seen=objective.row_version)
        with pytest.raises(StaleEdit):
            services.move_row(INSTALLATION, objective, objective.pillar, 0, seen=99)


def test_archived_rows_go_and_come_back_together(world):
    with transaction():
        objective, activity = again(world.objective), again(world.activities[0])
        an_indicator(activity, code="i1")
        services.archive_row(INSTALLATION, activity, seen=activity.row_version)
        services.archive_row(INSTALLATION, objective, seen=objective.row_version)
        assert framework.archived_rows(objective.plan) == [objective]
        with pytest.raises(WrongState):
            services.restore_row(INSTALLATION, activity, seen=activity.row_version)
        an_objective(again(world.pillar), code="1.1")
        services.restore_row(INSTALLATION, objective, seen=objective.row_version)
        assert objective.code == "1.2"
        assert [row.code for row in framework.children("activity", objective)] == ["1.1.2"]
        services.restore_row(INSTALLATION, activity, seen=activity.row_version)
        assert len(framework.children("activity", objective)) == 2


def test_an_adopted_plan_is_written_no_more(world):
    with transaction():
        plan = again(world.plan)
        plan.state = "adopted"
        with pytest.raises(WrongState):
            rows.change(INSTALLATION, again(world.activities[0]), {"code": "9"}, seen=1)
        with pytest.raises(WrongState):
            services.add_row(INSTALLATION, "pillar", plan, {"code": "9", "title": {"en": "Ninth"}})


def test_leads_are_inherited_and_what_nobody_leads_is_listed(world, as_role):
    with transaction():
        inherits = an_activity(again(world.objective), code="1.1.3")
        loose = an_activity(again(world.pillar), code="1.9")
        assert parts.effective_lead(inherits).code == "WOMEN"
        assert parts.effective_lead(loose) is None
        rows.change(
            INSTALLATION, inherits, {}, seen=inherits.row_version, involved={CO_LEAD: [world.institutions["JUS"].id]}
        )
    assert "1.9" in as_role("chair").get(f"{HOME}/unled").words
    women = as_role("auditor").get(f"{HOME}/ministry/WOMEN").words
    assert "1.1.3" in women
    assert "from the row above" in women
    assert "1.1.1" not in women
    assert "It leads together with others" in as_role("auditor").get(f"{HOME}/ministry/JUS").words
    assert "Nothing to do" in as_role("auditor").get(f"{HOME}/ministry/CSO").words
    as_role("auditor").get(f"{HOME}/ministry/NONE", expect=404)


def test_costs_are_exact_and_never_added_across_currencies(world):
    huge = Decimal("999999999999999.999999")
    product = amount_of({"quantity": huge, "times": huge, "unit_cost": huge})
    assert product.low == EXACTLY.multiply(EXACTLY.multiply(huge, huge), huge)
    assert number(product.low).endswith(str(product.low)[-6:])
    lines = [
        BudgetLine(amount=Decimal("0.1")),
        BudgetLine(low=Decimal("0.2"), high=Decimal(5)),
        BudgetLine(amount=Decimal(7), currency="EUR"),
    ]
    cost = cost_of([costs.reckoning_of(world.plan).spending(costs.as_said(line)) for line in lines])
    assert (cost.total, cost.apart) == (
        Amount(Decimal("0.3"), Decimal("5.1")),
        {"EUR": Amount(Decimal(7), Decimal(7))},
    )


def test_the_framework_is_arranged_in_the_browser(as_role, world):
    chair = as_role("chair")
    page = chair.get(f"{HOME}/add/pillar")
    assert page.all("//input[@name='code' and @value='2']")
    page.submit(**{"title-en": "Protection", "title-fr": "Protection"}).follow()
    second = database.session.scalar(select(Plan)) and framework.pillars(again(world.plan))[1]
    chair.get(f"{HOME}/framework").submit(f"step/pillar/{second.key}")
    database.session.expire_all()
    assert [pillar.code for pillar in framework.pillars(again(world.plan))] == ["2", "1"]
    move = chair.get(f"{HOME}/move/objective/{world.objective.key}?under=pillar:{second.key}")
    assert move.all("//input[@name='code' and @value='2.1']")
    move.submit("move").follow()
    chair.get(f"{HOME}/archive/objective/{world.objective.key}").submit().follow()
    framework_page = chair.get(f"{HOME}/framework")
    assert "Archived" in framework_page.words
    framework_page.submit("restore").follow()
    database.session.expire_all()
    assert again(world.objective).archived_at is None
    chair.get(f"{HOME}/row/objective/{world.objective.key}").submit(**{"title-en": "Women lead"}).follow()
    assert database.session.scalar(select(Objective.title).execution_options(populate_existing=True)) == {
        "en": "Women lead"
    }


def test_a_ministry_adds_activities_under_what_it_leads_and_arranges_nothing(as_role, world):
    with transaction():
        ours = an_objective(again(world.pillar), code="1.2", lead_id=world.institutions["DEF"].id)
    official = as_role("official")
    official.get(f"{HOME}/add/activity?under=objective:{ours.key}").submit(**{"title-en": "Ours"}).follow()
    official.get(f"{HOME}/add/activity?under=objective:{world.objective.key}", expect=403)
    official.get(f"{HOME}/add/pillar", expect=403)
    official.get(f"{HOME}/move/activity/{world.activities[0].key}", expect=403)
    official.get(f"{HOME}/archive/activity/{world.activities[0].key}", expect=403)
    chosen = official.get(f"{HOME}/add/activity")
    assert "1.2" in chosen.words
    assert "Women decide" not in chosen.words
    as_role("interior").get(f"{HOME}/add/activity", expect=403)
    official.get(f"{HOME}/add/objective", expect=403)
    as_role("chair").get(f"{HOME}/add/activity?under=section:x", expect=404)
    as_role("chair").get(f"{HOME}/add/activity?under=pillar:{ours.key}", expect=404)


def test_the_page_of_an_activity_says_everything_and_its_history(as_role, world):
    chair, activity = as_role("chair"), world.activities[0]
    page = chair.get(f"{HOME}/activity/{activity.key}")
    page = (
        chair.get(f"{HOME}/activity/{activity.key}/edit")
        .submit(reach="national", gender_marker="2", new="False", topics=["training"])
        .follow()
    )
    for words in (
        "The whole country",
        "principal objective",
        "Already under way",
        "Training",
        "changed activity 1.1.1",
    ):
        assert words in page.words


def test_budget_lines_are_written_and_removed(as_role, world):
    chair, activity = as_role("chair"), world.activities[0]
    page = chair.get(f"{HOME}/activity/{activity.key}/money")
    assert "one of the three" in page.submit(expect=422, amount="5", low="1", high="2").words
    assert "below the start" in page.submit(expect=422, amount="", low="3", high="2", once="a second key").words
    assert "Give both" in page.submit(expect=422, quantity="3", once="a third key").words
    assert "three capital letters" in page.submit(expect=422, amount="3", currency="euro", once="a fourth key").words
    shown = page.submit(quantity="3", times="2", unit_cost="0.5", year="2027", once="a fifth key").follow()
    assert "3 × 2 × 0.5" in shown.words
    line = database.session.scalar(select(BudgetLine))
    assert line.unit_cost == Decimal("0.5")
    edit = chair.get(f"{HOME}/activity/{activity.key}/money/{line.key}")
    assert "It comes to 3" in edit.words
    edit.submit(quantity="", times="", unit_cost="", amount="1 200,5".replace(" ", "").replace(",", ".")).follow()
    conflict = edit.submit(expect=409, quantity="", times="", unit_cost="", amount="7", once="a sixth key")
    assert "1200.5" in conflict.words
    chair.get(f"{HOME}/activity/{activity.key}").submit("remove").follow()
    assert database.session.scalar(select(BudgetLine)) is None


def test_a_line_of_another_activity_is_not_found(as_role, world):
    with transaction():
        line = a_line(again(world.activities[1]))
    as_role("chair").get(f"{HOME}/activity/{world.activities[0].key}/money/{line.key}", expect=404)
    as_role("official").get(f"{HOME}/activity/{world.activities[1].key}/money/{line.key}", expect=403)


def test_milestones_are_of_the_plan_or_of_a_row(as_role, world):
    chair = as_role("chair")
    chair.get(f"{HOME}/milestones/add").submit(
        **{"title-en": "The cabinet adopts it", "kind": "adoption", "due": "2027-q1"}
    ).follow()
    chair.get(f"{HOME}/milestones/add?under=activity:{world.activities[0].key}").submit(
        **{"title-en": "Halfway", "due": "2029"}
    ).follow()
    page = chair.get(f"{HOME}/milestones")
    assert "quarter 1 of 2027" in page.words
    assert "Activity 1.1.1" in page.words
    assert "Halfway" in chair.get(f"{HOME}/activity/{world.activities[0].key}").words
    first = database.session.scalars(select(Milestone)).first()
    chair.get(f"{HOME}/milestone/{first.key}").submit(**{"title-en": "Parliament debates it"}).follow()
    chair.get(f"{HOME}/archive/milestone/{first.key}").submit().follow()
    assert "Parliament" not in chair.get(f"{HOME}/milestones").text.split("<h1")[1].split("is archived")[-1]
    as_role("official").get(f"{HOME}/milestones/add", expect=403)


def test_saving_twice_in_one_transaction_counts_money_lines_in_order(world):
    with transaction():
        activity = again(world.activities[0])
        for amount in (1, 2, 3):
            money.add_line(INSTALLATION, activity, {"amount": Decimal(amount)})
        middle = framework.lines_of(activity)[1]
        money.remove_line(INSTALLATION, middle, seen=middle.row_version)
        assert [(line.position, line.amount) for line in framework.lines_of(activity)] == [(0, 1), (1, 3)]


def test_a_refused_pillar_is_shown_again(as_role, world):
    page = as_role("chair").get(f"{HOME}/row/pillar/{world.pillar.key}")
    assert "There is a problem" in page.submit(expect=422, **{"title-en": "", "code": "1 1"}).words
    page.submit(
        expect=422, once="a second key", theme=None, also_themes=None, areas=None, code=None, **{"title-en": None}
    )
    page.submit(expect=400, once="a third key", seen=None)


def test_a_ministry_s_rows_stand_in_the_plan_s_order(as_role, world):
    with transaction():
        second = Pillar(plan_id=world.plan.id, code="2", position=1, title={"en": "Protection"})
        database.session.add(second)
        database.session.flush()
        for pillar, code, position in ((second, "2.1", 0), (world.pillar, "1.2", 1)):
            database.session.add(
                Objective(
                    plan_id=world.plan.id,
                    pillar_id=pillar.id,
                    code=code,
                    position=position,
                    title={"en": f"Aim {code}"},
                    lead_id=world.institutions["WOMEN"].id,
                )
            )
    words = as_role("chair").get("/en/w/nap-2/ministry/WOMEN").words
    assert words.index("Women decide") < words.index("Aim 1.2") < words.index("Aim 2.1")
