"""The checks of the task force: A1 to A3."""

from nap_builder.kernel.database import db, transaction
from nap_builder.taskforce.models import Membership, TaskForce
from tests.builders.readiness import asked, open_rows, passes


def unseat(world, code, **seat):
    with transaction():
        row = db.session.query(Membership).filter_by(institution_id=world.institutions[code].id).one()
        for name, value in {"member": False, "chair": False, **seat}.items():
            setattr(row, name, value)


def test_the_four_ministries_sit_in_the_task_force(world):
    assert passes(world.plan, "A1")
    unseat(world, "DEF")
    assert open_rows(world.plan, "A1") == ["Defence"]
    assert asked(world.plan, "A1").found.failing[0].place.endpoint == "plans.edit_task_force"


def test_women_s_affairs_chairs_or_the_reason_is_recorded(world):
    assert passes(world.plan, "A2")
    unseat(world, "WOMEN", member=True)
    assert asked(world.plan, "A2").found.says == "Nobody chairs the task force yet."
    unseat(world, "DEF", member=True, chair=True)
    assert open_rows(world.plan, "A2") == ["Ministry of Defence"]
    with transaction():
        db.session.query(TaskForce).one().chair_reason = {"en": "The Prime Minister asked for it."}
    assert passes(world.plan, "A2")


def test_a_ministry_beyond_the_four_sits_too(world):
    assert passes(world.plan, "A3")
    unseat(world, "JUS")
    assert asked(world.plan, "A3").found.says == "No other ministry is a member."
