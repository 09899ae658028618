"""What is sent smaller, and what never is."""

import pytest

from nap_builder.kernel.actor import INSTALLATION
from nap_builder.kernel.database import transaction
from nap_builder.plans.services.versions import freeze
from nap_builder.publishing.services import publish

SMALLER = {"headers": {"Accept-Encoding": "br, gzip"}}
STYLE = "/static/css/app.css"


def coded(client, address, **more):
    """The answer of a browser that takes compressed answers."""
    answer = client.browser.get(address, **SMALLER, **more)
    assert answer.status_code == 200
    return answer


@pytest.fixture
def published(world):
    with transaction():
        publish(INSTALLATION, freeze(INSTALLATION, world.plan, None))
    return world


def test_the_style_is_sent_smaller_and_kept_for_a_year(client):
    answer = coded(client, STYLE)
    assert answer.headers["Content-Encoding"] == "br"
    assert len(answer.data) < 12_000
    assert answer.cache_control.max_age == 31_536_000


def test_who_cannot_unpack_gets_it_whole(client):
    assert "Content-Encoding" not in client.browser.get(STYLE).headers


def test_a_page_for_everybody_is_sent_smaller(client, published):
    assert coded(client, "/en/parliament").headers["Content-Encoding"] == "br"


def test_a_page_of_somebody_is_not(as_role, published):
    assert "Content-Encoding" not in coded(as_role("chair"), "/en/parliament").headers


def test_nor_is_a_page_with_a_form(client, published):
    assert "Content-Encoding" not in coded(client, "/en/sign-in").headers


def test_who_has_the_answer_is_told_so(client):
    first = coded(client, STYLE)
    again = client.browser.get(STYLE, headers={"Accept-Encoding": "br", "If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
