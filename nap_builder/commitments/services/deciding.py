"""What becomes of a change that an institution asked for, and of a change that was one of spelling."""

from typing import Any

from nap_builder.commitments import events
from nap_builder.commitments.names import DATES, TEXTS, WRITABLE
from nap_builder.commitments.services.shown import Crossed, as_shown
from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import Act, record
from nap_builder.kernel.clock import now, today
from nap_builder.kernel.database import db
from nap_builder.kernel.errors import BadInput, WrongState
from nap_builder.kernel.languages import _
from nap_builder.plans.models.framework import Activity
from nap_builder.plans.models.plan import ACCEPTED, ASKED, CHANGE_ASKED, Commitment
from nap_builder.plans.promises import Values, differing, digest, only_spelling_may_differ
from nap_builder.plans.queries.parts import effective_lead
from nap_builder.plans.queries.promised import value_of
from nap_builder.plans.services import rows
from nap_builder.plans.services.promises import due_again
from nap_builder.taskforce.queries import institutions

Request = dict[str, Any]
# What a change is about and is among the values that are promised: whether it was made can be seen.
_PROMISED = WRITABLE - {"description"} | {"cost", "indicators"}


def take(by: Actor, activity: Activity, *, shown: Values, seen: int | None, row: int | None) -> bool:
    """Makes the change that the institution asked for, word for word; whether the activity is accepted with it.

    It is, where the change is all that became different since the institution asked for it, and it still leads: that
    is what it asked for. Else it is asked again. `row` is the version of the activity that was shown. Raises Crossed,
    WrongState, and BadInput where the plan cannot take the change.
    """
    commitment = _requesting(as_shown(activity, shown, seen))
    if activity.row_version != row:
        raise Crossed(shown, value_of(activity))
    request = _request(commitment, activity)
    if request.get("about") not in WRITABLE:
        raise BadInput("choice", _("This cannot be put into the plan as it stands. Change the activity, then answer."))
    rows.change(by, activity, _written(activity, request), seen=activity.row_version)
    standing = value_of(activity)
    as_asked = request["about"] != "lead" and standing == _expected(request)
    if as_asked:
        commitment.state, commitment.promised = ACCEPTED, standing
        commitment.on = today(activity.plan.timezone)
    else:
        _ask_again(commitment, activity)
    _decided(commitment, activity, by, request, taken=True, reason="")
    _record(events.TAKEN, by, activity, commitment, request)
    return as_asked


def follow(by: Actor, activity: Activity, reason: str, *, shown: Values, seen: int | None) -> None:
    """Says that the activity was changed after what the institution asked for, in other words or in several places.

    It is asked again, with what stands now. Raises Crossed, WrongState, and BadInput where nothing has changed since.
    """
    commitment = _requesting(as_shown(activity, shown, seen))
    request = _request(commitment, activity)
    if request["about"] in _PROMISED and differing(request["values"], shown, exactly=True) == []:
        raise BadInput("choice", _("Nothing has changed since the ministry asked. Change the activity, then answer."))
    _ask_again(commitment, activity)
    _decided(commitment, activity, by, request, taken=True, reason=reason, followed=True)
    _record(events.FOLLOWED, by, activity, commitment, request)


def leave(by: Actor, activity: Activity, reason: str, *, shown: Values, seen: int | None) -> None:
    """Answers a request without making the change as it was asked for: the institution is asked again, with the reason.

    Raises Crossed, WrongState.
    """
    commitment = _requesting(as_shown(activity, shown, seen))
    request = _request(commitment, activity)
    _ask_again(commitment, activity)
    _decided(commitment, activity, by, request, taken=False, reason=reason)
    _record(events.LEFT, by, activity, commitment, request)


def call_spelling(by: Actor, activity: Activity, *, shown: Values, seen: int | None) -> None:
    """Says that only spelling was corrected since an activity was accepted, so that it stays accepted.

    The institution sees both texts and who said so. Raises Crossed, and WrongState where more has changed.
    """
    commitment = as_shown(activity, shown, seen)
    before = commitment.promised if commitment and commitment.state == ASKED else None
    if commitment is None or before is None or not only_spelling_may_differ(before, shown):
        raise WrongState(_("More than spelling may have changed, so the institution has to answer."))
    commitment.state, commitment.promised, commitment.changed_at = ACCEPTED, shown, None
    commitment.correction = {"before": before, "after": shown, "by": by.name, "on": _day(activity)}
    lead = effective_lead(activity)
    said = {"code": activity.code, "institution": lead.code if lead else "", "sha256": digest(shown)}
    changes = {"commitment": (ASKED, ACCEPTED)}
    record(events.SPELLING, by, activity, changes=changes, plan=activity.plan.slug, **said)


def _requesting(commitment: Commitment | None) -> Commitment:
    if commitment is None or commitment.state != CHANGE_ASKED:
        raise WrongState(_("No change is asked for here any more."))
    return commitment


def _request(commitment: Commitment, activity: Activity) -> Request:
    """The request with the key of the institution that asked, which need not lead once the change is made."""
    request: Request = commitment.request or {}
    lead = effective_lead(activity)
    return {**request, "institution": request.get("values", {}).get("lead") or (lead.key if lead else "")}


def _written(activity: Activity, request: Request) -> Values:
    """The values that the change puts into the activity's row, by its columns."""
    about, proposed = request["about"], request["proposed"]
    if about in TEXTS:
        return {about: {**(getattr(activity, about) or {}), request["language"]: proposed}}
    if about == "lead":
        found = next((body for body in institutions() if body.key == proposed), None)
        if found is None:
            raise BadInput("choice", _("The institution that is proposed is not there any more."))
        return {"lead_id": found.id}
    return {"starts": activity.starts, "ends": activity.ends, about: proposed}


def _expected(request: Request) -> Values:
    """The values that the institution had before it, with its own change alone."""
    about, proposed, values = request["about"], request["proposed"], request["values"]
    if about == "title":
        return {**values, "title": {**values["title"], request["language"]: proposed}}
    return {**values, about: proposed} if about in DATES else values


def _ask_again(commitment: Commitment, activity: Activity) -> None:
    commitment.due = due_again(commitment, activity.plan)
    commitment.state, commitment.asked_at = ASKED, now()
    commitment.on = commitment.post = commitment.answered_at = commitment.answered_by = commitment.reminded_at = None
    commitment.source = commitment.entered_by = commitment.confirmed_at = commitment.confirmed_by = None


def _decided(
    commitment: Commitment, activity: Activity, by: Actor, request: Request, *, taken: bool, reason: str, **more: Any
) -> None:
    kept = {name: request.get(name) for name in ("about", "language", "proposed", "institution")}
    kept["asked"] = request.get("reason")
    commitment.decision = {**kept, "taken": taken, **more, "reason": reason, "by": by.name, "on": _day(activity)}
    commitment.request = None
    db.session.flush()


def _day(activity: Activity) -> str:
    return today(activity.plan.timezone).isoformat()


def _record(done: Act, by: Actor, activity: Activity, commitment: Commitment, request: Request) -> None:
    """Remembers a decision by the institution that asked for it: who leads now may be another."""
    asked = next((body.code for body in institutions() if body.key == request["institution"]), "")
    changes = {"commitment": (CHANGE_ASKED, commitment.state)}
    said = {"code": activity.code, "institution": asked, "about": request.get("about")}
    record(done, by, activity, changes=changes, plan=activity.plan.slug, **said)
