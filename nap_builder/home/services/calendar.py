"""Making and revoking the secret link of a person's calendar. Called inside a transaction."""

from nap_builder.accounts.models import Person
from nap_builder.accounts.tokens import digest_of, new_token
from nap_builder.home.events import CALENDAR_LINK_MADE, CALENDAR_LINK_REVOKED
from nap_builder.home.models import CalendarLink
from nap_builder.home.queries.calendar import link_of
from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import record
from nap_builder.kernel.clock import now, today
from nap_builder.kernel.database import db
from nap_builder.kernel.errors import WrongState
from nap_builder.kernel.languages import _


def make_link(by: Actor, person: Person) -> str:
    """Makes a link and gives its token, of which only a digest is kept. One made earlier stops working."""
    _end(link_of(person.id))
    token = new_token()
    link = CalendarLink(person_id=person.id, token_digest=digest_of(token))
    db.session.add(link)
    db.session.flush()
    record(CALENDAR_LINK_MADE, by, link)
    return token


def revoke_link(by: Actor, person: Person) -> None:
    """Makes the link of a person stop working. Raises WrongState where there is none."""
    link = link_of(person.id)
    if link is None:
        raise WrongState(_("There is no link any more."))
    _end(link)
    record(CALENDAR_LINK_REVOKED, by, link)


def note_use(link: CalendarLink) -> None:
    """Notes that a calendar asked today (UTC)."""
    link.used_on = today()


def _end(link: CalendarLink | None) -> None:
    if link is not None:
        link.revoked_at = now()
