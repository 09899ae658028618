"""A document as HTML for the PDF renderer, from the templates in `templates/print`."""

import re
from collections.abc import Sequence
from pathlib import Path

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup

from nap_builder.kernel.languages import direction
from nap_builder.kernel.paragraphs import to_html
from nap_builder.publishing.compose.marks import ADDED, REMOVED, is_touched
from nap_builder.publishing.compose.redline import unmarked
from nap_builder.publishing.compose.voice import Voice
from nap_builder.publishing.document import Body, Cell, Column, Paragraph, Part, Table

TEMPLATES = Path(__file__).resolve().parent.parent.parent / "templates"
PRINT = TEMPLATES / "print"
BRIEF_LINES = 24
BRIEF_LETTERS = 600
WHOLE_ROWS, WHOLE_LINES = 6, 20  # of a group that is not parted by the end of a page
LETTERS = 1.3  # in a hundredth of the width of a table, about
VALUE = re.compile(r"^\s*(--[a-z0-9-]+):\s*([^;]+);", re.MULTILINE)
USE = re.compile(r"var\((--[a-z0-9-]+)\)")
LINKED = re.compile(r"(<a [^>]*>)(.*?)</a>", re.DOTALL)
INSIDE = re.compile(r"</?\w+[^>]*>")
CHANGED = dict(zip((*ADDED, *REMOVED), ("<ins>", "</ins>", "<del>", "</del>"), strict=True))
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


class _Compiled(BytecodeCache):
    """Templates that were compiled, which are the same for every language."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


_compiled = _Compiled()


def compile_all() -> None:
    """Compiles the templates of documents, so that whoever comes later has them ready."""
    templates = environment(Voice("en"))
    for name in templates.list_templates(filter_func=lambda name: name.startswith("print/page-")):
        templates.get_template(name)
    for name in ("blocks", "words", "cover", "contents"):
        templates.get_template(f"print/{name}.html")


def environment(voice: Voice) -> Environment:
    """An environment of its own: HTML is escaped, a missing name is a fault, words come from the voice."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
        bytecode_cache=_compiled,
    )
    environment.install_gettext_translations(voice.catalogue, newstyle=True)  # type: ignore[attr-defined]
    environment.filters.update(direction=direction, broken=_broken, paragraph=_paragraph, shape=_shape)
    environment.filters.update(brief=is_brief, balanced=_balanced, plain_tone=_plain_tone)
    environment.filters.update(touched=is_touched, unmarked=unmarked, kept_whole=_kept_whole)
    return environment


def is_brief(part: Part) -> bool:
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


def _kept_whole(body: Body, columns: Sequence[Column]) -> bool:
    """Whether a group of rows is not to be parted. A group about as high as a page would push away the table's head."""
    shares = [LETTERS * 100 * column.share / sum(each.share for each in columns) for column in columns]
    lines = sum(max(_lines_in(cell, share) for cell, share in zip(row.cells, shares, strict=True)) for row in body.rows)
    return len(body.rows) <= WHOLE_ROWS and lines <= WHOLE_LINES


def _lines_in(cell: Cell, letters: float) -> int:
    """About how many lines a cell takes in a column of so many letters."""
    said = (line.label + " ".join(each.text for each in line.said) for line in cell.lines)
    return 1 + sum(1 + int(len(words) / letters) for words in said)


def _shape(block: object) -> str:
    """The kind of a block, by which the template chooses its markup."""
    return type(block).__name__


def _plain_tone(cell: Cell) -> bool:
    """Whether a cell holds one line without a label, so that the cell itself can bear its tone."""
    return len(cell.lines) == 1 and not cell.lines[0].label


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
        begins = html.startswith("<p>")
        alone = "" if begins else Markup(' class="alone"')
        mark = Markup('<p id="p{0}"{1}><span class="pn">{0}</span>').format(block.number, alone)
        html = mark + (html.removeprefix("<p>") if begins else Markup("</p>") + html)
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
