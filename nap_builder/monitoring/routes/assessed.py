"""The objectives as everybody sees them: what the government reports, and beside it what organisations say."""

from typing import Any

from flask import Response, request

from nap_builder.kernel.access import can, demand, requires
from nap_builder.kernel.actor import NOBODY, actor
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import MalformedForm, WrongState
from nap_builder.kernel.fields import Form
from nap_builder.kernel.languages import _, tag
from nap_builder.kernel.web import page, see_other
from nap_builder.monitoring import in_words
from nap_builder.monitoring.assessments import services
from nap_builder.monitoring.assessments.forms import AssessmentForm
from nap_builder.monitoring.assessments.names import JUDGEMENTS, KINDS
from nap_builder.monitoring.assessments.queries import Assessed, assessments_until, own_assessment, to_assess
from nap_builder.monitoring.queries.objectives import objective_rows
from nap_builder.monitoring.queries.overview import overview, shown_periods
from nap_builder.monitoring.queries.published import published_period
from nap_builder.monitoring.routes.blueprint import rooms
from nap_builder.monitoring.routes.shown import public_links, words_of
from nap_builder.plans.routes.saving import tried

WRITE = "monitoring.assessment.write"
ONE = "/progress/objectives/<key:key>/assessment"


@rooms.get("/progress/objectives")
@requires("accounts.doors")
def public_objectives() -> str:
    """Every objective by the end of a published period, with both views of it."""
    period = published_period()
    if period is None:
        return page("monitoring/unpublished.html")
    demand("monitoring.progress.read", period)
    asked = request.args.get("period", "")
    found = overview(period.plan, NOBODY, asked, public=True)
    amended = period.plan.being_amended
    return page(
        "monitoring/public_objectives.html",
        **words_of(found, public_links(asked or None)),
        asked=asked,
        periods=shown_periods(period.plan, public=True),
        objectives=[] if amended else objective_rows(period.plan, found.rows, found.indicators),
        said_of=assessments_until(found.period),
        writes=not amended and found.period == period and can(WRITE, period),
        judgements=JUDGEMENTS,
        judgement_kinds=KINDS,
    )


@rooms.get(ONE)
@requires(WRITE, on=to_assess)
def assessment(of: Assessed) -> str:
    """What one's organisation says of an objective, as a form."""
    return _form_page(of, _form(of))


@rooms.post(ONE)
@requires(WRITE, on=to_assess)
def save_assessment(of: Assessed) -> Any:
    """Saves it; everybody reads it from then on."""
    form = _form(of)

    def save() -> Response:
        services.assess(actor(), of, form.judgement.data, form.said.data or {}, seen=form.seen.data)
        return _to(_("What you say of %(code)s is published.", code=of.objective.code), of)

    return tried(form, save) or (_form_page(of, form), 422)


@rooms.post(ONE + "/withdraw")
@requires(WRITE, on=to_assess)
def withdraw_assessment(of: Assessed) -> Any:
    """Takes it off every page."""
    form = Form()
    if not form.validate():
        raise MalformedForm
    try:
        with transaction():
            services.withdraw(actor(), of, seen=form.seen.data)
            return _to(_("What you said of %(code)s is withdrawn.", code=of.objective.code), of)
    except WrongState as refusal:
        return _form_page(of, _form(of, formdata=None), refusal.message), 409


def _form(of: Assessed, **given: Any) -> AssessmentForm:
    own, plan = own_assessment(of, actor()), of.plan
    language = tag() if tag() in plan.languages else plan.first_language
    form = AssessmentForm(row=own, languages=(language,), **given)
    if own is None and not form.is_submitted():
        form.seen.data = 0
    return form


def _form_page(of: Assessed, form: AssessmentForm, refusal: str = "") -> str:
    found = overview(of.plan, NOBODY, of.period.ends.isoformat(), public=True)
    rows = objective_rows(of.plan, found.rows, found.indicators)
    return page(
        "monitoring/assessment.html",
        form=form,
        of=of,
        row=next(row for row in rows if row.objective.id == of.objective.id),
        own=own_assessment(of, actor()),
        press=Form(formdata=None),
        refusal=refusal,
        tell=in_words,
        kinds=KINDS,
    )


def _to(said: str, of: Assessed) -> Response:
    return see_other("monitoring.public_objectives", said=said, anchor=f"o-{of.objective.code}")
