"""A document as HTML for the PDF renderer, from the templates in `templates/print`."""

import io
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import segno
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from nap_builder.kernel.languages import direction
from nap_builder.kernel.paragraphs import to_html
from nap_builder.publishing.compose.redline import ADDED, REMOVED, is_touched, unmarked
from nap_builder.publishing.compose.summary import PAGES
from nap_builder.publishing.compose.voice import Voice
from nap_builder.publishing.document import Cell, Document, Fingerprint, Paragraph, Part, Table
from nap_builder.publishing.edition import CORRECTIONS, DEBATE, LARGE_PRINT, REDLINE, SUMMARY
from nap_builder.publishing.renderers.dress import dressed

TEMPLATES = Path(__file__).resolve().parent.parent.parent / "templates"
PRINT = TEMPLATES / "print"
VALUE = re.compile(r"^\s*(--[a-z0-9-]+):\s*([^;]+);", re.MULTILINE)
USE = re.compile(r"var\((--[a-z0-9-]+)\)")
LINKED = re.compile(r"(<a [^>]*>)(.*?)</a>", re.DOTALL)
INSIDE = re.compile(r"</?\w+[^>]*>")
CHANGED = dict(zip((*ADDED, *REMOVED), ("<ins>", "</ins>", "<del>", "</del>"), strict=True))
ON_SHEETS = frozenset({SUMMARY, CORRECTIONS})  # without cover and contents
STYLES: dict[str, tuple[str, ...]] = {
    SUMMARY: ("sheets",),
    CORRECTIONS: ("sheets", "redline"),
    DEBATE: ("debate",),
    REDLINE: ("redline",),
    LARGE_PRINT: ("large-print",),
}
BRIEF_LINES = 24
BRIEF_LETTERS = 600
TITLE_LETTERS = 23
SMALL_WORD = 3
DRAFT = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200"><text x="100" y="112" font-size="44"
 font-family="Noto Sans" font-weight="700" letter-spacing="6" fill="#1f2529" fill-opacity=".07"
 text-anchor="middle" transform="rotate(-45 100 100)">{words}</text></svg>"""
DRAFT_PAGES = """@page { background: url(print:draft.svg) center / 170mm 170mm no-repeat }
@page opener { background: var(--tint) url(print:draft.svg) center / 170mm 170mm no-repeat }
@page cover { background: none }"""
# The engine sets a picture's text letter by letter, which breaks joined writing; a margin box keeps it whole.
JOINED_DRAFT = """@page { @left-middle { content: WORDS; font: 700 120pt/1 "Noto Sans Arabic";
 color: rgba(31, 37, 41, .07); white-space: nowrap; text-align: center; transform: rotate(-45deg);
 width: 164mm; margin-right: -164mm; margin-left: 23mm } }
@page matrix { @left-middle { width: 251mm; margin-right: -251mm } }
@page cover { @left-middle { content: none } }"""


@dataclass(frozen=True, slots=True)
class Printed:
    """All that the PDF is made of: the page, its stylesheets in order, and the pictures they may name.

    `most_pages` is the number of pages that it has to keep to; None where it may take any.
    """

    html: str
    css: tuple[str, ...]
    pictures: dict[str, bytes]
    most_pages: int | None = None
    lines_numbered: bool = False
    right_to_left: bool = False


def render_html(document: Document) -> Printed:
    """The document as one HTML page with its stylesheets and pictures; nothing else is needed to show it."""
    voice = Voice(document.lang)
    template = "print/sheets.html" if document.edition in ON_SHEETS else "print/plan.html"
    html = environment(voice).get_template(template).render(document=document, moment=_w3c(document.created))
    css = [(PRINT / "print.css").read_text(encoding="utf-8"), page_numbers(voice)]
    pictures = {"emblem.svg": (PRINT / "emblem.svg").read_bytes()}
    for block in document.about.blocks:
        if isinstance(block, Fingerprint) and block.address:
            pictures["verify.svg"] = _square_code(block.address)
    if document.direction == "rtl":
        css.append((PRINT / "print-rtl.css").read_text(encoding="utf-8"))
    css += dressed(dict(document.worn), pictures)
    names = STYLES.get(document.edition, ())
    css += [(PRINT / f"edition-{name}.css").read_text(encoding="utf-8") for name in names]
    css += marked_as_draft(document.draft_mark, document.direction, pictures)
    return Printed(
        html,
        settled(css),
        pictures,
        most_pages=PAGES if document.edition == SUMMARY else None,
        lines_numbered=document.edition == DEBATE,
        right_to_left=document.direction == "rtl",
    )


def _square_code(address: str) -> bytes:
    """A QR code (ISO/IEC 18004) that leads to an address, as a drawing that can lose a seventh and still be read."""
    drawing = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawing, kind="svg", border=4, dark="#1f2529", light="#fff")
    return drawing.getvalue()


def marked_as_draft(mark: str, reading: str, pictures: dict[str, bytes]) -> list[str]:
    """The stylesheet that writes a mark across every page, its picture put beside the others; none without a mark."""
    if not mark:
        return []
    if reading == "rtl":
        return [JOINED_DRAFT.replace("WORDS", _css(mark))]
    pictures["draft.svg"] = DRAFT.format(words=Markup.escape(mark)).encode()
    return [DRAFT_PAGES]


def settled(sheets: list[str]) -> tuple[str, ...]:
    """The stylesheets with their custom values put in: a later sheet's value wins, and layout is faster for it."""
    values = dict(VALUE.findall("\n".join(sheets)))
    done = []
    for sheet in sheets:
        while USE.search(sheet):
            sheet = USE.sub(lambda use: values[use[1]], sheet)  # noqa: PLW2901
        done.append(sheet)
    return tuple(done)


