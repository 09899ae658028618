"""Work of accounts outside the request."""

from typing import Any

from nap_builder.accounts import addresses, queries
from nap_builder.accounts.services import links
from nap_builder.kernel.database import transaction
from nap_builder.kernel.jobs import Step, work
from nap_builder.kernel.languages import _, _l, force_locale


@work("accounts.send_reset", _l("Send a link for a new password"))
def send_reset(_step: Step, *, email: str) -> dict[str, Any] | None:
    """Mails a link, where there is such an account that was ever used.

    It is done here, so that asking takes the same time and leaves the same trace for an address nobody has.
    While a link made just before still waits, no other is sent: nobody's mailbox is filled by asking often.
    """
    with transaction():
        person = queries.person_called(email)
        if person is None or not person.active or not person.password or queries.link_made_lately(person):
            return None
        token = links.make(person, mailed=True)
        with force_locale(person.language):
            addresses.send_reset(person, token, _("30 minutes"))
    return None
