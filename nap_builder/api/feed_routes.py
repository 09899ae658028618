"""The doors of open data for people: the page that tells where it is, and the news as an Atom feed."""

from flask import Blueprint, Response, current_app
from markupsafe import Markup

from nap_builder.api.answers import address, as_bytes
from nap_builder.api.atom import KIND, Head, feed
from nap_builder.api.news import news
from nap_builder.api.queries import public_versions
from nap_builder.kernel.access import requires
from nap_builder.kernel.languages import _, tag, words_in
from nap_builder.kernel.traceless import traceless
from nap_builder.kernel.web import page
from nap_builder.taskforce.queries import installation

rooms = Blueprint("feed", __name__)


@rooms.get("/data")
@traceless
@requires("accounts.doors")
def about() -> str:
    """Where programs find what is published."""
    places = [
        (_("Data in JSON"), _linked(address("api.start"))),
        (_("Description for programs (OpenAPI)"), _linked(address("api.described"))),
        (_("News (Atom)"), _linked(address("feed.atom"))),
        (_("Figures of the indicators (CSV)"), _linked(address("monitoring.all_public_figures_csv"))),
    ]
    if current_app.config["NAP"].iati_org:
        files = [_linked(address("api.iati", slug=version.plan.slug)) for version in public_versions()]
        places += [(_("Results framework (IATI 2.03)"), file) for file in files]
    return page("api/data.html", places=places)


def _linked(href: str) -> Markup:
    return Markup('<a href="{0}"><bdi>{0}</bdi></a>').format(href)


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
