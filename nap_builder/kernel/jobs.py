"""Long work outside the request. The row is the truth; the queue (Huey) holds nothing but its key.

A job's row is saved with the act that asks for it. After the commit its key is handed to the queue; a sweep
hands on what a crash dropped, so nothing is lost, and every job may run twice.
"""

import contextlib
import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask, current_app
from flask.globals import app_ctx
from huey import Huey, PostgresHuey, RedisHuey, SqliteHuey
from huey.serializer import SignedSerializer
from sqlalchemy import CheckConstraint, event, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from nap_builder.kernel.clock import now
from nap_builder.kernel.database import Base, Data, Utc, db, new_key, one, transaction, writing
from nap_builder.kernel.languages import LazyString, _, force_locale

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
MOST_ATTEMPTS = 3
WAITING_TOO_LONG = timedelta(seconds=30)
QUEUED, RUNNING, DONE, FAILED = "queued", "running", "done", "failed"


class JobFailed(Exception):
    """Work that cannot succeed by trying again; its message is shown to the person who asked."""


class Job(Base):
    """A piece of work: what, for whom, how far. `progress` is percent; `result` is what the work hands back."""

    __tablename__ = "job"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True, default=new_key)
    name: Mapped[str]
    arguments: Mapped[dict[str, Any]] = mapped_column(Data)
    state: Mapped[str] = mapped_column(default=QUEUED, index=True)
    progress: Mapped[int] = mapped_column(default=0)
    step: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="en")
    person_id: Mapped[int | None] = mapped_column(index=True)
    plan_slug: Mapped[str | None]
    attempts: Mapped[int] = mapped_column(default=0)
    queued_at: Mapped[datetime] = mapped_column(Utc, default=now)
    leased_until: Mapped[datetime | None] = mapped_column(Utc)
    ended_at: Mapped[datetime | None] = mapped_column(Utc)
    failure: Mapped[str | None]
    result: Mapped[dict[str, Any] | None] = mapped_column(Data)

    __table_args__ = (
        CheckConstraint("state in ('queued', 'running', 'done', 'failed')", name="state"),
        CheckConstraint("progress between 0 and 100", name="progress"),
    )

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in (DONE, FAILED)

    @property
    def title(self) -> str:
        """What the work is, for people."""
        return str(WORKS[self.name].says)


Step = Callable[[int, str], None]


@dataclass(frozen=True)
class Work:
    """A kind of job: its name, its sentence for people, and the function that does it."""

    name: str
    says: LazyString
    does: Callable[..., dict[str, Any] | None]


WORKS: dict[str, Work] = {}


def work(name: str, says: LazyString) -> Callable[[Callable[..., dict[str, Any] | None]], Work]:
    """Declares a kind of job. The function gets `step(percent, sentence)` first, then the arguments, which are
    identifiers only; it opens its own transactions, and running it twice must do no harm.
    """

    def mark(function: Callable[..., dict[str, Any] | None]) -> Work:
        if name in WORKS:
            raise ValueError(f"{name} is declared twice")
        WORKS[name] = Work(name, says, function)
        return WORKS[name]

    return mark


def enqueue(
    what: Work, *, person_id: int | None = None, plan_slug: str | None = None, language: str = "en", **arguments: Any
) -> Job:
    """Saves a job within the open transaction; it is handed to the queue once that is committed.

    The same work that this person asked for before, and that nobody has begun, is not queued twice.
    """
    if not writing():
        raise RuntimeError("a job is queued outside `with transaction()`")
    if (waiting := _waiting(what, person_id, language, arguments)) is not None:
        return waiting
    job = Job(
        key=new_key(), name=what.name, arguments=arguments, person_id=person_id, plan_slug=plan_slug, language=language
    )
    db.session.add(job)
    db.session().info.setdefault("jobs", []).append(job.key)
    return job


def _waiting(what: Work, person_id: int | None, language: str, arguments: dict[str, Any]) -> Job | None:
    if person_id is None:
        return None
    query = select(Job).where(Job.person_id == person_id, Job.name == what.name, Job.language == language)
    found = db.session.scalars(query.where(Job.state == QUEUED).order_by(Job.id))
    return next((job for job in found if job.arguments == arguments), None)


@event.listens_for(Session, "after_commit")
def _hand_on(session: Session) -> None:
    for key in session.info.pop("jobs", []):
        hand_to_queue(key)


@event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop("jobs", None)


