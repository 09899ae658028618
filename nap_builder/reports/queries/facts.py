"""The facts of a report, drawn from the sums that every page of progress shows, and said in each language of the plan.

They are drawn as everybody may know them: nothing of restricted activities is in a report. For a period whose progress
is published they hold verified figures alone, else what was reported so far. What is drawn here is kept as JSON and
read again without a look at the plan.
"""

import json
from collections.abc import Mapping
from typing import Any

from nap_builder.kernel.actor import NOBODY
from nap_builder.kernel.languages import _, _n, country_name, day, speaking, words_in
from nap_builder.monitoring import in_words as tell
from nap_builder.monitoring.assessments.queries import assessments_of
from nap_builder.monitoring.models import ReportingPeriod
from nap_builder.monitoring.progress.names import STAGES
from nap_builder.monitoring.progress.spending import SPENT
from nap_builder.monitoring.queries.objectives import objective_rows
from nap_builder.monitoring.queries.overview import Overview, overview
from nap_builder.plans.models.plan import Plan
from nap_builder.reports.queries.pieces import LONGEST_TITLE, Drawn, bar_of, indicator_said, quoted
from nap_builder.reports.queries.rows import asked_of, groups_of, lines_of
from nap_builder.taskforce.queries import installation

Facts = dict[str, Any]


def facts_of(plan: Plan, period: ReportingPeriod, grouped_by: str, *, public: bool | None = None) -> Facts:
    """The facts of a period now: `public`, the day they judge (`on`), `figures`, and `said` by language of the plan.

    `languages` lists these, the plan's own first.
    `public` says whether they are the verified figures alone; where it is None, the period's being published does.

    While the plan is amended there are, for the public, no indicators, money and objectives (see `Overview`).
    """
    public = period.published_at is not None if public is None else public
    found = overview(plan, NOBODY, period.ends.isoformat(), public=public)
    amended = public and plan.being_amended
    objectives = [] if amended else objective_rows(plan, found.rows, found.indicators)
    drawn = Drawn(found, tuple(objectives), grouped_by, assessments_of(period))
    said = {}
    for language in plan.languages:
        with speaking(language):
            said[language] = _said(drawn)
    facts = {
        "public": public,
        "languages": list(plan.languages),
        "on": found.on.isoformat(),
        "figures": _figures(drawn),
        "said": said,
    }
    return dict(json.loads(json.dumps(facts)))  # as it is read again, so that the two can be held side by side


def _figures(drawn: Drawn) -> Facts:
    found = drawn.found
    indicators: dict[str, int] = {}
    for one in found.indicators:
        indicators[one.status.name] = indicators.get(one.status.name, 0) + 1
    return {
        "activities": {status: count for status, count in found.counts.parts() if count},
        "total": found.counts.total,
        "good": found.counts.good,
        "good_before": found.counts_before.good if found.counts_before else None,
        "groups": {group["code"]: group["total"] for group in groups_of(drawn)},
        "objectives": {"met": drawn.met, "all": len(drawn.objectives)},
        "indicators": indicators,
    }


def _said(drawn: Drawn) -> Facts:
    """Everything that the documents say, in the language spoken now."""
    found = drawn.found
    return {
        **_head(found),
        "headline": tell.headline(found.counts),
        "changed": tell.changed(found),
        "bar": bar_of(found.counts),
        "big": _big(drawn),
        "rows": lines_of(drawn),
        "groups": groups_of(drawn),
        "indicators": [indicator_said(one) for one in found.watched],
        "measured": len(found.indicators),
        "money": _money(found),
        "currency": found.plan.currency,
        "rate": found.use.execution.sentence if found.money else "",
        "ministries": asked_of(drawn),
        "notes": _notes(drawn),
    }


def _head(found: Overview) -> Facts:
    plan, period = found.plan, found.period
    assert period is not None  # a report is of a period
    state = installation()
    with_state = words_in(state.state_name) if state else country_name(plan.country, plan.first_language)
    span = _("%(start)s to %(end)s", start=day(period.starts), end=day(period.ends))
    return {
        "state": with_state or "",
        "plan": quoted(found.title, plan, LONGEST_TITLE),
        "period": span,
        "year": tell.year_of(plan, found.on),
        "on": day(found.on),
    }


def _big(drawn: Drawn) -> list[dict[str, str]]:
    """A few great figures, each with what it counts; what the plan does not have is left out."""
    found = drawn.found
    pairs = [(_of(found.counts.good, found.counts.total), _("activities finished or on track"))]
    pairs.append((str(found.counts.of("late")), _("activities late")))
    if any(each.of for each in drawn.objectives):
        pairs.append((_of(drawn.met, len(drawn.objectives)), _("objectives met")))
    if found.money:
        pairs.append((tell.rate(found.use.execution), _("of the money spent")))
    return [{"figure": figure, "label": label} for figure, label in pairs]


def _of(some: int, whole: int) -> str:
    return _("%(some)s of %(all)s", some=some, all=whole)


def _money(found: Overview) -> list[dict[str, str]]:
    """What the money comes to at each stage that is said of any; of how many lines, where that is not of all spent."""
    return [{"label": _stage(found, name), "amount": tell.stage(found.use, name)} for name in found.use.costs]


def _stage(found: Overview, name: str) -> str:
    stages: Mapping[str, Any] = STAGES
    said = {one.line.key for one in found.money if name in one.outlay}
    spent = {one.line.key for one in found.money if SPENT in one.outlay}
    if spent <= said:
        return str(stages[name])
    return _n(
        "%(stage)s, reported for %(some)s of %(num)s budget line",
        "%(stage)s, reported for %(some)s of %(num)s budget lines",
        len(spent | said),
        stage=stages[name],
        some=len(said),
    )


def _notes(drawn: Drawn) -> list[str]:
    found = drawn.found
    if found.public:
        notes = [str(tell.PUBLIC), *([str(tell.AMENDED)] if found.plan.being_amended else [])]
    else:
        notes = [
            _("The figures are as reported so far: not all are verified, and they are not published yet."),
            _("Restricted activities are neither shown nor counted."),
            tell.verified(found.came),
        ]
    if drawn.objectives:
        notes.append(str(tell.RULE_OF_OBJECTIVES))
    return notes
