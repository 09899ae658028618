"""The lists and tables of a paper that the plan fills, each under the name by which a paper asks for it."""

from collections.abc import Callable, Iterable
from typing import Any

from nap_builder.plans import names
from nap_builder.publishing.compose.figures import date_of, value_of
from nap_builder.publishing.compose.rows import when_of
from nap_builder.publishing.compose.source import Item, code_cell, indicators_of, line, number_cell, text_cell
from nap_builder.publishing.document import Cell, Line, Row, Said
from nap_builder.publishing.papers.case import Case, Part, cost_of

Listed = Callable[[Case], list[tuple[Said, ...]]]
Tabled = Callable[[Case], list[Row]]


def _bodies(codes: Callable[[Case], Iterable[str]]) -> Listed:
    def listed(case: Case) -> list[tuple[Said, ...]]:
        return [(case.source.name(code),) for code in codes(case)]

    return listed


def _posts(codes: Callable[[Case], Iterable[str]]) -> Listed:
    """The names of institutions, each with the post of its focal point where that is said."""

    def listed(case: Case) -> list[tuple[Said, ...]]:
        return [tuple(_with_post(case, code)) for code in codes(case)]

    return listed


def _with_post(case: Case, code: str) -> list[Said]:
    post = case.source.maybe(case.institution_said(code).get("focal_post"))
    return [case.source.name(code), *([Said(" ("), post, Said(")")] if post else [])]


def _unled(case: Case) -> list[tuple[Said, ...]]:
    return [_named(case, part.row) for part in case.parts if part.lead is None]


def _named(case: Case, row: Item) -> tuple[Said, ...]:
    return (case.left_to_right(row["code"]), Said("\u2002"), case.source.said(row["title"]))


LISTS: dict[str, Listed] = {
    "members": _bodies(lambda case: case.members),
    "members_with_posts": _posts(lambda case: case.members),
    "observers": _bodies(lambda case: case.observers),
    "unled_activities": _unled,
}


def _led(case: Case) -> list[Row]:
    rows = [Row(tuple(_led_cells(case, part))) for part in case.led]
    sums = cost_of(case, (part.row for part in case.led))
    if sums and len(rows) > 1:
        total = text_cell(case.voice.gettext("Total"))
        rows.append(Row((Cell(), total, Cell(), _cost_cell(case, sums), Cell()), "total"))
    return rows


def _led_cells(case: Case, part: Part) -> Iterable[Cell]:
    row = part.row
    yield code_cell(row["code"])
    yield text_cell(case.source.said(row["title"]))
    yield text_cell(*when_of(case.source, row))
    sums = cost_of(case, [row])
    yield _cost_cell(case, sums) if sums else _costing(case, row)
    yield Cell(tuple(line(one["code"]) for one in _measured_by(part)), "code")


def _costing(case: Case, row: Item) -> Cell:
    said = case.voice.named(names.COSTINGS, row["costing"]) if row.get("costing", "costed") != "costed" else ""
    return text_cell(line(said or case.voice.named(names.COSTINGS, "not_costed")))


def _cost_cell(case: Case, sums: dict[str, Any]) -> Cell:
    """Sums, each in its currency; the plan's own stands in the head of the column."""
    own = case.ledger.currency
    lines = [case.ledger.exactly(sums[code]) + ("" if code == own else f"\u00a0{code}") for code in sums]
    return Cell(tuple(line(said) for said in lines), "number")


def _measured_by(part: Part) -> tuple[Item, ...]:
    """The indicators of an activity, or of the nearest row above that has some."""
    rows = (part.row, *reversed(part.above))
    return tuple(next((row["indicators"] for row in rows if row.get("indicators")), ()))


def measures(case: Case) -> list[Item]:
    """The indicators by which the activities of the paper's institution are measured, each once."""
    return list({one["code"]: one for part in case.led for one in _measured_by(part)}.values())


def _measures(case: Case) -> list[Row]:
    return [Row(tuple(_measure_cells(case, indicator))) for indicator in measures(case)]


