"""What happened to the first plan in the parliament of the invented State, entered into the record by its secretary."""

import json
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from nap_builder.demo.people import demo_person
from nap_builder.kernel.clock import today as today_at
from nap_builder.kernel.database import transaction
from nap_builder.parliament.models import HouseEntry
from nap_builder.parliament.queries.record import entries
from nap_builder.parliament.services import EntryFacts, add, keep, set_rhythm
from nap_builder.plans.calendar import months_later
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.plan import plan_or_none
from nap_builder.publishing.queries import published_version
from nap_builder.settings import PROJECT
from nap_builder.taskforce.queries import institution_at

RECORD = PROJECT / "seeds" / "demo" / "parliament.json"
SLUG = "nap-1"
WORDS = ("title", "body", "text", "answer", "asked_by", "source", "about", "public")


def bring_parliament() -> None:
    """From the tabling to what the government undertook; some of the days lie around today."""
    plan = plan_or_none(SLUG)
    if plan is None or entries(plan):
        return
    told, held = json.loads(RECORD.read_bytes()), dict[str, HouseEntry]()
    with transaction():
        for one in told["entries"]:
            entry = add(demo_person("secretariat"), plan, one["kind"], _facts(plan, one, held))
            if "name" in one:
                held[one["name"]] = entry
            if "kept" in one:
                kept = one["kept"]
                on = date.fromisoformat(kept["on"])
                keep(demo_person(kept["by"]), entry, on, kept["note"], seen=entry.row_version)
        set_rhythm(demo_person("chair"), plan, told["review_months"], seen=None)


def _facts(plan: Plan, one: Mapping[str, Any], held: Mapping[str, HouseEntry]) -> EntryFacts:
    said: dict[str, Any] = {name: one[name] for name in WORDS if name in one}
    if "answered_on" in one:
        said["answered_on"] = date.fromisoformat(one["answered_on"])
    if "debate" in one:
        said["debate_id"] = held[one["debate"]].id
    if "owner" in one:
        said |= {"owner_id": institution_at(one["owner"]).id, "due": _day(plan, one["due"])}
    version = published_version(plan)
    return EntryFacts(day=_day(plan, one["day"]), version=version.number if version else None, **said)


def _day(plan: Plan, told: str | Mapping[str, int]) -> date:
    """A day that is said, or one that lies so many months and days from today."""
    if isinstance(told, str):
        return date.fromisoformat(told)
    return months_later(today_at(plan.timezone), told.get("months", 0)) + timedelta(days=told.get("days", 0))
