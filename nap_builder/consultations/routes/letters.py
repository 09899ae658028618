"""The doors to letters, and to the roster of who was asked, answered, or is late."""

from typing import Any

from flask import Response, request

from nap_builder.consultations.forms.letters import AddresseeForm, AnsweredForm, AskForm, LetterForm, TextToCopy
from nap_builder.consultations.letter_text import first_text
from nap_builder.consultations.models.letters import Addressee, ConsultationLetter
from nap_builder.consultations.models.records import Consultation
from nap_builder.consultations.names import LETTER_KINDS
from nap_builder.consultations.queries import letters as queries
from nap_builder.consultations.queries.organisations import organisations
from nap_builder.consultations.routes.blueprint import ONE, rooms
from nap_builder.consultations.services import letters as services
from nap_builder.kernel.access import can, requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.clock import today
from nap_builder.kernel.database import transaction
from nap_builder.kernel.fields import Form
from nap_builder.kernel.languages import _, _n, words_in
from nap_builder.kernel.web import page, see_other
from nap_builder.plans.queries.framework import named_institutions
from nap_builder.plans.routes.saving import tried

READ, WRITE = "consultations.record.read", "consultations.record.write"
HOME = f"{ONE}/letters"
LETTER, ADDRESSEE = f"{HOME}/<key:letter>", f"{ONE}/asked/<key:addressee>"


@rooms.get(HOME)
@requires(READ, on=queries.shown_consultation_at)
def letters(one: Consultation) -> str:
    """The letters of a consultation, and how each who was asked stands."""
    return _page(one)


@rooms.get(f"{HOME}/add")
@requires(WRITE, on=queries.shown_consultation_at)
def add_letter(one: Consultation) -> str:
    """The form of a new letter, with a text to begin with."""
    kind = "follow_up" if queries.letters(one) else "launch"
    kind = request.args["kind"] if request.args.get("kind") in LETTER_KINDS else kind
    given = {"kind": kind, "on_day": today(one.plan.timezone), "text": first_text(one, kind)}
    return _form_page(one, LetterForm(languages=one.plan.languages, **given), None)


@rooms.post(f"{HOME}/add")
@requires(WRITE, on=queries.shown_consultation_at)
def save_new_letter(one: Consultation) -> Any:
    """Writes a letter."""
    form = LetterForm(languages=one.plan.languages)

    def save() -> Response:
        services.write(actor(), one, form.facts())
        return _home(one, _("The letter is written."))

    return tried(form, save) or (_form_page(one, form, None), 422)


@rooms.get(f"{LETTER}/edit")
@requires(WRITE, on=queries.letter_at)
def edit_letter(letter: ConsultationLetter) -> str:
    """A letter as a form."""
    one = letter.consultation
    return _form_page(one, LetterForm(row=letter, languages=one.plan.languages), letter)


@rooms.post(f"{LETTER}/edit")
@requires(WRITE, on=queries.letter_at)
def save_letter(letter: ConsultationLetter) -> Any:
    """Saves a letter."""
    one = letter.consultation
    form = LetterForm(row=letter, languages=one.plan.languages)

    def save() -> Response:
        services.change(actor(), letter, form.facts(), seen=form.seen.data)
        return _home(one, _("The letter is saved."))

    return tried(form, save) or (_form_page(one, form, letter), 422)


@rooms.post(f"{LETTER}/remove")
@requires(WRITE, on=queries.letter_at)
def remove_letter(letter: ConsultationLetter) -> Response:
    """Removes a letter."""
    form, one = Form(), letter.consultation
    with transaction():
        services.remove(actor(), letter, seen=form.seen.data)
        return _home(one, _("The letter is removed."))


@rooms.get(f"{LETTER}/print")
@requires(READ, on=queries.letter_at)
def print_letter(letter: ConsultationLetter) -> str:
    """A letter to print, a sheet for each addressee, and its text to copy."""
    one = letter.consultation
    asked = [queries.called(each) for each in queries.addressees(one) if request.args.get("to") in (None, each.key)]
    return page(
        "consultations/letter.html",
        plan=one.plan,
        one=one,
        letter=letter,
        names=asked or [""],
        form=TextToCopy.of(words_in(letter.text)),
        kinds=LETTER_KINDS,
    )


@rooms.get(f"{ONE}/asked/add")
@requires(WRITE, on=queries.shown_consultation_at)
def ask(one: Consultation) -> str:
    """The form that puts many on the list at once."""
    return _ask_page(one, _ask_form(one))


