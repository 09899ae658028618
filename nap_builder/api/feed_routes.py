"""The door of the news: an Atom feed in each language of the pages."""

from flask import Blueprint, Response

from nap_builder.api.answers import address, as_bytes
from nap_builder.api.atom import KIND, Head, feed
from nap_builder.api.news import news
from nap_builder.kernel.access import requires
from nap_builder.kernel.languages import _, tag, words_in
from nap_builder.kernel.traceless import traceless
from nap_builder.taskforce.queries import installation

rooms = Blueprint("feed", __name__)


@rooms.get("/feed.atom")
@traceless
@requires("accounts.doors")
def atom() -> Response:
    """What was published, opened and answered, the newest first."""
    state = installation()
    title = _("Women, peace and security: the national action plan")
    author = words_in(state.state_name) if state and state.state_name else title
    head = Head(title, author, tag(), address("feed.atom"))
    return as_bytes(feed(head, news(), lambda event: address(event.page, **event.parts)), KIND)
