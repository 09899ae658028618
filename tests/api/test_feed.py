"""The feed tells what became public, in each language of the pages."""

from lxml import etree

from nap_builder.kernel.database import transaction
from tests.api.conftest import SECRET, Published
from tests.builders.consultations import a_contribution, an_open_draft
from tests.client import Client

IN = {"a": "http://www.w3.org/2005/Atom"}
BUDGET = 45


def entries(client: Client, language: str = "en") -> dict[str, str]:
    """The titles of the feed, each with the address it leads to."""
    feed = etree.fromstring(client.get(f"/{language}/feed.atom", budget=BUDGET).answer.data)
    return {
        one.findtext("a:title", namespaces=IN): one.find("a:link", IN).get("href")
        for one in feed.iterfind("a:entry", IN)
    }


def test_it_tells_what_was_published_opened_and_answered(client: Client, published: Published):
    with transaction():
        an_open_draft(published.carried.plan, version=1).title = {"en": "Comment on this"}
        answer = {"decision": "accepted", "text": {"en": "Yes."}, "on": "2026-03-03"}
        a_contribution(published.consultation, response=answer)
    found = entries(client)
    slug = published.carried.plan.slug
    assert any(title.endswith("version 1") and href.endswith(f"/plan/{slug}/v/1") for title, href in found.items())
    assert any(title.startswith("Report card to") for title in found)
    assert "Open for comments: Comment on this" in found
    assert f"Answers are published: {published.consultation.title['en']}" in found
    assert SECRET not in str(found)


def test_every_entry_leads_to_a_page(client: Client, published: Published):
    for href in entries(client).values():
        client.get(href.removeprefix("http://localhost"), budget=BUDGET)


def test_it_has_what_a_feed_must_have(client: Client, published: Published):
    feed = etree.fromstring(client.get("/ar/feed.atom", budget=BUDGET).answer.data)
    needed = ("id", "title", "updated", "author/a:name")
    assert [name for name in needed if not feed.findtext(f"a:{name}", namespaces=IN)] == []
    for entry in feed.iterfind("a:entry", IN):
        assert [name for name in needed[:3] if not entry.findtext(f"a:{name}", namespaces=IN)] == []
    ids = [entry.findtext("a:id", namespaces=IN) for entry in feed.iterfind("a:entry", IN)]
    assert len(set(ids)) == len(ids) > 1


def test_a_public_page_announces_it(client: Client, published: Published):
    [link] = client.get("/fr/").all("//link[@rel='alternate'][@type='application/atom+xml']")
    assert link.get("href") == "/fr/feed.atom"


def test_a_feed_of_nothing_is_a_feed(client: Client):
    assert entries(client) == {}


def test_a_page_tells_where_the_data_is(client: Client, published: Published, switched_on: None):
    page = client.get("/en/data")
    told = [link.get("href").removeprefix("http://localhost") for link in page.all("//main//dl//a")]
    assert "/api/v1" in told
    assert "/en/feed.atom" in told
    assert f"/api/v1/plans/{published.carried.plan.slug}/iati.xml" in told
    for address in told:
        client.get(address, budget=BUDGET)
    assert client.get("/en/").all("//footer//a[@href='/en/data']")
