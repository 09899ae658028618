"""How plans stand to each other: a local plan under a national one, and a plan after the one before it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from nap_builder.kernel.access import can
from nap_builder.kernel.errors import Missing
from nap_builder.plans.levels import kind_of
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.framework import row_at
from nap_builder.plans.queries.plan import plan_or_none, plans, readable_plans
from nap_builder.plans.wording import by_language

Words = dict[str, str]


@dataclass(frozen=True)
class Family:
    """The plans around one: the `above` that it is part of, the `below` that are part of it, and the `former`.

    Only plans that the reader may open; where the plan above or before is none of them, its title alone is told.
    """

    above: Plan | None
    above_title: Words
    below: tuple[Plan, ...]
    former: Plan | None
    former_title: Words

    @property
    def alone(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.above_title or self.below or self.former_title)


def family(plan: Plan) -> Family:
    """The plans around a plan."""
    here = {one.slug: one for one in readable_plans()}
    above, former = plan.part_of or {}, plan.succeeds or {}
    return Family(
        above=here.get(above.get("slug", "")),
        above_title=by_language(above.get("title") or above.get("slug"), plan.first_language),
        below=tuple(one for one in here.values() if (one.part_of or {}).get("slug") == plan.slug),
        former=here.get(former.get("slug", "")),
        former_title=by_language(former.get("title") or former.get("slug"), plan.first_language),
    )


def titles_above(some: Iterable[Plan]) -> dict[int, Words]:
    """The title of the plan that each of these is part of, by the row id of the part; as it is called now."""
    here = {one.slug: one for one in readable_plans()}
    found = {}
    for plan in some:
        above = plan.part_of or {}
        known = here.get(above.get("slug", ""))
        title = known.title if known else by_language(above.get("title") or above.get("slug"), plan.first_language)
        if title:
            found[plan.id] = title
    return found


def former_plan(plan: Plan) -> Plan | None:
    """The plan that this one follows, where it is in this installation and open to the reader."""
    slug = (plan.succeeds or {}).get("slug")
    found = plan_or_none(slug) if slug else None
    return found if found is not None and found.id != plan.id and can("plans.draft.read", found) else None


def former_self(row: Any) -> Any | None:
    """The row of the former plan that this row of the framework was: a row that goes on keeps its key.

    None where it is new, where it was archived, and where the reader may not read what it was.
    """
    former = former_plan(row.plan)
    if former is None:
        return None
    try:
        return row_at(former.slug, kind_of(row), row.key)
    except Missing:
        return None


def way_up(plan: Plan) -> list[Plan]:
    """The plans of this installation that a plan stands under, the nearest first; each once, should they go round."""
    return _way_up(plan, {one.slug: one for one in plans()})


def possible_above(plan: Plan | None) -> list[Plan]:
    """The plans that a plan (None: a new one) may be put under: open to the reader, and not standing under it."""
    here = {one.slug: one for one in plans()}
    outside = [one for one in here.values() if plan is None or plan not in (one, *_way_up(one, here))]
    return [one for one in outside if can("plans.draft.read", one)]


def _way_up(plan: Plan, here: Mapping[str, Plan]) -> list[Plan]:
    way: list[Plan] = []
    above = here.get((plan.part_of or {}).get("slug", ""))
    while above is not None and above is not plan and above not in way:
        way.append(above)
        above = here.get((above.part_of or {}).get("slug", ""))
    return way
