"""What everybody may see of the progress, once it is published."""

from collections.abc import Callable
from typing import Any

from flask import request

from nap_builder.kernel.access import demand, requires
from nap_builder.kernel.actor import NOBODY
from nap_builder.kernel.web import page
from nap_builder.monitoring.queries.overview import Overview, overview, shown_periods
from nap_builder.monitoring.queries.published import published_period
from nap_builder.monitoring.routes.blueprint import rooms
from nap_builder.monitoring.routes.shown import public_links, words_of
from nap_builder.monitoring.routes.timeline import narrowed

MOST_TROUBLED = 12


@rooms.get("/progress")
@requires("accounts.doors")
def progress() -> str:
    """How the plan stands at the end of the newest published period, or of one that is asked for."""
    return _page("monitoring/public.html")


@rooms.get("/progress/timeline")
@requires("accounts.doors")
def public_timeline() -> str:
    """Every activity that the public may read, on the calendar."""
    return _page("monitoring/public_timeline.html", narrowed)


def _page(template: str, more: Callable[[Overview], dict[str, Any]] | None = None) -> str:
    period = published_period()
    if period is None:
        return page("monitoring/unpublished.html")
    demand("monitoring.progress.read", period)
    asked = request.args.get("period", "")
    found = overview(period.plan, NOBODY, asked, public=True)
    periods = shown_periods(period.plan, public=True)
    given = {**words_of(found, public_links(asked or None)), "asked": asked, "periods": periods, "most": MOST_TROUBLED}
    return page(template, **given, **(more(found) if more else {}))
