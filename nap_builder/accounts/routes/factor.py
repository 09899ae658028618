"""The second factor: set up while signing in or from the profile, turned off, recovery codes made anew."""

from typing import Any

from flask import current_app, g, make_response, session, url_for

from nap_builder.accounts import device, queries, second_factor, security
from nap_builder.accounts.forms import EnrolForm, PressForm
from nap_builder.accounts.models import Person
from nap_builder.accounts.routes.blueprint import rooms
from nap_builder.accounts.routes.doors import half_way, refuse_storm, target_half_way
from nap_builder.accounts.routes.profile import oneself
from nap_builder.accounts.services import factors, sessions
from nap_builder.kernel.access import fresh, requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import NeedsFreshSignIn
from nap_builder.kernel.languages import _
from nap_builder.kernel.web import page, repeatable, see_other

ENROLLING = "enrolling"


@rooms.get("/sign-in/second-factor")
@requires("accounts.doors")
def enrol() -> Any:
    """Shows the secret to whoever gave the password and needs a second factor to go on."""
    person = half_way()
    if person is None or person.totp_secret is not None:
        return see_other("accounts.sign_in")
    return _enrol_page(EnrolForm(), person, "accounts.give_first_code")


@rooms.post("/sign-in/second-factor")
@requires("accounts.doors")
@repeatable
def give_first_code() -> Any:
    """Keeps the secret once the app shows a right code, then lets the person in."""
    form = EnrolForm()
    with transaction():
        person = half_way()
        if person is None or person.totp_secret is not None:
            return see_other("accounts.sign_in", said=_("That took too long. Sign in again."))
        return _keep_secret(form, person, "accounts.give_first_code", target_half_way())


@rooms.get("/profile/second-factor")
@requires("accounts.own")
def second_factor_page() -> Any:
    """Sets up a second factor, or manages the one there is."""
    _freshly()
    person = oneself()
    if person.totp_secret is not None:
        needed = security.needs_second_factor(person, current_app)
        left = len(person.recovery_codes or [])
        return page("accounts/factor.html", press=PressForm(), needed=needed, left=left)
    return _enrol_page(EnrolForm(), person, "accounts.set_up_factor")


@rooms.post("/profile/second-factor")
@requires("accounts.own")
@repeatable
def set_up_factor() -> Any:
    """Keeps the secret once the app shows a right code."""
    _freshly()
    form = EnrolForm()
    with transaction():
        person = oneself()
        if person.totp_secret is not None:
            return see_other("accounts.second_factor_page")
        return _keep_secret(form, person, "accounts.set_up_factor", url_for("accounts.profile"))


@rooms.post("/profile/second-factor/off")
@requires("accounts.own")
def turn_off_factor() -> Any:
    """Signs in with the password alone from now on, where the role allows it."""
    _freshly()
    with transaction():
        person = oneself()
        factors.turn_off(actor(), person, required=bool(current_app.config["NAP_SECOND_FACTOR"]))
        security.carry(session, sessions.open_session(person))
        return see_other("accounts.profile", said=_("The second factor is off."))


@rooms.post("/profile/recovery-codes")
@requires("accounts.own")
def renew_recovery_codes() -> Any:
    """New recovery codes, shown this once; the old ones stop working."""
    _freshly()
    with transaction():
        codes = factors.make_recovery_codes(actor(), oneself())
        see_other("accounts.profile")  # where a second sending of the form leads
        return page("accounts/recovery_codes.html", codes=codes, onwards=url_for("accounts.profile"))


def _freshly() -> None:
    if not fresh(actor()):
        raise NeedsFreshSignIn


def _enrol_page(form: EnrolForm, person: Person, endpoint: str) -> str:
    secret = session.setdefault(ENROLLING, second_factor.new_secret())
    return page(
        "accounts/enrol.html",
        form=form,
        endpoint=endpoint,
        picture=second_factor.picture(secret, person.email),
        secret=second_factor.readable(secret),
    )


def _keep_secret(form: EnrolForm, person: Person, endpoint: str, target: str | None) -> Any:
    """Within a transaction: the session that goes on is a new one, and the recovery codes are on its first page."""
    place = device.place(person.email, person)
    refuse_storm(place)
    secret = session.get(ENROLLING)
    codes = factors.set_up(person, secret, form.code.data or "") if secret and form.validate() else None
    if codes is None:
        if not form.errors:
            form.refuse("code", _("This code is not right. Wait for the next one; is the phone's clock right?"))
        return _enrol_page(form, person, endpoint), 422
    security.carry(session, sessions.sign_in(person, place.account, place.source))
    g.actor = queries.actor_of(person)
    g.pop("csrf_token", None)
    words = page("accounts/recovery_codes.html", codes=codes, onwards=target or url_for("home.home"))
    return device.remember(make_response(words), person)
