"""A sheet as HTML for the PDF renderer: the layout of its page, with the drawings of its charts.

A sheet is JSON: `kind`, `layout` (a template, which its page shows too), `lang`, `direction`, `title`, `named` (what
the file is called in itself), `draft_mark`, `moment` (ISO 8601, written into the file), `said` and `texts`; and
`worn`, the State's crest and colours.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from jinja2 import Undefined
from markupsafe import Markup

from nap_builder.kernel import components
from nap_builder.kernel.charts import chart_from
from nap_builder.kernel.paragraphs import to_html
from nap_builder.publishing.compose.voice import Voice
from nap_builder.publishing.renderers.dress import CREST_OF_A_SHEET, dressed
from nap_builder.publishing.renderers.html import PRINT, environment, marked_as_draft, page_numbers, settled
from nap_builder.publishing.renderers.pieces import Look, Piece, Printed, w3c

DRAWING = re.compile(r'<svg class="(drawing[^"]*)" (viewBox="([^"]*)"[^>]*?)>(.*?)</svg>', re.DOTALL)
ICON = re.compile(r'<svg class="icon[^>]*>.*?</svg>', re.DOTALL)
LABEL = re.compile(r'aria-label="([^"]*)"')
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="{}" preserveAspectRatio="none">{}</svg>'


def render_sheet(sheet: Mapping[str, Any]) -> Printed:
    """The sheet as a document in one piece."""
    voice = Voice(sheet["lang"])
    writer = environment(voice).overlay(undefined=Undefined)  # components leave arguments out
    components.install(writer)
    moment = w3c(datetime.fromisoformat(sheet["moment"]).astimezone(UTC))
    named = {"lang": sheet["lang"], "direction": sheet["direction"], "title": sheet["named"]}
    named["author"] = sheet["said"].get("state", "")
    frame = writer.get_template("print/page-frame.html").render(document=named, moment=moment)
    html = writer.get_template("print/sheet.html").render(sheet=sheet, chart_of=chart_from, marked=to_html)
    pictures: dict[str, bytes] = {}
    base = [(PRINT / "print.css").read_text(encoding="utf-8")]
    if sheet["direction"] == "rtl":
        base.append((PRINT / "print-rtl.css").read_text(encoding="utf-8"))
    own = [(PRINT / "sheet.css").read_text(encoding="utf-8")]
    if sheet["direction"] == "rtl":
        own.append((PRINT / "sheet-rtl.css").read_text(encoding="utf-8"))
    own.append(page_numbers(voice))
    own += dressed(sheet["worn"], pictures, CREST_OF_A_SHEET)
    own += marked_as_draft(sheet["draft_mark"], sheet["direction"], pictures)
    page = _drawn(html, pictures)
    look = Look(settled([*base, *own])[len(base) :], pictures)
    return Printed(frame, (Piece(page, "sheet", lambda: page),), look)


def _drawn(html: str, pictures: dict[str, bytes]) -> str:
    """The page as the engine can tag it: a drawing that says something bears its words as a title, one that stands
    beside its words becomes a picture of the background, and icons, which repeat a word, are left out.
    """

    def told(found: re.Match[str]) -> str:
        kind, attributes, box, shapes = found.groups()
        label = LABEL.search(attributes)
        if label:
            return f'<svg class="{kind}" {attributes}><title>{label[1]}</title>{shapes}</svg>'
        name = f"drawing-{len(pictures)}.svg"
        pictures[name] = SVG.format(box, shapes).encode()
        return Markup('<i class="{}" style="background-image: url(print:{})"></i>').format(Markup(kind), name)  # noqa: S704 - a class of ours

    return DRAWING.sub(told, ICON.sub("", html))
