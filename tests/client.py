"""The client that refuses bad pages: whoever tests a page with it has tested the rules of the house as well."""

import contextlib
import contextvars
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import lxml.html
from flask import Flask, has_app_context
from justhtml import JustHTML, StrictModeError
from sqlalchemy import event, func, select
from werkzeug.exceptions import HTTPException
from werkzeug.test import Client as WerkzeugClient
from werkzeug.test import TestResponse

from nap_builder.kernel.audit import AuditEntry
from nap_builder.kernel.database import db

MOST_STATEMENTS = 26
# Pages that look at every room, each with the number of statements that it may make.
LOOKS_EVERYWHERE = {
    "home.workspace": 90,
    "home.home": 70,
    "home.tasks": 75,
    "home.my": 45,
    "home.task": 75,
    "monitoring.milestones": 40,
    "readiness.ready": 35,
    "readiness.gate": 35,
    "readiness.check": 35,
    "adoption.propose": 55,
    **dict.fromkeys(
        [f"monitoring.{view}" for view in ("dashboard", "dashboard_csv", "timeline", "scoreboard", "progress_by")], 40
    ),
    **dict.fromkeys(["consultations.heard", "consultations.heard_file", "exchange.heard_workbook"], 32),
    **dict.fromkeys(["publishing.heard_paper", "publishing.heard_pdf"], 35),
    **dict.fromkeys(["monitoring.funders", "monitoring.funder"], 40),
}
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")
LABELLED = "//input[not(@type='hidden' or @type='submit')] | //select | //textarea"
# Forms that succeed without an act to remember, each with its reason.
NOTHING_TO_RECORD = {
    **dict.fromkeys(
        ["consultations.send", "consultations.send_text"],
        "the trail would tell when a comment came, and in which order",
    ),
    "consultations.open_receipt": "the trail would tell when the holder of a receipt came back",
    "publishing.verify_file": "nothing is saved, and the trail would tell who doubts which file",
    "accounts.sign_out": "nobody may be signed in any more",
    "accounts.ask_reset": "known and unknown addresses must leave the same trace: none",
    "exchange.preview": "a preview saves nothing of the plan; the import that follows is recorded",
    "exchange.preview_new": "a preview saves nothing of the plan; the import that follows is recorded",
    "exchange.preview_word": "a preview saves nothing of the plan; the import that follows is recorded",
    "exchange.preview_new_word": "a preview saves nothing of the plan; the import that follows is recorded",
}

# Forms that are sent in nobody's name, so that nothing is gained by forging one: those of the traceless pages.
IN_NOBODYS_NAME = re.compile(r"/[a-z]+/(receipt|verify|consultation/.+)")

# Reading that writes, each with its reason.
READS_THAT_WRITE = {
    "home.calendar_days": "the owner of the link sees on which day a calendar last used it",
    "publishing.version_written": "the file is made for whoever asks first, and noted as issued",
    "tables.version_tables": "the file is made for whoever asks first, and noted as issued",
}


class BadPage(AssertionError):
    """A page, or the request behind it, breaks a rule of the house."""


@dataclass
class Watch:
    """What one request did to the database."""

    statements: list[str]
    left_dirty: bool = False

    @property
    def writes(self) -> list[str]:
        """The statements that change something."""
        return [said for said in self.statements if said.lstrip().upper().startswith(WRITES)]


