"""The doors through which a plan begins, and templates are made."""

from typing import Any

from flask import Blueprint, Response, current_app

from nap_builder.kernel.access import can, demand, requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import BadInput
from nap_builder.kernel.fields import Form
from nap_builder.kernel.languages import _, words_in
from nap_builder.kernel.web import page, refused, see_other
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.family import possible_above
from nap_builder.plans.queries.framework import pillars
from nap_builder.plans.queries.plan import plan_at, readable_plans
from nap_builder.reference import queries as reference
from nap_builder.starting import policy, queries, services  # noqa: F401 - policy declares the rules
from nap_builder.starting.forms import FollowForm, FromTemplateForm, TemplateForm
from nap_builder.starting.models import SavedTemplate
from nap_builder.starting.queries import saved_template_at, template_at
from nap_builder.starting.template import PlanTemplate

rooms = Blueprint("starting", __name__)

Answer = Response | tuple[str, int] | str


@rooms.get("/plans/new")
@requires("plans.plan.start")
def ways() -> str:
    """The ways in which a plan may begin: from a template, an earlier plan, a file, or nothing."""
    return page(
        "starting/ways.html",
        templates=queries.templates(),
        made_here={saved.key: saved for saved in queries.saved_templates()},
        archived=queries.saved_templates(archived=True),
        former=[plan for plan in readable_plans() if can("starting.plan.follow", plan)],
        form=Form(),
    )


@rooms.get("/plans/new/<slug:template>")
@requires("plans.plan.start", on=template_at)
def from_template(template: PlanTemplate) -> str:
    """What a template holds, and the facts that a plan from it needs."""
    return _template_page(template, _start_form(template))


@rooms.post("/plans/new/<slug:template>")
@requires("plans.plan.start", on=template_at)
def start(template: PlanTemplate) -> Answer:
    """Starts a plan from a template."""
    form = _start_form(template)
    if not form.validate():
        return _template_page(template, form), 422
    try:
        with transaction():
            plan = services.start_from_template(actor(), template, form.wishes())
            return _begun(plan)
    except BadInput as error:
        refused(form, error)
        return _template_page(template, form), 422


def _template_page(template: PlanTemplate, form: FromTemplateForm) -> str:
    titles = reference.mandate_titles()
    return page(
        "starting/template.html", template=template, form=form, blocks=reference.blocks(), mandate_titles=titles
    )


def _start_form(template: PlanTemplate) -> FromTemplateForm:
    known = reference.blocks()
    return FromTemplateForm(
        row=queries.facts_to_begin_with(template),
        above=possible_above(None),
        languages=current_app.config["NAP"].languages,
        offered_pillars=[(pillar["code"], _numbered(pillar)) for pillar in template.pillars],
        offered_blocks=[(key, words_in(known[key].title) if key in known else key) for key in template.blocks],
    )


def _numbered(pillar: dict[str, Any]) -> str:
    return _("%(code)s %(title)s", code=pillar["code"], title=words_in(pillar["title"]))


def _begun(plan: Plan) -> Response:
    return see_other("starting.first_steps", slug=plan.slug, said=_("The plan is started."))


@rooms.get("/w/<slug:slug>/first-steps")
@requires("plans.draft.read", on=plan_at)
def first_steps(plan: Plan) -> str:
    """The first steps of the task force, and which the plan shows to be taken."""
    return page("starting/first_steps.html", plan=plan, steps=queries.first_steps(plan))


@rooms.get("/w/<slug:slug>/next")
@requires("starting.plan.follow", on=plan_at)
def follow(plan: Plan) -> str:
    """What goes on in the plan that follows this one."""
    demand("plans.plan.start")
    return page("starting/follow.html", plan=plan, form=_follow_form(plan))


@rooms.post("/w/<slug:slug>/next")
@requires("starting.plan.follow", on=plan_at)
def start_next(plan: Plan) -> Answer:
    """Starts the plan that follows this one."""
    demand("plans.plan.start")
    form = _follow_form(plan)
    if not form.validate():
        return page("starting/follow.html", plan=plan, form=form), 422
    try:
        with transaction():
            return _begun(services.start_from_plan(actor(), plan, form.wishes(), form.kept()))
    except BadInput as error:
        refused(form, error)
        return page("starting/follow.html", plan=plan, form=form), 422


def _follow_form(plan: Plan) -> FollowForm:
    return FollowForm(
        row=queries.facts_to_follow(plan),
        above=possible_above(None),
        languages=list(dict.fromkeys([*plan.languages, *current_app.config["NAP"].languages])),
        ending=queries.objectives_at_end(plan, actor()),
        offered_pillars=[(row.code, _numbered({"code": row.code, "title": row.title})) for row in pillars(plan)],
    )


@rooms.get("/w/<slug:slug>/template")
@requires("starting.template.write", on=plan_at)
def new_template(plan: Plan) -> str:
    """The form of a template made of a plan."""
    return page("starting/template_form.html", plan=plan, form=TemplateForm(languages=plan.languages))


@rooms.post("/w/<slug:slug>/template")
@requires("starting.template.write", on=plan_at)
def save_template(plan: Plan) -> Answer:
    """Saves a plan as a template."""
    form = TemplateForm(languages=plan.languages)
    if not form.validate():
        return page("starting/template_form.html", plan=plan, form=form), 422
    named = (form.key.data or "", form.title.data or {}, form.summary.data or {})
    try:
        with transaction():
            saved = services.save_template(actor(), plan, *named, texts=bool(form.texts.data))
            said = _("The template is saved.")
            if can("plans.plan.start"):
                return see_other("starting.ways", anchor=f"t-{saved.key}", said=said)
            return see_other("home.workspace", slug=plan.slug, said=said)
    except BadInput as error:
        refused(form, error)
        return page("starting/template_form.html", plan=plan, form=form), 422


@rooms.post("/plans/templates/<slug:template>/archive")
@requires("starting.template.write", on=saved_template_at)
def archive_template(template: SavedTemplate) -> Response:
    """Takes a template off the list."""
    with transaction():
        services.archive_template(actor(), template, seen=Form().seen.data)
        return see_other("starting.ways", said=_("The template is archived. It can be restored below."))


@rooms.post("/plans/templates/<slug:template>/restore")
@requires("starting.template.write", on=saved_template_at)
def restore_template(template: SavedTemplate) -> Response:
    """Puts a template back on the list."""
    with transaction():
        services.restore_template(actor(), template, seen=Form().seen.data)
        return see_other("starting.ways", anchor=f"t-{template.key}", said=_("The template is restored."))
