"""What needs a person now, drawn from what the installation holds, and cut to what their roles can do about it."""

from collections.abc import Iterable, Iterator

from nap_builder.home.queries.drafting import of_drafters, of_ministries
from nap_builder.home.queries.facts import Facts, facts_of
from nap_builder.home.queries.installation import of_the_installation
from nap_builder.home.queries.need import GRAVITY, WAIT, Need
from nap_builder.home.queries.waiting import adoption, decisions, on_drafters, on_ministries
from nap_builder.kernel.actor import Actor
from nap_builder.kernel.languages import _
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.policy import DRAFTERS, MINISTRIES

MOST_NEEDS = 7


def needs_of(who: Actor, plan: Plan | None) -> list[Need]:
    """What needs a person now, by who waits and how grave it is, seven at most. `plan` is the one being written."""
    found = list(_of_plan(who, facts_of(plan, who))) if plan is not None else []
    if plan is None and who.roles & DRAFTERS:
        found.append(Need(_("Start a plan"), WAIT, _("To do"), _("No plan is in drafting."), "plans.plans"))
    return _first([*found, *of_the_installation(who)])


def needs_in(who: Actor, facts: Facts) -> list[Need]:
    """What needs a person now in one plan, as `needs_of` orders it."""
    return _first(_of_plan(who, facts))


def _of_plan(who: Actor, facts: Facts) -> Iterator[Need]:
    yield from adoption(who, facts)
    yield from decisions(who, facts)
    if who.roles & MINISTRIES:
        yield from on_ministries(who, facts)
    if who.roles & DRAFTERS:
        yield from on_drafters(facts)
    if facts.plan.in_drafting and who.roles & DRAFTERS:
        yield from of_drafters(facts)
    if facts.plan.in_drafting and who.roles & MINISTRIES:
        yield from of_ministries(who, facts)


def _first(found: Iterable[Need]) -> list[Need]:
    return sorted(found, key=lambda need: (need.wait, GRAVITY.index(need.kind)))[:MOST_NEEDS]