class Page:
    """An answer that passed, with its document when it is HTML."""

    def __init__(self, client: "Client", answer: TestResponse, watch: Watch) -> None:
        self.client, self.answer, self.watch = client, answer, watch
        self.status = answer.status_code
        self.text = answer.get_data(as_text=True) if answer.mimetype.startswith("text/") else ""
        self.tree = lxml.html.document_fromstring(self.text) if answer.mimetype == "text/html" and self.text else None

    @property
    def words(self) -> str:
        """The words of the page as a person reads them, white space folded."""
        assert self.tree is not None
        return " ".join(self.tree.text_content().split())

    @property
    def location(self) -> str:
        """Where a redirection leads, without the host."""
        return self.answer.headers["Location"].removeprefix("http://localhost")

    def all(self, path: str) -> list[Any]:
        """What an XPath finds."""
        assert self.tree is not None
        return list(self.tree.xpath(path))

    def form(self, which: str | int = 0) -> Any:
        """A form of the page that posts: by number (a message's left out), by a part of its address, or by its id."""
        forms = [form for form in self.all("//main//form") if (form.get("method") or "").lower() == "post"]
        if isinstance(which, int):
            return [form for form in forms if not form.xpath("ancestor::*[@role='status']")][which]
        return next(form for form in forms if which == form.get("id") or which in (form.get("action") or ""))

    def filled(self, which: str | int = 0, **changed: Any) -> tuple[str, dict[str, Any]]:
        """A form's address and what it would send, with some fields changed (None leaves a field out)."""
        form = self.form(which)
        values: dict[str, Any] = {}
        boxes = set(form.xpath(".//textarea/@name"))
        for name, value in form.form_values():
            values.setdefault(name, []).append(value.removeprefix("\n") if name in boxes else value)
        for name, value in changed.items():
            values.pop(name, None)
            if value is not None:
                values[name] = value if isinstance(value, list) else [value]
        return form.get("action") or self.answer.request.full_path.rstrip("?"), values

    def submit(self, which: str | int = 0, *, expect: int = 303, press: str | None = None, **changed: Any) -> "Page":
        """Sends a form of this page with some fields changed; `press` names a button, as `name=value`."""
        address, values = self.filled(which, **changed)
        if press:
            name, _equals, value = press.partition("=")
            values[name] = [value]
        return self.client.post(address, data=values, expect=expect)

    def follow(self, *, expect: int = 200) -> "Page":
        """Goes where the answer leads."""
        return self.client.get(self.location, expect=expect)


class Client:
    """Sends requests and refuses what breaks a rule. One browser: it keeps its cookies."""

    def __init__(self, app: Flask, *, budget: int = MOST_STATEMENTS) -> None:
        self.app, self.budget = app, budget
        self.browser: WerkzeugClient = app.test_client()

    def get(self, address: str, *, expect: int = 200, budget: int | None = None, **given: Any) -> Page:
        """Reads a page."""
        return self._send("GET", address, expect, budget or self._budget(address), given)

    def _budget(self, address: str) -> int:
        """How many statements a page may make."""
        with contextlib.suppress(HTTPException):
            endpoint = self.app.url_map.bind("localhost").match(address.partition("?")[0])[0]
            return max(self.budget, LOOKS_EVERYWHERE.get(endpoint, 0))
        return self.budget

    def post(
        self, address: str, *, data: Mapping[str, Any] | None = None, expect: int = 303, budget: int = 400, **given: Any
    ) -> Page:
        """Sends a form as it is given (`Page.submit` fills one in)."""
        return self._send("POST", address, expect, budget, {"data": data or {}, **given})

    def _send(self, method: str, address: str, expect: int, budget: int, given: dict[str, Any]) -> Page:
        rest()
        before = entries(self.app) if method == "POST" else 0
        answer, watch = contextvars.Context().run(self._watched, method, address, given)
        page = Page(self, answer, watch)
        if page.status != expect:
            raise BadPage(f"{method} {address} answered {page.status}, not {expect}: {_gist(page)}")
        added = entries(self.app) - before if method == "POST" else 0
        refuse_request(method, page, budget, added, answer.request)
        saved = "attachment" in answer.headers.get("Content-Disposition", "")  # a file, and no page of the site
        if page.tree is not None and not saved and not 300 <= page.status < 400:
            refuse_document(page.text, page.tree)
        return page

    def _watched(self, method: str, address: str, given: dict[str, Any]) -> tuple[TestResponse, Watch]:
        watch = Watch([])
        with self.app.app_context():
            engine = db.engine

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            watch.statements.append(statement)

        event.listen(engine, "before_cursor_execute", note)
        try:
            answer = self.browser.open(address, method=method, **given)
            answer.request.environ["wsgi.input"].close()  # Werkzeug leaves the file open in which it packed a long form
        finally:
            event.remove(engine, "before_cursor_execute", note)
        watch.left_dirty = bool(self.app.extensions.pop("left_dirty", False))
        return answer, watch


def entries(app: Flask) -> int:
    """How many entries the audit trail has."""

    def count() -> int:
        with app.app_context():
            return db.session.scalar(select(func.count()).select_from(AuditEntry)) or 0

    return contextvars.Context().run(count)


def rest() -> None:
    """Ends what the test itself was reading, so that the request is not kept waiting for it."""
    if has_app_context():
        db.session.rollback()


def _gist(page: Page) -> str:
    if page.tree is None:
        return page.text[:300] or page.answer.headers.get("Location", "")
    return " ".join(" ".join(part.text_content() for part in page.all("//main") or [page.tree]).split())[:600]


