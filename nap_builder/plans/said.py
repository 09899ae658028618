"""What rows of the plan say on a page, in words."""

from typing import Any

from nap_builder.kernel.languages import _, money, number, when, words_in
from nap_builder.plans.models.framework import Activity
from nap_builder.plans.models.measures import BudgetLine, Figure
from nap_builder.plans.names import COSTINGS, TIMINGS, named
from nap_builder.plans.problems import PROBLEMS
from nap_builder.plans.queries.costs import Amount, Cost
from nap_builder.plans.wording import spoken


def times(activity: Activity) -> str:
    """When an activity is done: its dates as precise as the plan says them, or how it recurs."""
    dates = span(activity.starts, activity.ends)
    if activity.timing == "dated":
        return dates
    recurs = named(TIMINGS, activity.timing)
    return _("%(timing)s, %(dates)s", timing=recurs, dates=dates) if dates else recurs


def span(starts: str | None, ends: str | None) -> str:
    """Two dates as one span; empty without dates."""
    if starts and ends:
        return when(starts) if starts == ends else _("%(start)s to %(end)s", start=when(starts), end=when(ends))
    if starts:
        return _("from %(start)s", start=when(starts))
    return _("until %(end)s", end=when(ends)) if ends else ""


def amount(given: Amount, *, currency: bool = True) -> str:
    """An amount or a range, with its currency or without."""
    code = given.currency if currency else None
    if not given.range:
        return money(given.low, code)
    return _("%(low)s to %(high)s", low=money(given.low), high=money(given.high, code))


def cost(given: Cost, own: str) -> str:
    """The sum in the plan's currency, without the currency; else what is said of the costing."""
    for each in given.amounts:
        if each.currency == own:
            return amount(each, currency=False)
    if given.amounts:
        return ""
    return named(COSTINGS, given.said) if given.said and given.said != "costed" else ""


def other_costs(given: Cost, own: str) -> str:
    """The sums in other currencies, each apart."""
    return " · ".join(amount(each) for each in given.amounts if each.currency != own)


def lacking(names: Any) -> str:
    """What an activity lacks, in words."""
    return " · ".join(str(PROBLEMS[name]) for name in names)


def sum_of(line: BudgetLine) -> str:
    """How a budget line comes to its amount, where it says so: 4 × 12 × 250."""
    if line.quantity is None or line.unit_cost is None:
        return ""
    parts = [line.quantity, *([line.times] if line.times is not None else []), line.unit_cost]
    return " × ".join(money(part) for part in parts)


def more(columns: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """What a State says of a row beyond the format: a word and its text."""
    return [(spoken(column["label"]), spoken(column["text"])) for column in columns]


def figure(given: Figure) -> str:
    """A figure as a page shows it: the number, so many of so many, or words."""
    if given.value is not None:
        return number(given.value)
    if given.numerator is not None:
        return _("%(some)s of %(all)s", some=number(given.numerator), all=number(given.denominator))
    return words_in(given.text)
