"""The rows of the results framework: one by its key, those beside and under it, and who leads them."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from nap_builder.kernel.access import POLICY
from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import AuditEntry
from nap_builder.kernel.database import db, one
from nap_builder.kernel.errors import Missing
from nap_builder.plans.levels import LEVELS, MAY_STAND_UNDER, ROWS, kind_of
from nap_builder.plans.models.framework import CO_LEAD, Activity, Involvement, Objective, Output, Pillar
from nap_builder.plans.models.measures import BudgetLine, Indicator, Milestone
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.policy import above
from nap_builder.plans.queries.plan import may_read
from nap_builder.taskforce.models import Institution, Membership

EFFECTIVE_LEAD = func.coalesce(Activity.lead_id, Output.lead_id, Objective.lead_id)
IN_PLAN_ORDER = (
    Pillar.position,
    func.coalesce(Objective.position, -1),
    func.coalesce(Output.position, -1),
    Activity.position,
    Activity.id,
)


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


def row_at(slug: str, kind: str, key: str) -> Any:
    """A living row of a plan: pillar, objective, output, activity, indicator or milestone. Raises Missing."""
    row = _row(slug, kind, key)
    if row.archived_at is not None:
        raise Missing
    return row


def archived_row_at(slug: str, kind: str, key: str) -> Any:
    """An archived row of a plan. Raises Missing."""
    row = _row(slug, kind, key)
    if row.archived_at is None:
        raise Missing
    return row


def _row(slug: str, kind: str, key: str) -> Any:
    model = ROWS[kind]
    query = select(model).join(Plan, Plan.id == model.plan_id).where(Plan.slug == slug, model.key == key)
    row = one(query.options(joinedload(model.plan)))
    if not readable_now(row):
        raise Missing
    return row


def readable_now(row: Any) -> bool:
    """Whether who acts now may know of a row: all but a restricted activity, and what hangs on one."""
    activity = row if isinstance(row, Activity) else getattr(row, "activity", None)
    return activity is None or may_read(activity)


def activity_at(slug: str, key: str) -> Activity:
    """A living activity. Raises Missing, also where it is restricted and not for this reader."""
    found: Activity = row_at(slug, "activity", key)
    return found


def readable(who: Actor) -> ColumnElement[bool]:
    """The activities that a person may read, as a condition on rows joined with their objective and output."""
    rule = POLICY["plans.restricted.read"]
    marks = {rule.mark(role) for role in who.roles}
    if "y" in marks:
        return true()
    own = EFFECTIVE_LEAD.in_(who.institutions) if "o" in marks and who.institutions else false()
    return or_(Activity.restricted.is_(False), own)


def pillars(plan: Plan) -> Sequence[Pillar]:
    """The pillars of a plan, in its order."""
    return _children(plan, "pillar", Pillar.plan_id == plan.id)


def named_institutions(plan: Plan) -> Sequence[Institution]:
    """The institutions that a plan names, in its order; every institution where it names none yet."""
    query = select(Institution).join(Membership, Membership.institution_id == Institution.id)
    named = db.session.scalars(query.where(Membership.plan_id == plan.id).order_by(Membership.position)).all()
    return named or db.session.scalars(select(Institution).order_by(Institution.code)).all()


def parent_column(kind: str, parent_kind: str) -> InstrumentedAttribute[Any]:
    """The column of a row that names its parent."""
    column: InstrumentedAttribute[Any] = getattr(LEVELS[kind], f"{parent_kind}_id")
    return column


def under(kind: str, parent: Any) -> ColumnElement[bool]:
    """The condition for rows of a level that stand directly under a parent; the plan is the parent of pillars."""
    if isinstance(parent, Plan):
        return Pillar.plan_id == parent.id
    here = parent_column(kind, kind_of(parent)) == parent.id
    if kind != "activity":
        return here
    if isinstance(parent, Pillar):
        return and_(here, Activity.objective_id.is_(None))
    return and_(here, Activity.output_id.is_(None)) if isinstance(parent, Objective) else here


def parent_of(row: Any) -> Any:
    """The row directly above, or the plan."""
    return above(row) or row.plan


def children(kind: str, parent: Any) -> Sequence[Any]:
    """The living rows of a level directly under a parent, in order."""
    plan = parent if isinstance(parent, Plan) else parent.plan
    return _children(plan, kind, under(kind, parent))


def siblings(row: Any) -> Sequence[Any]:
    """The living rows of its level under the same parent, itself among them, in order."""
    return children(kind_of(row), parent_of(row))


def _children(plan: Plan, kind: str, condition: ColumnElement[bool]) -> Sequence[Any]:
    model = LEVELS[kind]
    query = select(model).where(model.plan_id == plan.id, model.archived_at.is_(None), condition)
    return db.session.scalars(query.order_by(model.position, model.id)).all()


def possible_parents(plan: Plan, kind: str) -> list[Any]:
    """The rows that a row of this level may stand under, in the order of the plan."""
    wanted = MAY_STAND_UNDER[kind]
    found: list[Any] = []
    below = {level: _by_parent(plan, level) for level in ("objective", "output")}
    for pillar in pillars(plan):
        found += [pillar] * ("pillar" in wanted)
        for objective in below["objective"][pillar.id]:
            found += [objective] * ("objective" in wanted)
            found += below["output"][objective.id] if "output" in wanted else []
    return found


def _by_parent(plan: Plan, kind: str) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in _children(plan, kind, true()):
        found[row.pillar_id if kind == "objective" else row.objective_id].append(row)
    return found


def next_code(plan: Plan, kind: str, parent: Any) -> str:
    """The next free number of a level under a parent: 2.1.4 after 2.1.3. Archived rows keep theirs."""
    model = ROWS[kind]
    taken = set(db.session.scalars(select(model.code).where(model.plan_id == plan.id)))
    head = "" if isinstance(parent, Plan) else f"{parent.code}."
    used = [int(code[len(head) :]) for code in taken if re.fullmatch(re.escape(head) + r"[0-9]{1,6}", code)]
    number = max(used, default=0) + 1
    while f"{head}{number}" in taken:
        number += 1
    return f"{head}{number}"[:32]


def code_is_taken(plan: Plan, kind: str, code: str, but: Any = None) -> bool:
    """Whether another living row of this level bears a code."""
    model = ROWS[kind]
    query = select(model.id).where(model.plan_id == plan.id, model.code == code, model.archived_at.is_(None))
    found = db.session.scalar(query)
    return found is not None and (but is None or found != but.id)


def involved(rows: Iterable[Any]) -> dict[int, Involved]:
    """Who is involved in rows of one level, by row id; one statement."""
    rows = list(rows)
    if not rows:
        return {}
    column: Any = getattr(Involvement, f"{kind_of(rows[0])}_id")
    query = select(column, Involvement.part, Institution).join(Institution, Institution.id == Involvement.institution_id)
    parts: dict[int, dict[str, list[Institution]]] = defaultdict(lambda: defaultdict(list))
    for row, part, body in db.session.execute(query.where(column.in_([r.id for r in rows])).order_by(Involvement.id)):
        parts[row][part].append(body)
    return {row: Involved(tuple(by[CO_LEAD]), tuple(by["supporting"])) for row, by in parts.items()}


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
        .where(Activity.plan_id == plan.id, Activity.archived_at.is_(None), readable(who), *conditions)
        .options(joinedload(Activity.pillar), joinedload(Activity.objective), joinedload(Activity.output))
    )
    return db.session.scalars(query.order_by(*IN_PLAN_ORDER)).all()


def nobody_leads(plan: Plan, who: Actor) -> list[Any]:
    """The objectives, outputs and activities that no institution leads, neither themselves nor through a row above."""
    objectives = _children(plan, "objective", Objective.lead_id.is_(None))
    unled = {objective.id for objective in objectives}
    outputs = [row for row in _children(plan, "output", Output.lead_id.is_(None)) if row.objective_id in unled]
    return [*objectives, *outputs, *_activities(plan, who, EFFECTIVE_LEAD.is_(None))]


def rows_of(plan: Plan, institution: Institution, who: Actor) -> list[Part]:
    """What an institution leads (itself or through a row above), co-leads and supports, as the reader may see it."""
    objectives, outputs = _children(plan, "objective", true()), _children(plan, "output", true())
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
    return [Part(row, part) for row in rows for part in (CO_LEAD, "supporting") if (row.id, part) in found]


def lines_of(activity: Activity) -> Sequence[BudgetLine]:
    """The budget lines of an activity, in order."""
    query = select(BudgetLine).where(BudgetLine.activity_id == activity.id).options(joinedload(BudgetLine.funder))
    return db.session.scalars(query.order_by(BudgetLine.position, BudgetLine.id)).all()


def archived_rows(plan: Plan) -> list[Any]:
    """The archived rows that can be restored: those whose parent stands, the last archived first."""
    found = []
    for model in ROWS.values():
        query = select(model).where(model.plan_id == plan.id, model.archived_at.is_not(None))
        found += [row for row in db.session.scalars(query) if _can_come_back(row)]
    return sorted(found, key=lambda row: row.archived_at, reverse=True)


def _can_come_back(row: Any) -> bool:
    parent = above(row)
    return (parent is None or parent.archived_at is None) and readable_now(row)


def beneath(row: Any) -> list[Any]:
    """Every row under a row of the framework, archived or not: what goes with it when it is archived."""
    found: list[Any] = []
    at = {kind_of(row): [row.id]}
    for kind in ("objective", "output", "activity", "indicator", "milestone"):
        model = ROWS[kind]
        places = [getattr(model, f"{name}_id").in_(ids) for name, ids in at.items() if hasattr(model, f"{name}_id")]
        rows = db.session.scalars(select(model).where(or_(*places))).all() if places else []
        found += [inner for inner in rows if inner is not row]
        at.setdefault(kind, []).extend(inner.id for inner in rows)
    return found


def history_of(plan: Plan, keys: Collection[str], limit: int = 20) -> Sequence[AuditEntry]:
    """The newest entries of the audit trail about these rows, newest first."""
    query = select(AuditEntry).where(AuditEntry.plan_slug == plan.slug, AuditEntry.subject_key.in_(keys))
    return db.session.scalars(query.order_by(AuditEntry.number.desc()).limit(limit)).all()
