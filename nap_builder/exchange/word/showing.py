"""The rows that a Word file would bring, as a person reads them: what goes where, and what was not understood."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from nap_builder.exchange.names import row_name
from nap_builder.exchange.word.context import Entry
from nap_builder.exchange.word.taking import Outcome
from nap_builder.exchange.word.tree import Node, Row
from nap_builder.kernel.languages import _, listed, money, number, when
from nap_builder.plans.names import COSTINGS, TIMINGS, named
from nap_builder.plans.wording import spoken


@dataclass(frozen=True)
class Shown:
    """One row of the preview."""

    place: str
    anchor: str
    name: str
    title: str
    under: str
    who: str
    times: str
    cost: str
    indicators: int
    stands: bool
    notes: tuple[str, ...]


def rows_of(outcome: Outcome) -> Iterator[Shown]:
    """Every row that comes, stands already, or belongs nowhere, in the order of the file."""
    bodies = {body["code"]: body for body in outcome.incoming.document["institutions"]}
    currency = outcome.incoming.document["plan"].get("currency", "USD")
    for entry in outcome.entries:
        yield _shown(entry, bodies, currency)


def sections_of(outcome: Outcome) -> list[list[str]]:
    """Every section that comes: its title in the file, where it goes, how much is new and how much is there already."""
    titles = {one["key"]: spoken(one["title"]) for one in outcome.incoming.document.get("sections", ())}
    return [
        [
            one.title or _("Before the first heading"),
            _("A new section") if one.new else titles[one.key],
            number(one.paragraphs),
            number(one.already) if one.already else "",
        ]
        for one in outcome.sections
    ]


def _shown(entry: Entry, bodies: Mapping[str, Any], currency: str) -> Shown:
    node = entry.node
    row = node.row if node else {}
    return Shown(
        place=entry.where,
        anchor="{}-{}".format(*entry.place),
        name=row_name(f"{node.kind}:{row['code']}") if node else "",
        title=spoken(row["title"]) if node else entry.text,
        under=_under(node),
        who=_who(row, bodies),
        times=times_of(row),
        cost=cost_of(row, currency),
        indicators=len(row.get("indicators", ())),
        stands=bool(node and not node.new),
        notes=tuple(entry.notes),
    )


def _under(node: Node | None) -> str:
    """The numbers of the rows above, the nearest last."""
    way: list[str] = []
    above = node.parent if node else None
    while above is not None and above.parent is not None:
        way.insert(0, row_name(f"{above.kind}:{above.row['code']}"))
        above = above.parent
    return str(listed(way))


def _who(row: Row, bodies: Mapping[str, Any]) -> str:
    codes = [*filter(None, [row.get("lead")]), *row.get("co_leads", ()), *row.get("supporting", ())]
    names = [spoken(bodies[code].get("short") or bodies[code]["name"]) for code in codes]
    return str(listed([*names, *filter(None, [spoken(row.get("partners"))])]))


def times_of(row: Row) -> str:
    """From when to when, how often, and what is kept as it is stated."""
    starts, ends = when(row.get("starts")), when(row.get("ends"))
    span = starts if starts == ends else f"{starts} – {ends}" if starts and ends else ""
    if not span and (starts or ends):
        span = _("from %(day)s", day=starts) if starts else _("until %(day)s", day=ends)
    timing = named(TIMINGS, row.get("timing"))
    return str(listed(filter(None, [span, timing, spoken(row.get("time_as_stated"))])))


def cost_of(row: Row, currency: str) -> str:
    """The amounts by currency, or what is said of the cost in a word."""
    sums: dict[str, Decimal] = {}
    for line in row.get("budget", ()):
        code = line.get("currency", currency)
        sums[code] = sums.get(code, Decimal(0)) + Decimal(line.get("amount") or line.get("high") or 0)
    amounts = [money(amount, code) for code, amount in sums.items()]
    costing = named(COSTINGS, row.get("costing")) if not amounts else ""
    return str(listed(filter(None, [*amounts, costing, spoken(row.get("costing_note"))])))
