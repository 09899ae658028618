"""The editions of a plan: what each holds, and that all keep the standards."""

import copy
import json
import subprocess
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import Any

import lxml.html
import pypdf
import pytest

from nap_builder.publishing.compose.editions import ways_to_compose
from nap_builder.publishing.compose.extract import extract_of
from nap_builder.publishing.compose.marks import is_touched
from nap_builder.publishing.compose.redline import marked
from nap_builder.publishing.compose.source import activities_of
from nap_builder.publishing.document import Heading
from nap_builder.publishing.edition import COMPARED, EDITIONS, FULL, Edition, Which, which_of
from nap_builder.publishing.renderers.pdf import render_pdf
from tests.builders.standards import broken_rules
from tests.publishing.test_pdf import edition, read

pytestmark = pytest.mark.sqlite_only("files are made without a database")
ADDED, GONE = "[+\u00a0", "[\u2212\u00a0"


def changed() -> dict[str, Any]:
    """The plan after a change: an objective of another name, a paragraph less, an activity less."""
    plan = read("full")
    first = plan["pillars"][0]["objectives"][0]
    first["title"] = {tag: f"{words} Xylem" for tag, words in first["title"].items()}
    del plan["sections"][0]["paragraphs"][1]
    del plan["pillars"][1]["objectives"][0]["activities"][0]
    return plan


def vast() -> dict[str, Any]:
    """A plan with over 400 activities and 80 objectives."""
    plan = read("full")
    for pillar in plan["pillars"][:2]:
        pattern = pillar["objectives"][0]
        for number in range(40):
            one = json.loads(json.dumps(pattern).replace(f'"{pattern["code"]}', f'"{pillar["code"]}.{number + 10}'))
            row = one.get("activities", [])[:1]
            one["activities"] = [
                {**copy.deepcopy(row[0]), "code": f"{pillar['code']}.{number + 10}.{at}", "indicators": []}
                for at in range(6)
            ]
            pillar["objectives"].append(one)
    return plan


def of(kind: str, lang: str) -> tuple[dict[str, Any], Edition]:
    more: dict[str, Any] = {}
    if kind in COMPARED:
        more["before"] = read("full")
    if kind == "extract":
        more["institution"] = "MOI"
    known = edition(lang)
    given = {name: getattr(known, name) for name in ("lang", "draft", "dated", "state_name", "sha256")}
    return changed(), Edition(**given, kind=kind, **more)


KINDS = [kind for kind in EDITIONS if kind != FULL]
ORDERS = {f"{kind}-{lang}": of(kind, lang) for kind in KINDS for lang in ("en", "ar")}
ORDERS["summary-fr"] = of("summary", "fr")
ORDERS["summary-vast"] = vast(), of("summary", "en")[1]


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    """Every file of this module, two children at a time."""
    with ThreadPoolExecutor(2) as pool:
        return dict(zip(ORDERS, pool.map(lambda order: render_pdf(*order), ORDERS.values()), strict=True))


def pages(pdf: bytes) -> list[Any]:
    return list(pypdf.PdfReader(BytesIO(pdf)).pages)


def words(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in pages(pdf))


def said_in_english(text: Any) -> str:
    return str(text["en"] if isinstance(text, dict) else text)


@pytest.mark.parametrize("name", ORDERS)
def test_each_keeps_the_standards(made: dict[str, bytes], name: str) -> None:
    assert broken_rules(made[name]) == []


@pytest.mark.parametrize("name", ["summary-en", "summary-fr", "summary-ar", "summary-vast"])
def test_a_summary_is_two_pages(made: dict[str, bytes], name: str) -> None:
    assert len(pages(made[name])) == 2


@pytest.mark.parametrize("name", ["summary-ar", "large-print-ar"])
def test_the_number_of_the_page_stands_at_its_foot(made: dict[str, bytes], name: str) -> None:
    assert "الصفحة" in pages(made[name])[1].extract_text()


def test_a_summary_has_its_title_at_the_head_of_its_second_page(made: dict[str, bytes]) -> None:
    assert "خطة العمل الوطنية" in pages(made["summary-ar"])[1].extract_text()


def test_a_summary_of_a_plan_without_objectives_says_what_is_done() -> None:
    document, *_shorter = ways_to_compose(read("usa-2023"), of("summary", "en")[1])
    (table,) = (block for part in document.parts if part.id == "work" for block in part.blocks)
    assert table.bodies[0].rows[0].cells[0].lines[0].said[0].text == "1.1"


def test_a_summary_has_no_column_that_says_nothing() -> None:
    document, *_shorter = ways_to_compose(read("usa-2023"), of("summary", "en")[1])
    (table,) = (block for part in document.parts for block in part.blocks if getattr(block, "id", "") == "t-glance")
    assert "Gap" not in [column.title for column in table.columns]


def test_a_code_keeps_its_order_in_large_print_from_right_to_left() -> None:
    (document,) = ways_to_compose(*ORDERS["large-print-ar"])
    heads = [block.said.text for part in document.parts for block in part.blocks if isinstance(block, Heading)]
    assert any(head.startswith("\u2066") for head in heads)


def test_a_summary_says_how_much_it_leaves_out(made: dict[str, bytes]) -> None:
    assert "more are in the plan." in words(made["summary-vast"])


