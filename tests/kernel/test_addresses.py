"""What a page does with odd parts of its own address."""

import pytest


@pytest.mark.parametrize("odd", ["_anchor=a", "endpoint=x", "_scheme=x", "_method=POST", "_external=1"])
@pytest.mark.parametrize("page", ["/en/", "/en/sign-in"])
def test_words_of_the_program_in_an_address_are_no_words_of_it(client, world, page, odd):
    assert client.get(f"{page}?{odd}").all("//a[@hreflang='fr'][starts-with(@href, '/fr/')]")
