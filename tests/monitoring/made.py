"""Measures and values as a test writes them down."""

from datetime import date
from decimal import Decimal

from nap_builder.monitoring.progress.shapes import Cell, Figure, Measure, Reported
from nap_builder.monitoring.progress.values import Series, series_of


def figure(value=None, by=None, **more):
    """A figure; a value such as "8/20" is a numerator and a denominator."""
    return Figure(**_number(value), by=by, **more)


def at(year, value=None, **more):
    """What was reported for a year, or for a period that ended on a day."""
    ends = date(year, 12, 31) if isinstance(year, int) else year
    return Reported(ends, **_number(value), **more)


def series(*points) -> Series:
    """The one series that these points make, in the order they are written."""
    placed = [one if one.position else _placed(one, place) for place, one in enumerate(points)]
    return series_of(placed)[0]


def measure(baseline=None, *targets, **more):
    """A measure: the baseline and each target as (value, day)."""
    start = figure(*baseline) if baseline else None
    return Measure(baseline=start, targets=tuple(figure(*target) for target in targets), **more)


def cell(value, **of):
    """A part; a value that is no number is why there is none."""
    known = value is not None and not str(value).isalpha() and "_" not in str(value)
    return Cell(of, Decimal(value)) if known else Cell(of, missing=value)


def _placed(point, place):
    return Reported(**{name: getattr(point, name) for name in Reported.__slots__} | {"position": place})


def _number(value):
    if value is None:
        return {}
    part, dash, whole = str(value).partition("/")
    return {"numerator": Decimal(part), "denominator": Decimal(whole)} if dash else {"value": Decimal(part)}
