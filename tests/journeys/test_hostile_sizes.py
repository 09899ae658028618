"""Forms of absurd size are refused at once, whoever sends them."""

import time

import pytest
from flask import Flask
from werkzeug.test import Client as Browser
from werkzeug.test import TestResponse

from tests.client import Client

MANY = 100_000
PLAIN = "application/x-www-form-urlencoded"
PARTED = "multipart/form-data; boundary=B"


@pytest.fixture
def browser(app: Flask, client: Client) -> Browser:
    """A browser without a session."""
    return client.browser


def sent(browser: Browser, body: bytes, kind: str, path: str = "/en/sign-in") -> tuple[TestResponse, float]:
    """The answer to a body, and how long it took in seconds of work."""
    began = time.process_time()
    answer = browser.post(path, data=body, content_type=kind)
    return answer, time.process_time() - began


def test_a_form_of_many_fields_is_refused_at_once(browser: Browser):
    answer, took = sent(browser, b"&".join(b"a%d=b" % n for n in range(MANY)), PLAIN)
    assert answer.status_code == 413
    assert took < 1


def test_a_form_of_many_parts_is_refused_at_once(browser: Browser):
    part = b'--B\r\nContent-Disposition: form-data; name="a"\r\n\r\nv\r\n'
    answer, took = sent(browser, part * MANY + b"--B--\r\n", PARTED)
    assert answer.status_code == 413
    assert took < 1


def test_a_form_that_is_too_long_is_refused_at_once(browser: Browser):
    answer, took = sent(browser, b"a=" + b"x" * 3_000_000, PLAIN)
    assert answer.status_code == 413
    assert took < 1


def test_a_file_of_line_ends_is_read_at_once(browser: Browser):
    head = b'--B\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\n'
    answer, took = sent(browser, head + b"\r" * 10_000_000 + b"\r\n--B--\r\n", PARTED)
    assert answer.status_code in (400, 413)
    assert took < 1


def test_a_body_over_the_limit_is_refused(browser: Browser):
    answer, took = sent(browser, b"x" * 52_000_000, "application/octet-stream")
    assert answer.status_code in (400, 413)
    assert took < 1
