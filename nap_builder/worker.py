"""The worker: does jobs, sends letters, and sweeps up what a crash dropped.

It runs beside the server's own threads by default; a file lock lets one run on a machine. Larger installations run
`nap worker` apart. Everything it does may be done twice without harm.
"""

import contextlib
import fcntl
import logging
import signal
import smtplib
import threading
import time
from pathlib import Path
from types import FrameType
from typing import IO

from flask import Flask
from huey.consumer import Consumer

from nap_builder.consultations.services import retention
from nap_builder.exchange import uploads
from nap_builder.home.jobs import ask_for_reminders
from nap_builder.kernel import jobs, mail, web
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db, transaction
from nap_builder.plans.services import photographs, undoing

log = logging.getLogger(__name__)

EVERY_SECONDS = 5
TIDY_EVERY_SECONDS = 3600


class QuietConsumer(Consumer):
    """A consumer that leaves the signals of the process to the server it lives in."""

    def _set_signal_handlers(self) -> None:
        return


def embed(app: Flask) -> None:
    """Starts the worker in threads of this process, once no other process of this machine has it."""
    threading.Thread(target=_wait_and_work, args=(app,), name="nap-worker", daemon=True).start()


def run(app: Flask) -> None:
    """Works until the process is told to stop; what is begun is finished."""
    stop = threading.Event()

    def heed(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, heed)
    consumer = _consumer(app)
    consumer.start()
    _tend(app, stop)
    consumer.stop(graceful=True)


def _consumer(app: Flask) -> QuietConsumer:
    return QuietConsumer(app.extensions["nap_queue"], workers=1, periodic=False, max_delay=1.0, shutdown_timeout=25)


def _wait_and_work(app: Flask) -> None:
    place = app.config["NAP"].home / "worker.lock"
    while (held := _lock(place)) is None:
        time.sleep(EVERY_SECONDS)
    with held:
        _consumer(app).start()
        _tend(app, threading.Event())


def _lock(place: Path) -> IO[str] | None:
    file = place.open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        return None
    return file


def _tend(app: Flask, stop: threading.Event) -> None:
    tidied = 0.0
    while True:
        with app.app_context(), contextlib.suppress(Exception):
            _logged(jobs.sweep)
            _logged(send_letters)
            if time.monotonic() - tidied > TIDY_EVERY_SECONDS or not tidied:
                _logged(tidy)
                _logged(ask_for_reminders)
                tidied = time.monotonic()
        if stop.wait(EVERY_SECONDS):
            return


def _logged(act: object) -> None:
    try:
        act()  # type: ignore[operator]
    except Exception:
        db.session.rollback()
        log.exception("the worker could not finish %s", getattr(act, "__name__", act))


def send_letters() -> int:
    """Sends the letters that wait; a server that is down is tried again later. Returns how many were sent."""
    sent = 0
    if not mail.mail_is_set():
        return sent
    for letter in mail.waiting():
        try:
            mail.deliver(letter)
        except (OSError, smtplib.SMTPException):
            log.warning("the mail server did not take a letter; it is tried again")
            return sent
        with transaction():
            letter.sent_at, letter.text = now(), ""
        sent += 1
    return sent


def tidy() -> None:
    """Drops what is kept only for a while: form keys, what can no longer be undone, uploads never confirmed, pictures
    never added, and what people said in confidence, once it was kept long enough.
    """
    with transaction():
        retention.destroy_what_is_due()
    with transaction():
        web.forget_old_receipts()
        undoing.forget_old()
        photographs.drop_unused()
    uploads.drop_old()
