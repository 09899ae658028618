"""What needs a person now, drawn from what the installation holds, and cut to what their roles can do about it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from nap_builder.home.queries.consulting import on_consulted, to_comment
from nap_builder.home.queries.drafting import of_drafters, of_ministries
from nap_builder.home.queries.facts import Facts
from nap_builder.home.queries.installation import of_the_installation
from nap_builder.home.queries.need import GRAVITY, WAIT, Need
from nap_builder.home.queries.reporting import on_correctors, on_reporters, on_those_who_run_it, on_verifiers
from nap_builder.home.queries.waiting import adoption, decisions, on_drafters, on_ministries, review, undertakings
from nap_builder.kernel.access import POLICY
from nap_builder.kernel.actor import Actor
from nap_builder.kernel.languages import _, words_in
from nap_builder.plans.models.plan import CLOSED, Plan
from nap_builder.plans.policy import DRAFTERS, MINISTRIES
from nap_builder.plans.queries.plan import plans

MOST_NEEDS = 7
RECORD = "consultations.record.read"  # whoever reads drafts has it, and the steward, who reads none


def needs_of(who: Actor, plan: Plan | None) -> list[Need]:
    """What needs a person now, by who waits and how grave it is, seven at most.

    Where somebody waits is looked for in every plan that is not closed; what is lacking, in the one being written.
    """
    open_plans = [one for one in plans() if one.state != CLOSED and POLICY[RECORD].allows(who, one)]
    several = len(open_plans) > 1
    found = [_named(need, one, several=several) for one in open_plans for need in _waiting(who, Facts(one, who))]
    if plan is not None:
        found += _lacking(who, Facts(plan, who))
    elif who.roles & DRAFTERS:
        found.append(Need(_("Start a plan"), WAIT, _("To do"), _("No plan is in drafting."), "plans.plans"))
    return _first([*found, *to_comment(who), *of_the_installation(who)])


def needs_in(who: Actor, facts: Facts) -> list[Need]:
    """What needs a person now in one plan, as `needs_of` orders it; nothing in one that is closed."""
    if facts.plan.state == CLOSED:
        return []
    return _first([*_waiting(who, facts), *_lacking(who, facts)])


def _waiting(who: Actor, facts: Facts) -> Iterator[Need]:
    yield from on_consulted(who, facts)
    if not POLICY["plans.draft.read"].allows(who, facts.plan):
        return  # the steward keeps what people said, and reads no draft
    yield from adoption(who, facts)
    yield from decisions(who, facts)
    yield from undertakings(who, facts)
    yield from on_verifiers(facts)
    if who.roles & MINISTRIES:
        yield from on_ministries(who, facts)
        yield from on_reporters(who, facts)
        yield from on_correctors(who, facts)
    if who.roles & DRAFTERS:
        yield from on_drafters(who, facts)
        yield from on_those_who_run_it(who, facts)
        yield from review(facts)


def _lacking(who: Actor, facts: Facts) -> Iterator[Need]:
    if facts.plan.in_drafting and who.roles & DRAFTERS:
        yield from of_drafters(facts)
    if facts.plan.in_drafting and who.roles & MINISTRIES:
        yield from of_ministries(who, facts)


def _named(need: Need, plan: Plan, *, several: bool) -> Need:
    """A need with the plan's title, where there are several."""
    hint = _("%(owner)s · %(hint)s", owner=words_in(plan.title), hint=need.hint) if need.hint else words_in(plan.title)
    return replace(need, hint=hint) if several else need


def _first(found: Iterable[Need]) -> list[Need]:
    return sorted(found, key=lambda need: (need.wait, GRAVITY.index(need.kind)))[:MOST_NEEDS]
