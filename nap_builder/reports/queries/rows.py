"""The facts of a report by objective, by pillar or theme, and by ministry, said in the language spoken now."""

from collections.abc import Sequence
from typing import Any

from nap_builder.kernel.languages import _, _n, words_in
from nap_builder.monitoring import in_words as tell
from nap_builder.monitoring.progress.names import COMPLETED, FINAL_STATUSES, LEFT
from nap_builder.monitoring.progress.spending import SPENT, use_of
from nap_builder.monitoring.queries.crosscuts import NOTHING, crosscut
from nap_builder.monitoring.queries.money import MoneyRow
from nap_builder.monitoring.queries.overview import Group
from nap_builder.monitoring.queries.standings import ActivityRow, counts_of
from nap_builder.plans.levels import level_name
from nap_builder.plans.names import THEMES
from nap_builder.reports.models import THEMES as BY_THEME
from nap_builder.reports.queries.pieces import (
    LONGEST_TITLE,
    SHORT_TITLE,
    Drawn,
    activity_said,
    assessed_said,
    bar_of,
    named,
    quoted,
)
from nap_builder.taskforce.models import Institution

MOST_LINES, MOST_WIDE_LINES = 12, 8
MOST_NAMED = MOST_NEXT = 3
MOST_ASSESSED = 2
ONE_LINE = 25  # characters of a title that make room for what organisations say, where lines are many


def groups_of(drawn: Drawn) -> list[dict[str, Any]]:
    """The activities by pillar or theme: how they stand, what finished in the period, and what goes badly."""
    return [_group(drawn, group) for group in crosscut(drawn.found, drawn.grouped_by) if group.rows]


def _group(drawn: Drawn, group: Group) -> dict[str, Any]:
    return {
        "code": group.key,
        "title": _group_title(drawn, group),
        "total": group.counts.total,
        "good": group.counts.good,
        "headline": tell.headline(group.counts),
        "bar": bar_of(group.counts),
        "rate": group.use.execution.sentence if group.money else "",
        "finished": [activity_said(drawn, row) for row in group.rows if newly_finished(row)],
        "troubled": [activity_said(drawn, row) for row in group.rows if row.troubled],
        "left": [activity_said(drawn, row) for row in group.rows if row.status in LEFT],
    }


def _group_title(drawn: Drawn, group: Group) -> dict[str, str]:
    if drawn.grouped_by != BY_THEME:
        head = group.rows[0].pillar
        title = quoted(head.title, drawn.plan)
        return {**title, "text": f"{head.code} {title['text']}"}
    words = str(THEMES.get(group.key, group.key)) if group.key != NOTHING else _("No theme named")
    return {"text": words, "lang": ""}


def newly_finished(row: ActivityRow) -> bool:
    """Whether an activity is finished, and was not at the end of the period before."""
    return row.status == COMPLETED and (row.before is None or row.before.status != COMPLETED)


def lines_of(drawn: Drawn) -> dict[str, Any]:
    """The lines of the report card: the objectives, or the pillars where those are more than two pages hold.

    `wide` says that there are so few that each has room for longer texts.
    """
    given: list[tuple[Any, Sequence[ActivityRow], bool | None]]
    if 0 < len(drawn.objectives) <= MOST_LINES:
        given = [(each.objective, each.activities, each.met) for each in drawn.objectives]
        level = "objective"
    else:
        given = [(group.head, group.rows, None) for group in drawn.found.pillars if group.head]
        level = "pillar"
    wide = len(given) <= MOST_WIDE_LINES
    longest = LONGEST_TITLE if wide else SHORT_TITLE
    judges = MOST_ASSESSED if wide else 1
    most = min(MOST_NAMED, max(1, MOST_LINES // max(1, len(given))))
    said = drawn.assessed if level == "objective" else {}
    lines = [
        {
            **_line(drawn, rows, most),
            "key": row.key,
            "code": row.code,
            "promised": quoted(row.title, drawn.plan, longest - (0 if wide or row.id not in said else ONE_LINE)),
            "met": met,
            "assessed": assessed_said(said.get(row.id, ()) if said else (), judges),
        }
        for row, rows, met in given[:MOST_LINES]
    ]
    left = max(0, len(given) - MOST_LINES)
    return {"level": level_name(drawn.plan, level), "lines": lines, "wide": wide, "left": left}


def _line(drawn: Drawn, rows: Sequence[ActivityRow], most: int) -> dict[str, Any]:
    counts = counts_of(rows)
    finished = counts.of(COMPLETED)
    open_rows = [row for row in rows if row.status not in FINAL_STATUSES]
    soonest = sorted(open_rows, key=lambda row: row.ends or "9999")[:MOST_NEXT]
    return {
        "done": _n(
            "%(some)s of %(num)s activity finished", "%(some)s of %(num)s activities finished", len(rows), some=finished
        ),
        "finished": named(drawn, [row for row in rows if row.status == COMPLETED], most),
        "undone": [one for one in _undone(drawn, rows, most) if one["rows"]],
        "money": _money(drawn, rows),
        "reasons": [activity_said(drawn, row) for row in rows if row.troubled or row.status in LEFT],
        "next": named(drawn, [row for row in rows if row in soonest], MOST_NEXT)["rows"],
    }


def _undone(drawn: Drawn, rows: Sequence[ActivityRow], most: int) -> list[dict[str, Any]]:
    """What is late or blocked, then what is given up: how many, and the first by name."""
    stuck = [row for row in rows if row.status in ("late", "blocked")]
    left = [row for row in rows if row.status in LEFT]
    late = _n("%(num)s late or blocked", "%(num)s late or blocked", len(stuck))
    over = _n("%(num)s dropped or carried over", "%(num)s dropped or carried over", len(left))
    return [{"count": late, **named(drawn, stuck, most)}, {"count": over, **named(drawn, left, most)}]


def _money(drawn: Drawn, rows: Sequence[ActivityRow]) -> list[str]:
    """What was planned and spent for some activities, and the share."""
    own = {row.id for row in rows}
    lines: list[MoneyRow] = [one for one in drawn.found.money if one.line.activity_id in own]
    if not lines:
        return []
    use = use_of(one.outlay for one in lines)
    said = [_("Planned: %(amount)s", amount=tell.stage(use, "planned"))]
    if SPENT in use.costs:
        said.append(_("Spent: %(amount)s", amount=tell.stage(use, SPENT)))
    return said


def asked_of(drawn: Drawn) -> list[dict[str, Any]]:
    """The institutions that lead what is not over or owe reports, each with what goes badly and is not reported."""
    bodies: dict[str, Institution] = {}
    for row in drawn.found.rows:
        if row.lead is not None and row.status not in FINAL_STATUSES:
            bodies[row.lead.code] = row.lead
    owed = {silence.institution.code: silence for silence in drawn.found.silent}
    bodies |= {code: silence.institution for code, silence in owed.items()}
    return [
        {
            "code": code,
            "name": quoted(body.name, drawn.plan),
            "called": words_in(body.called),
            "troubled": [
                activity_said(drawn, row)
                for row in drawn.found.troubled
                if row.lead is not None and row.lead.code == code
            ],
            "unreported": [due.row.code for due in owed[code].missing] if code in owed else [],
        }
        for code, body in sorted(bodies.items())
    ]
