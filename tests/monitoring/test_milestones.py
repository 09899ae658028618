"""Milestones: which state follows which, and how they stand on a day."""

from datetime import date, timedelta

import pytest

from nap_builder.accounts.queries import actor_of
from nap_builder.kernel.clock import today
from nap_builder.kernel.database import transaction
from nap_builder.monitoring.milestone_moves import MOVES, fault_of, lacks_evidence, offered_after
from nap_builder.monitoring.models import VERIFIED, Evidence
from nap_builder.monitoring.progress.names import MILESTONE_STATES
from nap_builder.monitoring.queries.steps import steps_of
from nap_builder.plans.models.measures import Milestone
from nap_builder.plans.queries.plan import plan_at
from tests.builders.framework import an_activity, an_objective
from tests.builders.monitoring import a_period, an_update, in_execution

TODAY, BEFORE = date(2027, 6, 1), date(2027, 5, 1)
WHY = {"en": "There is no money"}
PAGE = "/en/w/nap-2/milestones/progress"


@pytest.mark.parametrize(
    ("before", "after", "reason", "met_on", "sound"),
    [
        (None, "in_progress", None, None, True),
        ("planned", "planned", None, None, True),
        ("in_progress", "blocked", None, None, True),
        ("blocked", "in_progress", None, None, True),
        ("in_progress", "planned", None, None, False),
        ("in_progress", "completed", None, BEFORE, True),
        ("in_progress", "completed", None, TODAY, True),
        ("in_progress", "completed", None, None, False),
        ("in_progress", "completed", None, TODAY + timedelta(1), False),
        ("in_progress", "at_risk", None, BEFORE, False),
        ("at_risk", "dropped", WHY, None, True),
        ("at_risk", "dropped", None, None, False),
        ("at_risk", "carried_over", {}, None, False),
        ("at_risk", "carried_over", WHY, None, True),
        ("completed", "in_progress", None, None, False),
        ("verified", "completed", None, BEFORE, True),
        ("dropped", "in_progress", None, None, False),
        (None, "verified", None, BEFORE, False),
        (None, "no such state", None, None, False),
        (None, None, None, None, False),
    ],
)
def test_which_state_follows_which(english, before, after, reason, met_on, sound):
    fault = fault_of(before, after, reason, met_on, TODAY)
    assert (fault is None) is sound, fault


def test_every_state_has_its_moves():
    assert set(MOVES) == set(MILESTONE_STATES)
    assert all(VERIFIED not in offered for offered in MOVES.values())
    assert offered_after(None) == MOVES["planned"]


@pytest.mark.parametrize(
    ("state", "pieces", "lacks"), [("completed", 0, True), ("completed", 1, False), (None, 0, False)]
)
def test_what_is_completed_wants_evidence(state, pieces, lacks):
    assert lacks_evidence(state, pieces) is lacks


@pytest.fixture
def steps(db, world):
    """A plan being carried out, with milestones late, soon, far and reached."""
    day = today(world.plan.timezone)
    dates = {"late": day - timedelta(10), "soon": day + timedelta(20), "far": day + timedelta(400), "done": day}
    with transaction():
        in_execution(world.plan)
        rows = {
            name: Milestone(
                plan=world.plan,
                activity=world.activities[0],
                code=f"M-{name}",
                position=place,
                title={"en": f"Step {name}"},
                due=due.isoformat(),
            )
            for place, (name, due) in enumerate(dates.items())
        }
        rows["other"] = Milestone(
            plan=world.plan, activity=world.activities[1], code="M-other", position=9, title={"en": "Step other"}
        )
        db.session.add_all(rows.values())
        db.session.flush()
        period = a_period(world.plan, "2026-12-31")
        said = {
            rows["done"].key: {"state": "completed", "met_on": day.isoformat()},
            rows["far"].key: {"state": "dropped", "reason": WHY},
        }
        world.update = an_update(period, world.activities[0], milestones=said)
    world.rows = rows
    return world


def listed(page):
    return [code for code in ("M-late", "M-done", "M-soon", "M-far", "M-other") if code in page.words]


def test_every_milestone_stands_by_its_day(as_role, steps):
    page = as_role("official").get(PAGE)
    places = [page.words.index(code) for code in ("M-late", "M-done", "M-soon", "M-far", "M-other")]
    assert places == sorted(places)
    for words in (
        "1 milestone is overdue",
        ", 10 days late",
        "Due in 20 days",
        "There is no money",
        "Completed without",
    ):
        assert words in page.words
    assert "Dropped" in page.words


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("show=overdue", ["M-late"]),
        ("show=soon", ["M-soon"]),
        ("institution=INT", ["M-other"]),
        ("show=overdue&institution=INT", []),
        ("show=nonsense", ["M-late", "M-done", "M-soon", "M-far", "M-other"]),
        ("institution=nobody", []),
    ],
)
def test_milestones_are_filtered(as_role, steps, asked, found):
    assert listed(as_role("secretariat").get(f"{PAGE}?{asked}")) == found


def test_evidence_and_verification_are_shown(db, as_role, steps):
    with transaction():
        db.session.add(Evidence(update_id=steps.update.id, title="Photo", url="https://example.org"))
    as_role("auditor").get(f"/en/w/nap-2/update/{steps.update.key}").submit("verify")
    page = as_role("secretariat").get(PAGE)
    assert "Completed without evidence" not in page.words
    assert "auditor" in page.words


def test_a_restricted_milestone_is_not_named(as_role, steps):
    with transaction():
        steps.activities[0].restricted = True
    assert listed(as_role("interior").get(PAGE)) == ["M-other"]
    assert "No milestone is overdue" in as_role("interior").get(PAGE).words


def test_a_plan_without_milestones_says_what_will_be_here(as_role, world):
    assert "No milestone yet" in as_role("secretariat").get(PAGE).words


def test_the_list_asks_no_more_where_there_are_more(db, queries, steps):
    auditor = actor_of(steps.people["auditor"])
    db.session.expire_all()
    with queries() as few:
        assert len(steps_of(steps.plan, auditor)) == 5
    with transaction():
        for place in range(6):
            objective = an_objective(steps.pillar, code=f"7.{place}", lead_id=steps.institutions["JUS"].id)
            activity = an_activity(objective, code=f"7.{place}.1")
            step = Milestone(plan=steps.plan, activity=activity, code=f"N{place}", position=9, title={"en": "Step"})
            db.session.add(step)
            db.session.flush()
            an_update(steps.update.period, activity, milestones={step.key: {"state": "in_progress"}})
    db.session.expunge_all()
    plan = plan_at("nap-2")
    with queries() as many:
        assert len(steps_of(plan, auditor)) == 11
    assert len(many) <= len(few)
