"""The PDFs of reports, which are made in the background."""

from typing import Any

from nap_builder.kernel.errors import DomainError
from nap_builder.kernel.jobs import JobFailed, Step, work
from nap_builder.kernel.languages import _, _l, language_name
from nap_builder.reports.queries.reports import report_at
from nap_builder.reports.sheets import make_pdf


@work("reports.print", _l("Making the PDF of a report"))
def print_report(step: Step, slug: str, ends: str, kind: str, languages: list[str], href: str) -> dict[str, Any]:
    """Makes the PDF of a report in each of the languages. Run twice, it finds what the first run made."""
    for done, language in enumerate(languages):
        step(100 * done // len(languages), _("Setting the pages: %(language)s", language=language_name(language)))
        try:
            make_pdf(report_at(slug, ends, kind), language)
        except DomainError as error:
            raise JobFailed(error.message) from error
    return {"href": href}
