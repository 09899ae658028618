"""The doors of the record of parliament: the list, one entry, its form, and what became of an undertaking."""

from typing import Any

from flask import Response, url_for

from nap_builder.kernel import storage
from nap_builder.kernel.access import can, requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.clock import today
from nap_builder.kernel.database import transaction
from nap_builder.kernel.fields import Form
from nap_builder.kernel.languages import _
from nap_builder.kernel.web import go_to, page, see_other
from nap_builder.parliament import policy, services  # noqa: F401 - policy declares the rules
from nap_builder.parliament.forms import EntryForm, KeptForm, PackForm, RhythmForm
from nap_builder.parliament.models import HouseEntry
from nap_builder.parliament.names import FOR_WHAT, KINDS, LOOKS, RECORDING, REFERENCES, STANDINGS, TABLING, UNDERTAKING
from nap_builder.parliament.pack import pack_name
from nap_builder.parliament.queries import record as queries
from nap_builder.parliament.queries.record import Kind
from nap_builder.parliament.routes.blueprint import rooms
from nap_builder.plans.history import told
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.framework import named_institutions
from nap_builder.plans.queries.plan import plan_at
from nap_builder.plans.queries.versions import versions
from nap_builder.plans.routes.saving import tried
from nap_builder.publishing.asking import ask_for_pdf
from nap_builder.publishing.queries import published_version

HOME = "/w/<slug:slug>/parliament"
ONE = f"{HOME}/<key:key>"
WRITE, CLOSE = "parliament.record.write", "parliament.undertaking.close"
WORDS = {"kinds": KINDS, "standings": STANDINGS, "looks": LOOKS, "references": REFERENCES}


@rooms.get(HOME)
@requires("plans.draft.read", on=plan_at)
def record(plan: Plan) -> str:
    """What happened to a plan in parliament, and what the government undertook there."""
    return _record_page(plan, _rhythm_form(plan))


@rooms.post(f"{HOME}/rhythm")
@requires(WRITE, on=plan_at)
def save_rhythm(plan: Plan) -> Any:
    """Says how often parliament reviews the plan."""
    form = _rhythm_form(plan)

    def save() -> Response:
        services.set_rhythm(actor(), plan, form.months.whole, seen=form.seen.data)
        return see_other("parliament.record", slug=plan.slug, said=_("This is saved."), anchor="review")

    return tried(form, save) or (_record_page(plan, form), 422)


@rooms.get(f"{HOME}/add/<slug:kind>")
@requires(WRITE, on=queries.kind_at)
def add(kind: Kind) -> str:
    """The form of a new entry of a kind."""
    return _form_page(kind, _form(kind), None)


@rooms.post(f"{HOME}/add/<slug:kind>")
@requires(WRITE, on=queries.kind_at)
def save_new(kind: Kind) -> Any:
    """Enters something into the record."""
    form = _form(kind)

    def save() -> Response:
        entry = services.add(actor(), kind.plan, kind.name, services.EntryFacts(**form.values()))
        _ask_for_pdf(entry)
        return _to(entry, _("This is entered into the record."), undo="parliament.withdraw")

    return tried(form, save) or (_form_page(kind, form, None), 422)


@rooms.get(ONE)
@requires("plans.draft.read", on=queries.entry_at)
def entry(entry: HouseEntry) -> str:
    """One entry: what it says, and what was done with it."""
    return entry_page(entry, kept_form(entry))


@rooms.get(f"{ONE}/edit")
@requires(WRITE, on=queries.living_entry_at)
def edit(entry: HouseEntry) -> str:
    """An entry as a form."""
    kind = Kind(entry.plan, entry.kind)
    return _form_page(kind, _form(kind, entry), entry)


@rooms.post(f"{ONE}/edit")
@requires(WRITE, on=queries.living_entry_at)
def correct(entry: HouseEntry) -> Any:
    """Corrects an entry."""
    kind = Kind(entry.plan, entry.kind)
    form = _form(kind, entry)

    def save() -> Response:
        services.correct(actor(), entry, services.EntryFacts(**form.values()), seen=form.seen.data)
        _ask_for_pdf(entry)
        return _to(entry, _("The entry is corrected."))

    return tried(form, save) or (_form_page(kind, form, entry), 422)


@rooms.post(f"{ONE}/withdraw")
@requires(WRITE, on=queries.entry_at)
def withdraw(entry: HouseEntry) -> Response:
    """Withdraws an entry."""
    with transaction():
        services.withdraw(actor(), entry)
        return _to(entry, _("The entry is withdrawn."), undo="parliament.restore")


