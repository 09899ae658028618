"""The sums of a plan are the same on its pages, in print and in its papers, and the same as by hand."""

import random
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from nap_builder.kernel.database import db as database
from nap_builder.kernel.database import transaction
from nap_builder.plans.document import plan_document
from nap_builder.plans.models.framework import Activity
from nap_builder.plans.models.measures import BudgetLine
from nap_builder.plans.models.plan import Plan
from nap_builder.publishing.compose.plan import compose
from nap_builder.publishing.compose.source import Source
from nap_builder.publishing.document import Document, Table
from nap_builder.publishing.edition import Edition
from nap_builder.publishing.papers.case import Case, Cited
from tests.builders.framework import a_line, a_pillar, an_activity, an_objective, an_output

EDITION = Edition("en", draft=False, dated=date(2028, 3, 1))
RATES = {"USD": Decimal(1), "EUR": Decimal("1.083457"), "XOF": Decimal("0.001667")}
STATES = ("secured", "pledged", "gap", "unknown")
THEMES = (None, "prevention", "protection")
Pair = tuple[Fraction, Fraction]


def a_random_plan(plan: Plan, dice: random.Random) -> None:
    """Fills a plan with pillars, activities on every level, and lines of every kind."""
    plan.rates = [{"currency": code, "rate": str(RATES[code]), "on": "2027-01-04"} for code in ("EUR", "XOF")]
    plan.fiscal_year_starts = dice.choice(("01-01", "07-01"))
    for number in range(2, 2 + dice.randint(1, 4)):
        pillar = a_pillar(plan, code=str(number), title=f"P{number}", theme=dice.choice(THEMES))
        objective = an_objective(pillar, code=f"{number}.1", theme=dice.choice(THEMES))
        output = an_output(objective, code=f"{number}.1.A")
        for place, parent in enumerate((pillar, objective, output)):
            activity = an_activity(parent, code=f"{number}.x{place}", gender_marker=dice.choice((None, 0, 1, 2)))
            for _line in range(dice.randint(0, 4)):
                a_random_line(activity, dice)


def a_random_line(activity: Activity, dice: random.Random) -> BudgetLine:
    def figure(places: int = 4, most: int = 9_999) -> Decimal:
        return Decimal(dice.randint(0, most)) / Decimal(10) ** dice.randint(0, places)

    low = figure()
    ways: tuple[dict[str, Any], ...] = (
        {"amount": str(figure())},
        {"amount": None, "low": low, "high": low + figure()},
        {
            "amount": None,
            "quantity": figure(1, 99),
            "unit_cost": figure(2, 999),
            "times": dice.choice((None, Decimal("0.5"))),
        },
    )
    return a_line(
        activity,
        **dice.choice(ways),
        currency=dice.choice((None, "USD", "EUR", "XOF", "CHF")),
        year=dice.choice((None, 2027, 2028, 2029)),
        funding=dice.choice(STATES),
        kind=dice.choice((None, "core", "in_kind")),
        for_womens_organisations=dice.random() < 0.3,
    )


def by_hand(line: BudgetLine) -> Pair | None:
    """A line in US dollars, reckoned with fractions: each end rounded to the hundredth where it is converted."""
    if line.amount is not None:
        ends = [Fraction(line.amount)] * 2
    elif line.low is not None and line.high is not None:
        ends = [Fraction(line.low), Fraction(line.high)]
    else:
        factors = (line.quantity, line.unit_cost, 1 if line.times is None else line.times)
        ends = [Fraction(factors[0] or 0) * Fraction(factors[1] or 0) * Fraction(factors[2] or 0)] * 2
    currency = line.currency or "USD"
    if currency not in RATES:
        return None
    if currency == "USD":
        return ends[0], ends[1]
    low, high = (Fraction(round(100 * end * Fraction(RATES[currency])), 100) for end in ends)
    return low, high


def summed(lines: list[BudgetLine], wanted: Callable[[BudgetLine], bool] = lambda _line: True) -> Pair:
    counted = [pair for line in lines if wanted(line) and (pair := by_hand(line)) is not None]
    return sum((low for low, _ in counted), Fraction()), sum((high for _, high in counted), Fraction())


