"""One reporting period as it stands: what each institution was asked for, gave and owes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from nap_builder.kernel.access import POLICY
from nap_builder.kernel.actor import Actor
from nap_builder.kernel.database import db
from nap_builder.kernel.languages import folded, words_in
from nap_builder.monitoring.models import APPROVED, COUNTED, SUBMITTED, VERIFIED, ProgressUpdate, ReportingPeriod
from nap_builder.monitoring.names import NOTHING, TO_APPROVE, TO_VERIFY
from nap_builder.monitoring.queries.due import Asked, Due
from nap_builder.monitoring.queries.periods import last_reminded
from nap_builder.plans.models.framework import Activity, Objective, Output
from nap_builder.plans.models.measures import Indicator, Milestone
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.framework import readable
from nap_builder.taskforce.models import Institution


def standing_of(due: Due) -> str:
    """How what is due stands: nothing written, a draft, returned, to approve, to verify or verified.

    What an institution's own focal point has to approve waits for that before anybody verifies it.
    """
    state = due.state
    if state is None:
        return NOTHING
    if state == SUBMITTED:
        return TO_APPROVE if due.institution.approves_reports else TO_VERIFY
    return TO_VERIFY if state == APPROVED else state


@dataclass(frozen=True)
class Reporter:
    """An institution with what it was asked for in a period."""

    institution: Institution
    dues: Sequence[Due]
    reminded_at: datetime | None

    @cached_property
    def standings(self) -> Mapping[str, int]:
        """How many updates stand how (`standing_of`)."""
        found: dict[str, int] = defaultdict(int)
        for due in self.dues:
            found[standing_of(due)] += 1
        return found

    @property
    def reported(self) -> int:
        """How many updates count: sent, approved or verified."""
        return sum(due.state in COUNTED for due in self.dues)

    @property
    def unchanged(self) -> int:
        """How many of them say that nothing changed."""
        return sum(due.stands is not None and due.stands.unchanged for due in self.dues)

    @property
    def missing(self) -> int:
        """How many updates are not here: not written, not sent, or sent back."""
        return len(self.dues) - self.reported

    @property
    def waiting(self) -> list[Due]:
        """What it still has to write, send or mend while the period is open."""
        return [due for due in self.dues if due.waits]

    @property
    def days_late(self) -> int:
        """For how many days something has been missing; 0 while nothing is late."""
        return max(0, max((due.days_late for due in self.waiting), default=0))


@dataclass(frozen=True)
class Cycle:
    """A period with all who report in it, by name in the reader's language."""

    period: ReportingPeriod
    reporters: Sequence[Reporter]

    @cached_property
    def dues(self) -> list[Due]:
        """All that is due."""
        return [due for reporter in self.reporters for due in reporter.dues]

    @cached_property
    def to_verify(self) -> list[Due]:
        """What waits to be verified."""
        return [due for due in self.dues if standing_of(due) == TO_VERIFY]

    @cached_property
    def missing_from(self) -> list[Reporter]:
        """The institutions that have not reported everything."""
        return [reporter for reporter in self.reporters if reporter.missing]

    @cached_property
    def verified(self) -> int:
        """How many updates are verified."""
        return sum(due.state == VERIFIED for due in self.dues)

    @property
    def reported(self) -> int:
        """How many updates count."""
        return sum(reporter.reported for reporter in self.reporters)

    @property
    def late(self) -> list[Reporter]:
        """The institutions from which something is late."""
        return [reporter for reporter in self.reporters if reporter.days_late]

    def reporter(self, code: str) -> Reporter | None:
        """What one institution was asked for; None where that is nothing."""
        return next((one for one in self.reporters if one.institution.code == code), None)


def cycle_of(period: ReportingPeriod, who: Actor) -> Cycle:
    """How a period stands, as far as `who` may know of it."""
    reminded = last_reminded(period)
    owed: dict[int, list[Due]] = defaultdict(list)
    for due in Asked(period, who).all:
        owed[due.institution_id].append(due)
    found = [Reporter(dues[0].institution, tuple(dues), reminded.get(row)) for row, dues in owed.items()]
    return Cycle(period, sorted(found, key=lambda one: folded(words_in(one.institution.name))))


def waiting_for_verification(plan: Plan, who: Actor) -> list[ProgressUpdate]:
    """What a person may verify now in a plan, in every period, also one that is closed; the oldest period first."""
    about = func.coalesce(ProgressUpdate.activity_id, Indicator.activity_id, Milestone.activity_id)
    approved = or_(ProgressUpdate.state == APPROVED, Institution.approves_reports.is_(False))
    query = (
        select(ProgressUpdate)
        .join(ReportingPeriod, ReportingPeriod.id == ProgressUpdate.period_id)
        .join(Institution, Institution.id == ProgressUpdate.institution_id)
        .outerjoin(Indicator, Indicator.id == ProgressUpdate.indicator_id)
        .outerjoin(Milestone, Milestone.id == ProgressUpdate.milestone_id)
        .outerjoin(Activity, Activity.id == about)
        .outerjoin(Output, Output.id == Activity.output_id)
        .outerjoin(Objective, Objective.id == Activity.objective_id)
        .where(ProgressUpdate.plan_id == plan.id, ProgressUpdate.state.in_((SUBMITTED, APPROVED)), approved)
        .where(or_(Activity.id.is_(None), readable(who, plan.id)))
        .options(joinedload(ProgressUpdate.period), joinedload(ProgressUpdate.institution))
        .order_by(ReportingPeriod.ends, ProgressUpdate.id)
    )
    return verifiable(who, db.session.scalars(query))


def verifiable(who: Actor, updates: Iterable[ProgressUpdate]) -> list[ProgressUpdate]:
    """Those of some updates that a person may verify; judged once for all that one wrote for one institution."""
    rule, judged = POLICY["monitoring.update.verify"], dict[tuple[int, int | None], bool]()
    found = []
    for update in updates:
        by = (update.institution_id, update.author_id)
        if by not in judged:
            judged[by] = rule.allows(who, update)
        if judged[by]:
            found.append(update)
    return found