def prepare(app: Flask, home: Path, database_url: str, redis_url: str | None, secret: str) -> None:
    """Opens the queue: a file beside the embedded database, else Redis where it is set, else PostgreSQL."""
    serializer = SignedSerializer(secret=secret)
    queue: Huey
    if redis_url:
        queue = RedisHuey("nap", url=redis_url, serializer=serializer, results=False)
    elif database_url.startswith("postgresql"):
        dsn = database_url.replace("postgresql+psycopg://", "postgresql://")
        queue = PostgresHuey("nap", dsn=dsn, serializer=serializer, results=False)
    else:
        queue = SqliteHuey("nap", filename=str(home / "queue.sqlite"), serializer=serializer, results=False)

    @queue.task(name="run_job")
    def run_job(key: str) -> None:
        with app.app_context():
            run(key)

    app.extensions["nap_queue"], app.extensions["nap_run_job"] = queue, run_job


def hand_to_queue(key: str) -> None:
    """Tells the queue about a job. A queue that is down is no error: the sweep tries again."""
    run_job = current_app.extensions.get("nap_run_job")
    if run_job is None:
        return
    try:
        run_job(key)
    except Exception:
        log.exception("the queue did not take job %s", key)


def run(key: str) -> None:
    """Does a job unless it has ended or another worker has it, and keeps what came of it."""
    if (job := _lease(key)) is None:
        return
    try:
        with force_locale(job.language), _held(key):
            result = WORKS[job.name].does(_stepper(key), **job.arguments)
        _end(key, DONE, result=result)
    except JobFailed as failure:
        _end(key, FAILED, failure=str(failure))
    except Exception:
        log.exception("job %s (%s) failed", key, job.name)
        _give_back(key)


def job_of(key: str) -> Job:
    """The job with this key. Raises Missing."""
    return one(select(Job).where(Job.key == key))


def sweep() -> int:
    """Hands on jobs that were dropped: queued long ago, or leased by a worker that died. Returns how many."""
    queued = (Job.state == QUEUED) & (Job.queued_at < now() - WAITING_TOO_LONG)
    abandoned = (Job.state == RUNNING) & (Job.leased_until < now())
    keys = db.session.scalars(select(Job.key).where(queued | abandoned)).all()
    db.session.rollback()
    for key in keys:
        hand_to_queue(key)
    return len(keys)


def _lease(key: str) -> Job | None:
    with transaction():
        job = db.session.scalar(select(Job).where(Job.key == key))
        held = job is not None and job.state == RUNNING and job.leased_until is not None and job.leased_until > now()
        if job is None or job.ended or held:
            return None
        if job.attempts >= MOST_ATTEMPTS:
            job.state, job.ended_at = FAILED, now()
            job.failure = _("This did not work after three tries. Try again later, or tell the administrator.")
            return None
        job.state, job.attempts, job.leased_until = RUNNING, job.attempts + 1, now() + LEASE
        db.session.flush()
        db.session.expunge(job)
        return job


@contextlib.contextmanager
def _held(key: str) -> Iterator[None]:
    """Renews the lease while the work goes on, so that no other worker takes up what merely takes long."""
    ended, app = threading.Event(), app_ctx.app

    def renew() -> None:
        while not ended.wait(LEASE.total_seconds() / 3):
            try:
                with app.app_context():
                    _renew(key)
            except Exception:
                log.exception("the lease of job %s was not renewed", key)

    keeper = threading.Thread(target=renew, name="nap-lease", daemon=True)
    keeper.start()
    try:
        yield
    finally:
        ended.set()
        keeper.join()


def _renew(key: str) -> None:
    with transaction():
        mine = (Job.key == key, Job.state == RUNNING)
        db.session.execute(update(Job).where(*mine).values(leased_until=now() + LEASE))


def _stepper(key: str) -> Step:
    def step(percent: int, sentence: str) -> None:
        with transaction():
            job = job_of(key)
            job.progress, job.step, job.leased_until = percent, str(sentence), now() + LEASE

    return step


def _end(key: str, state: str, *, result: dict[str, Any] | None = None, failure: str | None = None) -> None:
    with transaction():
        job = job_of(key)
        job.state, job.result, job.failure, job.ended_at, job.leased_until = state, result, failure, now(), None
        job.progress = 100 if state == DONE else job.progress


def _give_back(key: str) -> None:
    with transaction():
        job = job_of(key)
        job.state, job.leased_until, job.queued_at = QUEUED, None, now()
        if job.attempts >= MOST_ATTEMPTS:
            job.state, job.ended_at = FAILED, now()
            job.failure = _("This did not work after three tries. Try again later, or tell the administrator.")
