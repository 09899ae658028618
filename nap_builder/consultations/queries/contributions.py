"""Contributions of a plan, as far as who asks may read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, cast, func, or_, select, true
from sqlalchemy.orm import contains_eager, joinedload

from nap_builder.consultations.models.contributions import Contribution
from nap_builder.consultations.models.records import Consultation
from nap_builder.consultations.names import ANSWER_DAYS
from nap_builder.consultations.queries.records import KEEP
from nap_builder.kernel.access import can
from nap_builder.kernel.clock import today
from nap_builder.kernel.database import db, one
from nap_builder.kernel.errors import BadInput, Missing
from nap_builder.kernel.languages import _
from nap_builder.kernel.paging import Page, page_of
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


@dataclass(frozen=True)
class Wanted:
    """Which contributions a list shows: of a consultation (its key), a theme, a state of the answer (a key of
    ANSWER_STATES), those that wait too long, those that an institution (row id) is asked to answer, with these words.
    """

    consultation: str = ""
    theme: str = ""
    state: str = ""
    late: bool = False
    asked: int | None = None
    words: str = ""


def found(plan: Plan, wanted: Wanted, number: int) -> Page[Contribution]:
    """One page (from 1) of those that a list wants, the newest first."""
    query = _readable(plan).where(Contribution.archived_at.is_(None), *_conditions(plan, wanted))
    return page_of(query.order_by(Contribution.entered_on.desc(), Contribution.id.desc()), number)


def archived_contributions(plan: Plan) -> Sequence[Contribution]:
    """The archived ones, by code."""
    query = _readable(plan).where(Contribution.archived_at.is_not(None))
    return db.session.scalars(query.order_by(Contribution.code)).all()


def waiting(plan: Plan, *, late: bool = False) -> int:
    """How many wait for an answer; with `late`, how many of them too long."""
    conditions = _conditions(plan, Wanted(late=True)) if late else [_waits()]
    query = _readable(plan).where(Contribution.archived_at.is_(None), *conditions)
    return db.session.scalar(select(func.count()).select_from(query.subquery())) or 0


def waits_too_long(contribution: Contribution) -> bool:
    """Whether a contribution has waited for its answer for more than ANSWER_DAYS days."""
    if contribution.response is not None or not contribution.shown or contribution.entered_on is None:
        return False
    return contribution.entered_on < _last_day(contribution.consultation.plan)


def answer_state(contribution: Contribution) -> str:
    """How far its answer is: a key of ANSWER_STATES."""
    if contribution.response is not None:
        return "given"
    return "draft" if contribution.draft is not None else "none"


def _waits() -> ColumnElement[bool]:
    return and_(
        Contribution.response.is_(None), Contribution.withdrawn.is_(False), Contribution.hidden_because.is_(None)
    )


def _last_day(plan: Plan) -> date:
    """The last day on which what was entered before it waits too long."""
    return today(plan.timezone) - timedelta(ANSWER_DAYS)


def _conditions(plan: Plan, wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[tuple[Any, ColumnElement[bool]]] = [
        (wanted.consultation, Consultation.key == wanted.consultation),
        (wanted.theme, Contribution.theme == wanted.theme),
        (wanted.state == "given", Contribution.response.is_not(None)),
        (wanted.state == "draft", and_(_waits(), Contribution.draft.is_not(None))),
        (wanted.state == "none", and_(_waits(), Contribution.draft.is_(None))),
        (wanted.late, and_(_waits(), Contribution.entered_on < _last_day(plan))),
        (wanted.asked is not None, Contribution.asked_id == wanted.asked),
        (wanted.words, and_(true(), *(_has(word) for word in wanted.words.split()))),
    ]
    return [condition for asked, condition in found if asked]


def _has(word: str) -> ColumnElement[bool]:
    """Whether the text or the code has a word; names of people are not searched."""
    pattern = "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    shown = and_(Contribution.withdrawn.is_(False), Contribution.hidden_because.is_(None))
    return or_(Contribution.code == word, and_(shown, cast(Contribution.text, Text).ilike(pattern, escape="\\")))


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


def attributed_wider(consultation: Consultation, allowed: frozenset[str]) -> list[str]:
    """The codes of a consultation's contributions that are attributed otherwise than allowed, archived ones too."""
    query = select(Contribution.code).where(
        Contribution.consultation_id == consultation.id, Contribution.attribution.not_in(allowed)
    )
    return list(db.session.scalars(query.order_by(Contribution.position, Contribution.id)))


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
