"""From an earlier plan to the next one, or to a template. Documents in, documents out; no database is asked."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from nap_builder.plans.canonical import canonical_document
from nap_builder.plans.profiles import public_profile, references, without_progress
from nap_builder.plans.schema import ROOT, Shape
from nap_builder.plans.services.plan import facts_as_said
from nap_builder.plans.tables import each
from nap_builder.plans.wording import by_language
from nap_builder.starting.composing import Wishes, spoken_in
from nap_builder.starting.lessons import OVER, SECTION, Words, lessons_section
from nap_builder.starting.template import FORMAT, Row, below

OF_ITS_TIME = frozenset({"adoption", "signatures", "reference", "not_applicable", "rates"})
OF_ITS_DATES = frozenset({"starts", "ends", "time_as_stated", "budget", "costing", "costing_note", "milestones", "new"})
FIGURES = frozenset({"baseline", "targets", "benchmark", "baseline_due", "also_measures"})
OF_A_TEMPLATE = frozenset({"labels", "context", "level", "reporting_months", "civil_society_role", "vision"})
REPORTED = ("value", "numerator", "denominator", "text", "source", "cells")


@dataclass(frozen=True)
class Kept:
    """What of the earlier plan goes on in the next one, besides its pillars and indicators.

    `objectives` are codes of those that go on (None: all); `lessons` is what people say they learned.
    """

    texts: bool = True
    activities: bool = True
    objectives: frozenset[str] | None = None
    lessons: Words | None = None


def succeeding(former: Row, wishes: Wishes, kept: Kept) -> Row:
    """The next plan: what the former says, but of its own time; the last figure of an indicator becomes its baseline.

    `former` is the working plan with its progress, each row with its key: a row that goes on keeps its key, since
    it is the same for as long as the plan and its successors live. What is completed or dropped stays.
    """
    said = _by_language(canonical_document(former))
    pillars = [_pillar(pillar, kept) for pillar in said["pillars"] if _wished(pillar, wishes)]
    plan = {name: value for name, value in said["plan"].items() if name not in OF_ITS_TIME}
    facts = facts_as_said(wishes.facts)
    _stay_within(pillars, {region["code"] for region in facts["regions"]})
    document: Row = {
        **{name: said[name] for name in ("format", "institutions", "task_force", "risks") if name in said},
        "plan": {
            **plan,
            **facts,
            "slug": wishes.slug,
            "country": wishes.country,
            "edition": plan.get("edition", 1) + 1,
            "succeeds": {"slug": plan["slug"], "title": plan["title"]},
        },
        "sections": _sections(said, wishes, kept),
        "pillars": pillars,
        "policy_reviews": [row for row in said.get("policy_reviews", ()) if "done_on" not in row],
        "milestones": [_without(row, {"due"}) for row in said.get("milestones", ())],
    }
    begun = spoken_in(_without_loose_ends(without_progress(document)), wishes.facts.languages)
    return {**begun, "institutions": said["institutions"]}  # other plans speak of them in other languages


def as_template(former: Row, key: str, title: dict[str, str], summary: dict[str, str], *, texts: bool) -> Row:
    """A template (nap-template/1) of a plan's public profile: its rows without dates, money, figures or progress."""
    said = _by_language(public_profile(canonical_document(former)))
    document: Row = {
        "plan": {name: value for name, value in said["plan"].items() if name in OF_A_TEMPLATE},
        **{name: said[name] for name in ("institutions", "task_force") if name in said},
        "sections": [_section(_without(one, {"easy"}), texts=texts) for one in said.get("sections", ())],
        "pillars": [_bare(pillar) for pillar in said["pillars"]],
        "milestones": [_without(row, {"due", "key"}) for row in said.get("milestones", ())],
        "risks": [_without(row, {"about", "key"}) for row in said.get("risks", ())],
    }
    for section in document["sections"]:
        section.setdefault("place", "body")
    return {**document, "format": FORMAT, "key": key, "title": title, "summary": summary}


def _by_language(document: Row) -> Row:
    """A canonical document with every text as words by language, also those in the plan's first language alone."""
    first = document["plan"]["languages"][0]
    whole: Row = each(document, ROOT, lambda value, shape: by_language(value, first) if shape.name == "text" else value)
    return whole


