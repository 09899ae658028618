"""The PDF: the same bytes twice, tagged and complete, and made by children that can reach nothing."""

import contextlib
import http.server
import json
import re
import threading
from base64 import b64encode
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest

from nap_builder.kernel.languages import direction
from nap_builder.plans.canonical import canonical_bytes
from nap_builder.plans.profiles import public_profile
from nap_builder.publishing.compose.plan import compose
from nap_builder.publishing.document import Objective
from nap_builder.publishing.edition import Edition
from nap_builder.publishing.renderers.letters import FONTS
from nap_builder.publishing.renderers.pdf import Limits, RenderFailed, limits_for, render_pdf
from tests.builders.identity import an_opaque_crest
from tests.builders.standards import broken_rules

DATA = Path(__file__).resolve().parent.parent / "data"
DIGEST = "7c1e94ab20d35f6081b7c2e90a44d6f13b58e07d96c412fa8e3560b9d471ac2e"
STATES = {"en": "Republic of Talora", "fr": "République de Talora", "ar": "جمهورية تالورا"}
CANARY = "canary-7731"


def read(name: str) -> dict[str, Any]:
    plan: dict[str, Any] = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
    return plan


def edition(lang: str, *, draft: bool = False) -> Edition:
    return Edition(lang, draft, date(2028, 3, 1), STATES[lang], sha256=None if draft else DIGEST)


def of_usa() -> dict[str, Any]:
    return read("usa-2023") | {"version": {"number": 1, "frozen_at": "2026-11-21T09:00:00Z"}}


def of_working() -> dict[str, Any]:
    plan = read("full")
    del plan["version"]
    return plan


def of_marked_links() -> dict[str, Any]:
    """A plan in one language for readers of another, with marks inside its links."""
    paragraph = {
        "key": "k",
        "text": "See [the **whole** *text*](https://un.example/1325) and [more](mailto:a@un.example).",
    }
    return of_usa() | {"sections": [{"key": "links", "title": "Links", "paragraphs": [paragraph]}]}


WORN = {"--brand": "#1b5e20", "--brand-deep": "#134216", "crest": b64encode(an_opaque_crest().read()).decode()}
ORDERS: dict[str, tuple[dict[str, Any], Edition]] = {
    "en": (read("full"), edition("en")),
    "fr": (read("full"), edition("fr")),
    "ar": (read("full"), edition("ar")),
    "usa": (of_usa(), edition("en")),
    "draft": (of_working(), edition("en", draft=True)),
    "foreign": (of_marked_links(), edition("ar")),
    "worn": (of_usa(), replace(edition("en"), worn=WORN)),
    "twice": (of_usa(), edition("en")),
}


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    """Every file of this module, two children at a time."""
    with ThreadPoolExecutor(2) as pool:
        pdfs = pool.map(lambda order: render_pdf(*order), ORDERS.values())
        return dict(zip(ORDERS, pdfs, strict=True))


@pytest.fixture(scope="module")
def texts(made: dict[str, bytes]) -> dict[str, list[str]]:
    """The words of each page of each file."""
    return {name: [sheet.extract_text() for sheet in pypdf.PdfReader(BytesIO(pdf)).pages] for name, pdf in made.items()}


@pytest.fixture
def opened(made: dict[str, bytes]) -> Iterator[Any]:
    with contextlib.ExitStack() as stack:
        yield lambda name: stack.enter_context(pikepdf.open(BytesIO(made[name])))


def test_the_same_plan_gives_the_same_bytes(made: dict[str, bytes]) -> None:
    assert made["usa"] == made["twice"]


@pytest.mark.parametrize("name", ["en", "fr", "ar", "usa", "draft", "foreign", "worn"])
def test_it_keeps_the_standards(made: dict[str, bytes], name: str) -> None:
    assert broken_rules(made[name]) == []


def test_the_crest_of_the_state_is_on_its_cover_and_nowhere_else(opened: Any) -> None:
    with_pictures = [number for number, sheet in enumerate(opened("worn").pages) if sheet.get_images()]
    assert with_pictures == [0]


@pytest.mark.parametrize("name", ["en", "ar", "draft"])
def test_its_syntax_is_whole(opened: Any, name: str) -> None:
    assert opened(name).check_pdf_syntax() == []


