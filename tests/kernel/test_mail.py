"""Letters: saved with the act, sent once, kept while the mail server is down."""

import socket
import ssl
import subprocess

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message

from nap_builder import worker
from nap_builder.kernel import mail
from nap_builder.kernel.database import transaction


class Postbox(Message):
    """Keeps what is delivered."""

    def __init__(self):
        super().__init__()
        self.letters = []

    def handle_message(self, message):
        self.letters.append(message)


@pytest.fixture
def port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture
def office(app, db, port):
    """The installation with a mail server set (which may not be there)."""
    mail.prepare(app, f"smtp+plain://127.0.0.1:{port}?from=nap@example.org")
    yield app
    mail.prepare(app, None)
    app.config["MAIL_SERVER"] = None


@pytest.fixture
def postbox(port):
    """A mail server of the tests."""
    box = Postbox()
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    yield box
    server.stop()


def queued(title="A letter"):
    with transaction():
        mail.queue("amina@example.org", title, "Text with a link")


def test_a_letter_is_sent_once(office, postbox):
    queued()
    assert worker.send_letters() == 1
    assert worker.send_letters() == 0
    assert [letter["To"] for letter in postbox.letters] == ["amina@example.org"]


def test_a_sent_letter_keeps_no_text(office, postbox):
    queued()
    letter = mail.waiting()[0]
    worker.send_letters()
    assert letter.text == ""


def test_a_letter_waits_while_the_server_is_down(office):
    queued()
    assert worker.send_letters() == 0
    assert len(mail.waiting()) == 1


def test_a_title_cannot_add_a_header(office, postbox):
    queued("Hello\r\nBcc: everybody@example.org")
    worker.send_letters()
    assert postbox.letters[0]["Bcc"] is None


def test_without_a_mail_server_nothing_is_queued(app, db):
    with transaction():
        assert mail.queue("amina@example.org", "A letter", "Text") is None
    assert mail.waiting() == []


@pytest.fixture
def impostor(port, tmp_path):
    """A mail server that offers TLS with a certificate of its own making."""
    made = ["-keyout", tmp_path / "key", "-out", tmp_path / "cert", "-days", "2", "-subj", "/CN=localhost"]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", *made]
    subprocess.run(command, check=True, capture_output=True)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(tmp_path / "cert", tmp_path / "key")
    box = Postbox()
    server = Controller(box, hostname="127.0.0.1", port=port, tls_context=context)
    server.start()
    yield box
    server.stop()


def test_a_letter_is_not_handed_to_a_server_with_a_false_certificate(app, db, port, impostor):
    mail.prepare(app, f"smtp://127.0.0.1:{port}?from=nap@example.org")
    try:
        queued()
        assert worker.send_letters() == 0
        assert len(mail.waiting()) == 1
    finally:
        mail.prepare(app, None)
        app.config["MAIL_SERVER"] = None
    assert impostor.letters == []
