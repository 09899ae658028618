"""What is proposed, who may answer it, and what is being amended."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from nap_builder.adoption.models import OPEN, Adoption, Amendment
from nap_builder.kernel.actor import Actor, Role
from nap_builder.kernel.audit import AuditEntry
from nap_builder.kernel.checks import ADOPTION
from nap_builder.kernel.database import db, one
from nap_builder.kernel.languages import _
from nap_builder.plans.events.lifecycle import PLAN_MOVED, PLAN_MOVED_BY_TWO
from nap_builder.plans.gates import MOVES_BY
from nap_builder.plans.models.plan import DRAFTING, Plan
from nap_builder.plans.models.versions import PlanVersion
from nap_builder.plans.queries.versions import versions
from nap_builder.readiness.queries import GateState, State, state_of, unasked_state_of
from nap_builder.taskforce.models import Institution
from nap_builder.taskforce.queries import around, seats, within

RECORDED = "E1"


def adoptions(plan: Plan) -> list[Adoption]:
    """Every adoption that was proposed for a plan, the newest first."""
    query = select(Adoption).where(Adoption.plan_id == plan.id).order_by(Adoption.id.desc())
    shown = (joinedload(Adoption.version), joinedload(Adoption.adopted), joinedload(Adoption.answered_for))
    return list(db.session.scalars(query.options(*shown)))


def adoption_at(slug: str, adoption: str) -> Adoption:
    """The adoption of a plan with this key. Raises Missing."""
    query = select(Adoption).join(Adoption.plan).where(Plan.slug == slug, Adoption.key == adoption)
    return one(query.options(joinedload(Adoption.plan), joinedload(Adoption.version)))


def open_adoption(plan: Plan) -> Adoption | None:
    """The adoption of a plan that nobody has settled yet; its days may have passed."""
    return db.session.scalar(select(Adoption).where(Adoption.plan_id == plan.id, Adoption.state == OPEN))


def states_so_far(plan: Plan) -> frozenset[str]:
    """The states that a plan was in, its present one included."""
    words = (PLAN_MOVED.word, PLAN_MOVED_BY_TWO.word)
    moves = select(AuditEntry).where(AuditEntry.word.in_(words), AuditEntry.plan_slug == plan.slug)
    moved = (entry.content.arguments["state"] for entry in db.session.scalars(moves) if entry.content)
    return frozenset({DRAFTING, plan.state, *moved})


def left_open(plan: Plan) -> Sequence[GateState]:
    """The gates that the plan would pass, or leave out, if it were adopted now; none where nothing speaks against it.

    That the adoption is recorded (E1) is what the act itself does.
    """
    way = state_of(plan).on_the_way_to(ADOPTION)
    speaks = len(way) > 1 or any(result.check.key != RECORDED for gate in way for result in gate.open)
    if not speaks:
        return ()
    return [replace(gate, results=[one for one in gate.results if one.check.key != RECORDED]) for gate in way]


def gates_before(plan: Plan, moves: Sequence[str]) -> dict[str, list[str]]:
    """The gates that a plan would pass, or leave out, by each of these moves; none where it has passed them."""
    gates = {move: gate for gate, move in MOVES_BY.items() if move in moves}
    state = unasked_state_of(plan) if gates else State(())
    ways = {move: state.on_the_way_to(gate) for move, gate in gates.items()}
    return {move: [one.gate for one in ways.get(move, ())] for move in moves}


def version_before(adoption: Adoption) -> PlanVersion | None:
    """What a proposed text is best compared with: the version that it amends, else the last one before it."""
    if adoption.amendment is not None:
        return adoption.amendment.version
    earlier = [one for one in versions(adoption.plan) if one.number < adoption.version.number]
    return next(iter(earlier), None)


def open_amendment(plan: Plan) -> Amendment | None:
    """The amendment of a plan that is being written."""
    query = select(Amendment).where(Amendment.plan_id == plan.id, Amendment.ended_at.is_(None))
    return db.session.scalar(query.options(joinedload(Amendment.version)))


def proposing_institutions(plan: Plan, who: Actor) -> frozenset[int]:
    """The row ids of the institutions that propose where this person does: those that chair, their own, and kin."""
    own = db.session.scalars(select(Institution).where(Institution.id.in_(who.institutions)))
    return _kin([*seats(plan.id).chairs, *own])


def other_members(plan: Plan, proposing: Iterable[int]) -> list[Institution]:
    """The members of the task force whose focal points may answer what these institutions proposed."""
    named = seats(plan.id)
    barred = {*proposing, *_kin(named.chairs)}
    return [body for body in named.members if body.id not in barred]


def answers_for(who: Actor, members: Iterable[Institution]) -> Institution | None:
    """The one of these members for which a person may answer a proposal, as its focal point."""
    spoken_for = who.speaks_for({Role.FOCAL_POINT})
    return next((body for body in members if body.id in spoken_for), None)


def objection(who: Actor, adoption: Adoption, members: Iterable[Institution]) -> str | None:
    """Why this person may not answer a proposal for one of the other members, in the reader's language, or None."""
    if who.id == adoption.proposed_by_id:
        return _("You proposed this adoption. Another person, of another member institution, confirms it.")
    if answers_for(who, members) is None:
        return _(
            "The adoption is confirmed by a focal point of a member of the task force that neither chairs it nor "
            "proposed the adoption. Your institution is none of those."
        )
    return None


def _kin(bodies: Iterable[Institution]) -> frozenset[int]:
    """Institutions with all that are part of them, and all that they are part of."""
    return frozenset().union(*(within(body) | around(body) for body in bodies))
