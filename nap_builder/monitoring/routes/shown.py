"""What the pages of progress share: what their templates say things with, and where their links lead."""

from collections.abc import Callable, Iterable
from typing import Any

from flask import url_for

from nap_builder.kernel.bar_charts import TimeBar, Timeline
from nap_builder.kernel.charts import LineChart
from nap_builder.kernel.languages import LazyString, _, _l, day
from nap_builder.kernel.web import page
from nap_builder.monitoring import in_words
from nap_builder.monitoring.charts import activity_parts, progress_chart
from nap_builder.monitoring.progress import names as progress_names
from nap_builder.monitoring.progress.shapes import STEPPED
from nap_builder.monitoring.queries.overview import Overview
from nap_builder.monitoring.queries.standings import ActivityRow
from nap_builder.monitoring.queries.timeline import Mark
from nap_builder.monitoring.queries.watched import Watched
from nap_builder.plans import names, said
from nap_builder.plans.calendar import first_day, last_day
from nap_builder.plans.levels import level_name
from nap_builder.plans.models.measures import Indicator
from nap_builder.plans.models.plan import Plan

Link = Callable[..., str]
VIEWS: tuple[tuple[str, LazyString, dict[str, Any]], ...] = (
    ("monitoring.dashboard", _l("Dashboard"), {}),
    ("monitoring.timeline", _l("Timeline"), {}),
    ("monitoring.scoreboard", _l("Ministries"), {}),
    ("monitoring.progress_by", _l("Across the plan"), {"kind": "themes"}),
    ("monitoring.funders", _l("Money"), {}),
)


def shown(template: str, found: Overview, here: str, **given: Any) -> str:
    """A page of progress for staff; `here` is the view that it is, `asked` the period that the address names."""
    asked = given.get("asked") or None
    views = [
        {"label": label, "href": url_for(view, slug=found.plan.slug, period=asked, **parts), "current": view == here}
        for view, label, parts in VIEWS
    ]
    common = words_of(found, staff_links(found.plan, asked))
    return page(template, **{**common, "title": title_of(found), "views": views, **given})


def words_of(found: Overview, links: dict[str, Any]) -> dict[str, Any]:
    """What templates of progress, those of staff and those of everybody, say things with."""
    plan = found.plan
    scale = Timeline(plan.starts.year, plan.ends.year, found.on, day(found.on))
    return {
        "plan": plan,
        "found": found,
        "tell": in_words,
        "said_as": said,
        "names": names,
        "marks": progress_names,
        "level": lambda kind: level_name(plan, kind),
        "scale": scale,
        "bar_of": lambda row, marks=(): bar_of(scale, row, marks),
        "segments_of": lambda counts: activity_parts(
            counts.by, {status: links["to_timeline"](status=status) for status in progress_names.ACTIVITY_KINDS}
        ),
        "chart_of": chart_of,
        **links,
    }


def bar_of(scale: Timeline, row: ActivityRow, marks: Iterable[Mark] = ()) -> TimeBar:
    """An activity on the calendar, with the days of its milestones."""
    starts, ends = first_day(row.starts) if row.starts else None, last_day(row.ends) if row.ends else None
    due = [mark.standing.due for mark in marks if mark.standing.due]
    return scale.bar(starts, ends, progress_names.ACTIVITY_KINDS[row.status], due)


def chart_of(one: Watched) -> LineChart | None:
    """The chart of an indicator to watch; what goes by steps says more in its words."""
    return None if one.measure.kind in STEPPED else progress_chart(one.measure, [one.series])


def staff_links(plan: Plan, period: str | None) -> dict[str, Link]:
    """Where the rows of staff pages lead; a period that was asked for is handed on."""

    def timeline(**wanted: Any) -> str:
        return url_for("monitoring.timeline", slug=plan.slug, period=period, **wanted)

    def activity(row: ActivityRow) -> str:
        return url_for("plans.activity", slug=plan.slug, key=row.key)

    def indicator(one: Indicator) -> str:
        return url_for("monitoring.figures", slug=plan.slug, code=one.code, period=period)

    return {"to_timeline": timeline, "to_activity": activity, "to_indicator": indicator}


def public_links(period: str | None) -> dict[str, Link]:
    """Where the rows of public pages lead; activities have no page of their own there."""

    def timeline(**wanted: Any) -> str:
        return url_for("monitoring.public_timeline", period=period, **wanted)

    def indicator(one: Indicator) -> str:
        return url_for("monitoring.public_figures", code=one.code, period=period)

    return {"to_timeline": timeline, "to_activity": _nowhere, "to_indicator": indicator}


def _nowhere(_row: Any) -> str:
    return ""


def title_of(found: Overview) -> str:
    """What the page of a period is called."""
    return _("Progress to %(day)s", day=day(found.on))
