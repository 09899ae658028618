"""Indicators with their figures, milestones and budget lines: one by its key, and lists of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import joinedload

from nap_builder.kernel.actor import Actor
from nap_builder.kernel.database import db, one
from nap_builder.kernel.errors import Missing
from nap_builder.kernel.paging import Page, page_of
from nap_builder.plans.beyond import Ahead
from nap_builder.plans.levels import LEVELS, kind_of
from nap_builder.plans.models.framework import Activity, Objective, Output
from nap_builder.plans.models.measures import BASELINE, TARGET, BudgetLine, Figure, Indicator, Milestone
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.framework import activity_at, readable, row_at
from nap_builder.plans.queries.plan import UNMEASURED

LACKS = {
    "baseline": UNMEASURED,
    "target": ~exists().where(Figure.indicator_id == Indicator.id, Figure.part == TARGET),
}


@dataclass(frozen=True)
class Figures:
    """The figures of an indicator."""

    baseline: Figure | None = None
    benchmark: Figure | None = None
    targets: list[Figure] = field(default_factory=list)


def indicator_at(slug: str, key: str) -> Indicator:
    """A living indicator. Raises Missing, also where it hangs on a restricted activity not for this reader."""
    found: Indicator = row_at(slug, "indicator", key)
    return found


def milestone_at(slug: str, key: str) -> Milestone:
    """A living milestone. Raises Missing."""
    found: Milestone = row_at(slug, "milestone", key)
    return found


def line_at(slug: str, key: str, line: str) -> BudgetLine:
    """A budget line of an activity. Raises Missing."""
    activity = activity_at(slug, key)
    return one(select(BudgetLine).where(BudgetLine.key == line, BudgetLine.activity_id == activity.id))


def figure_of(indicator: Indicator, part: str, position: int) -> Figure | None:
    """One figure of an indicator, if it is there."""
    query = select(Figure).where(Figure.indicator_id == indicator.id, Figure.part == part)
    return db.session.scalar(query.where(Figure.position == position))


def figures_of(indicators: Iterable[Indicator]) -> dict[int, Figures]:
    """The figures of indicators by their row ids; one statement."""
    found: dict[int, list[Figure]] = defaultdict(list)
    query = select(Figure).where(Figure.indicator_id.in_([one.id for one in indicators]))
    for figure in db.session.scalars(query.order_by(Figure.part, Figure.position)):
        found[figure.indicator_id].append(figure)
    return {indicator: _sorted(figures) for indicator, figures in found.items()}


def _sorted(figures: list[Figure]) -> Figures:
    single = {figure.part: figure for figure in figures}
    targets = [figure for figure in figures if figure.part == TARGET]
    return Figures(single.get(BASELINE), single.get("benchmark"), targets)


def row_of(indicator: Indicator) -> Any:
    """The row of the framework that an indicator hangs on."""
    return indicator.activity or indicator.output or indicator.objective or indicator.pillar


def holder_of(milestone: Milestone) -> Any:
    """The objective or activity that a milestone belongs to, or the plan."""
    return milestone.activity or milestone.objective or milestone.plan


def indicators_on(row: Any) -> Sequence[Indicator]:
    """The indicators that hang on a row, in order."""
    column = getattr(Indicator, f"{kind_of(row)}_id")
    query = select(Indicator).where(column == row.id, Indicator.archived_at.is_(None))
    return db.session.scalars(query.order_by(Indicator.position, Indicator.id)).all()


def milestones_on(row: Any) -> Sequence[Milestone]:
    """The milestones of an objective or activity, in order; those of the plan as a whole for the plan."""
    query = select(Milestone).where(Milestone.archived_at.is_(None))
    if isinstance(row, Plan):
        query = query.where(
            Milestone.plan_id == row.id, Milestone.objective_id.is_(None), Milestone.activity_id.is_(None)
        )
    else:
        query = query.where(getattr(Milestone, f"{kind_of(row)}_id") == row.id)
    return db.session.scalars(query.order_by(Milestone.position, Milestone.id)).all()


def all_milestones(plan: Plan, who: Actor) -> Sequence[Milestone]:
    """Every milestone of a plan that the reader may see; the plan's own first."""
    query = (
        select(Milestone)
        .outerjoin(Activity, Activity.id == Milestone.activity_id)
        .outerjoin(Output, Output.id == Activity.output_id)
        .outerjoin(Objective, Objective.id == Activity.objective_id)
        .where(Milestone.plan_id == plan.id, Milestone.archived_at.is_(None))
        .where(or_(Milestone.activity_id.is_(None), readable(who, plan.id)))
        .options(joinedload(Milestone.objective), joinedload(Milestone.activity), joinedload(Milestone.responsible))
        .order_by(Milestone.activity_id.is_not(None), Milestone.objective_id.is_not(None), Milestone.due, Milestone.id)
    )
    return db.session.scalars(query).all()


