"""Who was asked for what, who answered, and who has not."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import and_, false, or_, select
from sqlalchemy.orm import contains_eager

from nap_builder.kernel.actor import Actor
from nap_builder.kernel.clock import today
from nap_builder.kernel.database import db
from nap_builder.kernel.languages import folded, words_in
from nap_builder.plans.models.framework import EFFECTIVE_LEAD, Activity, Objective, Output, Pillar
from nap_builder.plans.models.plan import ACCEPTED, ASKED, CHANGE_ASKED, NOT_ASKED, Commitment, Plan
from nap_builder.plans.queries.framework import IN_PLAN_ORDER, readable
from nap_builder.taskforce.models import Institution


@dataclass(frozen=True)
class Line:
    """An activity, who leads it (itself or by a row above), and how far that institution has committed itself."""

    activity: Activity
    lead: Institution | None
    commitment: Commitment | None

    @property
    def state(self) -> str:
        """One of the states of a commitment; `not_asked` where nothing is said."""
        return self.commitment.state if self.commitment else NOT_ASKED

    @property
    def waits(self) -> bool:
        """Whether an institution was asked and has not answered."""
        return self.state == ASKED and self.lead is not None

    @property
    def to_confirm(self) -> bool:
        """Whether the secretariat entered its answer, and the institution has not confirmed it."""
        return self.commitment is not None and self.commitment.unconfirmed and not self.waits

    @property
    def since(self) -> datetime | None:
        """Since when it waits: since it was asked, or changed after it was accepted. None where a file brought it."""
        if self.commitment is None:
            return None
        return self.commitment.changed_at or self.commitment.asked_at

    @property
    def due(self) -> date | None:
        """By when the answer is asked for."""
        return self.commitment.due if self.commitment else None

    @property
    def late(self) -> bool:
        """Whether the answer should be here by now."""
        return self.waits and self.due is not None and self.due < today(self.activity.plan.timezone)


@dataclass(frozen=True)
class Totals:
    """How many activities there are, and how many of them are in each state."""

    activities: int
    not_asked: int
    asked: int
    accepted: int
    change_asked: int

    @property
    def ever_asked(self) -> int:
        """How many were asked for, whatever the answer."""
        return self.activities - self.not_asked


@dataclass(frozen=True)
class Ministry:
    """An institution with the activities that it leads."""

    institution: Institution
    lines: tuple[Line, ...]

    @cached_property
    def totals(self) -> Totals:
        """Its activities by state."""
        return totals_of(self.lines)

    @cached_property
    def waiting(self) -> tuple[Line, ...]:
        """What it was asked and has not answered."""
        return tuple(line for line in self.lines if line.waits)

    @cached_property
    def to_confirm(self) -> tuple[Line, ...]:
        """What was entered for it and it has not confirmed."""
        return tuple(line for line in self.lines if line.to_confirm)

    @property
    def since(self) -> datetime | None:
        """Since when its oldest answer is missing."""
        return min((line.since for line in self.waiting if line.since), default=None)

    @property
    def due(self) -> date | None:
        """The first day on which one of its missing answers is due."""
        return min((line.due for line in self.waiting if line.due), default=None)

    @property
    def late(self) -> int:
        """How many of its answers should be here by now."""
        return sum(line.late for line in self.waiting)

    @property
    def reminded_at(self) -> datetime | None:
        """When it was last reminded of what it has not answered or confirmed."""
        said = (line.commitment.reminded_at for line in (*self.waiting, *self.to_confirm) if line.commitment)
        return max((moment for moment in said if moment), default=None)


@dataclass(frozen=True)
class Standing:
    """How a plan stands with its commitments, as far as one reader may know."""

    lines: tuple[Line, ...]

    @cached_property
    def totals(self) -> Totals:
        """All activities by state."""
        return totals_of(self.lines)

    @cached_property
    def ministries(self) -> list[Ministry]:
        """The institutions that lead an activity, by name in the reader's language."""
        led: dict[int, list[Line]] = defaultdict(list)
        bodies: dict[int, Institution] = {}
        for line in self.lines:
            if line.lead is not None:
                led[line.lead.id].append(line)
                bodies[line.lead.id] = line.lead
        found = [Ministry(bodies[row], tuple(lines)) for row, lines in led.items()]
        return sorted(found, key=lambda ministry: folded(words_in(ministry.institution.name)))

    @property
    def waiting_on(self) -> list[Ministry]:
        """The institutions that have not answered everything, who waits longest first."""
        late = [ministry for ministry in self.ministries if ministry.waiting]
        return sorted(late, key=lambda one: (one.since is None, one.since.timestamp() if one.since else 0))

    @property
    def requests_to_decide(self) -> list[Line]:
        """The activities for which a change is asked."""
        return [line for line in self.lines if line.state == CHANGE_ASKED]

    def ministry(self, code: str) -> Ministry | None:
        """What an institution leads; None where it leads nothing."""
        return next((one for one in self.ministries if one.institution.code == code), None)


