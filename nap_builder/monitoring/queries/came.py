"""How many of the reports that were asked for came, counted once for whatever says it."""

from collections.abc import Iterable
from dataclasses import dataclass

from nap_builder.monitoring.models import COUNTED, VERIFIED
from nap_builder.monitoring.queries.due import Due


@dataclass(frozen=True, slots=True)
class Came:
    """So many reports were asked for, sent (verified or not), and verified."""

    asked: int
    sent: int
    verified: int


def came_of(dues: Iterable[Due]) -> Came:
    """How many of these came. What was returned did not; of a correction that is not sent, what it corrects did."""
    states = [due.state for due in dues]
    return Came(len(states), sum(state in COUNTED for state in states), states.count(VERIFIED))
