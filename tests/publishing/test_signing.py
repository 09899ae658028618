"""Signatures: made by a process apart, last, over the whole file; and told from what was changed or is another's."""

import contextlib
import io
import os
import socket
import subprocess
import sys
import time
from dataclasses import replace

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from nap_builder.kernel import signing, storage
from nap_builder.kernel.actor import INSTALLATION
from nap_builder.kernel.database import db as database
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import DomainError
from nap_builder.kernel.framed import Torn, receive, send
from nap_builder.plans.queries.plan import plan_at
from nap_builder.plans.queries.versions import PUBLIC, version_at
from nap_builder.plans.services.versions import freeze
from nap_builder.publishing.cli import verify
from nap_builder.publishing.ledger import PLAN_PDF, remember_version
from nap_builder.publishing.models import IssuedDocument
from nap_builder.publishing.services import draft_pdf, issue, publish
from nap_builder.publishing.signatures import CHANGED, MARK, UNREADABLE, WHOLE, signature_in
from nap_builder.publishing.verifying import verdict_on
from nap_builder.settings import PROJECT
from tests.builders.signer import COMMAND, HASTY, a_signer, told
from tests.builders.standards import broken_rules

pytestmark = pytest.mark.sqlite_only("a signature is made and read without a question to the database")


@pytest.fixture(scope="module")
def service():
    """A signing service whose key nobody can read any more."""
    with a_signer() as running:
        yield running


@pytest.fixture
def signs(app, service, monkeypatch):
    """An installation that is told of the service."""
    monkeypatch.setitem(app.config, "NAP", replace(app.config["NAP"], signer_socket=service.socket))


@pytest.fixture
def version(world):
    with transaction():
        freeze(INSTALLATION, world.plan, None)
    with transaction():
        publish(INSTALLATION, version_at("nap-2", 1))
    return version_at("nap-2", 1)


@pytest.fixture(scope="module")
def shelved():
    """What was issued for an earlier test of this module, by language: making a PDF takes seconds."""
    return {}


@pytest.fixture
def issued_in(signs, version, shelved):
    """The PDF of a version in a language, as it is handed out."""

    def made(language: str) -> bytes:
        given = {"profile": PUBLIC, "language": language}
        if language not in shelved:
            shelved[language] = storage.get(issue(INSTALLATION, version_at("nap-2", 1), **given).stored_as)
        with transaction():
            remember_version(shelved[language], PLAN_PDF, version_at("nap-2", 1), **given)
        return shelved[language]

    return made


@pytest.fixture
def issued(issued_in):
    return issued_in("en")


def flipped(pdf: bytes, at: int) -> bytes:
    return pdf[:at] + bytes([pdf[at] ^ 1]) + pdf[at + 1 :]


def ask(client, content):
    return client.post("/en/verify", data={"file": (io.BytesIO(content), "plan.pdf")}, expect=200).words


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_signed_file_keeps_the_standards(issued_in, language):
    pdf = issued_in(language)
    assert MARK in pdf
    assert broken_rules(pdf) == []


