"""What institutions have to report in a period: one update for each activity, and for what stands alone beside them."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import and_, or_, select, true
from sqlalchemy.orm import contains_eager, joinedload

from nap_builder.kernel.actor import Actor
from nap_builder.kernel.clock import today
from nap_builder.kernel.database import db
from nap_builder.kernel.errors import Missing
from nap_builder.monitoring.models import DRAFT, OPEN, RETURNED, ProgressUpdate, ReportingPeriod
from nap_builder.monitoring.names import SUBJECTS
from nap_builder.monitoring.progress.names import FINAL_MILESTONES, FINAL_STATUSES
from nap_builder.monitoring.queries.adopted import only_adopted
from nap_builder.monitoring.queries.record import NOTHING, Record, by_subject, record_of
from nap_builder.plans.calendar import first_day, fiscal_year_begins, last_day, months_later
from nap_builder.plans.models.framework import EFFECTIVE_LEAD, Activity, Objective, Output, Pillar
from nap_builder.plans.models.measures import BudgetLine, Indicator, Milestone
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.framework import IN_PLAN_ORDER, readable
from nap_builder.plans.queries.parts import effective_lead
from nap_builder.taskforce.models import Institution

BY_THE_UN = "un"
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Due:
    """An update that an institution owes for a period, and what it gave: about an activity with all that hangs on it
    and the same institution reports, or about an indicator or milestone that stands alone.

    `update` is what was written for this period last, the newest correction if there are any, and `stands` the newest
    that counts; `last` is the update before, and `before` all that was reported on the plan before the period.
    """

    period: ReportingPeriod
    institution: Institution
    kind: str
    row: Any
    update: ProgressUpdate | None
    last: ProgressUpdate | None
    stands: ProgressUpdate | None = None
    indicators: Sequence[Indicator] = ()
    milestones: Sequence[Milestone] = ()
    lines: Sequence[BudgetLine] = ()
    before: Record = field(default=NOTHING, repr=False, compare=False)

    @property
    def plan(self) -> Plan:
        """The plan of the period."""
        return self.period.plan

    @property
    def plan_id(self) -> int:
        """The row id of the plan."""
        return self.period.plan_id

    @property
    def institution_id(self) -> int:
        """The row id of the institution that reports."""
        return self.institution.id

    @property
    def activity(self) -> Activity | None:
        """The activity that it is about, or hangs on."""
        return self.row if isinstance(self.row, Activity) else self.row.activity

    @property
    def state(self) -> str | None:
        """The state of what counts, whatever correction of it is being written; None while nothing is written."""
        shown = self.stands or self.update
        return shown.state if shown else None

    @property
    def being_corrected(self) -> bool:
        """Whether the institution is writing a correction, which may be done in a closed period too."""
        return self.update is not None and self.update.is_open_correction

    @property
    def waits(self) -> bool:
        """Whether the institution still has to do something: nothing is written, or only a draft, or it came back."""
        return self.state in (None, DRAFT, RETURNED) and self.period.state == OPEN

    @property
    def days_late(self) -> int:
        """How many days ago it should have been here; below nought are days to come."""
        return (today(self.plan.timezone) - self.period.due).days


class Asked:
    """All that is due in a period of a plan, as far as a reader may know of it; of some institutions if they are given.

    While an amendment is written only what stands adopted is asked for: nobody reports on a draft. The number of
    statements does not grow with the plan.
    """

    def __init__(self, period: ReportingPeriod, who: Actor, institutions: Collection[int] | None = None) -> None:
        self.period, self.plan, self.who, self.institutions = period, period.plan, who, institutions

    @cached_property
    def before(self) -> Record:
        """What was reported before this period."""
        return record_of(self.plan, until=self.period.starts - ONE_DAY)

    @cached_property
    def all(self) -> list[Due]:
        """Everything that is due, in the order of the plan: activities first, then what stands alone."""
        bodies = self._bodies
        activities = [row for row in self._activities if self._asks_activity(row)]
        found = [self._about_activity(row) for row in activities]
        covered = {(kind, row.id) for due in found for kind in SUBJECTS[1:] for row in getattr(due, f"{kind}s")}
        alone = [
            (kind, row)
            for kind, rows in (("indicator", self._indicators), ("milestone", self._milestones))
            for row in rows
            if (kind, row.id) not in covered and self._asks_alone(kind, row)
        ]
        reported = [(kind, row, bodies.get(self.reporter(row) or 0)) for kind, row in alone]
        found += [self._due(kind, row, body) for kind, row, body in reported if body is not None]
        return [due for due in found if self.institutions is None or due.institution.id in self.institutions]

    @cached_property
    def waiting(self) -> list[Due]:
        """What institutions still have to write, send or mend."""
        return [due for due in self.all if due.waits]

    def reporter(self, row: Any) -> int | None:
        """The institution (row id) that reports on an indicator or milestone: the one named, or who leads its row."""
        if row.responsible_id is not None:
            return int(row.responsible_id)
        holder = row.activity or getattr(row, "output", None) or row.objective
        lead = effective_lead(holder)
        return lead.id if lead else None

    def _about_activity(self, activity: Activity) -> Due:
        lead = effective_lead(activity)
        assert lead is not None  # only those that somebody leads are read
        own = [row for row in self._of_activity["indicator"][activity.id] if self.reporter(row) == lead.id]
        steps = [row for row in self._of_activity["milestone"][activity.id] if self.reporter(row) == lead.id]
        told = getattr(self._updates.get(("activity", activity.id)), "figures", None) or {}
        return self._due(
            "activity",
            activity,
            lead,
            indicators=[row for row in own if self._asks_indicator(row) or row.key in told],
            milestones=[row for row in steps if self.before.milestone(row).state not in FINAL_MILESTONES],
            lines=[row for row in self._lines[activity.id] if self._asks_line(row)],
        )

    def _due(self, kind: str, row: Any, institution: Institution, **parts: Any) -> Due:
        if kind != "activity":
            parts = {f"{kind}s": [row]}
        update, last, stands = (told.get((kind, row.id)) for told in (self._updates, self._last, self._standing))
        return Due(self.period, institution, kind, row, update, last, stands, **parts, before=self.before)

    def _asks_activity(self, activity: Activity) -> bool:
        if ("activity", activity.id) in self._updates:
            return True
        return is_asked(activity.starts, self.period, self.before.status(activity))

    def _asks_alone(self, kind: str, row: Any) -> bool:
        if (kind, row.id) in self._updates:
            return True
        return self._asks_indicator(row) if kind == "indicator" else self._asks_milestone(row)

    def _asks_indicator(self, indicator: Indicator) -> bool:
        """Whether one of the days on which it is measured, counted from the start of the plan, lies in the period."""
        if indicator.reported_by == BY_THE_UN:
            return False
        if self.period.ends >= self.plan.ends:
            return True
        every, times = indicator.frequency_months or self.plan.reporting_months, 1
        while (day := months_later(self.plan.starts, every * times)) <= self.period.starts:
            times += 1
        return day <= self.period.ends + ONE_DAY

    def _asks_milestone(self, milestone: Milestone) -> bool:
        state = self.before.milestone(milestone).state
        if state in FINAL_MILESTONES:
            return False
        begun = state not in (None, "planned")
        return begun or (milestone.due is not None and last_day(milestone.due) <= self.period.ends)

    def _asks_line(self, line: BudgetLine) -> bool:
        begins = fiscal_year_begins(line.year, self.plan.fiscal_year_starts) if line.year else None
        return begins is None or begins <= self.period.ends

    @cached_property
    def _written(self) -> Sequence[ProgressUpdate]:
        """All that was written for this period, the oldest first."""
        query = select(ProgressUpdate).where(ProgressUpdate.period_id == self.period.id).order_by(ProgressUpdate.id)
        return db.session.scalars(query.options(joinedload(ProgressUpdate.institution))).all()

    @cached_property
    def _updates(self) -> dict[tuple[str, int], ProgressUpdate]:
        """The newest of it by what it is about."""
        return by_subject(self._written)

    @cached_property
    def _standing(self) -> dict[tuple[str, int], ProgressUpdate]:
        """The newest of it that counts."""
        return by_subject(update for update in self._written if update.counts)

    @cached_property
    def _last(self) -> dict[tuple[str, int], ProgressUpdate]:
        return by_subject(self.before.updates)

    @cached_property
    def _activities(self) -> Sequence[Activity]:
        query = (
            select(Activity)
            .join(Pillar, Pillar.id == Activity.pillar_id)
            .outerjoin(Objective, Objective.id == Activity.objective_id)
            .outerjoin(Output, Output.id == Activity.output_id)
            .where(Activity.plan_id == self.plan.id, Activity.archived_at.is_(None))
            .where(EFFECTIVE_LEAD.is_not(None), readable(self.who, self.plan.id))
            .where(EFFECTIVE_LEAD.in_(self.institutions) if self.institutions is not None else true())
        )
        above = (contains_eager(Activity.pillar), contains_eager(Activity.objective), contains_eager(Activity.output))
        return self._adopted(db.session.scalars(query.options(*above).order_by(*IN_PLAN_ORDER)).all())

    @cached_property
    def _indicators(self) -> Sequence[Indicator]:
        return self._hanging(Indicator)

    @cached_property
    def _milestones(self) -> Sequence[Milestone]:
        return self._hanging(Milestone)

    def _hanging(self, model: Any) -> Sequence[Any]:
        """The living indicators or milestones that the reader may know of, each with the rows above it."""
        query = select(model).outerjoin(Activity, Activity.id == model.activity_id)
        query = query.outerjoin(Output, Output.id == Activity.output_id)
        query = query.outerjoin(Objective, Objective.id == Activity.objective_id)
        living = and_(Activity.archived_at.is_(None), readable(self.who, self.plan.id))
        query = query.where(model.plan_id == self.plan.id, model.archived_at.is_(None))
        above = [joinedload(model.activity), joinedload(model.objective), joinedload(model.responsible)]
        above += [joinedload(model.output)] if model is Indicator else []
        query = query.where(or_(model.activity_id.is_(None), living)).options(*above)
        return self._adopted(db.session.scalars(query.order_by(model.position, model.id)).all())

    @cached_property
    def _adopted(self) -> Callable[[Sequence[Any]], Sequence[Any]]:
        return only_adopted(self.plan)

    @cached_property
    def _of_activity(self) -> Mapping[str, Mapping[int, list[Any]]]:
        found: dict[str, dict[int, list[Any]]] = {kind: defaultdict(list) for kind in SUBJECTS}
        for kind, rows in (("indicator", self._indicators), ("milestone", self._milestones)):
            for row in rows:
                if row.activity_id is not None:
                    found[kind][row.activity_id].append(row)
        return found

    @cached_property
    def _lines(self) -> Mapping[int, list[BudgetLine]]:
        found: dict[int, list[BudgetLine]] = defaultdict(list)
        query = select(BudgetLine).join(Activity).where(Activity.plan_id == self.plan.id)
        query = query.options(joinedload(BudgetLine.funder)).order_by(BudgetLine.position)
        for line in self._adopted(db.session.scalars(query).all()):
            found[line.activity_id].append(line)
        return found

    @cached_property
    def _bodies(self) -> Mapping[int, Institution]:
        """Every institution, so that whoever leads or reports is known to the session and not asked for row by row."""
        return {body.id: body for body in db.session.scalars(select(Institution))}


def is_asked(starts: str | None, period: ReportingPeriod, said_before: str | None) -> bool:
    """Whether an update on an activity is due in a period: it has begun by its end, and was not over before."""
    begun = starts is None or first_day(starts) <= period.ends
    return begun and said_before not in FINAL_STATUSES


def due_at(period: ReportingPeriod, kind: str, key: str, who: Actor) -> Due:
    """What is due about one row, also where it is no longer asked but was reported. Raises Missing."""
    if kind not in SUBJECTS:
        raise Missing
    found = next((due for due in Asked(period, who).all if due.kind == kind and due.row.key == key), None)
    if found is None:
        raise Missing
    return found


def subject_of(update: ProgressUpdate) -> Any:
    """The activity, indicator or milestone that an update is about."""
    return update.activity or update.indicator or update.milestone
