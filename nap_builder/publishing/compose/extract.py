"""What a plan asks of one institution, as a plan of its own: what it leads or takes part in, and nothing of others."""

from collections.abc import Iterable, Mapping
from typing import Any

Item = dict[str, Any]
ABOVE = ("objectives", "outputs")
REPORTED = ("indicators", "milestones")
TAKES_PART = ("co_leads", "supporting")
WHO_ANSWERS = ("responsible", "owner", "institution", "lead")
# Lists beside the framework of which the institution's own rows are kept; of all others none is.
BESIDE = ("risks", "policy_reviews", "milestones")
ALWAYS = ("format", "profile", "version", "plan")


def extract_of(plan: Mapping[str, Any], institution: str) -> Item:
    """A plan in nap-plan/1 with what concerns an institution, named by its code, alone."""
    kept: Item = {name: plan[name] for name in ALWAYS if name in plan}
    for name in BESIDE:
        if name in plan:
            kept[name] = [row for row in plan[name] if _answers(row, institution)]
    kept["pillars"] = [row for pillar in plan.get("pillars", ()) if (row := _level(pillar, institution)) is not None]
    named = {institution, plan["plan"].get("issuing_body"), *_named([kept["pillars"], *(kept.get(n) for n in BESIDE)])}
    kept["institutions"] = [row for row in plan["institutions"] if row["code"] in named]
    kept["sections"] = []
    return kept


def _level(row: Mapping[str, Any], institution: str, lead: str | None = None) -> Item | None:
    """A pillar, an objective or an output with what concerns the institution; None where nothing does."""
    lead = row.get("lead", lead)
    kept = dict(row)
    for name in ABOVE:
        if name in row:
            kept[name] = [one for below in row[name] if (one := _level(below, institution, lead)) is not None]
    if "activities" in row:
        kept["activities"] = [_activity(one, institution, lead) for one in row["activities"]]
        kept["activities"] = [one for one in kept["activities"] if _takes_part(one, institution, lead)]
    for name in REPORTED:
        if name in row:
            kept[name] = [one for one in row[name] if _answers({"lead": lead, **one}, institution)]
    concerned = any(kept.get(name) for name in (*ABOVE, "activities", *REPORTED))
    return kept if concerned or _takes_part(row, institution, lead) else None


def _activity(row: Item, institution: str, lead: str | None) -> Item:
    """An activity; of one that another leads, only the indicators and milestones that the institution answers for."""
    if row.get("lead", lead) == institution:
        return row
    own = {name: [one for one in row[name] if _answers(one, institution)] for name in REPORTED if name in row}
    return {**row, **own}


def _takes_part(row: Mapping[str, Any], institution: str, lead: str | None) -> bool:
    others = [code for name in TAKES_PART for code in row.get(name, ())]
    return institution in (row.get("lead", lead), *others)


def _answers(row: Mapping[str, Any], institution: str) -> bool:
    """Whether the institution answers for a row: as it says itself, else as who leads what it belongs to."""
    return next((row[name] for name in WHO_ANSWERS if row.get(name)), None) == institution


def _named(rows: object) -> Iterable[str]:
    """The institutions that some rows name."""
    if isinstance(rows, list):
        for row in rows:
            yield from _named(row)
    elif isinstance(rows, dict):
        for name, value in rows.items():
            if name in WHO_ANSWERS and isinstance(value, str):
                yield value
            elif name in TAKES_PART:
                yield from value
            else:
                yield from _named(value)
