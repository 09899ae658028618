"""Two focal points confirm the same adoption at the same moment: one does it, the other is told."""

from sqlalchemy import select

from nap_builder.adoption.models import Adoption
from nap_builder.kernel.audit import first_fault
from nap_builder.kernel.database import db as layer
from nap_builder.kernel.database import transaction
from nap_builder.plans.models.versions import PlanVersion
from tests.builders.adoption import proposed
from tests.journeys.test_two_editors import acts_called, at_once, browser_of, form, sender


def test_of_two_who_confirm_at_once_one_does(app, world):
    with transaction():
        address = f"/en/w/nap-2/adoption/{proposed(world).key}/confirm"
    people = [world.people[name] for name in ("focal_point", "interior")]
    acts = [sender(browser_of(app, person), address, form(app, compared="y")) for person in people]
    answers = at_once(acts)
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    layer.session.rollback()
    assert layer.session.scalars(select(PlanVersion.number).order_by(PlanVersion.number)).all() == [1, 2]
    assert layer.session.scalars(select(Adoption.state)).all() == ["confirmed"]
    assert acts_called("adoption.confirmed") == 1
    assert first_fault() is None


def test_confirming_and_withdrawing_at_once_has_one_outcome(app, world):
    with transaction():
        address = f"/en/w/nap-2/adoption/{proposed(world).key}"
    confirming = sender(browser_of(app, world.people["interior"]), f"{address}/confirm", form(app, compared="y"))
    withdrawing = sender(browser_of(app, world.people["chair"]), f"{address}/withdraw", form(app))
    answers = at_once([confirming, withdrawing])
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    layer.session.rollback()
    adopted = layer.session.scalars(select(Adoption.state)).one() == "confirmed"
    numbers = layer.session.scalars(select(PlanVersion.number).order_by(PlanVersion.number)).all()
    assert (numbers == [1, 2]) == adopted
