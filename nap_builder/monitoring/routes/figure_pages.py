"""What the pages of figures share, those of staff and those of everybody."""

from collections.abc import Callable
from typing import Any

from flask import request, url_for

from nap_builder.kernel.paging import Page
from nap_builder.kernel.web import page
from nap_builder.monitoring import figure_tables, figure_words
from nap_builder.monitoring import names as monitoring_names
from nap_builder.monitoring.charts import period_in_words, progress_chart, value_in_words
from nap_builder.monitoring.forms.figure_filter import FILTERS, FigureFilter
from nap_builder.monitoring.progress import names as progress_names
from nap_builder.monitoring.queries.figures import MeasureRecord, Point, Sheet, rows_shown
from nap_builder.plans import names
from nap_builder.plans.levels import kind_of, level_name
from nap_builder.plans.queries.measures import row_of

PAGE_SIZE = 40


def list_page(template: str, sheet: Sheet, endpoint: str, **parts: Any) -> str:
    """A page of the list of indicators, as the filters in the address ask; `parts` are those of its address."""
    filters = FigureFilter(request.args)
    filters.offer(sheet)
    kept: dict[str, Any] = {name: request.args[name][:200] for name in (*FILTERS, "period") if request.args.get(name)}
    rows = [row for row in sheet.rows if filters.keeps(row)]
    number = min(_asked_page(), max(1, -(-len(rows) // PAGE_SIZE)))
    shown = Page(rows[(number - 1) * PAGE_SIZE : number * PAGE_SIZE], number, PAGE_SIZE, len(rows))
    return page(
        template,
        sheet=sheet,
        filters=filters,
        filtered=any(name in kept for name in FILTERS),
        shown=shown,
        here=url_for(endpoint, **parts),
        page_link=lambda number: url_for(endpoint, page=number, **parts, **kept),
        **_words(sheet),
    )


def one_page(
    template: str, sheet: Sheet, row: MeasureRecord, to_row: Callable[[Any], str], to_report: Callable[[Point], str]
) -> str:
    """The page of one indicator. What it shows, and the report of each figure, may have an address of its own."""
    series = figure_words.series_names(row.runs)
    return page(
        template,
        sheet=sheet,
        row=row,
        indicator=row.indicator,
        chart=progress_chart(row.measure, [run.series for run in row.runs], series),
        series=series,
        shows=rows_shown(row.indicator, public=sheet.public),
        history=figure_words.history(row, public=sheet.public),
        to_row=to_row,
        to_report=to_report,
        **_words(sheet),
    )


def nowhere(_row: Any) -> str:
    """No address: everybody reads figures, not the pages of those who work on the plan."""
    return ""


def _asked_page() -> int:
    asked = request.args.get("page", "")
    return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1


def _words(sheet: Sheet) -> dict[str, Any]:
    return {
        "plan": sheet.plan,
        "tell": figure_words,
        "tables": figure_tables,
        "names": names,
        "qualities": monitoring_names.QUALITIES,
        "marks": progress_names,
        "kind_of": kind_of,
        "row_of": row_of,
        "level": lambda kind: level_name(sheet.plan, kind),
        "value_in_words": value_in_words,
        "period_in_words": period_in_words,
    }
