"""Nothing leads from a comment to who sent it: the privacy checks of the security study (3.3), each with a fault.

P3 is in `tests/browser/test_commenting.py`, P5's times are in `benchmarks/receipt_times.py`.
"""

import http.client
import logging
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from lxml import html
from PIL import Image
from sqlalchemy import create_engine, select, text

from nap_builder.accounts.tokens import derived
from nap_builder.app import create_app
from nap_builder.consultations import tokens
from nap_builder.consultations.models.comments import Comment
from nap_builder.consultations.services import commenting
from nap_builder.kernel import schema, storage
from nap_builder.kernel.audit import AuditEntry
from nap_builder.kernel.database import Base, db, transaction
from nap_builder.kernel.web import FormReceipt
from nap_builder.settings import PROJECT, Settings
from tests.builders.consultations import an_open_draft
from tests.builders.drafts import opened, receipt_on, sent
from tests.builders.world import a_world
from tests.client import IN_NOBODYS_NAME, NOTHING_TO_RECORD

ADDRESS = "127.0.0.77"
CANARIES = {
    "User-Agent": "CanaryAgent/7",
    "Referer": "http://canary-referrer.example/",
    "Cookie": "canary=CanaryCookie",
    "X-Forwarded-For": "203.0.113.77",
}
TRACES = (ADDRESS, "CanaryAgent", "canary-referrer", "CanaryCookie", "203.0.113.77", "canary-file")
FAR = 0.32  # a rank correlation of 200 pairs drawn by lot is beyond it once in a hundred thousand times


def everything(app: Flask) -> str:
    """All that an installation keeps: the bytes of its folder with the write-ahead log, and every row."""
    db.session.rollback()
    kept = [path.read_bytes().decode("latin-1") for path in sorted(app.config["NAP"].home.rglob("*")) if path.is_file()]
    with db.engine.connect() as connection:
        rows = [repr(tuple(row)) for table in Base.metadata.sorted_tables for row in connection.execute(select(table))]
    counts = repr(vars(app.extensions["nap_floods"]._counts.storage))
    return "\n".join([*kept, *rows, counts, *map(storage_names, [app])])


def storage_names(_app: Flask) -> str:
    return " ".join(storage.names())


def a_picture() -> BytesIO:
    out = BytesIO()
    Image.new("RGB", (20, 20), "blue").save(out, "PNG")
    return BytesIO(out.getvalue())


def found_in(kept: str) -> set[str]:
    return {trace for trace in TRACES if trace in kept}


def test_p1_nothing_is_kept_of_who_sends(app: Flask, client, world, caplog):
    draft = opened(world, takes_files=True)
    caplog.set_level(logging.DEBUG)
    address, values = client.get(draft.form).filled(f"p={draft.paragraph.key}", text="Words that are kept.")
    data = {**values, "picture": (a_picture(), "canary-file.png")}
    answer = app.test_client(use_cookies=False).post(
        address, data=data, headers=CANARIES, environ_base={"REMOTE_ADDR": ADDRESS}
    )
    assert answer.status_code == 200
    kept = everything(app)
    assert "Words that are kept." in kept
    assert found_in(kept) == set()
    assert found_in(caplog.text) == set()
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("trace", TRACES)
def test_p1_a_trace_would_be_found(app: Flask, client, world, trace):
    draft = opened(world)
    sent(client, draft)
    with transaction():
        db.session.scalars(select(Comment)).one().name = f"from {trace}"
    assert found_in(everything(app)) == {trace}


