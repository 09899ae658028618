"""What rows of the plan say on a page, in words."""

from typing import Any

from nap_builder.kernel.languages import _, money, number, when, words_in
from nap_builder.plans.models.measures import BudgetLine, Figure
from nap_builder.plans.models.money import UnitCost
from nap_builder.plans.money import Amount, Cost, Spending, fiscal_year
from nap_builder.plans.names import COSTINGS, TIMINGS, named
from nap_builder.plans.problems import PROBLEMS
from nap_builder.plans.wording import spoken


def times(activity: Any) -> str:
    """When an activity, or what stands for one, is done: its dates as precise as the plan says, or how it recurs."""
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


def amount(given: Amount, currency: str | None = None) -> str:
    """An amount or a range, with the code of its currency where one is given."""
    if not given.range:
        return money(given.low, currency)
    return _("%(low)s to %(high)s", low=money(given.low), high=money(given.high, currency))


def cost(given: Cost) -> str:
    """The sum in the plan's currency, without the currency; else what is said of the costing."""
    if given.total is not None:
        return amount(given.total)
    return named(COSTINGS, given.said) if given.said and given.said != "costed" and not given.apart else ""


def other_costs(given: Cost) -> str:
    """The sums that no stated rate brings into the plan's currency, each apart."""
    return " · ".join(amount(sum_apart, currency) for currency, sum_apart in given.apart.items())


def counted(spending: Spending, own: str) -> str:
    """What a budget line in another currency counts for in the plan's own; empty for one in that."""
    if spending.currency == own:
        return ""
    if spending.counted is None:
        return _("In no sum: no rate is stated.")
    return _("Counted as %(amount)s", amount=amount(spending.counted, own))


def year(given: int | None, plan: Any) -> str:
    """The name of the fiscal year of a plan that begins in a year; empty where none is said."""
    return fiscal_year(given, plan.fiscal_year_starts) if given else ""


def lacking(names: Any) -> str:
    """What an activity lacks, in words."""
    return " · ".join(str(PROBLEMS[name]) for name in names)


def unit_cost_named(row: UnitCost, language: str | None = None) -> str:
    """What a unit cost is called: trainer, per day. In the page's language when none is given."""
    return _("%(title)s, per %(unit)s", title=words_in(row.title, language), unit=words_in(row.unit, language))


def unit_cost_offered(row: UnitCost) -> str:
    """A unit cost as one of a list: what it is called, its amount, and from which year that holds."""
    amount_of_one = money(row.amount, row.currency)
    return _(
        "%(name)s: %(amount)s, from %(year)s", name=unit_cost_named(row), amount=amount_of_one, year=row.valid_from
    )


def amount_each(line: BudgetLine, plan: Any) -> str:
    """The cost of one in a budget line, with its currency."""
    return money(line.unit_cost, line.currency or plan.currency)


def sum_of(line: BudgetLine) -> str:
    """How a budget line comes to its amount, where it says so: 4 × 12 × 250."""
    if line.quantity is None or line.unit_cost is None:
        return ""
    counted = [line.quantity, *([line.times] if line.times is not None else [])]
    return " × ".join([*(number(one) for one in counted), money(line.unit_cost)])


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
