"""What of a plan goes into the workbook of one institution: its rows and sections, and the rows above them to read."""

from typing import Any

from nap_builder.plans.profiles import references
from nap_builder.plans.rows import rows_below
from nap_builder.plans.schema import Shape
from nap_builder.plans.tables import SHAPES

Document = dict[str, Any]
CONTEXT = frozenset({"pillar", "objective", "output", "section", "institution"})
"""Kinds that such a workbook shows and does not change."""
_FACTS = ("format", "profile", "version", "plan", "institutions", "task_force")


def cut_to(document: Document, institution: str) -> Document:
    """A plan with the activities led, and the sections owned, by the institution of this code, and what is above."""
    found = {name: document[name] for name in _FACTS if name in document}
    found["pillars"] = [
        kept for pillar in document["pillars"] if (kept := _led(pillar, SHAPES["pillar"], None, institution))
    ]
    owned = [section for section in document.get("sections", ()) if section.get("owner") == institution]
    return {**found, **({"sections": owned} if owned else {})}


def names_of(document: Document) -> list[str]:
    """Each reference that a row of the plan may hold, so that a part of the plan may refer to what is not in it."""
    return sorted(references(document))


def leading(document: Document) -> list[str]:
    """The codes of the institutions that lead an activity, or own a section, in the order of the plan."""
    bodies = [body["code"] for body in document["institutions"]]
    return [code for code in bodies if _has_own(cut_to(document, code))]


def _has_own(cut: Document) -> bool:
    return bool(cut["pillars"] or cut.get("sections"))


def _led(row: Document, shape: Shape, lead: str | None, institution: str) -> Document | None:
    """A row of the framework with what the institution leads below it; None where there is nothing."""
    lead = row.get("lead") or lead
    if shape.name == "activity":
        return row if lead == institution else None
    below = {}
    for name in sorted(rows_below(shape) & row.keys()):
        item = shape.members[name].item
        if item is not None and item.name in ("objective", "output", "activity"):
            below[name] = [kept for one in row[name] if (kept := _led(one, item, lead, institution))]
    found = {name: rows for name, rows in below.items() if rows}
    own = {name: value for name, value in row.items() if name not in rows_below(shape)}
    return {**own, **found} if found else None
