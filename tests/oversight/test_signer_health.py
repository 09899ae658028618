"""What the doctor says of the signing service."""

from dataclasses import replace

import pytest

from nap_builder.oversight.signer_health import can_read, signer_findings
from tests.builders.signer import a_signer


@pytest.fixture
def told_of(app, db, monkeypatch):
    """The findings of an installation that is told of a socket."""

    def findings(socket):
        monkeypatch.setitem(app.config, "NAP", replace(app.config["NAP"], signer_socket=socket))
        return signer_findings(app.config["NAP"])

    return findings


def test_without_a_service_all_is_well(told_of):
    assert told_of(None) == [(True, "NAP_SIGNER_SOCKET is not set: documents bear no signature")]


def test_a_service_that_does_not_answer_is_bad(told_of, tmp_path):
    [(good, line)] = told_of(tmp_path / "nobody")
    assert not good
    assert "does not answer" in line


def test_it_names_who_signs_and_finds_a_key_of_the_server_itself(told_of):
    with a_signer("Office of the plan") as running:
        signed, key = told_of(running.socket)
    assert signed[0]
    assert f"CN=Office of the plan until {running.certificate.not_valid_after_utc:%Y-%m-%d}" in signed[1]
    assert not key[0]
    assert "can be read by the server itself" in key[1]


def test_a_certificate_that_ends_soon_is_bad(told_of):
    with a_signer(days=59) as running:
        (good, line), _key = told_of(running.socket)
    assert not good
    assert "make a new key" in line


@pytest.mark.parametrize(
    ("who", "owner", "mode", "can"),
    [(7, 8, 0o100600, False), (7, 7, 0o100600, True), (7, 8, 0o100640, True), (0, 8, 0o100600, True)],
)
def test_who_can_read_a_key(who, owner, mode, can):
    assert can_read(who, owner, mode) is can
