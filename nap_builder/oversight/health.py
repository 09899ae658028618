"""Whether the installation is alive and ready; the public is told no detail."""

import shutil
from typing import Any

from flask import Blueprint, current_app, g
from sqlalchemy import text

from nap_builder.kernel import schema
from nap_builder.kernel.access import requires
from nap_builder.kernel.database import db

rooms = Blueprint("health", __name__)
LEAST_FREE_BYTES = 500_000_000


@rooms.get("/livez")
@requires("accounts.doors")
def live() -> Any:
    return "ok\n", 200, {"Content-Type": "text/plain", "Cache-Control": "no-store"}


@rooms.get("/readyz")
@requires("accounts.doors")
def ready() -> Any:
    g.personal = False
    home = current_app.config["NAP"].home
    db.session.execute(text("select 1"))
    sound = schema.current(db.engine) == schema.newest() and shutil.disk_usage(home).free > LEAST_FREE_BYTES
    return ("ready\n" if sound else "not ready\n"), (200 if sound else 503), {"Content-Type": "text/plain"}
