"""The gallery as the application shows it while one builds."""

import pytest


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_every_component_is_shown(client, language):
    page = client.get(f"/{language}/components")
    assert "status_tag" in page.words
    assert page.tree.get("dir") == ("rtl" if language == "ar" else "ltr")
