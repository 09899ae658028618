"""What an activity may lack: the one rule that its row in the matrix and the readiness checks both follow.

Each problem bears the key of the check that asks for it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from nap_builder.kernel.languages import LazyString, _l
from nap_builder.plans.calendar import first_day, last_day
from nap_builder.plans.money import WITHOUT_MONEY

LEAD, PLACE, DATES, COST, SOURCE = "B1", "C1", "C8", "D1", "D2"
PROBLEMS: dict[str, LazyString] = {
    LEAD: _l("No lead"),
    PLACE: _l("Under no objective"),
    DATES: _l("No dates inside the plan"),
    COST: _l("No cost said"),
    SOURCE: _l("No source of the money"),
}


@dataclass(frozen=True)
class Standing:
    """What the rule looks at: whether somebody leads it, itself or from above; where it stands; time and money.

    `lines` are its budget lines, `unsourced` those of them that do not say where the money comes from.
    """

    led: bool
    placed: bool
    timing: str
    starts: str | None
    ends: str | None
    costing: str | None
    lines: int
    unsourced: int


@dataclass(frozen=True)
class Period:
    """The first and the last day of a plan."""

    starts: date
    ends: date

    def holds(self, when: str | None) -> bool:
        """Whether a date, as precise as it is, may lie within the period."""
        if not when:
            return False
        try:
            return first_day(when) <= self.ends and last_day(when) >= self.starts
        except ValueError:
            return False


def problems_of(activity: Standing, period: Period, excepted: Collection[str] = ()) -> tuple[str, ...]:
    """The keys of the checks that an activity fails, but for those said not to apply to the plan."""
    lacks = {
        LEAD: not activity.led,
        PLACE: not activity.placed,
        DATES: activity.timing == "dated" and not (period.holds(activity.starts) and period.holds(activity.ends)),
        COST: not activity.lines and activity.costing not in WITHOUT_MONEY,
        SOURCE: bool(activity.unsourced),
    }
    return tuple(key for key, lacking in lacks.items() if lacking and key not in excepted)
