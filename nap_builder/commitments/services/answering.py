"""What an institution answers, by itself or through the secretariat."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from nap_builder.commitments import events
from nap_builder.commitments.services.shown import as_shown
from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import Act, record
from nap_builder.kernel.clock import day_of, now, today
from nap_builder.kernel.database import db
from nap_builder.kernel.errors import BadInput, WrongState
from nap_builder.kernel.languages import _, day
from nap_builder.plans.models.framework import Activity
from nap_builder.plans.models.plan import ACCEPTED, ASKED, CHANGE_ASKED, Commitment, Plan
from nap_builder.plans.promises import Values, digest
from nap_builder.plans.queries.parts import effective_lead

Words = dict[str, str]


@dataclass(frozen=True)
class Wanted:
    """A change that an institution asks for: what it is about, the text it proposes (in a language, where it is one of
    the plan's texts; an institution's key for the lead), and why.
    """

    about: str
    proposed: str
    reason: str
    language: str | None = None


@dataclass(frozen=True)
class CameBy:
    """How an answer came: by letter, call or paper, on which day, and who gave it, with their post."""

    source: str
    on: date
    who: str
    post: Words | None = None


def accept(by: Actor, activity: Activity, *, shown: Values, seen: int | None, post: Words) -> None:
    """Accepts an activity, for the institution that leads it, with exactly the values that were shown.

    Raises Crossed where they are not those that stand, WrongState where nobody waits for this answer.
    """
    commitment = _waiting(as_shown(activity, shown, seen))
    _accepted(commitment, shown)
    _answered(commitment, by.name, post, today(activity.plan.timezone))
    _record(events.ACCEPTED, by, activity, commitment, shown)


def may_be_changed(plan: Plan) -> None:
    """Refuses to ask for a change of a text that cannot change. Raises WrongState once the plan is adopted."""
    if not plan.in_drafting:
        raise WrongState(
            _("The plan is adopted: its text can no longer change. A change needs an amendment; ask the chair for it.")
        )


def ask_change(by: Actor, activity: Activity, wanted: Wanted, *, shown: Values, seen: int | None, post: Words) -> None:
    """Asks for a change, for the institution that leads an activity: also of one that it accepted before.

    Raises Crossed, WrongState.
    """
    may_be_changed(activity.plan)
    commitment = as_shown(activity, shown, seen)
    if commitment is None or commitment.state not in (ASKED, ACCEPTED):
        raise WrongState(_("There is nothing to answer here: nobody was asked, or a change is asked for already."))
    _requested(commitment, wanted, shown)
    _answered(commitment, by.name, post, today(activity.plan.timezone))
    _record(events.CHANGE_ASKED, by, activity, commitment, shown)


def enter(
    by: Actor, activity: Activity, came: CameBy, wanted: Wanted | None, *, shown: Values, seen: int | None
) -> None:
    """Enters what an institution answered by letter, call or paper; without `wanted` it accepted.

    The answer is marked as entered until the institution confirms it. Raises Crossed, WrongState, and
    BadInput for a day before it was asked.
    """
    commitment = as_shown(activity, shown, seen)
    if effective_lead(activity) is None:
        raise WrongState(_("Nobody leads this activity, so nobody can have answered."))
    if commitment is None:
        commitment = Commitment(activity_id=activity.id, state=ASKED)
        db.session.add(commitment)
    if commitment.state in (ACCEPTED, CHANGE_ASKED):
        raise WrongState(_("This is answered already."))
    _after_the_request(commitment, came.on, activity.plan)
    if wanted is None:
        _accepted(commitment, shown)
    else:
        may_be_changed(activity.plan)
        _requested(commitment, wanted, shown)
    _answered(commitment, came.who, came.post, came.on)
    commitment.source, commitment.entered_by = came.source, by.name
    _record(events.ENTERED, by, activity, commitment, shown, came_by=came.source)


def confirm(by: Actor, activity: Activity, *, shown: Values, seen: int | None) -> None:
    """Confirms, for the institution, the answer that was entered for it. Raises Crossed, WrongState."""
    commitment = as_shown(activity, shown, seen)
    if commitment is None or not commitment.unconfirmed:
        raise WrongState(_("There is nothing to confirm any more."))
    commitment.confirmed_at, commitment.confirmed_by = now(), by.name
    _record(events.CONFIRMED, by, activity, commitment, shown)


def _after_the_request(commitment: Commitment, on: date, plan: Plan) -> None:
    """Refuses an answer of a day before the institution was asked, or asked again. Raises BadInput."""
    since = commitment.changed_at or commitment.asked_at
    asked = day_of(since, plan.timezone) if since else None
    if asked and on < asked:
        raise BadInput("on", _("It was asked on %(day)s. Choose that day or a later one.", day=day(asked)))


def _waiting(commitment: Commitment | None) -> Commitment:
    if commitment is None or commitment.state != ASKED:
        raise WrongState(_("Nobody waits for this answer any more: it was given already."))
    return commitment


def _accepted(commitment: Commitment, values: Values) -> None:
    commitment.state, commitment.promised = ACCEPTED, values
    commitment.changed_at = commitment.request = commitment.correction = None


def _requested(commitment: Commitment, wanted: Wanted, values: Values) -> None:
    """What was accepted before is no longer, once a change is asked for."""
    commitment.state, commitment.promised, commitment.changed_at = CHANGE_ASKED, None, None
    commitment.correction = None
    if (commitment.decision or {}).get("institution", values.get("lead")) == values.get("lead"):
        commitment.decision = None  # what another institution asked for stays told
    commitment.request = {
        "about": wanted.about,
        "language": wanted.language,
        "proposed": wanted.proposed,
        "reason": wanted.reason,
        "values": values,
    }


def _answered(commitment: Commitment, who: str, post: Words | None, on: date) -> None:
    commitment.on, commitment.post, commitment.answered_by, commitment.answered_at = on, post, who, now()
    commitment.source = commitment.entered_by = commitment.confirmed_at = commitment.confirmed_by = None


def _record(done: Act, by: Actor, activity: Activity, commitment: Commitment, values: Values, **said: Any) -> None:
    """Remembers an answer with the fingerprint of the values that it is about."""
    lead = effective_lead(activity)
    said |= {"code": activity.code, "institution": lead.code if lead else "", "sha256": digest(values)}
    changes = {"commitment": (None, commitment.state)}
    record(done, by, activity, changes=changes, plan=activity.plan.slug, **said)
