"""What each institution did, and the plan seen across its pillars: themes, obligations, areas."""

from collections.abc import Mapping
from typing import Any

from flask import request, url_for

from nap_builder.kernel.access import requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.languages import LazyString, _, _l, words_in
from nap_builder.monitoring.assessments.names import JUDGEMENTS
from nap_builder.monitoring.assessments.names import KINDS as JUDGEMENT_KINDS
from nap_builder.monitoring.assessments.queries import assessments_until
from nap_builder.monitoring.queries.crosscuts import KEYS, NOTHING, crosscut
from nap_builder.monitoring.queries.objectives import objective_rows
from nap_builder.monitoring.queries.overview import Group, overview, shown_periods
from nap_builder.monitoring.queries.scoreboard import scores
from nap_builder.monitoring.routes.blueprint import HOME, rooms
from nap_builder.monitoring.routes.shown import shown
from nap_builder.plans.levels import level_name
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.names import AREAS, THEMES
from nap_builder.plans.queries.plan import plan_at
from nap_builder.reference.queries import mandate_titles

KIND = f"any({', '.join(KEYS)})"
TITLES: dict[str, LazyString] = {
    "themes": _l("Progress by theme"),
    "mandates": _l("Progress by mandate"),
    "areas": _l("Progress by area of the 2005–2007 plan of action"),
}
HEADS: dict[str, LazyString] = {"themes": _l("Theme"), "mandates": _l("Mandate"), "areas": _l("Area")}
TABS: dict[str, LazyString] = {"themes": _l("Themes"), "mandates": _l("Mandates"), "areas": _l("Areas")}
FILTERED_BY = {"pillars": "pillar", "themes": "theme", "mandates": "mandate", "areas": "area"}


@rooms.get(f"{HOME}/scoreboard")
@requires("plans.draft.read", on=plan_at)
def scoreboard(plan: Plan) -> str:
    """What each institution was to do and to report, and what it did."""
    asked = request.args.get("period", "")
    found = overview(plan, actor(), asked)
    objectives = objective_rows(plan, found.rows, found.indicators)
    until = [period for period in shown_periods(plan) if found.period and period.ends <= found.period.ends]
    return shown(
        "monitoring/scoreboard.html",
        found,
        "monitoring.scoreboard",
        asked=asked,
        objectives=objectives,
        said_of=assessments_until(found.period),
        judgements=JUDGEMENTS,
        judgement_kinds=JUDGEMENT_KINDS,
        scores=scores(plan, found.rows, objectives, found.record, until),
    )


@rooms.get(f"{HOME}/progress-by/<{KIND}:kind>")
@requires("plans.draft.read", on=plan_at)
def progress_by(plan: Plan, kind: str) -> str:
    """The activities by what they have in common, a row each."""
    asked = request.args.get("period", "")
    found = overview(plan, actor(), asked)
    level = level_name(plan, "pillar")
    return shown(
        "monitoring/progress_by.html",
        found,
        "monitoring.progress_by",
        asked=asked,
        kind=kind,
        filtered_by=FILTERED_BY[kind],
        title=TITLES.get(kind) or _("Progress by %(level)s", level=level.lower()),
        head=HEADS.get(kind) or level,
        tabs_of=_tabs(plan, kind, asked),
        groups=[(group, *_label(kind, group)) for group in crosscut(found, kind)],
    )


def _tabs(plan: Plan, here: str, asked: str) -> list[dict[str, Any]]:
    return [
        {
            "label": TABS.get(kind) or level_name(plan, "pillar"),
            "href": url_for("monitoring.progress_by", slug=plan.slug, kind=kind, period=asked or None),
            "current": kind == here,
        }
        for kind in ("themes", "mandates", "areas", "pillars")
    ]


def _label(kind: str, group: Group) -> tuple[str, str]:
    """What a row is called, and what it asks."""
    if group.key == NOTHING:
        return _("None named"), ""
    if kind == "mandates":
        return group.key, words_in(mandate_titles().get(group.key))
    if kind == "pillars":
        head = group.rows[0].pillar if group.rows else None
        return group.key, words_in(dict(head.title)) if head else ""
    names: Mapping[str, LazyString] = THEMES if kind == "themes" else AREAS
    said = str(names.get(group.key, group.key))
    return (_("%(code)s %(title)s", code=group.key, title=said), "") if kind == "areas" else (said, "")
