"""Photographs in what is made of a plan: printed, said in words, compared, and public with their version alone."""

import io
from base64 import b64encode
from dataclasses import replace
from datetime import date
from typing import Any

import docx
import lxml.html
import pikepdf
import pypdf
import pytest
from PIL import Image

from nap_builder.kernel import storage
from nap_builder.kernel.actor import INSTALLATION
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import WrongState
from nap_builder.plans.models.narrative import Photograph
from nap_builder.plans.queries.versions import holds
from nap_builder.plans.services.photographs import PhotographFacts, change_photograph, erase_photograph, small
from nap_builder.plans.services.versions import freeze
from nap_builder.publishing import services
from nap_builder.publishing.compose.plan import compose
from nap_builder.publishing.edition import Edition
from nap_builder.publishing.renderers.pdf import render_pdf
from nap_builder.publishing.renderers.written import WRITTEN
from nap_builder.publishing.services import plan_written, publish
from tests.builders.photographs import SEEN, a_photograph, a_picture
from tests.builders.plan_documents import a_plan
from tests.builders.standards import broken_rules

CAPTION = {"en": "At the border.", "ar": "عند الحدود."}
PAGE = "/en/plan/nap-2?part=section-why"


def told(colour: str = "#3b6e8f", **given: Any) -> dict[str, Any]:
    """A photograph as an edition has it."""
    content = b64encode(a_picture(colour=colour).getvalue()).decode()
    facts = {"section": "why", "after": "why-1", "alt": SEEN, "caption": CAPTION, "credit": "Ana Sol"}
    kept = {"key": "one", "stored_as": f"photographs/{colour[1:]}.jpg", "content": content, "small": content}
    return {**facts, **kept, "width": 900, "height": 600, **given}


def edition(*photographs: dict[str, Any], lang: str = "en", **given: Any) -> Edition:
    return Edition(lang, draft=False, dated=date(2027, 3, 1), photographs=photographs, **given)


def earlier() -> dict[str, Any]:
    return a_plan(version={"number": 1, "frozen_at": "2026-03-01T00:00:00Z"})


def images(pdf: bytes) -> set[tuple[int, int]]:
    """The sizes of the pictures of a file, in pixels."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        found = [one for page in opened.pages for one in page.get("/Resources", {}).get("/XObject", {}).values()]
        return {(int(one.Width), int(one.Height)) for one in found if one.get("/Subtype") == "/Image"}


def seen_in(pdf: bytes) -> set[str]:
    """What the pictures of a file say to those who listen."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        tags = [one for one in opened.objects if isinstance(one, pikepdf.Dictionary)]
        return {str(one.Alt) for one in tags if one.get("/S") == "/Figure" and "/Alt" in one}


@pytest.fixture(scope="module")
def printed() -> dict[str, bytes]:
    plan = a_plan()
    plan["plan"]["languages"] = ["en", "ar"]
    return {lang: render_pdf(plan, edition(told(), lang=lang)) for lang in ("en", "ar")}


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_printed_photograph_keeps_the_standards(printed: dict[str, bytes], lang: str) -> None:
    assert broken_rules(printed[lang]) == []


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_who_listens_to_the_print_hears_what_is_seen(printed: dict[str, bytes], lang: str) -> None:
    assert (900, 600) in images(printed[lang])
    assert SEEN[lang] in seen_in(printed[lang])


def test_words_and_credit_are_printed_under_it(printed: dict[str, bytes]) -> None:
    text = " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(printed["en"])).pages).split())
    assert "Because. At the border. Photograph: Ana Sol" in text


@pytest.mark.parametrize(("kind", "given"), [("debate", {}), ("large-print", {}), ("full", {"draft": True})])
def test_other_editions_show_it_too(kind: str, given: dict[str, Any]) -> None:
    pdf = render_pdf(a_plan(), replace(edition(told(), kind=kind), **given))
    assert broken_rules(pdf) == []
    assert SEEN["en"] in seen_in(pdf)


def test_a_redline_marks_one_that_came_and_one_that_went() -> None:
    new, old = told(caption=None), told("#7a0019", alt={"en": "An empty hall."}, caption=None)
    pdf = render_pdf(a_plan(), edition(new, kind="redline", before=earlier(), photographs_before=(old,)))
    text = " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages).split())
    assert f"[+ {SEEN['en']}" in text
    assert "[\u2212 An empty hall." in text
    assert seen_in(pdf) >= {SEEN["en"], "An empty hall."}
    assert broken_rules(pdf) == []


def test_one_that_stayed_is_not_marked_in_a_redline() -> None:
    pdf = render_pdf(a_plan(), edition(told(), kind="redline", before=earlier(), photographs_before=(told(),)))
    assert "Nothing changed since the earlier version." in pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text()


def test_one_whose_paragraph_is_gone_stands_at_the_end_of_its_section() -> None:
    document = compose(a_plan(), edition(told(after="of-old")))
    kinds = [type(block).__name__ for part in document.parts if part.id == "s-why" for block in part.blocks]
    assert kinds[:2] == ["Paragraph", "Photograph"]


def test_an_upright_one_is_not_taller_than_a_page() -> None:
    tall = b64encode(a_picture((600, 1800)).getvalue()).decode()
    pdf = render_pdf(a_plan(), edition(told(content=tall, width=600, height=1800)))
    assert (600, 1800) in images(pdf)
    assert broken_rules(pdf) == []


