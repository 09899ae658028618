"""A forgotten password, and one-time links."""

from typing import Any

from flask import current_app, request

from nap_builder.accounts import addresses, hashing, queries
from nap_builder.accounts.forms import InvitationForm, NewPasswordForm, ResetForm
from nap_builder.accounts.jobs import send_reset
from nap_builder.accounts.models import INVITATION, OneTimeLink
from nap_builder.accounts.routes.blueprint import rooms
from nap_builder.accounts.services import links
from nap_builder.accounts.tokens import digest_of
from nap_builder.kernel.access import requires
from nap_builder.kernel.database import transaction
from nap_builder.kernel.jobs import enqueue
from nap_builder.kernel.languages import _
from nap_builder.kernel.protection import limiter
from nap_builder.kernel.web import page, repeatable, see_other


@rooms.get("/reset")
@requires("accounts.doors")
def reset() -> str:
    """Asks for the e-mail address; or says whom to ask where no mail can go out."""
    return page("accounts/reset.html", form=ResetForm(), mail=addresses.can_write())


@rooms.post("/reset")
@requires("accounts.doors")
@repeatable
@limiter.limit("20 per hour", methods=["POST"])
def ask_reset() -> Any:
    """Has a link sent, if there is such an account; says the same in any case, and takes as long."""
    form = ResetForm()
    if not form.validate() or not addresses.can_write():
        return page("accounts/reset.html", form=form, mail=addresses.can_write()), 422
    with transaction():
        enqueue(send_reset, email=queries.normal_email(form.email.data or ""))
    said = _("If there is an account with this address, a letter is on its way. The link in it works for 30 minutes.")
    return see_other("accounts.sign_in", said=said)


@rooms.get("/link/<token>")
@requires("accounts.doors")
def link(token: str) -> Any:
    """Asks the bearer of a link for a password. Looking does not use it up."""
    found = queries.link_at(digest_of(token))
    if found is None:
        return page("accounts/link_gone.html"), 410
    return _link_page(_form_for(found), found)


@rooms.post("/link/<token>")
@requires("accounts.doors")
@repeatable
def use_link(token: str) -> Any:
    """Takes the password, once. Then the person signs in with it, second factor and all."""
    found = queries.link_at(digest_of(token))
    if found is None:
        return page("accounts/link_gone.html"), 410
    form = _form_for(found)
    if not form.validate():
        return _link_page(form, found), 422
    invited = found.purpose == INVITATION
    kept = hashing.hash_password(form.password.data or "")
    with transaction():
        if invited:
            links.accept(token, kept, form["name"].data)
        else:
            links.choose_password(token, kept)
        return see_other("accounts.sign_in", said=_("Your password is set. Sign in with it."))


def _form_for(found: OneTimeLink) -> InvitationForm | NewPasswordForm:
    about = (found.person.email, found.person.name, request.host, current_app.name)
    if found.purpose == INVITATION:
        return InvitationForm(about=about, name=found.person.name)
    return NewPasswordForm(about=about)


def _link_page(form: InvitationForm | NewPasswordForm, found: OneTimeLink) -> str:
    return page("accounts/link.html", form=form, person_asked=found.person, invited=found.purpose == INVITATION)
