"""What a page does with odd parts of its own address."""

import pytest


@pytest.mark.parametrize("odd", ["_anchor=a", "endpoint=x", "_scheme=x", "_method=POST", "_external=1"])
@pytest.mark.parametrize("page", ["/en/", "/en/sign-in"])
def test_words_of_the_program_in_an_address_are_no_words_of_it(client, world, page, odd):
    assert client.get(f"{page}?{odd}").all("//a[@hreflang='fr'][starts-with(@href, '/fr/')]")


@pytest.mark.parametrize(
    ("language", "said"), [("en", "That page is not here"), ("fr", "Cette page"), ("ar", "الصفحة غير موجودة")]
)
def test_an_address_that_no_page_has_is_refused_in_its_language(client, language, said):
    page = client.get(f"/{language}/w/nap-2/nowhere", expect=404)
    assert (page.tree.get("lang"), said in page.words) == (language, True)
