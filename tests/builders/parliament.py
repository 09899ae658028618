"""Entries of the record of parliament, for tests."""

from datetime import date
from typing import Any

from nap_builder.kernel.database import db
from nap_builder.parliament.models import HouseEntry
from nap_builder.parliament.queries.record import next_number
from nap_builder.plans.models.plan import Plan
from nap_builder.taskforce.models import Institution

DAY = date(2026, 3, 3)


def an_entry(
    plan: Plan, kind: str = "debate", title: str = "The committee debates the plan", **given: Any
) -> HouseEntry:
    """An entry, saved within the open transaction."""
    facts: dict[str, Any] = {"day": DAY, "title": {"en": title}, **given}
    entry = HouseEntry(plan=plan, number=next_number(plan), kind=kind, **facts)
    db.session.add(entry)
    db.session.flush()
    return entry


def an_undertaking(
    plan: Plan, owner: Institution, title: str = "Lay the Act before the house", **given: Any
) -> HouseEntry:
    """An undertaking of an institution, due in April 2026 unless another day is given."""
    return an_entry(plan, "undertaking", title, **{"owner_id": owner.id, "due": date(2026, 4, 30), **given})
