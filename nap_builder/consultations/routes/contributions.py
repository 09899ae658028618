"""The doors to contributions: the list, one of them, and the forms by which staff enter them."""

from functools import partial
from typing import Any

from flask import Response, request, url_for

from nap_builder.consultations import names
from nap_builder.consultations.forms.contributions import ContributionFilter, ContributionForm
from nap_builder.consultations.models.contributions import Contribution
from nap_builder.consultations.models.records import Consultation
from nap_builder.consultations.queries import contributions as queries
from nap_builder.consultations.queries import records
from nap_builder.consultations.queries.places import called, living_parts
from nap_builder.consultations.routes.blueprint import CONTRIBUTIONS, ONE, rooms
from nap_builder.consultations.routes.shown import way_to
from nap_builder.consultations.services import contributions as services
from nap_builder.consultations.tongues import offered
from nap_builder.kernel.access import can, requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.clock import today
from nap_builder.kernel.database import transaction
from nap_builder.kernel.fields import Form
from nap_builder.kernel.languages import _, words_in
from nap_builder.kernel.web import go_to, page, see_other, sought
from nap_builder.plans.history import told
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.names import THEMES
from nap_builder.plans.queries.framework import named_institutions
from nap_builder.plans.queries.plan import plan_at
from nap_builder.plans.routes.saving import tried

READ, WRITE = "consultations.record.read", "consultations.record.write"
ONE_OF_THEM = f"{CONTRIBUTIONS}/<key:key>"
FILTERS = ("q", "consultation", "theme", "state", "asked", "late")
WORDS = {
    "channels": names.CHANNELS,
    "attributions": names.ATTRIBUTIONS,
    "answer_states": names.ANSWER_STATES,
    "answer_kinds": names.ANSWER_STATE_KINDS,
    "decisions": names.DECISIONS,
    "decision_kinds": names.DECISION_KINDS,
    "themes": THEMES,
    "answer_state": queries.answer_state,
    "waits_too_long": queries.waits_too_long,
    "sees_where": records.sees_where,
}


@rooms.get(CONTRIBUTIONS)
@requires(READ, on=plan_at)
def contributions(plan: Plan) -> str:
    """The contributions of a plan, as far as the filter of the address lets pass, a page at a time."""
    filters, bodies = ContributionFilter(request.args), named_institutions(plan)
    shown = records.consultations(plan)
    filters.offer(
        [(one.key, f"{one.code} {words_in(one.title)}") for one in shown],
        [(body.code, words_in(body.called)) for body in bodies],
    )
    filters.q.data = sought()
    wanted = queries.Wanted(
        consultation=filters.chosen("consultation"),
        theme=filters.chosen("theme"),
        state=filters.chosen("state"),
        late=filters.chosen("late") == "y",
        asked=next((body.id for body in bodies if body.code == filters.asked.data), None),
        words=sought(),
    )
    return page(
        "consultations/contributions.html",
        plan=plan,
        filters=filters,
        filtered=wanted != queries.Wanted(),
        found=queries.found(plan, wanted, request.args.get("page", 1, int)),
        page_link=_link_to(plan),
        consultations=shown,
        archived=queries.archived_contributions(plan) if can(WRITE, plan) else (),
        writes=can(WRITE, plan),
        **WORDS,
    )


@rooms.get(f"{ONE}/contributions/add")
@requires(WRITE, on=records.consultation_at)
def add_contribution(one: Consultation) -> str:
    """The form of a contribution."""
    first: dict[str, Any] = {"language": one.plan.first_language, "held_on": one.starts, "channel": "event"}
    return _form_page(one, _form(one, **first), None)


