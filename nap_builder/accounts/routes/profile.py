"""One's own account: name, language, password, second factor, sessions."""

from typing import Any

from flask import current_app, session

from nap_builder.accounts import device, hashing, queries, security
from nap_builder.accounts.forms import ChangePasswordForm, PressForm, ProfileForm
from nap_builder.accounts.models import Person
from nap_builder.accounts.routes.blueprint import rooms
from nap_builder.accounts.routes.doors import password_fits
from nap_builder.accounts.services import profile as services
from nap_builder.accounts.services import sessions
from nap_builder.kernel.access import requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.database import transaction
from nap_builder.kernel.languages import _, language_name
from nap_builder.kernel.mail import mail_is_set
from nap_builder.kernel.web import page, see_other


def oneself() -> Person:
    """Who is signed in."""
    return queries.person_by_id(actor().id)


@rooms.get("/profile")
@requires("accounts.own")
def profile() -> str:
    """Name, post and language, and the ways to change what guards the account."""
    return _profile_page(_profile_form(oneself()))


@rooms.post("/profile")
@requires("accounts.own")
def save_profile() -> Any:
    """Saves name, post, language and how often letters remind."""
    form = _profile_form(oneself())
    if not form.validate():
        return _profile_page(form), 422
    with transaction():
        said = {name: form[name].data for name in ("name", "post", "language", "letters")}
        services.change_profile(actor(), oneself(), said, seen=form.seen.data)
        return see_other("accounts.profile", said=_("Your profile is saved."))


def _profile_form(person: Person) -> ProfileForm:
    offered = [(tag, language_name(tag)) for tag in current_app.config["NAP"].languages]
    return ProfileForm(row=person, offered=offered)


def _profile_page(form: ProfileForm) -> str:
    return page("accounts/profile.html", form=form, press=PressForm(), me=oneself(), letters=mail_is_set())


@rooms.get("/profile/password")
@requires("accounts.own")
def change_password() -> str:
    """The form of a new password."""
    return page("accounts/password.html", form=_password_form(oneself()))


@rooms.post("/profile/password")
@requires("accounts.own")
def save_password() -> Any:
    """Keeps a new password. Every session ends; this browser goes on with a new one."""
    person = oneself()
    form = _password_form(person)
    valid = form.validate()
    if valid and password_fits(form.present.data or "", person, device.place(person.email, person)):
        kept = hashing.hash_password(form.password.data or "")
        with transaction():
            person = oneself()
            services.change_password(actor(), person, kept)
            security.carry(session, sessions.open_session(person))
            return see_other("accounts.profile", said=_("Your password is changed. Other devices are signed out."))
    if valid:
        form.refuse("present", _("This is not your password. Try again."))
    return page("accounts/password.html", form=form), 422


def _password_form(person: Person) -> ChangePasswordForm:
    return ChangePasswordForm(about=(person.email, person.name))


@rooms.post("/profile/sign-out-everywhere")
@requires("accounts.own")
def sign_out_everywhere() -> Any:
    """Ends every session, this one too."""
    with transaction():
        sessions.sign_out_everywhere(actor(), oneself())
        answer = see_other("accounts.sign_in")
    session.clear()
    return answer
