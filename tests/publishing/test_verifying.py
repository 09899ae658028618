"""Whether a file was issued here: the four answers, on the page and by command."""

import io
import json
from dataclasses import replace

import pikepdf
import pytest
from pypdf import PdfReader

from nap_builder.kernel import storage
from nap_builder.kernel.actor import INSTALLATION
from nap_builder.kernel.audit import first_about, head
from nap_builder.kernel.database import db as database
from nap_builder.kernel.database import transaction
from nap_builder.plans.canonical import digest
from nap_builder.plans.queries.versions import PUBLIC, version_at
from nap_builder.plans.services.versions import freeze
from nap_builder.publishing.cli import verify
from nap_builder.publishing.ledger import HEARD, PLAN_PDF, remember_paper, remember_version
from nap_builder.publishing.models import IssuedFile
from nap_builder.publishing.services import issue, publish, version_written
from nap_builder.publishing.verifying import verdict_on
from tests.builders.standards import broken_rules

FILE = b"%PDF-1.7\n% a file of a version\n%%EOF\n"
MUCH = 60_000_000


@pytest.fixture
def public(world):
    """Version 1, published, with a file of it that was handed out."""
    with transaction():
        freeze(INSTALLATION, world.plan, None)
    with transaction():
        publish(INSTALLATION, version_at("nap-2", 1))
        remember_version(FILE, PLAN_PDF, version_at("nap-2", 1), profile=PUBLIC, language="en")
    return world


def asked(client, content, name="plan.pdf", expect=200, **said):
    return client.post("/en/verify", data={"file": (io.BytesIO(content), name), **said}, expect=expect)


def carrying(plan: bytes) -> bytes:
    """A PDF that carries a plan, and was not issued."""
    out = io.BytesIO()
    with pikepdf.new() as file:
        file.add_blank_page()
        file.attachments["nap-plan.json"] = plan
        file.save(out)
    return out.getvalue()


def links_of(page):
    """The addresses outside itself that a page of a PDF leads to."""
    marks = [one.get_object() for one in page.get("/Annots", [])]
    return [str(one["/A"]["/URI"]) for one in marks if "/URI" in one.get("/A", {})]


def scanned(client, fingerprint, expect=200):
    """What the square code of a printed document leads to."""
    return client.get(f"/en/verify?fingerprint={fingerprint}", expect=expect)


def second_version(world):
    with transaction():
        database.session.merge(world.paragraphs[0]).text = {"en": "Other words."}
        freeze(INSTALLATION, world.plan, None)
    with transaction():
        publish(INSTALLATION, version_at("nap-2", 2))


def test_a_file_that_was_issued_is_known_again(client, public):
    words = asked(client, FILE).words
    assert "Yes: this file was issued" in words
    assert "The plan as a PDF" in words


def test_a_file_that_was_issued_leads_to_its_version(client, public):
    assert asked(client, FILE).all("//main//a[contains(@href, '/plan/nap-2/v/1')]")


def test_its_fingerprint_says_the_same(client, public):
    sha256 = database.session.query(IssuedFile).one().sha256
    typed = f" {sha256[:32].upper()} {sha256[32:]} "
    assert "Yes: this file was issued" in client.post("/en/verify", data={"fingerprint": typed}, expect=200).words


def test_a_printed_fingerprint_leads_to_its_version_and_says_what_it_does_not_prove(client, public):
    page = scanned(client, version_at("nap-2", 1).public_sha256)
    assert page.all("//main//a[contains(@href, '/plan/nap-2/v/1')]")
    assert "Anybody can print a fingerprint." in page.words
    assert "Not one byte" not in page.words


def test_a_printed_fingerprint_of_an_earlier_version_leads_to_the_newer(client, public):
    second_version(public)
    assert "Version 2 is the one to read now." in scanned(client, version_at("nap-2", 1).public_sha256).words


@pytest.mark.parametrize(
    ("fingerprint", "expect", "says"), [("0" * 64, 200, "We do not know this fingerprint"), ("12", 422, "no SHA-256")]
)
def test_a_fingerprint_that_is_none_of_ours_is_called_so(client, public, fingerprint, expect, says):
    assert says in scanned(client, fingerprint, expect).words


def test_one_byte_more_is_another_file(client, public):
    assert "We do not know this file" in asked(client, FILE + b"\n").words


def test_a_newer_version_takes_its_place(client, public):
    second_version(public)
    page = asked(client, FILE)
    assert "Version 2 is the one to read now." in page.words
    assert page.all("//main//a[contains(@href, '/plan/nap-2/v/2')]")


def test_a_newer_version_that_is_not_published_is_not_told(client, public):
    with transaction():
        freeze(INSTALLATION, public.plan, None)
    assert "Yes: this file was issued" in asked(client, FILE).words


def test_the_same_document_made_anew_takes_its_place(client, public):
    with transaction():
        remember_version(FILE + b"x", PLAN_PDF, version_at("nap-2", 1), profile=PUBLIC, language="en")
    assert "was issued anew on" in asked(client, FILE).words
    assert "Yes: this file was issued" in asked(client, FILE + b"x").words


def test_the_frozen_data_are_known_by_themselves(client, public):
    assert "The plan as data" in asked(client, version_at("nap-2", 1).public, "plan.json").words


def test_data_that_were_changed_are_called_altered(client, public):
    plan = json.loads(version_at("nap-2", 1).public)
    plan["plan"]["title"] = "Another plan"
    page = asked(client, json.dumps(plan).encode(), "plan.json")
    assert "No: this file is not as it was issued" in page.words
    assert "Another plan" not in page.words


