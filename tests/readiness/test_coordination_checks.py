"""The checks of coordination: B1 to B5, B7 and B8."""

import pytest

from nap_builder.kernel.database import db, transaction
from nap_builder.plans.models.framework import Involvement
from nap_builder.plans.similarity import pairs
from nap_builder.taskforce.models import Membership
from tests.builders.commitments import accepted
from tests.builders.framework import an_activity, an_objective, many_activities
from tests.builders.readiness import asked, change, open_rows, passes


def test_every_activity_has_a_lead(world):
    assert passes(world.plan, "B1")
    change(world.objective, lead_id=None)
    change(world.activities[0], lead_id=None)
    assert open_rows(world.plan, "B1") == ["1.1.1"]
    [row] = asked(world.plan, "B1").found.failing
    assert (row.place.endpoint, row.place.parts) == ("plans.activity", {"key": world.activities[0].key})


def test_every_member_leads_or_supports_something(world):
    assert open_rows(world.plan, "B2") == ["Ministry of Foreign Affairs", "Ministry of Justice"]
    change(world.activities[0], lead_id=world.institutions["FOR"].id)
    with transaction():
        seats = db.session.query(Membership).all()
        next(one for one in seats if one.institution_id == world.institutions["JUS"].id).member = False
        part = {"part": "supporting", "institution_id": world.institutions["DEF"].id}
        db.session.add(Involvement(activity_id=world.activities[1].id, **part))
    assert passes(world.plan, "B2")


def test_every_lead_names_a_focal_point(world):
    assert open_rows(world.plan, "B3") == ["Ministry of Defence", "Ministry of the Interior"]
    for code in ("DEF", "INT"):
        change(world.institutions[code], focal_post={"en": "Director"})
    assert passes(world.plan, "B3")


def test_every_lead_has_accepted_what_it_leads(world):
    assert asked(world.plan, "B8").found.says == "No ministry has accepted an activity yet."
    with transaction():
        accepted(db.session.merge(world.activities[0]))
    assert open_rows(world.plan, "B8") == ["1.1.2"]
    with transaction():
        accepted(db.session.merge(world.activities[1]))
    assert passes(world.plan, "B8")


def test_nobody_leads_more_than_a_share(world):
    assert passes(world.plan, "B4")
    change(world.activities[1], lead_id=world.institutions["DEF"].id)
    [row] = asked(world.plan, "B4").found.failing
    assert row.note == "leads 2 of 2"


def test_activities_of_two_institutions_that_look_the_same_are_shown(world):
    assert passes(world.plan, "B5")
    change(world.activities[1], title={"en": "Recruit  women Officers"})
    assert open_rows(world.plan, "B5") == ["1.1.1"]
    assert asked(world.plan, "B5").found.failing[0].note == "looks like 1.1.2 Recruit  women Officers"


@pytest.mark.parametrize("change_to", ["same lead", "other objective", "restricted"])
def test_what_cannot_be_a_double_is_not_shown(world, change_to):
    change(world.activities[1], title={"en": "Recruit women officers"})
    if change_to == "same lead":
        change(world.activities[1], lead_id=world.institutions["DEF"].id)
    elif change_to == "restricted":
        change(world.activities[1], restricted=True)
    else:
        with transaction():
            other = an_objective(world.pillar, code="1.2")
        change(world.activities[1], objective_id=other.id)
    assert passes(world.plan, "B5")


def test_titles_are_compared_by_what_they_share():
    titles = [{"en": "Train police officers"}, {"en": "Police officers: train"}, {"fr": "Train police officers"}]
    assert [(first, second) for first, second, _alike in pairs(titles, 80)] == [(0, 1)]


def test_many_alike_titles_are_compared_in_time(world):
    with transaction():
        many_activities(world.objective, 2000)
    assert passes(world.plan, "B5")


def test_the_plan_reaches_the_regions(world):
    assert asked(world.plan, "B7").found.says == "No region and no local authority is named."
    with transaction():
        activity = an_activity(world.objective, code="1.1.3", reach="local")
    assert passes(world.plan, "B7")
    change(activity, reach=None)
    change(world.plan, regions=[{"code": "N", "name": "North"}])
    assert passes(world.plan, "B7")
