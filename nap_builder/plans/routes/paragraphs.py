"""A section with its paragraphs: reading, writing, moving, splitting, joining, and what was said before."""

from flask import Response, request

from nap_builder.kernel.access import can, requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import BadInput, MalformedForm
from nap_builder.kernel.fields import Form
from nap_builder.kernel.languages import _, _n, choose, tag
from nap_builder.kernel.paragraphs import to_html, to_plain
from nap_builder.kernel.web import page, refused, repeatable
from nap_builder.plans import policy  # noqa: F401 - declares the rules
from nap_builder.plans.events.narrative import HISTORY
from nap_builder.plans.forms.narrative import NewParagraphForm, ParagraphForm, SplitForm, StepForm
from nap_builder.plans.models.narrative import Paragraph, Section
from nap_builder.plans.queries import narrative as queries
from nap_builder.plans.queries.narrative import Numbered, any_paragraph_at, paragraph_at, section_at
from nap_builder.plans.queries.photographs import photographs_of
from nap_builder.plans.routes.blueprint import rooms
from nap_builder.plans.routes.saving import done
from nap_builder.plans.services import narrative as services
from nap_builder.reference import queries as reference

HOME = "/w/<slug:slug>/section/<slug:section>"
ONE = HOME + "/p/<slug:paragraph>"
AT_THE_END = "end"


@rooms.get(HOME)
@requires("plans.draft.read", on=section_at)
def section(section: Section) -> str:
    """A section to read; `?edit=KEY` opens a paragraph as a form, `?add=KEY` (or `end`) a new one after it."""
    writable = can("plans.paragraph.write", section)
    key, after = request.args.get("edit"), request.args.get("add")
    if key and writable:
        found = paragraph_at(section.plan.slug, section.key, key)
        return _page(section, form=_form(found), editing=found)
    if after and writable:
        form = NewParagraphForm(languages=section.plan.languages)
        form.after.data = after
        return _page(section, form=form, adding=after)
    return _page(section, form=Form())


def _page(
    section: Section, *, form: Form, editing: Paragraph | None = None, adding: str | None = None, preview: bool = False
) -> str:
    """The page of a section, with the form that is open: that of a paragraph, or of a new one after another.

    A form never vanishes with its place: where the paragraph was archived meanwhile, it stands at the end.
    """
    lines = queries.numbered(section)
    here = {line.paragraph.key for line in lines}
    if editing is not None and editing.key not in here:
        lines.append(Numbered(editing, None))
    return page(
        "plans/section.html",
        plan=section.plan,
        section=section,
        paragraphs=lines,
        archived=queries.put_away(section),
        photographs=photographs_of(section),
        removed=photographs_of(section, archived=True),
        erasable=can("plans.photograph.erase", section),
        writable=can("plans.paragraph.write", section),
        guide_here=reference.guidance_for_section(section.key),
        advice=reference.advice(section.plan.template, section.key),
        form=form,
        editing=editing.key if editing else None,
        adding=adding if adding is None or adding in here else AT_THE_END,
        preview=preview,
        to_html=to_html,
        to_plain=to_plain,
        language_of=lambda text: choose(text, tag(), section.plan.first_language),
    )


def _form(paragraph: Paragraph) -> ParagraphForm:
    return ParagraphForm(row=paragraph, languages=paragraph.section.plan.languages)


@rooms.post(HOME + "/add")
@requires("plans.paragraph.write", on=section_at)
def add_paragraph(section: Section) -> Response | tuple[str, int]:
    """Adds a paragraph, or several where the text has blank lines and the writer wants them split."""
    form = NewParagraphForm(languages=section.plan.languages)
    if not form.validate():
        return _page(section, form=form, adding=form.after.data or AT_THE_END), 422
    pieces = _pieces(form)
    if pieces is None:
        return _ask(section, form), 422
    with transaction():
        after = _after(section, form.after.data)
        added = services.add_paragraph(actor(), section, pieces, kind=str(form.kind.data), after=after)
        said = _n("%(num)s paragraph is added.", "%(num)s paragraphs are added.", len(added))
        return _back(section, said, added[0].key)


@rooms.post(HOME + "/preview")
@repeatable
@requires("plans.paragraph.write", on=section_at)
def preview_new(section: Section) -> str | tuple[str, int]:
    """Shows a new paragraph as it will look; nothing is saved."""
    form = NewParagraphForm(languages=section.plan.languages)
    sound = form.validate()
    shown = _page(section, form=form, adding=form.after.data or AT_THE_END, preview=sound)
    return shown if sound else (shown, 422)


@rooms.post(ONE)
@requires("plans.paragraph.write", on=any_paragraph_at)
def write_paragraph(paragraph: Paragraph) -> Response | tuple[str, int]:
    """Saves a paragraph, split where the text has blank lines and the writer wants that."""
    form = _form(paragraph)
    section = paragraph.section
    if not form.validate():
        return _page(section, form=form, editing=paragraph), 422
    pieces = _pieces(form)
    if pieces is None:
        return _ask(section, form, paragraph), 422
    kind = str(form.kind.data)
    with transaction():
        if len(pieces) > 1:
            services.split_paragraph(actor(), paragraph, pieces, seen=form.seen.data, kind=kind)
            return _back(section, _("The paragraph is split."), paragraph.key)
        services.write_paragraph(actor(), paragraph, pieces[0], seen=form.seen.data, kind=kind)
        return _back(section, _("The paragraph is saved."), paragraph.key)


