"""The results matrix: an outline of the whole plan in one statement, then the rows of one page in a few."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, func, literal, or_, select
from sqlalchemy.orm import joinedload

from nap_builder.kernel.actor import Actor
from nap_builder.kernel.database import db
from nap_builder.kernel.languages import folded
from nap_builder.kernel.paging import Page
from nap_builder.plans.models.framework import EFFECTIVE_LEAD, Activity, Objective, Output, Pillar
from nap_builder.plans.models.measures import BudgetLine, Indicator
from nap_builder.plans.models.plan import NOT_ASKED, Plan
from nap_builder.plans.money import Cost, cost_of, costing_of
from nap_builder.plans.problems import Period, Standing, problems_of
from nap_builder.plans.queries.costs import spendings_by_activity
from nap_builder.plans.queries.framework import IN_PLAN_ORDER, readable
from nap_builder.plans.queries.parts import Involved, involved
from nap_builder.plans.queries.promised import states_of
from nap_builder.taskforce.models import Institution

PAGE = 40
NOBODY = "-"
GAP = "gap"


@dataclass(frozen=True)
class Filter:
    """What the matrix shows. `lead` is an institution's row id, or NOBODY; `pillar` None shows all of them.

    `cost` is a costing (`names.COSTINGS`), or GAP for the rows with money that nobody has promised.
    """

    pillar: Pillar | None = None
    lead: int | str | None = None
    problems_only: bool = False
    cost: str = ""


@dataclass(frozen=True)
class Line:
    """One activity in the outline: where it stands, how its cost is known, and which checks it fails, by their keys."""

    id: int
    key: str
    place: tuple[int, int | None, int | None]
    lead: int | None
    found: bool
    costing: str
    gap: bool
    lacks: tuple[str, ...]


@dataclass(frozen=True)
class Outline:
    """All activities of the plan that the reader may see, and those that the filter lets through, in order."""

    lines: Sequence[Line]
    shown: Sequence[Line]

    @property
    def problems(self) -> int:
        """How many activities of the plan lack something."""
        return sum(bool(line.lacks) for line in self.lines)

    def page_with(self, key: str) -> int | None:
        """The number of the page on which an activity is shown."""
        return next((place // PAGE + 1 for place, line in enumerate(self.shown) if line.key == key), None)

    def after(self, key: str) -> Sequence[Line]:
        """The shown lines after an activity; a page of them at most."""
        place = next((place for place, line in enumerate(self.shown) if line.key == key), len(self.shown))
        return self.shown[place + 1 : place + 1 + PAGE]


@dataclass(frozen=True)
class MatrixRow:
    """One activity as the matrix shows it."""

    activity: Activity
    lead: Institution | None
    involved: Involved
    cost: Cost
    indicators: int
    lacks: tuple[str, ...]
    commitment: str

    @property
    def inherited(self) -> bool:
        """Whether its lead comes from a row above."""
        return self.lead is not None and self.activity.lead_id is None


@dataclass(frozen=True)
class Group:
    """The rows of one page that stand under the same row, and how many of the shown stand there in all."""

    heads: tuple[Any, ...]
    count: int
    problems: int
    rows: list[MatrixRow] = field(default_factory=list)


def _facts() -> list[ColumnElement[Any]]:
    """What the rule about problems looks at: time, costing, the number of budget lines and of those without a source.

    The last is the number of lines that nobody has promised.
    """
    lines = select(func.count()).where(BudgetLine.activity_id == Activity.id)
    sourced = or_(
        BudgetLine.source.is_not(None),
        BudgetLine.funder_id.is_not(None),
        BudgetLine.kind.is_not(None),
        BudgetLine.funding == GAP,
    )
    wanted = (lines, lines.where(~sourced), lines.where(BudgetLine.funding == GAP))
    counts = [query.correlate(Activity).scalar_subquery() for query in wanted]
    return [Activity.timing, Activity.starts, Activity.ends, Activity.costing, *counts]  # type: ignore[list-item]


def lines_of_plan(plan: Plan, words: str, who: Actor) -> list[Line]:
    """Where every activity stands, what it lacks and whether it has these words; as far as `who` may read it.

    One statement, whatever the size of the plan.
    """
    said = folded(words.strip()).replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    found = Activity.sought.like(f"%{said}%", escape="\\") if said else literal(1)
    query = (
        select(
            Activity.id,
            Activity.key,
            Activity.pillar_id,
            Activity.objective_id,
            Activity.output_id,
            EFFECTIVE_LEAD,
            found,
            *_facts(),
        )
        .join(Pillar, Pillar.id == Activity.pillar_id)
        .outerjoin(Objective, Objective.id == Activity.objective_id)
        .outerjoin(Output, Output.id == Activity.output_id)
        .where(Activity.plan_id == plan.id, Activity.archived_at.is_(None), readable(who, plan.id))
        .order_by(*IN_PLAN_ORDER)
    )
    period = Period(plan.starts, plan.ends)
    excepted = frozenset(one["check"] for one in plan.not_applicable or ())
    return [_line(row, period, excepted) for row in db.session.execute(query)]


def narrowed(lines: Sequence[Line], wanted: Filter) -> Outline:
    """The outline with the lines that a filter lets through."""
    return Outline(lines, [line for line in lines if _shown(line, wanted)])


def _line(row: Sequence[Any], period: Period, excepted: Collection[str]) -> Line:
    *facts, gap = row[7:]
    standing = Standing(row[5] is not None, row[3] is not None, *facts)
    costing = costing_of(standing.costing, has_money=bool(standing.lines))
    lacks = problems_of(standing, period, excepted)
    return Line(row[0], row[1], (row[2], row[3], row[4]), row[5], bool(row[6]), costing, bool(gap), lacks)


def _shown(line: Line, wanted: Filter) -> bool:
    return (
        line.found
        and (wanted.pillar is None or line.place[0] == wanted.pillar.id)
        and (not wanted.lead or line.lead == (None if wanted.lead == NOBODY else wanted.lead))
        and (not wanted.problems_only or bool(line.lacks))
        and (not wanted.cost or (line.gap if wanted.cost == GAP else line.costing == wanted.cost))
    )


def page_of_matrix(plan: Plan, found: Outline, number: int) -> tuple[Page[Line], list[Group]]:
    """One page of what is shown, in groups; a number beyond the end shows the last page. Five statements."""
    page: Page[Line] = Page(found.shown, number, PAGE, len(found.shown))
    number = min(max(1, number), page.last)
    lines = found.shown[(number - 1) * PAGE : number * PAGE]
    page = Page(lines, number, PAGE, len(found.shown))
    counts = Counter(line.place for line in found.shown)
    problems = Counter(line.place for line in found.shown if line.lacks)
    groups: list[Group] = []
    last = None
    for line, row in zip(lines, _rows(plan, lines), strict=True):
        if line.place != last:
            last, activity = line.place, row.activity
            heads = tuple(head for head in (activity.objective, activity.output) if head) or (activity.pillar,)
            groups.append(Group(heads, counts[last], problems[last]))
        groups[-1].rows.append(row)
    return page, groups


def _rows(plan: Plan, lines: Sequence[Line]) -> list[MatrixRow]:
    ids = [line.id for line in lines]
    places = (joinedload(Activity.pillar), joinedload(Activity.objective), joinedload(Activity.output))
    found = {row.id: row for row in db.session.scalars(select(Activity).where(Activity.id.in_(ids)).options(*places))}
    parts = involved(found.values())
    spent, measured, promised = spendings_by_activity(plan, ids), _indicators(ids), states_of(ids)
    leads = {line.lead for line in lines if line.lead}
    bodies = {body.id: body for body in db.session.scalars(select(Institution).where(Institution.id.in_(leads)))}
    return [
        MatrixRow(
            activity=found[line.id],
            lead=bodies.get(line.lead or 0),
            involved=parts.get(line.id, Involved()),
            cost=cost_of(spent.get(line.id, ()), found[line.id].costing),
            indicators=measured[line.id],
            lacks=line.lacks,
            commitment=promised.get(line.id, NOT_ASKED),
        )
        for line in lines
    ]


def next_to_write(found: Outline, key: str, writable: Callable[[Activity], bool]) -> Activity | None:
    """The next shown activity after one that may be written, within a page's length."""
    lines = found.after(key)
    places = (joinedload(Activity.pillar), joinedload(Activity.objective), joinedload(Activity.output))
    query = select(Activity).where(Activity.id.in_([line.id for line in lines])).options(*places)
    rows = {row.id: row for row in db.session.scalars(query)}
    return next((rows[line.id] for line in lines if writable(rows[line.id])), None)


def _indicators(activities: list[int]) -> Counter[int]:
    query = select(Indicator.activity_id, func.count()).where(
        Indicator.activity_id.in_(activities), Indicator.archived_at.is_(None)
    )
    return Counter({row or 0: count for row, count in db.session.execute(query.group_by(Indicator.activity_id))})
