"""Who has which part in a plan: leads, of a row's own or from above; co-leads and supporters; what nobody leads."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, true
from sqlalchemy.orm import joinedload

from nap_builder.kernel.actor import Actor
from nap_builder.kernel.database import db
from nap_builder.plans.levels import kind_of
from nap_builder.plans.models.framework import (
    CO_LEAD,
    EFFECTIVE_LEAD,
    SUPPORTING,
    Activity,
    Involvement,
    Objective,
    Output,
    Pillar,
)
from nap_builder.plans.models.measures import BudgetLine, Indicator, Milestone
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.policy import above
from nap_builder.plans.queries.framework import IN_PLAN_ORDER, possible_parents, readable, rows_where
from nap_builder.taskforce.models import Institution


@dataclass(frozen=True)
class Involved:
    """Who leads a row together with its lead, and who supports it; in the order of their names' codes."""

    co_leads: tuple[Institution, ...] = ()
    supporting: tuple[Institution, ...] = ()


@dataclass(frozen=True)
class Part:
    """A row in which an institution has a part: lead, co_lead or supporting; `inherited` from a row above."""

    row: Any
    part: str
    inherited: bool = False


def involved(rows: Iterable[Any]) -> dict[int, Involved]:
    """Who is involved in rows of one level, by row id; one statement. Nobody is involved in a pillar."""
    rows = list(rows)
    if not rows or isinstance(rows[0], Pillar):
        return {}
    column: Any = getattr(Involvement, f"{kind_of(rows[0])}_id")
    query = select(column, Involvement.part, Institution).join(
        Institution, Institution.id == Involvement.institution_id
    )
    parts: dict[int, dict[str, list[Institution]]] = defaultdict(lambda: defaultdict(list))
    for row, part, body in db.session.execute(query.where(column.in_([r.id for r in rows])).order_by(Involvement.id)):
        parts[row][part].append(body)
    return {row: Involved(tuple(by[CO_LEAD]), tuple(by[SUPPORTING])) for row, by in parts.items()}


def involved_in(row: Any) -> Involved:
    """Who is involved in one row."""
    return involved([row]).get(row.id, Involved())


def effective_lead(row: Any) -> Institution | None:
    """The institution that leads a row: its own lead, or that of the nearest row above."""
    while row is not None:
        if not isinstance(row, Pillar | Indicator | Milestone | BudgetLine) and row.lead is not None:
            found: Institution = row.lead
            return found
        row = above(row)
    return None


def _activities(plan: Plan, who: Actor, *conditions: Any) -> Sequence[Activity]:
    query = (
        select(Activity)
        .join(Pillar, Pillar.id == Activity.pillar_id)
        .outerjoin(Objective, Objective.id == Activity.objective_id)
        .outerjoin(Output, Output.id == Activity.output_id)
        .where(Activity.plan_id == plan.id, Activity.archived_at.is_(None), readable(who, plan.id), *conditions)
        .options(joinedload(Activity.pillar), joinedload(Activity.objective), joinedload(Activity.output))
    )
    return db.session.scalars(query.order_by(*IN_PLAN_ORDER)).all()


def nobody_leads(plan: Plan, who: Actor) -> list[Any]:
    """The objectives, outputs and activities that no institution leads, neither themselves nor through a row above."""
    objectives = rows_where(plan, "objective", Objective.lead_id.is_(None))
    unled = {objective.id for objective in objectives}
    outputs = [row for row in rows_where(plan, "output", Output.lead_id.is_(None)) if row.objective_id in unled]
    return [*objectives, *outputs, *_activities(plan, who, EFFECTIVE_LEAD.is_(None))]


def rows_of(plan: Plan, institution: Institution, who: Actor) -> list[Part]:
    """What an institution leads (itself or through a row above), co-leads and supports, as the reader may see it."""
    objectives = possible_parents(plan, "output")
    order = {row.id: place for place, row in enumerate(objectives)}
    outputs = sorted(rows_where(plan, "output", true()), key=lambda row: (order.get(row.objective_id, 0), row.position))
    activities = _activities(plan, who)
    leads = {(kind_of(row), row.id): row.lead_id for row in (*objectives, *outputs)}
    parts: list[Part] = []
    for row in (*objectives, *outputs, *activities):
        lead = row.lead_id or _lead_above(row, leads)
        if lead == institution.id:
            parts.append(Part(row, "lead", inherited=row.lead_id is None))
    for level in (objectives, outputs, activities):
        parts += _other_parts(level, institution)
    return parts


def _lead_above(row: Any, leads: dict[tuple[str, int], int | None]) -> int | None:
    names = ("output", "objective")
    places = [(name, getattr(row, f"{name}_id", None)) for name in names]
    return next((leads[name, place] for name, place in places if place and leads.get((name, place))), None)


def _other_parts(rows: Collection[Any], institution: Institution) -> list[Part]:
    if not rows:
        return []
    by_id = {row.id: row for row in rows}
    column: Any = getattr(Involvement, f"{kind_of(next(iter(rows)))}_id")
    query = select(column, Involvement.part).where(Involvement.institution_id == institution.id, column.is_not(None))
    found = {(row, part) for row, part in db.session.execute(query) if row in by_id}
    return [Part(row, part) for row in rows for part in (CO_LEAD, SUPPORTING) if (row.id, part) in found]
