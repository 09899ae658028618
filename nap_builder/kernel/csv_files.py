"""Tables as CSV files that every spreadsheet opens rightly and that run nothing."""

import csv
import io
from collections.abc import Iterable, Sequence

from flask import Response

MARK = "\ufeff"  # tells spreadsheets that the file is UTF-8
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table as CSV (RFC 4180) with a byte order mark; a text that a spreadsheet would run is quoted by `'`."""
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(columns)
    table.writerows([_safe(cell) for cell in row] for row in rows)
    return MARK + written.getvalue()


def csv_file(name: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """The answer that saves a table as a CSV file of this name (letters of ASCII)."""
    answer = Response(csv_text(columns, rows).encode(), content_type="text/csv; charset=utf-8")
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _safe(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(STARTS_A_FORMULA) else cell
