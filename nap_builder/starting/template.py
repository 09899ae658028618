"""A plan template (nap-template/1): read, checked, and asked what it holds. No database is asked."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from nap_builder.kernel.seeds import SEEDS
from nap_builder.plans.schema import SCHEMA as PLAN_SCHEMA

FORMAT = "nap-template/1"
EMPTY = "empty"
ORDER = ("four-pillars", "five-themes", "contributor", "conflict-affected", "donor", "local", EMPTY)
FOLDER = SEEDS / "templates"
_SCHEMA: dict[str, Any] = json.loads(Path(__file__).with_name("nap-template-1.schema.json").read_text(encoding="utf-8"))
_VALIDATOR = Draft202012Validator(
    _SCHEMA, registry=Registry().with_resource(PLAN_SCHEMA["$id"], Resource.from_contents(PLAN_SCHEMA))
)

Row = dict[str, Any]
Words = dict[str, str]


class TemplateFault(ValueError):
    """A file that is no template; the message is a line for each fault: `FILE: PLACE: what is wrong`."""


@dataclass(frozen=True)
class PlanTemplate:
    """What a plan may begin with. `document` is valid nap-template/1; `own` if it was made of a plan of this State."""

    document: dict[str, Any]
    own: bool = False

    @property
    def key(self) -> str:
        """Its name in addresses and commands."""
        key: str = self.document["key"]
        return key

    @property
    def title(self) -> Words:
        """What it is called."""
        title: Words = self.document["title"]
        return title

    @property
    def pillars(self) -> list[Row]:
        """Its pillars, with what is under them."""
        pillars: list[Row] = self.document["pillars"]
        return pillars

    @property
    def languages(self) -> list[str]:
        """The languages that it speaks."""
        return list(self.title)

    @cached_property
    def blocks(self) -> tuple[str, ...]:
        """The topics that a plan may leave out, in the order in which they come first."""
        rows = (row for pillar in self.pillars for row in below(pillar))
        return tuple(dict.fromkeys(row["block"] for row in rows if "block" in row))

    @cached_property
    def counts(self) -> Counter[str]:
        """How many sections, pillars, objectives, activities and indicators it holds."""
        found: Counter[str] = Counter(sections=len(self.document["sections"]), pillars=len(self.pillars))
        for pillar in self.pillars:
            found["indicators"] += len(pillar.get("indicators", ()))
            for kind, row in kinds_below(pillar):
                found[kind] += 1
                found["indicators"] += len(row.get("indicators", ()))
        return found


def kinds_below(row: Row) -> Iterator[tuple[str, Row]]:
    """The objectives, outputs and activities under a row, each followed by those under it, with their kind."""
    for kind in ("objectives", "outputs", "activities"):
        for inner in row.get(kind, ()):
            yield kind, inner
            yield from kinds_below(inner)


def below(row: Row) -> Iterator[Row]:
    """The objectives, outputs and activities under a row."""
    return (inner for _kind, inner in kinds_below(row))


def read_template(document: Any, name: str) -> PlanTemplate:
    """A template from its document. `name` is that of its file. Raises TemplateFault with every fault and its place.

    The rows are checked against nap-plan/1 when a plan is composed of them.
    """
    faults = sorted(_VALIDATOR.iter_errors(document), key=lambda fault: list(map(str, fault.absolute_path)))
    if faults:
        lines = (f"{name}: /{'/'.join(map(str, fault.absolute_path))}: {fault.message[:300]}" for fault in faults)
        raise TemplateFault("\n".join(lines))
    return PlanTemplate(document)


@cache
def shipped_templates() -> tuple[PlanTemplate, ...]:
    """The templates that come with the program, in the order in which they are offered. Raises TemplateFault."""
    return tuple(_file(FOLDER / f"{key}.json") for key in ORDER)


def _file(path: Path) -> PlanTemplate:
    return read_template(json.loads(path.read_text(encoding="utf-8")), path.name)
