"""How the tables of a plan say nap-plan/1: one declaration for each kind of row, used to read and to write.

A column bears the name of the member it holds; its type says how the value is written. What differs is declared here.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import Column, Date

from nap_builder.kernel.database import Exact, Words
from nap_builder.plans.models.framework import Activity, Objective, Output, Pillar
from nap_builder.plans.models.measures import BASELINE, BENCHMARK, TARGET, BudgetLine, Figure, Indicator, Milestone
from nap_builder.plans.models.narrative import Paragraph, Section
from nap_builder.plans.models.plan import Plan, PolicyReview, Risk
from nap_builder.plans.schema import ROOT, Shape
from nap_builder.taskforce.models import Institution, TaskForce

LIST, ONE, MERGED = "list", "one", "merged"  # how rows stand in the object above them
WORDS, EXACT, DAY, INSTITUTION, PLAIN = "words", "exact", "day", "institution", "plain"
_OTHERWISE_NAMED = {"with": "with_whom"}
_REFERENCES = frozenset({"ref", "policy_review.objectives"})


@dataclass(frozen=True)
class Member:
    """A member of the format and the column that holds it. `form` says how the value is stored."""

    name: str
    column: Column[Any]
    form: str
    shape: Shape

    @cached_property
    def refers(self) -> bool:
        """Whether the value holds references to rows of the plan."""
        return any(shape.name in _REFERENCES for shape in _inside(self.shape))


@dataclass(frozen=True)
class Kind:
    """Rows of one table as the format says them.

    `parents` are the kinds that such a row may stand under, the nearest first; none or no parent set is the document.
    `member` is the name under which the parent holds them, `style` how; `fixed` columns tell rows of one table apart.
    With `chain` a row also points at all that stands above its parent.
    """

    name: str
    model: Any
    parents: tuple[str, ...] = ()
    member: str = ""
    style: str = LIST
    shape_name: str = ""
    fixed: Mapping[str, str] = field(default_factory=dict)
    chain: bool = False

    @cached_property
    def shape(self) -> Shape:
        """What the schema says of such a row."""
        return SHAPES[self.shape_name or self.name]

    @cached_property
    def members(self) -> tuple[Member, ...]:
        """The members that this table holds."""
        return members_of(self.model, self.shape)

    @property
    def keyed(self) -> bool:
        """Whether the format gives such a row an identity."""
        return "key" in self.shape.members

    def parent_column(self, parent: str) -> Column[Any]:
        """The column that points at a parent of this kind."""
        return column_of(self.model, f"{parent}_id")


def column_of(model: Any, name: str) -> Column[Any]:
    """The column of a mapped attribute."""
    column: Column[Any] = model.__mapper__.columns[name]
    return column


def members_of(model: Any, shape: Shape) -> tuple[Member, ...]:
    """The members of a shape that have a column in a table."""
    return tuple(_members(model, shape))


def _members(model: Any, shape: Shape) -> Iterator[Member]:
    names = set(model.__mapper__.columns.keys())
    for name, member in shape.members.items():
        attribute = _OTHERWISE_NAMED.get(name, name)
        if f"{attribute}_id" in names:
            yield Member(name, column_of(model, f"{attribute}_id"), INSTITUTION, member)
        elif attribute in names:
            yield Member(name, column_of(model, attribute), _form(column_of(model, attribute)), member)


def _form(column: Column[Any]) -> str:
    forms = {Words: WORDS, Exact: EXACT, Date: DAY}
    return next((form for kind, form in forms.items() if isinstance(column.type, kind)), PLAIN)


def _inside(shape: Shape) -> Iterator[Shape]:
    yield shape
    for inner in (*shape.members.values(), *((shape.item,) if shape.item else ())):
        yield from _inside(inner)


def each(value: Any, shape: Shape, leaf: Callable[[Any, Shape], Any]) -> Any:
    """A copy of a value with each text, reference and other end of it put through a function; None leaves it out."""
    if shape.kind == "object" and isinstance(value, dict):
        changed = ((name, each(part, shape.members[name], leaf)) for name, part in value.items())
        return {name: part for name, part in changed if part is not None}
    if shape.item is not None and isinstance(value, list):
        item = shape if shape.name in _REFERENCES else shape.item
        parts = [part for part in (each(part, item, leaf) for part in value) if part is not None]
        return sorted(parts) if shape.unique and item.name == "ref" else parts
    return leaf(value, shape)


def day_of(value: str | None) -> date | None:
    """A day of the format as a date."""
    return None if value is None else date.fromisoformat(value)


SHAPES: dict[str, Shape] = {}
for _shape in _inside(ROOT):
    if _shape.item is None:
        SHAPES.setdefault(_shape.name, _shape)

_MEASURED = ("activity", "output", "objective", "pillar")
FIGURES = (
    Kind("baseline", Figure, ("indicator",), "baseline", ONE, "figure", {"part": BASELINE}),
    Kind("target", Figure, ("indicator",), "targets", LIST, "figure", {"part": TARGET}),
    Kind("benchmark", Figure, ("indicator",), "benchmark", ONE, "figure", {"part": BENCHMARK}),
)
KINDS = (
    Kind("section", Section, member="sections"),
    Kind("paragraph", Paragraph, ("section",), "paragraphs"),
    Kind("pillar", Pillar, member="pillars"),
    Kind("objective", Objective, ("pillar",), "objectives"),
    Kind("output", Output, ("objective",), "outputs"),
    Kind("activity", Activity, ("output", "objective", "pillar"), "activities", chain=True),
    Kind("indicator", Indicator, _MEASURED, "indicators"),
    Kind("milestone", Milestone, ("activity", "objective"), "milestones"),
    Kind("policy_review", PolicyReview, member="policy_reviews"),
    Kind("risk", Risk, member="risks"),
    Kind("budget_line", BudgetLine, ("activity",), "budget"),
    *FIGURES,
)
INVOLVED = {"co_leads": "co_lead", "supporting": "supporting"}
PLAN_MEMBERS = members_of(Plan, SHAPES["plan"])
INSTITUTION_MEMBERS = members_of(Institution, SHAPES["institution"])
TASK_FORCE_MEMBERS = members_of(TaskForce, SHAPES["task_force"])
