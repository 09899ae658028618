"""The tabling pack: one file with what is laid before parliament, made in the background, in the language chosen."""

import io
import zipfile

import docx
import pytest

from nap_builder.kernel import storage
from nap_builder.kernel.actor import INSTALLATION
from nap_builder.kernel.database import transaction
from nap_builder.parliament import pack
from nap_builder.plans.queries.versions import version_at
from nap_builder.plans.services.versions import freeze
from nap_builder.readiness.services import pass_gate
from tests.builders.parliament import an_entry

HOME = "/en/w/nap-2/parliament"


@pytest.fixture
def tabled(world):
    """A version that was laid before parliament."""
    with transaction():
        freeze(INSTALLATION, world.plan, None)
        return an_entry(world.plan, "tabling", "Laid before the house", version=1)


@pytest.fixture
def no_printer(monkeypatch):
    """The plan without a printer: that its PDF is good is asked elsewhere, and takes seconds."""
    storage.put("documents/plan.pdf", b"%PDF-1.7 the plan")
    monkeypatch.setattr(
        pack, "issue", lambda *_given, **_named: type("Issued", (), {"stored_as": "documents/plan.pdf"})
    )


def files_of(version, language):
    with zipfile.ZipFile(io.BytesIO(storage.get(pack.pack_name(version, language)))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_it_holds_letter_and_plan_and_says_what_there_is_not(tabled, no_printer):
    pack.keep_pack("nap-2", 1, "en")
    files = files_of(version_at("nap-2", 1), "en")
    assert list(files) == ["0-contents.txt", "1-letter.docx", "2-plan.pdf"]
    contents = files["0-contents.txt"].decode()
    assert "2-plan.pdf: The plan" in contents
    assert "Report card: there is none yet." in contents


def test_its_words_are_in_the_language_chosen(tabled, no_printer):
    pack.keep_pack("nap-2", 1, "fr")
    assert "Version 1, figée le" in files_of(version_at("nap-2", 1), "fr")["0-contents.txt"].decode()


def test_the_same_version_gives_the_same_bytes(tabled, no_printer):
    made = []
    for _time in range(2):
        pack.keep_pack("nap-2", 1, "en")
        made.append(storage.get(pack.pack_name(version_at("nap-2", 1), "en")))
    assert made[0] == made[1]


def test_what_was_open_at_its_gate_is_told(world, no_printer):
    with transaction():
        pass_gate(INSTALLATION, world.plan, "consult", {"en": "People are to be asked first."})
    pack.keep_pack("nap-2", 1, "en")
    checks = docx.Document(io.BytesIO(files_of(version_at("nap-2", 1), "en")["3-checks.docx"]))
    assert "People are to be asked first." in [one.text for one in checks.paragraphs]


def test_who_keeps_the_record_has_it_made_and_takes_it_away(as_role, tabled, no_printer):
    client = as_role("secretariat")
    page = client.get(f"{HOME}/{tabled.key}")
    assert "/job" in page.submit("make-pack", written_in="en").location
    assert client.get(f"{HOME}/{tabled.key}/pack.zip?written_in=en", expect=303).location.endswith("#pack")
    pack.keep_pack("nap-2", 1, "en")
    answer = client.get(f"{HOME}/{tabled.key}/pack.zip?written_in=en").answer
    assert answer.mimetype == "application/zip"
    assert "nap-2-v1-tabling-en.zip" in answer.headers["Content-Disposition"]


def test_a_language_that_the_plan_has_not_is_refused(as_role, tabled):
    as_role("secretariat").get(f"{HOME}/{tabled.key}").submit("make-pack", expect=422, written_in="de")


def test_ministries_see_no_pack(as_role, tabled):
    client = as_role("official")
    assert "Tabling pack" not in client.get(f"{HOME}/{tabled.key}").words
    client.get(f"{HOME}/{tabled.key}/pack.zip", expect=403)
