"""What institutions reported stays as they reported it, whatever a file over the plan says."""

from copy import deepcopy

import pytest
from sqlalchemy import select

from nap_builder.exchange import services
from nap_builder.kernel.actor import INSTALLATION
from nap_builder.kernel.database import transaction
from nap_builder.monitoring.models import ActivityProgress, IndicatorValue, MilestoneProgress, ProgressUpdate, Spending
from nap_builder.plans.models.framework import Activity
from nap_builder.plans.models.measures import BudgetLine, Indicator, Milestone
from nap_builder.plans.models.plan import Plan
from tests.builders.exchange import as_file, taken_in
from tests.builders.monitoring import a_period, an_update
from tests.exchange.test_import_over import activity, document, pillar

VALUE = {"period_ends": "2026-12-31", "value": "5"}
MONEY = {"amount": "9", "year": 2027}


@pytest.fixture
def reported(db):
    """A plan in which one activity was reported on, with its figure, its milestone and its money, and one was not."""
    with transaction():
        plan = taken_in_now()
        row = db.session.scalar(select(Activity).where(Activity.code == "1.1"))
        given = {
            "status": "late",
            "figures": {key_of(db, Indicator, "1.1.a"): {"value": "7"}},
            "milestones": {key_of(db, Milestone, "1.1-a"): {"state": "completed", "met_on": "2027-05-05"}},
            "spending": {
                db.session.scalar(select(BudgetLine.key).join(Activity).where(Activity.code == "1.1")): {"spent": "3"}
            },
        }
        an_update(a_period(plan), row, **given)
    return plan


def key_of(db, model, code):
    return db.session.scalar(select(model.key).where(model.code == code))


def one(code):
    measure = {"code": f"{code}.a", "title": {"en": "Women"}, "kind": "number", "values": [VALUE]}
    step = {"code": f"{code}-a", "title": {"en": "Begun"}}
    return activity(
        code, lead="MOD", status="on_track", indicators=[measure], milestones=[step], budget=[dict(MONEY, spent="4")]
    )


def said():
    return document(pillar("1", one("1.1"), one("1.2")))


def taken_in_now():
    return services.apply(INSTALLATION, services.read(as_file(said()))).plan


def over(plan, *, remove=False):
    """A file over the plan that says other progress of both activities, and gives both another title."""
    told = services.read(services.plan_file(plan, None, "working")).document
    told = deepcopy(told)
    for row in told["pillars"][0]["activities"]:
        row["title"], row["status"] = {"en": "Otherwise " + row["code"]}, "completed"
        row["indicators"][0]["values"] = [dict(VALUE, value="99")]
        row["milestones"][0] |= {"state": "dropped", "reason": {"en": "Forged"}}
        row["budget"][0]["spent"] = "8"
    incoming = services.read(as_file(told))
    notes = services.preview(incoming, plan).notes
    with transaction():
        services.apply(INSTALLATION, incoming, plan=plan, remove=remove)
    return notes


@pytest.mark.parametrize("remove", [False, True])
def test_what_was_reported_stays_and_what_came_in_files_follows_the_file(reported, db, remove):
    notes = over(db.session.get(Plan, reported.id), remove=remove)
    assert any("3 rows, the first of them activity:1.1" in note for note in notes)
    standing = services.read(services.plan_file(db.session.get(Plan, reported.id), None, "working")).document
    mine, other = standing["pillars"][0]["activities"]
    assert (mine["title"], mine["status"], other["status"]) == ("Otherwise 1.1", "late", "completed")
    assert [value["value"] for value in mine["indicators"][0]["values"]] == ["5", "7"]
    assert [value["value"] for value in other["indicators"][0]["values"]] == ["99"]
    assert (mine["milestones"][0]["state"], other["milestones"][0]["state"]) == ("completed", "dropped")
    assert (mine["budget"][0]["spent"], other["budget"][0]["spent"]) == ("3", "8")


def test_what_was_reported_still_belongs_to_its_update(reported, db):
    over(db.session.get(Plan, reported.id))
    update = db.session.scalar(select(ProgressUpdate.id))
    for model in (ActivityProgress, MilestoneProgress, Spending, IndicatorValue):
        assert update in db.session.scalars(select(model.update_id)).all()


def test_a_new_plan_from_its_own_file_says_the_same_byte_for_byte(reported, db):
    before = services.plan_file(db.session.get(Plan, reported.id), None, "working")
    with transaction():
        db.session.get(Plan, reported.id).slug = "moved"
    db.session.expire_all()
    copy = taken_in(services.read(before).document).plan
    assert services.plan_file(copy, None, "working") == before
