"""The secret link of one's own calendar, and the days that a calendar reads under it without a sign-in."""

from typing import Any

from flask import Response, g, url_for

from nap_builder.accounts.queries import actor_of, person_by_id
from nap_builder.accounts.tokens import digest_of
from nap_builder.home.queries.calendar import Dated, days_of, link_at, link_of
from nap_builder.home.routes.blueprint import rooms
from nap_builder.home.services import calendar as services
from nap_builder.kernel.access import requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.clock import today
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import Missing
from nap_builder.kernel.fields import Form
from nap_builder.kernel.languages import _
from nap_builder.kernel.protection import limiter
from nap_builder.kernel.web import go_to, page, see_other
from nap_builder.meetings.ical import calendar_of, event_on
from nap_builder.meetings.routes.blueprint import calendar_file

OWN = "home.calendar.own"


@rooms.get("/profile/calendar")
@requires(OWN)
def calendar_link() -> str:
    """Whether there is a link, when a calendar last used it, and the ways to make, replace and revoke it."""
    return page("home/calendar_link.html", link=link_of(actor().id), form=Form())


@rooms.post("/profile/calendar")
@requires(OWN)
def make_calendar_link() -> str:
    """Makes a link and shows it this once: it is in no row, so a repeat of the form cannot show it again."""
    with transaction():
        token = services.make_link(actor(), person_by_id(actor().id))
        go_to(url_for("home.calendar_link"))  # where a second sending of the form leads
        address = url_for("home.calendar_days", token=token, _external=True)
        return page("home/calendar_link_made.html", address=address)


@rooms.post("/profile/calendar/revoke")
@requires(OWN)
def revoke_calendar_link() -> Response:
    """Revokes the link."""
    with transaction():
        services.revoke_link(actor(), person_by_id(actor().id))
        return see_other("home.calendar_link", said=_("The link no longer works."))


@rooms.get("/calendar/<token>.ics")
@requires("accounts.doors")
@limiter.limit("60 per hour")
def calendar_days(token: str) -> Response:
    """The days of whoever made the link, in the language of the address. Raises Missing where it does not work."""
    link = link_at(digest_of(token))
    if link is None:
        raise Missing
    if link.used_on != today():
        with transaction():
            services.note_use(link)
    g.actor = actor_of(link.person)
    found = [_event(one) for one in days_of(g.actor)]
    return calendar_file(calendar_of(_("National action plan: my days"), found), "nap.ics")


def _event(one: Dated) -> Any:
    event = event_on(one.key, one.version, one.label, one.at, off=one.off)
    event.add("url", url_for(one.endpoint, _external=True, **one.parts))
    return event
