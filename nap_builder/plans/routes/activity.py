"""Everything about one activity, its budget lines, and what a ministry has to do."""

from typing import Any

from flask import Response, url_for

from nap_builder.kernel.access import requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import Missing
from nap_builder.kernel.fields import Form
from nap_builder.kernel.languages import _
from nap_builder.kernel.web import page
from nap_builder.plans.beyond import money_after, years_after
from nap_builder.plans.forms.money import BudgetLineForm
from nap_builder.plans.history import told
from nap_builder.plans.models.framework import Activity
from nap_builder.plans.models.measures import BudgetLine
from nap_builder.plans.models.plan import NOT_ASKED, Plan
from nap_builder.plans.money import cost_of
from nap_builder.plans.queries import costs, framework, measures, parts
from nap_builder.plans.queries.family import former_self
from nap_builder.plans.queries.plan import plan_at
from nap_builder.plans.queries.promised import states_of
from nap_builder.plans.queries.unit_costs import is_older, unit_costs
from nap_builder.plans.routes.blueprint import rooms
from nap_builder.plans.routes.saving import activity_form, done, offers_in, tried, words
from nap_builder.plans.said import unit_cost_offered
from nap_builder.plans.services import money, rows
from nap_builder.reference.queries import mandate_titles


@rooms.get("/w/<slug:slug>/activity/<key:key>")
@requires("plans.draft.read", on=framework.activity_at)
def activity(activity: Activity) -> str:
    """All that the plan says of an activity."""
    plan, lines = activity.plan, framework.lines_of(activity)
    spent = [costs.spending_of(line) for line in lines]
    indicators = measures.indicators_on(activity)
    milestones = measures.milestones_on(activity)
    late = years_after(plan, activity.ends, [line.year for line in lines if line.year])
    keys = [activity.key, *(one.key for one in indicators), *(one.key for one in milestones)]
    return page(
        "plans/activity_page.html",
        plan=plan,
        activity=activity,
        lead=parts.effective_lead(activity),
        involved=parts.involved_in(activity),
        lines=list(zip(lines, spent, strict=True)),
        late=money_after(plan, late) if late else "",
        is_older=lambda line: is_older(line, plan),
        cost=cost_of(spent, activity.costing),
        indicators=indicators,
        figures=measures.figures_of(indicators),
        milestones=milestones,
        former=former_self(activity),
        commitment=states_of([activity.id]).get(activity.id, NOT_ASKED),
        mandate_titles=mandate_titles(),
        history=[told(entry) for entry in framework.history_of(plan, keys)],
        form=Form(),
        **words(plan),
    )


@rooms.get("/w/<slug:slug>/activity/<key:key>/edit")
@requires("plans.row.write", on=framework.activity_at)
def edit_activity(activity: Activity) -> str:
    """The activity as a form on a page of its own."""
    return _edit_page(activity, activity_form(activity))


@rooms.post("/w/<slug:slug>/activity/<key:key>/edit")
@requires("plans.row.write", on=framework.activity_at)
def save_activity(activity: Activity) -> Any:
    """Saves the activity."""
    form = activity_form(activity)

    def save() -> Response:
        rows.change(actor(), activity, form.values(), seen=form.seen.data, involved=form.involved())
        return _back(activity, _("%(code)s is saved.", code=activity.code))

    return tried(form, save) or (_edit_page(activity, form), 422)


def _edit_page(activity: Activity, form: Any) -> str:
    plan = activity.plan
    return page("plans/activity_form.html", plan=plan, activity=activity, form=form, **words(plan))


def _back(activity: Activity, said_so: str, anchor: str | None = None) -> Response:
    return done("plans.activity", slug=activity.plan.slug, key=activity.key, said=said_so, anchor=anchor)


@rooms.get("/w/<slug:slug>/activity/<key:key>/money")
@requires("plans.row.write", on=framework.activity_at)
def add_money(activity: Activity) -> str:
    """The form of a new budget line."""
    return _money_page(activity, None, _line_form(activity, None))


@rooms.post("/w/<slug:slug>/activity/<key:key>/money")
@requires("plans.row.write", on=framework.activity_at)
def save_new_money(activity: Activity) -> Any:
    """Adds a budget line."""
    form = _line_form(activity, None)

    def save() -> Response:
        money.add_line(actor(), activity, form.values())
        return _back(activity, _("The budget line is added."), "money")

    return tried(form, save) or (_money_page(activity, None, form), 422)


@rooms.get("/w/<slug:slug>/activity/<key:key>/money/<key:line>")
@requires("plans.row.write", on=measures.line_at)
def edit_money(line: BudgetLine) -> str:
    """A budget line as a form."""
    return _money_page(line.activity, line, _line_form(line.activity, line))


@rooms.post("/w/<slug:slug>/activity/<key:key>/money/<key:line>")
@requires("plans.row.write", on=measures.line_at)
def save_money(line: BudgetLine) -> Any:
    """Saves a budget line."""
    form = _line_form(line.activity, line)

    def save() -> Response:
        money.change_line(actor(), line, form.values(), seen=form.seen.data)
        return _back(line.activity, _("The budget line is saved."), "money")

    return tried(form, save) or (_money_page(line.activity, line, form), 422)


@rooms.post("/w/<slug:slug>/activity/<key:key>/money/<key:line>/remove")
@requires("plans.row.write", on=measures.line_at)
def remove_money(line: BudgetLine) -> Response:
    """Removes a budget line."""
    form, owner = Form(), line.activity
    with transaction():
        money.remove_line(actor(), line, seen=form.seen.data)
        return _back(owner, _("The budget line is removed."), "money")


def _line_form(activity: Activity, line: BudgetLine | None) -> BudgetLineForm:
    rates = [*unit_costs(), *([line.rate] if line and line.rate and line.rate.archived_at else [])]
    offers = offers_in(activity.plan, rate_id=[(str(rate.id), unit_cost_offered(rate)) for rate in rates])
    return BudgetLineForm(row=line, languages=activity.plan.languages, offers=offers)


def _money_page(activity: Activity, line: BudgetLine | None, form: BudgetLineForm) -> str:
    plan = activity.plan
    spent = costs.spending_of(line) if line else None
    back = url_for("plans.activity", slug=plan.slug, key=activity.key)
    older = line.rate if line and is_older(line, plan) else None
    given = {"activity": activity, "line": line, "form": form, "spent": spent, "older": older, "back": back}
    return page("plans/budget_form.html", plan=plan, **given, **words(plan))


@rooms.get("/w/<slug:slug>/ministry/<code:code>")
@requires("plans.draft.read", on=plan_at)
def ministry(plan: Plan, code: str) -> str:
    """What an institution leads, co-leads and supports in a plan."""
    body = next((one for one in framework.named_institutions(plan) if one.code == code), None)
    if body is None:
        raise Missing
    found = parts.rows_of(plan, body, actor())
    by_part = {part: [one for one in found if one.part == part] for part in ("lead", "co_lead", "supporting")}
    return page("plans/ministry.html", plan=plan, institution=body, parts=by_part, **words(plan))


@rooms.get("/w/<slug:slug>/unled")
@requires("plans.draft.read", on=plan_at)
def unled(plan: Plan) -> str:
    """What nobody leads."""
    return page("plans/unled.html", plan=plan, rows=parts.nobody_leads(plan, actor()), **words(plan))
