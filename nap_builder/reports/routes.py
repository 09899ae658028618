"""The doors of reports for those who write them: the list, making one, its texts, its publishing, its PDF."""

from typing import Any

from flask import Blueprint, Response, request, url_for

from nap_builder.kernel import storage
from nap_builder.kernel.access import requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.audit import record
from nap_builder.kernel.database import transaction
from nap_builder.kernel.fields import Form
from nap_builder.kernel.jobs import Job, enqueue
from nap_builder.kernel.languages import _, tag
from nap_builder.kernel.web import go_to, page, see_other
from nap_builder.monitoring.queries.periods import period_at
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.plan import plan_at
from nap_builder.plans.routes.saving import tried
from nap_builder.reports import events, policy, services  # noqa: F401 - policy declares the rules
from nap_builder.reports.forms import MakeForm, TextsForm, WithdrawForm, form_of
from nap_builder.reports.jobs import print_report
from nap_builder.reports.models import PUBLISHED, Report
from nap_builder.reports.names import KINDS, MEANT, STATE_KINDS, STATES
from nap_builder.reports.places import places_of
from nap_builder.reports.queries.reports import begun_periods, report_at, reports
from nap_builder.reports.sheets import pdf_name
from nap_builder.reports.shown import laid_out, language_for, pdf_answer

rooms = Blueprint("reports", __name__)

HOME = "/w/<slug:slug>/reports"
ONE = f"{HOME}/<ends>/<any({', '.join(KINDS)}):kind>"
Answer = Response | tuple[str, int] | str


@rooms.get(HOME)
@requires("plans.draft.read", on=plan_at)
def all_reports(plan: Plan) -> str:
    """Every report of a plan, and the form that makes one."""
    return _list_page(plan, MakeForm(periods=begun_periods(plan)))


def _list_page(plan: Plan, form: MakeForm) -> str:
    return page("reports/reports.html", plan=plan, form=form, found=reports(plan), **_words())


def _words() -> dict[str, Any]:
    return {"kinds": KINDS, "meant": MEANT, "states": STATES, "state_kinds": STATE_KINDS}


@rooms.post(HOME)
@requires("reports.report.write", on=plan_at)
def make(plan: Plan) -> Answer:
    """Makes a report for a period."""
    form = MakeForm(periods=begun_periods(plan))

    def act() -> Response:
        period = period_at(plan.slug, form.period.data)
        report = services.make(actor(), period, form.kind.data, form.grouped_by.data)
        return _back(report, _("The report is made. Its texts are a proposal: read and change them."))

    return tried(form, act) or (_list_page(plan, form), 422)


@rooms.get(ONE)
@requires("plans.draft.read", on=report_at)
def draft(report: Report) -> str:
    """A report as it stands, with its texts to be written."""
    return _draft_page(report, _texts_form(report), WithdrawForm(row=report))


def _texts_form(report: Report) -> TextsForm:
    return form_of(_places(report))(row=report, languages=report.languages)


def _places(report: Report) -> Any:
    return places_of(report.kind, report.facts["said"][language_for(report, tag())])


def _draft_page(report: Report, form: TextsForm, withdrawing: WithdrawForm) -> str:
    language = language_for(report)
    made = [one for one in report.languages if storage.exists(pdf_name(report, one))]
    return page(
        "reports/draft.html",
        plan=report.plan,
        report=report,
        form=form,
        places=_places(report),
        withdrawing=withdrawing,
        press=Form(formdata=None),
        language=language,
        body=laid_out(report, language),
        place_of=lambda tongue: _place(report, written_in=tongue),
        made=made,
        locked=report.state == PUBLISHED,
        **_words(),
    )


@rooms.post(ONE)
@requires("reports.report.write", on=report_at)
def write(report: Report) -> Answer:
    """Writes the texts of a report."""
    form = _texts_form(report)

    def act() -> Response:
        texts = {place.name: form[place.name].data for place in _places(report)}
        services.write(actor(), report, texts, seen=form.seen.data)
        return _back(report, _("The texts are saved."))

    return tried(form, act) or (_draft_page(report, form, WithdrawForm(formdata=None)), 422)


@rooms.post(f"{ONE}/refresh")
@requires("reports.report.write", on=report_at)
def refresh(report: Report) -> Response:
    """Draws the facts of a report anew."""
    form = Form()
    with transaction():
        services.refresh(actor(), report, seen=form.seen.data)
        return _back(report, _("The facts are drawn anew. What you wrote is as it was."))


@rooms.get(f"{ONE}/publish")
@requires("reports.report.publish", on=report_at)
def about_to_publish(report: Report) -> str:
    """What everybody will see, before it is published."""
    language = language_for(report)
    where: dict[str, Any] = {"slug": report.plan.slug, "ends": report.period.ends, "kind": report.kind}
    return page(
        "reports/about_to_publish.html",
        plan=report.plan,
        report=report,
        press=Form(formdata=None),
        language=language,
        body=laid_out(report, language),
        place_of=lambda tongue: url_for("reports.about_to_publish", written_in=tongue, **where),
        kinds=KINDS,
    )


@rooms.post(f"{ONE}/publish")
@requires("reports.report.publish", on=report_at)
def publish(report: Report) -> Response:
    """Publishes a report, and has its PDFs made."""
    form = Form()
    with transaction():
        services.publish(actor(), report, seen=form.seen.data)
        _ask_for_pdfs(report, report.languages)
        return _back(report, _("The report is published. Its PDFs are being made."))


@rooms.post(f"{ONE}/withdraw")
@requires("reports.report.publish", on=report_at)
def withdraw(report: Report) -> Answer:
    """Withdraws a report, with a reason."""
    form = WithdrawForm()

    def act() -> Response:
        services.withdraw(actor(), report, form.reason.data or "", seen=form.seen.data)
        return _back(report, _("The report is withdrawn. It can be corrected and published again."))

    return tried(form, act) or (_draft_page(report, _texts_form(report), form), 422)


@rooms.get(f"{ONE}.pdf")
@requires("plans.draft.read", on=report_at)
def draft_pdf(report: Report) -> Any:
    """The PDF of a report as it stands."""
    return pdf_answer(report, "reports/draft_no_pdf.html", personal=True)


@rooms.post(f"{ONE}.pdf")
@requires("plans.draft.read", on=report_at)
def make_pdf(report: Report) -> Response:
    """Has the PDF of a report made in a language."""
    language = language_for(report, request.form.get("written_in"))
    with transaction():
        job = _ask_for_pdfs(report, [language])
        ends = report.period.ends.isoformat()
        record(events.PDF_ASKED, actor(), job, plan=report.plan.slug, report=report.kind, ends=ends)
        return see_other("oversight.job", key=job.key)


def _ask_for_pdfs(report: Report, languages: list[str]) -> Job:
    """Queues the PDFs of a report, within the open transaction."""
    given: dict[str, Any] = {"slug": report.plan.slug, "ends": report.period.ends.isoformat(), "kind": report.kind}
    href = _place(report)
    return enqueue(
        print_report,
        person_id=actor().id,
        plan_slug=report.plan.slug,
        language=tag(),
        languages=languages,
        href=href,
        **given,
    )


def _place(report: Report, **query: str) -> str:
    """Where a report is written."""
    ends = report.period.ends
    return url_for("reports.draft", slug=report.plan.slug, ends=ends, kind=report.kind, **query)  # type: ignore[arg-type]


def _back(report: Report, said: str) -> Response:
    return go_to(_place(report), said=said)
