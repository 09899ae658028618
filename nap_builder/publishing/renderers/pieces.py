"""A document as the pages that the PDF is made of, in pieces that are laid out each for itself."""

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

import segno
from jinja2 import Environment

from nap_builder.publishing.compose.summary import PAGES
from nap_builder.publishing.compose.voice import Voice
from nap_builder.publishing.document import Block, Document, Fingerprint, Part, Photograph
from nap_builder.publishing.edition import CORRECTIONS, DEBATE, LARGE_PRINT, REDLINE, SUMMARY
from nap_builder.publishing.renderers.dress import dressed
from nap_builder.publishing.renderers.html import PRINT, environment, is_brief, marked_as_draft, page_numbers, settled

ELSEWHERE = "nap:"  # the scheme of a link into another piece
UNIT = "<!--unit-->"  # stands before each row or block with which a page may begin
ID = re.compile(r' id="([^"]*)"')
INSIDE_LINK = re.compile(r'href="#([^"]*)"')
PAGE_KINDS = ("", "cover", "opener", "matrix")  # the names of pages in print.css
TEMPLATES_OF = {
    "frame": "print/page-frame.html",
    "cover": "print/page-cover.html",
    "contents": "print/page-contents.html",
    "parts": "print/page-parts.html",
    "sheets": "print/page-sheets.html",
    "titles": "print/page-titles.html",
    "numbers": "print/page-numbers.html",
}
ON_SHEETS = frozenset({SUMMARY, CORRECTIONS})  # without cover and contents
STYLES: dict[str, tuple[str, ...]] = {
    SUMMARY: ("sheets",),
    CORRECTIONS: ("sheets", "redline"),
    DEBATE: ("debate",),
    REDLINE: ("redline",),
    LARGE_PRINT: ("large-print",),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of pages that begins on a page of its own, so that it can be laid out without the rest.

    `made_of` says all that its page is made of: the same words give the same page; `name` is what it is called in every
    version of the document. `html` writes that page. One that is
    `late` names pages of other pieces, whose numbers are put in when they are known (`press/printing.py`). `pictures`
    are those that its page alone names, as `print:NAME`.
    """

    made_of: str
    name: str
    html: Callable[[], str]
    late: bool = False
    pictures: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Look:
    """The stylesheets in order, the pictures they and the pages may name, and whether lines are numbered.

    `closer` is one more stylesheet, for a piece that it saves a page of a few lines.
    """

    css: tuple[str, ...]
    pictures: dict[str, bytes]
    closer: str = ""
    lines_numbered: bool = False
    right_to_left: bool = False


@dataclass(frozen=True, slots=True)
class Feet:
    """The foot of every page, which tells of the whole document and so is laid out apart from the pieces.

    `titles` and `numbers` are HTML pages with an empty body, into which an empty element is put for each page that is
    to have a foot; `numbering` is the stylesheet that numbers those.
    """

    titles: str
    numbers: str
    numbering: str


@dataclass(frozen=True, slots=True)
class Printed:
    """All that a PDF is made of: its pieces in order, their look, and the feet of its pages.

    `frame` is an empty page with the metadata of the file. There are no `feet` where the pieces have their own.
    `most_pages` is the number of pages that it has to keep to; None where it may take any.
    """

    frame: str
    pieces: tuple[Piece, ...]
    look: Look
    feet: Feet | None = None
    most_pages: int | None = None


def render_html(document: Document) -> Printed:
    """The document as HTML pages with their stylesheets and pictures; nothing else is needed to show it."""
    voice = Voice(document.lang)
    writer = _Writer(document, environment(voice))
    whole = document.edition in ON_SHEETS
    numbering = page_numbers(voice)
    return Printed(
        frame=writer.page("frame"),
        pieces=(writer.piece("sheets", ()),) if whole else tuple(writer.pieces()),
        look=_look_of(document, numbering if whole else ""),
        feet=None if whole else Feet(writer.page("titles"), writer.page("numbers"), numbering),
        most_pages=PAGES if document.edition == SUMMARY else None,
    )


class _Writer:
    """Writes the pages of a document from the templates."""

    def __init__(self, document: Document, templates: Environment) -> None:
        self.document, self.templates = document, templates
        # What every page says beside its parts: its languages, and the titles that run on the head.
        self.common = (document.lang, document.direction, document.running_title, document.edition)

    def pieces(self) -> Iterator[Piece]:
        """Cover, what it is about, contents, and the parts; a brief part stands on the page of the one before."""
        document = self.document
        yield self.piece("cover", ())
        yield self.piece("parts", (document.about,))
        yield self.piece("contents", ())
        runs: list[list[Part]] = []
        for part in document.parts:
            if runs and is_brief(part):
                runs[-1].append(part)
            else:
                runs.append([part])
        yield from (self.piece("parts", tuple(run)) for run in runs)

    def piece(self, kind: str, parts: tuple[Part, ...]) -> Piece:
        """One piece: of these parts, or of what its kind shows of the document."""
        document = self.document
        shown: object = parts
        if kind == "cover":
            shown = document.cover
        elif kind == "contents":
            shown = (document.contents_title, document.entries, document.tables_title, document.tables)
        elif kind == "sheets":
            shown = (document.cover, document.about, document.parts, document.running_foot)
        made_of = repr((kind, self.common, shown))
        blocks = parts if kind != "sheets" else (document.about, *document.parts)
        pictures = dict(_pictures_of(block for part in blocks for block in part.blocks))
        name = "-".join((kind, *(part.id for part in parts)))
        return Piece(made_of, name, partial(self.page, kind, parts), late=kind == "contents", pictures=pictures)

    def page(self, kind: str, parts: tuple[Part, ...] = ()) -> str:
        """The HTML page of a piece, of the frame or of the feet."""
        template = self.templates.get_template(TEMPLATES_OF[kind])
        html = template.render(document=self.document, parts=parts, moment=w3c(self.document.created))
        if kind != "parts":  # a page that writes its own number cannot be laid out alone
            html = html.replace(UNIT, "")
        own = set(ID.findall(html))
        return INSIDE_LINK.sub(lambda link: link[0] if link[1] in own else f'href="{ELSEWHERE}{link[1]}"', html)


def _look_of(document: Document, numbering: str) -> Look:
    css = [(PRINT / "print.css").read_text(encoding="utf-8")]
    pictures = {"emblem.svg": (PRINT / "emblem.svg").read_bytes()}
    if document.direction == "rtl":
        css.append((PRINT / "print-rtl.css").read_text(encoding="utf-8"))
    css.append(numbering)
    css += dressed(dict(document.worn), pictures)
    names = STYLES.get(document.edition, ())
    css += [(PRINT / f"edition-{name}.css").read_text(encoding="utf-8") for name in names]
    css += marked_as_draft(document.draft_mark, document.direction, pictures)
    numbered = document.edition == DEBATE
    *sheets, closer = settled([*css, (PRINT / "closer.css").read_text(encoding="utf-8")])
    return Look(tuple(sheets), pictures, closer, lines_numbered=numbered, right_to_left=document.direction == "rtl")


def _pictures_of(blocks: Iterable[Block]) -> Iterator[tuple[str, bytes]]:
    """The pictures of blocks by their names."""
    for block in blocks:
        if isinstance(block, Photograph):
            yield block.name, block.content
        elif isinstance(block, Fingerprint) and block.address:
            yield "verify.svg", _square_code(block.direct)


def _square_code(address: str) -> bytes:
    """A QR code (ISO/IEC 18004) that leads to an address, as a drawing that can lose a seventh and still be read."""
    drawing = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawing, kind="svg", border=4, dark="#1f2529", light="#fff")
    return drawing.getvalue()


def w3c(moment: datetime) -> str:
    """A moment as the file's metadata writes it, in UTC to the second."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
