"""Jobs with the real queue and a real worker process, which is killed in the middle of its work."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from nap_builder.app import create_app
from nap_builder.exchange import services as exchange
from nap_builder.kernel import jobs, schema, storage
from nap_builder.kernel.actor import INSTALLATION
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db, transaction
from nap_builder.plans.queries.plan import plan_at
from nap_builder.publishing.jobs import make_draft
from nap_builder.publishing.services import draft_name
from nap_builder.settings import PROJECT, Settings

PLAN = PROJECT / "tests" / "data" / "usa-2023.json"
SECRET = "a secret of the worker's test that is long enough"
PATIENCE = 120


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request, tmp_path):
    """A real installation with a plan in it, and the environment that a worker process needs."""
    url = f"sqlite:///{tmp_path / 'nap.sqlite'}"
    if request.param == "postgresql":
        server = create_engine(request.getfixturevalue("postgresql"), isolation_level="AUTOCOMMIT")
        name = re.sub(r"\W", "_", f"w_{tmp_path.name}".lower())
        with server.connect() as connection:
            connection.execute(text(f"create database {name}"))
        url = server.url.set(database=name).render_as_string(hide_password=False)
        server.dispose()
    app = create_app(Settings(home=tmp_path, database_url=url, secret_key=SECRET))
    with app.app_context():
        schema.upgrade(db.engine)
        incoming = exchange.read(PLAN.read_bytes())
        with transaction():
            exchange.apply(INSTALLATION, incoming)
        yield {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(PROJECT),
            "NAP_HOME": str(tmp_path),
            "NAP_SECRET_KEY": SECRET,
            "NAP_DATABASE_URL": url,
        }
        db.session.remove()
        db.engine.dispose()


def worker(environment) -> subprocess.Popen:
    """Starts `nap worker`."""
    command = [sys.executable, "-m", "nap_builder.cli", "worker"]
    return subprocess.Popen(command, env=environment, cwd=PROJECT, start_new_session=True)


def asked() -> str:
    """Asks for a draft PDF; the job's key."""
    with transaction():
        return jobs.enqueue(make_draft, slug="usa-2023", written_in="en", href="/").key


def until(reached, patience: int = PATIENCE) -> None:
    """Waits for something to become true."""
    end = time.monotonic() + patience
    while not reached():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.2)
        db.session.rollback()


def state(key: str) -> str:
    db.session.rollback()
    return jobs.job_of(key).state


@pytest.mark.slow
def test_a_worker_does_what_is_asked(office):
    key = asked()
    process = worker(office)
    try:
        until(lambda: state(key) == "done")
        assert storage.exists(draft_name(plan_at("usa-2023"), "en"))
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(40) == 0


@pytest.mark.slow
def test_a_killed_worker_loses_no_job_and_shows_no_half_a_file(office):
    key = asked()
    process = worker(office)
    until(lambda: state(key) == "running")
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    name = draft_name(plan_at("usa-2023"), "en")
    assert not storage.exists(name) or storage.get(name).rstrip().endswith(b"%%EOF")
    if state(key) != "done":  # the lease would run out by itself a minute later
        with transaction():
            jobs.job_of(key).leased_until = now() - timedelta(seconds=1)
    again = worker(office)
    try:
        until(lambda: state(key) == "done")
        assert storage.get(name).rstrip().endswith(b"%%EOF")
        assert not list(Path(office["NAP_HOME"]).glob("files/**/*.tmp"))
    finally:
        again.send_signal(signal.SIGTERM)
        again.wait(40)


@pytest.mark.slow
def test_the_demonstration_makes_its_pdfs(tmp_path):
    """The store that loaded it left threads behind, and a worker forked from them waited with its first file."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    given = {"PATH": os.environ["PATH"], "PYTHONPATH": str(PROJECT), "NAP_HOME": str(tmp_path)}
    command = [sys.executable, "-P", "-m", "nap_builder.cli", "demo", "--port", str(port)]
    with subprocess.Popen(command, env=given, stdout=subprocess.DEVNULL, start_new_session=True) as serving:
        try:
            end = time.monotonic() + PATIENCE
            while not list((tmp_path / "files" / "documents").rglob("*.pdf")):
                assert time.monotonic() < end, "no file was made in time"
                time.sleep(0.2)
        finally:
            os.killpg(serving.pid, signal.SIGTERM)
