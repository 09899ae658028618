"""The record of parliament kept: entries added, corrected, withdrawn; undertakings closed. Called in a transaction."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import Act, record
from nap_builder.kernel.clock import now, today
from nap_builder.kernel.database import db, unchanged_since
from nap_builder.kernel.errors import BadInput, Missing, StaleEdit, WrongState
from nap_builder.kernel.languages import _, listed
from nap_builder.parliament import events
from nap_builder.parliament.models import HouseEntry, ReviewRhythm
from nap_builder.parliament.names import REFERRAL, TABLING
from nap_builder.parliament.queries import record as queries
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.versions import version_at
from nap_builder.publishing.queries import is_published

Words = dict[str, str]
Changes = dict[str, tuple[Any, Any]]


@dataclass(frozen=True)
class EntryFacts:
    """What an entry says; members bear the names of the table. `version` is the number of a version of the plan."""

    day: date
    title: Words
    text: Words | None = None
    version: int | None = None
    about: list[str] | None = None
    source: str | None = None
    public: bool = False
    body: Words | None = None
    embargoed_until: date | None = None
    asked_by: str | None = None
    answer: Words | None = None
    answered_on: date | None = None
    debate_id: int | None = None
    owner_id: int | None = None
    due: date | None = None


def add(by: Actor, plan: Plan, kind: str, facts: EntryFacts) -> HouseEntry:
    """Enters something into the record of parliament. Raises BadInput."""
    _judge(plan, kind, facts)
    entry = HouseEntry(plan=plan, kind=kind, number=queries.next_number(plan), **asdict(facts))
    db.session.add(entry)
    db.session.flush()
    _record(events.ADDED, by, entry, {name: (None, value) for name, value in _said(entry).items() if value})
    return entry


def correct(by: Actor, entry: HouseEntry, facts: EntryFacts, *, seen: int | None) -> None:
    """Writes what an entry says, which was read at version `seen`. Raises StaleEdit, BadInput."""
    unchanged_since(entry, seen)
    _judge(entry.plan, entry.kind, facts)
    if facts.debate_id == entry.id:
        raise BadInput("debate_id", _("Choose one of the list."))
    before = _said(entry)
    for name, value in asdict(facts).items():
        setattr(entry, name, value)
    db.session.flush()
    db.session.expire(entry, ["owner", "debate"])
    after = _said(entry)
    _record(events.CORRECTED, by, entry, {n: (before[n], after[n]) for n in after if before[n] != after[n]})


def withdraw(by: Actor, entry: HouseEntry) -> None:
    """Takes an entry off every page; it can be brought back. Raises WrongState."""
    if entry.withdrawn_at is not None:
        raise WrongState(_("This was done already."))
    entry.withdrawn_at = now()
    _record(events.WITHDRAWN, by, entry, {})


def restore(by: Actor, entry: HouseEntry) -> None:
    """Brings a withdrawn entry back. Raises WrongState."""
    if entry.withdrawn_at is None:
        raise WrongState(_("This was done already."))
    entry.withdrawn_at = None
    _record(events.RESTORED, by, entry, {})


def keep(by: Actor, entry: HouseEntry, on: date, note: Words | None, *, seen: int | None) -> None:
    """Says that an undertaking was kept on a day. Raises StaleEdit, WrongState, BadInput."""
    unchanged_since(entry, seen)
    if entry.kept_on is not None:
        raise WrongState(_("This was done already."))
    if on > today(entry.plan.timezone):
        raise BadInput("kept_on", _("That day has not come yet."))
    if on < entry.day:
        raise BadInput("kept_on", _("That is before it was said in parliament."))
    entry.kept_on, entry.kept_note = on, note
    _record(events.KEPT, by, entry, {"kept_on": (None, on), "kept_note": (None, note)})


def reopen(by: Actor, entry: HouseEntry, *, seen: int | None) -> None:
    """Takes back that an undertaking was kept. Raises StaleEdit, WrongState."""
    unchanged_since(entry, seen)
    if entry.kept_on is None:
        raise WrongState(_("This was done already."))
    changes = {"kept_on": (entry.kept_on, None), "kept_note": (entry.kept_note, None)}
    entry.kept_on = entry.kept_note = None
    _record(events.REOPENED, by, entry, changes)


def set_rhythm(by: Actor, plan: Plan, months: int | None, *, seen: int | None) -> ReviewRhythm:
    """Says how often parliament reviews a plan. `seen` is None where nothing was said yet. Raises StaleEdit."""
    rhythm = queries.rhythm_of(plan)
    if rhythm is None:
        rhythm = ReviewRhythm(plan=plan)
        db.session.add(rhythm)
    elif seen is None:
        raise StaleEdit(rhythm)
    else:
        unchanged_since(rhythm, seen)
    before, rhythm.months = rhythm.months, months
    changes = {"review_months": (before, months)} if before != months else {}
    record(events.RHYTHM_SET, by, rhythm, changes=changes, plan=plan.slug)
    return rhythm


def _judge(plan: Plan, kind: str, facts: EntryFacts) -> None:
    if kind == TABLING and facts.version is None:
        raise BadInput("version", _("Say which version was tabled."))
    if kind == REFERRAL and not facts.body:
        raise BadInput("body", _("Say to which committee."))
    if (facts.answer is None) != (facts.answered_on is None):
        raise BadInput("answered_on", _("Write the answer and its day, or neither."))
    for name in ("answered_on", "due", "embargoed_until"):
        later = getattr(facts, name)
        if later is not None and later < facts.day:
            raise BadInput(name, _("That is before it was said in parliament."))
    if facts.version is not None:
        _refuse_odd_version(plan, facts, facts.version)
    if facts.about:
        _refuse_unknown(plan, facts)


def _refuse_odd_version(plan: Plan, facts: EntryFacts, number: int) -> None:
    try:
        version = version_at(plan.slug, number)
    except Missing:
        raise BadInput("version", _("Choose one of the list.")) from None
    if facts.embargoed_until is not None and is_published(version):
        raise BadInput("embargoed_until", _("This version is published already. Leave the embargo out."))


def _refuse_unknown(plan: Plan, facts: EntryFacts) -> None:
    if facts.version is None:
        raise BadInput("version", _("Choose the version that these numbers stand in."))
    known = queries.references_in(plan, facts.version)
    for kind, name in (("paragraph", "paragraphs"), ("activity", "activities"), ("indicator", "indicators")):
        unknown = [one.split(":", 1)[1] for one in facts.about or () if one.startswith(f"{kind}:") and one not in known]
        if unknown:
            said = _("The public text of version %(number)s has no %(codes)s.")
            raise BadInput(name, said % {"number": facts.version, "codes": listed(unknown)})


def _said(entry: HouseEntry) -> dict[str, Any]:
    """What an entry says as the trail tells it: the institution by its code, the debate by its number."""
    owned = {"institution": entry.owner.code if entry.owner else None, "debate": _number_of(entry.debate_id)}
    plain = (
        *("day", "title", "text", "version", "about", "source", "public", "body"),
        *("embargoed_until", "asked_by", "answer", "answered_on", "due"),
    )
    return {**{name: getattr(entry, name) for name in plain}, **owned}


def _number_of(debate_id: int | None) -> int | None:
    debate = db.session.get(HouseEntry, debate_id) if debate_id else None
    return debate.number if debate else None


def _record(done: Act, by: Actor, entry: HouseEntry, changes: Changes) -> None:
    told = {} if done in (events.KEPT, events.REOPENED) else {"house_entry": entry.kind}
    record(done, by, entry, changes=changes, plan=entry.plan.slug, number=entry.number, **told)
