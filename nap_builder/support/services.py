"""Requests for support written, moved on, archived. Called inside a transaction."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import Act, record
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db, touch, unchanged_since
from nap_builder.kernel.errors import BadInput, WrongState
from nap_builder.kernel.languages import _
from nap_builder.plans.models.framework import Activity, Objective
from nap_builder.plans.models.plan import Plan
from nap_builder.support import events, queries
from nap_builder.support.models import SupportRequest, SupportStep
from nap_builder.taskforce.models import Institution

Words = dict[str, str]
Changes = dict[str, tuple[Any, Any]]


@dataclass(frozen=True)
class RequestFacts:
    """What a request says. Amounts are in `currency` (ISO 4217); institutions are row ids."""

    title: Words
    need: Words
    owner_id: int
    change: Words | None = None
    contact: Words | None = None
    addressee_id: int | None = None
    addressee: Words | None = None
    about: Objective | Activity | None = None
    amount: Decimal | None = None
    currency: str | None = None


def add(by: Actor, plan: Plan, facts: RequestFacts, today: date) -> SupportRequest:
    """Adds a request to a plan, as a draft. Raises BadInput."""
    _refuse_odd(facts)
    request = SupportRequest(plan=plan, number=queries.next_number(plan.id))
    _write(request, facts)
    request.steps.append(SupportStep(state="draft", on_day=today))
    db.session.add(request)
    db.session.flush()
    _record(events.ADDED, by, request, {name: (None, value) for name, value in _said(request).items() if value})
    return request


def change(by: Actor, request: SupportRequest, facts: RequestFacts, *, seen: int | None) -> None:
    """Writes what a request says, which was read at version `seen`. Raises StaleEdit, BadInput."""
    unchanged_since(request, seen)
    _refuse_odd(facts)
    before, subject = _said(request), _subject(request)
    _write(request, facts)
    db.session.flush()
    db.session.expire(request, ["owner", "asked"])
    after = _said(request)
    pairs = {name: (before[name], after[name]) for name in after if before[name] != after[name]}
    _record(events.CHANGED, by, request, pairs, subject)


def move(by: Actor, request: SupportRequest, state: str, on_day: date, note: Words | None, *, seen: int | None) -> None:
    """Notes that a request came into a state on a day. Raises StaleEdit, and BadInput where it has it already."""
    unchanged_since(request, seen)
    if state == request.state and not note:
        raise BadInput("state", _("This is its state already. Choose another, or write a note."))
    pairs: Changes = {"state": (request.state, state)} if state != request.state else {}
    request.state = state
    request.steps.append(SupportStep(state=state, on_day=on_day, note=note))
    touch(request)
    _record(events.MOVED, by, request, pairs | {"day": (None, on_day.isoformat()), "note": (None, note)})


def archive(by: Actor, request: SupportRequest, *, seen: int | None) -> None:
    """Takes a request out of every list; it can be restored. Raises StaleEdit, WrongState."""
    _put(by, request, events.ARCHIVED, seen, away=True)


def restore(by: Actor, request: SupportRequest, *, seen: int | None) -> None:
    """Brings an archived request back. Raises StaleEdit, WrongState."""
    _put(by, request, events.RESTORED, seen, away=False)


def _put(by: Actor, request: SupportRequest, done: Act, seen: int | None, *, away: bool) -> None:
    unchanged_since(request, seen)
    if away == (request.archived_at is not None):
        raise WrongState(_("This was done already."))
    request.archived_at = now() if away else None
    _record(done, by, request, {})


def _refuse_odd(facts: RequestFacts) -> None:
    if facts.addressee_id is None and not facts.addressee:
        raise BadInput("addressee", _("Say who is asked: choose an institution, or write a name."))
    if facts.addressee_id is not None and facts.addressee:
        raise BadInput("addressee", _("Choose an institution or write a name, not both."))
    if facts.amount is None and facts.currency:
        raise BadInput("amount", _("Write the amount too, or leave the currency out."))


def _write(request: SupportRequest, facts: RequestFacts) -> None:
    for name in ("title", "need", "change", "contact", "owner_id", "addressee_id", "addressee", "amount"):
        setattr(request, name, getattr(facts, name))
    request.currency = (facts.currency or request.plan.currency) if facts.amount is not None else None
    request.activity = facts.about if isinstance(facts.about, Activity) else None
    request.objective = facts.about if isinstance(facts.about, Objective) else None


def _said(request: SupportRequest) -> dict[str, Any]:
    """What a request says, institutions and rows by their codes."""
    owner = db.session.get(Institution, request.owner_id)
    asked = db.session.get(Institution, request.addressee_id) if request.addressee_id else None
    return {
        **{name: getattr(request, name) for name in ("title", "need", "change", "contact", "amount", "currency")},
        "institution": owner.code if owner else None,
        "addressee": asked.code if asked else request.addressee,
        "about": request.about.code if request.about else None,
    }


def _subject(request: SupportRequest) -> Any:
    """The row that an act is remembered with: the activity where there is one, so that what is secret stays so."""
    return request.activity or request


def _record(done: Act, by: Actor, request: SupportRequest, changes: Changes, before: Any = None) -> None:
    subject = before if isinstance(before, Activity) and before.restricted else _subject(request)
    record(done, by, subject, changes=changes, plan=request.plan.slug, number=request.number)
