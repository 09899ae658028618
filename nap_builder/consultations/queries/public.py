"""Consultations as those who are asked may find them: the list, one of them, its version, and the ones after."""

from collections.abc import Collection, Sequence

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from nap_builder.consultations.models.contributions import Contribution
from nap_builder.consultations.models.letters import Addressee
from nap_builder.consultations.models.records import Consultation, ConsultationDocument
from nap_builder.consultations.policy import Asked
from nap_builder.consultations.window import COMING, OPEN, state_of
from nap_builder.kernel.access import POLICY
from nap_builder.kernel.actor import Actor
from nap_builder.kernel.database import db, one
from nap_builder.kernel.errors import Missing
from nap_builder.plans.models.versions import PlanVersion
from nap_builder.plans.queries.versions import version_at

READ, WRITE = "consultations.draft.read", "consultations.comment.write"
_ANNOUNCED = and_(  # of what bears a high risk even the title, and when it comes and goes, would tell too much
    Consultation.risk != "high",
    or_(Consultation.opened_at.is_not(None), and_(Consultation.version.is_(None), Consultation.kind != "online")),
)
_FIRST = {OPEN: 0, COMING: 1}


def announced(who: Actor) -> list[Asked]:
    """The consultations that a person may know of: open ones first, then those to come, then the newest."""
    found = db.session.scalars(_living().where(_ANNOUNCED).order_by(Consultation.starts.desc(), Consultation.key)).all()
    invited = _invited([row.id for row in found if row.access == "invited"])
    asked = [Asked(row, invited.get(row.id, frozenset())) for row in found]
    known = [each for each in asked if _may_know(who, each)]
    return sorted(known, key=lambda each: _FIRST.get(state_of(each.consultation), 2))


def invites(who: Actor) -> Sequence[Consultation]:
    """The open drafts to which a person's institutions are invited and have not answered yet.

    A comment names nobody, so that what is noted on the list of those who were asked is all that is known of an answer.
    """
    if not who.institutions:
        return ()
    ours = select(Addressee.consultation_id).where(
        Addressee.institution_id.in_(who.institutions), Addressee.answered_on.is_(None)
    )
    query = _living().where(Consultation.access == "invited", Consultation.id.in_(ours), _ANNOUNCED)
    asked = [Asked(row, who.institutions) for row in db.session.scalars(query.order_by(Consultation.id))]
    return [one.consultation for one in asked if POLICY[READ].allows(who, one) and POLICY[WRITE].allows(who, one)]


def any_announced(who: Actor) -> bool:
    """Whether there is one that a person may know of."""
    query = select(Consultation.id).where(Consultation.archived_at.is_(None), _ANNOUNCED)
    for_all = and_(Consultation.access == "public", Consultation.visibility == "public")
    for_few = Consultation.id.in_(
        select(Addressee.consultation_id).where(Addressee.institution_id.in_(who.institutions))
    )
    return db.session.scalar(query.where(or_(for_all, for_few) if who.institutions else for_all).limit(1)) is not None


def asked_at(key: str) -> Asked:
    """A consultation that is not archived, by its key, with who is invited. Raises Missing."""
    found = one(_living().where(Consultation.key == key).order_by(Consultation.opened_at.is_(None), Consultation.id))
    return Asked(found, _invited([found.id]).get(found.id, frozenset()))


def counts(consultations: Collection[Consultation]) -> dict[int, tuple[int, int]]:
    """How many contributions of each are shown, and how many of these are answered, by its row id."""
    query = select(Contribution.consultation_id, func.count(), func.count(Contribution.response)).where(
        Contribution.consultation_id.in_([row.id for row in consultations]), *SHOWN
    )
    rows = db.session.execute(query.group_by(Contribution.consultation_id))
    return {row_id: (all_of_it, answered) for row_id, all_of_it, answered in rows}


def public_documents(consultation: Consultation) -> Sequence[ConsultationDocument]:
    """The papers of a consultation that are for everybody."""
    query = select(ConsultationDocument).where(
        ConsultationDocument.consultation_id == consultation.id, ConsultationDocument.public.is_(True)
    )
    return db.session.scalars(query.order_by(ConsultationDocument.entered_on, ConsultationDocument.key)).all()


def public_document_at(consultation: Consultation, key: str) -> ConsultationDocument:
    """One of them. Raises Missing."""
    query = select(ConsultationDocument).where(ConsultationDocument.consultation_id == consultation.id)
    return one(query.where(ConsultationDocument.key == key, ConsultationDocument.public.is_(True)))


def version_of(consultation: Consultation) -> PlanVersion:
    """The frozen version that people are asked about. Raises Missing."""
    if consultation.version is None:
        raise Missing
    return version_at(consultation.plan.slug, consultation.version)


def versions_after(version: PlanVersion) -> Sequence[PlanVersion]:
    """The versions of the plan that were frozen later, the newest first, without their bytes."""
    query = select(PlanVersion).where(PlanVersion.plan_id == version.plan_id, PlanVersion.number > version.number)
    return db.session.scalars(query.options(joinedload(PlanVersion.plan)).order_by(PlanVersion.number.desc())).all()


SHOWN = (
    Contribution.archived_at.is_(None),
    Contribution.attribution != "steward",
    Contribution.withdrawn.is_(False),
    Contribution.hidden_because.is_(None),
)


def _living() -> Select[Consultation]:
    query = select(Consultation).join(Consultation.plan)
    return query.where(Consultation.archived_at.is_(None)).options(contains_eager(Consultation.plan))


def _invited(consultations: Collection[int]) -> dict[int, frozenset[int]]:
    if not consultations:
        return {}
    query = select(Addressee.consultation_id, Addressee.institution_id).where(
        Addressee.consultation_id.in_(consultations), Addressee.institution_id.is_not(None)
    )
    found: dict[int, set[int]] = {}
    for consultation, institution in db.session.execute(query):
        if institution is not None:
            found.setdefault(consultation, set()).add(institution)
    return {consultation: frozenset(some) for consultation, some in found.items()}


def _may_know(who: Actor, asked: Asked) -> bool:
    """Whether a person may read it, or learn that it will open."""
    if POLICY[READ].allows(who, asked):
        return True
    consultation = asked.consultation
    coming = state_of(consultation) == COMING and consultation.access == "public"
    return coming and consultation.visibility == "public"
