"""Editions asked for, made in the background, kept, and read by those who may read what they tell."""

from io import BytesIO

import pypdf
import pytest

from nap_builder.cli import main
from nap_builder.kernel import storage
from nap_builder.kernel.actor import INSTALLATION
from nap_builder.kernel.database import transaction
from nap_builder.plans.queries.versions import version_at
from nap_builder.plans.services.versions import freeze
from nap_builder.publishing.edition import Which
from nap_builder.publishing.services import issue, publish
from nap_builder.publishing.verifying import verdict_on

FORM = "/en/w/nap-2/versions/2/editions"
REDLINE = "/en/plan/nap-2/v/2/edition.pdf?edition=redline&against=1&written_in=en"


@pytest.fixture
def two(world):
    """Versions 1 and 2, the second published."""
    with transaction():
        freeze(INSTALLATION, world.plan, None)
    with transaction():
        world.paragraphs[0].text = {"en": "Women are at the table."}
        freeze(INSTALLATION, world.plan, None)
        publish(INSTALLATION, version_at("nap-2", 2))
    return world


@pytest.fixture
def redline(two):
    """The redline of version 2 against version 1, which is not published."""
    return issue(INSTALLATION, version_at("nap-2", 2), profile="public", language="en", which=Which("redline", 1))


@pytest.mark.slow
def test_an_edition_is_made_by_a_job_and_offered(as_role, client, two, jobs):
    as_role("official").get(FORM).submit("editions", edition="summary", written_in="en")
    assert [job.state for job in jobs.run_all()] == ["done"]
    (address,) = client.get("/en/parliament").all("//a[contains(@href, 'edition=summary')]/@href")
    assert len(pypdf.PdfReader(BytesIO(client.get(address).answer.data)).pages) <= 2


@pytest.mark.parametrize(
    ("kind", "field", "said"),
    [
        ("redline", "against", "Choose the version since which the changes are marked."),
        ("extract", "institution", "Choose the institution."),
    ],
)
def test_what_an_edition_needs_is_asked_for(as_role, two, kind, field, said):
    page = as_role("official").get(FORM).submit("editions", edition=kind, written_in="en", expect=422)
    assert said in page.words
    assert page.all(f"//*[@name='{field}'][@aria-invalid='true']")


def test_a_redline_is_read_by_who_may_read_both_versions(as_role, client, redline):
    client.get(REDLINE, expect=404)
    assert as_role("official").get(REDLINE).answer.data.startswith(b"%PDF-")


def test_a_redline_is_offered_to_all_once_both_versions_are_public(client, redline):
    assert not client.get("/en/plan/nap-2").all("//a[contains(@href, 'redline')]")
    with transaction():
        publish(INSTALLATION, version_at("nap-2", 1))
    assert client.get("/en/plan/nap-2").all("//a[contains(@href, 'redline')]")


@pytest.mark.parametrize(
    "asked",
    ["", "edition=full", "edition=redline", "edition=summary&against=1", "edition=x", "edition=redline&against=²"],
)
def test_an_edition_that_there_is_not_is_not_found(as_role, two, asked):
    as_role("chair").get(f"/en/plan/nap-2/v/2/edition.pdf?{asked}", expect=404)


def test_an_edition_is_known_again(redline):
    found = verdict_on(storage.get(redline.stored_as))
    assert (found.state, found.kind, found.number) == ("issued", "redline", 2)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--edition", "redline"], "Only a redline and a correction slip"),
        (["--edition", "summary", "--against", "1"], "only an extract an institution"),
        (["--edition", "redline", "--against", "2"], "compared with an earlier one"),
        (["--edition", "extract", "--institution", "XYZ"], "names no institution XYZ"),
    ],
)
def test_the_command_refuses_what_does_not_fit(app, two, tmp_path, options, said):
    arguments = ["nap-2", "--format", "pdf", "--version", "2", "--out", str(tmp_path / "plan.pdf"), *options]
    answer = app.test_cli_runner().invoke(main.commands["export"], arguments)
    assert said in str(answer.exception)
    assert not (tmp_path / "plan.pdf").exists()


def test_the_command_writes_an_extract(app, two, tmp_path):
    arguments = ["nap-2", "--format", "pdf", "--out", str(tmp_path / "plan.pdf"), "--edition", "extract"]
    answer = app.test_cli_runner().invoke(main.commands["export"], [*arguments, "--institution", "DEF"])
    assert answer.exception is None
    assert (tmp_path / "plan.pdf").read_bytes().startswith(b"%PDF-")
