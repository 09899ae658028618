"""The photographs of a section: adding, describing, removing and deleting them."""

from typing import Any

from flask import Response

from nap_builder.kernel import storage
from nap_builder.kernel.access import can, requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import BadInput, WrongState
from nap_builder.kernel.fields import Form
from nap_builder.kernel.languages import _, words_in
from nap_builder.kernel.paragraphs import to_plain
from nap_builder.kernel.web import page, refused, see_other
from nap_builder.plans.forms.photograph import NewPhotographForm, PhotographForm
from nap_builder.plans.models.narrative import Photograph, Section
from nap_builder.plans.queries import narrative
from nap_builder.plans.queries.narrative import section_at
from nap_builder.plans.queries.photographs import any_photograph_at, photograph_at, with_the_picture
from nap_builder.plans.routes.blueprint import rooms
from nap_builder.plans.routes.saving import done, tried
from nap_builder.plans.services import photographs as services

HOME = "/w/<slug:slug>/section/<slug:section>/photographs"
ONE = HOME + "/<key:photograph>"
SHOWN = 60  # letters of a paragraph where one is chosen


@rooms.get(HOME + "/new")
@requires("plans.paragraph.write", on=section_at)
def new_photograph(section: Section) -> str:
    """The form of a new photograph."""
    return _new_page(section, _new_form(section))


@rooms.post(HOME + "/new")
@requires("plans.paragraph.write", on=section_at)
def add_photograph(section: Section) -> Response | tuple[str, int]:
    """Adds a photograph; a good picture is kept, so that a form that is refused for something else does not lose it."""
    form = _new_form(section)
    if (waiting := form.kept_picture()) is not None and not storage.exists(waiting.stored_as):
        form.kept.data = None  # it waited too long
    valid = form.validate()
    try:
        if form.picture.data:
            with form.picture.data.stream as stream:
                form.keep(services.keep_picture(stream))
        picture = form.kept_picture()
        if picture is None or not valid:
            return _new_page(section, form), 422
        with transaction():
            services.add_photograph(actor(), section, picture, services.PhotographFacts(**form.said()))
            return _back(section, _("The photograph is added."))
    except BadInput as error:
        refused(form, error)
        return _new_page(section, form), 422


@rooms.get(ONE)
@requires("plans.paragraph.write", on=photograph_at)
def edit_photograph(photograph: Photograph) -> str:
    """The form of what is said of a photograph."""
    return _edit_page(photograph, _form(photograph))


@rooms.post(ONE)
@requires("plans.paragraph.write", on=photograph_at)
def save_photograph(photograph: Photograph) -> Response | tuple[str, int]:
    """Saves what is said of a photograph."""
    form = _form(photograph)

    def save() -> Response:
        facts = services.PhotographFacts(**form.said())
        services.change_photograph(actor(), photograph, facts, seen=form.seen.data)
        return _back(photograph.section, _("The photograph is saved."))

    return tried(form, save) or (_edit_page(photograph, form), 422)


@rooms.get(ONE + "/picture.jpg")
@requires("plans.draft.read", on=any_photograph_at)
def photograph_picture(photograph: Photograph) -> Response:
    """The picture, in the size for screens."""
    return Response(storage.get(services.small(photograph.stored_as)), mimetype="image/jpeg")


@rooms.post(ONE + "/archive")
@requires("plans.paragraph.write", on=photograph_at)
def archive_photograph(photograph: Photograph) -> Response:
    """Takes a photograph out of the plan."""
    form = Form()
    with transaction():
        services.archive_photograph(actor(), photograph, seen=form.seen.data)
        return _back(photograph.section, _("The photograph is removed. You can restore it below."))


@rooms.post(ONE + "/restore")
@requires("plans.paragraph.write", on=any_photograph_at)
def restore_photograph(photograph: Photograph) -> Response:
    """Puts a photograph back."""
    with transaction():
        services.restore_photograph(actor(), photograph)
        return _back(photograph.section, _("The photograph is restored."))


@rooms.get(ONE + "/erase")
@requires("plans.photograph.erase", on=any_photograph_at)
def confirm_erase_photograph(photograph: Photograph) -> str:
    """Asks before a photograph is deleted for good."""
    if not _erasable(photograph):
        raise WrongState(_of_others_too())
    places = len(with_the_picture(photograph.stored_as))
    return page("plans/photograph_erase.html", **_about(photograph), places=places, form=Form(row=photograph))


@rooms.post(ONE + "/erase")
@requires("plans.photograph.erase", on=any_photograph_at)
def erase_photograph(photograph: Photograph) -> Response:
    """Deletes a photograph for good."""
    section = photograph.section
    place: dict[str, Any] = {"slug": section.plan.slug, "section": section.key}
    with transaction():
        if not _erasable(photograph):
            raise WrongState(_of_others_too())
        services.erase_photograph(actor(), photograph)
        return see_other("plans.section", said=_("The photograph is deleted for good."), **place)


def _new_form(section: Section) -> NewPhotographForm:
    about = f"{section.plan.key}/{section.key}"
    return NewPhotographForm(languages=section.plan.languages, places=_places(section), section=about)


def _form(photograph: Photograph) -> PhotographForm:
    section = photograph.section
    return PhotographForm(row=photograph, languages=section.plan.languages, places=_places(section))


def _places(section: Section) -> list[tuple[str, str]]:
    """The paragraphs under which a photograph may stand, with their numbers and first words."""
    found = []
    for line in narrative.numbered(section):
        text = to_plain(words_in(line.paragraph.text, first=section.plan.first_language))
        words = text if len(text) <= SHOWN else text[:SHOWN].rsplit(" ", 1)[0] + "…"
        named = f"{line.number}. {words}" if line.number else words
        found.append((line.paragraph.key, _("Under: %(paragraph)s", paragraph=named)))
    return found


def _new_page(section: Section, form: NewPhotographForm) -> str:
    return page("plans/photograph_new.html", plan=section.plan, section=section, form=form)


def _edit_page(photograph: Photograph, form: PhotographForm) -> str:
    return page("plans/photograph_edit.html", **_about(photograph), form=form, erasable=_erasable(photograph))


def _erasable(photograph: Photograph) -> bool:
    """Whether who acts may delete a picture for good: in every place where it stands, as it goes from all of them."""
    return all(can("plans.photograph.erase", one) for one in with_the_picture(photograph.stored_as))


def _of_others_too() -> str:
    return _("This picture stands in sections of others too. The secretariat can delete it for good.")


def _about(photograph: Photograph) -> dict[str, Any]:
    section = photograph.section
    return {"plan": section.plan, "section": section, "one": photograph}


def _back(section: Section, said: Any) -> Response:
    return done("plans.section", slug=section.plan.slug, section=section.key, anchor="photographs", said=said)
