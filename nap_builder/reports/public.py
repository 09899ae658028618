"""The doors of reports for everybody: those that are published."""

from typing import Any

from flask import url_for

from nap_builder.kernel.access import requires
from nap_builder.kernel.web import page
from nap_builder.reports.models import Report
from nap_builder.reports.names import KINDS, MEANT
from nap_builder.reports.queries.reports import published_report, published_reports
from nap_builder.reports.routes import rooms
from nap_builder.reports.shown import laid_out, language_for, pdf_answer

ONE = f"/reports/<ends>/<any({', '.join(KINDS)}):kind>"


@rooms.get("/reports")
@requires("accounts.doors")
def published() -> str:
    """The published reports, by period."""
    return page("reports/published.html", found=published_reports(), kinds=KINDS, meant=MEANT)


@rooms.get(ONE)
@requires("reports.report.read", on=published_report)
def report(report: Report) -> str:
    """A published report."""
    language = language_for(report)
    body = laid_out(report, language)
    where: dict[str, Any] = {"ends": report.period.ends, "kind": report.kind}
    return page(
        "reports/report.html",
        report=report,
        language=language,
        body=body,
        kinds=KINDS,
        place_of=lambda tongue: url_for("reports.report", written_in=tongue, **where),
    )


@rooms.get(f"{ONE}.pdf")
@requires("reports.report.read", on=published_report)
def report_pdf(report: Report) -> Any:
    """The PDF of a published report."""
    return pdf_answer(report, "reports/no_pdf.html")