def read(text: str) -> Pair:
    """What a cell says, as numbers: an amount, a range, or nothing."""
    ends = [Fraction(end.replace(",", "")) for end in re.findall(r"[0-9][0-9,]*(?:\.[0-9]+)?", text)]
    return (ends[0], ends[-1]) if ends else (Fraction(), Fraction())


def last_cells(document: Document, name: str) -> dict[str, Pair]:
    """The last cell of each row of a table in print, by its first."""
    table = next(
        block for part in document.parts for block in part.blocks if isinstance(block, Table) and block.id == name
    )
    rows = [row for body in table.bodies for row in body.rows]
    return {text(row.cells[0]): read(text(row.cells[-1])) for row in rows}


def text(cell: Any) -> str:
    return "".join(said.text for line in cell.lines for said in line.said)


def on_page(page: Any, table: str) -> dict[str, Pair]:
    """The total of each row of a table of the page of costs, by its first cell."""
    found = {}
    for row in page.all(f"//h2[@id='{table}']/following::table[1]//tbody/tr"):
        cells = row.xpath("./*")
        total = cells[-1].xpath("./div/text()")
        found[" ".join(cells[0].text_content().split())] = read(total[0] if total else "")
    return found


@pytest.mark.parametrize("seed", range(12))
def test_sums_agree_on_pages_in_print_in_papers_and_by_hand(as_role, world, seed):
    with transaction():
        a_random_plan(database.session.get(Plan, world.plan.id), random.Random(seed))
    plan = database.session.get(Plan, world.plan.id)
    document = plan_document(plan)
    lines = list(database.session.query(BudgetLine).all())
    pillar_of = {line.id: line.activity.pillar.code for line in lines}
    whole = summed(lines)
    printed = compose(document, EDITION)
    page = as_role("chair").get("/en/w/nap-2/costs")

    assert on_page(page, "by-pillar")["Whole plan"] == whole
    assert last_cells(printed, "t-years")["Whole plan"] == whole
    ledger = Case(Source(document, EDITION), Cited(1)).ledger
    assert (Fraction(ledger.sum().low), Fraction(ledger.sum().high)) == whole

    shown, in_print = on_page(page, "by-pillar"), last_cells(printed, "t-years")
    for code in sorted(set(pillar_of.values())):
        mine = summed(lines, lambda line, code=code: pillar_of[line.id] == code)
        assert shown[f"{code} P{code}"] == mine
        assert in_print[f"{code}\u2002P{code}"] == mine
    shown, in_print = on_page(page, "by-year"), last_cells(printed, "t-states")
    for year in (2027, 2028, 2029, None):
        name = ledger.year(year or 0)
        mine = summed(lines, lambda line, year=year: line.year == year)
        assert shown.get(name, (0, 0)) == mine
        assert in_print.get(name, (0, 0)) == mine
    shown, in_print = on_page(page, "funding"), last_cells(printed, "t-shares")
    women = summed(lines, lambda line: line.for_womens_organisations)
    assert shown["Of this for women’s organisations"] == women
    assert in_print["For women’s organisations"] == women
    for table in ("by-theme", "by-kind", "by-marker"):
        rows = on_page(page, table)
        assert rows["Whole plan"] == whole
        for name, amount in rows.items():
            assert name == "Whole plan" or in_print[name] == amount
    apart = sum(by_hand(line) is None for line in lines)
    assert len(ledger.uncounted()) == apart


@pytest.mark.parametrize("seed", range(3))
def test_the_matrix_counts_each_activity_as_print_does(as_role, world, seed):
    with transaction():
        a_random_plan(database.session.get(Plan, world.plan.id), random.Random(seed))
    rows = as_role("chair").get("/en/w/nap-2/matrix?pillar=").all("//tr[starts-with(@id, 'a-')]")
    counted = database.session.query(Activity).filter_by(plan_id=world.plan.id).count()
    assert len(rows) == counted > 2
    for row in rows:
        activity = database.session.query(Activity).filter_by(key=row.get("id")[2:]).one()
        lines = list(database.session.query(BudgetLine).filter_by(activity_id=activity.id))
        said = row.xpath("./td[contains(@class, 'amount')]")[0].xpath("./div/text()")
        assert read(said[0] if said else "") == summed(lines)