def test_other_programs_call_the_signature_valid(issued, tmp_path):
    file = tmp_path / "plan.pdf"
    file.write_bytes(issued)
    said = subprocess.run(["pdfsig", str(file)], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid" in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said
    assert "Office of the plan" in said
    checked = subprocess.run(["qpdf", "--check", str(file)], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_the_key_is_needed_by_nobody_but_the_service(issued, service):
    assert not service.key.exists()
    assert signature_in(issued).state == WHOLE


def test_one_file_is_issued_and_served_again(signs, version):
    first = issue(INSTALLATION, version, profile=PUBLIC, language="en").sha256
    assert issue(INSTALLATION, version_at("nap-2", 1), profile=PUBLIC, language="en").sha256 == first


def test_a_draft_is_not_signed(signs, world):
    assert MARK not in draft_pdf(plan_at("nap-2"), "en")


def test_without_the_setting_nothing_is_signed(version):
    pdf = storage.get(issue(INSTALLATION, version, profile=PUBLIC, language="en").stored_as)
    assert MARK not in pdf


def test_an_issued_file_says_who_signed_it(client, issued):
    words = ask(client, issued)
    assert "Yes: this file was issued" in words
    assert "It bears the signature of this installation, “Office of the plan”" in words


def test_one_byte_flipped_in_the_document_is_told(client, issued):
    changed = flipped(issued, issued.index(b"stream\n") + 200)
    assert signature_in(changed).state == CHANGED
    words = ask(client, changed)
    assert "No: this file is not as it was issued" in words
    assert "the file was changed after it was signed" in words


@pytest.mark.parametrize("step", range(1, 6))
def test_no_byte_flipped_anywhere_leaves_it_valid(issued, step):
    found = signature_in(flipped(issued, len(issued) * step // 6))
    assert found is None or found.state in (CHANGED, UNREADABLE)


def test_what_is_added_after_the_signature_is_told(issued):
    longer = issued + b"\n% more\n"
    assert signature_in(longer).state == CHANGED


def test_a_file_saved_anew_is_told(issued):
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(issued)) as file:
        del file.pages[1]
        file.save(out)
    assert signature_in(out.getvalue()).state in (CHANGED, UNREADABLE)
    assert verdict_on(out.getvalue()).state == "altered"


def test_the_signature_of_another_file_does_not_fit(issued, issued_in):
    other = issued_in("ar")
    start, end = (issued.rindex(mark) for mark in (b"/Contents <", b"/ByteRange"))
    from_other = other[other.rindex(b"/Contents <") : other.rindex(b"/ByteRange")]
    assert len(from_other) == end - start
    swapped = issued[:start] + from_other + issued[end:]
    assert signature_in(swapped).state == CHANGED


def test_another_signer_is_called_unknown(app, client, signs, version, monkeypatch):
    with a_signer("Office of the plan") as other:
        settings = app.config["NAP"]
        monkeypatch.setitem(app.config, "NAP", replace(settings, signer_socket=other.socket))
        foreign = signing._asked("pdf", draft_pdf(plan_at("nap-2"), "en"))
        monkeypatch.setitem(app.config, "NAP", settings)
    assert not signature_in(foreign).ours
    assert "anybody can sign in any name" in ask(client, foreign)


def test_a_certificate_that_was_replaced_is_still_known(app, signs, version, monkeypatch):
    issued = storage.get(issue(INSTALLATION, version, profile=PUBLIC, language="en").stored_as)
    with a_signer("The next office") as other:
        monkeypatch.setitem(app.config, "NAP", replace(app.config["NAP"], signer_socket=other.socket))
        assert signature_in(issued).ours


def test_nothing_unsigned_is_issued_while_the_service_is_down(app, version, monkeypatch, tmp_path):
    monkeypatch.setitem(app.config, "NAP", replace(app.config["NAP"], signer_socket=tmp_path / "nobody"))
    with pytest.raises(DomainError, match="the signing service does not answer"):
        issue(INSTALLATION, version, profile=PUBLIC, language="en")
    assert database.session.query(IssuedDocument).count() == 0


def test_the_service_signs_no_other_file(db, signs):
    with pytest.raises(DomainError, match="did not sign this"):
        signing.signed_pdf(b"%PDF-1.7\n%%EOF\n")


def test_the_service_signs_nothing_else_as_an_end_of_the_trail(db, signs):
    with pytest.raises(DomainError, match="did not sign this"):
        signing.signed_head("I owe you\t100\n")


def test_the_certificate_is_handed_out(client, signs, service):
    answer = client.get("/en/verify/certificate.pem").answer
    assert service.certificate in x509.load_pem_x509_certificates(answer.data)


def test_the_end_of_the_trail_is_handed_out_signed(client, signs, service, tmp_path):
    told, signed = (client.get(f"/en/audit/head.{kind}").answer.data for kind in ("txt", "p7m"))
    (tmp_path / "head.p7m").write_bytes(signed)
    (tmp_path / "certificate.pem").write_bytes(service.certificate.public_bytes(Encoding.PEM))
    command = "openssl cms -verify -binary -inform DER -in head.p7m -CAfile certificate.pem".split()
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (0, told), done.stderr


def test_an_installation_without_a_service_offers_neither(client, world):
    assert "certificate" not in client.get("/en/verify").words
    client.get("/en/audit/head.p7m", expect=404)


def test_the_command_tells_of_the_signature(app, issued, tmp_path):
    file = tmp_path / "plan.pdf"
    file.write_bytes(issued)
    done = app.test_cli_runner().invoke(verify, [str(file)])
    assert done.output.strip().endswith("signature holds: this installation, Office of the plan")
    assert done.exit_code == 0


def test_a_key_that_is_open_to_others_is_refused(tmp_path):
    with a_signer(keep_key=True) as running:
        running.key.chmod(0o644)
        given = told(running.key, tmp_path / "s")
        done = subprocess.run(COMMAND, env=given, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "is open to others" in done.stderr


@pytest.mark.parametrize(
    "said",
    [
        b"1\tThe plan of the opposition is adopted, and no other one is valid.\n",
        b"1\t" + b"A" * 64 + b"\n",
        b"1\t" + b"a" * 64 + b"\n\nand more",
        b"",
    ],
)
def test_what_is_no_end_of_a_trail_is_not_signed(service, said):
    assert asked(service, "head", said) == ("refused", b"no end of an audit trail")


def test_what_is_no_pdf_of_ours_is_not_signed_and_the_service_goes_on(service):
    deep = b"%PDF-1.7\n1 0 obj\n" + b"[" * 50_000 + b"]" * 50_000
    deep += b"\nendobj\nxref\n0 0\ntrailer<</Size 2 /Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(deep) + 8)
    for pdf in (b"", b"%PDF-1.7 and nothing else", deep):
        assert asked(service, "pdf", pdf) != ("done", pdf)
    assert asked(service, "about", b"")[0] == "done"


def asked(service, word, body):
    """What the service answers to somebody who speaks to its socket; nothing where it only hangs up."""
    with socket.socket(socket.AF_UNIX) as line, contextlib.suppress(Torn):
        line.settimeout(60)
        line.connect(str(service.socket))
        with line.makefile("rwb") as both:
            send(both, word, body)
            return receive(both)
    return "", b""


def test_one_who_dawdles_is_hung_up_on():
    with a_signer(command=HASTY) as hasty, socket.socket(socket.AF_UNIX) as line:
        line.connect(str(hasty.socket))
        line.sendall(b"pdf 1000\n")
        with pytest.raises(ConnectionError):
            dawdle(line)


def dawdle(line):
    for _number in range(100):
        line.sendall(b"%")
        time.sleep(0.1)


def test_the_socket_is_for_its_owner_and_their_group(service):
    assert service.socket.stat().st_mode & 0o777 == 0o660


def test_the_program_does_not_load_the_library_that_signs():
    asked = "import sys, nap_builder.cli, nap_builder.signer.cli; sys.exit('pyhanko' in sys.modules)"
    given = {**os.environ, "PYTHONPATH": str(PROJECT)}
    assert subprocess.run([sys.executable, "-P", "-c", asked], env=given, check=False).returncode == 0
