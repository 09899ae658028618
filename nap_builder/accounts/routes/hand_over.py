"""All duties of a person, given to a successor in one act."""

from typing import Any

from flask import Response, request, url_for

from nap_builder.accounts import addresses, policy, queries
from nap_builder.accounts.forms import HandOverForm, NewcomerForm, PressForm, SuccessorForm
from nap_builder.accounts.models import HandOver, Person
from nap_builder.accounts.routes.blueprint import rooms
from nap_builder.accounts.routes.people import give_link
from nap_builder.accounts.services import hand_over as services
from nap_builder.kernel.access import requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import BadInput
from nap_builder.kernel.languages import _, listed, tag
from nap_builder.kernel.web import page, refused, see_other

NEWCOMER = "new"


@rooms.get("/people/<slug:key>/hand-over")
@requires("accounts.duties.hand_over", on=queries.person_at)
def hand_over(person: Person) -> Any:
    """Asks who takes the duties over; then shows all that would move, to be confirmed."""
    asked = request.args.get("to")
    if asked is None:
        return _choice(person, _successor_form(person))
    try:
        successor = _successor(person, asked)
    except BadInput as error:
        return _choose_again(person, asked, error)
    return _confirmation(person, successor, _form(person, successor))


@rooms.post("/people/<slug:key>/hand-over")
@requires("accounts.duties.hand_over", on=queries.person_at)
def save_hand_over(person: Person) -> Any:
    """Hands over."""
    asked = request.args.get("to", "")
    try:
        successor = _successor(person, asked)
    except BadInput as error:
        return _choose_again(person, asked, error)
    form = _form(person, successor)
    if not form.validate():
        return _confirmation(person, successor, form), 422
    try:
        with transaction():
            return _done(person, successor, form)
    except BadInput as error:
        refused(form, error)
        form.seen.raw_data, form.seen.data = None, person.row_version  # the list shown now is the newest
        return _confirmation(person, successor, form), 422


def _done(person: Person, successor: Person | None, form: HandOverForm) -> Any:
    """Hands over in the open transaction, and answers."""
    close, seen = bool(form.close.data), form.seen.data
    if isinstance(form, NewcomerForm):
        newcomer = services.Newcomer(form.email.data or "", form.name.data or "", form.post.data, tag())
        done, token = services.hand_over_to_newcomer(actor(), person, newcomer, close=close, seen=seen)
        return give_link(done.successor, token, url_for("accounts.handed_over", key=done.key))
    assert successor is not None
    done = services.hand_over(actor(), person, successor, close=close, seen=seen)
    return see_other("accounts.handed_over", key=done.key, said=_("The duties are handed over."))


@rooms.get("/people/hand-over/<slug:key>")
@requires("accounts.duties.hand_over", on=queries.hand_over_at)
def handed_over(done: HandOver) -> str:
    """What was handed over, and the way back."""
    return page(
        "accounts/handed_over.html",
        done=done,
        duties=_named(services.duties_in(done)),
        press=PressForm(),
        back=url_for("accounts.people"),
    )


@rooms.post("/people/hand-over/<slug:key>/return")
@requires("accounts.duties.hand_over", on=queries.hand_over_at)
def hand_back(done: HandOver) -> Response:
    """Hands everything back."""
    with transaction():
        services.hand_back(actor(), done)
        return see_other("accounts.person", key=done.person.key, said=_("The duties are handed back."))


def _successor(person: Person, asked: str) -> Person | None:
    """Who is to take the duties over; None for somebody new. Raises BadInput where nobody is chosen, or they cannot."""
    if asked == NEWCOMER:
        return None
    found = next((one for one in queries.people_for(actor(), everybody=True) if one.key == asked), None)
    if found is None:
        raise BadInput("to", _("Choose a person of the list."))
    services.refuse_unfit(actor(), person, found)
    return found


def _successor_form(person: Person) -> SuccessorForm:
    return SuccessorForm(offered=[(one.key, _called(one)) for one in queries.successors(actor(), person)])


def _called(person: Person) -> str:
    said = [person.post or "", *(policy.role_name(grant.role) for grant in person.grants)]
    said += [] if person.password else [_("invited, no password yet")]
    return policy.with_places(person.called, *said)


def _form(person: Person, successor: Person | None) -> HandOverForm:
    form = HandOverForm() if successor else NewcomerForm()
    if not form.is_submitted():
        form.seen.data = person.row_version
    return form


def _choice(person: Person, form: SuccessorForm) -> str:
    duties = _named(services.duties_of(person))
    return page(
        "accounts/hand_over.html", person_shown=person, duties=duties, form=form, back=url_for("accounts.people")
    )


def _choose_again(person: Person, asked: str, error: BadInput) -> tuple[str, int]:
    form = _successor_form(person)
    form.to.data = asked
    refused(form, error)
    return _choice(person, form), 422


def _confirmation(person: Person, successor: Person | None, form: HandOverForm) -> str:
    held = services.duties_of(successor) if successor else []
    return page(
        "accounts/hand_over_confirm.html",
        person_shown=person,
        successor=successor,
        form=form,
        mail=addresses.can_write(),
        duties=_named(services.duties_of(person), held),
        held=listed(f"{role}: {place}" if place else role for role, place, _plan, _twice in _named(held)),
        back=url_for("accounts.people"),
    )


def _named(duties: list[services.Duty], held: list[services.Duty] | None = None) -> list[tuple[str, str, str, bool]]:
    """Duties in words: the role, its institution, its plan, and whether the successor has it already."""
    places, slugs = queries.institution_names(), queries.plan_slugs()
    return [
        (
            policy.role_name(role),
            places.get(place or 0, ""),
            slugs.get(plan or 0, ""),
            (role, place, plan) in (held or []),
        )
        for role, place, plan in duties
    ]