@pytest.mark.parametrize(("name", "least", "most"), [("debate-en", 0, 58), ("debate-ar", 537, 595)])
def test_lines_are_numbered_from_one_on_each_page(
    made: dict[str, bytes], tmp_path: Path, name: str, least: int, most: int
) -> None:
    (tmp_path / "plan.pdf").write_bytes(made[name])
    told = subprocess.run(["pdftotext", "-bbox", tmp_path / "plan.pdf", "-"], capture_output=True, check=True).stdout
    tree: Any = lxml.html.document_fromstring(told)
    counted = 0
    upright = [page for page in tree.iter("page") if float(page.get("width")) < 600]
    for page in upright[1:]:
        words = [one for one in page.iter("word") if least <= float(one.get("xmin")) and float(one.get("xmax")) <= most]
        numbers = [int(one.text) for one in words if one.text.isdigit()]
        assert sorted(numbers) == list(range(1, len(numbers) + 1))
        counted += len(numbers)
    assert counted > 20


def test_a_redline_shows_what_came_and_what_went(made: dict[str, bytes]) -> None:
    said = words(made["redline-en"]).replace("\u00a0", " ")
    gone = read("full")["sections"][0]["paragraphs"][1]["text"]["en"].split(".")[0]
    assert "[+ Xylem +]" in said
    assert f"[\u2212 2 {gone}" in said  # with the number that it bore


def test_a_correction_slip_says_the_changes_alone(made: dict[str, bytes]) -> None:
    said = words(made["corrections-en"]).replace("\u00a0", " ")
    kept = read("full")["sections"][0]["paragraphs"][0]["text"]["en"].split(".")[0]
    assert "[+ Xylem +]" in said
    assert kept not in said
    assert kept in words(made["redline-en"])


def test_a_redline_of_the_same_text_marks_nothing() -> None:
    plan, known = of("redline", "en")
    (document,) = ways_to_compose(read("full"), known)
    assert plan != read("full")
    assert not is_touched(document.parts)
    assert document.cover.standing_note.endswith("· Nothing changed since the earlier version.")


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("Train 40 officers.", "Train 60 officers.", "Train <40> [60] officers."),
        ("Train **40** officers.", "Train **40** officers.", "Train **40** officers."),
        (
            "See [the Act](https://x.example/a_b_c) now.",
            "See [the Act](https://x.example/a_b_c) again.",
            "See the Act <now.> [again.]",
        ),
        ("- one\n- two", "- one\n- three\n- two", "- one\n- [three]\n- two"),
        ("Train 1\u00a0200 officers.", "Train 1\u00a0300 officers.", "Train <1\u00a0200> [1\u00a0300] officers."),
        ("", "New.", "[New.]"),
    ],
)
def test_words_are_marked(old: str, new: str, shown: str) -> None:
    signs = str.maketrans({"\ufdd0": "[", "\ufdd1": "]", "\ufdd2": "<", "\ufdd3": ">"})
    assert marked(old, new).translate(signs) == shown


def test_an_extract_says_nothing_of_another_institution(made: dict[str, bytes]) -> None:
    plan = changed()
    rows = [row for pillar in plan["pillars"] for row in activities_of(pillar) if "lead" in row]
    others = [row for row in rows if "MOI" not in (row["lead"], *row.get("co_leads", ()), *row.get("supporting", ()))]
    said = words(made["extract-en"])
    assert others
    assert [row["code"] for row in others if said_in_english(row["title"]) in said] == []


def test_an_extract_keeps_what_the_institution_takes_part_in() -> None:
    plan = read("full")
    kept = json.dumps(extract_of(plan, "NVW")["pillars"])
    assert '"a-3"' in kept  # it supports this one


def test_an_extract_leaves_out_what_others_report_on_an_activity_of_another() -> None:
    plan = read("full")
    activity = next(row for pillar in plan["pillars"] for row in activities_of(pillar) if row.get("supporting"))
    lead, support = activity["lead"], activity["supporting"][0]
    title = {"en": "Unlike anything"}
    activity["indicators"] = [
        {"code": f"x.{place}", "title": title, "responsible": who} for place, who in enumerate((lead, support))
    ]
    kept = json.dumps(extract_of(plan, support)["pillars"])
    assert ('"x.0"' in kept, '"x.1"' in kept) == (False, True)
    assert '"x.1"' in json.dumps(extract_of(plan, lead)["pillars"])


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_nothing_in_large_print_is_small(made: dict[str, bytes], lang: str) -> None:
    small = set()
    for page in pages(made[f"large-print-{lang}"]):

        def note(text: str, cm: Any, tm: Any, _font: Any, size: Any) -> None:
            height = abs(size * tm[3] * cm[3])
            if text.strip() and 1.5 < height < 17.5:
                small.add((round(height, 1), text.strip()[:30]))

        page.extract_text(visitor_text=note)
    assert small == set()


@pytest.mark.parametrize(
    "which", [Which(), Which("debate"), Which("redline", 3), Which("corrections", 1), Which("extract", None, "DEF")]
)
def test_an_edition_is_found_by_its_name(which: Which) -> None:
    assert which_of(which.name) == which
