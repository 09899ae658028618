"""Files of plans for tests."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

from nap_builder.exchange import services
from nap_builder.kernel.actor import INSTALLATION
from nap_builder.kernel.database import transaction
from nap_builder.plans.queries.plan import plan_or_none

DATA = Path(__file__).parent.parent / "data"


def full() -> dict[str, Any]:
    """A plan that uses every member of the format, as a person would write it."""
    document: dict[str, Any] = json.loads((DATA / "full.json").read_text(encoding="utf-8"))
    return document


def usa() -> dict[str, Any]:
    """A real plan."""
    document: dict[str, Any] = json.loads((DATA / "usa-2023.json").read_text(encoding="utf-8"))
    return document


def small(**members: Any) -> dict[str, Any]:
    """The smallest plan that there can be; members of the document replace its own."""
    plan = {"slug": "small", "title": "A small plan", "country": "XTA", "starts": "2027-01-01", "ends": "2030-12-31"}
    body = {"code": "MOD", "name": "Ministry of Defence", "kind": "ministry"}
    document = {"format": "nap-plan/1", "plan": {**plan, "languages": ["en"]}, "institutions": [body], "pillars": []}
    return deepcopy({**document, **members})


def large(activities: int, *, slug: str = "large") -> dict[str, Any]:
    """A plan with so many activities under one objective, each with a budget line and an indicator."""
    rows = [
        {
            "code": f"1.1.{number}",
            "title": f"Activity {number}",
            "lead": "MOD",
            "budget": [{"amount": "1200.50", "year": 2028}],
            "indicators": [
                {"code": f"1.1.{number}.a", "title": "Women trained", "kind": "number", "targets": [{"value": "9"}]}
            ],
        }
        for number in range(1, activities + 1)
    ]
    objective = {"code": "1.1", "title": "An objective", "activities": rows}
    document = small(pillars=[{"code": "1", "title": "A pillar", "objectives": [objective]}])
    document["plan"]["slug"] = slug
    return document


def as_file(document: Any) -> bytes:
    """A document as the bytes of a file."""
    return json.dumps(document, ensure_ascii=False).encode()


def taken_in(document: Any, *, remove: bool = False) -> services.Done:
    """Takes a document in over the plan of its short name, or as a new plan."""
    incoming = services.read(as_file(document))
    with transaction():
        return services.apply(INSTALLATION, incoming, plan=plan_or_none(incoming.slug), remove=remove)


def lines(document: Any) -> list[str]:
    """What taking a document in would do, but for what it would keep, a line each with its parts set apart by a bar."""
    incoming = services.read(as_file(document))
    seen = services.preview(incoming, plan_or_none(incoming.slug))
    return ["|".join(change) for change in seen.changes if change.action != "keep"]
