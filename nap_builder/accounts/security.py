"""Sets up the sign-in library and says, before every request, who acts.

Flask-Security is used as a library only: password hashing and TOTP. Its pages, tokens, roles and sessions are off,
so nobody is ever signed in through it. A session is a row (`SignIn`); the browser holds a random token in its
signed cookie, so ending the row ends every copy of the cookie at once.

Reading must not write, so the moment of the last request is not kept in the row: it stands in the signed cookie
itself, renewed at most once a minute. A cookie that has not been used for an hour is refused, whoever holds it;
the row ends every session after twelve hours in any case. No address and no browser name is kept anywhere.
"""

from collections.abc import MutableMapping
from datetime import timedelta
from typing import Any

from flask import Flask, g, request, session
from flask_security import RoleMixin, Security
from flask_security.datastore import UserDatastore

from nap_builder.accounts import hashing, policy, queries, second_factor
from nap_builder.accounts.models import Person
from nap_builder.accounts.tokens import derived, digest_of
from nap_builder.kernel.actor import NOBODY
from nap_builder.kernel.clock import now
from nap_builder.kernel.open_data import is_open_data
from nap_builder.settings import Settings

IDLE = timedelta(minutes=60)
RENEWED_EVERY = 60  # seconds
TOKEN, SEEN = "token", "seen"


class People(UserDatastore):
    """What the library is told about accounts: the class, and nothing to look up."""

    def __init__(self) -> None:
        super().__init__(Person, RoleMixin)

    def find_user(self, case_insensitive: bool = False, **kwargs: Any) -> None:  # noqa: FBT001, FBT002
        """Nobody: sessions are ours."""
        return

    def find_role(self, role: str) -> None:
        """None: rights come from the access table."""
        return


def prepare(app: Flask, settings: Settings) -> None:
    """Gives the application its hashing and codes, and every request its actor."""
    app.config.update(
        hashing.OPTIONS,
        SECRET_KEY=settings.secret_key,
        SECURITY_CLI_USERS_NAME=None,
        SECURITY_CLI_ROLES_NAME=None,
        NAP_SECOND_FACTOR=not (settings.demo or settings.testing),
    )
    provider = app.json
    Security(app, People(), register_blueprint=False)
    app.json = provider
    app.login_manager.user_loader(lambda _id: None)  # type: ignore[attr-defined]
    app.login_manager.request_loader(lambda _request: None)  # type: ignore[attr-defined]
    app.extensions["nap_codes"] = second_factor.Codes(
        {"1": derived(settings.secret_key, "second factor")}, second_factor.ISSUER
    )
    app.before_request(_say_who_acts)


def _say_who_acts() -> None:
    g.actor = NOBODY
    if is_open_data():
        return
    token = session.get(TOKEN)
    if token is None or request.endpoint == "static":
        return
    moment = int(now().timestamp())
    unused = moment - session.get(SEEN, moment)
    found = queries.acting(digest_of(str(token))) if unused < IDLE.total_seconds() else None
    if found is None:
        drop(session)
        return
    g.actor = found
    if unused >= RENEWED_EVERY or SEEN not in session:
        session[SEEN] = moment


def carry(browser: MutableMapping[str, Any], token: str) -> None:
    """Puts a session into a browser's cookie, which loses all it held before: nothing fixed earlier lives on."""
    browser.clear()
    browser.update({TOKEN: token, SEEN: int(now().timestamp())})


def drop(browser: MutableMapping[str, Any]) -> None:
    """Takes the session out of a browser's cookie."""
    browser.pop(TOKEN, None)
    browser.pop(SEEN, None)


def held_digest() -> str | None:
    """The digest of the session token that this request came with."""
    token = session.get(TOKEN)
    return digest_of(str(token)) if token else None


def needs_second_factor(person: Person, app: Flask) -> bool:
    """Whether this person may not sign in without a second factor. Demonstrations ask nobody for one."""
    held = {grant.role for grant in person.grants}
    return bool(app.config["NAP_SECOND_FACTOR"]) and bool(held & policy.NEED_A_SECOND_FACTOR)
