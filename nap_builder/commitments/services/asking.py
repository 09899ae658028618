"""Asking ministries for what the plan asks of them, and reminding them."""

from collections.abc import Iterable
from datetime import date, datetime

from nap_builder.commitments import events
from nap_builder.commitments.queries import Line, Ministry
from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import record
from nap_builder.kernel.clock import now, today
from nap_builder.kernel.database import db
from nap_builder.kernel.errors import BadInput, WrongState
from nap_builder.kernel.languages import _
from nap_builder.plans.models.plan import ASKED, NOT_ASKED, Commitment, Plan


def can_be_asked(line: Line) -> bool:
    """Whether an activity is led by somebody who was not asked for it yet."""
    return line.state == NOT_ASKED and line.lead is not None


def ask(by: Actor, plan: Plan, lines: Iterable[Line], due: date) -> datetime:
    """Asks who leads these activities to accept each by a day; gives the moment that all of them bear.

    Lines of what was asked, or is led by nobody, are passed over. Raises BadInput where nothing is left, or for a day
    that has passed.
    """
    wanted = [line for line in lines if can_be_asked(line)]
    if not wanted:
        raise BadInput("rows", _("Choose an activity that somebody leads and was not asked for yet."))
    if due < today(plan.timezone):
        raise BadInput("due", _("This day has passed. Choose a later one."))
    moment = now()
    for line in wanted:
        _ask(by, plan, line, due, moment)
    return moment


def _ask(by: Actor, plan: Plan, line: Line, due: date, moment: datetime) -> None:
    commitment = line.commitment or Commitment(activity_id=line.activity.id)
    commitment.state, commitment.asked_at, commitment.asked_by, commitment.due = ASKED, moment, by.name, due
    db.session.add(commitment)
    code = line.lead.code if line.lead else ""
    changes = {"commitment": (NOT_ASKED, ASKED)}
    record(events.ASKED, by, line.activity, changes=changes, plan=plan.slug, code=line.activity.code, institution=code)


def remind(by: Actor, plan: Plan, ministry: Ministry) -> None:
    """Notes that a ministry was reminded of all that it has not answered or confirmed.

    Raises WrongState where that is nothing.
    """
    lines = [*ministry.waiting, *ministry.to_confirm]
    if not lines:
        raise WrongState(_("Nothing waits for an answer of this institution any more."))
    moment = now()
    for line in lines:
        if line.commitment is not None:
            line.commitment.reminded_at = moment
    record(events.REMINDED, by, plan, institution=ministry.institution.code)
