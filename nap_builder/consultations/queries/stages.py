"""The stages of making a plan, and where women's groups took part: by the log, and by what the secretariat says."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, select

from nap_builder.consultations.models.records import Consultation, ProcessStage
from nap_builder.consultations.names import STAGES
from nap_builder.consultations.queries.records import consultations
from nap_builder.consultations.queries.records import people as people_in
from nap_builder.consultations.suppression import at_least
from nap_builder.kernel.database import db
from nap_builder.kernel.errors import Missing
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.plan import plan_at

GROUPS = "womens_organisations"
YES, PARTLY, NO = "yes", "partly", "no"
UNKNOWN = ""


@dataclass(frozen=True)
class StageLine:
    """A stage: how many consultations it had, in how many of them women's groups took part, and how many women's
    groups' people came (None: nobody counted them, or they are `few` somewhere, so that no sum is told).

    `part` is what the secretariat says, else what the log tells: without a consultation, nothing.
    """

    stage: str
    consultations: int
    with_groups: int
    people: int | None
    part: str
    text: Mapping[str, str] | None
    few: bool = False

    @property
    def lacks_reason(self) -> bool:
        """Whether women's groups did not take part, or in some of it, and nobody has said why."""
        return self.part in (NO, PARTLY) and not self.text


def stages(plan: Plan) -> list[StageLine]:
    """Every stage of a plan, as far as who acts now may know of its consultations."""
    return _lines(plan, consultations(plan))


def without_stage(plan: Plan) -> int:
    """How many consultations name no round, and are so counted in no stage, as far as who acts now may know of them."""
    return sum(one.round not in STAGES for one in consultations(plan))


def public_stages(plan: Plan) -> list[StageLine]:
    """The same for everybody, from the consultations that are public."""
    return _lines(plan, public_consultations(plan), public=True)


@dataclass(frozen=True)
class Stage:
    """A stage of a plan, with what is said of it, if anything is."""

    plan: Plan
    stage: str
    said: ProcessStage | None


def stage_at(slug: str, stage: str) -> Stage:
    """A stage of a plan. Raises Missing."""
    plan = plan_at(slug)
    if stage not in STAGES:
        raise Missing
    return Stage(plan, stage, db.session.scalar(_said(plan, ProcessStage.stage == stage)))


def public_consultations(plan: Plan) -> Sequence[Consultation]:
    """The consultations that everybody may know of, the first one first."""
    query = select(Consultation).where(
        Consultation.plan_id == plan.id, Consultation.archived_at.is_(None), Consultation.visibility == "public"
    )
    return db.session.scalars(query.order_by(Consultation.starts, Consultation.id)).all()


def took_part(consultation: Consultation) -> bool:
    """Whether women's groups took part in a consultation, by its record."""
    return GROUPS in (consultation.with_whom or ()) or bool((consultation.participants or {}).get(GROUPS))


def _lines(plan: Plan, found: Iterable[Consultation], *, public: bool = False) -> list[StageLine]:
    said = {row.stage: row for row in db.session.scalars(_said(plan))}
    by_round: dict[str, list[Consultation]] = {}
    for one in found:
        by_round.setdefault(one.round or "", []).append(one)
    return [_line(stage, by_round.get(stage, []), said.get(stage), public=public) for stage in STAGES]


def _line(stage: str, held: Sequence[Consultation], said: ProcessStage | None, *, public: bool) -> StageLine:
    ours = [one for one in held if took_part(one)]
    counted = [one for one in ours if one.participants and GROUPS in one.participants]
    people, is_whole = at_least([one.counts if public else people_in(one) for one in counted], GROUPS)
    few = bool(counted) and not is_whole
    told = (YES if len(ours) == len(held) else PARTLY if ours else NO) if held else UNKNOWN
    part, text = (said.part, said.text) if said else (told, None)
    return StageLine(stage, len(held), len(ours), people if counted and not few else None, part, text, few)


def _said(plan: Plan, *only: ColumnElement[bool]) -> Select[ProcessStage]:
    return select(ProcessStage).where(ProcessStage.plan_id == plan.id, *only)
