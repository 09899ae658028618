"""How the plan stands: the dashboard of a period, and its rows as a file."""

from collections.abc import Iterator

from flask import Response, request

from nap_builder.kernel.access import requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.csv_files import csv_file
from nap_builder.kernel.languages import words_in
from nap_builder.monitoring.queries.beside import promises
from nap_builder.monitoring.queries.overview import Overview, overview, shown_periods
from nap_builder.monitoring.routes.blueprint import HOME, rooms
from nap_builder.monitoring.routes.shown import shown
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.plan import plan_at

MOST_TROUBLED = 12
COLUMNS = (
    *("code", "title", "pillar", "objective", "lead", "starts", "ends", "status", "last_said", "days_late"),
    *("verified", "status_before", "period", "as_of"),
)


@rooms.get(f"{HOME}/monitoring")
@requires("plans.draft.read", on=plan_at)
def dashboard(plan: Plan) -> str:
    """Where the plan stands at the end of a period: what goes well, what is late, who is silent, what changed."""
    asked = request.args.get("period", "")
    found = overview(plan, actor(), asked)
    return shown(
        "monitoring/dashboard.html",
        found,
        "monitoring.dashboard",
        asked=asked,
        periods=shown_periods(plan),
        most=MOST_TROUBLED,
        promises=promises(plan),
    )


@rooms.get(f"{HOME}/monitoring.csv")
@requires("plans.draft.read", on=plan_at)
def dashboard_csv(plan: Plan) -> Response:
    """The activities of the dashboard, a row each: the same rows, in columns that stay."""
    found = overview(plan, actor(), request.args.get("period", ""))
    return csv_file(f"{plan.slug}-progress-{found.on}.csv", COLUMNS, _lines(found))


def _lines(found: Overview) -> Iterator[tuple[object, ...]]:
    for row in found.rows:
        yield (
            row.code,
            words_in(dict(row.title)),
            row.pillar.code,
            row.objective.code if row.objective else "",
            row.lead.code if row.lead else "",
            row.starts or "",
            row.ends or "",
            row.status,
            row.standing.said or "",
            row.standing.days_late,
            "yes" if row.verified else "no",
            row.before.status if row.before else "",
            found.period.ends if found.period else "",
            found.on,
        )
