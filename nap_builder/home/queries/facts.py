"""What the pages about a plan are drawn from, each read once, and only where it is asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from nap_builder.adoption.models import OPEN, Adoption
from nap_builder.adoption.queries import open_adoption
from nap_builder.commitments.queries import Standing, standing
from nap_builder.consultations.queries import standing as consultations
from nap_builder.consultations.queries.answers import Waits, waits_in
from nap_builder.consultations.queries.comments import count_waiting
from nap_builder.kernel.actor import Actor
from nap_builder.kernel.clock import today
from nap_builder.meetings.models import Step
from nap_builder.meetings.queries import steps_of
from nap_builder.monitoring.models import OPEN as REPORTING
from nap_builder.monitoring.models import ProgressUpdate, ReportingPeriod
from nap_builder.monitoring.queries.cycle import Cycle, cycle_of
from nap_builder.monitoring.queries.periods import periods
from nap_builder.monitoring.queries.written import waiting_for
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.models.versions import PlanVersion
from nap_builder.plans.queries import narrative
from nap_builder.plans.queries import plan as plans
from nap_builder.plans.queries.matrix import Line, lines_of_plan
from nap_builder.plans.queries.plan import Counts
from nap_builder.plans.queries.versions import last_frozen
from nap_builder.publishing.queries import published_version
from nap_builder.readiness.queries import State, state_of
from nap_builder.taskforce.queries import Seats, seats


@dataclass(frozen=True)
class Facts:
    """How far a plan is, as far as who acts now (`who`) may see it."""

    plan: Plan
    who: Actor

    @cached_property
    def today(self) -> date:
        """The day where the plan is."""
        return today(self.plan.timezone)

    @cached_property
    def counts(self) -> Counts:
        """How much it holds."""
        return plans.counts_of(self.plan)

    @cached_property
    def version(self) -> PlanVersion | None:
        """Its newest version."""
        return last_frozen(self.plan)

    @cached_property
    def published(self) -> int | None:
        """The number of the newest version that the public may read."""
        version = published_version(self.plan)
        return version.number if version else None

    @cached_property
    def seats(self) -> Seats:
        """Its task force."""
        return seats(self.plan.id)

    @cached_property
    def sections(self) -> list[narrative.SectionLine]:
        """The sections of its text."""
        return narrative.section_lines(self.plan)

    @cached_property
    def lines(self) -> list[Line]:
        """Its activities, with what each lacks."""
        return lines_of_plan(self.plan, "", self.who)

    @cached_property
    def commitments(self) -> Standing:
        """What ministries have accepted."""
        return standing(self.plan, self.who)

    @cached_property
    def steps(self) -> Sequence[Step]:
        """The steps of its process."""
        return steps_of(self.plan)

    @cached_property
    def readiness(self) -> State:
        """How it stands before its gates."""
        return state_of(self.plan, self.who)

    @cached_property
    def heard(self) -> consultations.Standing:
        """Its consultations, and what was said in them."""
        return consultations.standing(self.plan, self.who)

    @cached_property
    def roster(self) -> consultations.Roster:
        """Who was asked for contributions by letter."""
        return consultations.roster(self.plan, self.today)

    @cached_property
    def comments(self) -> dict[str, int]:
        """How many comments came in through the public form, by state."""
        return consultations.comments_by_state(self.plan)

    @cached_property
    def proposal(self) -> Adoption | None:
        """The adoption that waits for another member; none whose days have passed."""
        found = open_adoption(self.plan)
        return found if found is not None and found.standing == OPEN else None

    @cached_property
    def periods(self) -> Sequence[ReportingPeriod]:
        """Its reporting periods."""
        return periods(self.plan)

    @property
    def open_periods(self) -> list[ReportingPeriod]:
        """Those on which institutions may report now."""
        return [period for period in self.periods if period.state == REPORTING]

    @cached_property
    def to_verify(self) -> list[ProgressUpdate]:
        """The reports that who acts now may verify."""
        return waiting_for(self.who, self.plan)

    @cached_property
    def comments_waiting(self) -> int:
        """How many comments from the open draft wait to be looked at."""
        return count_waiting(self.plan)

    @cached_property
    def waits(self) -> Waits:
        """What was said and has no published answer."""
        return waits_in(self.plan, self.who)

    def cycle(self, period: ReportingPeriod) -> Cycle:
        """How a period stands."""
        if period.id not in self._cycles:
            self._cycles[period.id] = cycle_of(period, self.who)
        return self._cycles[period.id]

    @cached_property
    def _cycles(self) -> dict[int, Cycle]:
        return {}
