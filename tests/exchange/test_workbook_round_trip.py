"""A plan goes out as a workbook and comes back without losing a sign, whoever saved it in between."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from nap_builder.demo import state as demo
from nap_builder.exchange import services
from nap_builder.kernel.actor import INSTALLATION
from nap_builder.kernel.database import transaction
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.plan import plan_at, plan_or_none
from tests.builders.exchange import DATA, as_file, full, small, taken_in, usa
from tests.builders.workbooks import SOFFICE, Book, changed, formulas, saved_by_libreoffice, written
from tests.exchange.test_round_trip import altered, exported, forget_everything

SAVED = DATA / "full-saved-by-libreoffice.xlsx"
TEXTS = [
    *("=1+1", "+49 30 1234", "-5", "@here", "\tindented", "a\nb\n\nc", " spaces around ", "TRUE", "1.10", "2027-01"),
    *("_x0041_", "_x005F_", "x005F_ and more", "😀" * 20_000, "a" * 32_000, "b" * 90_000, "https://un.org", "#REF!"),
    *("\u200fنص\u200e", "é\u0301", "a\u00a0b", "{=SUM(A1)}", "'quoted", '"', "&lt;<b>", "1e5", "\u2028line"),
]
AMOUNTS = ["0", "0.1", "1200.5", "0.0001", "999999999999999", "999999999999999.9999", "123456789012.3456"]


def said(document: Any) -> dict[str, Any]:
    """A document as the reader of JSON takes it."""
    return services.read(as_file(document)).document


def taken(content: bytes) -> services.Done:
    """Takes a file in over the plan of its short name, or as a new plan."""
    incoming = services.read(content)
    with transaction():
        return services.apply(INSTALLATION, incoming, plan=plan_or_none(incoming.slug))


def workbook_of(plan: Plan, language: str = "en") -> bytes:
    return services.plan_workbook(plan, None, "working", language=language)


def with_texts(texts: list[str]) -> dict[str, Any]:
    rows = [
        {"code": f"1.{n}", "title": text, "mandates": [text], "partners": {"fr": text}} for n, text in enumerate(texts)
    ]
    sections = [
        {"key": "why", "title": "Why", "paragraphs": [{"key": f"p{n}", "text": t} for n, t in enumerate(texts)]}
    ]
    return small(pillars=[{"code": "1", "title": "A", "activities": rows}], sections=sections)


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
@pytest.mark.parametrize("make", [full, usa])
def test_a_workbook_says_all_that_the_plan_says(db, make, language):
    assert services.read(written(make(), language)).document == said(make())


@pytest.mark.parametrize("make", [full, usa])
def test_out_and_in_elsewhere_gives_the_same_plan(db, make):
    plan = taken_in(make()).plan
    first, file = exported(plan), workbook_of(plan, "fr")
    forget_everything()
    assert exported(taken(file).plan) == first


def test_the_plan_of_the_demonstration_comes_back(db):
    demo.load("a password of the demonstration")
    plan = plan_at("nap-2")
    file = services.read(workbook_of(plan))
    assert file.document == json.loads(exported(plan))
    counts = services.preview(file, plan).counts
    assert counts["keep"] > 0
    assert [counts[name] for name in ("add", "change", "remove")] == [0, 0, 0]


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_any_text_comes_back_as_it_was(app, text):
    with app.test_request_context("/en/"):
        assert services.read(written(with_texts([text]))).document == said(with_texts([text]))


def test_no_formula_is_written(app):
    with app.test_request_context("/en/"):
        assert formulas(written(with_texts(TEXTS))) == []
        assert formulas(written(full())) == []


@pytest.mark.parametrize("amount", AMOUNTS)
def test_an_amount_is_exact(app, amount):
    row = {"code": "1.1", "title": "A", "budget": [{"amount": amount, "year": 2028}]}
    document = small(pillars=[{"code": "1", "title": "A", "activities": [row]}])
    with app.test_request_context("/en/"):
        assert services.read(written(document)).document == said(document)


def test_the_same_plan_gives_the_same_bytes(app):
    with app.test_request_context("/en/"):
        assert written(full()) == written(full())


def test_what_libreoffice_saved_says_the_same(app):
    with app.test_request_context("/en/"):
        assert services.read(SAVED.read_bytes()).document == said(full())


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not here; a file that it saved is tested everywhere")
def test_libreoffice_saves_it_without_a_change(app, tmp_path):
    with app.test_request_context("/en/"):
        document = with_texts([text for text in TEXTS if len(text) < 1000])
        assert services.read(saved_by_libreoffice(written(document), tmp_path)).document == said(document)


def test_what_another_program_saved_says_the_same(app):
    with app.test_request_context("/en/"):
        again = changed(written(full(), "ar"), lambda _book: None)
        assert services.read(again).document == said(full())


def test_the_public_workbook_lacks_what_is_restricted(db):
    plan = taken_in(full()).plan
    file = services.plan_workbook(plan, None, "public", language="en")
    assert services.read(file).document == json.loads(services.plan_file(plan, None, "public"))


@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(document=altered())
def test_any_such_plan_comes_back(app, document):
    with app.test_request_context("/en/"):
        assert services.read(written(document)).document == said(document)


def test_a_row_is_high_enough_for_the_words_of_its_lists():
    areas = ["A", "B", "C", "D", "G"]  # five words, of which three take two lines each
    sheet = Book(written(small(pillars=[{"code": "1", "title": "A", "areas": areas}]))).sheets["pillar"]
    assert sheet.row_dimensions[3].height >= (len(areas) + 3) * 15
