"""The figures of indicators for everybody, once they are verified and published."""

from collections.abc import Sequence
from typing import Any

from flask import Response, redirect, request, url_for

from nap_builder.kernel.access import demand, requires
from nap_builder.kernel.actor import NOBODY
from nap_builder.kernel.csv_files import csv_file
from nap_builder.kernel.errors import Missing
from nap_builder.kernel.web import page
from nap_builder.monitoring.figure_tables import csv_columns, csv_rows
from nap_builder.monitoring.queries.figures import MeasureRecord, Sheet, sheet_of
from nap_builder.monitoring.queries.published import published_period
from nap_builder.monitoring.routes.blueprint import rooms
from nap_builder.monitoring.routes.figure_pages import list_page, nowhere, one_page
from nap_builder.plans.queries.versions import former_key


@rooms.get("/progress/indicators")
@requires("accounts.doors")
def public_figure_list() -> str:
    """Every indicator that the public may read, with its last verified figure."""
    return _list(_published())


def _list(sheet: Sheet | None) -> str:
    if sheet is None:
        return page("monitoring/unpublished.html")
    return list_page("monitoring/public_figure_list.html", sheet, "monitoring.public_figure_list")


@rooms.get("/progress/indicators.csv")
@requires("accounts.doors")
def all_public_figures_csv() -> Response:
    """The published figures of all indicators as one file; no row while there is none."""
    sheet = _published()
    return _file(sheet.rows if sheet else ())


@rooms.get("/progress/indicators/<code:code>")
@requires("accounts.doors")
def public_figures(code: str) -> Any:
    """One indicator as it is published; while nothing is, or an amendment is drafted, what the list says."""
    sheet = _published()
    if sheet is None or sheet.plan.being_amended:
        return _list(sheet)
    try:
        row = sheet.named(code)
    except Missing:
        return redirect(url_for("monitoring.public_figures", code=_now(sheet, code)), 301)
    return one_page("monitoring/public_figures.html", sheet, row, nowhere, nowhere)


@rooms.get("/progress/indicators/<code:code>.csv")
@requires("accounts.doors")
def public_figures_csv(code: str) -> Any:
    """The rows of its tables as a file: verified and published figures alone; no row while there is none."""
    sheet = _published()
    if sheet is None or sheet.plan.being_amended:
        return _file(())
    try:
        row = sheet.named(code)
    except Missing:
        return redirect(url_for("monitoring.public_figures_csv", code=_now(sheet, code)), 301)
    return _file((row,))


def _file(rows: Sequence[MeasureRecord]) -> Response:
    return csv_file("figures.csv", csv_columns(rows), csv_rows(rows))


def _published() -> Sheet | None:
    """What everybody may see of the plan that stands; None while nothing is published."""
    period = published_period()
    if period is None:
        return None
    demand("monitoring.progress.read", period)
    return sheet_of(period.plan, NOBODY, request.args.get("period", ""), public=True)


def _now(sheet: Sheet, code: str) -> str:
    """The code of an indicator that bore another one before. Raises Missing."""
    return sheet.keyed(former_key(sheet.plan, "indicator", code)).indicator.code
