"""A page of the draft as the doors show it: the part, what was said about its lines, and the form that is open."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app, g, request, url_for
from markupsafe import Markup

from nap_builder.consultations import tokens
from nap_builder.consultations.draft import HEADING, WHOLE, Fate, Line, Part, fates, part_with, parts
from nap_builder.consultations.forms.comment import LONGEST_COMMENT, LONGEST_WORDING, CommentForm
from nap_builder.consultations.names import DECISION_KINDS, DECISIONS
from nap_builder.consultations.policy import Asked
from nap_builder.consultations.queries.public import version_of, versions_after
from nap_builder.consultations.queries.talk import Marker, Talk, quoted, said_by, talks
from nap_builder.consultations.quotes import MOST_SIGNS, NEWEST, Quote, quote, room_for
from nap_builder.consultations.ways import ways
from nap_builder.consultations.window import STATE_KINDS, STATES, state_of
from nap_builder.kernel.access import can
from nap_builder.kernel.actor import actor
from nap_builder.kernel.errors import Missing
from nap_builder.kernel.languages import read_first, same_language, tag
from nap_builder.kernel.paging import Page
from nap_builder.kernel.web import page
from nap_builder.plans.models.versions import PlanVersion
from nap_builder.plans.queries.versions import PUBLIC, frozen_document
from nap_builder.plans.reading import Document, first_language, institution_names

ALL_OF_ONE = 20  # comments on the page that shows all of one row
LIMITS = {"comment": LONGEST_COMMENT, "wording": LONGEST_WORDING}


@dataclass(frozen=True)
class Shown:
    """A line of a part with what was said about it. `form` is open under one line at most."""

    line: Line
    language: str
    html: Markup
    talk: Talk
    quotes: Sequence[Quote]
    markers: Sequence[Marker]
    form: CommentForm | None = None

    @property
    def is_chapter(self) -> bool:
        """Whether it stands for a whole chapter, which the page says in words of its own."""
        return self.line.look == WHOLE and self.line.kind == "section"

    @property
    def is_foreign(self) -> bool:
        """Whether its words are in another language than the page, which the reader is told."""
        return not self.is_chapter and not same_language(self.language, tag())


@dataclass(frozen=True)
class Sheet:
    """A part of a draft that somebody reads."""

    asked: Asked
    version: PlanVersion
    document: Document
    parts: list[Part]
    part: Part
    talks: dict[str, Talk]
    text_only: bool

    @property
    def first(self) -> str:
        """The language in which the plan was written first."""
        return first_language(self.document)

    @property
    def where(self) -> dict[str, Any]:
        """The parts of this page's address."""
        return {"key": self.asked.consultation.key, "number": self.part.number}

    def line_of(self, key: str) -> Line | None:
        """The line of this part with a key, which can be commented on."""
        return next((line for line in self.part.lines if line.ref and line.key == key), None)

    def counted(self, part: Part) -> int:
        """How many comments on a part are shown."""
        return sum(len(self.talks[line.ref].shown) for line in part.lines if line.ref)

    def went(self, version: PlanVersion) -> dict[str, Fate]:
        """What became of each line in a later version, by its reference."""
        return fates(self.document, frozen_document(version, PUBLIC))


def sheet_of(asked: Asked, number: int, *, text_only: bool) -> Sheet:
    """A part of the version that a consultation is about. Raises Missing."""
    version = version_of(asked.consultation)
    document = frozen_document(version, PUBLIC)
    read_first(first_language(document))
    found = parts(document)
    if not 1 <= number <= len(found):
        raise Missing
    said = talks(asked.consultation, [line for part in found for line in part.lines])
    return Sheet(asked, version, document, found, found[number - 1], said, text_only)


@dataclass(frozen=True)
class Spot:
    """Where a row stands in a draft: its line, the part with it, and the address of the page."""

    line: Line
    part: Part
    address: str


def place_of(asked: Asked, ref: str) -> Spot | None:
    """Where a row stands; None where the draft does not have it."""
    found = part_with(parts(frozen_document(version_of(asked.consultation), PUBLIC)), ref)
    if found is None:
        return None
    part, line = found
    key = asked.consultation.key
    address = url_for("consultations.part", key=key, number=part.number, all=line.key, _anchor=f"p-{line.key}")
    return Spot(line, part, address)


