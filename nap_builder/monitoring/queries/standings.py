"""How each activity of a plan stands by what was reported until a day, as far as a reader may know of it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from nap_builder.kernel.actor import Actor
from nap_builder.kernel.database import db
from nap_builder.monitoring.models import VERIFIED
from nap_builder.monitoring.progress.names import ACTIVITY_KINDS
from nap_builder.monitoring.progress.standing import Standing, standing_of
from nap_builder.monitoring.queries.adopted import Adopted
from nap_builder.monitoring.queries.record import Record
from nap_builder.plans.models.framework import Activity, Objective, Output, Pillar
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.framework import IN_PLAN_ORDER, readable
from nap_builder.plans.queries.parts import effective_lead
from nap_builder.taskforce.models import Institution

Words = Mapping[str, str]
GOOD = frozenset({"completed", "on_track"})
TROUBLED = frozenset({"late", "blocked", "at_risk"})
# From the worst news to the best. What is dropped or carried over is neither.
LADDER = ("blocked", "late", "at_risk", "not_started", "on_track", "completed")


@dataclass(frozen=True, slots=True)
class Moment:
    """What is reported until a day, and the day by which the calendar judges it."""

    record: Record
    on: date


@dataclass(frozen=True, slots=True)
class Head:
    """A pillar or objective, as a row below it names it."""

    key: str
    code: str
    title: Words


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """An activity and how it stands, now and at the moment before (None where there is none).

    Everything the plan says of it is as the reader may read it: the public sees the adopted words while an amendment is
    being written. `themes` is that of its objective, else of its pillar, then the pillar's other ones; `mandates` are
    its own and its objective's. `verified` says that somebody of another institution checked its status.
    """

    id: int
    key: str
    code: str
    title: Words
    starts: str | None
    ends: str | None
    timing: str
    lead: Institution | None
    pillar: Head
    objective: Head | None
    themes: tuple[str, ...]
    areas: tuple[str, ...]
    mandates: tuple[str, ...]
    restricted: bool
    standing: Standing
    before: Standing | None
    verified: bool = False

    @property
    def status(self) -> str:
        """One of `names.ACTIVITY_STATUSES`."""
        return self.standing.status

    @property
    def troubled(self) -> bool:
        """Whether it is late, blocked or at risk."""
        return self.status in TROUBLED


@dataclass(frozen=True)
class Counts:
    """How many activities stand how; a status that none has is 0."""

    by: Mapping[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """All of them, the dropped ones and those carried over too."""
        return sum(self.by.values())

    @property
    def good(self) -> int:
        """Those that are finished or on track."""
        return sum(self.by.get(status, 0) for status in GOOD)

    def of(self, status: str) -> int:
        """Those with one status."""
        return self.by.get(status, 0)

    def parts(self) -> list[tuple[str, int]]:
        """Each status with its number, in the usual order."""
        return [(status, self.of(status)) for status in ACTIVITY_KINDS]


@dataclass(frozen=True)
class Moved:
    """What changed between two moments, by `LADDER`. Those newly late and finished are among those down and up."""

    up: tuple[ActivityRow, ...] = ()
    down: tuple[ActivityRow, ...] = ()
    newly_late: tuple[ActivityRow, ...] = ()
    finished: tuple[ActivityRow, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.up or self.down)


def counts_of(rows: Iterable[ActivityRow]) -> Counts:
    """How many of these activities stand how."""
    return Counts(Counter(row.status for row in rows))


def counts_before(rows: Iterable[ActivityRow]) -> Counts:
    """How many of these activities stood how at the moment before."""
    return Counts(Counter(row.before.status for row in rows if row.before))


def moved(rows: Sequence[ActivityRow]) -> Moved:
    """What changed since the moment before; nothing where there is none."""
    steps = [(row, _step(row)) for row in rows]
    changed = [row for row in rows if row.before and row.before.status != row.status]
    return Moved(
        up=tuple(row for row, step in steps if step > 0),
        down=tuple(row for row, step in steps if step < 0),
        newly_late=tuple(row for row in changed if row.status == "late"),
        finished=tuple(row for row in changed if row.status == "completed"),
    )


def _step(row: ActivityRow) -> int:
    if row.before is None or row.status not in LADDER or row.before.status not in LADDER:
        return 0
    return LADDER.index(row.status) - LADDER.index(row.before.status)


def activity_rows(
    plan: Plan, who: Actor, now: Moment, before: Moment | None = None, adopted: Adopted | None = None
) -> list[ActivityRow]:
    """The living activities of a plan that a person may read, in its order; one statement.

    With `adopted` what stands in the adopted version, in its words, whatever the amendment archives or adds.
    """
    living = Activity.archived_at.is_(None) if adopted is None else Activity.key.in_(adopted.paths)
    query = (
        select(Activity)
        .join(Pillar, Pillar.id == Activity.pillar_id)
        .outerjoin(Objective, Objective.id == Activity.objective_id)
        .outerjoin(Output, Output.id == Activity.output_id)
        .where(Activity.plan_id == plan.id, living, readable(who, plan.id))
    )
    above = (
        joinedload(Activity.lead),
        contains_eager(Activity.pillar),
        contains_eager(Activity.objective).joinedload(Objective.lead),
        contains_eager(Activity.output).joinedload(Output.lead),
    )
    found = db.session.scalars(query.options(*above).order_by(*IN_PLAN_ORDER)).all()
    return [_row(activity, now, before, adopted) for activity in found]


def _row(activity: Activity, now: Moment, before: Moment | None, adopted: Adopted | None) -> ActivityRow:
    path: Sequence[Any] = adopted.path(activity.key) if adopted else _path(activity)
    pillar, objective, said = path[0], path[1] if len(path) > 2 else None, path[-1]
    update = now.record.activities.get(activity.id)
    return ActivityRow(
        id=activity.id,
        key=activity.key,
        code=said.code,
        title=said.title,
        starts=said.starts,
        ends=said.ends,
        timing=said.timing,
        lead=adopted.lead(activity.key) if adopted else effective_lead(activity),
        pillar=_head(pillar),
        objective=_head(objective) if objective else None,
        themes=_themes(pillar, objective),
        areas=tuple(pillar.areas or ()),
        mandates=tuple(dict.fromkeys([*(said.mandates or ()), *((objective.mandates or ()) if objective else ())])),
        restricted=activity.restricted,
        standing=_standing(activity, said, now),
        before=_standing(activity, said, before) if before else None,
        verified=update is not None and update.state == VERIFIED,
    )


def _path(activity: Activity) -> list[Any]:
    """The rows from the pillar down to an activity, itself the last."""
    return [activity.pillar, *(row for row in (activity.objective, activity.output) if row is not None), activity]


def _head(row: Any) -> Head:
    return Head(row.key, row.code, row.title)


def _themes(pillar: Any, objective: Any) -> tuple[str, ...]:
    first = (objective.theme if objective else None) or pillar.theme
    return tuple(dict.fromkeys([*([first] if first else []), *(pillar.also_themes or ())]))


def _standing(activity: Activity, said: Any, moment: Moment) -> Standing:
    return standing_of(moment.record.status(activity), said.starts, said.ends, moment.on)
