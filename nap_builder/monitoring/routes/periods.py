"""The mechanism and the reporting periods of a plan: shown, laid out from its rhythm, added and changed by hand."""

from typing import Any

from flask import Response, request

from nap_builder.kernel.access import requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.database import transaction
from nap_builder.kernel.fields import Form
from nap_builder.kernel.languages import _, _n
from nap_builder.kernel.web import page, see_other
from nap_builder.monitoring.forms.periods import LayOutForm, PeriodForm
from nap_builder.monitoring.models import ReportingPeriod
from nap_builder.monitoring.names import PERIOD_KINDS, PERIOD_STATES
from nap_builder.monitoring.queries import periods as queries
from nap_builder.monitoring.queries.periods import period_at
from nap_builder.monitoring.routes.blueprint import CYCLE, HOME, rooms
from nap_builder.monitoring.services import periods as services
from nap_builder.monitoring.services.periods import changeable_at
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.mechanism import mechanism_of
from nap_builder.plans.queries.plan import plan_at
from nap_builder.plans.routes.saving import tried

PREPARE = "monitoring.period.prepare"
LIST = HOME + "/periods"


@rooms.get(LIST, endpoint="periods")
@requires("plans.draft.read", on=plan_at)
def all_periods(plan: Plan) -> str:
    """Who follows the plan, the rhythm of its reports, and its periods."""
    found = queries.periods(plan)
    return page(
        "monitoring/periods.html",
        plan=plan,
        mechanism=mechanism_of(plan),
        periods=found,
        gaps=queries.uncovered(plan, found) if found else [],
        states=PERIOD_STATES,
        kinds=PERIOD_KINDS,
        form=Form(),
    )


@rooms.get(LIST + "/make")
@requires(PREPARE, on=plan_at)
def lay_out(plan: Plan) -> Any:
    """The periods that follow from the plan's rhythm, before they are saved."""
    asked = LayOutForm(formdata=request.args or None, meta={"csrf": False})
    if request.args and not asked.validate():
        return _make_page(plan, asked, None), 422
    return _make_page(plan, asked, services.laid_out(plan, asked.days.data or 0))


@rooms.post(LIST + "/make")
@requires(PREPARE, on=plan_at)
def make_periods(plan: Plan) -> Any:
    """Saves the periods that follow from the plan's rhythm."""
    form = LayOutForm()

    def save() -> Response:
        count = services.make(actor(), plan, form.days.data or 0)
        return _back(plan, _n("%(num)s period is planned.", "%(num)s periods are planned.", count))

    return tried(form, save) or (_make_page(plan, form, None), 422)


def _make_page(plan: Plan, asked: LayOutForm, found: services.LaidOut | None) -> str:
    return page("monitoring/periods_make.html", plan=plan, asked=asked, found=found, form=Form(formdata=None))


@rooms.get(LIST + "/add")
@requires(PREPARE, on=plan_at)
def new_period(plan: Plan) -> str:
    """The form of a period by hand; it begins where the first days are that no period covers."""
    form = PeriodForm()
    gaps = queries.uncovered(plan, queries.periods(plan))
    form.starts.data = gaps[0].starts if gaps else None
    return _form_page(plan, form, None)


@rooms.post(LIST + "/add")
@requires(PREPARE, on=plan_at)
def add_period(plan: Plan) -> Any:
    """Adds a period by hand."""
    form = PeriodForm()

    def save() -> Response:
        services.add(actor(), plan, form.days())
        return _back(plan, _("The period is planned."))

    return tried(form, save) or (_form_page(plan, form, None), 422)


@rooms.get(CYCLE + "/edit")
@requires(PREPARE, on=changeable_at)
def edit_period(period: ReportingPeriod) -> str:
    """The days of a period, as a form."""
    return _form_page(period.plan, PeriodForm(row=period, period=period), period)


@rooms.post(CYCLE + "/edit")
@requires(PREPARE, on=changeable_at)
def save_period(period: ReportingPeriod) -> Any:
    """Saves the days of a period."""
    form = PeriodForm(row=period, period=period)

    def save() -> Response:
        services.change(actor(), period, form.days(), seen=form.seen.data)
        return _back(period.plan, _("The period is saved."))

    return tried(form, save) or (_form_page(period.plan, form, period), 422)


@rooms.post(CYCLE + "/remove")
@requires(PREPARE, on=period_at)
def remove_period(period: ReportingPeriod) -> Response:
    """Removes a period that was never opened."""
    form = Form(row=period)
    with transaction():
        services.remove(actor(), period, seen=form.seen.data)
        return _back(period.plan, _("The period is removed."))


def _form_page(plan: Plan, form: PeriodForm, period: ReportingPeriod | None) -> str:
    others = [one for one in queries.periods(plan) if one is not period]
    return page("monitoring/period_form.html", plan=plan, form=form, period=period, others=others)


def _back(plan: Plan, said: str) -> Response:
    return see_other("monitoring.periods", slug=plan.slug, said=said)
