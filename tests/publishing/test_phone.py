"""The plan as one file for phones: small, complete in itself, without scripts, and every link in it leads somewhere."""

from datetime import date
from typing import Any

import lxml.html
import pytest

from nap_builder.plans.profiles import public_profile
from nap_builder.publishing.compose.plan import compose
from nap_builder.publishing.edition import Edition
from nap_builder.publishing.renderers.phone import render_phone
from tests.client import BadPage, refuse_document
from tests.publishing.test_document import read
from tests.publishing.test_plan_docx import said

LARGEST = 150_000


def page(plan: dict[str, Any], lang: str = "en", *, draft: bool = False) -> str:
    return render_phone(compose(plan, Edition(lang, draft=draft, dated=date(2028, 3, 1), state_name="Talora"))).decode()


def tree(plan: dict[str, Any], lang: str = "en", *, draft: bool = False) -> Any:
    return lxml.html.document_fromstring(page(plan, lang, draft=draft))


@pytest.mark.parametrize("lang", ["en", "fr", "ar"])
@pytest.mark.parametrize("name", ["full", "usa-2023"])
def test_it_keeps_the_rules_of_every_page_but_for_the_style_in_it(name: str, lang: str) -> None:
    html = page(public_profile(read(name)), lang)
    start, end = html.index("<style>"), html.index("</style>")
    refuse_document(html[:start] + html[end + len("</style>") :])
    with pytest.raises(BadPage, match="inline style"):
        refuse_document(html)
    assert len(html.encode()) < LARGEST


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_it_asks_for_nothing_and_runs_nothing(lang: str) -> None:
    found = tree(read("full"), lang)
    assert found.xpath("//script | //link | //iframe | //object | //@src[not(starts-with(., 'data:'))]") == []
    assert "url(" not in found.findtext(".//style")
    assert "default-src 'none'" in found.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]


@pytest.mark.parametrize("lang", ["en", "fr", "ar"])
def test_every_link_within_it_leads_somewhere(lang: str) -> None:
    found = tree(read("full"), lang)
    ids = set(found.xpath("//@id"))
    assert {href[1:] for href in found.xpath("//a/@href") if href.startswith("#")} <= ids
    assert found.xpath("//body/*[1]/@href") == ["#text"]


def test_a_paragraph_has_an_address_that_can_be_sent() -> None:
    [paragraph] = tree(said("First.")).xpath("//*[@id='p1']")
    assert paragraph.xpath("a/@href") == ["#p1"]
    assert paragraph.text_content().split() == ["1", "First."]


def test_it_says_its_language_and_that_of_what_is_in_another() -> None:
    found = tree(public_profile(read("usa-2023")), "ar")
    assert (found.get("lang"), found.get("dir")) == ("ar", "rtl")
    assert found.xpath("//*[@lang='en' and @dir='ltr']")


def test_the_heads_of_a_wide_table_stand_in_its_cards() -> None:
    found = tree(public_profile(read("full")))
    matrix = found.xpath("//table[@id='t-matrix-0']")[0]
    assert matrix.getparent().get("class") == "cards"
    heads = [" ".join(head.text_content().split()) for head in matrix.xpath(".//thead//th")]
    style = found.findtext(".//style")
    place = heads.index("When") + 1
    assert f'#t-matrix-0 tr:not(.sub)>:nth-child({place})::before{{content:"When"}}' in style


def test_a_head_cannot_break_out_of_the_style() -> None:
    plan = read("full")
    plan["plan"]["labels"] = {"activity": 'A"}</style><script>alert(1)</script>'}
    html = page(plan)
    assert html.count("</style>") == 1
    assert "<script>" not in html


def test_a_draft_says_so_at_the_top() -> None:
    assert tree(read("full"), draft=True).xpath("//p[@class='draft']/text()") == ["DRAFT"]
    assert tree(read("full")).xpath("//p[@class='draft']") == []


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", "<img src=x onerror=y>", "![x](http://y)"])
def test_hostile_words_come_out_as_words(hostile: str) -> None:
    found = tree(said(f"Before {hostile} after."))
    assert found.xpath("//script | //img") == []
    assert f"Before {hostile} after." in found.text_content()


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert page(read("full")) == page(read("full"))
