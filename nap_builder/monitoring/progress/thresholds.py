"""From where on a figure is on track, late, stale or worth a second look. All of it can be set by a State."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Shares are per cent of the expected way, distances of the target, changes of the value before.

    `cycle_months` is the reporting cycle of an indicator that names none.
    """

    on_track: Decimal = Decimal(90)
    at_risk: Decimal = Decimal(60)
    tolerance: Decimal = Decimal(10)
    tolerance_at_risk: Decimal = Decimal(40)
    cycle_months: int = 12
    very_late_days: int = 90
    jump: Decimal = Decimal(25)
    same_value_periods: int = 3
    source_years: int = 3


DEFAULT = Thresholds()