def _measure_cells(case: Case, indicator: Item) -> Iterable[Cell]:
    yield code_cell(indicator["code"])
    yield text_cell(case.source.said(indicator["title"]))
    targets = indicator.get("targets", ())
    for figure in (indicator.get("baseline"), targets[-1] if targets else None):
        yield text_cell(*_figure_lines(case, indicator, figure)) if figure else text_cell(case.word("not_set"))


def _figure_lines(case: Case, indicator: Item, figure: Item) -> list[Line]:
    said = [line(value) for value in value_of(case.source, indicator, figure)]
    return [*said, line(date_of(case.source, figure), tone="quiet")]


def _supported(case: Case) -> list[Row]:
    return [Row(tuple(_supported_cells(case, part))) for part in case.supported]


def _supported_cells(case: Case, part: Part) -> Iterable[Cell]:
    together = case.institution in part.row.get("co_leads", ())
    yield code_cell(part.row["code"])
    yield text_cell(case.source.said(part.row["title"]))
    yield text_cell(case.word("leads_together" if together else "supports"))
    yield text_cell(case.source.name(part.lead) if part.lead else case.voice.gettext("Not named yet"))


def _milestones(case: Case) -> list[Row]:
    found = case.source.file.get("milestones", ())
    return [
        Row(
            (
                text_cell(case.source.said(row["title"])),
                text_cell(case.voice.when(row["due"]) if "due" in row else None),
            )
        )
        for row in found
    ]


def _pillar_rows(case: Case) -> list[Row]:
    rows = []
    for place, pillar in enumerate(case.source.pillars):
        counts = [len(pillar.get("objectives", ())), _activities_in(case, place), _indicators_in(pillar)]
        cost = case.ledger.sum(pillar=place)
        cells = [number_cell(case.voice.number(count)) for count in counts]
        cells.append(number_cell(case.ledger.exactly(cost) if cost else "–"))
        rows.append(Row((code_cell(pillar["code"]), text_cell(case.source.said(pillar["title"])), *cells)))
    return rows


def _activities_in(case: Case, place: int) -> int:
    return sum(part.above[0] is case.source.pillars[place] for part in case.parts)


def _indicators_in(pillar: Item) -> int:
    return sum(1 for _row in indicators_of(pillar))


def _leaders(case: Case) -> list[Row]:
    rows = []
    for code in case.leaders:
        led = [part.row for part in case.parts if part.lead == code]
        sums = cost_of(case, led)
        cost = _cost_cell(case, sums) if sums else number_cell("–")
        rows.append(Row((text_cell(case.source.name(code)), number_cell(case.voice.number(len(led))), cost)))
    return rows


def _funding(case: Case) -> list[Row]:
    ledger = case.ledger
    rows = [
        Row((text_cell(case.voice.named(names.FUNDINGS, state)), number_cell(ledger.exactly(ledger.sum(state=state)))))
        for state in ledger.states()
    ]
    total = number_cell(ledger.exactly(ledger.sum()))
    return [*rows, Row((text_cell(case.voice.gettext("Total")), total), "total")] if rows else []


def _seats(case: Case) -> list[Row]:
    """A line for each seat of the task force, to be filled in at the meeting."""
    chair = case.task_force.get("chair")
    seated = [(code, "chair" if code == chair else "member") for code in case.members]
    seated += [(code, "observer") for code in case.observers]
    return [
        Row((text_cell(case.source.name(code)), text_cell(case.word(seat)), Cell(), Cell())) for code, seat in seated
    ]


TABLES: dict[str, Tabled] = {
    "led": _led,
    "measures": _measures,
    "supported": _supported,
    "milestones": _milestones,
    "pillar_rows": _pillar_rows,
    "leaders": _leaders,
    "funding": _funding,
    "seats": _seats,
}
# What of a paper speaks of activities or their money, and so leaves out what is restricted.
COUNTED = frozenset(
    {
        *("objectives", "activities", "indicators", "unled", "uncosted", "total", "secured", "missing"),
        *(
            "not_known",
            "led",
            "led_cost",
            "measures",
            "unled_activities",
            "supported",
            "pillar_rows",
            "leaders",
            "funding",
        ),
    }
)
