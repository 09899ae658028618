"""The production server: gunicorn with threads, the worker beside it."""

import gc
import re
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from nap_builder import worker
from nap_builder.app import create_app
from nap_builder.settings import Settings

UNREADABLE = re.compile(r"^Invalid request from ip=[^ ]+")


class QuietLog(Logger):
    """The log of the server without readers: no line for a request, and no address of one that could not be read."""

    def access(self, *_given: Any) -> None:
        """Nothing, whatever a configuration asks for: public pages promise it."""

    def warning(self, msg: str, *args: Any, **kwargs: Any) -> None:
        """A warning without the address that the library writes into it."""
        super().warning(UNREADABLE.sub("Invalid request", msg), *args, **kwargs)


class Server(BaseApplication):
    """Serves an installation until it is told to stop; what is being answered is finished first."""

    def __init__(self, settings: Settings, *, bind: str, workers: int, announce: str = "") -> None:
        self.installation, self.bind, self.workers, self.announce = settings, bind, workers, announce
        super().__init__()

    def load_config(self) -> None:
        options: dict[str, Any] = {
            "bind": self.bind,
            "workers": self.workers,
            "worker_class": "gthread",
            "threads": 4,
            "timeout": 30,
            "graceful_timeout": 30,
            "max_requests": 5000,
            "max_requests_jitter": 500,
            "forwarded_allow_ips": "127.0.0.1",
            "accesslog": None,
            "logger_class": QuietLog,
            "loglevel": "warning",
            "proc_name": "nap",
            "control_socket_disable": True,
            "when_ready": self._ready,
        }
        for name, value in options.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Flask:
        """Builds the application in each worker process, so that no connection crosses a fork."""
        app = create_app(self.installation)
        worker.embed(app)
        gc.collect()
        gc.freeze()  # it stays as long as the process does
        return app

    def _ready(self, _arbiter: Any) -> None:
        if self.announce:
            print(self.announce, flush=True)  # noqa: T201 - what the command says to the person who started it