def refuse_request(method: str, page: Page, budget: int, new_entries: int, request: Any) -> None:
    """Refuses a GET that writes, a form that leaves no trace, unsaved rows, and too many statements."""
    watch = page.watch
    if watch.left_dirty:
        raise BadPage(f"{request.path} ended with rows that were never saved")
    if method == "GET" and watch.writes and _endpoint(page, request) not in READS_THAT_WRITE:
        raise BadPage(f"GET {request.path} writes: {watch.writes[0][:120]}")
    if len(watch.statements) > budget:
        raise BadPage(f"{method} {request.path} made {len(watch.statements)} statements, more than {budget}")
    silent = method == "POST" and page.status in (200, 303) and not new_entries and watch.writes
    if silent and _endpoint(page, request) not in NOTHING_TO_RECORD:
        raise BadPage(f"POST {request.path} succeeded and left no entry in the audit trail")


def _endpoint(page: Page, request: Any) -> str:
    found: str = page.client.app.url_map.bind("localhost").match(request.path, method=request.method)[0]
    return found


def refuse_document(text: str, tree: Any = None) -> None:
    """Refuses a document that is not valid, or breaks a rule that every page keeps; `tree` is lxml's reading of it."""
    try:
        JustHTML(text, strict=True)
    except StrictModeError as error:
        raise BadPage(f"not valid HTML: {error}") from error
    if tree is None:
        tree = lxml.html.document_fromstring(text)
    for rule in (_headings, _languages, _ids, _labels, _forms, _scripts, _images):
        rule(tree)


def _headings(tree: Any) -> None:
    heads = tree.xpath("//h1")
    if len(heads) != 1:
        raise BadPage(f"{len(heads)} h1 on a page")
    head, title = (" ".join(part.text_content().split()) for part in (heads[0], tree.xpath("//title")[0]))
    if not title.removeprefix("Error: ").startswith(head) and not title.split(": ", 1)[-1].startswith(head):
        raise BadPage(f"the title {title!r} does not begin with the h1 {head!r}")


def _languages(tree: Any) -> None:
    if not tree.get("lang") or tree.get("dir") not in ("ltr", "rtl"):
        raise BadPage("the page does not say its language and direction")


def _ids(tree: Any) -> None:
    ids = tree.xpath("//@id")
    if len(ids) != len(set(ids)):
        raise BadPage(f"an id stands twice: {sorted(one for one in set(ids) if ids.count(one) > 1)}")
    for name in ("for", "aria-describedby", "aria-labelledby", "aria-controls"):
        for named in tree.xpath(f"//@{name}"):
            if missing := set(named.split()) - set(ids):
                raise BadPage(f"{name} names an id that is not there: {sorted(missing)}")


def _labels(tree: Any) -> None:
    labelled = set(tree.xpath("//label/@for"))
    for field in tree.xpath(LABELLED):
        inside = field.xpath("ancestor::label")
        if not (field.get("id") in labelled or inside or field.get("aria-label") or field.get("aria-labelledby")):
            raise BadPage(f"a field without a label: {field.get('name')}")


def _forms(tree: Any) -> None:
    for form in tree.xpath("//form"):
        if not form.get("action") and not form.xpath("ancestor::main"):
            raise BadPage("a form without an address")
        if IN_NOBODYS_NAME.fullmatch(form.get("action", "").partition("?")[0]):
            continue
        if (form.get("method") or "get").lower() == "post" and not form.xpath(".//input[@name='csrf_token']"):
            raise BadPage(f"a form that can be forged: {form.get('action')}")


def _scripts(tree: Any) -> None:
    if tree.xpath("//@style | //style"):
        raise BadPage("an inline style")
    if tree.xpath("//script[not(@src)]") or any(name.startswith("on") for e in tree.iter() for name in _names(e)):
        raise BadPage("an inline script")
    for address in tree.xpath("//script/@src | //link[@rel='stylesheet']/@href | //img/@src"):
        if not address.startswith(("/", "data:image/")) or address.startswith("//"):
            raise BadPage(f"something from elsewhere: {address}")


def _names(element: Any) -> list[str]:
    return list(element.attrib) if isinstance(element.tag, str) else []


def _images(tree: Any) -> None:
    if tree.xpath("//img[not(@alt)]"):
        raise BadPage("an image without alternative text")