@rooms.post(f"{ONE}/asked/add")
@requires(WRITE, on=queries.shown_consultation_at)
def save_asked(one: Consultation) -> Any:
    """Puts them on the list."""
    form = _ask_form(one)

    def save() -> Response:
        count = services.ask(actor(), one, form.asked())
        return _home(one, _n("%(num)s is put on the list.", "%(num)s are put on the list.", count))

    return tried(form, save) or (_ask_page(one, form), 422)


@rooms.post(f"{ADDRESSEE}/answered")
@requires(WRITE, on=queries.addressee_at)
def answered(addressee: Addressee) -> Any:
    """Notes that one who was asked answered, on a day."""
    form, one = AnsweredForm(row=addressee), addressee.consultation
    form.answered_on.id = f"answered_on-{addressee.key}"

    def save() -> Response:
        assert form.answered_on.data is not None
        services.answered(actor(), addressee, form.answered_on.data, seen=form.seen.data)
        return _home(one, _("“%(name)s” answered.", name=queries.called(addressee)))

    return tried(form, save) or (_page(one, form, addressee.key), 422)


@rooms.get(f"{ADDRESSEE}/edit")
@requires(WRITE, on=queries.addressee_at)
def edit_addressee(addressee: Addressee) -> str:
    """What is noted of one who was asked, as a form."""
    return _addressee_page(addressee, AddresseeForm(row=addressee))


@rooms.post(f"{ADDRESSEE}/edit")
@requires(WRITE, on=queries.addressee_at)
def save_addressee(addressee: Addressee) -> Any:
    """Saves it."""
    form = AddresseeForm(row=addressee)

    def save() -> Response:
        said = form.asked_on.data, form.answered_on.data, form.note.data
        services.note(actor(), addressee, *said, seen=form.seen.data)
        return _home(addressee.consultation, _("It is saved."))

    return tried(form, save) or (_addressee_page(addressee, form), 422)


@rooms.post(f"{ADDRESSEE}/remove")
@requires(WRITE, on=queries.addressee_at)
def remove_addressee(addressee: Addressee) -> Response:
    """Takes one off the list."""
    form, one = Form(), addressee.consultation
    with transaction():
        services.take_off(actor(), addressee, seen=form.seen.data)
        return _home(one, _("It is taken off the list."))


def _home(one: Consultation, said: str) -> Response:
    return see_other("consultations.letters", slug=one.plan.slug, key=one.key, said=said)


def _page(one: Consultation, wrong: AnsweredForm | None = None, wrong_key: str = "") -> str:
    sent, asked, day = queries.letters(one), queries.addressees(one), today(one.plan.timezone)
    writes = can(WRITE, one)
    forms = {each.key: _answered_form(each) for each in asked if writes and each.answered_on is None}
    return page(
        "consultations/letters.html",
        plan=one.plan,
        one=one,
        sent=sent,
        asked=asked,
        standing=queries.standing_of(sent, asked, day),
        forms={**forms, **({wrong_key: wrong} if wrong else {})},
        wrong=wrong,
        day_now=day,
        called=queries.called,
        is_late=queries.is_late,
        kinds=LETTER_KINDS,
        writes=writes,
    )


def _answered_form(addressee: Addressee) -> AnsweredForm:
    day = today(addressee.consultation.plan.timezone)
    form = AnsweredForm(formdata=None, row=addressee)
    form.answered_on.data = day
    return form


def _form_page(one: Consultation, form: LetterForm, letter: ConsultationLetter | None) -> str:
    return page("consultations/letter_form.html", plan=one.plan, one=one, form=form, letter=letter, press=Form())


def _ask_form(one: Consultation) -> AskForm:
    asked = queries.addressees(one)
    bodies, groups = {each.institution_id for each in asked}, {each.organisation_id for each in asked}
    return AskForm(
        bodies=[body for body in named_institutions(one.plan) if body.id not in bodies],
        groups=[each for each in organisations() if each.id not in groups],
    )


def _ask_page(one: Consultation, form: AskForm) -> str:
    return page("consultations/ask_form.html", plan=one.plan, one=one, form=form)


def _addressee_page(addressee: Addressee, form: AddresseeForm) -> str:
    one, name = addressee.consultation, queries.called(addressee)
    return page(
        "consultations/addressee_form.html",
        plan=one.plan,
        one=one,
        form=form,
        addressee=addressee,
        name=name,
        press=Form(),
    )
