"""A plan that is carried out, with everything published that data can be about."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, cast

import pytest
from flask import Flask

from nap_builder.accounts.queries import actor_of
from nap_builder.consultations.models.records import Consultation
from nap_builder.kernel.database import db
from nap_builder.plans.models.plan import DRAFTING, IN_EXECUTION
from nap_builder.plans.models.versions import PlanVersion
from nap_builder.plans.services.versions import freeze
from nap_builder.publishing.services import publish
from nap_builder.reports.models import Report
from tests.builders.consultations import a_consultation
from tests.builders.progress import Carried, a_milestone, two_years
from tests.builders.reports import a_report
from tests.builders.shelf import Shelf, saved
from tests.builders.world import World, a_world

SECRET = "Zyxwvut"


@dataclass
class Published:
    """The small State with such a plan; SECRET words of it are for one ministry alone."""

    world: World
    carried: Carried
    version: PlanVersion
    report: Report
    consultation: Consultation

    @property
    def parts(self) -> dict[str, Any]:
        """What the parts of an address may name."""
        return {
            "slug": self.carried.plan.slug,
            "number": self.version.number,
            "code": "A",
            "key": self.consultation.key,
            "ends": self.report.period.ends.isoformat(),
            "kind": self.report.kind,
        }


def built() -> Published:
    """Builds it, within the open transaction."""
    world = a_world()
    carried = two_years(world, published=True)
    db.session.add(a_milestone(carried.activities[0], code="M1", due="2025-06"))
    chair = actor_of(world.people["chair"])
    carried.plan.state = DRAFTING
    db.session.flush()
    version = freeze(chair, carried.plan)
    publish(chair, version)
    carried.plan.state = IN_EXECUTION
    people = {"total": 40, "women": 37, "men": 3}
    consultation = a_consultation(carried.plan, visibility="public", participants=people)
    a_consultation(carried.plan, f"{SECRET} kept", visibility="steward")
    a_consultation(carried.plan, f"{SECRET} of risk", visibility="public", risk="high")
    report = a_report(carried.second, published=True)
    return Published(world, carried, version, report, consultation)


@pytest.fixture
def published(db: Any, shelf: Shelf) -> Published:
    """It, saved."""
    return cast("Published", shelf.put("published data", saved(built)))


@pytest.fixture
def switched_on(app: Flask) -> Iterator[None]:
    """An installation that knows the State's identifier as an IATI organisation."""
    before = app.config["NAP"]
    app.config["NAP"] = replace(before, iati_org="XM-EXAMPLE-1")
    yield
    app.config["NAP"] = before
