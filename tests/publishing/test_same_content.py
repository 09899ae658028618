"""One plan, seven files: what they say of each paragraph, activity and indicator is the same in all of them."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from datetime import UTC, datetime
from decimal import Decimal
from itertools import product
from typing import Any

import pytest

from nap_builder.demo import state as demo
from nap_builder.exchange.tidy.package import archive
from nap_builder.exchange.workbook.writing import Order, workbook
from nap_builder.kernel.languages import words_in
from nap_builder.kernel.paragraphs import to_plain
from nap_builder.plans.canonical import canonical_bytes
from nap_builder.plans.queries.plan import plan_at
from nap_builder.plans.queries.versions import PUBLIC, frozen_document, last_frozen
from nap_builder.publishing.compose.plan import compose
from nap_builder.publishing.compose.voice import Voice
from nap_builder.publishing.edition import Edition
from nap_builder.publishing.photographs import pictured
from nap_builder.publishing.renderers.pdf import render_pdf
from nap_builder.publishing.renderers.written import WRITTEN
from tests.builders.spoken import DOCUMENTS, Spoken, of_csv, of_json, of_xlsx, plain, without_joined

pytestmark = pytest.mark.sqlite_only("files are made of a document, whichever database keeps it")
LANGUAGES = ("en", "fr", "ar")
FORMS = ("pdf", *WRITTEN)
ARABIC = re.compile("[\u0600-\u06ff]")
MOMENT = datetime(2026, 11, 1, tzinfo=UTC)
Plan = dict[str, Any]


@pytest.fixture(scope="module")
def kept() -> dict[str, Any]:
    return {}


@pytest.fixture
def plan(db, shelf, kept) -> Plan:
    """The published plan of the demonstration, as its JSON says it."""
    if "plan" not in kept:
        shelf.put("demonstration", lambda: demo.load("a password of the demonstration"))
        version = last_frozen(plan_at("nap-1"))
        kept["plan"] = of_json(canonical_bytes(frozen_document(version, PUBLIC)))
        kept["photographs"] = pictured(version.photographs)
    return kept["plan"]


@pytest.fixture
def spoken(plan, kept) -> dict[tuple[str, str], Spoken]:
    """What its documents say by form and language; the PDFs are made two at a time."""
    if "spoken" not in kept:
        with ThreadPoolExecutor(2) as pool:
            pdfs = list(pool.map(lambda lang: render_pdf(plan, edition(lang, kept)), LANGUAGES))
        files = {("pdf", lang): pdf for lang, pdf in zip(LANGUAGES, pdfs, strict=True)}
        for form, lang in product(WRITTEN, LANGUAGES):
            files[form, lang] = WRITTEN[form].render(compose(plan, edition(lang, kept)))
        kept["spoken"] = {(form, lang): DOCUMENTS[form](content) for (form, lang), content in files.items()}
    return kept["spoken"]


def edition(lang: str, kept: dict[str, Any]) -> Edition:
    return Edition(lang, draft=False, dated=MOMENT, state_name="Sarenia", photographs=kept["photographs"])


def says(row: str, part: str) -> bool:
    return part in row or (ARABIC.search(part) is not None and without_joined(part) in without_joined(row))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_document_says_what_the_data_says(plan, spoken, lang, form):
    assert list(lacking(plan, lang, spoken[form, lang])) == []


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_document_says_what_stands_under_a_photograph(spoken, kept, lang, form):
    (one,) = kept["photographs"]
    assert says(spoken[form, lang].whole, plain(one["caption"][lang]))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_tables_and_workbook_say_what_the_json_says(app, plan, lang):
    said = facts_of(plan, lang)
    with app.test_request_context(f"/{lang}/"):
        files = {"csv": of_csv(archive(plan, lang)), "xlsx": of_xlsx(workbook(plan, Order(lang, MOMENT)))}
    for name, tables in files.items():
        assert (name, facts_of_tables(tables, lang)) == (name, said)


def _other_cost(plan: Plan) -> None:
    _first(plan, "budget")["budget"][0]["amount"] = "99999"


def _other_title(plan: Plan) -> None:
    _first(plan, "lead")["title"] = "Something else"


def _other_lead(plan: Plan) -> None:
    plan["institutions"].append({"code": "ELSE", "name": "Ministry of Elsewhere", "kind": "ministry"})
    _first(plan, "lead")["lead"] = "ELSE"


def _other_target(plan: Plan) -> None:
    next(row for row in _indicators(plan) if "value" in row.get("targets", [{}])[0])["targets"][0]["value"] = "77777"


def _other_word(plan: Plan) -> None:
    paragraph = next(paragraph for section in plan["sections"] for paragraph in section.get("paragraphs", ()))
    paragraph["text"] = "Nothing of the kind."


@pytest.mark.parametrize("plant", [_other_cost, _other_title, _other_lead, _other_target, _other_word])
def test_a_difference_is_found_in_each_of_them(app, plan, spoken, plant):
    other = deepcopy(plan)
    plant(other)
    for form in FORMS:
        assert list(lacking(other, "en", spoken[form, "en"])), form
    with app.test_request_context("/en/"):
        for tables in (of_csv(archive(plan, "en")), of_xlsx(workbook(plan, Order("en", MOMENT)))):
            assert facts_of_tables(tables, "en") != facts_of(other, "en")


def lacking(plan: Plan, lang: str, said: Spoken) -> Iterator[str]:
    """What the data of a plan says and a document does not."""
    for paragraph in (one for section in plan["sections"] for one in section.get("paragraphs", ())):
        if "number" in paragraph:
            first, *others = [plain(line) for line in to_plain(in_language(plan, paragraph["text"], lang)).split("\n")]
            start = f"{paragraph['number']} "
            if not any(block.startswith(start) and says(block, first) for block in said.blocks):
                yield f"paragraph {paragraph['number']}: {first}"
            yield from (line for line in others if not any(says(one, line) for one in (*said.blocks, *said.rows)))
    for row, lead in _activities(plan):
        names = [in_language(plan, name, lang) for name in _names(plan, lead)]
        yield from _not_in(
            said.rows, row["code"], [in_language(plan, row["title"], lang)], names, _cost(plan, row, lang)
        )
    for row in _indicators(plan):
        figures = [row[name] for name in ("baseline", "benchmark") if name in row] + row.get("targets", [])
        parts = [
            in_language(plan, row["title"], lang),
            *(one for figure in figures for one in _said(plan, figure, lang)),
        ]
        yield from _not_in(said.rows, row["code"], parts, [], "")


def _not_in(rows: list[str], code: str, parts: list[str], one_of: list[str], cost: str) -> Iterator[str]:
    """The code, where no row of a table begins with it and says all of these parts."""
    wanted = [plain(part) for part in (*parts, cost) if part]
    names = [plain(name) for name in one_of]
    for row in rows:
        whole = row.startswith(f"{code} ") and all(says(row, part) for part in wanted)
        if whole and (not names or any(says(row, name) for name in names)):
            return
    yield f"{code}: {wanted} {names}"


def facts_of(plan: Plan, lang: str) -> dict[str, Any]:
    """What the data says, in the shape in which tables are compared with it."""
    first = plan["plan"]["languages"][0]

    def own(text: Any) -> str | None:
        return text.get(lang) if isinstance(text, dict) else text if lang == first else None

    found: dict[str, Any] = {}
    for row, _lead in _activities(plan):
        lines = sorted(str(_exact(line["amount"])) for line in row.get("budget", ()) if "amount" in line)
        found[f"activity {row['code']}"] = (own(row["title"]), row.get("lead"), lines)
    for row in _indicators(plan):
        figures = [("baseline", row[name]) for name in ("baseline",) if name in row]
        figures += [("targets", one) for one in row.get("targets", ())]
        said = sorted((part, *_figure(figure, own)) for part, figure in figures)
        found[f"indicator {row['code']}"] = (own(row["title"]), said)
    texts = [own(one["text"]) for section in plan["sections"] for one in section.get("paragraphs", ())]
    return {**found, "paragraphs": texts}


def facts_of_tables(tables: dict[str, list[dict[str, Any]]], lang: str) -> dict[str, Any]:
    """The same, read out of tables: what belongs to a row names it by its number, with its kind or without."""

    def under(row: dict[str, Any], code: str) -> bool:
        return str(row["under"]).split(":")[-1] == code

    found: dict[str, Any] = {}
    for row in tables["activity"]:
        code = str(row["code"])
        lines = [line for line in tables["budget_line"] if under(line, code) and "amount" in line]
        amounts = sorted(str(_exact(line["amount"])) for line in lines)
        found[f"activity {code}"] = (row.get(f"title@{lang}"), row.get("lead"), amounts)
    for row in tables["indicator"]:
        figures = [one for one in tables["figure"] if under(one, str(row["code"])) and _part(one) != "benchmark"]
        own = [(_part(one), *_figure(one, lambda text: text, f"text@{lang}")) for one in figures]
        found[f"indicator {row['code']}"] = (row.get(f"title@{lang}"), sorted(own))
    return {**found, "paragraphs": [row.get(f"text@{lang}") for row in tables["paragraph"]]}


def _part(row: dict[str, Any]) -> str:
    """Which figure a row is; a workbook says it in words, the first of which is the baseline in each language."""
    return WORDS.get(str(row["part"]), str(row["part"]))


WORDS = {
    **dict.fromkeys(["Baseline", "Valeur de référence", "خط الأساس"], "baseline"),
    **dict.fromkeys(["Target", "Cible", "القيمة المستهدفة"], "targets"),
    **dict.fromkeys(["Benchmark", "Point de comparaison", "القيمة المرجعية"], "benchmark"),
}


def _figure(said: dict[str, Any], own: Any, text: str = "text") -> tuple[str, ...]:
    exact = [str(_exact(said[name])) if name in said else "" for name in ("value", "numerator", "denominator")]
    return (*exact, own(said[text]) or "" if text in said else "")


def _exact(value: Any) -> Decimal:
    return Decimal(str(value)).normalize()


def _said(plan: Plan, figure: dict[str, Any], lang: str) -> list[str]:
    """How a document of a language says a figure: its numbers, else its words."""
    numbers = [
        Voice(lang).number(Decimal(figure[name])) for name in ("value", "numerator", "denominator") if name in figure
    ]
    return numbers or [in_language(plan, figure["text"], lang)]


def _cost(plan: Plan, row: Plan, lang: str) -> str:
    """The cost of an activity in millions of the plan’s currency, as a table says it; empty where it has another."""
    lines = row.get("budget", ())
    if not lines or any("amount" not in line or "currency" in line for line in lines):
        return ""
    millions = sum(Decimal(line["amount"]) for line in lines) / 1_000_000
    return Voice(lang).fixed(millions, 3)


def in_language(plan: Plan, text: Any, lang: str) -> str:
    return text if isinstance(text, str) else words_in(text, lang, first=plan["plan"]["languages"][0])


def _names(plan: Plan, lead: str | None) -> list[Any]:
    bodies = [body for body in plan["institutions"] if body["code"] == lead]
    return [text for body in bodies for text in (body["name"], body.get("short")) if text]


def _activities(row: Plan, lead: str | None = None) -> Iterator[tuple[Plan, str | None]]:
    """Every activity with the code of the institution that leads it, if only through the row above."""
    lead = row.get("lead") or lead
    for activity in row.get("activities", ()):
        yield activity, activity.get("lead") or lead
    for member in ("pillars", "objectives", "outputs"):
        for below in row.get(member, ()):
            yield from _activities(below, lead)


def _indicators(row: Plan) -> Iterator[Plan]:
    yield from row.get("indicators", ())
    for member in ("pillars", "objectives", "outputs", "activities"):
        for below in row.get(member, ()):
            yield from _indicators(below)


def _first(plan: Plan, member: str) -> Plan:
    return next(row for row, _lead in _activities(plan) if row.get(member))
