"""The copy of the public site holds together by itself: every link of it leads to a file of it."""

import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

import lxml.html
import pytest
from flask import Flask

from nap_builder.api.static_copy import publish_static
from nap_builder.api.static_names import Asked, file_name, relative
from nap_builder.kernel import storage
from nap_builder.kernel.actor import INSTALLATION
from nap_builder.kernel.database import db, transaction
from nap_builder.kernel.errors import DomainError
from nap_builder.plans.canonical import digest
from nap_builder.plans.models.narrative import Photograph, Section
from nap_builder.plans.queries.versions import PUBLIC, frozen_bytes
from nap_builder.plans.services.photographs import archive_photograph
from nap_builder.plans.services.versions import freeze
from nap_builder.publishing.edition import Which
from nap_builder.publishing.ledger import by_sha256
from nap_builder.publishing.services import issue, publish
from nap_builder.taskforce.identity import remove_crest
from nap_builder.taskforce.models import Installation
from nap_builder.taskforce.queries import installation
from tests.api.conftest import SECRET, Published
from tests.builders.identity import dressed
from tests.builders.photographs import SEEN, a_photograph
from tests.publishing.test_photographs import seen_in
from tests.publishing.test_wearing import crests_of

pytestmark = pytest.mark.sqlite_only("it is made of pages, each of which is tested on both databases")


@pytest.fixture
def named(app: Flask) -> Iterator[str]:
    """The public address of the site."""
    before = app.config["NAP"]
    app.config["NAP"] = replace(before, base_url="https://plan.example")
    yield "https://plan.example"
    app.config["NAP"] = before


@pytest.fixture
def copy(app: Flask, published: Published, named: str, tmp_path: Path) -> Path:
    """A copy of the site."""
    publish_static(app, tmp_path / "site")
    return tmp_path / "site"


def leads(page: Path) -> Iterator[tuple[str, Path, str]]:
    """Each link of a page that stays in the copy: as it is written, the file, and the place in it."""
    for href in lxml.html.fromstring(page.read_bytes()).xpath("//a/@href | //link/@href | //img/@src"):
        parts = urlsplit(href)
        if not parts.scheme:
            yield href, (page.parent / unquote(parts.path)).resolve() if parts.path else page, parts.fragment


def test_the_copy_holds_together(copy: Path, published: Published):
    pages = list(copy.rglob("*.html"))
    astray = [(str(page), href) for page in pages for href, file, _place in leads(page) if not file.is_file()]
    assert len(pages) > 30
    assert astray == []
    said = "".join(page.read_text() for page in pages)
    assert "Train officers" in said
    assert SECRET not in said
    for needless in ("<form", "<script", "csrf_token", "http://localhost", 'href="/', 'src="/'):
        assert needless not in said
    assert 'href="https://plan.example/en/sign-in' in said
    checked = subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=copy, capture_output=True, check=False)
    assert (checked.returncode, checked.stdout) == (0, b"")
    listed = {line.split("  ", 1)[1] for line in (copy / "SHA256SUMS").read_text().splitlines()}
    assert listed == {str(path.relative_to(copy)) for path in copy.rglob("*") if path.is_file()} - {"SHA256SUMS"}
    slug = published.carried.plan.slug
    assert (copy / "data" / f"{slug}-v1.json").read_bytes() == frozen_bytes(published.version, PUBLIC)
    db.session.rollback()
    for name in ("1--written_in-en.html", "1--written_in-en.txt", "1.csv--written_in-en.zip"):
        assert by_sha256(digest((copy / "en" / "plan" / slug / "v" / name).read_bytes())) is not None
    for language in ("en", "fr", "ar"):
        assert (copy / language / "index.html").is_file()
        assert (copy / language / "plan" / slug / "v" / "1.html").is_file()


def test_the_copy_holds_the_editions_that_are_offered(app: Flask, published: Published, named: str, tmp_path: Path):
    document = issue(INSTALLATION, published.version, profile=PUBLIC, language="en", which=Which("summary"))
    content = storage.get(document.stored_as)
    publish_static(app, tmp_path / "site")
    assert content in [path.read_bytes() for path in (tmp_path / "site").rglob("*edition*summary*.pdf")]