def test_it_carries_the_plan_as_the_public_may_read_it(opened: Any) -> None:
    carried = opened("en").attachments["nap-plan.json"].get_file().read_bytes()
    assert carried == canonical_bytes(public_profile(read("full")))


@pytest.mark.parametrize("name", ["en", "fr", "ar"])
def test_title_language_and_author(opened: Any, name: str) -> None:
    pdf = opened(name)
    assert str(pdf.Root.Lang) == name
    assert STATES[name] in str(pdf.docinfo["/Title"])
    assert str(pdf.docinfo["/Author"]).startswith(STATES[name])
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert pdf.Root.MarkInfo.Marked


def test_the_file_tells_nothing_else(made: dict[str, bytes], opened: Any) -> None:
    pdf = opened("en")
    assert set(pdf.docinfo) == {"/Title", "/Author", "/CreationDate", "/ModDate"}
    assert str(pdf.docinfo["/CreationDate"]).startswith("D:20280301140500")
    xmp = pdf.Root.Metadata.read_bytes()
    for leak in (b"WeasyPrint", b"Producer", b"Creator", b"pydyf", str(Path.home()).encode(), b"/tmp"):
        assert leak not in xmp
        assert leak not in made["en"]
    assert {"/OpenAction", "/AA", "/AcroForm"} & set(pdf.Root) == set()
    assert list(pdf.attachments) == ["nap-plan.json"]
    links = [note.get("/A", {}).get("/URI") for sheet in pdf.pages for note in sheet.get("/Annots", [])]
    assert all(str(link).startswith("https://") for link in links if link is not None)


@pytest.mark.parametrize("name", ["en", "fr", "ar", "usa"])
def test_only_the_fonts_that_ship_and_all_embedded(opened: Any, name: str) -> None:
    shipped = {re.sub(r"-Regular$", "", file.stem) for file in FONTS.glob("*.ttf")}
    used = set()
    for sheet in opened(name).pages:
        for font in sheet.Resources.get("/Font", {}).values():
            inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
            assert "/FontFile2" in inner.FontDescriptor
            used.add(str(font.BaseFont).split("+")[-1].replace("-", ""))
    assert used <= {name.replace("-", "") for name in shipped}


def test_every_ordinary_letter_has_a_shipped_glyph(opened: Any) -> None:
    plan = of_usa()
    plan["plan"]["title"] = "Ünïcödé − → ≥ ≤ ✓ ₦ € « » “ ” … №"
    plan["plan"]["languages"] = ["en"]
    plan["pillars"][0]["goal"] = "Ελληνικά, Русский, Tiếng Việt, العربية، فارسی گ چ پ ژ"
    pdf = render_pdf(plan, edition("en"))
    with pikepdf.open(BytesIO(pdf)) as file:
        names = {str(font.BaseFont) for sheet in file.pages for font in sheet.Resources.get("/Font", {}).values()}
    assert all("Noto" in name for name in names)
    first = "".join(sheet.extract_text() for sheet in pypdf.PdfReader(BytesIO(pdf)).pages)
    for letters in ("−", "→", "≥", "✓", "Русский", "Ελληνικά", "Việt"):
        assert letters in first


@pytest.mark.parametrize("name", ["en", "fr", "ar", "usa"])
def test_the_contents_give_the_real_pages(made: dict[str, bytes], texts: dict[str, list[str]], name: str) -> None:
    reader = pypdf.PdfReader(BytesIO(made[name]))
    targets = {key: reader.get_destination_page_number(to) + 1 for key, to in reader.named_destinations.items()}
    document = compose(*ORDERS[name])
    places = [at for at, text in enumerate(texts[name]) if at >= 2][:3]
    listed: list[tuple[str, str]] = []
    for at in places:
        for note in reader.pages[at].get("/Annots", []):
            row = note.get_object()
            if "/Dest" in row and row["/Rect"][2] - row["/Rect"][0] > 300:
                listed.append((str(row["/Dest"]), texts[name][at]))
    assert {entry.id for entry in (*document.entries, *document.tables)} == {dest for dest, _text in listed}
    for dest, text in listed:
        assert re.search(rf"(?<!\d){targets[dest]}(?!\d)", text), dest