def test_a_pdf_that_was_changed_is_called_altered_and_its_plan_is_judged_apart(client, public):
    plan = version_at("nap-2", 1).public
    assert "The plan that lies in it as data is the one that was issued" in asked(client, carrying(plan)).words
    changed = json.dumps(json.loads(plan) | {"sections": []}).encode()
    words = asked(client, carrying(changed)).words
    assert "No: this file is not as it was issued" in words
    assert "lies in it as data" not in words


def test_nobody_learns_of_a_version_that_is_not_published(client, world):
    with transaction():
        freeze(INSTALLATION, world.plan, None)
    plan = json.loads(version_at("nap-2", 1).public) | {"sections": []}
    assert "We do not know this file" in asked(client, json.dumps(plan).encode(), "plan.json").words


ODD = {
    "no file of its kind": b"%PDF-",
    "a torn file": b"%PDF-1.7\n" + b"\xff" * 99,
    "half an object": b"{",
    "a list": b"[1]",
    "a plan that is none": b'{"plan": 1}',
    "a name that is a list": b'{"plan": {"slug": []}, "version": {}}',
    "a name that no database keeps": b'{"plan": {"slug": "nap-2\\u0000"}, "version": {"number": 1}}',
    "half a sign for a name": b'{"plan": {"slug": "nap\\ud800"}, "version": {"number": 1}}',
    "true for a number": b'{"plan": {"slug": "nap-2"}, "version": {"number": true}}',
    "a number without end": b'{"plan": {"slug": "nap-2"}, "version": {"number": 1%s}}' % (b"0" * 4000),
    "the beginning of an archive": b"PK\x03\x04",
    "very deep": b"{" * 5000,
    "an empty plan inside": carrying(b"{}"),
    "no number inside": carrying(b'{"version": {"number": 1e400}}'),
    "much from little": carrying(b" " * MUCH),
}


@pytest.mark.parametrize("content", ODD.values(), ids=ODD)
def test_what_is_odd_is_unknown(client, public, content):
    assert "We do not know this file" in asked(client, content).words


@pytest.mark.parametrize(("typed", "says"), [("", "Choose a file"), ("12 34 <b>", "This is no SHA-256")])
def test_without_a_file_or_a_fingerprint_it_says_so_and_keeps_what_was_typed(client, world, typed, says):
    page = client.post("/en/verify", data={"fingerprint": typed}, expect=422)
    assert says in page.words
    assert page.all("//input[@name='fingerprint']/@value") == ([typed] if typed else [""])


def test_nothing_of_the_file_is_kept_and_no_cookie_is_set(client, public, settings):
    kept = sorted((settings.home / "files").rglob("*"))
    page = asked(client, b"somebody's file")
    assert "Set-Cookie" not in page.answer.headers
    assert sorted((settings.home / "files").rglob("*")) == kept


def test_the_end_of_the_audit_trail_stands_there(client, world):
    with transaction():
        freeze(INSTALLATION, world.plan, None)
    assert head().hash in client.get("/en/verify").words


def test_papers_of_no_version_are_known_too(client, world):
    with transaction():
        remember_paper(FILE, HEARD, world.plan, world.plan.key, language="en")
    assert "What we heard, what we did, as a PDF" in asked(client, FILE).words


def test_what_is_issued_is_noted(world):
    with transaction():
        freeze(INSTALLATION, world.plan, None)
    document = issue(INSTALLATION, version_at("nap-2", 1), profile=PUBLIC, language="en")
    word = version_written(version_at("nap-2", 1), "docx", profile=PUBLIC, language="en")
    assert [verdict_on(content).kind for content in (storage.get(document.stored_as), word)] == [
        "plan_pdf",
        "plan_docx",
    ]


def test_an_issued_file_prints_where_a_copy_is_checked_and_where_the_trail_ended(app, client, world, monkeypatch):
    monkeypatch.setitem(app.config, "NAP", replace(app.config["NAP"], base_url="https://nap.example"))
    with transaction():
        version = freeze(INSTALLATION, world.plan, None)
    end = first_about(version.key)
    document = issue(INSTALLATION, version_at("nap-2", 1), profile=PUBLIC, language="en")
    pdf = storage.get(document.stored_as)
    words = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    assert "https://nap.example/en/verify" in words
    assert f"ended with entry {end.number}:" in words
    packed = words.replace(" ", "").replace("\n", "")
    assert end.hash in packed
    with pikepdf.open(io.BytesIO(pdf)) as file:
        assert digest(file.attachments["nap-plan.json"].get_file().read_bytes()) in packed
        said = [str(tag.Alt) for tag in file.objects if isinstance(tag, pikepdf.Dictionary) and "/Alt" in tag]
    assert "Square code that leads to https://nap.example/en/verify" in said
    led = next(link for page in PdfReader(io.BytesIO(pdf)).pages for link in links_of(page) if "/verify" in link)
    assert (
        "Yes: the version with this fingerprint was issued" in client.get(led.removeprefix("https://nap.example")).words
    )
    assert broken_rules(pdf) == []


@pytest.mark.parametrize(("more", "word", "code"), [(b"", "issued", 0), (b"\n", "unknown", 1)])
def test_the_command_answers_with_a_word_and_its_exit(app, public, tmp_path, more, word, code):
    file = tmp_path / "plan.pdf"
    file.write_bytes(FILE + more)
    done = app.test_cli_runner().invoke(verify, [str(file)])
    assert (done.output.split("\t")[0].strip(), done.exit_code) == (word, code)


def test_the_command_takes_a_superseded_file_for_one_that_was_issued(app, public, tmp_path):
    second_version(public)
    file = tmp_path / "plan.pdf"
    file.write_bytes(FILE)
    done = app.test_cli_runner().invoke(verify, [str(file)])
    assert (done.output.split("\t")[0], done.exit_code) == ("superseded", 0)
