"""Milestones by their days, figures worth a second look, and by which rule progress is judged."""

from typing import Any

from flask import Response, request

from nap_builder.kernel.access import POLICY, requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.clock import today
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import BadInput
from nap_builder.kernel.languages import _, words_in
from nap_builder.kernel.web import page, refused, see_other
from nap_builder.monitoring import names, said
from nap_builder.monitoring.forms.verification import RuleForm, StepFilter
from nap_builder.monitoring.models import StatusRule
from nap_builder.monitoring.progress import names as progress_names
from nap_builder.monitoring.queries.doubted import doubts_in
from nap_builder.monitoring.queries.due import Asked
from nap_builder.monitoring.queries.periods import DEFAULTS, open_periods, status_rule
from nap_builder.monitoring.queries.steps import Step, steps_of
from nap_builder.monitoring.routes.blueprint import HOME, rooms
from nap_builder.monitoring.routes.places import form_of
from nap_builder.monitoring.services.rule import set_rule
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.plan import plan_at

WRITE, ENTER = "monitoring.update.write", "monitoring.update.enter"


@rooms.get(HOME + "/milestones/progress")
@requires("plans.draft.read", on=plan_at)
def milestones(plan: Plan) -> str:
    """Every milestone by the day it is due, and how it stands today."""
    steps, day = steps_of(plan, actor()), today(plan.timezone)
    filters = StepFilter(request.args)
    bodies = {step.institution.code: words_in(step.institution.called) for step in steps if step.institution}
    filters.institution.choices = filters.institution.beginning(sorted(bodies.items(), key=lambda pair: pair[1]))
    code, wanted = filters.institution.data, filters.show.data or ""
    shown = [step for step in steps if step.shown(wanted, day) and _is_of(step, code)]
    return page(
        "monitoring/milestones.html",
        plan=plan,
        steps=shown,
        total=len(steps),
        overdue=sum(step.standing.overdue for step in steps),
        on=day,
        filters=filters,
        marks=progress_names,
        forms=_forms(plan),
    )


def _forms(plan: Plan) -> dict[int, str]:
    """Where who acts now reports on milestones (row ids) in the open period that is due first."""
    who, found = actor(), dict[int, str]()
    if not any(POLICY[action].reach_in(who, plan.id) != frozenset() for action in (WRITE, ENTER)):
        return found
    for period in open_periods(plan)[:1]:
        for due in Asked(period, who).all:
            form = form_of(due) if due.milestones else ""
            found |= {row.id: form for row in due.milestones if form}
    return found


def _is_of(step: Step, code: str | None) -> bool:
    return not code or (step.institution is not None and step.institution.code == code)


@rooms.get(HOME + "/data-quality")
@requires("plans.draft.read", on=plan_at)
def data_quality(plan: Plan) -> str:
    """What in the reported figures is worth a second look, by the kind of doubt."""
    return page("monitoring/data_quality.html", plan=plan, doubts=doubts_in(plan, actor()), names=names)


@rooms.get(HOME + "/status-rule")
@requires("monitoring.rule.write", on=plan_at)
def rule(plan: Plan) -> str:
    """By which rule progress is judged, in words and as a form."""
    standing = status_rule(plan)
    return _rule_page(plan, standing, RuleForm(row=standing))


@rooms.post(HOME + "/status-rule")
@requires("monitoring.rule.write", on=plan_at)
def save_rule(plan: Plan) -> Any:
    """Sets the rule."""
    standing = status_rule(plan)
    form = RuleForm(row=standing)
    if not form.validate():
        return _rule_page(plan, standing, form), 422
    try:
        with transaction():
            return _set(plan, form)
    except BadInput as error:
        refused(form, error)
        return _rule_page(plan, status_rule(plan), form), 422


def _set(plan: Plan, form: RuleForm) -> Response:
    set_rule(actor(), plan, form.facts(), seen=form.seen.data)
    return see_other("monitoring.rule", slug=plan.slug, said=_("The rule is set. Every page judges by it from now on."))


def _rule_page(plan: Plan, standing: StatusRule, form: RuleForm) -> str:
    usual = {name: getattr(standing, name) == value for name, value in DEFAULTS.items()}
    return page(
        "monitoring/status_rule.html",
        plan=plan,
        rule=standing,
        sentences=said.rule(standing),
        form=form,
        press=RuleForm(formdata=None),
        defaults=DEFAULTS,
        usual=all(usual.values()),
    )
