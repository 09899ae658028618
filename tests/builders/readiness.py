"""What a check finds, for tests that ask one by its key."""

from typing import Any

from nap_builder.kernel.actor import Actor
from nap_builder.kernel.database import db, transaction
from nap_builder.plans.models.measures import Milestone
from nap_builder.readiness.queries import Result, result_of


def asked(plan: Any, key: str, who: Actor | None = None) -> Result:
    """The result of a check, of the plan as it is saved."""
    db.session.expire_all()
    return result_of(plan, key, who)[0]


def open_rows(plan: Any, key: str, who: Actor | None = None) -> list[str]:
    """The codes, or else the names, of the rows that a check lists."""
    rows = asked(plan, key, who).found.failing
    return [row.code or (row.label if isinstance(row.label, str) else row.label["en"]) for row in rows]


def passes(plan: Any, key: str) -> bool:
    """Whether nothing is open in a check."""
    return asked(plan, key).kind == "passes"


def change(row: Any, **values: Any) -> None:
    """Saves a row with some values changed."""
    with transaction():
        kept = db.session.get_one(type(row), row.id)
        for name, value in values.items():
            setattr(kept, name, value)


def a_milestone(plan: Any, kind: str, due: str | None, *, code: str = "") -> Milestone:
    """A milestone of the plan as a whole."""
    with transaction():
        place = db.session.query(Milestone).filter_by(plan_id=plan.id).count()
        said = {"code": code or f"M{place}", "position": place, "title": {"en": kind}}
        row = Milestone(plan_id=plan.id, kind=kind, due=due, **said)
        db.session.add(row)
    return row
