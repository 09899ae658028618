"""The smallest pieces of a report's facts, said in the language spoken now."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from nap_builder.kernel.languages import _, choose, tag, words_in
from nap_builder.monitoring import in_words as tell
from nap_builder.monitoring.assessments.models import Assessment
from nap_builder.monitoring.assessments.names import JUDGEMENTS
from nap_builder.monitoring.charts import activity_parts, progress_chart
from nap_builder.monitoring.progress.names import ACTIVITY_KINDS, LEFT, STATUS_KINDS, STATUSES
from nap_builder.monitoring.progress.shapes import STEPPED
from nap_builder.monitoring.queries.objectives import ObjectiveRow
from nap_builder.monitoring.queries.overview import Overview
from nap_builder.monitoring.queries.standings import ActivityRow, Counts
from nap_builder.monitoring.queries.watched import Watched
from nap_builder.plans.models.plan import Plan

LONGEST_TITLE, SHORT_TITLE, NAME = 110, 70, 36
Quoted = dict[str, str]


@dataclass(frozen=True)
class Drawn:
    """How the plan stands, its objectives, by what a progress report goes, and what organisations say of objectives."""

    found: Overview
    objectives: tuple[ObjectiveRow, ...]
    grouped_by: str
    assessed: Mapping[int, Sequence[Assessment]]

    @property
    def plan(self) -> Plan:
        """The plan."""
        return self.found.plan

    @property
    def met(self) -> int:
        """How many objectives are met."""
        return sum(each.met for each in self.objectives)


def quoted(text: Mapping[str, str] | None, plan: Plan, longest: int = 0) -> Quoted:
    """A text of the plan with its language; cut at a word where it is longer than the document has room for."""
    if not text:
        return {"text": "", "lang": tag()}
    chosen = choose(text, tag(), plan.first_language)
    return {"text": cut(text[chosen], longest) if longest else text[chosen], "lang": chosen}


def cut(text: str, longest: int) -> str:
    """A text in one line, of so many characters at most, the last word whole where it can be."""
    text = " ".join(text.split())
    if len(text) <= longest:
        return text
    head = text[: longest - 1]
    words, _space, _rest = head.rpartition(" ")
    return (words if len(words) > longest // 2 else head).rstrip(",;: ") + "…"


def bar_of(counts: Counts) -> dict[str, Any]:
    """How many stand how: the parts of a `segment_bar`, and the same in words."""
    parts = [{**part, "label": str(part["label"])} for part in activity_parts(counts.by)]
    return {"label": tell.counted(counts), "parts": parts}


def activity_said(drawn: Drawn, row: ActivityRow) -> dict[str, Any]:
    """An activity with how it stands; of one that goes badly or is given up, why, as its ministry said last."""
    reason = _reason(drawn, row) if row.troubled or row.status in LEFT else None
    return {
        "code": row.code,
        "title": quoted(row.title, drawn.plan),
        "lead": quoted(row.lead.called, drawn.plan) if row.lead else None,
        "kind": ACTIVITY_KINDS[row.status],
        "stands": tell.stands(row),
        "reason": quoted(reason, drawn.plan) if reason else None,
    }


def _reason(drawn: Drawn, row: ActivityRow) -> Mapping[str, str] | None:
    """What was said last of an activity; where nothing was, the reason given at one of its milestones."""
    update = drawn.found.record.activities.get(row.id)
    if update is None or update.said:
        return update.said if update else None
    given = [told["reason"] for _key, told in sorted((update.milestones or {}).items()) if told.get("reason")]
    return given[0] if given else None


def named(drawn: Drawn, rows: Sequence[ActivityRow], most: int) -> dict[str, Any]:
    """The first activities of some by code and short title, and how many more there are."""
    first = [{"code": row.code, "title": quoted(row.title, drawn.plan, NAME)} for row in rows[:most]]
    return {"rows": first, "more": len(rows) - len(first)}


def indicator_said(one: Watched) -> dict[str, Any]:
    """An indicator: its last value, how it stands and by which rule, and its chart where it has one."""
    chart = None if one.measure.kind in STEPPED else progress_chart(one.measure, [one.series])
    return {
        "code": one.indicator.code,
        "title": quoted(one.indicator.title, one.indicator.plan, LONGEST_TITLE),
        "named": words_in(one.indicator.title),
        "value": str(tell.value(one)),
        "kind": STATUS_KINDS[one.status.name],
        "stands": str(STATUSES[one.status.name]),
        "rule": one.status.sentence,
        "chart": asdict(chart) if chart else None,
    }


def assessed_said(given: Sequence[Assessment], most: int) -> dict[str, Any]:
    """What organisations say of an objective: the judgement of each, and how many more there are."""
    said = [
        {
            "who": one.institution.code if one.institution else _("The auditor"),
            "judgement": str(JUDGEMENTS[one.judgement]),
        }
        for one in given[:most]
    ]
    return {"rows": said, "more": max(0, len(given) - most)}
