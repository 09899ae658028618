"""The updates that the institutions of a person owe, and how what they lead goes by what was last said."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from nap_builder.commitments.queries import Line
from nap_builder.kernel.access import POLICY, can
from nap_builder.kernel.actor import Actor
from nap_builder.monitoring.models import RETURNED, ProgressUpdate
from nap_builder.monitoring.queries.due import Asked, Due
from nap_builder.monitoring.queries.periods import is_carried_out, open_periods
from nap_builder.monitoring.queries.record import record_of
from nap_builder.monitoring.queries.written import open_corrections
from nap_builder.plans.queries.plan import readable_plans

NOT_STARTED = "not_started"


@dataclass(frozen=True)
class Owed:
    """What is due in the open periods of all plans, what came back first, then by its day, then in the plan's order.

    `statuses` counts the activities that the institutions lead, by the status that was last said of them. A correction
    that is not sent yet stands among `corrections`, also where its period is closed.
    """

    all: Sequence[Due] = ()
    statuses: Mapping[str, int] = field(default_factory=dict)
    corrections: Sequence[ProgressUpdate] = ()

    @cached_property
    def waiting(self) -> list[Due]:
        """What still has to be written, sent or mended."""
        waits = [due for due in self.all if due.waits]
        return sorted(waits, key=lambda due: (due.state != RETURNED, due.period.due))

    @cached_property
    def to_confirm(self) -> list[Due]:
        """What was entered for the institution and waits for its word."""
        sent = [due for due in self.all if due.update and due.update.counts and due.update.unconfirmed]
        return [due for due in sent if can("monitoring.update.confirm", due)]

    @property
    def first(self) -> Due | None:
        """The first update that waits."""
        return self.waiting[0] if self.waiting else None


def owed(who: Actor, lines: Sequence[Line]) -> Owed:
    """What the institutions of who acts now owe; `lines` are the activities that they lead."""
    mine = POLICY["monitoring.update.write"].reach(who)
    if not mine:
        return Owed()
    periods = [period for plan in readable_plans() for period in open_periods(plan)]
    due = [one for period in periods for one in Asked(period, who, mine).all]
    return Owed(due, _statuses(lines), open_corrections(who))


def _statuses(lines: Sequence[Line]) -> Mapping[str, int]:
    """How many of the activities of plans that are carried out have each status."""
    running = [line.activity for line in lines if is_carried_out(line.activity.plan)]
    records = {plan.id: record_of(plan) for plan in {activity.plan for activity in running}}
    return Counter(records[activity.plan_id].status(activity) or NOT_STARTED for activity in running)
