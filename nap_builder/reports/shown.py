"""A report on a page, and its PDF as an answer: for staff and for everybody."""

from typing import Any

from flask import Response, g, render_template, request
from markupsafe import Markup

from nap_builder.kernel import storage
from nap_builder.kernel.charts import chart_from
from nap_builder.kernel.fields import Form
from nap_builder.kernel.languages import speaking, tag
from nap_builder.kernel.paragraphs import to_html
from nap_builder.kernel.web import page
from nap_builder.reports.models import Report
from nap_builder.reports.names import KINDS
from nap_builder.reports.sheets import pdf_name, sheet_of


def language_for(report: Report, wished: str | None = None) -> str:
    """The language asked for, else the reader's where the report has it, else its first."""
    asked = wished or request.args.get("written_in") or tag()
    return asked if asked in report.languages else report.languages[0]


def laid_out(report: Report, language: str) -> Markup:
    """The report itself, in one of its languages: the same layout as its PDF."""
    sheet = sheet_of(report, language)
    with speaking(language):
        html = render_template(sheet["layout"], sheet=sheet, chart_of=chart_from, marked=to_html)
    return Markup(html)  # noqa: S704 - an autoescaping template made it


def pdf_answer(report: Report, waiting: str, *, personal: bool = False) -> Any:
    """The PDF of a report in the language asked for; while it is not made, a page that says so."""
    language = language_for(report)
    name = pdf_name(report, language)
    if not storage.exists(name):
        given = {"report": report, "plan": report.plan, "language": language, "kinds": KINDS}
        return page(waiting, press=Form(formdata=None), **given), 404, {"Retry-After": "30"}
    g.personal = personal
    answer = Response(storage.get(name), mimetype="application/pdf")
    file = f"{report.plan.slug}-{report.period.ends}-{report.kind}-{language}.pdf"
    answer.headers["Content-Disposition"] = f'inline; filename="{file}"'
    return answer
