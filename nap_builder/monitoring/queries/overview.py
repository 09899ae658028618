"""How a plan stands: the one place where activities, reports, indicators and money are counted for whoever reads.

Staff pages, public pages, the CSV and reports show these same sums. All are drawn from `record_of`, and from rows that
the reader may read: restricted activities are neither shown nor counted for others. The public sees unrestricted rows
and verified figures of published periods alone, and no draft of an amendment.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from nap_builder.kernel.actor import NOBODY, Actor
from nap_builder.kernel.clock import today
from nap_builder.kernel.errors import Missing
from nap_builder.monitoring.models import COUNTED, PLANNED, ReportingPeriod
from nap_builder.monitoring.progress.spending import Use, use_of
from nap_builder.monitoring.progress.thresholds import Thresholds
from nap_builder.monitoring.queries.adopted import adopted_words
from nap_builder.monitoring.queries.came import Came, came_of
from nap_builder.monitoring.queries.due import Asked, Due
from nap_builder.monitoring.queries.money import MoneyRow, money_rows
from nap_builder.monitoring.queries.periods import periods, status_rule, thresholds_of
from nap_builder.monitoring.queries.record import Record, record_of
from nap_builder.monitoring.queries.standings import (
    ActivityRow,
    Counts,
    Head,
    Moment,
    Moved,
    activity_rows,
    counts_before,
    counts_of,
    moved,
)
from nap_builder.monitoring.queries.watched import Watched, indicators_of, to_watch
from nap_builder.plans.models.framework import Pillar
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.framework import pillars
from nap_builder.taskforce.models import Institution


@dataclass(frozen=True)
class Group:
    """Activities that have something in common, such as their pillar, with their money; `key` is what that is."""

    key: str
    rows: tuple[ActivityRow, ...]
    money: tuple[MoneyRow, ...] = ()
    head: Head | None = None

    @cached_property
    def counts(self) -> Counts:
        """How many of them stand how."""
        return counts_of(self.rows)

    @cached_property
    def use(self) -> Use:
        """What became of their money."""
        return use_of(row.outlay for row in self.money)


@dataclass(frozen=True)
class Silence:
    """An institution that owes updates of a period: those that are not sent, or came back, and how many it was asked.

    `days_late` counts from the day that they were due; below nought are days to come.
    """

    institution: Institution
    missing: tuple[Due, ...]
    asked: int
    days_late: int


@dataclass(frozen=True)
class Overview:
    """How a plan stands at the end of a period, or today while that has not ended or where there is none.

    `before` is the period before it, `on` the day by which the calendar judges, `dues` what was asked for the period
    (nothing is, for the public). `title` is the plan's: for the public, while it is amended, the one that stands
    adopted. `record` knows restricted rows too: it is asked about rows of the overview alone.
    """

    plan: Plan
    title: Mapping[str, str]
    period: ReportingPeriod | None
    before: ReportingPeriod | None
    on: date
    record: Record
    rows: tuple[ActivityRow, ...]
    pillars: tuple[Group, ...]
    dues: tuple[Due, ...]
    indicators: tuple[Watched, ...]
    money: tuple[MoneyRow, ...]
    thresholds: Thresholds
    public: bool

    @cached_property
    def counts(self) -> Counts:
        """How many activities stand how."""
        return counts_of(self.rows)

    @cached_property
    def counts_before(self) -> Counts | None:
        """How many stood how at the end of the period before; None where there is none."""
        return counts_before(self.rows) if self.before else None

    @cached_property
    def moved(self) -> Moved:
        """What changed since the period before."""
        return moved(self.rows)

    @cached_property
    def troubled(self) -> tuple[ActivityRow, ...]:
        """The activities that are late, blocked or at risk: the latest first, then in the order of the plan."""
        order = {"late": 0, "blocked": 1, "at_risk": 2}
        rows = [row for row in self.rows if row.troubled]
        return tuple(sorted(rows, key=lambda row: (order[row.status], -row.standing.days_late)))

    @cached_property
    def watched(self) -> list[Watched]:
        """The indicators to watch."""
        return to_watch(self.indicators)

    @cached_property
    def use(self) -> Use:
        """What became of the money."""
        return use_of(row.outlay for row in self.money)

    @cached_property
    def silent(self) -> tuple[Silence, ...]:
        """The institutions that still owe updates of the period, those that owe most first."""
        return _silent(self.dues)

    @cached_property
    def came(self) -> Came:
        """How many updates of the period have come in."""
        return came_of(self.dues)


def shown_periods(plan: Plan, *, public: bool = False) -> list[ReportingPeriod]:
    """The periods that can be looked at, the first one first: those begun; for the public those published."""
    if public:
        return [period for period in periods(plan) if period.published_at is not None]
    return [period for period in periods(plan) if period.state != PLANNED]


def chosen(found: Sequence[ReportingPeriod], ends: str = "") -> ReportingPeriod | None:
    """The period that ends on a day (YYYY-MM-DD), the newest where none is named; None of none. Raises Missing."""
    if not ends:
        return found[-1] if found else None
    for period in found:
        if period.ends.isoformat() == ends:
            return period
    raise Missing


def overview(plan: Plan, who: Actor, ends: str = "", *, public: bool = False) -> Overview:
    """How a plan stands at the end of a period (the newest where none is named), as a person may know of it.

    With `public` as everybody may, whoever reads. The number of statements does not grow with the plan. Raises Missing
    where no such period is there.
    """
    who = NOBODY if public else who
    found = shown_periods(plan, public=public)
    period = chosen(found, ends)
    before = next((one for one in reversed(found) if period and one.ends < period.ends), None)
    asked = Asked(period, who) if period and not public else None
    now = moment(plan, period, public=public)
    then = _moment_before(plan, before, asked, public=public)
    amended = adopted_words(plan) if public else None
    rows = activity_rows(plan, who, now, then, amended)
    money = money_rows(plan, who, now.record) if amended is None else []
    thresholds = thresholds_of(status_rule(plan))
    return Overview(
        plan=plan,
        title=amended.title if amended else plan.title,
        period=period,
        before=before,
        on=now.on,
        record=now.record,
        rows=tuple(rows),
        pillars=by_pillar(pillars(plan) if amended is None else (), rows, money),
        dues=tuple(asked.all) if asked else (),
        indicators=tuple(indicators_of(plan, who, now, thresholds)) if amended is None else (),
        money=tuple(money),
        thresholds=thresholds,
        public=public,
    )


def moment(plan: Plan, period: ReportingPeriod | None, *, public: bool = False) -> Moment:
    """What is reported until the end of a period (everything where there is none), and the day that judges it."""
    record = record_of(plan, until=period.ends if period else None, public=public)
    return Moment(record, judged_on(plan, period))


def judged_on(plan: Plan, period: ReportingPeriod | None) -> date:
    """The last day of a period; today while it has not ended, or where there is none."""
    now = today(plan.timezone)
    return min(period.ends, now) if period else now


def by_pillar(
    heads: Iterable[Pillar], rows: Sequence[ActivityRow], money: Sequence[MoneyRow] = ()
) -> tuple[Group, ...]:
    """The activities by pillar: those of these pillars first, in their order, also where they have none."""
    named = {head.key: Head(head.key, head.code, head.title) for head in heads}
    order = list(named)
    named |= {row.pillar.key: row.pillar for row in rows}
    grouped = grouped_by(rows, lambda row: (row.pillar.key,), money, order)
    return tuple(Group(group.key, group.rows, group.money, named[group.key]) for group in grouped)


def grouped_by(
    rows: Iterable[ActivityRow],
    keys: Callable[[ActivityRow], Iterable[str]],
    money: Iterable[MoneyRow] = (),
    order: Iterable[str] = (),
) -> list[Group]:
    """The activities by what they have in common, each under every key of its own; in an order, then as they come."""
    members: dict[str, list[ActivityRow]] = {key: [] for key in order}
    for row in rows:
        for key in keys(row):
            members.setdefault(key, []).append(row)
    lines: dict[int, list[MoneyRow]] = {}
    for one in money:
        lines.setdefault(one.line.activity_id, []).append(one)
    return [
        Group(key, tuple(own), tuple(line for row in own for line in lines.get(row.id, ())))
        for key, own in members.items()
    ]


def _moment_before(plan: Plan, before: ReportingPeriod | None, asked: Asked | None, *, public: bool) -> Moment | None:
    """The moment before; where reports are asked for, what was reported before the period is read already."""
    if before is None:
        return None
    if asked is not None and before.ends < asked.period.starts:
        return Moment(asked.before, judged_on(plan, before))
    return moment(plan, before, public=public)


def _silent(dues: Iterable[Due]) -> tuple[Silence, ...]:
    """Who owes what, those who owe most first."""
    found: dict[int, list[Due]] = {}
    for due in dues:
        found.setdefault(due.institution_id, []).append(due)
    silences = []
    for own in found.values():
        missing = tuple(due for due in own if due.state not in COUNTED)
        if missing:
            silences.append(Silence(own[0].institution, missing, len(own), own[0].days_late))
    return tuple(sorted(silences, key=lambda one: (-len(one.missing), one.institution.code)))