@rooms.post(f"{ONE}/restore")
@requires(WRITE, on=queries.entry_at)
def restore(entry: HouseEntry) -> Response:
    """Brings a withdrawn entry back."""
    with transaction():
        services.restore(actor(), entry)
        return _to(entry, _("The entry is back."), undo="parliament.withdraw")


@rooms.post(f"{ONE}/kept")
@requires(CLOSE, on=queries.undertaking_at)
def keep(entry: HouseEntry) -> Any:
    """Says that an undertaking is kept."""
    form = kept_form(entry)

    def save() -> Response:
        on, note = form.said()
        services.keep(actor(), entry, on, note, seen=form.seen.data)
        return _to(entry, _("The undertaking stands as kept."))

    return tried(form, save) or (entry_page(entry, form), 422)


@rooms.post(f"{ONE}/reopen")
@requires(CLOSE, on=queries.undertaking_at)
def reopen(entry: HouseEntry) -> Response:
    """Takes back that an undertaking is kept."""
    form = Form()
    with transaction():
        services.reopen(actor(), entry, seen=form.seen.data)
        return _to(entry, _("The undertaking is open again."))


def _record_page(plan: Plan, form: RhythmForm) -> str:
    found = queries.entries(plan)
    writes = can(WRITE, plan)
    return page(
        "parliament/record.html",
        plan=plan,
        events=[entry for entry in found if entry.kind != UNDERTAKING],
        undertakings=[entry for entry in found if entry.kind == UNDERTAKING],
        withdrawn=queries.withdrawn_entries(plan) if writes else [],
        writes=writes,
        form=form,
        review=queries.next_review(plan),
        today=today(plan.timezone),
        recording=RECORDING,
        for_what=FOR_WHAT,
        **WORDS,
    )


def _rhythm_form(plan: Plan) -> RhythmForm:
    return RhythmForm(row=queries.rhythm_of(plan))


def _form(kind: Kind, entry: HouseEntry | None = None) -> EntryForm:
    plan = kind.plan
    held = [one for one in queries.debates(plan) if one is not entry]
    bodies = list(named_institutions(plan))
    if entry is not None and entry.owner is not None and entry.owner not in bodies:
        bodies.append(entry.owner)
    given = {"versions": versions(plan), "debates": held, "bodies": bodies}
    form = EntryForm(kind=kind.name, row=entry, languages=plan.languages, **given)
    if entry is None and not form.is_submitted():
        form.day.data = today(plan.timezone)
        standing = published_version(plan)
        form.version.data = str(standing.number) if standing else None
    return form


def _form_page(kind: Kind, form: EntryForm, entry: HouseEntry | None) -> str:
    shown = {"kind": kind.name, "entry": entry, "recording": RECORDING, "for_what": FOR_WHAT}
    return page("parliament/entry_form.html", plan=kind.plan, form=form, **shown, **WORDS)


def kept_form(entry: HouseEntry) -> KeptForm:
    """The form by which an undertaking is said to be kept, today unless another day is given."""
    form = KeptForm(languages=entry.plan.languages)
    if not form.is_submitted():
        form.seen.data, form.kept_on.data = entry.row_version, today(entry.plan.timezone)
    return form


def pack_form(entry: HouseEntry) -> PackForm:
    """The form that has the tabling pack made."""
    return PackForm(languages=entry.plan.languages)


def entry_page(entry: HouseEntry, form: KeptForm, packing: PackForm | None = None) -> str:
    """The page of an entry with its forms."""
    return page(
        "parliament/entry.html",
        plan=entry.plan,
        entry=entry,
        form=form,
        press=Form(),
        packing=packing or pack_form(entry),
        packs=_packs(entry),
        writes=entry.withdrawn_at is None and can(WRITE, entry),
        closes=entry.withdrawn_at is None and entry.kind == UNDERTAKING and can(CLOSE, entry),
        history=[told(one) for one in queries.history_of(entry)],
        today=today(entry.plan.timezone),
        **WORDS,
    )


def _packs(entry: HouseEntry) -> list[str]:
    """The languages in which the tabling pack was made."""
    if entry.kind != TABLING or not can(WRITE, entry):
        return []
    version = queries.version_of(entry)
    return [one for one in entry.plan.languages if storage.exists(pack_name(version, one))]


def _ask_for_pdf(entry: HouseEntry) -> None:
    """What is read under embargo has to be there in every language; what was made before is found again."""
    if entry.embargoed_until is not None:
        ask_for_pdf(queries.version_of(entry), list(entry.plan.languages))


def _to(entry: HouseEntry, said: str, undo: str | None = None) -> Response:
    parts: dict[str, Any] = {"slug": entry.plan.slug, "key": entry.key}
    return go_to(url_for("parliament.entry", **parts), said=said, undo=url_for(undo, **parts) if undo else None)
