"""Tables of a Word file: the head is repeated on each page, no row breaks, no total stands alone, both ways run."""

from typing import Any

from nap_builder.publishing.document import Cell, Column, Line, Row, Said, Table
from nap_builder.publishing.renderers.word.words import Tongue, element, hold_row, paragraph, runs, text

WIDTH = 9184  # twentieths of a point between the margins of the page


def table(tongue: Tongue, given: Table, label: str, width: int = WIDTH) -> list[Any]:
    """A table under its caption, and the small space after it. `label` is how a label and its words are joined.

    `width` is what lies between the margins of the page, in twentieths of a point.
    """
    widths = _widths(given.columns, width)
    made = element(
        "tbl", _about(tongue, width), element("tblGrid", *(element("gridCol", w=str(width)) for width in widths))
    )
    made.append(_head(tongue, given.columns, widths))
    above = None
    for body in given.bodies:
        if body.heading:
            made.append(_group(tongue, body.heading, widths))
        for row in body.rows:
            if row.tone == "total" and above is not None:
                hold_row(above)
            above = _row(tongue, row, given.columns, widths, label)
            made.append(above)
    named = given.caption or given.title
    caption = [paragraph(tongue, "Caption", text(tongue, named), keep=True)] if named else []
    return [*caption, made, paragraph(tongue, "AfterTable")]


def _widths(columns: tuple[Column, ...], width: int) -> list[int]:
    whole = sum(column.share for column in columns)
    return [round(width * column.share / whole) for column in columns]


def _about(tongue: Tongue, width: int) -> Any:
    return element(
        "tblPr",
        element("tblStyle", val="TableGrid"),
        *([element("bidiVisual")] if tongue.rtl else []),
        element("tblW", w=str(width), type="dxa"),
        element("tblLayout", type="fixed"),
        element(
            "tblLook", val="0020", firstRow="1", lastRow="0", firstColumn="0", lastColumn="0", noHBand="1", noVBand="1"
        ),
    )


def _head(tongue: Tongue, columns: tuple[Column, ...], widths: list[int]) -> Any:
    row = element("tr", element("trPr", element("cantSplit"), element("tblHeader")))
    for column, width in zip(columns, widths, strict=True):
        words = f"{column.title} ({column.unit})" if column.unit else column.title
        said = runs(tongue, (Said(words, column.lang),))
        row.append(_cell(width, paragraph(tongue, "TableHeading", *said, end=column.kind == "number")))
    return row


def _group(tongue: Tongue, heading: tuple[Said, ...], widths: list[int]) -> Any:
    about = element("tcPr", element("tcW", w=str(sum(widths)), type="dxa"), element("gridSpan", val=str(len(widths))))
    words = paragraph(tongue, "TableHeading", *_apart(tongue, heading, "\u2002"), keep=True)
    return element("tr", element("trPr", element("cantSplit")), element("tc", about, words))


def _apart(tongue: Tongue, said: tuple[Said, ...], between: str) -> list[Any]:
    first, *others = said
    return [*runs(tongue, (first,)), *(run for one in others for run in (text(tongue, between), *runs(tongue, (one,))))]


def _row(tongue: Tongue, row: Row, columns: tuple[Column, ...], widths: list[int], label: str) -> Any:
    made = element("tr", element("trPr", element("cantSplit")))
    for cell, column, width in zip(row.cells, columns, widths, strict=True):
        made.append(_cell(width, *_lines(tongue, cell, column, label, total=row.tone == "total")))
    return made


def _lines(tongue: Tongue, cell: Cell, column: Column, label: str, *, total: bool) -> list[Any]:
    end = "number" in (cell.kind, column.kind) and cell.kind != "text"
    made = []
    for line in cell.lines:
        style = "Strong" if total or line.tone == "strong" else "Quiet" if line.tone == "quiet" else ""
        made.append(paragraph(tongue, "TableText", *_words(tongue, line, cell, style, label), end=end))
    return made or [paragraph(tongue, "TableText")]


def _words(tongue: Tongue, line: Line, cell: Cell, style: str, label: str) -> list[Any]:
    """A line of a cell; codes and figures keep their order in a right-to-left table."""
    made = [text(tongue, label % {"label": line.label} + " ", style)] if line.label else []
    for place, said in enumerate(line.said):
        if place:
            made.append(text(tongue, " "))
        turned = tongue.rtl and cell.kind == "code" and not said.lang and not said.gap
        made += runs(tongue, (Said(said.text, "en") if turned else said,), style)
    return made


def _cell(width: int, *paragraphs: Any) -> Any:
    return element("tc", element("tcPr", element("tcW", w=str(width), type="dxa")), *paragraphs)