@rooms.post(f"{ONE}/contributions/add")
@requires(WRITE, on=records.consultation_at)
def save_new_contribution(one: Consultation) -> Any:
    """Enters a contribution, and goes on to what it is about or to the next, if asked."""
    form = _form(one)

    def save() -> Response:
        about = [request.args["about"]] if "about" in request.args else ()
        entered = services.enter(actor(), one, form.facts(), today(one.plan.timezone), about)
        then, slug = request.form.get("then"), one.plan.slug
        said = _("Contribution %(code)s is entered.", code=entered.code)
        if then == "about":
            return see_other("consultations.about", slug=slug, key=entered.key, said=said)
        if then == "next":
            return see_other("consultations.add_contribution", slug=slug, key=one.key, said=said)
        return to_contribution(entered, said)

    return tried(form, save) or (_form_page(one, form, None), 422)


@rooms.get(ONE_OF_THEM)
@requires(READ, on=queries.any_contribution_at)
def contribution(one: Contribution) -> str:
    """One contribution: the original and its translations, where it came from, what it is about, its answer."""
    return _contribution_page(one)


@rooms.get(f"{ONE_OF_THEM}/edit")
@requires(WRITE, on=queries.contribution_at)
def edit_contribution(one: Contribution) -> str:
    """A contribution as a form."""
    return _form_page(one.consultation, _form(one.consultation, one), one)


@rooms.post(f"{ONE_OF_THEM}/edit")
@requires(WRITE, on=queries.contribution_at)
def save_contribution(one: Contribution) -> Any:
    """Saves what is entered."""
    form = _form(one.consultation, one)

    def save() -> Response:
        services.change(actor(), one, form.facts(), seen=form.seen.data)
        return to_contribution(one, _("The contribution is saved."))

    return tried(form, save) or (_form_page(one.consultation, form, one), 422)


@rooms.post(f"{ONE_OF_THEM}/archive")
@requires(WRITE, on=queries.contribution_at)
def archive_contribution(one: Contribution) -> Response:
    """Archives one that was entered by mistake; the words come with a button that brings it back."""
    form = Form()
    with transaction():
        services.archive(actor(), one, seen=form.seen.data)
        back = url_for("consultations.restore_contribution", slug=one.plan.slug, key=one.key)
        home = url_for("consultations.contributions", slug=one.plan.slug)
        return go_to(home, said=_("Contribution %(code)s is archived.", code=one.code), undo=back)


@rooms.post(f"{ONE_OF_THEM}/restore")
@requires(WRITE, on=queries.any_contribution_at)
def restore_contribution(one: Contribution) -> Response:
    """Restores it."""
    with transaction():
        services.restore(actor(), one)
        return to_contribution(one, _("The contribution is restored."))


def _contribution_page(one: Contribution) -> str:
    plan = one.plan
    parts = living_parts(plan, one.about or ())
    return page(
        "consultations/contribution.html",
        plan=plan,
        one=one,
        about=[parts[ref] for ref in one.about or () if ref in parts],
        gone=sum(ref not in parts for ref in one.about or ()),
        link_to=partial(way_to, plan),
        in_words=partial(called, plan),
        writes=one.archived_at is None and can(WRITE, one),
        history=[told(entry) for entry in records.history_of(one)],
        press=Form(),
        **WORDS,
    )


def to_contribution(one: Contribution, said: str, anchor: str | None = None) -> Response:
    """The answer that leads to the page of a contribution."""
    return see_other("consultations.contribution", slug=one.plan.slug, key=one.key, said=said, anchor=anchor)


def _link_to(plan: Plan) -> Any:
    kept: dict[str, Any] = {name: request.args[name] for name in FILTERS if request.args.get(name)}
    return lambda number: url_for("consultations.contributions", slug=plan.slug, page=number, **kept)


def _form(consultation: Consultation, one: Contribution | None = None, **first: Any) -> ContributionForm:
    return ContributionForm(
        row=one,
        languages=consultation.plan.languages,
        within=names.WITHIN[consultation.attribution],
        online=one is not None and one.channel == "online",
        **first,
    )


def _form_page(consultation: Consultation, form: ContributionForm, one: Contribution | None) -> str:
    plan = consultation.plan
    return page(
        "consultations/contribution_form.html",
        plan=plan,
        consultation=consultation,
        form=form,
        one=one,
        languages_offered=offered(tuple(plan.languages)),
    )