def form_for(sheet: Sheet, line: Line, sent: Any = None) -> CommentForm:
    """The form about a line as it was sent; with a new token where it is only shown."""
    consultation = sheet.asked.consultation
    language = line.language(sheet.first)
    form = CommentForm(
        sent,
        ways=ways(consultation),
        wording=line.text(sheet.first),
        wording_in=None if same_language(language, tag()) else language,
        takes_files=consultation.takes_files,
    )
    if sent is None:
        renew(form, sheet, line)
    return form


def renew(form: CommentForm, sheet: Sheet, line: Line) -> None:
    """Gives a form another token, so that it can be sent once more."""
    secret = current_app.config["SECRET_KEY"]
    form.token.data = tokens.issue(secret, sheet.asked.consultation.key, line.ref)


def shown(sheet: Sheet, *, opened: Line | None = None, form: CommentForm | None = None) -> str:
    """The page of a part, with the form under one of its lines, or with all that was said about one."""
    alone = sheet.line_of(request.args.get("all", ""))
    g.personal = form is not None or actor().signed_in
    given = _all_of(sheet, alone) if alone else {"lines": _lines(sheet, opened, form), "pages": None}
    at = sheet.part.number - 1
    endpoint = "consultations.part_text" if sheet.text_only else "consultations.part"
    return page(
        "consultations/draft_text.html" if sheet.text_only else "consultations/draft.html",
        plan=sheet.asked.plan,
        sheet=sheet,
        consultation=sheet.asked.consultation,
        before=sheet.parts[at - 1] if at else None,
        after=sheet.parts[at + 1] if at + 1 < len(sheet.parts) else None,
        form=form,
        alone=alone,
        writes=can("consultations.comment.write", sheet.asked),
        later=versions_after(sheet.version),
        names=institution_names(sheet.document),
        endpoint=endpoint,
        limits=LIMITS,
        page_link=lambda number: url_for(endpoint, **sheet.where, all=alone.key if alone else None, page=number),
        **words(sheet.asked),
        **given,
    )


def words(asked: Asked) -> dict[str, Any]:
    """What every page about a consultation says of it."""
    state = state_of(asked.consultation)
    return {
        "window": state,
        "states": STATES,
        "state_kinds": STATE_KINDS,
        "decisions": DECISIONS,
        "decision_kinds": DECISION_KINDS,
    }


def _lines(sheet: Sheet, opened: Line | None, form: CommentForm | None) -> list[Shown]:
    lines = sheet.part.lines
    newest = {line.ref: sheet.talks[line.ref].shown[:NEWEST] for line in lines if line.ref}
    rows = quoted([row for some in newest.values() for row in some])
    room = room_for(len(rows) if opened is None else 2 * len(rows))
    names = said_by(rows.values(), sheet.asked.consultation)
    found = []
    for line in lines:
        here = line is opened
        some = [rows[row] for row in newest.get(line.ref, ())]
        found.append(_one(sheet, line, some, names, MOST_SIGNS if here else room, form if here else None))
    return found


def _all_of(sheet: Sheet, line: Line) -> dict[str, Any]:
    """All that was said about one line, a page at a time."""
    talk = sheet.talks[line.ref]
    last = max(1, -(-len(talk.shown) // ALL_OF_ONE))
    number = min(max(1, request.args.get("page", 1, int)), last)
    some = talk.shown[(number - 1) * ALL_OF_ONE : number * ALL_OF_ONE]
    rows = quoted(some)
    pages: Page[int] = Page(some, number, ALL_OF_ONE, len(talk.shown))
    names = said_by(rows.values(), sheet.asked.consultation)
    return {"lines": [_one(sheet, line, [rows[row] for row in some], names, None, None)], "pages": pages}


def _one(
    sheet: Sheet,
    line: Line,
    rows: Sequence[Any],
    names: dict[int, str | None],
    most: int | None,
    form: CommentForm | None,
) -> Shown:
    talk = sheet.talks.get(line.ref, Talk()) if line.look != HEADING else Talk()
    quotes = [quote(row, line, names[row.id], most) for row in rows]
    return Shown(line, line.language(sheet.first), line.html(sheet.first), talk, quotes, talk.markers, form)