@pytest.mark.parametrize("name", ["en", "fr", "ar", "usa"])
def test_pages_say_which_of_how_many(texts: dict[str, list[str]], name: str) -> None:
    sheets = texts[name]
    for at, text in enumerate(sheets[1:], 2):
        figures = re.findall(r"\d+", " ".join(text.split()))
        assert str(at) in figures
        assert str(len(sheets)) in figures


def test_each_page_bears_version_reference_and_hash(texts: dict[str, list[str]]) -> None:
    for text in texts["en"][1:]:
        assert "PP 2027/31 · Version 3 · 7c1e 94ab 20d3" in " ".join(text.split())
    assert "7c1e 94ab 20d3" in texts["en"][0]


def test_paragraph_numbers_stand_in_order(texts: dict[str, list[str]]) -> None:
    whole = "\n".join(texts["en"])
    starts = [
        whole.index(f"\n{number} {word}")
        for number, word in [(1, "In the winter"), (4, "The conflict"), (6, "Talora is bound"), (8, "In two districts")]
    ]
    assert starts == sorted(starts)


@pytest.mark.parametrize("name", ["en", "ar", "usa"])
def test_matrix_pages_lie_on_their_side(made: dict[str, bytes], name: str) -> None:
    reader = pypdf.PdfReader(BytesIO(made[name]))
    starts = {key: reader.get_destination_page_number(to) for key, to in reader.named_destinations.items()}
    wide = {at for at, sheet in enumerate(reader.pages) if sheet.mediabox.width > sheet.mediabox.height}
    assert {at for key, at in starts.items() if key.startswith("matrix-")} <= wide
    assert not {at for key, at in starts.items() if key.startswith(("pillar-", "s-", "costs"))} & wide


def test_bookmarks_lead_through_the_plan(opened: Any) -> None:
    with opened("en").open_outline() as outline:
        first = [item.title for item in outline.root]
        below = [item.title for top in outline.root for item in top.children]
    assert {"Contents", "Foreword", "1 Why this plan", "Pillar 2: Protection", "A Sources"} <= set(first)
    expected = [f"{block.code} {block.title.text}" for block in objectives(read("full"))]
    assert [title for title in below if title in expected] == expected


def objectives(plan: dict[str, Any]) -> list[Objective]:
    parts = compose(plan, edition("en")).parts
    return [block for part in parts for block in part.blocks if isinstance(block, Objective)]


def test_table_heads_have_a_scope(opened: Any) -> None:
    scopes = {str(item.A.Scope) for item in heads(opened("en"))}
    assert scopes == {"/Row", "/Column"}


def heads(pdf: pikepdf.Pdf) -> Iterator[Any]:
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/TH":
            yield item


def test_a_draft_says_so_on_every_page(texts: dict[str, list[str]]) -> None:
    assert all(re.search("draft", text, re.IGNORECASE) for text in texts["draft"])
    assert all("DRAFT ·" in " ".join(text.split()) for text in texts["draft"][1:])
    assert not any("DRAFT" in text for text in texts["en"])


