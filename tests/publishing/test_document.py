"""The neutral document: what is printed of a plan, in which order, and that nothing a parliament reads is lost."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from nap_builder.plans.profiles import public_profile, with_numbers
from nap_builder.publishing.compose.plan import compose
from nap_builder.publishing.document import Document, Facts, Objective, Paragraph, Row, Table
from nap_builder.publishing.edition import Edition

DATA = Path(__file__).resolve().parent.parent / "data"
EDITION = Edition("en", draft=False, dated=date(2028, 3, 1), state_name="Republic of Talora", sha256="ab" * 32)
NEVER_PRINTED = {"key", "slug", "format", "profile", "state", "chair_reason_code"}
PROGRESS = {"status", "spent", "approved", "committed", "disbursed", "met_on", "reason", "values", "commitment"}


def read(name: str) -> dict[str, Any]:
    plan: dict[str, Any] = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
    return plan


def small(**more: Any) -> dict[str, Any]:
    """The smallest plan, with what a test adds."""
    plan = {
        "slug": "x",
        "title": "X",
        "country": "XTA",
        "starts": "2027-01-01",
        "ends": "2028-12-31",
        "languages": ["en"],
    }
    plan |= more.pop("plan", {})
    return {"format": "nap-plan/1", "plan": plan, "institutions": [], "pillars": [], **more}


def costed(*lines: dict[str, Any], **plan: Any) -> dict[str, Any]:
    activity = {"code": "1.1", "title": "Act", "budget": list(lines)}
    return small(plan=plan, pillars=[{"code": "1", "title": "One", "activities": [activity]}])


def words(thing: Any) -> Iterator[str]:
    """Every text in a document, wherever it stands; what a paragraph is known by is none."""
    if isinstance(thing, Paragraph):
        yield from (thing.said.text, thing.number)
    elif isinstance(thing, str):
        yield thing
    elif isinstance(thing, tuple):
        for item in thing:
            yield from words(item)
    elif hasattr(thing, "__dataclass_fields__"):
        for name in thing.__dataclass_fields__:
            yield from words(getattr(thing, name))


def tables(document: Document) -> dict[str, Table]:
    return {block.id: block for part in document.parts for block in part.blocks if isinstance(block, Table)}


def cells(row: Row) -> list[str]:
    return [" / ".join(" ".join(said.text for said in line.said) for line in cell.lines) for cell in row.cells]


def own_texts(value: Any, name: str = "") -> Iterator[str]:
    """The English words of a plan that a reader should find in print."""
    if isinstance(value, dict):
        if "en" in value:
            yield value["en"]
            return
        for member, below in value.items():
            if member not in NEVER_PRINTED | PROGRESS | {"consultations", "version"}:
                yield from own_texts(below, member)
    elif isinstance(value, list):
        for item in value:
            yield from own_texts(item, name)


def test_every_word_of_the_plan_is_printed() -> None:
    plan = read("full")
    printed = "\n".join(words(compose(plan, EDITION)))
    lost = [text for text in own_texts(plan) for piece in text.split("\n\n") if piece not in printed]
    assert lost == []


def test_how_the_plan_goes_is_not_printed() -> None:
    plan = read("full")
    printed = "\n".join(words(compose(plan, EDITION)))
    for text in ("Waiting for the opinion", "After the elections", "Bring the centre to us", "Half a year"):
        assert text not in printed


def test_keys_are_never_printed() -> None:
    plan = read("full")
    document = compose(plan, EDITION)
    printed = set(words(document))
    for key in ("why-1", "fw-1", "a-1", "o-11", "p-1", "r-1"):
        assert key not in printed


def test_the_parts_come_in_their_order_and_annexes_are_lettered() -> None:
    parts = compose(read("full"), EDITION).parts
    titles = [part.title.text for part in parts]
    assert titles[:3] == ["Foreword", "The plan at a glance", "Why this plan"]
    assert titles.index("Participation") < titles.index("Protection") < titles.index("Costs and funding")
    letters = [part.label for part in parts[titles.index("Sources") :]]
    assert letters == list("ABCDEFGHI")


def test_paragraph_numbers_are_those_of_the_freeze() -> None:
    numbers = [
        block.number
        for part in compose(read("full"), EDITION).parts
        for block in part.blocks
        if isinstance(block, Paragraph) and block.number
    ]
    assert numbers == [str(number) for number in range(1, 10)]


def test_a_working_plan_gets_the_numbers_it_would_be_given() -> None:
    plan = read("full")
    del plan["version"]
    frozen = with_numbers(plan)
    for section in plan["sections"]:
        for paragraph in section.get("paragraphs", ()):
            paragraph.pop("number", None)
    assert compose(plan, EDITION).parts == compose(frozen, EDITION).parts


def test_a_public_plan_shows_nothing_restricted() -> None:
    document = compose(public_profile(read("full")), EDITION)
    printed = "\n".join(words(document))
    assert "safe houses" not in printed
    assert "RESTRICTED" not in document.running_foot


def test_a_public_file_hides_what_slipped_in() -> None:
    plan = read("full") | {"profile": "public"}
    assert "safe houses" not in "\n".join(words(compose(plan, EDITION)))


def test_a_restricted_plan_says_so_on_every_page() -> None:
    assert "RESTRICTED" in compose(read("full"), EDITION).running_foot


def test_a_draft_says_so() -> None:
    document = compose(read("full"), Edition("en", draft=True, dated=date(2028, 3, 1)))
    assert document.draft_mark == "DRAFT"
    assert document.running_foot.startswith("DRAFT")
    assert document.cover.standing == "Draft"


def test_nothing_empty_is_printed() -> None:
    for plan in (small(), read("usa-2023"), read("full")):
        document = compose(plan, EDITION)
        assert all(part.blocks for part in document.parts)
        for table in tables(document).values():
            assert any(body.rows for body in table.bodies)
        for part in document.parts:
            assert all(block.items for block in part.blocks if isinstance(block, Facts))


def test_the_smallest_plan_has_a_cover_and_no_parts() -> None:
    document = compose(small(), EDITION)
    assert document.cover.title.text == "X"
    assert document.parts == ()


def test_the_states_own_names_of_levels() -> None:
    document = compose(read("usa-2023"), EDITION)
    assert [entry.label for entry in document.entries if entry.label.startswith("Line of effort")][:2] == [
        "Line of effort 1",
        "Line of effort 2",
    ]


def test_a_text_in_another_language_is_marked() -> None:
    document = compose(read("usa-2023"), Edition("fr", draft=False, dated=date(2026, 1, 1)))
    assert document.cover.title.lang == "en"
    assert compose(read("full"), Edition("fr", draft=False, dated=date(2026, 1, 1))).cover.title.lang == ""


def test_contents_name_sections_pillars_objectives_and_annexes() -> None:
    document = compose(read("full"), EDITION)
    listed = {(entry.label, entry.said.text) for entry in document.entries}
    assert ("1", "Why this plan") in listed
    assert ("Pillar 2", "Protection") in listed
    assert ("1.2", "Women serve at every rank of the army and the police") in listed
    assert ("A", "Sources") in listed
    ids = {part.id for part in document.parts}
    ids |= {block.id for part in document.parts for block in part.blocks if isinstance(block, Objective)}
    assert {entry.id for entry in document.entries} <= ids


def test_tables_are_numbered_through() -> None:
    document = compose(read("full"), EDITION)
    assert [entry.label for entry in document.tables] == [str(n) for n in range(1, len(document.tables) + 1)]


def test_the_matrix_says_who_when_and_how_much() -> None:
    table = tables(compose(read("full"), EDITION))["t-matrix-1"]
    rows = {cells(row)[0]: cells(row) for body in table.bodies for row in body.rows}
    assert rows["2.1.2"][1:] == [
        "Train desk officers in every police station",
        "Police / Women; Valley Women",
        "quarter 4 of 2027 to quarter 2 of 2029",
        "0.90",
        "0.50 / 0.40 / State budget",
    ]


def test_sums_are_exact_and_ranges_stay_ranges() -> None:
    plan = costed({"amount": "0.1"}, {"amount": "0.2"}, {"low": "1", "high": "3"}, currency="EUR")
    table = tables(compose(plan, EDITION))["t-years"]
    assert cells(table.bodies[0].rows[-1])[-1] == "1.30–3.30"


def test_quantity_times_unit_cost() -> None:
    plan = costed({"quantity": "12", "times": "2.5", "unit_cost": "10"}, currency="EUR")
    assert cells(tables(compose(plan, EDITION))["t-years"].bodies[0].rows[-1])[-1] == "300"


def test_what_an_amount_is_made_of_is_written_as_the_amount_is() -> None:
    plan = costed({"quantity": "1200", "unit_cost": "1300.5", "year": 2027}, currency="EUR")
    assert "1,200 × 1,300.50 EUR" in list(words(compose(plan, EDITION)))


def test_what_is_listed_has_the_comma_of_the_language() -> None:
    plan = small(plan={"languages": ["ar"], "context": ["donor", "post_conflict"]})
    said = list(words(compose(plan, replace(EDITION, lang="ar"))))
    assert any("، " in text for text in said)
    assert not any(", " in text for text in said)


def test_currencies_are_never_added_without_a_rate() -> None:
    plan = costed({"amount": "100"}, {"amount": "7", "currency": "CHF"}, currency="EUR")
    document = compose(plan, EDITION)
    assert cells(tables(document)["t-years"].bodies[0].rows[-1])[-1] == "100"
    assert any("1.1: 7\u00a0CHF" in text for text in words(document))


def test_a_stated_rate_is_used_and_named() -> None:
    rates = [{"currency": "CHF", "rate": "1.05", "on": "2027-01-04", "source": "Central bank"}]
    document = compose(
        costed({"amount": "100"}, {"amount": "7", "currency": "CHF"}, currency="EUR", rates=rates), EDITION
    )
    assert cells(tables(document)["t-years"].bodies[0].rows[-1])[-1] == "107.35"
    assert any("1.05 EUR" in text and "Central bank" in text for text in words(document))


def test_large_sums_are_in_millions_and_say_when_they_are_rounded() -> None:
    exact = compose(costed({"amount": "12300000"}, currency="EUR"), EDITION)
    assert cells(tables(exact)["t-years"].bodies[0].rows[-1])[-1] == "12.3"
    assert not any("rounded" in text for text in words(exact))
    odd = compose(costed({"amount": "12345678.9"}, currency="EUR"), EDITION)
    assert cells(tables(odd)["t-years"].bodies[0].rows[-1])[-1] == "12.35"
    assert any("rounded" in text for text in words(odd))
    assert any("the whole plan costs 12,345,678.90\u00a0EUR" in text for text in words(odd))


def test_small_sums_are_printed_with_all_their_digits() -> None:
    plan = costed({"amount": "0.1234"}, {"amount": "1"}, currency="EUR")
    assert cells(tables(compose(plan, EDITION))["t-years"].bodies[0].rows[-1])[-1] == "1.1234"


def test_a_product_of_more_digits_than_there_is_room_for_is_said_to_be_rounded() -> None:
    plan = costed({"quantity": "0.000001", "unit_cost": "0.5"}, {"amount": "1"}, currency="EUR")
    document = compose(plan, EDITION)
    assert cells(tables(document)["t-years"].bodies[0].rows[-1])[-1] == "1.0000"
    assert any("the whole plan costs 1.0000005\u00a0EUR" in text for text in words(document))


def test_the_money_is_shared_out_by_theme_source_kind_and_marker_with_a_line_for_women() -> None:
    lines = [
        {"amount": "100", "funding": "secured", "kind": "core", "source": "State  Budget"},
        {"amount": "20", "source": "state budget", "for_womens_organisations": True},
        {"low": "1", "high": "3", "funder": "MOF"},
    ]
    plan = costed(*lines, currency="EUR")
    plan["pillars"][0] |= {"theme": "protection"}
    plan["institutions"] = [{"code": "MOF", "name": "Ministry of Finance", "kind": "ministry"}]
    bodies = tables(compose(plan, EDITION))["t-shares"].bodies
    assert {body.heading[0].text: [cells(row) for row in body.rows] for body in bodies} == {
        "Theme": [["Protection", "100", "21–23", "121–123"]],
        "Source": [
            ["Ministry of Finance", "–", "1–3", "1–3"],
            ["State  Budget", "100", "20", "120"],
        ],
        "Kind of money": [["Core budget", "100", "–", "100"], ["Kind not said", "–", "21–23", "21–23"]],
        "Gender marker": [["Not marked", "100", "21–23", "121–123"]],
        "Support to women’s organisations": [["For women’s organisations", "–", "20", "20"]],
    }


def test_an_activity_shows_what_counts_and_what_stands_apart() -> None:
    plan = costed({"amount": "100"}, {"low": "7", "high": "9", "currency": "CHF"}, currency="EUR")
    rows = tables(compose(plan, EDITION))["t-matrix-0"].bodies[0].rows
    assert "100 / 7–9\u00a0CHF" in cells(rows[0])


def test_figures_follow_the_language() -> None:
    plan = costed({"amount": "1234.5"}, currency="EUR")
    french = compose(plan, Edition("fr", draft=False, dated=date(2026, 1, 1)))
    assert cells(tables(french)["t-years"].bodies[0].rows[-1])[-1] == "1\u202f234,50"


@pytest.mark.parametrize(
    ("dated", "created"),
    [
        (date(2026, 5, 1), datetime(2026, 5, 1, tzinfo=UTC)),
        (datetime(2026, 5, 1, 9, 30, tzinfo=UTC), datetime(2026, 5, 1, 9, 30, tzinfo=UTC)),
    ],
)
def test_the_moment_in_the_file_is_never_now(dated: date, created: datetime) -> None:
    assert compose(small(), Edition("en", draft=True, dated=dated)).created == created


def test_a_frozen_version_bears_the_moment_of_its_freeze() -> None:
    assert compose(read("full"), EDITION).created == datetime(2028, 3, 1, 14, 5, tzinfo=UTC)


def test_composing_is_a_pure_function() -> None:
    plan = read("full")
    before = json.dumps(plan)
    assert compose(plan, EDITION) == compose(plan, EDITION)
    assert json.dumps(plan) == before


def test_a_section_without_text_says_so_in_print():
    plan = small(sections=[{"key": "why", "title": "Why"}])
    assert "This section is not written yet." in " ".join(words(compose(with_numbers(plan), EDITION)))


def accountable(*codes: str, named: str = "") -> dict[str, Any]:
    """A plan whose task force has these members, one of which names its posts."""
    posts = {"head": "The minister", "staff": "Two officers"}
    bodies = [{"code": code, "name": f"Ministry {code}", "kind": "ministry"} for code in codes]
    bodies = [body | ({"accountable": posts} if body["code"] == named else {}) for body in bodies]
    return small(task_force={"chair": codes[0], "members": list(codes)}) | {"institutions": bodies}


def test_who_answers_is_a_table_of_posts_by_institution():
    table = tables(compose(accountable("A", "B", named="B"), EDITION))["t-accountable"]
    assert [column.title for column in table.columns] == ["Institution", "Head", "Staff"]
    said = [[cell.lines[0].said[0].text for cell in row.cells] for row in table.bodies[0].rows]
    assert said == [["Ministry A", "–", "–"], ["Ministry B", "The minister", "Two officers"]]


def test_without_any_named_post_there_is_no_such_table():
    assert "t-accountable" not in tables(compose(accountable("A", "B"), EDITION))


def test_what_was_signed_for_the_adoption_stands_under_a_heading():
    row = {"of": "adoption", "post": "Chair", "name": "Leila Marand", "on": "2026-11-26"}
    signed = list(words(compose(small(plan={"signatures": [row]}), EDITION)))
    assert signed.index("Signed for the adoption") < signed.index("Leila Marand")
    assert "Signed for the adoption" not in list(words(compose(small(), EDITION)))
