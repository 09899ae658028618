"""Milestones of the plan, of its objectives and of its activities."""

from typing import Any

from flask import Response, request, url_for

from nap_builder.kernel.access import demand, requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.languages import _
from nap_builder.kernel.web import page
from nap_builder.plans.forms.milestone import MilestoneForm
from nap_builder.plans.models.measures import Milestone
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries import framework, measures
from nap_builder.plans.queries.plan import plan_at
from nap_builder.plans.routes.blueprint import rooms
from nap_builder.plans.routes.saving import done, offers_in, tried, words
from nap_builder.plans.services import measures as services
from nap_builder.plans.services import rows


@rooms.get("/w/<slug:slug>/milestones")
@requires("plans.draft.read", on=plan_at)
def milestones(plan: Plan) -> str:
    """Every milestone of a plan."""
    found = measures.all_milestones(plan, actor())
    return page("plans/milestones.html", plan=plan, milestones=found, **words(plan))


@rooms.get("/w/<slug:slug>/milestones/add")
@requires("plans.draft.read", on=plan_at)
def add_milestone(plan: Plan) -> str:
    """The form of a new milestone of the plan, or of the row that the address names."""
    row, form = _row(plan), _form(plan, None)
    form.code.data = framework.next_code(plan, "milestone", row)
    return _page(plan, row, None, form)


@rooms.post("/w/<slug:slug>/milestones/add")
@requires("plans.draft.read", on=plan_at)
def save_new_milestone(plan: Plan) -> Any:
    """Adds the milestone."""
    row, form = _row(plan), _form(plan, None)

    def save() -> Response:
        added = services.add_milestone(actor(), row, form.values())
        return _back(plan, _("%(code)s is added.", code=added.code))

    return tried(form, save) or (_page(plan, _row(plan), None, form), 422)


def _row(plan: Plan) -> Any:
    """What a new milestone belongs to. Raises Missing, or what refuses this person the act."""
    under = request.args.get("under")
    if not under:
        demand("plans.framework.arrange", plan)
        return plan
    row = measures.named_row(plan, under, ("objective", "activity"))
    demand("plans.row.write", row)
    return row


@rooms.get("/w/<slug:slug>/milestone/<key:key>")
@requires("plans.row.write", on=measures.milestone_at)
def edit_milestone(milestone: Milestone) -> str:
    """A milestone as a form."""
    return _page(milestone.plan, measures.holder_of(milestone), milestone, _form(milestone.plan, milestone))


@rooms.post("/w/<slug:slug>/milestone/<key:key>")
@requires("plans.row.write", on=measures.milestone_at)
def save_milestone(milestone: Milestone) -> Any:
    """Saves a milestone."""
    form = _form(milestone.plan, milestone)

    def save() -> Response:
        rows.change(actor(), milestone, form.values(), seen=form.seen.data)
        return _back(milestone.plan, _("%(code)s is saved.", code=milestone.code))

    return tried(form, save) or (_page(milestone.plan, measures.holder_of(milestone), milestone, form), 422)


def _form(plan: Plan, milestone: Milestone | None) -> MilestoneForm:
    return MilestoneForm(row=milestone, languages=plan.languages, offers=offers_in(plan))


def _back(plan: Plan, said: str) -> Response:
    return done("plans.milestones", slug=plan.slug, said=said)


def _page(plan: Plan, row: Any, milestone: Milestone | None, form: MilestoneForm) -> str:
    given = {"row": row, "milestone": milestone, "form": form, "back": url_for("plans.milestones", slug=plan.slug)}
    return page("plans/milestone_form.html", plan=plan, **given, **words(plan))
