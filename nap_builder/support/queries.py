"""Requests for support: those of a plan that who asks may know of, one by its key, and what they would pay for."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from nap_builder.kernel.access import POLICY
from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import AuditEntry
from nap_builder.kernel.database import db, one
from nap_builder.kernel.errors import Missing
from nap_builder.plans.models.framework import Activity, Objective, Output, Pillar
from nap_builder.plans.models.measures import BudgetLine
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.money import Cost, cost_of
from nap_builder.plans.queries.costs import as_said, reckoning_of
from nap_builder.plans.queries.framework import IN_PLAN_ORDER, named_institutions, readable
from nap_builder.plans.queries.plan import may_read, secret_keys
from nap_builder.support.models import SupportRequest
from nap_builder.support.names import OPEN
from nap_builder.taskforce.models import Institution

GIVERS = ("donor", "international")


@dataclass(frozen=True)
class Money:
    """What the row of the plan that a request is for costs, and what of that nobody has promised."""

    cost: Cost
    gap: Cost


def requests(plan: Plan) -> list[SupportRequest]:
    """The requests of a plan that are not archived, as far as who acts now may know of them, by number."""
    return _known(_of(plan).where(SupportRequest.archived_at.is_(None)))


def archived_requests(plan: Plan) -> list[SupportRequest]:
    """The archived requests of a plan, as far as who acts now may know of them."""
    return _known(_of(plan).where(SupportRequest.archived_at.is_not(None)))


def open_requests(plan: Plan) -> list[SupportRequest]:
    """The requests that are neither received nor declined, as far as who acts now may know of them, by number."""
    return [request for request in requests(plan) if request.state in OPEN]


def for_donors(plan: Plan) -> list[SupportRequest]:
    """The open requests that may be shown outside: none that is about something restricted, whoever asks."""
    return [request for request in open_requests(plan) if not request.restricted]


def request_at(slug: str, key: str) -> SupportRequest:
    """A request of a plan, archived or not. Raises Missing, also where it is not for this reader to know."""
    query = select(SupportRequest).join(Plan, Plan.id == SupportRequest.plan_id)
    found = one(query.where(Plan.slug == slug, SupportRequest.key == key).options(*_WITH))
    if not _may_know(found):
        raise Missing
    return found


def living_request_at(slug: str, key: str) -> SupportRequest:
    """A request that is not archived. Raises Missing."""
    found = request_at(slug, key)
    if found.archived_at is not None:
        raise Missing
    return found


def request_for_donors(slug: str, key: str) -> SupportRequest:
    """A request that may be shown outside. Raises Missing, also for one about something restricted, whoever asks."""
    found = living_request_at(slug, key)
    if found.restricted:
        raise Missing
    return found


def next_number(plan_id: int) -> int:
    """The number of the next request of a plan."""
    query = select(func.max(SupportRequest.number)).where(SupportRequest.plan_id == plan_id)
    return (db.session.scalar(query) or 0) + 1


def owners(plan: Plan, who: Actor) -> list[Institution]:
    """The institutions whose request a person may write: all of the plan, or those that they speak for."""
    reach = POLICY["support.request.write"].reach_in(who, plan.id)
    if reach is None:
        return list(named_institutions(plan))
    return list(db.session.scalars(select(Institution).where(Institution.id.in_(reach)).order_by(Institution.code)))


def givers() -> Sequence[Institution]:
    """The institutions that may be asked: donors and international organisations."""
    return db.session.scalars(select(Institution).where(Institution.kind.in_(GIVERS)).order_by(Institution.code)).all()


def rows_to_support(plan: Plan, who: Actor) -> list[Objective | Activity]:
    """What a request may be about, as far as a person may read it: the objectives, then the activities, in order."""
    objectives = (
        select(Objective)
        .join(Pillar, Pillar.id == Objective.pillar_id)
        .where(Objective.plan_id == plan.id, Objective.archived_at.is_(None))
        .order_by(Pillar.position, Objective.position)
    )
    activities = (
        select(Activity)
        .join(Pillar, Pillar.id == Activity.pillar_id)
        .outerjoin(Objective, Objective.id == Activity.objective_id)
        .outerjoin(Output, Output.id == Activity.output_id)
        .where(Activity.plan_id == plan.id, Activity.archived_at.is_(None), readable(who, plan.id))
        .order_by(*IN_PLAN_ORDER)
    )
    return [*db.session.scalars(objectives), *db.session.scalars(activities)]


def money_for(requests: Sequence[SupportRequest]) -> dict[int, Money]:
    """The cost and the gap behind requests, by their row ids: of the activity, or of all that is under the objective.

    Restricted activities are in no sum of an objective, whoever asks. One statement.
    """
    lines = select(BudgetLine, Activity.id, Activity.objective_id, Activity.restricted).join(
        Activity, Activity.id == BudgetLine.activity_id
    )
    activities = [request.activity_id for request in requests if request.activity_id]
    objectives = [request.objective_id for request in requests if request.objective_id]
    behind = or_(Activity.id.in_(activities), Activity.objective_id.in_(objectives))
    found = db.session.execute(lines.where(behind, Activity.archived_at.is_(None)).order_by(BudgetLine.id)).all()
    return {request.id: _money(request, found) for request in requests}


def _money(request: SupportRequest, found: Sequence[Any]) -> Money:
    def behind(row: Any) -> bool:
        if request.activity_id:
            return bool(row[1] == request.activity_id)
        return bool(request.objective_id and row[2] == request.objective_id and not row[3])

    reckoning = reckoning_of(request.plan)
    lines = [reckoning.spending(as_said(row[0])) for row in found if behind(row)]
    return Money(cost_of(lines), cost_of([line for line in lines if line.state == "gap"]))


def history_of(request: SupportRequest, limit: int = 20) -> list[AuditEntry]:
    """The newest acts about a request, newest first, without what is not for who reads now."""
    query = select(AuditEntry).where(
        AuditEntry.plan_slug == request.plan.slug,
        AuditEntry.word.like("support.%"),
        AuditEntry.subject_key.not_in(secret_keys(request.plan)),
    )
    entries = db.session.scalars(query.order_by(AuditEntry.number.desc()))
    about = (entry for entry in entries if entry.content and entry.content.arguments.get("number") == request.number)
    return list(islice(about, limit))


_ABOVE = (Activity.pillar, Activity.objective, Activity.output)
_WITH = (
    joinedload(SupportRequest.plan),
    joinedload(SupportRequest.owner),
    joinedload(SupportRequest.asked),
    joinedload(SupportRequest.objective),
    *(joinedload(SupportRequest.activity).joinedload(above) for above in _ABOVE),
    selectinload(SupportRequest.steps),
)


def _of(plan: Plan) -> Select[SupportRequest]:
    query = select(SupportRequest).where(SupportRequest.plan_id == plan.id).options(*_WITH)
    return query.order_by(SupportRequest.number)


def _known(query: Select[SupportRequest]) -> list[SupportRequest]:
    return [request for request in db.session.scalars(query) if _may_know(request)]


def _may_know(request: SupportRequest) -> bool:
    return request.activity is None or may_read(request.activity)
