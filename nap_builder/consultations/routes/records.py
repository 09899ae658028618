"""The doors of the record: which consultations there are, one of them, and its form."""

from typing import Any

from flask import Response, url_for

from nap_builder.consultations import names
from nap_builder.consultations.forms.records import MORE_LINES, ConsultationForm, consultation_form
from nap_builder.consultations.models.records import Consultation
from nap_builder.consultations.participants import MEMBERS
from nap_builder.consultations.queries import documents, letters, organisations, waiting
from nap_builder.consultations.queries import records as queries
from nap_builder.consultations.routes.blueprint import HOME, ONE, rooms
from nap_builder.consultations.services import records as services
from nap_builder.consultations.window import OPEN, STATE_KINDS, STATES, state_of
from nap_builder.kernel.access import can, requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.clock import today
from nap_builder.kernel.database import transaction
from nap_builder.kernel.fields import Form
from nap_builder.kernel.languages import _, words_in
from nap_builder.kernel.web import go_to, page, see_other
from nap_builder.plans.history import told
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.framework import named_institutions
from nap_builder.plans.queries.plan import plan_at
from nap_builder.plans.queries.versions import versions
from nap_builder.plans.routes.saving import tried
from nap_builder.plans.wording import spoken
from nap_builder.taskforce.names import SECTORS

WRITE = "consultations.record.write"
WORDS = {"kinds": names.KINDS, "rounds": names.ROUNDS, "risks": names.RISKS, "risk_kinds": names.RISK_KINDS}
STATE_WORDS = {"states": STATES, "state_kinds": STATE_KINDS, "state_of": state_of}


@rooms.get(HOME)
@requires("consultations.record.read", on=plan_at)
def consultations(plan: Plan) -> str:
    """The consultations of a plan, the newest first; what stands open, and what waits."""
    found = queries.consultations(plan)
    return page(
        "consultations/consultations.html",
        plan=plan,
        found=found,
        open_now=[one for one in found if state_of(one) == OPEN],
        waits=waiting.waits(plan),
        counts=queries.counted(plan),
        archived=queries.archived_consultations(plan) if can(WRITE, plan) else (),
        sees_where=queries.sees_where,
        people=queries.people,
        writes=can(WRITE, plan),
        **WORDS,
        **STATE_WORDS,
    )


@rooms.get(f"{HOME}/add")
@requires(WRITE, on=plan_at)
def add(plan: Plan) -> str:
    """The form of a new consultation."""
    return _form_page(plan, _form(plan), None)


@rooms.post(f"{HOME}/add")
@requires(WRITE, on=plan_at)
def save_new(plan: Plan) -> Any:
    """Records a consultation."""
    form = _form(plan)

    def save() -> Response:
        consultation = services.add(actor(), plan, form.facts(), today(plan.timezone))
        return to_one(consultation, _("The consultation is recorded."))

    return tried(form, save) or (_form_page(plan, form, None), 422)


@rooms.get(ONE)
@requires("consultations.record.read", on=queries.any_consultation_at)
def consultation(one: Consultation) -> str:
    """One consultation with all that is recorded of it."""
    writes = one.archived_at is None and can(WRITE, one)
    shows_where = queries.sees_where(one)
    return page(
        "consultations/consultation.html",
        plan=one.plan,
        one=one,
        state_now=state_of(one),
        count=queries.count_of(one),
        documents=documents.documents(one),
        may_be_public=documents.may_be_public(one),
        roster=letters.standing(one) if shows_where else None,
        region=_region(one),
        people=queries.people(one),
        shows_where=shows_where,
        writes=writes,
        opens=one.archived_at is None and can("consultations.window.open", one),
        history=[told(entry) for entry in queries.history_of(one)],
        press=Form(),
        members=MEMBERS,
        **_facts_in_words(),
        **WORDS,
        **STATE_WORDS,
    )


@rooms.get(f"{ONE}/edit")
@requires(WRITE, on=queries.consultation_at)
def edit(one: Consultation) -> str:
    """A consultation as a form."""
    return _form_page(one.plan, _form(one.plan, one), one)


@rooms.post(f"{ONE}/edit")
@requires(WRITE, on=queries.consultation_at)
def save(one: Consultation) -> Any:
    """Saves what is recorded of a consultation."""
    form = _form(one.plan, one)

    def write() -> Response:
        services.change(actor(), one, form.facts(), seen=form.seen.data)
        return to_one(one, _("The consultation is saved."))

    return tried(form, write) or (_form_page(one.plan, form, one), 422)


@rooms.post(f"{ONE}/archive")
@requires(WRITE, on=queries.consultation_at)
def archive(one: Consultation) -> Response:
    """Archives a consultation; the words come with a button that brings it back."""
    form = Form()
    with transaction():
        services.archive(actor(), one, seen=form.seen.data)
        back = url_for("consultations.restore", slug=one.plan.slug, key=one.key)
        home = url_for("consultations.consultations", slug=one.plan.slug)
        return go_to(home, said=_("Consultation %(code)s is archived.", code=one.code), undo=back)


@rooms.post(f"{ONE}/restore")
@requires(WRITE, on=queries.any_consultation_at)
def restore(one: Consultation) -> Response:
    """Restores an archived consultation."""
    with transaction():
        services.restore(actor(), one)
        return to_one(one, _("The consultation is restored."))


def to_one(one: Consultation, said: str, anchor: str | None = None) -> Response:
    """The answer that leads to the page of a consultation."""
    return see_other("consultations.consultation", slug=one.plan.slug, key=one.key, said=said, anchor=anchor)


def _facts_in_words() -> dict[str, Any]:
    return {
        "with_whom": names.WITH_WHOM,
        "called": names.called,
        "visibilities": names.VISIBILITIES,
        "attributions": names.CONSULTATION_ATTRIBUTIONS,
        "accesses": names.ACCESSES,
        "sectors": SECTORS,
        "counted": {**names.SEXES, **names.AGES, **names.TRAITS},
    }


def _region(one: Consultation) -> str:
    return next((spoken(region["name"]) for region in one.plan.regions or () if region["code"] == one.region), "")


def _form(plan: Plan, one: Consultation | None = None) -> ConsultationForm:
    lines = len((one.organisations if one else None) or ()) + MORE_LINES
    opened = one is not None and one.opened_at is not None
    kept = {name: getattr(one, name) for name in services.FIXED} if opened else {}
    return consultation_form(lines)(
        row=one,
        languages=plan.languages,
        regions=[(region["code"], spoken(region["name"])) for region in plan.regions or ()],
        hosts=[(str(body.id), words_in(body.called)) for body in named_institutions(plan)],
        versions=[(str(v.number), _version_in_words(v)) for v in versions(plan)],
        fixed=tuple(kept),
        kept=kept,
    )


def _version_in_words(version: Any) -> str:
    note = words_in(version.note)
    number = _("Version %(number)s", number=version.number)
    return f"{number}: {note}" if note else number


def _form_page(plan: Plan, form: ConsultationForm, one: Consultation | None) -> str:
    return page(
        "consultations/consultation_form.html",
        plan=plan,
        form=form,
        one=one,
        known=[each.name for each in organisations.organisations()],
    )
