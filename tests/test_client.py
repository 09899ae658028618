"""The test of the tests: each refusal of the client has a bad page that proves it bites."""

import pytest
from flask import Flask
from sqlalchemy import text

from nap_builder.kernel.database import db as database
from nap_builder.kernel.database import transaction
from nap_builder.plans.models.plan import Plan
from tests.client import BadPage, Client, Watch, refuse_document, refuse_request

GOOD = """<!doctype html><html lang="en" dir="ltr"><head><meta charset="utf-8"><title>A page · The plan</title></head>
<body><main><h1>A page</h1>{}</main></body></html>"""


def test_a_good_page_passes():
    refuse_document(GOOD.format('<label for="a">A</label><input id="a" name="a">'))


@pytest.mark.parametrize(
    ("said", "bad"),
    [
        ("not valid HTML", GOOD.format("<p></b>astray</p>")),
        ("2 h1", GOOD.format("<h1>Again</h1>")),
        ("does not begin", GOOD.format("").replace("<title>A page", "<title>Elsewhere")),
        ("language and direction", GOOD.format("").replace(' lang="en"', "")),
        ("language and direction", GOOD.format("").replace(' dir="ltr"', "")),
        ("an id stands twice", GOOD.format('<p id="a"></p><p id="a"></p>')),
        ("names an id that is not there", GOOD.format('<label for="b">B</label>')),
        ("without a label", GOOD.format('<input name="a">')),
        ("without a label", GOOD.format('<textarea name="a"></textarea>')),
        ("can be forged", GOOD.format('<form method="post" action="/x"><button>Send</button></form>')),
        ("inline style", GOOD.format('<p style="color:red">red</p>')),
        ("inline style", GOOD.format("<style>p{}</style>")),
        ("inline script", GOOD.format("<script>1</script>")),
        ("inline script", GOOD.format('<p onclick="x()">press</p>')),
        ("from elsewhere", GOOD.format('<img alt="" src="https://example.org/a.png">')),
        ("alternative text", GOOD.format('<img src="/a.png">')),
    ],
)
def test_a_bad_page_is_refused(said, bad):
    with pytest.raises(BadPage, match=said):
        refuse_document(bad)


class Answer:
    """The little of a page that the request's refusals look at."""

    status = 303

    def __init__(self, app: Flask, watch: Watch) -> None:
        self.watch = watch
        self.client = type("Browser", (), {"app": app})()


def asked(path, method="GET"):
    return type("Request", (), {"path": path, "method": method})()


def test_a_get_that_writes_is_refused(app):
    with pytest.raises(BadPage, match="writes"):
        refuse_request("GET", Answer(app, Watch(["UPDATE plan SET title = 1"])), 25, 0, asked("/en/home"))


def test_too_many_statements_are_refused(app):
    with pytest.raises(BadPage, match="26 statements"):
        refuse_request("GET", Answer(app, Watch(["SELECT 1"] * 26)), 25, 0, asked("/en/home"))


def test_rows_left_unsaved_are_refused(app):
    with pytest.raises(BadPage, match="never saved"):
        refuse_request("GET", Answer(app, Watch([], left_dirty=True)), 25, 0, asked("/en/home"))


def test_a_form_that_leaves_no_trace_is_refused(app):
    with pytest.raises(BadPage, match="no entry"):
        refuse_request("POST", Answer(app, Watch(["INSERT INTO x"])), 400, 0, asked("/en/settings", "POST"))


def test_another_status_than_expected_is_refused(client):
    with pytest.raises(BadPage, match="answered 404"):
        client.get("/en/nothing-here")


def test_the_watch_sees_a_real_write_of_a_get(app: Flask, world):
    def writes() -> None:
        with transaction():
            database.session.execute(text("update plan set state = 'drafting'"))

    app.before_request_funcs.setdefault(None, []).append(writes)
    try:
        with pytest.raises(BadPage, match="writes"):
            Client(app).get("/livez")
    finally:
        app.before_request_funcs[None].remove(writes)


def test_the_watch_sees_a_row_that_is_never_saved(app: Flask, world):
    def dirties() -> None:
        database.session.get(Plan, world_plan).slug = "another"

    world_plan = world.plan.id
    app.before_request_funcs.setdefault(None, []).append(dirties)
    try:
        with pytest.raises(BadPage, match="never saved"):
            Client(app).get("/livez")
    finally:
        app.before_request_funcs[None].remove(dirties)
