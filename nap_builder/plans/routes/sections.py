"""The sections of a plan: the list, and arranging them."""

from typing import Any

from flask import Response

from nap_builder.kernel.access import requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import MalformedForm
from nap_builder.kernel.fields import Form
from nap_builder.kernel.languages import _
from nap_builder.kernel.web import page
from nap_builder.plans import policy  # noqa: F401 - declares the rules
from nap_builder.plans.forms.narrative import SectionForm, StepForm
from nap_builder.plans.models.narrative import Section
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.names import PLACES
from nap_builder.plans.queries.narrative import any_section_at, section_at, section_lines
from nap_builder.plans.queries.plan import plan_at
from nap_builder.plans.routes.blueprint import rooms
from nap_builder.plans.routes.saving import done
from nap_builder.plans.services import sections as services
from nap_builder.taskforce.queries import institutions


@rooms.get("/w/<slug:slug>/sections")
@requires("plans.draft.read", on=plan_at)
def sections(plan: Plan) -> str:
    """All sections, place by place."""
    lines = section_lines(plan)
    groups = [(called, [line for line in lines if line.section.place == place]) for place, called in PLACES.items()]
    return page(
        "plans/sections.html",
        plan=plan,
        groups=[(name, inside) for name, inside in groups if inside],
        archived=section_lines(plan, archived=True),
        form=Form(),
    )


@rooms.get("/w/<slug:slug>/sections/new")
@requires("plans.section.arrange", on=plan_at)
def new_section(plan: Plan) -> str:
    """The form of a new section."""
    return page("plans/section_form.html", plan=plan, section=None, form=_form(plan))


@rooms.post("/w/<slug:slug>/sections/new")
@requires("plans.section.arrange", on=plan_at)
def add_section(plan: Plan) -> Response | tuple[str, int]:
    """Adds a section."""
    form = _form(plan)
    if not form.validate():
        return page("plans/section_form.html", plan=plan, section=None, form=form), 422
    with transaction():
        section = services.add_section(actor(), plan, _facts(form))
        return done("plans.section", slug=plan.slug, section=section.key, said=_("The section is added."))


@rooms.get("/w/<slug:slug>/sections/<slug:section>/edit")
@requires("plans.section.arrange", on=section_at)
def edit_section(section: Section) -> str:
    """The form of a section."""
    form = _form(section.plan, section)
    return page("plans/section_form.html", plan=section.plan, section=section, form=form)


@rooms.post("/w/<slug:slug>/sections/<slug:section>/edit")
@requires("plans.section.arrange", on=section_at)
def save_section(section: Section) -> Response | tuple[str, int]:
    """Saves what is said of a section as a whole."""
    form = _form(section.plan, section)
    if not form.validate():
        return page("plans/section_form.html", plan=section.plan, section=section, form=form), 422
    with transaction():
        services.change_section(actor(), section, _facts(form), seen=form.seen.data)
        return _back(section, _("The section is saved."))


@rooms.post("/w/<slug:slug>/sections/<slug:section>/move")
@requires("plans.section.arrange", on=section_at)
def move_section(section: Section) -> Response:
    """Moves a section one place up or down."""
    form = StepForm()
    if not form.validate():
        raise MalformedForm
    with transaction():
        services.move_section(actor(), section, int(form.step.data))
        return _back(section, _("The section is moved."))


@rooms.get("/w/<slug:slug>/sections/<slug:section>/archive")
@requires("plans.section.arrange", on=section_at)
def confirm_archive_section(section: Section) -> str:
    """Asks before a section is archived."""
    return page("plans/section_archive.html", plan=section.plan, section=section, form=Form(row=section))


@rooms.post("/w/<slug:slug>/sections/<slug:section>/archive")
@requires("plans.section.arrange", on=section_at)
def archive_section(section: Section) -> Response:
    """Archives a section."""
    form = Form()
    with transaction():
        services.archive_section(actor(), section, seen=form.seen.data)
        return _back(section, _("The section is archived. You can restore it below."))


@rooms.post("/w/<slug:slug>/sections/<slug:section>/restore")
@requires("plans.section.arrange", on=any_section_at)
def restore_section(section: Section) -> Response:
    """Restores a section."""
    with transaction():
        services.restore_section(actor(), section)
        return _back(section, _("The section is restored."))


def _form(plan: Plan, section: Section | None = None) -> SectionForm:
    return SectionForm(row=section, languages=plan.languages, institutions=institutions())


def _facts(form: SectionForm) -> services.SectionFacts:
    return services.SectionFacts(
        title=form.title.data or {},
        place=str(form.place.data),
        owner_id=form.owner_id.data,
        restricted=bool(form.restricted.data),
    )


def _back(section: Section, said: Any) -> Response:
    return done("plans.sections", slug=section.plan.slug, anchor=f"s-{section.key}", said=said)
