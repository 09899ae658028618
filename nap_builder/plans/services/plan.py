"""Starting a plan and writing its facts."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import record
from nap_builder.kernel.errors import BadInput, MalformedForm, StaleEdit
from nap_builder.kernel.languages import _, words_in
from nap_builder.plans.events import narrative as events
from nap_builder.plans.levels import ROWS
from nap_builder.plans.models.plan import NATIONAL, Plan
from nap_builder.plans.queries.family import way_up
from nap_builder.plans.queries.plan import plan_or_none
from nap_builder.plans.services.abbreviations import as_lines, from_lines, seen_lines, with_unseen
from nap_builder.plans.services.regions import (
    as_region_lines,
    from_region_lines,
    refuse_lost_regions,
    regions_with_unseen,
)
from nap_builder.plans.services.touch import changed
from nap_builder.plans.wording import by_language

Words = dict[str, str]


@dataclass(frozen=True)
class PlanFacts:
    """What is said of a plan as a whole, flat as a form shows it.

    `abbreviations` and `regions` are lines by language (`services.abbreviations`, `services.regions`);
    `fiscal_year_starts` is a month and a day, `07-01`; `row_version` is the plan's when it was read. A local plan hangs
    `under` another one: by its short name, or by the title of one that is not in this installation.
    """

    title: Words
    starts: date
    ends: date
    own_language: str
    other_languages: tuple[str, ...] = ()
    level: str = NATIONAL
    under: str | None = None
    under_title: Words | None = None
    currency: str = "USD"
    fiscal_year_starts: str = "01-01"
    regions: Words | None = None
    subtitle: Words | None = None
    reference: str | None = None
    issuing_body_id: int | None = None
    vision: Words | None = None
    called_pillar: Words | None = None
    called_objective: Words | None = None
    called_output: Words | None = None
    called_activity: Words | None = None
    called_indicator: Words | None = None
    called_milestone: Words | None = None
    abbreviations: Words | None = None
    row_version: int = 0

    @property
    def languages(self) -> list[str]:
        """The plan's languages, its own first."""
        return list(dict.fromkeys([self.own_language, *self.other_languages]))

    @property
    def labels(self) -> dict[str, Words]:
        """What the State calls the levels of its framework, by level."""
        said = {level: getattr(self, f"called_{level}") for level in ROWS}
        return {level: text for level, text in said.items() if text}


def facts_of(plan: Plan) -> PlanFacts:
    """The facts of a plan as they stand."""
    above = plan.part_of or {}
    return PlanFacts(
        title=plan.title,
        starts=plan.starts,
        ends=plan.ends,
        level=plan.level,
        under=above.get("slug"),
        under_title=None if "slug" in above else by_language(above.get("title"), plan.languages[0]) or None,
        own_language=plan.languages[0],
        other_languages=tuple(plan.languages[1:]),
        currency=plan.currency,
        fiscal_year_starts=plan.fiscal_year_starts,
        regions=as_region_lines(plan.regions or [], plan.languages[0]),
        subtitle=plan.subtitle,
        reference=plan.reference,
        issuing_body_id=plan.issuing_body_id,
        vision=plan.vision,
        **{f"called_{level}": text for level, text in spoken_labels(plan).items()},
        abbreviations=as_lines(plan.abbreviations or [], plan.languages[0]),
        row_version=plan.row_version,
    )


def spoken_labels(plan: Plan) -> dict[str, Words]:
    """What this State calls the levels of its framework, by level, in languages."""
    labels = {name: by_language(text, plan.languages[0]) for name, text in (plan.labels or {}).items()}
    return {name: text for name, text in labels.items() if text}


def facts_as_said(facts: PlanFacts) -> dict[str, Any]:
    """The facts that a plan begins with, as members of nap-plan/1. Raises BadInput for those that cannot be.

    Those are a period that ends before it starts, a national plan under another one, and lines that say no region.
    Regions, labels and the plan above stand there also when there are none, since they may replace others.
    """
    _refuse_backwards(facts)
    _refuse_odd_level(facts)
    said = {
        "title": facts.title,
        "starts": facts.starts.isoformat(),
        "ends": facts.ends.isoformat(),
        "level": facts.level,
        "languages": facts.languages,
        "currency": facts.currency,
        "fiscal_year_starts": facts.fiscal_year_starts,
    }
    present = {name: value for name, value in said.items() if value}
    lines = {"regions": from_region_lines(facts.regions), "labels": facts.labels}
    return {**present, **lines, "part_of": _part_of(facts, {})}


