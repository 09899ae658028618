"""The response matrix as a workbook: every column, and how much was said and decided by theme."""

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from flask import Response

from nap_builder.consultations import heard_words as said
from nap_builder.consultations.queries.matrix import Line, matrix, sums
from nap_builder.exchange.routes import XLSX, file_answer, rooms
from nap_builder.exchange.workbook.writing import SAFE
from nap_builder.kernel.access import requires
from nap_builder.kernel.languages import _, direction, tag
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.plan import plan_at

WIDE, NARROW, MOST_LETTERS = 45, 14, 32_000  # widths in letters; the most that a cell is given


@rooms.get("/w/<slug:slug>/heard.xlsx")
@requires("consultations.record.read", on=plan_at)
def heard_workbook(plan: Plan) -> Response:
    """The response matrix for who acts now, as a workbook. Every text is written as text: there is no formula."""
    content = workbook_of(matrix(plan), plan.changed_at)
    return file_answer(content, XLSX, f"{plan.slug}-heard.xlsx")


def workbook_of(lines: Sequence[Line], dated: Any) -> bytes:
    """The rows of a matrix as XLSX, in the language spoken now; `dated` is the moment written into the file."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, SAFE)
    book.set_properties({"created": dated.replace(tzinfo=None)})
    looks = {"head": book.add_format({"bold": True, "text_wrap": True, "valign": "top"})}
    looks["cell"] = book.add_format({"text_wrap": True, "valign": "top"})
    _write(book, looks, _("Contributions"), *said.table(lines, staff=True))
    _write(book, looks, _("By theme"), *said.sums_table(sums(lines)))
    book.close()
    return out.getvalue()


def _write(book: Any, looks: Any, name: str, heads: Sequence[str], rows: Sequence[Sequence[said.Cell]]) -> None:
    sheet = book.add_worksheet(name[:31])
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    if direction(tag()) == "rtl":
        sheet.right_to_left()
    for column, head in enumerate(heads):
        longest = max((len(str(row[column] or "")) for row in rows), default=0)
        sheet.set_column(column, column, WIDE if longest > WIDE else max(NARROW, longest))
        sheet.write_string(0, column, head, looks["head"])
    for place, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, int):
                sheet.write_number(place, column, cell, looks["cell"])
            else:
                sheet.write_string(place, column, (cell or "")[:MOST_LETTERS], looks["cell"])
