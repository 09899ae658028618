"""How long a plan of 5,000 activities takes to come in, to come in again unchanged, and to go out.

    python benchmarks/import_5000.py                                an SQLite file in a temporary folder
    python benchmarks/import_5000.py postgresql+psycopg://…/empty   an empty PostgreSQL database

Each activity has a lead, two supporting institutions, a budget line and an indicator with baseline and target; the
file has 4.6 MB. Last figures, on two cores that did nothing else, in seconds (SQLite, PostgreSQL):

    read and check 1.4, 1.3 · take in 3.9, 3.1 · put together 1.1, 0.6 · write 1.6, 0.9
    list what would change 4.0, 2.8 · take in again 3.0, 4.7 · at most 265 MB of memory
"""

import json
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from nap_builder.app import create_app
from nap_builder.exchange import services
from nap_builder.kernel import schema
from nap_builder.kernel.actor import INSTALLATION
from nap_builder.kernel.database import db, transaction
from nap_builder.plans.document import plan_document
from nap_builder.plans.queries.plan import plan_or_none
from nap_builder.settings import Settings

PILLARS, OBJECTIVES, ACTIVITIES = 5, 20, 50


def large_plan() -> dict[str, Any]:
    """A plan of 5,000 activities in two languages."""
    bodies = [{"code": f"M{n}", "name": words(f"Ministry {n}"), "kind": "ministry"} for n in range(20)]
    plan = {
        "slug": "large",
        "title": words("A large plan"),
        "country": "XTA",
        "starts": "2027-01-01",
        "ends": "2031-12-31",
    }
    pillars = [
        {
            "code": f"{p}",
            "title": words(f"Pillar {p}"),
            "objectives": [
                {
                    "code": f"{p}.{o}",
                    "title": words(f"Objective {p}.{o}"),
                    "activities": [activity(f"{p}.{o}.{a}", a) for a in range(ACTIVITIES)],
                }
                for o in range(OBJECTIVES)
            ],
        }
        for p in range(PILLARS)
    ]
    return {
        "format": "nap-plan/1",
        "plan": {**plan, "languages": ["en", "fr"]},
        "institutions": bodies,
        "pillars": pillars,
    }


def activity(code: str, number: int) -> dict[str, Any]:
    """An activity as full as they usually are."""
    return {
        "code": code,
        "title": words(f"Train the officers of district {code} in mediation and in the reception of survivors"),
        "description": words(
            "Two weeks of training each year, with trainers from the women's organisations of the district."
        ),
        "lead": f"M{number % 20}",
        "supporting": [f"M{(number + 1) % 20}", f"M{(number + 2) % 20}"],
        "starts": "2027-Q2",
        "ends": "2030",
        "costing": "costed",
        "budget": [{"amount": "125000.50", "year": 2028, "funding": "pledged"}],
        "indicators": [
            {
                "code": f"{code}.a",
                "title": words(f"Officers trained in district {code}"),
                "kind": "number",
                "baseline": {"value": "0", "year": 2026},
                "targets": [{"value": "240", "by": "2030"}],
            }
        ],
    }


def words(text: str) -> dict[str, str]:
    """A text in two languages."""
    return {"en": text, "fr": f"{text} (en français)"}


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Prints how long something took."""
    start = time.perf_counter()
    yield
    print(f"{what:<34}{time.perf_counter() - start:6.1f} s")


def measure(data: bytes) -> None:
    """Takes a file in twice and out again, in a database that is migrated and empty."""
    with timed("read and check"):
        incoming = services.read(data)
    with timed("take in, a new plan"), transaction():
        plan = services.apply(INSTALLATION, incoming).plan
    with timed("put the plan together (freeze, PDF)"):
        plan_document(plan)
    with timed("write it as a file"):
        services.plan_file(plan, None, "working")
    with timed("list what would change"):
        services.preview(incoming, plan_or_none(incoming.slug))
    with timed("take in again, unchanged"), transaction():
        services.apply(INSTALLATION, incoming, plan=plan)


def main() -> None:
    data = json.dumps(large_plan(), ensure_ascii=False).encode()
    with tempfile.TemporaryDirectory() as folder:
        url = sys.argv[1] if len(sys.argv) > 1 else f"sqlite:///{folder}/nap.sqlite"
        app = create_app(Settings(home=Path(folder), database_url=url, secret_key="x" * 40, testing=True))
        with app.app_context():
            schema.upgrade(db.engine)
            print(f"{db.engine.dialect.name}, a file of {len(data) / 1e6:.1f} MB")
            measure(data)
            db.engine.dispose()


if __name__ == "__main__":
    main()
