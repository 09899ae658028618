"""One reporting period: who has not reported, what waits to be verified, its steps, and the reminders."""

from typing import Any

from flask import Response, current_app, request, url_for

from nap_builder.accounts.queries import with_an_account
from nap_builder.kernel.access import requires
from nap_builder.kernel.actor import Role, actor
from nap_builder.kernel.clock import today
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import Missing
from nap_builder.kernel.fields import Form
from nap_builder.kernel.languages import _, tag, words_in
from nap_builder.kernel.web import page, see_other
from nap_builder.monitoring import in_words
from nap_builder.monitoring.forms.periods import CycleFilter, TextToCopy, WithdrawForm
from nap_builder.monitoring.models import ReportingPeriod
from nap_builder.monitoring.names import PERIOD_KINDS, PERIOD_STATES, STANDING_KINDS, STANDINGS
from nap_builder.monitoring.queries import periods as queries
from nap_builder.monitoring.queries.cycle import Cycle, Reporter, cycle_of, standing_of
from nap_builder.monitoring.queries.due import Due
from nap_builder.monitoring.queries.periods import period_at
from nap_builder.monitoring.queries.written import waiting_for
from nap_builder.monitoring.reminder import is_restricted, reminder
from nap_builder.monitoring.routes.blueprint import CYCLE, rooms
from nap_builder.monitoring.routes.places import page_of
from nap_builder.monitoring.services import periods as services
from nap_builder.monitoring.services import reminding
from nap_builder.plans.routes.saving import tried

OPEN, PUBLISH = "monitoring.period.open", "monitoring.period.publish"


@rooms.get(CYCLE)
@requires("plans.draft.read", on=period_at)
def cycle(period: ReportingPeriod) -> str:
    """Who has not reported in a period, how each institution stands, and what waits to be verified."""
    found = cycle_of(period, actor())
    asked = CycleFilter(request.args)
    asked.institution.choices = asked.institution.beginning(
        [(one.institution.code, words_in(one.institution.name)) for one in found.reporters]
    )
    queue = _queue(found)
    return page(
        "monitoring/cycle.html",
        found=found,
        by_others=len(found.to_verify) - len(queue),
        asked=asked,
        shown=_shown(found, asked),
        before=queries.period_before(period),
        after=queries.period_after(period),
        why_not=queries.why_not_opened(period, today(period.plan.timezone)),
        queue=[(due, page_of(due)) for due in queue],
        **_words(period),
    )


def _shown(found: Cycle, asked: CycleFilter) -> list[tuple[Reporter, list[tuple[Any, str, str]]]]:
    """The institutions that pass the filter, each with what is due from it: how it stands, and its page."""
    code, state = (field.data if field.validate(asked) else None for field in (asked.institution, asked.state))
    some = [one for one in found.reporters if code in (None, one.institution.code)]
    rows = [(one, [due for due in one.dues if state in (None, standing_of(due))]) for one in some]
    return [(one, [(due, standing_of(due), page_of(due)) for due in dues]) for one, dues in rows if dues]


def _queue(found: Cycle) -> list[Due]:
    """What waits to be verified by who looks."""
    mine = waiting_for(actor(), found.period.plan, found.period)
    return [due for due in found.to_verify if due.stands in mine]


@rooms.get(CYCLE + "/<any(open, close):step>")
@requires(OPEN, on=period_at)
def confirm_step(period: ReportingPeriod, step: str) -> str:
    """Asks before a period is opened or closed, and says what that leaves behind."""
    return _step_page(period, step, Form(row=period))


@rooms.post(CYCLE + "/<any(open, close):step>")
@requires(OPEN, on=period_at)
def take_step(period: ReportingPeriod, step: str) -> Response:
    """Opens or closes a period."""
    form = Form(row=period)
    with transaction():
        if step == "open":
            services.open_period(actor(), period, seen=form.seen.data)
            return _back(period, _("The period is open. Institutions can report."))
        services.close(actor(), period, seen=form.seen.data)
        return _back(period, _("The period is closed. What it holds is corrected by new records alone."))


