"""The figures of indicators for staff: the list, each indicator, and the same rows as files."""

from typing import Any

from flask import Response, redirect, request, url_for

from nap_builder.kernel.access import requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.csv_files import csv_file
from nap_builder.kernel.errors import Missing
from nap_builder.monitoring.figure_tables import csv_columns, csv_rows
from nap_builder.monitoring.queries.figures import Point, Sheet, sheet_of
from nap_builder.monitoring.routes.blueprint import HOME, rooms
from nap_builder.monitoring.routes.figure_pages import list_page, one_page
from nap_builder.plans.levels import kind_of
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.plan import plan_at
from nap_builder.plans.queries.versions import former_key


@rooms.get(HOME + "/figures")
@requires("plans.draft.read", on=plan_at)
def figure_list(plan: Plan) -> str:
    """Every indicator with its last figure, how it stands, and where it goes."""
    return list_page("monitoring/figure_list.html", _sheet(plan), "monitoring.figure_list", slug=plan.slug)


@rooms.get(HOME + "/figures.csv")
@requires("plans.draft.read", on=plan_at)
def all_figures_csv(plan: Plan) -> Response:
    """The figures of all indicators as one file."""
    rows = _sheet(plan).rows
    return csv_file(f"{plan.slug}-figures.csv", csv_columns(rows), csv_rows(rows))


@rooms.get(HOME + "/figures/<code:code>")
@requires("plans.draft.read", on=plan_at)
def figures(plan: Plan, code: str) -> Any:
    """One indicator: its figures against its path, by whom they are judged and how."""
    sheet = _sheet(plan)
    try:
        row = sheet.named(code)
    except Missing:
        now = sheet.keyed(former_key(plan, "indicator", code)).indicator.code
        return redirect(url_for("monitoring.figures", slug=plan.slug, code=now), 301)
    return one_page("monitoring/figures.html", sheet, row, _row_page, _report)


@rooms.get(HOME + "/figures/<code:code>.csv")
@requires("plans.draft.read", on=plan_at)
def figures_csv(plan: Plan, code: str) -> Any:
    """The rows of its tables as a file."""
    sheet = _sheet(plan)
    try:
        rows = [sheet.named(code)]
    except Missing:
        now = sheet.keyed(former_key(plan, "indicator", code)).indicator.code
        return redirect(url_for("monitoring.figures_csv", slug=plan.slug, code=now), 301)
    return csv_file(f"{plan.slug}-figures.csv", csv_columns(rows), csv_rows(rows))


def _sheet(plan: Plan) -> Sheet:
    return sheet_of(plan, actor(), request.args.get("period", ""))


def _row_page(row: Any) -> str:
    """Where a row of the framework is read."""
    slug = row.plan.slug
    if kind_of(row) == "activity":
        return url_for("plans.activity", slug=slug, key=row.key)
    if kind_of(row) == "indicator":
        return url_for("monitoring.figures", slug=slug, code=row.code)
    return url_for("plans.framework", slug=slug)


def _report(point: Point) -> str:
    """The report that a figure is from; none for what came in a file."""
    update = point.update
    return url_for("monitoring.one_update", slug=update.plan.slug, key=update.key) if update else ""
