"""The frame of a page, and the pages that say what went wrong."""

from pathlib import Path

import lxml.html
import pytest
from flask import Flask

import nap_builder
from nap_builder.kernel import error_pages, languages
from nap_builder.kernel.gallery import sample_form
from tests.client import refuse_document

ERRORS = Path(nap_builder.__file__).parent / "templates" / "errors"
STATUSES = (400, 403, 404, 405, 409, 410, 413, 422, 429)
WORKSPACE = """{% extends "layouts/workspace.html" %}{% block title %}Matrix <b lang="fr">un</b>{% endblock %}
{% block lede %}104 activities.{% endblock %}
{% block actions %}{{ link_button(label="Add", href="/add") }}{% endblock %}
{% block main %}<p>Text.</p>{% endblock %}"""


@pytest.mark.parametrize("status", STATUSES)
def test_a_refusal_is_a_page_that_says_what_next(page, status):
    html = page(f"errors/{status}.html", message="The minutes are approved.")
    refuse_document(html)
    main = lxml.html.document_fromstring(html).xpath("//main")[0]
    assert "The minutes are approved." in main.text_content()
    assert len(main.xpath(".//p")) >= 2


@pytest.mark.parametrize("status", [500, 503])
def test_a_failure_needs_neither_session_nor_database(env, status):
    html = env.get_template(f"errors/{status}.html").render(request_id="9f3a")
    refuse_document(html)
    assert "9f3a" in html
    assert "csrf_token" not in html


def test_a_failure_is_told_when_what_other_pages_need_fails_too():
    app = Flask("nap_builder", root_path=str(ERRORS.parent.parent))
    languages.prepare(app)
    error_pages.prepare(app)
    app.context_processor(lambda: 1 / 0)
    app.add_url_rule("/broken", view_func=lambda: 1 / 0)
    answer = app.test_client().get("/broken")
    assert answer.status_code == 500
    refuse_document(answer.get_data(as_text=True))


def test_every_error_page_is_tried():
    tried = {*map(str, STATUSES), "500", "503", "conflict", "session"}
    assert {path.stem for path in ERRORS.glob("*.html")} == tried


def test_a_conflict_shows_both_texts_and_sends_ours_again(page):
    field = {"label": "Minutes", "theirs": "Defence leads.", "yours": "Interior leads.", "name": "minutes"}
    html = page(
        "errors/conflict.html", fields=[field], hidden=[("minutes", "Interior leads.")], seen=4, once="k" * 16,
        form_action="/save", back_href="/read",
    )  # fmt: skip
    refuse_document(html)
    form = lxml.html.document_fromstring(html).xpath("//main//form")[0]
    assert dict(form.form_values()) == {
        "minutes": "Interior leads.",
        "csrf_token": "token",
        "seen": "4",
        "once": "k" * 16,
    }
    assert "Defence leads." in html


def test_an_ended_session_gives_the_text_back(page):
    html = page(
        "errors/session.html", message="Nothing was saved.", typed=[("text-en", "Long <b>work"), ("x", "")], back="/b"
    )
    refuse_document(html)
    assert lxml.html.document_fromstring(html).xpath("//textarea")[0].text.strip() == "Long <b>work"


def test_a_page_in_a_plan_shows_its_parts(page):
    parts = [{"label": "Versions", "href": "/versions", "current": False}]
    html = page(WORKSPACE, plan={"title": {"en": "Second plan"}}, plan_navigation=parts)
    refuse_document(html)
    tree = lxml.html.document_fromstring(html)
    assert tree.xpath("//nav[@aria-label='This plan']//b")[0].text_content() == "Second plan"
    assert tree.xpath("//title")[0].text_content() == "Matrix un · Women, peace and security"


def test_other_languages_are_named_in_themselves(page):
    links = lxml.html.document_fromstring(page(WORKSPACE)).xpath("//div[@class='tools']/a[@hreflang]")
    assert len(links) == 2
    assert all(link.get("lang") == link.get("hreflang") for link in links)


def test_the_title_says_when_a_form_has_faults(page):
    html = page(WORKSPACE, form=sample_form("t", wrong=True))
    refuse_document(html)
    assert "<title>Error: Matrix" in html


def test_signing_out_is_a_form_and_strangers_are_shown_the_way_in(page):
    assert "Sign out</button>" in page(WORKSPACE)
    stranger = page(WORKSPACE, person=None)
    assert "Sign in</a>" in stranger
    assert "csrf_token" not in stranger
