"""Signing in, in one step or two; signing out; giving the password again."""

from typing import Any

from flask import Response, current_app, flash, request, session, url_for
from werkzeug.exceptions import TooManyRequests

from nap_builder.accounts import device, hashing, queries, security
from nap_builder.accounts.device import Place
from nap_builder.accounts.forms import CodeForm, ConfirmForm, SignInForm
from nap_builder.accounts.models import Person
from nap_builder.accounts.routes.blueprint import rooms
from nap_builder.accounts.services import factors, sessions
from nap_builder.kernel.access import requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import transaction
from nap_builder.kernel.languages import _, _n
from nap_builder.kernel.mail import mail_is_set
from nap_builder.kernel.web import go_to, page, repeatable, safe_target, see_other

HALF_WAY = "half_way"
HALF_WAY_FOR = 600  # seconds between the password and the code


@rooms.get("/sign-in")
@requires("accounts.doors")
def sign_in() -> Any:
    """The form; who is signed in already goes on."""
    target = safe_target(request.args.get("next"))
    if actor().signed_in:
        return go_to(target or _home())
    return page("accounts/sign_in.html", form=SignInForm(next=target or ""), mail=mail_is_set())


@rooms.post("/sign-in")
@requires("accounts.doors")
@repeatable
def give_password() -> Any:
    """The first step. The answer is the same, and takes as long, whether or not there is such an account."""
    form = SignInForm()
    if not form.validate():
        return page("accounts/sign_in.html", form=form, mail=mail_is_set()), 422
    person = queries.person_called(form.email.data)
    place = device.place(form.email.data, person)
    usable = person if person is not None and person.active else None
    if not password_fits(form.password.data, usable, place):
        form.form_errors.append(_("This e-mail address and password do not belong together. Try again."))
        return page("accounts/sign_in.html", form=form, mail=mail_is_set()), 422
    assert usable is not None
    return _go_on(usable, place, safe_target(form.next.data))


def password_fits(password: str, person: Person | None, place: Place) -> bool:
    """Judges a password; a failure is counted. Raises TooManyRequests, before looking, where a wait is due.

    All happens in one of the few places for such work, so tries sent at once cannot slip past the count.
    """
    kept = person.password if person else None
    with hashing.slot():
        refuse_storm(place)
        if hashing.fits(password, kept):
            return True
        with transaction():
            sessions.note_failure(place.account, place.source)
    return False


def refuse_storm(place: Place) -> None:
    """Raises TooManyRequests, with the time to wait, after too many failures."""
    seconds = queries.seconds_to_wait(place.account, place.source, known=place.known)
    if seconds:
        raise TooManyRequests(retry_after=seconds)


def _go_on(person: Person, place: Place, target: str | None) -> Response:
    if person.totp_secret is not None and not _device_suffices(person):
        return _wait_half_way(person, target, "accounts.code")
    if person.totp_secret is None and security.needs_second_factor(person, current_app):
        return _wait_half_way(person, target, "accounts.enrol")
    unchanged = person.fs_uniquifier
    with transaction():
        same = queries.person_half_way(unchanged)
        return let_in(same, place, target) if same else see_other("accounts.sign_in")


def _device_suffices(person: Person) -> bool:
    if security.needs_second_factor(person, current_app):
        return False
    return queries.device_is_remembered(person, device.here().remembered_digest(person))


def _wait_half_way(person: Person, target: str | None, step: str) -> Response:
    session.clear()
    session[HALF_WAY] = {"who": person.fs_uniquifier, "at": int(now().timestamp()), "next": target}
    return see_other(step)


def half_way() -> Person | None:
    """Who gave the password a moment ago in this browser, and is not signed in yet."""
    held = session.get(HALF_WAY)
    if held is None or int(now().timestamp()) - held["at"] > HALF_WAY_FOR:
        return None
    return queries.person_half_way(held["who"])


def target_half_way() -> str | None:
    """Where the person wanted to go."""
    return safe_target((session.get(HALF_WAY) or {}).get("next"))


def let_in(person: Person, place: Place, target: str | None, said: str | None = None) -> Response:
    """Opens the session, within a transaction, and goes where the person wanted to."""
    others = queries.failures_elsewhere(place.account, place.source)
    token = sessions.sign_in(person, place.account, place.source)
    security.carry(session, token)
    if others:
        flash(
            _n(
                "%(num)s try to sign in to your account from elsewhere failed since yesterday.",
                "%(num)s tries to sign in to your account from elsewhere failed since yesterday.",
                others,
            )
        )
    return device.remember(go_to(target or _home(), said=said), person)


@rooms.get("/sign-in/code")
@requires("accounts.doors")
def code() -> Any:
    """The second step."""
    person = half_way()
    if person is None or person.totp_secret is None:
        return see_other("accounts.sign_in")
    return page("accounts/code.html", form=CodeForm(), may_keep=_may_keep(person))


@rooms.post("/sign-in/code")
@requires("accounts.doors")
@repeatable
def give_code() -> Any:
    """Takes a code once. Of the same code sent many times at once, one is let in."""
    form = CodeForm()
    with transaction():
        person = half_way()
        if person is None or person.totp_secret is None:
            return see_other("accounts.sign_in", said=_("That took too long. Sign in again."))
        place = device.place(person.email, person)
        refuse_storm(place)
        if form.validate() and factors.take_code(person, form.code.data or ""):
            if form.keep.data and _may_keep(person):
                factors.remember_device(person, device.here().remembered_digest(person))
            return let_in(person, place, target_half_way())
        if not form.errors:
            sessions.note_failure(place.account, place.source)
            form.refuse("code", _("This code is not right, or was used before. Wait for the next one."))
        may_keep = _may_keep(person)
    return page("accounts/code.html", form=form, may_keep=may_keep), 422


def _may_keep(person: Person) -> bool:
    return not security.needs_second_factor(person, current_app)


@rooms.post("/sign-out")
@requires("accounts.doors")
@repeatable
def sign_out() -> Response:
    """Ends the session on the server and in the browser."""
    digest = security.held_digest()
    if actor().signed_in and digest:
        with transaction():
            sessions.sign_out(actor(), queries.person_by_id(actor().id), digest)
    session.clear()
    return see_other("accounts.sign_in", said=_("You are signed out."))


@rooms.get("/confirm")
@requires("accounts.own")
def confirm() -> str:
    """Asks for the password again, before a grave act."""
    return page("accounts/confirm.html", form=ConfirmForm(next=safe_target(request.args.get("next")) or ""))


@rooms.post("/confirm")
@requires("accounts.own")
@repeatable
def give_password_again() -> Any:
    """Notes that the person is still the one at the keyboard."""
    form = ConfirmForm()
    person = queries.person_by_id(actor().id)
    valid = form.validate()
    if valid and password_fits(form.password.data, person, device.place(person.email, person)):
        with transaction():
            sessions.confirm(actor(), queries.person_by_id(actor().id), security.held_digest() or "")
            return go_to(safe_target(form.next.data) or _home())
    if valid:
        form.refuse("password", _("This is not your password. Try again."))
    return page("accounts/confirm.html", form=form), 422


def _home() -> str:
    return url_for("home.home")
