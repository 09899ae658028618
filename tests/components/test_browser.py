"""Components in Chromium: nothing for axe to find, nothing wider than a phone, and what the script adds."""

import threading
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

import nap_builder
from nap_builder.kernel.gallery import sample_form

pytestmark = pytest.mark.browser
STATIC = Path(nap_builder.__file__).parent / "static"
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", "": "text/html; charset=utf-8"}
SECURITY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'"
)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PUBLIC = '{% extends "layouts/public.html" %}{% block title %}Page{% endblock %}{% block main %}'
ROWS = (
    PUBLIC
    + """{% call table(caption="Activities", columns=["Activity"]) %}{% for row in ("r1", "r2") %}
{% if row == open %}{% call open_row(id=row, columns=1, title=row) %}
{% call form_body(form=sample_form(row), action="/save", cancel="/rows") %}{{ field(note, rows=3, maxlength=10) }}
{{ buttons(save="Save") }}{% endcall %}{% endcall %}
{% else %}{% call table_row(id=row) %}{{ table_cell(open_row_link(href="/rows?edit=" ~ row, row=row, about=row)) }}
{% endcall %}{% endif %}{% endfor %}{% endcall %}{% endblock %}"""
)
JOB = (
    PUBLIC
    + "{{ job_progress(id='job', label='Making it', status=status, kind='ok', done=1, of=2, poll=poll) }}{% endblock %}"
)


class Site:
    """What the browser is shown, and what it sent."""

    def __init__(self):
        self.pages, self.sent, self.asked = {}, [], 0

    def answer(self, address):
        parts = urlsplit(address)
        if parts.path.startswith("/static/"):
            return (STATIC / parts.path.removeprefix("/static/")).read_text()
        found = self.pages.get(parts.path, "")
        return found(parse_qs(parts.query)) if callable(found) else found


@pytest.fixture(scope="module")
def served():
    """A site on this machine, with the same security policy as the application's, and its address."""
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            body = site.answer(self.path).encode()
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", KINDS[Path(urlsplit(self.path).path).suffix])
            self.send_header("Content-Security-Policy", SECURITY)
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self):
            site.sent.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self.do_GET()

        def log_message(self, *said):
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield site, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def chromium(playwright):
    browser = playwright.chromium.launch(
        executable_path="/usr/bin/chromium",
        args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    )
    yield browser
    browser.close()


@pytest.fixture
def tab(chromium):
    """A browser tab in which an error of the script, or something the policy stops, fails the test."""
    tab = chromium.new_page(viewport={"width": 1280, "height": 900})
    wrong = []
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    tab.on("console", lambda said: wrong.append(said.text) if "Security Policy" in said.text else None)
    yield tab
    tab.close()
    assert wrong == []


@pytest.fixture
def english(page_in):
    return partial(page_in, "en")


@pytest.fixture
def rows(served, english):
    site, address = served
    site.sent.clear()
    note = sample_form("n").note
    site.pages["/rows"] = lambda asked: english(
        ROWS, open=asked.get("edit", [""])[0], note=note, sample_form=sample_form
    )
    site.pages["/save"] = english(PUBLIC + "<p>Saved</p>{% endblock %}")
    return site, f"{address}/rows"


@pytest.mark.parametrize(("width", "language"), [(1280, "en"), (390, "ar")])
def test_axe_finds_nothing_in_the_gallery(served, tab, page_in, examples, width, language):
    site, address = served
    site.pages["/gallery"] = page_in(language, "gallery/index.html", examples=examples)
    tab.set_viewport_size({"width": width, "height": 900})
    tab.goto(f"{address}/gallery")
    found = Axe().run(tab, options={"runOnly": TAGS}).response["violations"]
    assert [(one["id"], [node["html"][:90] for node in one["nodes"]]) for one in found] == []


@pytest.mark.parametrize(("width", "language"), [(320, "en"), (320, "ar"), (768, "en"), (1280, "ar")])
def test_nothing_is_wider_than_the_screen_even_with_wide_letters(served, tab, page_in, examples, width, language):
    site, address = served
    site.pages["/gallery"] = page_in(language, "gallery/index.html", examples=examples)
    tab.set_viewport_size({"width": width, "height": 900})
    tab.goto(f"{address}/gallery")
    tab.evaluate(
        "() => { for (const e of document.querySelectorAll('body *')) if (e.style)"
        " Object.assign(e.style, {letterSpacing: '0.12em', wordSpacing: '0.16em', lineHeight: '1.5'}) }"
    )
    assert tab.evaluate("document.documentElement.scrollWidth") <= width


def test_a_row_opens_in_its_place_and_closes_the_one_before(rows, tab):
    tab.goto(rows[1])
    tab.evaluate("window.same = true")
    tab.click("#r1 a")
    expect(tab.locator("#r1 textarea")).to_be_focused()
    expect(tab.locator("#n-note-count")).to_contain_text("10")
    tab.click("#r2 a")
    expect(tab.locator("#r2 textarea")).to_be_focused()
    assert tab.locator("tr.open-row").count() == 1
    assert tab.evaluate("window.same")
    assert tab.url.endswith("?edit=r2")


def test_escape_leaves_an_unchanged_form_alone_and_only_that(rows, tab):
    tab.goto(f"{rows[1]}?edit=r1")
    tab.fill("#r1 textarea", "four")
    expect(tab.locator("#n-note-count")).to_contain_text("6")
    tab.keyboard.press("Escape")
    assert tab.url.endswith("?edit=r1")
    asked = []
    tab.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    tab.goto(rows[1])
    assert asked == ["beforeunload"]
    tab.click("#r1 a")
    tab.locator("#r1 textarea").press("Escape")
    tab.wait_for_url("**/rows")


def test_control_and_enter_send_once(rows, tab):
    site, address = rows
    tab.goto(f"{address}?edit=r1")
    tab.fill("#r1 textarea", "Done.")
    tab.evaluate("for (const _ of [1, 2]) document.querySelector('main form').requestSubmit()")
    tab.wait_for_url("**/save")
    assert len(site.sent) == 1
    tab.goto(f"{address}?edit=r1")
    tab.locator("#r1 textarea").press("Control+Enter")
    tab.wait_for_url("**/save")
    assert len(site.sent) == 2


def test_a_job_is_followed_until_it_ends(served, tab, english):
    site, address = served
    site.asked = 0

    def job(_asked):
        site.asked += 1
        ended = site.asked > 2
        return english(JOB, status="All done" if ended else "Half done", poll="" if ended else "/job")

    site.pages["/job"] = job
    tab.goto(f"{address}/job")
    expect(tab.locator("#job")).to_contain_text("All done", timeout=9000)
    assert site.asked == 3


def test_the_summary_of_faults_takes_the_focus(served, tab, english):
    site, address = served
    form = sample_form("s", wrong=True)
    site.pages["/form"] = english(PUBLIC + "{{ form_errors(form) }}{{ field(form.title) }}{% endblock %}", form=form)
    tab.goto(f"{address}/form")
    expect(tab.locator("[data-error-summary]")).to_be_focused()


def test_everything_opens_without_the_script(rows, chromium):
    context = chromium.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(rows[1])
    tab.click("#r1 a")
    tab.fill("#r1 textarea", "Done.")
    tab.click("#r1 button")
    assert tab.locator("main").inner_text().endswith("Saved")
    context.close()
