"""One reporting period as it stands: what each institution was asked for, gave and owes."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from nap_builder.kernel.actor import Actor
from nap_builder.kernel.languages import folded, words_in
from nap_builder.monitoring.models import APPROVED, COUNTED, SUBMITTED, ReportingPeriod
from nap_builder.monitoring.names import NOTHING, TO_APPROVE, TO_VERIFY
from nap_builder.monitoring.queries.came import Came, came_of
from nap_builder.monitoring.queries.due import Asked, Due
from nap_builder.monitoring.queries.periods import last_reminded
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
    def came(self) -> Came:
        """How many updates have come in."""
        return came_of(self.dues)

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
