"""The tabling pack, which is made in the background."""

from typing import Any

from nap_builder.kernel.errors import DomainError
from nap_builder.kernel.jobs import JobFailed, Step, work
from nap_builder.kernel.languages import _, _l, language_name
from nap_builder.parliament.pack import keep_pack


@work("parliament.pack", _l("Making the tabling pack"))
def make_pack(step: Step, slug: str, number: int, written_in: str, href: str) -> dict[str, Any]:
    """Makes the tabling pack of a version. Run twice, it makes the same file twice."""
    step(10, _("Setting the pages: %(language)s", language=language_name(written_in)))
    try:
        keep_pack(slug, number, written_in)
    except DomainError as error:
        raise JobFailed(error.message) from error
    return {"href": href}
