"""Contributions of a plan, as far as who asks may read them."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, and_, func, select, true
from sqlalchemy.orm import contains_eager, joinedload

from nap_builder.consultations.models.contributions import Contribution
from nap_builder.consultations.models.records import Consultation
from nap_builder.consultations.queries.records import KEEP
from nap_builder.kernel.access import can
from nap_builder.kernel.database import db, one
from nap_builder.kernel.errors import BadInput, Missing
from nap_builder.kernel.languages import _
from nap_builder.plans.models.plan import Plan


def contributions(plan: Plan) -> Sequence[Contribution]:
    """All contributions of a plan that are not archived and that who acts now may read, by consultation and place."""
    query = _readable(plan).where(Contribution.archived_at.is_(None))
    return db.session.scalars(query.order_by(Consultation.starts, Consultation.id, Contribution.position)).all()


def of_consultation(consultation: Consultation) -> Sequence[Contribution]:
    """Those of one consultation."""
    query = _readable(consultation.plan).where(
        Contribution.archived_at.is_(None), Contribution.consultation_id == consultation.id
    )
    return db.session.scalars(query.order_by(Contribution.position, Contribution.id)).all()


def any_contribution_at(slug: str, key: str) -> Contribution:
    """A contribution of a plan, archived or not. Raises Missing, also where it is not for this reader to know."""
    query = select(Contribution).join(Plan, Plan.id == Contribution.plan_id)
    query = query.options(joinedload(Contribution.consultation), joinedload(Contribution.asked))
    found = one(query.where(Plan.slug == slug, Contribution.key == key))
    kept = found.attribution == "steward" or found.consultation.visibility == "steward"
    if kept and not can(KEEP, found):
        raise Missing
    return found


def contribution_at(slug: str, key: str) -> Contribution:
    """A contribution that is not archived. Raises Missing."""
    found = any_contribution_at(slug, key)
    if found.archived_at is not None:
        raise Missing
    return found


def _readable(plan: Plan) -> Select[Contribution]:
    query = select(Contribution).join(Contribution.consultation).options(contains_eager(Contribution.consultation))
    query = query.options(joinedload(Contribution.asked))
    return query.where(Contribution.plan_id == plan.id, Consultation.archived_at.is_(None), _known(plan))


def _known(plan: Plan) -> ColumnElement[bool]:
    if can(KEEP, plan):
        return true()
    return and_(Consultation.visibility != "steward", Contribution.attribution != "steward")


def next_position(consultation: Consultation) -> int:
    """The place of the next contribution of a consultation."""
    query = select(func.max(Contribution.position)).where(Contribution.consultation_id == consultation.id)
    return (db.session.scalar(query) or 0) + 1


def contribution_with_code(plan: Plan, code: str) -> Contribution:
    """A contribution by its code, for who must not read it. Raises BadInput about `code`."""
    query = select(Contribution).where(
        Contribution.plan_id == plan.id, Contribution.code == code.strip(), Contribution.archived_at.is_(None)
    )
    found = db.session.scalar(query)
    if found is None:
        raise BadInput("code", _("There is no contribution with this code in the plan."))
    return found
