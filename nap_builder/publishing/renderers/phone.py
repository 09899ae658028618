"""A plan as one file for phones: HTML that asks for nothing from elsewhere, runs nothing, and fits a small screen."""

import re
from base64 import b64encode
from collections.abc import Iterator

from markupsafe import Markup

from nap_builder.kernel.languages import direction
from nap_builder.kernel.paragraphs import to_html
from nap_builder.publishing.compose.voice import Voice
from nap_builder.publishing.document import Bar, Document, Paragraph, Table
from nap_builder.publishing.renderers.html import TEMPLATES, environment
from nap_builder.publishing.renderers.shapes import caption_of

FOLDER = TEMPLATES / "print" / "phone"
NOTHING_ELSE = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
FEW = 2  # columns that always fit beside each other
SPACES = re.compile(r"\n\s*")


def render_phone(plan: Document) -> bytes:
    """The bytes of a plan as one HTML file. The same plan gives the same bytes."""
    voice = Voice(plan.lang)
    made = environment(voice)
    made.filters.update(anchored=_anchored, cards=_cards, pieces=_pieces)
    made.filters["base64"] = lambda content: b64encode(content).decode()
    made.filters["caption"] = lambda table: caption_of(table, voice)
    css = (FOLDER / "phone.css").read_text(encoding="utf-8")
    given = {"css": Markup(SPACES.sub("", css)), "labels": Markup("".join(_labels(plan)))}  # noqa: S704 - both are ours
    html = made.get_template("print/phone/plan.html").render(document=plan, rule=NOTHING_ELSE, **given)
    return SPACES.sub("\n", html).strip().encode() + b"\n"


def _cards(table: Table) -> bool:
    """Whether the rows of a table become cards on a small screen."""
    return len(table.columns) > FEW


def _labels(plan: Document) -> Iterator[str]:
    """The rules that write the head of a column before its cell, where the heads are out of sight."""
    yield "@media screen and (max-width:48rem){"
    for part in (plan.about, *plan.parts):
        for block in part.blocks:
            if isinstance(block, Table) and _cards(block):
                yield from (_label(block, place) for place in range(_spoken(block), len(block.columns)))
    yield "}"


def _spoken(table: Table) -> int:
    """How many columns need no head on a card: a code and what it names, else the first."""
    return 2 if table.columns[0].kind == "code" else 1


def _label(table: Table, place: int) -> str:
    column = table.columns[place]
    words = " ".join(filter(None, [column.title, f"({column.unit})" if column.unit else ""]))
    said = "".join(f"\\{ord(sign):x} " if sign in '"\\<>&\n' else sign for sign in words)
    return f'#{table.id} tr:not(.sub)>:nth-child({place + 1})::before{{content:"{said}"}}'


def _anchored(block: Paragraph) -> Markup:
    """A paragraph; its number is a link to itself, so that it can be sent to somebody."""
    html = to_html(block.said.text).replace("<table>", Markup('<div class="box"><table>'))
    html = html.replace("</table>", Markup("</table></div>"))
    lang = block.said.lang
    tongue = Markup(' lang="{}" dir="{}"').format(lang, direction(lang)) if lang else Markup()
    if not block.number:
        return Markup("<div{}>{}</div>").format(tongue, html)
    number = Markup('<a class="pn" href="#p{0}">{0}</a> ').format(block.number)
    return Markup('<div class="para" id="p{}"{}>{}{}</div>').format(block.number, tongue, number, html)


def _pieces(bar: Bar) -> Iterator[tuple[str, float, float]]:
    """The parts of a bar, each with where it starts and how long it is in hundredths."""
    start = 0.0
    for tone, share in bar.shares:
        length = round(share * bar.width / 100, 2)
        yield tone, round(start, 2), length
        start += length
