"""Charts for the gallery of components: the figures of its examples."""

from datetime import date
from decimal import Decimal
from typing import Any

from nap_builder.kernel.bar_charts import BySex, Timeline, sex_chart
from nap_builder.kernel.charts import Line, LineChart, Spot, line_chart
from nap_builder.kernel.languages import number


def sample_chart(name: str) -> Any:
    """One of the charts below, by its name."""
    return {"line": _line, "series": _series, "half_years": _half_years, "sex": _sex, "timeline": _timeline}[name]()


def _line() -> LineChart:
    spots = (_end_of(2026, "9.2"), _end_of(2027, "12.8"), _end_of(2028), _end_of(2029, "17.3"))
    target = _end_of(2031, "20")
    return line_chart([Line("Reported", spots)], path=(spots[0], target), target=target, say=_percent)


def _series() -> LineChart:
    seed = Line("UN Secretariat", (_end_of(2007, "5"), _end_of(2009, "7"), _end_of(2010, "9")))
    fund = Line("Elsie Initiative", (_end_of(2007, "8"), _end_of(2012, "10"), _end_of(2017, "15")))
    return line_chart([seed, fund], target=_end_of(2014, "20"), say=_percent)


def _half_years() -> LineChart:
    halves = ((date(2027, 6, 30), "830"), (date(2027, 12, 31), "960"), (date(2028, 6, 30), "1204"))
    spots = tuple(Spot(day, Decimal(value), f"{day.year}-{day.month:02d}") for day, value in halves)
    return line_chart([Line("People helped", spots)], target=_end_of(2029, "4000"))


def _sex() -> Any:
    rows = [
        BySex("2026", Decimal(11), Decimal(41)),
        BySex("2027", why="Not collected"),
        BySex("2028", Decimal(16), Decimal(36)),
    ]
    return sex_chart(rows, target=Decimal(40))


def _timeline() -> dict[str, Any]:
    scale = Timeline(2027, 2031, date(2028, 6, 30), "30 June 2028")
    spans = [
        ("late", 2027, 2027),
        ("ok", 2028, 2030),
        ("warn", 2027, 2028),
        ("none", 2029, 2031),
        ("blocked", 2028, 2028),
    ]
    return {
        "scale": scale,
        "bars": {kind: scale.bar(date(first, 3, 1), date(last, 12, 31), kind) for kind, first, last in spans},
    }


def _end_of(year: int, value: str | None = None) -> Spot:
    return Spot(date(year, 12, 31), None if value is None else Decimal(value), why="" if value else "Not collected")


def _percent(value: Decimal) -> str:
    return f"{number(value)}%"