def standing(plan: Plan, who: Actor) -> Standing:
    """How a plan stands, as far as `who` may read it. One statement, whatever the size of the plan."""
    return Standing(tuple(_lines(who, [plan.id])))


def asked_of(plan: Plan, institutions: Collection[int], who: Actor) -> Standing:
    """The same of what these institutions (row ids) lead."""
    return Standing(tuple(_lines(who, [plan.id], EFFECTIVE_LEAD.in_(institutions))))


def asked_in_plans(plans: Iterable[Plan], institutions: Collection[int], who: Actor) -> Sequence[Line]:
    """What these institutions (row ids) lead in several plans, plan by plan in the order of the plans."""
    order = [plan.id for plan in plans]
    found = _lines(who, order, EFFECTIVE_LEAD.in_(institutions))
    return sorted(found, key=lambda line: order.index(line.activity.plan_id))


def once_asked_for(plans: Iterable[Plan], institutions: Collection[Institution], who: Actor) -> list[Line]:
    """The activities of which these institutions asked for a change that is decided, and that others lead now."""
    keys, rows = {body.key for body in institutions}, {body.id for body in institutions}
    order = [plan.id for plan in plans]
    decided = _lines(who, order, Commitment.decision.is_not(None))
    away = (line for line in decided if line.lead is None or line.lead.id not in rows)
    return [line for line in away if line.commitment and (line.commitment.decision or {}).get("institution") in keys]


def totals_of(lines: Iterable[Line]) -> Totals:
    """Lines counted by state."""
    states = Counter(line.state for line in lines)
    return Totals(states.total(), states[NOT_ASKED], states[ASKED], states[ACCEPTED], states[CHANGE_ASKED])


def commitment_of(activity: Activity) -> Commitment | None:
    """The commitment about an activity, if somebody was ever asked."""
    return db.session.scalar(select(Commitment).where(Commitment.activity_id == activity.id))


def accepted_in(plan: Plan) -> frozenset[str]:
    """The keys of the activities that were accepted as they stand; one statement."""
    query = select(Activity.key).join(Commitment, Commitment.activity_id == Activity.id)
    return frozenset(db.session.scalars(query.where(Activity.plan_id == plan.id, Commitment.state == ACCEPTED)))


def _lines(who: Actor, plans: Iterable[int], *conditions: Any) -> list[Line]:
    shown = (and_(Activity.plan_id == plan, readable(who, plan)) for plan in plans)
    query = (
        select(Activity, Institution, Commitment)
        .join(Plan, Plan.id == Activity.plan_id)
        .join(Pillar, Pillar.id == Activity.pillar_id)
        .outerjoin(Objective, Objective.id == Activity.objective_id)
        .outerjoin(Output, Output.id == Activity.output_id)
        .outerjoin(Institution, Institution.id == EFFECTIVE_LEAD)
        .outerjoin(Commitment, Commitment.activity_id == Activity.id)
        .where(Activity.archived_at.is_(None), or_(false(), *shown), *conditions)
        .options(*(contains_eager(one) for one in _ABOVE))
        .order_by(*IN_PLAN_ORDER)
    )
    return [Line(*row) for row in db.session.execute(query)]


_ABOVE = (Activity.plan, Activity.pillar, Activity.objective, Activity.output)
