"""The doors to several contributions at once, and to what one is about."""

from typing import Any

from flask import Response, request, url_for

from nap_builder.consultations import names
from nap_builder.consultations.forms.contributions import AboutFilter, AboutForm, ManyForm
from nap_builder.consultations.models.contributions import Contribution
from nap_builder.consultations.models.records import Consultation
from nap_builder.consultations.queries import about as queries
from nap_builder.consultations.queries.contributions import contribution_at
from nap_builder.consultations.queries.places import called, living_parts
from nap_builder.consultations.queries.records import consultation_at
from nap_builder.consultations.routes.blueprint import CONTRIBUTIONS, ONE, rooms
from nap_builder.consultations.routes.contributions import to_contribution
from nap_builder.consultations.services import contributions as services
from nap_builder.consultations.tongues import offered
from nap_builder.kernel.access import requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.clock import today
from nap_builder.kernel.languages import _, _n
from nap_builder.kernel.web import page, see_other, sought
from nap_builder.plans.routes.saving import tried

WRITE = "consultations.record.write"
ABOUT = f"{CONTRIBUTIONS}/<key:key>/about"
MOST_SHOWN = 40


@rooms.get(f"{ONE}/contributions/add-many")
@requires(WRITE, on=consultation_at)
def add_many(one: Consultation) -> str:
    """The form of several contributions with what they share."""
    first = {"language": one.plan.first_language, "held_on": one.starts, "channel": "event"}
    return _many_page(one, _many_form(one, **first))


@rooms.post(f"{ONE}/contributions/add-many/preview")
@requires(WRITE, on=consultation_at)
def preview_many(one: Consultation) -> Any:
    """What would be entered, each apart; nothing is saved."""
    form = _many_form(one)
    if not form.validate():
        return _many_page(one, form), 422
    return _many_page(one, form, preview=True)


@rooms.post(f"{ONE}/contributions/add-many/change")
@requires(WRITE, on=consultation_at)
def change_many(one: Consultation) -> str:
    """The form again, with what was typed; nothing is saved."""
    return _many_page(one, _many_form(one))


@rooms.post(f"{ONE}/contributions/add-many")
@requires(WRITE, on=consultation_at)
def save_many(one: Consultation) -> Any:
    """Enters them."""
    form = _many_form(one)

    def save() -> Response:
        texts = form.paragraphs()
        services.enter_many(actor(), one, form.shared({}), texts, today(one.plan.timezone))
        said = _n("%(num)s contribution is entered.", "%(num)s contributions are entered.", len(texts))
        return see_other("consultations.contributions", slug=one.plan.slug, consultation=one.key, said=said)

    return tried(form, save) or (_many_page(one, form), 422)


@rooms.get(ABOUT)
@requires(WRITE, on=contribution_at)
def about(one: Contribution) -> str:
    """The parts of the plan, to tick those that it is about."""
    return _about_page(one, _about_form(one))


@rooms.post(ABOUT)
@requires(WRITE, on=contribution_at)
def save_about(one: Contribution) -> Any:
    """Saves what it is about."""
    form = _about_form(one)

    def save() -> Response:
        services.say_about(actor(), one, form.about.data or (), seen=form.seen.data)
        return to_contribution(one, _("What it is about is saved."))

    return tried(form, save) or (_about_page(one, form), 422)


def _many_form(one: Consultation, **first: Any) -> ManyForm:
    return ManyForm(languages=one.plan.languages, within=names.WITHIN[one.attribution], **first)


def _many_page(one: Consultation, form: ManyForm, *, preview: bool = False) -> str:
    plan = one.plan
    template = "consultations/many_preview.html" if preview else "consultations/many_form.html"
    return page(
        template,
        plan=plan,
        consultation=one,
        form=form,
        languages_offered=offered(tuple(plan.languages)),
        channels=names.CHANNELS,
        attributions=names.ATTRIBUTIONS,
    )


def _about_form(one: Contribution) -> AboutForm:
    """Offers what is ticked already, then what the filter of the address finds, up to MOST_SHOWN."""
    plan, asked = one.plan, AboutFilter(request.args)
    parts = living_parts(plan)
    found = queries.found_among(plan, parts.values(), sought(), asked.kind.data or "")
    chosen = set(request.form.getlist("about")) | set(one.about or ())
    ticked = [part for part in parts.values() if part.ref in chosen]
    others = [part for part in found if part.ref not in chosen]
    pairs = [(part.ref, called(plan, part)) for part in (*ticked, *others[:MOST_SHOWN])]
    return AboutForm(row=one, parts=pairs, left_out=max(0, len(others) - MOST_SHOWN))


def _about_page(one: Contribution, form: AboutForm) -> str:
    filters = AboutFilter(request.args)
    filters.q.data = sought()
    plan = one.plan
    return page(
        "consultations/about_form.html",
        plan=plan,
        one=one,
        form=form,
        filters=filters,
        left_out=form.given["left_out"],
        clear=url_for("consultations.about", slug=plan.slug, key=one.key),
    )