def test_arabic_runs_from_the_right(made: dict[str, bytes]) -> None:
    assert direction("ar") == "rtl"
    first = pypdf.PdfReader(BytesIO(made["ar"])).pages[5]
    found: list[float] = []
    first.extract_text(
        visitor_text=lambda text, _cm, tm, _font, _size: found.append(tm[4]) if text.strip() == "1" else None
    )
    assert max(found) > float(first.mediabox.width) / 2


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """A server on this machine, and the addresses that were asked of it."""
    asked: list[str] = []

    class Ear(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            """Keeps quiet."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Ear) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()


def hostile(address: str, secret: Path) -> list[str]:
    """Texts that would fetch something from an engine that believed them."""
    uri = secret.as_uri()
    return [
        f"<img src='{address}/a'><img srcset='{uri} 1x'>",
        f"<link rel=attachment href='{uri}'><link rel=stylesheet href='{address}/b'>",
        f"<style>@import url({address}/c); @font-face {{ font-family: x; src: url({uri}) }}</style>",
        f"<div style=\"background: url('{address}/d'); list-style: url({uri}); content: url({uri})\">x</div>",
        f"<object data='{uri}'></object><embed src='{address}/e'><iframe src='{address}/f'></iframe>",
        f"<svg><image href='{address}/g'/><use href='{uri}'/></svg>",
        f"![picture]({address}/h) [link]({address}/i) [file]({uri})",
        "</style></table></body></html><script>alert(1)</script>",
        "{{ 7 * 7 }}{% include '/etc/passwd' %} %(page)s \\000022 url(print:emblem.svg)",
    ]


def test_hostile_text_is_printed_as_typed_and_reaches_nothing(listener: tuple[str, list[str]], tmp_path: Path) -> None:
    address, asked = listener
    secret = tmp_path / "secret.txt"
    secret.write_text(CANARY)
    texts = hostile(address, secret)
    plan = of_usa()
    plan["plan"]["title"] = texts[0]
    plan["plan"]["subtitle"] = texts[3]
    plan["plan"]["reference"] = "</p>\"'\\A"
    plan["institutions"][0]["name"] = texts[5]
    plan["sections"] = [
        {
            "key": "s",
            "title": texts[2],
            "paragraphs": [{"key": f"k{at}", "text": text} for at, text in enumerate(texts)],
        }
    ]
    plan["pillars"][0]["goal"] = texts[1]
    plan["pillars"][0]["activities"][0]["title"] = texts[4]
    pdf = render_pdf(plan, edition("en"))
    assert asked == []
    reader = pypdf.PdfReader(BytesIO(pdf))
    whole = re.sub(r"\s+", "", "".join(sheet.extract_text() for sheet in reader.pages))
    assert CANARY not in whole
    assert list(reader.attachments) == ["nap-plan.json"]
    assert "<script>alert(1)</script>" in whole
    assert "{{7*7}}" in whole
    assert re.sub(r"\s+", "", "<style>@import") in whole
    with pikepdf.open(BytesIO(pdf)) as file:
        images = [name for sheet in file.pages for name in sheet.Resources.get("/XObject", {})]
        assert not any("Image" in str(name) for name in images)


def of_many_activities() -> dict[str, Any]:
    """A plan whose pages take some seconds."""
    plan = read("full")
    objective = plan["pillars"][0]["objectives"][0]
    row = {**objective["activities"][0], "milestones": [], "indicators": []}
    objective["activities"] += [{**row, "key": f"many-{number}", "code": f"9.9.{number}"} for number in range(400)]
    return plan


@pytest.mark.parametrize("limits", [Limits(cpu_seconds=1), Limits(wall_seconds=1)])
def test_a_rendering_that_takes_too_long_is_stopped_and_says_so(limits: Limits) -> None:
    for _try in range(2):  # the second finds nothing half made
        with pytest.raises(RenderFailed) as failed:
            render_pdf(of_many_activities(), edition("en"), limits=limits)
        assert failed.value.why == "time"
        assert "longer than it may" in failed.value.reason


def test_a_rendering_that_needs_too_much_memory_is_stopped_and_says_so() -> None:
    with pytest.raises(RenderFailed) as failed:
        render_pdf(of_many_activities(), edition("en"), limits=Limits(memory_bytes=150_000_000))
    assert failed.value.why == "memory"
    assert "more memory" in failed.value.reason


def test_a_larger_plan_may_use_more() -> None:
    assert limits_for(read("usa-2023")).memory_bytes > Limits().memory_bytes
    assert limits_for({}) == Limits()


def test_a_plan_that_breaks_the_child_says_so_in_plain_words() -> None:
    with pytest.raises(RenderFailed) as failed:
        render_pdf({"plan": {}}, edition("en"))
    assert failed.value.why == "crash"
    assert "Traceback" not in failed.value.reason
    assert "Traceback" in failed.value.detail


def test_what_the_tones_of_a_bar_mean_stands_on_one_line(made: dict[str, bytes]) -> None:
    pages = pypdf.PdfReader(BytesIO(made["en"])).pages
    words = "\n".join(sheet.extract_text(extraction_mode="layout") for sheet in pages)
    assert len(re.findall(r"Secured[^\S\n]+Pledged[^\S\n]+Gap[^\S\n]+Not known yet", words)) == 2
