"""How the open data answers: pages, digests, other sites, other methods, and what goes wrong."""

import re

import pytest
from flask import Flask

from tests.api.conftest import Published
from tests.client import Client

pytestmark = pytest.mark.sqlite_only("what an answer carries beside its rows is no matter of the database")
ROOT = "/api/v1"
ELSEWHERE = {"Origin": "https://another.example"}


def test_who_has_the_answer_is_told_so_in_a_line(app: Flask, published: Published):
    browser = app.test_client()
    tag = browser.get(f"{ROOT}/plans").headers["ETag"]
    assert not tag.startswith("W/")
    again = browser.get(f"{ROOT}/plans", headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert (again.data, again.headers["ETag"]) == (b"", tag)


def test_a_list_comes_in_pages_that_name_each_other(client: Client, published: Published):
    seen, path = [], f"{ROOT}/consultations?per_page=1"
    for _n in range(5):
        page = client.get(path).answer
        seen += [one["key"] for one in page.get_json()["items"]]
        links = dict(re.findall(r'<http://localhost([^>]+)>; rel="(\w+)"', page.headers["Link"]))
        onward = [address for address, name in links.items() if name == "next"]
        if not onward:
            break
        path = onward[0]
    whole = client.get(f"{ROOT}/consultations").answer.get_json()
    assert seen == [one["key"] for one in whole["items"]]


@pytest.mark.parametrize("question", ["page=0", "page=x", "page=1&page=2", "per_page=101", "page=-1", "per_page=٣"])
def test_a_question_that_cannot_be_read_is_refused_in_words(client: Client, published: Published, question: str):
    answer = client.get(f"{ROOT}/plans?{question}", expect=400).answer
    assert answer.mimetype == "application/problem+json"
    assert "whole number" in answer.get_json()["detail"]


def test_a_page_beyond_the_last_is_not_there(client: Client, published: Published):
    client.get(f"{ROOT}/plans?page=2", expect=404)


@pytest.mark.parametrize("path", ["/nothing", "/plans/none", "/plans/none/versions/1", "/reports/2026-02-31/card"])
def test_what_is_not_there_is_told_as_a_problem(client: Client, published: Published, path: str):
    answer = client.get(f"{ROOT}{path}", headers=ELSEWHERE, expect=404).answer
    assert answer.mimetype == "application/problem+json"
    assert answer.get_json() == {"type": "about:blank", "title": "Not Found", "status": 404}
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_any_site_may_read_the_data_and_no_page(client: Client, published: Published):
    data, page = (client.get(path, headers=ELSEWHERE).answer for path in (f"{ROOT}/plans", "/en/"))
    assert data.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in data.headers
    assert not [name for name, _value in page.headers if name.startswith("Access-Control")]


def test_a_site_that_asks_first_is_told_what_it_may(app: Flask, published: Published):
    answer = app.test_client().options(f"{ROOT}/plans", headers=ELSEWHERE)
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


def test_the_head_alone_is_that_of_the_whole(app: Flask, published: Published):
    browser = app.test_client()
    head, whole = browser.head(f"{ROOT}/plans"), browser.get(f"{ROOT}/plans")
    assert head.data == b""
    assert (head.headers["ETag"], head.content_length) == (whole.headers["ETag"], whole.content_length)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_nothing_can_be_written(app: Flask, published: Published, method: str):
    answer = app.test_client().open(f"{ROOT}/plans", method=method)
    assert (answer.status_code, answer.mimetype) == (405, "application/problem+json")
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