def write_facts(actor: Actor, plan: Plan, facts: PlanFacts, *, seen: int | None) -> None:
    """Replaces the facts of a plan; texts in a language that goes stay as they are. Raises StaleEdit, BadInput."""
    if seen is None:
        raise MalformedForm
    before, shown = facts_of(plan), list(plan.languages)
    first = shown[0]
    if before.row_version != seen:
        raise StaleEdit(before)
    _refuse_backwards(facts)
    _refuse_odd_level(facts)
    _refuse_circle(plan, facts)
    _refuse_other_currency(plan, facts)
    plan.title, plan.subtitle, plan.vision = facts.title, facts.subtitle, facts.vision
    plan.starts, plan.ends, plan.languages = facts.starts, facts.ends, _in_their_order(facts.languages, plan.languages)
    plan.currency, plan.reference, plan.issuing_body_id = facts.currency, facts.reference, facts.issuing_body_id
    plan.labels = facts.labels or None
    plan.level, plan.part_of = facts.level, _part_of(facts, plan.part_of or {}) or None
    plan.fiscal_year_starts = facts.fiscal_year_starts
    if facts.regions != before.regions:
        typed = from_region_lines(seen_lines(facts.regions, shown))
        regions = regions_with_unseen(typed, plan.regions or (), shown, first)
        refuse_lost_regions(plan, regions)
        plan.regions = regions or None
    if facts.abbreviations != before.abbreviations:
        rows = from_lines(seen_lines(facts.abbreviations, shown))
        plan.abbreviations = with_unseen(rows, plan.abbreviations or (), shown, first) or None
    record(events.PLAN_CHANGED, actor, plan, changes=_changes(before, facts_of(plan)), title=_named(plan))
    changed(plan)


def _in_their_order(languages: list[str], former: list[str]) -> list[str]:
    """The languages with the plan's own first, then those it had in their order, then the new ones."""
    own, *others = languages
    return [own, *(tag for tag in former if tag in others), *(tag for tag in others if tag not in former)]


def _refuse_backwards(facts: PlanFacts) -> None:
    if facts.ends < facts.starts:
        raise BadInput("ends", _("The plan ends before it starts. Choose a later day."))


def _refuse_odd_level(facts: PlanFacts) -> None:
    if facts.under and facts.under_title:
        raise BadInput("under_title", _("Choose a plan of the list, or write the title of another one, not both."))
    if facts.level == NATIONAL and (facts.under or facts.under_title):
        raise BadInput("level", _("A plan under another one is local, regional or of one sector. Choose which."))


def _refuse_circle(plan: Plan, facts: PlanFacts) -> None:
    above = plan_or_none(facts.under) if facts.under else None
    if above is not None and plan.id in {above.id, *(one.id for one in way_up(above))}:
        raise BadInput("under", _("That plan is this one, or stands under it. Choose another."))


def _part_of(facts: PlanFacts, before: dict[str, Any]) -> dict[str, Any]:
    """The plan above as the exchange format writes it; one that is not in this installation stays as it was said."""
    if facts.under:
        above = plan_or_none(facts.under)
        return {"slug": facts.under, "title": above.title} if above else before
    return {"title": facts.under_title} if facts.under_title else {}


def _refuse_other_currency(plan: Plan, facts: PlanFacts) -> None:
    """Stated rates are to the plan's currency: in another one they would say what nobody stated."""
    if plan.rates and facts.currency != plan.currency:
        raise BadInput(
            "currency", _("The rates of exchange are stated in %(code)s. Remove them first.", code=plan.currency)
        )


def _changes(before: PlanFacts, after: PlanFacts) -> dict[str, tuple[Any, Any]]:
    pairs = {name: (getattr(before, name), getattr(after, name)) for name in PlanFacts.__dataclass_fields__}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1] and name != "row_version"}


def _named(plan: Plan) -> str:
    return words_in(plan.title, plan.first_language, plan.first_language)