def test_a_folder_that_holds_something_is_left_as_it_is(app: Flask, published: Published, tmp_path: Path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "mine.txt").write_text("mine")
    with pytest.raises(DomainError, match="not empty"):
        publish_static(app, tmp_path / "site")
    assert [path.name for path in tmp_path.rglob("*")] == ["site", "mine.txt"]


def test_a_copy_of_a_site_without_an_address_is_not_made(app: Flask, published: Published, tmp_path: Path):
    with pytest.raises(DomainError, match="NAP_BASE_URL"):
        publish_static(app, tmp_path / "site")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("asked", "kind", "name"),
    [
        (Asked("/en/"), "text/html", "en/index.html"),
        (Asked("/en/plan/nap/activity/1.1.2"), "text/html", "en/plan/nap/activity/1.1.2.html"),
        (
            Asked("/en/plan/nap/v/1.pdf", (("written_in", "fr"),)),
            "application/pdf",
            "en/plan/nap/v/1--written_in-fr.pdf",
        ),
        (Asked("/static/css/app.css"), "text/css", "static/css/app.css"),
    ],
)
def test_a_file_is_named_for_what_it_holds(asked: Asked, kind: str, name: str):
    assert file_name(asked, kind) == name


def test_what_an_address_asks_leads_into_no_other_folder():
    asked = Asked("/en/plan/nap/v/1.pdf", (("written_in", "../../../../etc/cron.d/x"),))
    assert file_name(asked, "application/pdf").rpartition("/")[0] == "en/plan/nap/v"


def test_names_that_a_stick_cannot_hold_are_made_plain_and_stay_apart():
    first, second = (file_name(Asked(f"/en/activity/{code}"), "text/html") for code in ("أ:1", "ب:1"))
    assert first != second
    assert first.isascii()
    assert ":" not in first


@pytest.mark.parametrize(
    ("target", "origin", "way"),
    [
        ("en/a.html", "en/b.html", "a.html"),
        ("static/css/app.css", "en/plan/x.html", "../../static/css/app.css"),
        ("en/plan/x/v/1.html", "en/plan/x.html", "x/v/1.html"),
        ("index.html", "en/index.html", "../index.html"),
    ],
)
def test_the_way_between_two_files_is_relative(target: str, origin: str, way: str):
    assert relative(target, origin) == way


def test_the_crest_and_colours_of_the_state_go_along(app: Flask, published: Published, named: str, tmp_path: Path):
    state = installation()
    assert state is not None
    with transaction():
        dressed(state)
    publish_static(app, tmp_path / "site")
    page = tmp_path / "site" / "en" / "index.html"
    worn = {file.suffix for _href, file, _place in leads(page) if "identity" in file.parts and file.is_file()}
    assert worn == {".css", ".png"}


def test_the_photographs_of_a_plan_go_along(app: Flask, published: Published, named: str, tmp_path: Path):
    with transaction():
        section = db.session.get_one(Section, published.world.section.id)
        one = a_photograph(section)
        publish(INSTALLATION, freeze(INSTALLATION, section.plan))
    publish_static(app, tmp_path / "site")
    page = tmp_path / "site" / "en" / "plan" / f"{section.plan.slug}--part-section-why.html"
    assert [file.name for _href, file, _place in leads(page) if file.is_file() and one.key in file.name] == [
        f"{one.key}.jpg"
    ]


def test_a_version_goes_along_with_what_it_wore_and_its_photographs(
    app: Flask, published: Published, named: str, tmp_path: Path
):
    with transaction():
        state = dressed(db.session.query(Installation).one())
        one = a_photograph(db.session.get_one(Section, published.world.section.id))
        version = freeze(INSTALLATION, one.section.plan)
        publish(INSTALLATION, version)
    with transaction():
        remove_crest(INSTALLATION, db.session.get_one(Installation, state.id))
        photograph = db.session.get_one(Photograph, one.id)
        archive_photograph(INSTALLATION, photograph, seen=photograph.row_version)
    issue(INSTALLATION, version, profile=PUBLIC, language="en")
    number = version.number
    publish_static(app, tmp_path / "site")
    (pdf,) = (tmp_path / "site" / "en").rglob(f"v/{number}*.pdf")
    assert crests_of(pdf.read_bytes()) == 1
    assert SEEN["en"] in seen_in(pdf.read_bytes())