@rooms.post(ONE + "/preview")
@repeatable
@requires("plans.paragraph.write", on=any_paragraph_at)
def preview_paragraph(paragraph: Paragraph) -> str | tuple[str, int]:
    """Shows a paragraph as it will look; nothing is saved."""
    form = _form(paragraph)
    sound = form.validate()
    shown = _page(paragraph.section, form=form, editing=paragraph, preview=sound)
    return shown if sound else (shown, 422)


def _pieces(form: ParagraphForm) -> list[dict[str, str]] | None:
    """The texts to save, one for each paragraph; None where the writer has to say whether to split."""
    text = {language: words.strip("\n") for language, words in (form.text.data or {}).items()}
    answer = request.form.get("blocks")
    pieces = services.pieces_of(text)
    if form.kind.data != "paragraph" or len(pieces) < 2 or answer == "keep":
        return [text]
    return pieces if answer == "split" else None


def _ask(section: Section, form: ParagraphForm, paragraph: Paragraph | None = None) -> str:
    pieces = services.pieces_of(form.text.data or {})
    return page(
        "plans/paragraph_blocks.html",
        plan=section.plan,
        section=section,
        paragraph=paragraph,
        form=form,
        pieces=pieces,
        typed=[(f"text-{tag}", form.text.text(tag)) for tag in form.languages] + [("kind", form.kind.data)],
        to_html=to_html,
    )


def _after(section: Section, key: str | None) -> Paragraph | None:
    return None if key in (None, "", AT_THE_END) else any_paragraph_at(section.plan.slug, section.key, str(key))


@rooms.post(ONE + "/move")
@requires("plans.paragraph.write", on=paragraph_at)
def move_paragraph(paragraph: Paragraph) -> Response:
    """Moves a paragraph one place up or down."""
    form = StepForm()
    if not form.validate():
        raise MalformedForm
    with transaction():
        services.move_paragraph(actor(), paragraph, int(form.step.data))
        return _back(paragraph.section, _("The paragraph is moved."), paragraph.key)


@rooms.get(ONE + "/split")
@requires("plans.paragraph.write", on=paragraph_at)
def split_form(paragraph: Paragraph) -> str:
    """The text of a paragraph, to be given blank lines."""
    return _split_page(paragraph, SplitForm(row=paragraph, languages=paragraph.section.plan.languages))


@rooms.post(ONE + "/split")
@requires("plans.paragraph.write", on=paragraph_at)
def split_paragraph(paragraph: Paragraph) -> Response | tuple[str, int]:
    """Makes a paragraph of each part between blank lines."""
    form = SplitForm(row=paragraph, languages=paragraph.section.plan.languages)
    if not form.validate():
        return _split_page(paragraph, form), 422
    try:
        with transaction():
            pieces = services.pieces_of(form.text.data or {})
            services.split_paragraph(actor(), paragraph, pieces, seen=form.seen.data)
            return _back(paragraph.section, _("The paragraph is split."), paragraph.key)
    except BadInput as error:
        refused(form, error)
        return _split_page(paragraph, form), 422


def _split_page(paragraph: Paragraph, form: SplitForm) -> str:
    return page(
        "plans/paragraph_split.html",
        plan=paragraph.section.plan,
        section=paragraph.section,
        paragraph=paragraph,
        form=form,
    )


@rooms.post(ONE + "/join")
@requires("plans.paragraph.write", on=paragraph_at)
def join_paragraphs(paragraph: Paragraph) -> Response:
    """Joins a paragraph with the next one."""
    form = Form()
    with transaction():
        services.join_with_next(actor(), paragraph, seen=form.seen.data)
        return _back(paragraph.section, _("The two paragraphs are joined."), paragraph.key)


@rooms.post(ONE + "/archive")
@requires("plans.paragraph.write", on=paragraph_at)
def archive_paragraph(paragraph: Paragraph) -> Response:
    """Archives a paragraph."""
    form = Form()
    with transaction():
        services.archive_paragraph(actor(), paragraph, seen=form.seen.data)
        return _back(paragraph.section, _("The paragraph is archived. You can restore it below."))


@rooms.post(ONE + "/restore")
@requires("plans.paragraph.write", on=any_paragraph_at)
def restore_paragraph(paragraph: Paragraph) -> Response:
    """Restores a paragraph."""
    with transaction():
        services.restore_paragraph(actor(), paragraph)
        return _back(paragraph.section, _("The paragraph is restored."), paragraph.key)


@rooms.get(ONE + "/history")
@requires("plans.draft.read", on=any_paragraph_at)
def paragraph_history(paragraph: Paragraph) -> str:
    """Who changed a paragraph, when, and how its words changed."""
    section = paragraph.section
    return page(
        "plans/paragraph_history.html",
        plan=section.plan,
        section=section,
        paragraph=paragraph,
        past=queries.history(paragraph),
        sentences=HISTORY,
        writable=paragraph.archived_at is None and can("plans.paragraph.write", paragraph),
        form=Form(row=paragraph),
        to_html=to_html,
    )


@rooms.post(ONE + "/history/<int:number>")
@requires("plans.paragraph.write", on=paragraph_at)
def bring_text_back(paragraph: Paragraph, number: int) -> Response:
    """Gives a paragraph an older text again."""
    form = Form()
    with transaction():
        older = queries.older_text(paragraph, number)
        services.bring_back(actor(), paragraph, older, seen=form.seen.data)
        return _back(paragraph.section, _("The older text is back."), paragraph.key)


def _back(section: Section, said: str, key: str | None = None) -> Response:
    anchor = f"p-{key}" if key else None
    return done("plans.section", slug=section.plan.slug, section=section.key, anchor=anchor, said=said)