def environment(voice: Voice) -> Environment:
    """An environment of its own: HTML is escaped, a missing name is a fault, words come from the voice."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_translations(voice.catalogue, newstyle=True)  # type: ignore[attr-defined]
    environment.filters.update(direction=direction, broken=_broken, paragraph=_paragraph, shape=_shape)
    environment.filters.update(brief=_brief, balanced=_balanced, plain_tone=_plain_tone)
    environment.filters.update(touched=is_touched, unmarked=unmarked)
    return environment


def _shape(block: object) -> str:
    """The kind of a block, by which the template chooses its markup."""
    return type(block).__name__


def _plain_tone(cell: Cell) -> bool:
    """Whether a cell holds one line without a label, so that the cell itself can bear its tone."""
    return len(cell.lines) == 1 and not cell.lines[0].label


def _brief(part: Part) -> bool:
    """Whether a part is so short that it need not begin on a page of its own: one small table, or a small annex."""
    if part.kind != "text":
        return False
    texts = [block.said.text for block in part.blocks if isinstance(block, Paragraph)]
    if len(texts) == len(part.blocks):
        return part.label.isalpha() and sum(map(len, texts)) < BRIEF_LETTERS
    table = part.blocks[0]
    return len(part.blocks) == 1 and isinstance(table, Table) and _height(table) <= BRIEF_LINES


def _height(table: Table) -> int:
    """About how many lines a table takes."""
    return sum(1 + max(len(cell.lines) for cell in row.cells) for body in table.bodies for row in body.rows)


def _balanced(text: str) -> Markup:
    """A title in lines that fit the cover: few, of about one length, seldom ending in a small word."""
    words = text.split()
    widths = range(TITLE_LETTERS // 2, TITLE_LETTERS + 1)
    drafts = [_lines(words, widest, carry=carry) for widest in widths for carry in (True, False)]
    best: list[str] = min(drafts, key=_raggedness)
    return Markup(" <br>").join(best)


def _raggedness(lines: list[str]) -> int:
    """How badly a title is broken: many lines, uneven ones, small words at their ends, one short word at the last."""
    lengths = [len(line) for line in lines]
    small = sum(len(line.split()[-1]) <= SMALL_WORD for line in lines[:-1])
    alone = len(lines) > 1 and " " not in lines[-1] and lengths[-1] < TITLE_LETTERS // 2
    too_wide = max(lengths) > TITLE_LETTERS
    return 10 * len(lines) + max(lengths) - min(lengths) + 6 * small + 20 * alone + 50 * too_wide


def _lines(words: list[str], widest: int, *, carry: bool) -> list[str]:
    """Words filled into lines; a small word at the end of one is carried over to the next where that is asked."""
    lines: list[list[str]] = [[]]
    for word in words:
        if lines[-1] and len(" ".join([*lines[-1], word])) > widest:
            small = carry and len(lines[-1]) > 1 and len(lines[-1][-1]) <= SMALL_WORD
            lines.append([lines[-1].pop()] if small else [])
        lines[-1].append(word)
    return [" ".join(line) for line in lines]


def _broken(text: str) -> Markup:
    """Words with their line ends kept, and what was added or removed in its own elements."""
    return _changed(Markup("<br>").join(text.split("\n")))


def _changed(html: Markup) -> Markup:
    """HTML with the marks of a redline as elements. Each stands within one line, so they nest."""
    said = str(html)
    for mark, element in CHANGED.items():
        said = said.replace(mark, element)
    return Markup(said)  # noqa: S704 - four fixed elements for four marks, in what is HTML already


def _paragraph(block: Paragraph) -> Markup:
    """A paragraph with its number hanging before the first word."""
    html = Markup(LINKED.sub(_bare, to_html(block.said.text)))  # noqa: S704 - it takes marks away, and adds none
    lang = block.said.lang
    tongue = Markup(' lang="{}" dir="{}"').format(lang, direction(lang)) if lang else ""
    if block.number:
        mark = Markup('<p id="p{0}"><span class="pn">{0}</span>').format(block.number)
        html = mark + (html.removeprefix("<p>") if html.startswith("<p>") else Markup("</p>") + html)
    named = ("own" if block.table else "para") + (" touched" if is_touched(block) else "")
    return Markup('<div class="{}"{}>{}</div>').format(named, tongue, _changed(html))


def _bare(link: re.Match[str]) -> str:
    """A link without marks inside it, since the engine tags those outside the link."""
    return link[1] + INSIDE.sub("", link[2]) + "</a>"


def page_numbers(voice: Voice) -> str:
    """The rule that writes `Page 3 of 20`; the words are the language's, the figures the layout's."""
    before, between, after = voice.gettext("Page %(page)s of %(pages)s", page="\0", pages="\0").split("\0")
    content = f"{_css(before)} counter(page) {_css(between)} counter(pages) {_css(after)}"
    side = "left" if voice.direction == "rtl" else "right"
    return f"@page {{ @bottom-{side} {{ content: {content} }} }} @page cover {{ @bottom-{side} {{ content: none }} }}"


def _css(words: str) -> str:
    """Words as a string of CSS."""
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _w3c(moment: datetime) -> str:
    """A moment as the file's metadata writes it, in UTC to the second."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