def test_p1_no_act_and_no_form_is_remembered(client, world):
    draft = opened(world)
    before = db.session.query(AuditEntry).count(), db.session.query(FormReceipt).count()
    page = sent(client, draft)
    looked = client.get("/en/receipt").submit("receipt", number=receipt_on(page), expect=200)
    looked.submit("ask", expect=200).submit("withdraw", expect=200)
    db.session.rollback()
    assert (db.session.query(AuditEntry).count(), db.session.query(FormReceipt).count()) == before


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, int, str, str]]:
    """An installation that is served as in production: its folder, its port, an open draft and a paragraph of it."""
    url = f"sqlite:///{tmp_path / 'nap.sqlite'}"
    engine = create_engine(url)
    schema.upgrade(engine)
    engine.dispose()
    app = create_app(Settings(home=tmp_path, database_url=url, secret_key="s" * 40, testing=True))
    with app.app_context():
        with transaction():
            world = a_world()
            draft = an_open_draft(world.plan)
        keys = draft.key, world.paragraphs[0].key
        db.session.remove()
        db.engine.dispose()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    log = (tmp_path / "server.log").open("wb")
    command = [sys.executable, "-m", "nap_builder.cli", "serve", "--bind", f"127.0.0.1:{port}", "--workers", "1"]
    env = {**os.environ, "NAP_HOME": str(tmp_path), "NAP_SECRET_KEY": "s" * 40, "PYTHONPATH": str(PROJECT)}
    server = subprocess.Popen(command, env=env, cwd=PROJECT, stdout=log, stderr=log)
    try:
        _wait_for(port)
        yield tmp_path, port, *keys
    finally:
        server.terminate()
        server.wait(30)
        log.close()


def _wait_for(port: int) -> None:
    for _try in range(120):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise AssertionError("the server does not answer")


def asked(port: int, method: str, path: str, body: str | None = None) -> tuple[int, str]:
    """Asks the served installation from the address of the canary."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30, source_address=(ADDRESS, 0))
    form = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
    line.request(method, path, body, {**CANARIES, **form})
    answer = line.getresponse()
    found = answer.status, answer.read().decode()
    line.close()
    return found


def test_p1_a_served_installation_writes_no_line_about_who_asks(served):
    home, port, key, paragraph = served
    path = f"/en/consultation/{key}/part/1?p={paragraph}"
    status, page = asked(port, "GET", path)
    assert status == 200
    form = html.document_fromstring(page).xpath("//main//form")[0]
    status, page = asked(port, "POST", path, urlencode({**dict(form.form_values()), "text": "Served words."}))
    assert status == 200, page
    with socket.create_connection(("127.0.0.1", port), 5, source_address=(ADDRESS, 0)) as line:
        line.sendall(b"NO SENSE\r\n\r\n")
        line.recv(500)
    kept = {path.name: path.read_bytes().decode("latin-1") for path in home.rglob("*") if path.is_file()}
    assert any("Served words." in content for content in kept.values())
    assert "Invalid request" in kept["server.log"], "the log is written, and looked at"
    assert {name: found_in(content) for name, content in kept.items() if found_in(content)} == {}


def ranks(values: Sequence[Any]) -> list[int]:
    order = sorted(range(len(values)), key=lambda at: values[at])
    found = [0] * len(values)
    for rank, at in enumerate(order):
        found[at] = rank
    return found


def correlation(one: Sequence[Any], other: Sequence[Any]) -> float:
    """Spearman's rank correlation of two columns without ties."""
    n = len(one)
    apart = sum((a - b) ** 2 for a, b in zip(ranks(one), ranks(other), strict=True))
    return 1 - 6 * apart / (n * (n * n - 1))


def test_p2_no_column_tells_in_which_order_comments_came(app: Flask, client, world):
    draft = opened(world)
    secret = app.config["SECRET_KEY"]
    for number in range(200):
        token = tokens.issue(secret, draft.consultation.key, draft.about)
        values = {"text": f"{number:03}", "attribution": "anonymous", "proposed": "", "token": token}
        answer = app.test_client().post(draft.form, data=values, environ_base={"REMOTE_ADDR": f"10.2.0.{number}"})
        assert answer.status_code == 200
    db.session.rollback()
    rows = list(db.session.scalars(select(Comment)))
    true_order = [int(row.text or "") for row in rows]
    assert len({row.entered_on for row in rows}) == 1
    told = {name: correlation(true_order, [getattr(row, name) for row in rows]) for name in ("id", "key", "receipt")}
    if db.engine.dialect.name == "sqlite":
        stored = db.session.execute(text("select text from comment order by rowid")).scalars()
        told["as stored"] = correlation([int(said) for said in stored], range(200))
    assert {name: found for name, found in told.items() if abs(found) > FAR} == {}


