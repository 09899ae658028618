"""What the adopted version of a plan holds: what is reported on and made public while an amendment is written."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.versions import PUBLIC, WORKING, frozen_document, version_at
from nap_builder.plans.wording import by_language
from nap_builder.taskforce.models import Institution
from nap_builder.taskforce.queries import institutions

LEVELS_BELOW = ("objectives", "outputs", "activities")


@dataclass(frozen=True)
class Stated:
    """A row of the framework as a version states it; dates as precise as it says them."""

    key: str
    code: str
    title: Mapping[str, str]
    starts: str | None
    ends: str | None
    timing: str
    lead: str | None
    theme: str | None
    also_themes: tuple[str, ...]
    areas: tuple[str, ...]
    mandates: tuple[str, ...]


@dataclass(frozen=True)
class Adopted:
    """What the public file of a version says: the plan's title, and the activities.

    `paths` holds these by their keys, each with the rows above it, the pillar first.
    """

    title: Mapping[str, str]
    paths: Mapping[str, tuple[Stated, ...]]
    bodies: Mapping[str, Institution]

    def path(self, key: str) -> tuple[Stated, ...]:
        """The rows from the pillar down to an activity, itself the last; none where the version does not have it."""
        return self.paths.get(key, ())

    def lead(self, key: str) -> Institution | None:
        """Who leads an activity, itself or by a row above."""
        codes = [row.lead for row in reversed(self.path(key)) if row.lead]
        return self.bodies.get(codes[0]) if codes else None


def adopted_words(plan: Plan) -> Adopted | None:
    """What stands adopted of a plan that is being amended, so that no draft is shown; None while nothing is drafted."""
    if not plan.being_amended:
        return None
    document = frozen_document(version_at(plan.slug, plan.adopted_number or 0), PUBLIC)
    paths = dict(_below({"objectives": document.get("pillars", ())}, (), plan.first_language))
    title = by_language(document["plan"]["title"], plan.first_language)
    return Adopted(title, paths, {body.code: body for body in institutions()})


def only_adopted(plan: Plan) -> Callable[[Sequence[Any]], Sequence[Any]]:
    """Cuts rows of a plan that is being amended to those that its adopted version has, restricted ones too."""
    if not plan.being_amended:
        return lambda rows: rows
    keys = frozenset(_keys(frozen_document(version_at(plan.slug, plan.adopted_number or 0), WORKING)))
    return lambda rows: [row for row in rows if row.key in keys]


def _keys(part: Any) -> Iterator[str]:
    """Every key in a part of a document."""
    if isinstance(part, dict):
        if isinstance(part.get("key"), str):
            yield part["key"]
        part = part.values()
    if not isinstance(part, str):
        for inner in part if isinstance(part, Iterable) else ():
            yield from _keys(inner)


def _below(row: Mapping[str, Any], above: tuple[Stated, ...], first: str) -> Iterator[tuple[str, tuple[Stated, ...]]]:
    for level in LEVELS_BELOW:
        for inner in row.get(level, ()):
            path = (*above, _stated(inner, first))
            if level == "activities":
                yield inner["key"], path
            yield from _below(inner, path, first)


def _stated(row: Mapping[str, Any], first: str) -> Stated:
    return Stated(
        key=row["key"],
        code=row["code"],
        title=by_language(row["title"], first),
        starts=row.get("starts"),
        ends=row.get("ends"),
        timing=row.get("timing", "dated"),
        lead=row.get("lead"),
        theme=row.get("theme"),
        also_themes=tuple(row.get("also_themes", ())),
        areas=tuple(row.get("areas", ())),
        mandates=tuple(row.get("mandates", ())),
    )
