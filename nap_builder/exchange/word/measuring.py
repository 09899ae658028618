"""The indicators of a line: one for each line of their cell, with baseline, target and source in the same order."""

from dataclasses import dataclass
from typing import Any

from nap_builder.exchange.word.amounts import figure_of, says_nothing, year_in
from nap_builder.exchange.word.filling import Filler, Note
from nap_builder.exchange.word.labels import label_of
from nap_builder.exchange.word.lines import Line, Said
from nap_builder.exchange.word.tree import Node, Row, Tree
from nap_builder.exchange.word.vocabulary import BASELINE, INDICATOR, SOURCE, TARGET, plain, words
from nap_builder.kernel.languages import _

_PERCENT = r"%|٪|percent|per cent|proportion|\brate\b|\bshare\b|pourcentage|\btaux\b|\bpart\b|نسبه"
_NUMBER = r"number|\bno\. of\b|how many|nombre|عدد"
_YES_OR_NO = r"^(existence|adoption|availability|whether)\b|^(existence|adoption|disponibilite)\b|^(وجود|اعتماد|توفر)"


@dataclass(frozen=True)
class Measured:
    """The lines of a cell that belong to indicators, one for each; or one for them all."""

    said: Said
    lines: tuple[str, ...]


def measure(tree: Tree, node: Node, line: Line, filler: Filler, note: Note) -> list[Node]:
    """Hangs the indicators of a line under a row. What is said of them without any is kept in the row's `more`."""
    titles = [text for text in line.lines(INDICATOR) if not says_nothing(text)]
    if not titles:
        if node.new:
            filler.keep(node.row, [one for name in (BASELINE, TARGET, SOURCE) for one in line.says.get(name, ())])
        return []
    found = [_hung(tree, node, title) for title in titles]
    new = [one for one in found if one.new]
    for name in (BASELINE, TARGET, SOURCE):
        for said in line.says.get(name, ()):
            lines = [text for text in said.cell.lines if not says_nothing(text)]
            _tell(found, name, Measured(said, tuple(lines)), filler, note)
    for one in new:
        one.row["kind"] = _kind(one.row, next(iter(one.row["title"].values())))
    return new


def _hung(tree: Tree, node: Node, title: str) -> Node:
    label = label_of(title)
    number = label.number if label.number and "." in label.number else ""
    return tree.hang(INDICATOR, node, label.title if number else title, number)


def _tell(found: list[Node], name: str, measured: Measured, filler: Filler, note: Note) -> None:
    """Says of each indicator what its line of a cell says; of several what is not told apart is kept with the first."""
    if not measured.lines:
        return
    if len(measured.lines) == len(found):
        pairs = list(zip(found, measured.lines, strict=True))
    elif len(found) == 1:
        pairs = [(found[0], "\n".join(measured.lines))]
    else:
        filler.keep(found[0].row, [measured.said] if found[0].new else [])
        note(
            _(
                "“%(column)s” has not as many lines as there are indicators: it is kept with the first of them.",
                column=measured.said.label,
            )
        )
        return
    for one, text in pairs:
        if one.new:
            _write(one.row, name, text, filler)
            _date(one.row, name, year_in(measured.said.label))


def _date(row: Row, name: str, year: int | None) -> None:
    """Gives figures the year that the head of their column names, where they say none themselves."""
    said = {BASELINE: "year", TARGET: "by"}.get(name)
    for figure in _figures(row) if year and said else ():
        own = figure is row.get("baseline")
        if own == (name == BASELINE) and said not in figure:
            figure[str(said)] = year if own else str(year)


def _write(row: Row, name: str, text: str, filler: Filler) -> None:
    if name == SOURCE:
        row[SOURCE] = filler.words(text)
        return
    due = name == TARGET
    found = [figure_of(part, due=due) for part in (text.split("\n") if due else [text])]
    if all(found):
        figures = [figure for figure, _percent in filter(None, found)]
        if any(percent for _figure, percent in filter(None, found)):
            row["kind"] = "percent"
    else:
        figures = [{"text": filler.words(text)}]
    if due:
        row["targets"] = row.get("targets", []) + figures
    else:
        row["baseline"] = figures[0]


def _kind(row: Row, title: str) -> str:
    """What an indicator counts, by its words and its figures."""
    said = plain(title)
    if row.get("kind") == "percent" or words(_PERCENT).search(said):
        return "percent"
    if words(_YES_OR_NO).search(said):
        return "yes_no"
    counted = words(_NUMBER).search(said) or any("value" in figure for figure in _figures(row))
    return "number" if counted else "qualitative"


def _figures(row: Row) -> list[dict[str, Any]]:
    return [*([row["baseline"]] if "baseline" in row else []), *row.get("targets", ())]