@pytest.mark.parametrize("form", WRITTEN)
def test_every_form_says_what_is_seen_and_who_took_it(form: str) -> None:
    content = WRITTEN[form].render(compose(a_plan(), edition(told())))
    words = content.decode() if form != "docx" else docx.Document(io.BytesIO(content)).element.xml
    assert all(said in words for said in (SEEN["en"], CAPTION["en"], "Photograph: Ana Sol"))


def test_a_word_file_holds_the_picture_in_its_shape() -> None:
    opened = docx.Document(io.BytesIO(WRITTEN["docx"].render(compose(a_plan(), edition(told())))))
    (shape,) = opened.inline_shapes
    assert shape.width / shape.height == pytest.approx(1.5, abs=0.01)


def test_the_file_for_phones_holds_the_small_picture() -> None:
    little = b64encode(a_picture((300, 200)).getvalue()).decode()
    page = lxml.html.document_fromstring(
        WRITTEN["html"].render(compose(a_plan(), edition(told(small=little)))).decode()
    )
    (picture,) = page.xpath("//figure/img")
    assert (picture.get("src"), picture.get("alt")) == (f"data:image/jpeg;base64,{little}", SEEN["en"])


@pytest.fixture
def shown(world: Any) -> Any:
    """A plan with a photograph under its first paragraph, published."""
    with transaction():
        one = a_photograph(world.section, after=world.paragraphs[0].key)
        publish(INSTALLATION, freeze(INSTALLATION, world.plan))
    return one


def test_the_public_page_shows_it_under_its_paragraph(client: Any, shown: Any) -> None:
    page = client.get(PAGE)
    assert [one.tag for one in page.all("//div[@class='document']/*")] == ["div", "figure", "div"]
    (source,) = page.all("//figure[@class='photograph']/img/@src")
    assert Image.open(io.BytesIO(client.get(source).answer.data)).size == (720, 480)


def test_a_version_keeps_what_it_was_frozen_with(client: Any, shown: Any, db: Any) -> None:
    with transaction():
        row = db.session.get_one(Photograph, shown.id)
        change_photograph(INSTALLATION, row, PhotographFacts({"en": "Something else."}), seen=row.row_version)
    assert client.get(PAGE).all("//figure/img/@alt") == [SEEN["en"]]


def test_a_version_without_it_is_not_the_plan_as_it_stands(world: Any) -> None:
    with transaction():
        version = freeze(INSTALLATION, world.plan)
        assert holds(version, world.plan)
        a_photograph(world.section)
        assert not holds(version, world.plan)


def test_one_of_a_version_that_is_not_published_is_not_there_for_the_public(client: Any, world: Any) -> None:
    with transaction():
        one = a_photograph(world.section)
        freeze(INSTALLATION, world.plan)
    client.get(f"/en/plan/nap-2/v/1/photographs/{one.key}.jpg", expect=404)


def test_one_that_is_deleted_for_good_is_gone_from_what_was_published(client: Any, shown: Any, db: Any) -> None:
    (source,) = client.get(PAGE).all("//figure/img/@src")
    names = shown.stored_as, small(shown.stored_as)
    with transaction():
        erase_photograph(INSTALLATION, db.session.get_one(Photograph, shown.id))
    assert [storage.exists(name) for name in names] == [False, False]
    assert client.get(PAGE).all("//figure") == []
    client.get(source, expect=404)


def test_what_is_made_after_it_was_deleted_lacks_it(shown: Any, world: Any, db: Any) -> None:
    with transaction():
        erase_photograph(INSTALLATION, db.session.get_one(Photograph, shown.id))
    text = plan_written(world.plan, "txt", number=1, language="en", profile="public").decode()
    assert SEEN["en"] not in text


@pytest.fixture
def erased_meanwhile(shown: Any, db: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The photograph is deleted for good while a file is made for the first time."""

    def then_erased(make: Any) -> Any:
        def made(*given: Any) -> bytes:
            content: bytes = make(*given)
            if row := db.session.get(Photograph, shown.id):
                with transaction():
                    erase_photograph(INSTALLATION, row)
            return content

        return made

    monkeypatch.setattr(services, "render_pdf", then_erased(render_pdf))
    monkeypatch.setitem(WRITTEN, "txt", replace(WRITTEN["txt"], render=then_erased(WRITTEN["txt"].render)))


def test_a_file_that_was_being_made_when_it_was_deleted_lacks_it_too(erased_meanwhile: None, world: Any) -> None:
    pdf = services.plan_pdf(world.plan, number=1, language="en", profile="public")
    assert SEEN["en"] not in seen_in(pdf)
    assert len(storage.names("documents")) == 1


def test_a_text_that_was_being_made_when_it_was_deleted_is_to_be_asked_for_again(
    erased_meanwhile: None, world: Any
) -> None:
    asked: dict[str, Any] = {"number": 1, "language": "en", "profile": "public"}
    with pytest.raises(WrongState, match="Ask for the file again"):
        plan_written(world.plan, "txt", **asked)
    assert SEEN["en"] not in plan_written(world.plan, "txt", **asked).decode()