def all_indicators(plan: Plan, who: Actor, *loaded: Any) -> Sequence[Indicator]:
    """The living indicators of a plan that a person may read, in its order; `loaded` says what to read with them."""
    query = (
        select(Indicator)
        .outerjoin(Activity, Activity.id == Indicator.activity_id)
        .outerjoin(Output, Output.id == Activity.output_id)
        .outerjoin(Objective, Objective.id == Activity.objective_id)
        .where(Indicator.plan_id == plan.id, Indicator.archived_at.is_(None))
        .where(or_(Indicator.activity_id.is_(None), Activity.archived_at.is_(None) & readable(who, plan.id)))
    )
    return db.session.scalars(query.options(*loaded).order_by(Indicator.position, Indicator.id)).all()


def page_of_indicators(plan: Plan, who: Actor, *, level: str = "", lacks: str = "", number: int = 1) -> Page[Indicator]:
    """A page of a plan's indicators in their own order; those of one level, or those that lack a figure, if asked."""
    query = (
        select(Indicator)
        .outerjoin(Activity, Activity.id == Indicator.activity_id)
        .outerjoin(Output, Output.id == Activity.output_id)
        .outerjoin(Objective, Objective.id == Activity.objective_id)
        .where(Indicator.plan_id == plan.id, Indicator.archived_at.is_(None))
        .where(or_(Indicator.activity_id.is_(None), readable(who, plan.id)))
    )
    if level in LEVELS:
        query = query.where(getattr(Indicator, f"{level}_id").is_not(None))
    if lacks in LACKS:
        query = query.where(LACKS[lacks])
    places = [joinedload(getattr(Indicator, name)) for name in LEVELS]
    above = (joinedload(Indicator.activity).joinedload(Activity.objective), joinedload(Indicator.responsible))
    return page_of(query.options(*places, *above).order_by(Indicator.position, Indicator.id), number)


def next_place(plan: Plan, model: type[Indicator | Milestone]) -> int:
    """The position after the last of a plan's indicators or milestones."""
    query = select(model.position).where(model.plan_id == plan.id).order_by(model.position.desc()).limit(1)
    last = db.session.scalar(query)
    return 0 if last is None else last + 1


def named_row(plan: Plan, ref: str, kinds: Iterable[str]) -> Any:
    """The living row that a reference `kind:key` names, of one of these levels. Raises Missing."""
    kind, _colon, key = ref.partition(":")
    if kind not in kinds:
        raise Missing
    return row_at(plan.slug, kind, key)


def cell_rows(cells: list[dict[str, Any]] | None) -> list[dict[str, Any]]:
    """Cells as the rows of the form show them."""
    return [
        {
            "of": "; ".join(f"{name}={category}" for name, category in cell["of"].items()),
            "value": Decimal(cell["value"]) if "value" in cell else None,
            "missing": cell.get("missing"),
        }
        for cell in cells or ()
    ]


def scale_rows(scale: list[dict[str, Any]] | None, first: str) -> list[dict[str, Any]]:
    """The steps of a scale as the rows of the form show them; a label without a language is in the plan's first."""
    return [
        {
            "value": Decimal(step["value"]),
            "label": step["label"] if isinstance(step["label"], dict) else {first: step["label"]},
        }
        for step in scale or ()
    ]


@dataclass(frozen=True)
class FigureAsRead:
    """A figure as its form reads it: its cells as rows, its version that of its indicator, with which it is saved."""

    figure: Figure | None
    row_version: int

    def __getattr__(self, name: str) -> Any:
        if self.figure is None or name.startswith("_"):
            raise AttributeError(name)
        return cell_rows(self.figure.cells) if name == "cells" else getattr(self.figure, name)


@dataclass(frozen=True)
class IndicatorAsRead:
    """An indicator as its form reads it: the steps of its scale as rows."""

    indicator: Indicator

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        if name == "scale":
            return scale_rows(self.indicator.scale, self.indicator.plan.first_language)
        return getattr(self.indicator, name)


def ahead_of(activities: Collection[int]) -> dict[int, Ahead]:
    """The years of the budget lines and the dates of the milestones of activities (row ids). Two statements."""
    years: dict[int, set[int]] = defaultdict(set)
    dues: dict[int, set[str]] = defaultdict(set)
    money = select(BudgetLine.activity_id, BudgetLine.year).where(BudgetLine.activity_id.in_(activities))
    for row, year in db.session.execute(money.where(BudgetLine.year.is_not(None))):
        years[row].add(year or 0)
    dated = select(Milestone.activity_id, Milestone.due).where(Milestone.activity_id.in_(activities))
    for owner, due in db.session.execute(dated.where(Milestone.due.is_not(None), Milestone.archived_at.is_(None))):
        dues[owner or 0].add(due or "")
    return {row: Ahead(years[row], dues[row]) for row in activities}