def test_p2_ids_that_count_up_would_be_found():
    assert correlation(range(200), range(7, 207)) > FAR
    assert correlation(range(200), range(200, 0, -1)) < -FAR


def test_p5_no_random_number_opens_anything(client, world):
    secret = client.app.config["SECRET_KEY"]
    sent(client, opened(world))
    kept = set(db.session.scalars(select(Comment.receipt)))
    tried = {
        tokens.digest_of_receipt(secret, tokens.receipt_of(secret, secrets.token_urlsafe(16))) for _n in range(100_000)
    }
    assert len(tried) == 100_000
    assert not kept & tried


def test_a_fault_that_nobody_foresaw_puts_no_words_into_the_log(app: Flask, client, world, caplog, monkeypatch):
    draft = opened(world)
    address, values = client.get(draft.form).filled(f"p={draft.paragraph.key}", text="CanaryWords")
    monkeypatch.setattr(commenting, "take", lambda _consultation, words, _receipt: {}[words.text])
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    assert app.test_client().post(address, data=values).status_code == 500
    assert "KeyError at" in caplog.text
    assert "CanaryWords" not in caplog.text


def test_p5_the_number_is_in_no_address_no_title_and_no_log(app: Flask, client, world, caplog):
    caplog.set_level(logging.DEBUG)
    page = sent(client, opened(world))
    receipt = receipt_on(page)
    looked = client.get("/en/receipt").submit("receipt", number=receipt, expect=200)
    for one in (page, looked):
        addresses = " ".join([*one.all("//@href"), *one.all("//@action"), one.all("//title")[0].text_content()])
        assert not in_some_form(receipt, addresses)
    assert not in_some_form(receipt, caplog.text)
    assert not in_some_form(receipt, everything(app))


def in_some_form(receipt: str, where: str) -> bool:
    return any(receipt.replace(" ", between) in where for between in (" ", "", "+", "%20", "-"))


def test_p5_a_number_in_an_address_would_be_found():
    assert in_some_form("AB12 CD34", "/en/receipt?number=AB12+CD34")


def test_p5_the_key_of_receipts_is_for_nothing_else():
    labels = ("receipt kept", "receipt drawn", "form without a cookie", "second factor")
    assert len({derived("s" * 40, label) for label in labels}) == 4


def test_p11_no_page_for_everybody_sets_a_cookie_or_asks_elsewhere(client, world):
    draft = opened(world)
    addresses = ["consultation", "receipt", "leave", "help/comment-safely", f"consultation/{draft.consultation.key}"]
    for address in (*(f"/en/{one}" for one in addresses), draft.part, draft.form, f"{draft.part}/text"):
        page = client.get(address)
        head = page.answer.headers
        assert "Set-Cookie" not in head, address
        assert head["Referrer-Policy"] == "no-referrer", address
        assert head["Content-Security-Policy"].startswith("default-src 'none'"), address
        assert "unsafe-inline" not in head["Content-Security-Policy"]
        sources = page.all("//@src | //link/@href | //form/@action | //use/@href")
        assert [one for one in sources if not one.startswith(("/", "#", "data:"))] == [], address


def test_every_form_that_is_sent_in_nobodys_name_is_traceless(app: Flask):
    posts = [rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())]
    free = {rule.endpoint for rule in posts if getattr(app.view_functions[rule.endpoint], "traceless", False)}
    assert free == {name for name in NOTHING_TO_RECORD if name.startswith(("consultations.", "publishing.verify"))}
    lang = r"<any(en, fr, ar):lang>"
    named = {rule.endpoint for rule in posts if IN_NOBODYS_NAME.fullmatch(rule.rule.replace(lang, "en"))}
    assert named == free
