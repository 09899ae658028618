"""How many statements, and how long, the results matrix takes for 40 and for 4,000 activities.

    python benchmarks/matrix_statements.py                                an SQLite file in a temporary folder
    python benchmarks/matrix_statements.py postgresql+psycopg://…/empty   an empty PostgreSQL database

The page is asked for by the chair, signed in, as a browser would: closed, with a row open, and with a search.
"""

import sys
import tempfile
import time
from pathlib import Path

from flask import Flask
from sqlalchemy import event

from nap_builder.accounts.services.sessions import open_session
from nap_builder.app import create_app
from nap_builder.kernel import schema
from nap_builder.kernel.database import db, transaction
from nap_builder.plans.models.framework import Objective
from nap_builder.settings import Settings
from tests.builders.framework import a_line, an_indicator, many_activities
from tests.builders.world import a_world

PAGES = {
    "first page": "/en/w/nap-2/matrix",
    "whole plan, rows with a problem": "/en/w/nap-2/matrix?pillar=&show=problems",
    "a search": "/en/w/nap-2/matrix?q=activity+1",
    "a row open": "/en/w/nap-2/matrix?edit={key}",
}
TRIES = 5


def measure(app: Flask, token: str, address: str) -> tuple[int, float]:
    """The statements of one page, and the best of its times in seconds."""
    said: list[str] = []
    with app.app_context():
        engine = db.engine

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement)

    browser = app.test_client()
    with browser.session_transaction() as session:
        session["token"] = token
    best = float("inf")
    event.listen(engine, "before_cursor_execute", note)
    for _try in range(TRIES):
        said.clear()
        start = time.perf_counter()
        answer = browser.get(address)
        best = min(best, time.perf_counter() - start)
        assert answer.status_code == 200, answer.status
    event.remove(engine, "before_cursor_execute", note)
    return len(said), best


def fill(place: dict[str, int], count: int, first: int) -> None:
    """So many more activities under an objective of their own, a tenth of them with money and an indicator."""
    objective = Objective(**place, code=f"1.{first}", position=first, title={"en": "Many"})
    db.session.add(objective)
    db.session.flush()
    for activity in many_activities(objective, count, first=first)[::10]:
        a_line(activity)
        an_indicator(activity, code=f"i{activity.code}")


def main() -> None:
    """Prints a table."""
    home = Path(tempfile.mkdtemp())
    url = sys.argv[1] if len(sys.argv) > 1 else f"sqlite:///{home / 'nap.sqlite'}"
    app = create_app(Settings(home=home, database_url=url, secret_key="s" * 50, testing=True))
    with app.app_context():
        schema.upgrade(db.engine)
        with transaction():
            world = a_world()
            token, key = open_session(world.people["chair"]), world.activities[0].key
            place = {"plan_id": world.plan.id, "pillar_id": world.pillar.id}
            fill(place, 38, 100)
    for total in (40, 4000):
        if total > 40:
            with app.app_context(), transaction():
                fill(place, total - 40, 1000)
        for name, address in PAGES.items():
            statements, seconds = measure(app, token, address.format(key=key))
            print(f"{total:>6} activities  {name:<34}{statements:>4} statements {seconds * 1000:>8.0f} ms")


if __name__ == "__main__":
    main()
