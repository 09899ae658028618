"""One value set on several activities at once: what can be set is saved together, the rest is left alone and named."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nap_builder.kernel.actor import Actor
from nap_builder.kernel.errors import DomainError, MalformedForm
from nap_builder.plans.models.framework import Activity
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.models.undo import Undo
from nap_builder.plans.queries.framework import history_of
from nap_builder.plans.services import rows
from nap_builder.plans.services.undoing import undoable

CHANGED, UNCHANGED, ARCHIVED, SAVED_SINCE = "changed", "unchanged", "archived", "saved_since"
NOT_YOURS, ENDS_FIRST, GONE = "not_yours", "ends_first", "gone"
Values = Mapping[str, Any]


@dataclass(frozen=True)
class Ticked:
    """A row that a person ticked: its key, the activity where it is there for them, the version that they saw."""

    key: str
    activity: Activity | None
    seen: int | None = None


@dataclass(frozen=True)
class Outcome:
    """What becomes of a ticked row, by a key of `names.OUTCOMES`; `who` changed it, where somebody did."""

    key: str
    word: str
    who: str = ""


class NothingSet(DomainError):
    """Not one of the ticked rows could be set, or all said so already. `outcomes` tells of each."""

    status = 409

    def __init__(self, outcomes: Sequence[Outcome]) -> None:
        super().__init__()
        self.outcomes = outcomes


def outcome_of(ticked: Ticked, values: Values, may_write: Callable[[Activity], bool]) -> Outcome:
    """What setting these columns would do with a row, as it stands now."""
    activity = ticked.activity
    if activity is None:
        return Outcome(ticked.key, GONE)
    if activity.archived_at is not None:
        return Outcome(ticked.key, ARCHIVED)
    if not may_write(activity):
        return Outcome(ticked.key, NOT_YOURS)
    if ticked.seen is not None and ticked.seen != activity.row_version:
        return Outcome(ticked.key, SAVED_SINCE, _who_wrote(activity))
    if all(getattr(activity, name) == value for name, value in values.items()):
        return Outcome(ticked.key, UNCHANGED)
    whole = _whole(activity, values)
    return Outcome(ticked.key, ENDS_FIRST if rows.ends_first(whole["starts"], whole["ends"]) else CHANGED)


def set_values(
    by: Actor, plan: Plan, kind: str, values: Values, ticked: Sequence[Ticked], may_write: Callable[[Activity], bool]
) -> Undo:
    """Sets columns of the ticked activities, all as one act; `kind` is what is set: lead or dates.

    Returns what can be undone, with the report of each row. Raises NothingSet, MalformedForm for a row without the
    version that was seen, WrongState.
    """
    if any(one.seen is None for one in ticked):
        raise MalformedForm
    outcomes = [outcome_of(one, values, may_write) for one in ticked]
    to_set = [one.activity for one, found in zip(ticked, outcomes, strict=True) if found.word == CHANGED]
    chosen = [activity for activity in to_set if activity is not None]
    if not chosen:
        raise NothingSet(outcomes)
    with undoable(by, plan, *chosen) as act:
        for activity in chosen:
            rows.change(by, activity, _whole(activity, values), seen=activity.row_version)
    undo = act.undo
    if undo is None:
        raise RuntimeError("only a person ticks rows")
    undo.report = {"kind": kind, "rows": [[one.key, one.word, one.who] for one in outcomes]}
    return undo


def _whole(activity: Activity, values: Values) -> dict[str, Any]:
    """The columns with both dates, since one is judged by the other."""
    return {"starts": activity.starts, "ends": activity.ends, **values}


def _who_wrote(activity: Activity) -> str:
    entries = history_of(activity.plan, [activity.key], limit=1)
    return entries[0].content.actor_name if entries and entries[0].content else ""
