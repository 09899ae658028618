"""Assessments of a period by their objective, and what a person may assess now."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from nap_builder.kernel.actor import Actor, Role
from nap_builder.kernel.database import db, one
from nap_builder.kernel.errors import Missing
from nap_builder.monitoring.assessments.models import Assessment
from nap_builder.monitoring.models import ReportingPeriod
from nap_builder.monitoring.queries.published import published_period
from nap_builder.plans.models.framework import Objective, Pillar
from nap_builder.plans.models.plan import Plan


@dataclass(frozen=True)
class Assessed:
    """An objective in the period whose progress is public: what organisations judge."""

    period: ReportingPeriod
    objective: Objective

    @property
    def plan(self) -> Plan:
        """The plan of both."""
        return self.objective.plan


def to_assess(key: str) -> Assessed:
    """An objective of the published plan, in the newest published period.

    While an amendment is drafted there is none: nobody outside reads its rows. Raises Missing.
    """
    period = published_period()
    if period is None or period.plan.being_amended:
        raise Missing
    query = select(Objective).join(Pillar, Pillar.id == Objective.pillar_id)
    living = (Objective.archived_at.is_(None), Pillar.archived_at.is_(None))
    return Assessed(period, one(query.where(Objective.key == key, Objective.plan_id == period.plan_id, *living)))


def organisation_of(who: Actor) -> int | None:
    """The institution (row id) for which a person assesses; None where they do so as the auditor.

    Who contributes for several writes for the first of them.
    """
    if Role.CONTRIBUTOR not in who.roles:
        return None
    return min(who.speaks_for({Role.CONTRIBUTOR}), default=None)


def own_assessment(of: Assessed, who: Actor) -> Assessment | None:
    """What a person's organisation has written of an objective, also where it is withdrawn."""
    body = organisation_of(who)
    query = select(Assessment).where(Assessment.period_id == of.period.id, Assessment.objective_id == of.objective.id)
    mine = Assessment.institution_id.is_(None) if body is None else Assessment.institution_id == body
    return db.session.scalars(query.where(mine)).first()


def assessments_until(period: ReportingPeriod | None) -> Mapping[int, Sequence[Assessment]]:
    """The last word of each organisation by the end of a period, by objective (row id); one statement.

    Of periods whose progress is public alone. Organisations come by their codes, then the auditor.
    """
    if period is None:
        return {}
    query = (
        select(Assessment)
        .join(ReportingPeriod, ReportingPeriod.id == Assessment.period_id)
        .where(Assessment.plan_id == period.plan_id, Assessment.withdrawn_at.is_(None))
        .where(ReportingPeriod.published_at.is_not(None), ReportingPeriod.ends <= period.ends)
        .options(joinedload(Assessment.institution), contains_eager(Assessment.period))
        .order_by(ReportingPeriod.ends)
    )
    last: dict[tuple[int, int | None], Assessment] = {}
    for each in db.session.scalars(query):
        last[(each.objective_id, each.institution_id)] = each
    found: dict[int, list[Assessment]] = defaultdict(list)
    for each in sorted(last.values(), key=_place):
        found[each.objective_id].append(each)
    return found


def assessments_of(period: ReportingPeriod) -> Mapping[int, Sequence[Assessment]]:
    """What was said of one period itself, in the same order."""
    until = assessments_until(period)
    return {row: [one_of for one_of in own if one_of.period_id == period.id] for row, own in until.items()}


def _place(one_of: Assessment) -> tuple[bool, str]:
    return (one_of.institution is None, one_of.institution.code if one_of.institution else "")
