"""The act of two people: the chair proposes, a focal point of another member confirms or declines."""

from datetime import date, timedelta
from typing import Any

from nap_builder.accounts.queries import person_by_id
from nap_builder.adoption import events, queries
from nap_builder.adoption.models import CONFIRMED, DECLINED, EXPIRED, OF_ADOPTION, OPEN, WITHDRAWN, Adoption, Amendment
from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import record
from nap_builder.kernel.checks import ADOPTION
from nap_builder.kernel.clock import day_of, now, today
from nap_builder.kernel.database import db
from nap_builder.kernel.errors import BadInput, NotAllowed, WrongState
from nap_builder.kernel.languages import _, day, words_in
from nap_builder.kernel.uploads import Kept
from nap_builder.plans.lifecycle import MOVES, STATES
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.models.versions import PlanVersion
from nap_builder.plans.queries.versions import holds, last_frozen
from nap_builder.plans.services.lifecycle import move
from nap_builder.plans.services.versions import freeze
from nap_builder.publishing.compose.voice import Voice
from nap_builder.readiness.services import pass_gate
from nap_builder.taskforce.models import Institution

ADOPT = "adopt"
STANDS_FOR = timedelta(days=30)
RESOLUTION_1325 = date(2000, 10, 31)  # no plan carries it out before it was there

Record = dict[str, Any]


def propose(by: Actor, plan: Plan, said: Record, scan: Kept, why_open: dict[str, str] | None = None) -> Adoption:
    """Proposes that a plan is adopted as it stands, by an act that is done: `said` is its record (`Adoption.record`).

    The text proposed is the newest version, frozen now if the plan was changed since. An earlier proposal that has
    expired, or is of another text, makes way. Raises WrongState where the plan is adopted, the same text is proposed
    already, or nobody could confirm it; BadInput for a day that cannot be, and without a reason where a check is open.
    """
    _refuse_unlawful(plan)
    if queries.left_open(plan) and not why_open:
        raise BadInput("gate_reason", _("Say why the plan is adopted although something is open."))
    amendment = queries.open_amendment(plan)
    _refuse_odd_day(plan, date.fromisoformat(said["date"]), amendment)
    proposing = queries.proposing_institutions(plan, by)
    if not queries.other_members(plan, proposing):
        raise WrongState(_("No other member sits in the task force. Seat one first: its focal point has to confirm."))
    _make_way(plan)
    version = _version_as_it_stands(by, plan)
    adoption = Adoption(
        plan=plan,
        version=version,
        amendment=amendment,
        record=said,
        gate_reason=why_open,
        scan_stored_as=scan.stored_as,
        scan_sha256=scan.sha256,
        scan_size=scan.size,
        proposed_by_id=by.id,
        proposed_by=by.name,
        proposed_post=person_by_id(by.id).post,
        proposing=sorted(proposing),
        proposed_at=now(),
        expires_at=now() + STANDS_FOR,
    )
    db.session.add(adoption)
    db.session.flush()
    record(events.PROPOSED, by, adoption, number=version.number, sha256=version.working_sha256)
    return adoption


def withdraw(by: Actor, adoption: Adoption) -> None:
    """Takes a proposal back. Raises WrongState when it is settled."""
    _refuse_settled(adoption)
    _settle(adoption, WITHDRAWN)
    record(events.WITHDRAWN, by, adoption, number=adoption.version.number)


def decline(by: Actor, adoption: Adoption, reason: str) -> None:
    """Says for another member that it does not confirm, and why. Raises WrongState, NotAllowed."""
    body = _answering(by, adoption)
    adoption.reason = reason
    _settle(adoption, DECLINED)
    number, name = adoption.version.number, words_in(body.name)
    record(events.DECLINED, by, adoption, institution=name, number=number, reason=reason)


def confirm(by: Actor, adoption: Adoption) -> PlanVersion:
    """Adopts the plan: gives it the record, freezes the further version that bears it, and closes the text.

    Raises WrongState when the proposal is settled, has expired, or is of another text than the plan's now; NotAllowed
    for somebody of the institutions that proposed it, or of none that is a member.
    """
    body, plan = _answering(by, adoption), adoption.plan
    _refuse_unlawful(plan)
    if not holds(adoption.version, plan):
        raise WrongState(_("The plan was changed after it was proposed. The chair has to propose it again."))
    plan.adoption = _record_printed(adoption)
    plan.signatures = [*_signed_before(adoption), *_signatures(adoption, by, body)]
    db.session.flush()
    version = _frozen(by, plan, adoption)
    plan.adopted_number, adoption.adopted = version.number, version
    if adoption.amendment is not None:
        adoption.amendment.ended_at = now()
    _settle(adoption, CONFIRMED)
    move(by, plan, ADOPT, proposed_by=adoption.proposed_by)
    record(
        events.CONFIRMED,
        by,
        adoption,
        institution=words_in(body.name),
        chair=adoption.proposed_by,
        number=version.number,
        sha256=version.working_sha256,
    )
    return version


