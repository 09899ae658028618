"""Pages that leave no trace of who asks: no cookie, no session, no forgery token that hangs on one, no referrer.

A form of such a page is sent by nobody in particular. So it needs no protection against being sent in somebody's name,
and it has none that would need a cookie; what it carries instead is a token of its own (see `consultations/tokens.py`).
"""

from collections.abc import Callable
from typing import Any

from flask import Flask, Response, g, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin

from nap_builder.kernel.actor import actor
from nap_builder.kernel.open_data import is_open_data
from nap_builder.kernel.protection import csrf
from nap_builder.kernel.web import UNSAFE

LARGEST = 2_000_000  # bytes of a form without a file


def traceless(view: Callable[..., Any]) -> Callable[..., Any]:
    """Marks a view that sets no cookie and writes nothing about who asked. Sending its form twice does no more than
    once, which the view sees to itself: no key of the form is kept.

    Set it above `requires`, so that it marks what the application calls.
    """
    view.traceless = view.repeatable = True  # type: ignore[attr-defined]
    return csrf.exempt(view)


def takes_files(view: Callable[..., Any]) -> Callable[..., Any]:
    """Marks a traceless view whose form may bring a file: it is read up to the limit of all forms."""
    view.takes_files = True  # type: ignore[attr-defined]
    return view


def is_traceless() -> bool:
    """Whether the page that is asked for leaves no trace."""
    return bool(getattr(g.get("view"), "traceless", False))


class Sessions(SecureCookieSessionInterface):
    """Sessions in a signed cookie, which a traceless page reads and never writes; open data does neither."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if not (is_traceless() or is_open_data()):
            super().save_session(app, session, response)


def prepare(app: Flask) -> None:
    """Keeps cookies and referrers off the traceless pages, and long forms away from them."""
    app.session_interface = Sessions()
    app.before_request(_refuse_long_forms)
    app.after_request(_no_referrer)


def _refuse_long_forms() -> None:
    if is_traceless() and not getattr(g.view, "takes_files", False):
        request.max_content_length = LARGEST


def _no_referrer(answer: Response) -> Response:
    """A person who is signed in keeps the referrer on what is only read, by which the button to sign out is checked."""
    if is_traceless() and (request.method in UNSAFE or not actor().signed_in):
        answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
