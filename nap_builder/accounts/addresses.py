"""One-time links as addresses, and the letters that carry them."""

from flask import current_app, has_request_context, request

from nap_builder.accounts.models import Person
from nap_builder.kernel import mail
from nap_builder.kernel.languages import _, force_locale, tag

UNSAID = "http://127.0.0.1:8000"  # where the server listens unless it is told otherwise


def link_address(token: str, language: str | None = None) -> str:
    """The whole address of a one-time link: under the address of the installation, or that of this request."""
    here = request.host_url.rstrip("/") if has_request_context() else UNSAID
    return f"{current_app.config['NAP'].base_url or here}/{language or tag()}/link/{token}"


def can_write() -> bool:
    """Whether letters with links can go out: a mail server is set, and so is our own address, which no visitor
    can forge by naming another host.
    """
    return mail.mail_is_set() and current_app.config["NAP"].base_url is not None


def send_invitation(person: Person, token: str) -> None:
    """Queues the letter of an invitation, within a transaction."""
    with force_locale(person.language):
        text = _(
            "You are invited to work on the national action plan on women, peace and security.\n\n"
            "Open this link within 7 days to choose a password:\n%(link)s\n\nIt works once.",
            link=link_address(token, person.language),
        )
        mail.queue(person.email, _("You are invited"), text)


def send_reset(person: Person, token: str, works_for: str) -> None:
    """Queues the letter that lets a person choose a new password, within a transaction."""
    with force_locale(person.language):
        text = _(
            "Open this link within %(time)s to choose a new password:\n%(link)s\n\n"
            "It works once. If you did not ask for it, you need do nothing.",
            time=works_for,
            link=link_address(token, person.language),
        )
        mail.queue(person.email, _("Choose a new password"), text)
