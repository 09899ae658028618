"""The rows of the results framework: one by its key, and those beside, above and under it."""

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, contains_eager, joinedload

from nap_builder.kernel.access import POLICY
from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import AuditEntry
from nap_builder.kernel.database import db, one
from nap_builder.kernel.errors import Missing
from nap_builder.plans.levels import LEVELS, MAY_STAND_UNDER, ROWS, kind_of
from nap_builder.plans.models.framework import EFFECTIVE_LEAD, Activity, Objective, Output, Pillar
from nap_builder.plans.models.measures import BudgetLine
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.policy import above
from nap_builder.plans.queries.plan import may_read
from nap_builder.taskforce.models import Institution, Membership

IN_PLAN_ORDER = (
    Pillar.position,
    func.coalesce(Objective.position, -1),
    func.coalesce(Output.position, -1),
    Activity.position,
    Activity.id,
)


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


def readable(who: Actor, plan_id: int) -> ColumnElement[bool]:
    """The activities of a plan (row id) that a person may read: a condition on rows joined with objective and output.

    It does not say that they are of the plan.
    """
    theirs = POLICY["plans.restricted.read"].reach_in(who, plan_id)
    if theirs is None:
        return true()
    own = EFFECTIVE_LEAD.in_(theirs) if theirs else false()
    return or_(Activity.restricted.is_(False), own)


def activities_named(plan: Plan, keys: Collection[str]) -> list[Activity]:
    """The activities of a plan with these keys, in its order, the archived ones too; as far as one may read them."""
    query = select(Activity).join(Activity.pillar).outerjoin(Activity.objective).outerjoin(Activity.output)
    above = (contains_eager(Activity.pillar), contains_eager(Activity.objective), contains_eager(Activity.output))
    query = query.where(Activity.plan_id == plan.id, Activity.key.in_(keys)).options(*above)
    return [row for row in db.session.scalars(query.order_by(*IN_PLAN_ORDER)) if may_read(row)]


def pillars(plan: Plan) -> Sequence[Pillar]:
    """The pillars of a plan, in its order."""
    return rows_where(plan, "pillar", Pillar.plan_id == plan.id)


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
    return rows_where(plan, kind, under(kind, parent))


def siblings(row: Any) -> Sequence[Any]:
    """The living rows of its level under the same parent, itself among them, in order."""
    return children(kind_of(row), parent_of(row))


def rows_where(plan: Plan, kind: str, condition: ColumnElement[bool]) -> Sequence[Any]:
    """The living rows of a level that meet a condition, in order."""
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
    for row in rows_where(plan, kind, true()):
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


def lines_of(activity: Activity) -> Sequence[BudgetLine]:
    """The budget lines of an activity, in order."""
    query = (
        select(BudgetLine)
        .where(BudgetLine.activity_id == activity.id)
        .options(joinedload(BudgetLine.funder), joinedload(BudgetLine.rate))
    )
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
