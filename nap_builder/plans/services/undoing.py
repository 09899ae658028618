"""Taking back: every act on rows and paragraphs leaves how they stood, and whoever did it may put that back."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import delete

from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import AuditEntry, head, record
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db
from nap_builder.kernel.errors import DomainError, WrongState
from nap_builder.kernel.languages import _
from nap_builder.plans.events.undoing import UNDONE, as_argument
from nap_builder.plans.levels import ROWS, kind_of
from nap_builder.plans.models.framework import Activity
from nap_builder.plans.models.narrative import Paragraph, ParagraphText, Photograph, Section
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.models.undo import Undo
from nap_builder.plans.policy import above
from nap_builder.plans.queries import framework
from nap_builder.plans.queries.narrative import living
from nap_builder.plans.queries.undoing import Done, done_since, in_time
from nap_builder.plans.services.standing import Step, moved_on, put_back, row_of, standing, steps_between
from nap_builder.plans.services.touch import changed

KEPT_FOR = timedelta(days=1)
_OPEN, _LEFT = "plans.undoing.open", "plans.undoing.left"


class ChangedSince(DomainError):
    """Somebody changed a row since the act that was to be undone. `since` is what they did, the newest first."""

    status = 409

    def __init__(self, since: Sequence[AuditEntry]) -> None:
        super().__init__()
        self.since = since


@dataclass
class Remembered:
    """An act under way: the rows that it added, and at its end what can be undone (None for a command)."""

    added: list[Any] = field(default_factory=list)
    undo: Undo | None = None


@contextmanager
def undoable(by: Actor, plan: Plan, *rows: Any) -> Iterator[Remembered]:
    """An act that changes these rows of a plan, and may add others: leaves how they stood, and dates the plan.

    Every service that writes rows, paragraphs or sections does so within it, and records its act there. One inside
    another belongs to the outer one, which names all rows. Raises WrongState for an adopted plan.
    """
    outer = db.session.info.get(_OPEN)
    if outer is not None:
        yield outer
        return
    act = db.session.info[_OPEN] = Remembered()
    try:
        before, first = standing(rows), head().number + 1
        yield act
        after = standing(rows) | standing(act.added, parts=False)
        if by.signed_in and (steps := steps_between(before, after)):
            _keep(by, plan, act, steps, first)
    finally:
        del db.session.info[_OPEN]
    changed(plan)


def _keep(by: Actor, plan: Plan, act: Remembered, steps: list[Step], first: int) -> None:
    place = {"plan_id": plan.id, "person_id": by.id}
    act.undo = Undo(**place, first_entry=first, last_entry=head().number, steps=steps)
    db.session.add(act.undo)
    db.session.flush()
    db.session.info[_LEFT] = act.undo.key


def left() -> str | None:
    """The key of what can be undone after the act of this transaction; None after no act."""
    key: str | None = db.session.info.pop(_LEFT, None)
    return key


def undo(by: Actor, done: Done) -> None:
    """Makes the rows stand as they did before an act. It cannot be undone itself.

    Raises ChangedSince, and WrongState when it is undone already, too late, or what it needs is gone or taken.
    """
    kept = done.undo
    if kept.undone_at is not None:
        raise WrongState(_("This is undone already."))
    if not in_time(kept):
        raise WrongState(_("This could be undone for 30 minutes. That time is over, and nothing was undone."))
    if other := moved_on(kept.steps):
        found = [row_of(step) for step in other]
        raise ChangedSince(done_since(kept, [row.key for row in found if hasattr(row, "key")]))
    _can_stand(kept.steps)
    put_back(kept.steps)
    _stand_somewhere(kept.steps)
    _remember(by, kept.steps)
    kept.undone_at = now()
    for entry in done.entries:
        _record(by, done, entry)
    changed(done.plan)


def _can_stand(steps: Sequence[Step]) -> None:
    """Refuses to archive what was added when something else hangs on it now, and a code that another row took since."""
    added = [row_of(step) for step in steps if step["was"] is None]
    for step in steps:
        row, was = row_of(step), step["was"]
        if was is None and _holds_something(row, but=added):
            raise WrongState(_("Something was added to it since. Nothing was undone."))
        if was is None or row is None or kind_of(row) not in ROWS or was.get("archived_at", row.archived_at):
            continue
        code = was.get("code", row.code)
        if framework.code_is_taken(row.plan, kind_of(row), code, but=row):
            raise WrongState(_("Another row has the number %(code)s now. Nothing was undone.", code=code))


def _holds_something(row: Any, *, but: Sequence[Any]) -> bool:
    if isinstance(row, Section):
        return any(one not in but for one in living(row))
    if kind_of(row) not in ROWS:
        return False
    money = framework.lines_of(row) if isinstance(row, Activity) else ()
    return bool(money) or any(one.archived_at is None and one not in but for one in framework.beneath(row))


def _stand_somewhere(steps: Sequence[Step]) -> None:
    """Refuses rows under one that was archived since. Raises WrongState, which takes all back."""
    for step in steps:
        row = row_of(step)
        if row is None or getattr(row, "archived_at", None) is not None:
            continue
        over = row.section if isinstance(row, Paragraph | Photograph) else above(row)
        if over is not None and over.archived_at is not None:
            raise WrongState(_("Restore what it stands under first."))


def _remember(by: Actor, steps: Sequence[Step]) -> None:
    """Adds to the history of paragraphs that say something else now, or are there again, or gone."""
    for step in steps:
        if step["table"] == Paragraph.__tablename__ and step["version"] is not None:
            text = row_of(step).text
            db.session.add(ParagraphText(paragraph_id=step["id"], by=by.name, act=UNDONE.word, text=text))


def _record(by: Actor, done: Done, entry: AuditEntry) -> None:
    subject = next(row for row in done.rows if row.key == entry.subject_key)
    told = entry.content
    undone = as_argument(entry.word, by.name, told.arguments if told else {})
    changes = {name: (after, before) for name, (before, after) in told.changes.items()} if told else {}
    record(UNDONE, by, subject, changes=changes, plan=done.plan.slug, undone=undone)


def forget_old() -> None:
    """Drops what could be undone more than a day ago, within the open transaction."""
    db.session.execute(delete(Undo).where(Undo.at < now() - KEPT_FOR))
