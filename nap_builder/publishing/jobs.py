"""Documents that take long to make."""

from itertools import product
from typing import Any

from nap_builder.kernel.actor import INSTALLATION
from nap_builder.kernel.errors import DomainError
from nap_builder.kernel.jobs import JobFailed, Step, work
from nap_builder.kernel.languages import _, _l, language_name
from nap_builder.plans.queries.plan import plan_at
from nap_builder.plans.queries.versions import PUBLIC, version_at
from nap_builder.publishing import services
from nap_builder.publishing.edition import which_of
from nap_builder.publishing.heard_sheet import keep_heard_pdf
from nap_builder.publishing.renderers.written import WRITTEN


@work("publishing.issue", _l("Making the PDF"))
def issue_pdf(step: Step, slug: str, number: int, languages: list[str], profile: str, href: str) -> dict[str, Any]:
    """Issues a version's PDF in each of the languages, and the files beside it, which take little beside that.

    Run twice, it finds what the first run issued.
    """
    for done, language in enumerate(languages):
        step(100 * done // len(languages), _("Setting the pages: %(language)s", language=language_name(language)))
        try:
            services.issue(INSTALLATION, version_at(slug, number), profile=profile, language=language)
        except DomainError as error:
            raise JobFailed(error.message) from error
        for form in WRITTEN:
            services.version_written(version_at(slug, number), form, profile=profile, language=language)
    return {"href": href}


@work("publishing.editions", _l("Making editions of the plan"))
def issue_editions(
    step: Step, slug: str, number: int, editions: list[str], languages: list[str], href: str
) -> dict[str, Any]:
    """Issues editions of a version, named as `Which.name`, in each of the languages, for the public. Run twice, it
    finds what the first run issued.
    """
    wanted = list(product(map(which_of, editions), languages))
    for done, (which, language) in enumerate(wanted):
        step(100 * done // len(wanted), _("Setting the pages: %(language)s", language=language_name(language)))
        given: dict[str, Any] = {"profile": PUBLIC, "language": language, "which": which}
        try:
            services.issue(INSTALLATION, version_at(slug, number), **given)
        except DomainError as error:
            raise JobFailed(error.message) from error
    return {"href": href}


@work("publishing.draft", _l("Making the draft PDF"))
def make_draft(step: Step, slug: str, written_in: str, href: str) -> dict[str, Any]:
    """Makes the draft PDF of the working plan. Run twice, it makes the same file twice."""
    step(10, _("Setting the pages: %(language)s", language=language_name(written_in)))
    try:
        services.keep_draft(plan_at(slug), written_in)
    except DomainError as error:
        raise JobFailed(error.message) from error
    return {"href": href}


@work("publishing.heard", _l("Making the PDF of what we heard"))
def print_heard(step: Step, slug: str, written_in: str, href: str) -> dict[str, Any]:
    """Makes the PDF of what was heard and done. Run twice, it finds what the first run made."""
    step(10, _("Setting the pages: %(language)s", language=language_name(written_in)))
    try:
        keep_heard_pdf(plan_at(slug), written_in)
    except DomainError as error:
        raise JobFailed(error.message) from error
    return {"href": href}