def _wished(pillar: Row, wishes: Wishes) -> bool:
    return wishes.pillars is None or pillar["code"] in wishes.pillars


def _sections(former: Row, wishes: Wishes, kept: Kept) -> list[Row]:
    """The sections of the next plan, with the lessons of this one before the annexes."""
    going_on = [
        _section(section, texts=kept.texts) for section in former.get("sections", ()) if section["key"] != SECTION
    ]
    lessons = lessons_section(former, wishes.facts.languages, kept.lessons)
    if lessons is None:
        return going_on
    annexes = [n for n, section in enumerate(going_on) if section.get("place") == "annex"]
    place = next(iter(annexes), len(going_on))
    return [*going_on[:place], lessons, *going_on[place:]]


def _section(section: Row, *, texts: bool) -> Row:
    return section if texts else _without(section, {"paragraphs", "easy"})


def _without(row: Row, names: Collection[str]) -> Row:
    return {name: value for name, value in row.items() if name not in names}


def _pillar(pillar: Row, kept: Kept) -> Row:
    """A pillar and all under it as the next plan begins with them."""
    pillar = _went_on(pillar, kept)
    for row in below(pillar):
        _begin_again(row)
    _begin_again(pillar)
    return pillar


def _went_on(row: Row, kept: Kept) -> Row:
    """A row without the objectives that do not go on, and without the activities that are over, or any."""
    row = dict(row)
    if "objectives" in row and kept.objectives is not None:
        row["objectives"] = [one for one in row["objectives"] if one["code"] in kept.objectives]
    for kind in ("objectives", "outputs"):
        if kind in row:
            row[kind] = [_went_on(inner, kept) for inner in row[kind]]
    if "activities" in row:
        row["activities"] = [
            _without(one, OF_ITS_DATES)
            for one in row["activities"]
            if kept.activities and one.get("status") not in OVER
        ]
    return row


def _stay_within(pillars: list[Row], regions: Collection[str]) -> None:
    """Takes from the activities the regions that the plan no longer lists; without a list any name will do."""
    for row in (row for pillar in pillars for row in below(pillar) if regions and "regions" in row):
        row["regions"] = [named for named in row["regions"] if named in regions]


def _begin_again(row: Row) -> None:
    if "indicators" in row:
        row["indicators"] = [_indicator(one) for one in row["indicators"]]
    row.pop("milestones", None)


def _indicator(indicator: Row) -> Row:
    """An indicator whose last figure is its baseline, and whose targets are still to be set.

    A correction counts before the figure that it corrects, then the one given last. Where periods are summed, the
    last one alone is no measure of the state of things: the former baseline stays.
    """
    begun = _without(indicator, {"targets", "baseline_due"})
    values = [value for value in indicator.get("values", ()) if "missing" not in value and "series" not in value]
    if values and indicator.get("total") != "sum":
        *_order, last = max(
            (value["period_ends"], value.get("corrects", False), n, value) for n, value in enumerate(values)
        )
        figure = {name: last[name] for name in REPORTED if name in last}
        if last.get("quality") == "estimate":
            figure["estimate"] = True
        begun["baseline"] = {**figure, "year": int(last["period_ends"][:4])}
    return begun


def _bare(row: Row) -> Row:
    """A row, and those under it, as a template holds them."""
    kept = _without(row, {*OF_ITS_DATES, "key", "related", "regions", "more", "commitment"})
    for kind in ("objectives", "outputs", "activities"):
        if kind in kept:
            kept[kind] = [_bare(inner) for inner in kept[kind]]
    if "indicators" in kept:
        kept["indicators"] = [_without(one, {*FIGURES, "key", "more", "values"}) for one in kept["indicators"]]
    return kept


def _without_loose_ends(document: Row) -> Row:
    """A document without references to rows that it does not hold."""
    present = references(document)

    def said(value: Any, shape: Shape) -> Any:
        if shape.name == "ref":
            return value if value in present else None
        if shape.name == "policy_review.objectives":
            return value if f"objective:{value}" in present else None
        return value

    whole: Row = each(document, ROOT, said)
    return whole