def _frozen(by: Actor, plan: Plan, adoption: Adoption) -> PlanVersion:
    """The further version, with the record of how the checks stood; the days may have opened one since."""
    try:
        return pass_gate(by, plan, ADOPTION, adoption.gate_reason, adoption.proposed_by)
    except BadInput:
        raise WrongState(
            _("A check has opened since the adoption was proposed. The chair has to propose it again, with a reason.")
        ) from None


def _refuse_unlawful(plan: Plan) -> None:
    if plan.state not in MOVES[ADOPT].before:
        raise WrongState(_("The plan has moved on meanwhile: %(state)s.", state=STATES[plan.state]))


def _refuse_odd_day(plan: Plan, on: date, amendment: Amendment | None) -> None:
    if on > today(plan.timezone):
        raise BadInput("date", _("This day is still to come. An adoption is recorded once the act is done."))
    before = amendment.aside["adoption"].get("date") if amendment else None
    earliest = date.fromisoformat(before) if before else RESOLUTION_1325
    if on < earliest:
        raise BadInput("date", _("Choose a day from %(day)s on.", day=day(earliest)))


def _make_way(plan: Plan) -> None:
    """Settles an earlier proposal that can no longer be confirmed. Raises WrongState where it can."""
    earlier = queries.open_adoption(plan)
    if earlier is None:
        return
    if earlier.standing == OPEN and holds(earlier.version, plan):
        raise WrongState(_("The adoption is proposed already. Withdraw that proposal first."))
    earlier.state = WITHDRAWN if earlier.standing == OPEN else EXPIRED
    earlier.settled_at = now()
    db.session.flush()


def _version_as_it_stands(by: Actor, plan: Plan) -> PlanVersion:
    newest = last_frozen(plan)
    return newest if newest is not None and holds(newest, plan) else freeze(by, plan)


def _answering(by: Actor, adoption: Adoption) -> Institution:
    """The member that a person answers for, written down with the person. Raises WrongState, NotAllowed."""
    _refuse_settled(adoption)
    members = queries.other_members(adoption.plan, adoption.proposing)
    objection, body = queries.objection(by, adoption, members), queries.answers_for(by, members)
    if objection is not None or body is None:
        raise NotAllowed(objection or "")
    adoption.answered_by_id, adoption.answered_by = by.id, by.name
    adoption.answered_post, adoption.answered_for = person_by_id(by.id).post, body
    return body


def _refuse_settled(adoption: Adoption) -> None:
    said = {
        CONFIRMED: _("This adoption is confirmed already."),
        DECLINED: _("This adoption was declined. The chair may propose it again."),
        WITHDRAWN: _("The chair withdrew this proposal."),
        EXPIRED: _("The 30 days of this proposal have passed. The chair may propose it again."),
    }
    if adoption.standing != OPEN:
        raise WrongState(said[adoption.standing])


def _settle(adoption: Adoption, state: str) -> None:
    adoption.state, adoption.settled_at = state, now()
    db.session.flush()


def _record_printed(adoption: Adoption) -> Record:
    """The adoption as the plan prints it: of an amendment, the first act with one amendment more."""
    said = dict(adoption.record)
    if adoption.amendment is None:
        return said
    instrument = {tag: _with_number(text, said.get("number")) for tag, text in said["instrument"].items()}
    entry = {"instrument": instrument, "on": said["date"], "summary": said["summary"]}
    first = adoption.amendment.aside["adoption"]
    return {**first, "amendments": [*first.get("amendments", ()), entry]}


def _with_number(instrument: str, number: str | None) -> str:
    return f"{instrument} ({number})" if number else instrument


def _signed_before(adoption: Adoption) -> list[Record]:
    """What was signed until now: of adoptions, only what was confirmed here, which an amendment puts aside."""
    before = [row for row in adoption.plan.signatures or () if row["of"] != OF_ADOPTION]
    return [*before, *adoption.amendment.aside["signatures"]] if adoption.amendment else before


def _signatures(adoption: Adoption, by: Actor, body: Institution) -> list[Record]:
    """The two people, as the page about the document prints who signs an adoption."""
    voices = [Voice(tag) for tag in adoption.plan.languages]
    chair = {voice.lang: adoption.proposed_post or voice.gettext("Chair of the task force") for voice in voices}
    focal = {
        voice.lang: voice.listed(
            [adoption.answered_post or voice.gettext("Focal point"), words_in(body.name, voice.lang)]
        )
        for voice in voices
    }
    signed = ((adoption.proposed_by, chair, adoption.proposed_at), (by.name, focal, now()))
    return [
        {
            "of": OF_ADOPTION,
            "name": {voices[0].lang: name},
            "post": post,
            "on": day_of(at, adoption.plan.timezone).isoformat(),
        }
        for name, post, at in signed
    ]