@rooms.get(CYCLE + "/publish")
@requires(PUBLISH, on=period_at)
def confirm_publication(period: ReportingPeriod) -> str:
    """Asks before the progress of a period is made public, and says what of it is verified."""
    return _step_page(period, "publish", Form(row=period))


@rooms.post(CYCLE + "/publish")
@requires(PUBLISH, on=period_at)
def publish(period: ReportingPeriod) -> Response:
    """Makes the progress of a period public."""
    form = Form(row=period)
    with transaction():
        services.publish(actor(), period, seen=form.seen.data)
        return _back(period, _("The progress of this period is public."))


@rooms.get(CYCLE + "/withdraw")
@requires(PUBLISH, on=period_at)
def confirm_withdrawal(period: ReportingPeriod) -> str:
    """Asks why the progress of a period is taken from the public."""
    return _step_page(period, "withdraw", WithdrawForm(row=period))


@rooms.post(CYCLE + "/withdraw")
@requires(PUBLISH, on=period_at)
def withdraw(period: ReportingPeriod) -> Any:
    """Takes the progress of a period from the public."""
    form = WithdrawForm(row=period)

    def save() -> Response:
        services.withdraw(actor(), period, form.reason.data or "", seen=form.seen.data)
        return _back(period, _("The progress of this period is no longer public."))

    return tried(form, save) or (_step_page(period, "withdraw", form), 422)


def _step_page(period: ReportingPeriod, step: str, form: Form) -> str:
    return page(
        "monitoring/period_step.html",
        found=cycle_of(period, actor()),
        tell=in_words,
        step=step,
        form=form,
        **_words(period),
    )


@rooms.get(CYCLE + "/remind/<code:code>")
@requires("monitoring.period.remind", on=period_at)
def remind(period: ReportingPeriod, code: str) -> str:
    """The text that reminds an institution, to be copied into any messenger, in the language of choice."""
    reporter = _reporter(period, code)
    if not reporter.waiting:
        raise Missing
    spoken = current_app.config["NAP"].languages
    asked = request.args.get("language", "")
    language = asked if asked in spoken else tag()
    address = url_for("home.my", lang=language, _external=True)
    form = TextToCopy(text=reminder(period.plan, reporter, language, address))
    return page(
        "monitoring/remind.html",
        plan=period.plan,
        period=period,
        reporter=reporter,
        form=form,
        language=language,
        languages_of_it=spoken,
        left_out=any(is_restricted(due) for due in reporter.waiting),
        reachable=_reachable(reporter),
    )


@rooms.post(CYCLE + "/remind/<code:code>")
@requires("monitoring.period.remind", on=period_at)
def reminded(period: ReportingPeriod, code: str) -> Response:
    """Notes that the institution was reminded today."""
    TextToCopy()
    with transaction():
        reminding.remind(actor(), period, _reporter(period, code))
        return _back(period, _("The reminder is noted."))


def _reporter(period: ReportingPeriod, code: str) -> Reporter:
    found = cycle_of(period, actor()).reporter(code)
    if found is None:
        raise Missing
    return found


def _reachable(reporter: Reporter) -> bool:
    """Whether somebody of an institution can report in the program."""
    return any(reporter.institution.id in with_an_account(role) for role in (Role.OFFICIAL, Role.FOCAL_POINT))


def _words(period: ReportingPeriod) -> dict[str, Any]:
    return {
        "plan": period.plan,
        "period": period,
        "states": PERIOD_STATES,
        "kinds": PERIOD_KINDS,
        "standings": STANDINGS,
        "standing_kinds": STANDING_KINDS,
    }


def _back(period: ReportingPeriod, said: str) -> Response:
    return see_other("monitoring.cycle", slug=period.plan.slug, ends=period.ends.isoformat(), said=said)
