"""What of the installation everybody may read as data: no more than public pages show, whoever asks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from nap_builder.consultations.models.records import Consultation
from nap_builder.consultations.policy import Asked
from nap_builder.consultations.queries import public as consulted
from nap_builder.kernel.access import POLICY
from nap_builder.kernel.actor import NOBODY
from nap_builder.kernel.errors import Missing
from nap_builder.monitoring.queries.figures import MeasureRecord, Sheet, sheet_of
from nap_builder.monitoring.queries.overview import overview
from nap_builder.monitoring.queries.published import published_period
from nap_builder.monitoring.queries.timeline import Mark, TimelineFilter, timeline
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.models.versions import PlanVersion
from nap_builder.plans.queries.versions import PUBLIC, frozen_document
from nap_builder.plans.schema import Place, objects
from nap_builder.publishing.models import Publication
from nap_builder.publishing.policy import Opened
from nap_builder.publishing.queries import (
    opened,
    opened_plan,
    other_published,
    publications,
    standing_version,
)

Document = Mapping[str, Any]


@dataclass(frozen=True)
class Stated:
    """An indicator or milestone as a published version states it in nap-plan/1; `under` is the row it belongs to.

    `under` is such as `activity:1.1.1`, and `plan` for what belongs to the plan as a whole.
    """

    row: Document
    under: str

    @property
    def key(self) -> str:
        """Its identity; empty in a version of a hand-made file."""
        return str(self.row.get("key", ""))


@dataclass(frozen=True)
class Open:
    """A consultation that everybody may know of. `readable` says that more than its announcement is public."""

    asked: Asked
    readable: bool
    said: int
    answered: int

    @property
    def row(self) -> Consultation:
        """The consultation."""
        return self.asked.consultation


def public_versions() -> list[PlanVersion]:
    """The newest published version of every plan that has one: that of the plan that stands first."""
    standing = standing_version()
    return [*([standing] if standing else []), *other_published(standing)]


def public_version(slug: str, number: int) -> Opened:
    """A version that the public may read. Raises Missing where there is none."""
    return _public(opened(slug, number))


def public_plan(slug: str) -> Opened:
    """The newest published version of a plan. Raises Missing where there is none."""
    return opened_plan(slug)


def published_of(plan: Plan) -> list[Publication]:
    """The publications of a plan that were not withdrawn, one for each version, the newest version first."""
    found: dict[int, Publication] = {}
    for one in publications(plan):
        if one.withdrawn_at is None:
            found.setdefault(one.version_id, one)
    return sorted(found.values(), key=lambda one: one.version.number, reverse=True)


def stated(document: Document, kind: str) -> Iterator[Stated]:
    """The indicators or the milestones (`kind`) of a document, in its order."""
    above: dict[Place, str] = {(): "plan"}
    for place, shape, value in objects(dict(document)):
        if shape.name == kind:
            yield Stated(value, above[place[:-2]])
        elif "code" in value:
            above[place] = f"{shape.name}:{value['code']}"


def indicators_of(version: PlanVersion) -> list[Stated]:
    """The indicators of a published version."""
    return list(stated(frozen_document(version, PUBLIC), "indicator"))


def indicator_of(version: PlanVersion, code: str) -> Stated:
    """One of them. Raises Missing."""
    for one in indicators_of(version):
        if one.row["code"] == code:
            return one
    raise Missing


def milestones_of(version: PlanVersion) -> list[Stated]:
    """The milestones of a published version."""
    return list(stated(frozen_document(version, PUBLIC), "milestone"))


def figures_of(plan: Plan) -> Sheet | None:
    """The published figures of a plan; None while the public pages show none of it."""
    period = published_period()
    if period is None or period.plan_id != plan.id:
        return None
    return sheet_of(plan, NOBODY, public=True)


def measured(sheet: Sheet | None, one: Stated) -> MeasureRecord | None:
    """What was reported of an indicator; None where nothing is published."""
    return next((row for row in sheet.rows if row.indicator.key == one.key), None) if sheet else None


def marks_of(plan: Plan) -> dict[str, Mark]:
    """How the milestones of a plan stand, by their keys, as the public timeline shows them; none while it does not."""
    period = published_period()
    if period is None or period.plan_id != plan.id:
        return {}
    rows = timeline(overview(plan, NOBODY, public=True), NOBODY, TimelineFilter())
    return {mark.milestone.key: mark for row in rows for mark in row.marks}


def consultations() -> list[Open]:
    """The consultations that everybody may know of: open ones first. Of high risk there are none."""
    found = consulted.announced(NOBODY)
    counts = consulted.counts([one.consultation for one in found])
    return [
        Open(one, POLICY[consulted.READ].allows(NOBODY, one), *counts.get(one.consultation.id, (0, 0))) for one in found
    ]


def consultation_at(key: str) -> Open:
    """One of them. Raises Missing."""
    for one in consultations():
        if one.row.key == key:
            return one
    raise Missing


def _public(found: Opened) -> Opened:
    if not found.published:
        raise Missing
    return found
