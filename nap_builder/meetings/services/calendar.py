"""The calendar of the process: made from a start date, then kept step by step. Called inside a transaction."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import record
from nap_builder.kernel.database import db, unchanged_since
from nap_builder.kernel.errors import BadInput, WrongState
from nap_builder.kernel.languages import _, words_in
from nap_builder.meetings import events, queries
from nap_builder.meetings.lead_times import LEADS, usual_days
from nap_builder.meetings.models import Step
from nap_builder.meetings.names import DONE, DROPPED, OPEN
from nap_builder.plans.models.plan import Plan

OWN_STEPS_COME_LAST = len(LEADS)
LAST_DAY = date(2100, 12, 31)
Words = dict[str, str]


@dataclass(frozen=True)
class Dated:
    """The day that a step gets: `before` is None where there is no such step yet, `step` is None as well then."""

    kind: str | None
    step: Step | None
    before: date | None
    after: date


def laid_out(plan: Plan, start: date, pace: str) -> list[Dated]:
    """The days that the usual steps get from a start, in order; those done or dropped keep theirs and are left out."""
    there = {step.kind: step for step in queries.steps_of(plan) if step.kind}
    found = []
    for kind, day in usual_days(start, pace, plan.reporting_months).items():
        step = there.get(kind)
        if step is None or step.state == OPEN:
            found.append(Dated(kind, step, step.due if step else None, day))
    return sorted(found, key=lambda dated: (dated.after, list(LEADS).index(dated.kind or "")))


def make_calendar(by: Actor, plan: Plan, start: date, pace: str) -> None:
    """Gives the usual steps their days from a start; what is done or dropped and own steps stay as they are."""
    found = laid_out(plan, start, pace)
    for dated in found:
        if dated.step is not None:
            dated.step.due = dated.after
        elif dated.kind is not None:
            place = {"phase": LEADS[dated.kind].phase, "position": list(LEADS).index(dated.kind)}
            db.session.add(Step(plan=plan, kind=dated.kind, due=dated.after, **place))
    record(events.CALENDAR_MADE, by, plan, changes=_told(found))


def add_step(by: Actor, plan: Plan, title: Words, phase: str, due: date) -> Step:
    """Adds a step of the State's own."""
    step = Step(plan=plan, title=title, phase=phase, due=due, position=OWN_STEPS_COME_LAST)
    db.session.add(step)
    db.session.flush()
    changes = {"title": (None, title), "phase": (None, phase), "due": (None, due)}
    record(events.STEP_ADDED, by, step, changes=changes, step=_named(step))
    return step


def name_step(by: Actor, step: Step, title: Words, phase: str, *, seen: int | None) -> None:
    """Writes what a step of the State's own is called, and its phase. Raises StaleEdit, WrongState for a usual step."""
    unchanged_since(step, seen)
    if step.kind is not None:
        raise WrongState(_("This is a usual step. It can be moved, marked as done or dropped."))
    pairs = {"title": (step.title, title), "phase": (step.phase, phase)}
    step.title, step.phase = title, phase
    changes = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
    record(events.STEP_NAMED, by, step, changes=changes, step=_named(step))


def moved(step: Step, due: date, *, shift: bool) -> list[Dated]:
    """The days that a step and, with `shift`, the open ones after it get when it falls on another day.

    Raises BadInput where a step would fall after the year 2100.
    """
    later = queries.after(step) if shift else []
    by = due - step.due
    if by > timedelta() and any(one.due > LAST_DAY - by for one in later):
        raise BadInput("due", _("A later step would fall after the year 2100. Choose an earlier day."))
    return [Dated(one.kind, one, one.due, one.due + by) for one in (step, *later)]


def move_step(by: Actor, step: Step, due: date, *, shift: bool, seen: int | None) -> int:
    """Moves a step, and the later ones by as many days where asked; returns how many moved.

    Raises StaleEdit, BadInput, and WrongState for a step that is done or dropped.
    """
    unchanged_since(step, seen)
    if step.state != OPEN:
        raise WrongState(_("Only a step that is still to do can be moved."))
    if due == step.due:
        raise BadInput("due", _("It falls on that day already. Choose another."))
    found = moved(step, due, shift=shift)
    for dated in found:
        assert dated.step is not None
        dated.step.due = dated.after
    record(events.STEP_MOVED, by, step, changes=_told(found), step=_named(step))
    return len(found)


def mark(by: Actor, step: Step, state: str, *, seen: int | None, on: date | None = None) -> None:
    """Says that a step is done (today where no day is given), dropped or to do again. Raises StaleEdit, WrongState."""
    unchanged_since(step, seen)
    if step.state == state or {step.state, state} == {DONE, DROPPED}:
        raise WrongState(_("The step stands otherwise by now. Look at it again."))
    changes = {"state": (step.state, state)}
    day = on or queries.today_of(step.plan)
    step.state, step.done_on = state, day if state == DONE else None
    record(events.STEP_MARKED, by, step, changes=changes, step=_named(step))


def _named(step: Step) -> str:
    """The step as the trail names it: the word of a usual one, or what the State calls its own."""
    return step.kind or words_in(step.title, step.plan.first_language)


def _told(found: Iterable[Dated]) -> dict[str, tuple[date | None, date]]:
    """What the trail keeps of steps that got a day, by what each is called."""
    return {_label(dated): (dated.before, dated.after) for dated in found if dated.before != dated.after}


def _label(dated: Dated) -> str:
    return events.STEP_MEMBER + dated.kind if dated.kind else words_in(dated.step.title if dated.step else None)
