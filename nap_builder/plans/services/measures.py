"""Indicators with their figures, and milestones."""

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import record
from nap_builder.kernel.database import db, touch
from nap_builder.kernel.errors import BadInput, MalformedForm, StaleEdit
from nap_builder.kernel.languages import _
from nap_builder.plans.events.measures import BASELINE_WRITTEN, BENCHMARK_WRITTEN, FIGURE_REMOVED, TARGET_WRITTEN
from nap_builder.plans.levels import kind_of
from nap_builder.plans.models.measures import BASELINE, BENCHMARK, TARGET, Figure, Indicator, Milestone
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.names import ADDS_UP
from nap_builder.plans.queries import measures as queries
from nap_builder.plans.services import rows
from nap_builder.plans.services.undoing import undoable

WRITTEN = {BASELINE: BASELINE_WRITTEN, TARGET: TARGET_WRITTEN, BENCHMARK: BENCHMARK_WRITTEN}


def add_indicator(by: Actor, row: Any, values: Mapping[str, Any]) -> Indicator:
    """Adds an indicator to a pillar, objective, output or activity. Raises BadInput for a code in use."""
    plan = row.plan
    place = {f"{kind_of(row)}_id": row.id, "position": queries.next_place(plan, Indicator)}
    indicator = Indicator(plan_id=plan.id, plan=plan, **place)
    rows.add(by, indicator, values)
    return indicator


def add_milestone(by: Actor, row: Any, values: Mapping[str, Any]) -> Milestone:
    """Adds a milestone to the plan as a whole, an objective or an activity. Raises BadInput for a code in use."""
    plan = row if isinstance(row, Plan) else row.plan
    place = {} if isinstance(row, Plan) else {f"{kind_of(row)}_id": row.id}
    milestone = Milestone(plan_id=plan.id, plan=plan, position=queries.next_place(plan, Milestone), **place)
    rows.add(by, milestone, values)
    return milestone


def write_figure(
    by: Actor, indicator: Indicator, part: str, position: int, values: Mapping[str, Any], *, seen: int | None
) -> Figure:
    """Writes the baseline, the benchmark or a target (by its position, or as a new one after the last).

    `seen` is the version of the indicator. Cells of the same dimensions may not add up to more than the total,
    where the indicator counts things. Raises StaleEdit, BadInput, WrongState.
    """
    figure = queries.figure_of(indicator, part, position)
    _unchanged(indicator, figure, seen)
    _cells_fit(indicator, values)
    with undoable(by, indicator.plan, indicator):
        if figure is None:
            known = queries.figures_of([indicator]).get(indicator.id, queries.Figures())
            last = max((target.position for target in known.targets), default=-1)
            figure = Figure(indicator_id=indicator.id, part=part, position=last + 1 if part == TARGET else 0)
            db.session.add(figure)
        changes = rows.assign(figure, values)
        touch(indicator)
        record(WRITTEN[part], by, indicator, changes=changes, plan=indicator.plan.slug, code=indicator.code)
    return figure


def remove_figure(by: Actor, indicator: Indicator, figure: Figure, *, seen: int | None) -> None:
    """Removes a figure; the audit trail keeps what it said. Raises StaleEdit, WrongState."""
    _unchanged(indicator, figure, seen)
    names = ("value", "text", "numerator", "denominator", "year", "by", "source")
    said = {name: (getattr(figure, name), None) for name in names if getattr(figure, name) is not None}
    with undoable(by, indicator.plan, indicator):
        db.session.delete(figure)
        touch(indicator)
        record(FIGURE_REMOVED, by, indicator, changes=said, plan=indicator.plan.slug, code=indicator.code)


def _unchanged(indicator: Indicator, figure: Figure | None, seen: int | None) -> None:
    if seen is None:
        raise MalformedForm
    if indicator.row_version != seen:
        raise StaleEdit(queries.FigureAsRead(figure, indicator.row_version))


def _cells_fit(indicator: Indicator, values: Mapping[str, Any]) -> None:
    cells = values.get("cells") or []
    named = [frozenset(cell["of"].items()) for cell in cells]
    if len(set(named)) != len(named):
        raise BadInput("cells", _("Two rows have the same category."))
    total = values.get("value") if values.get("value") is not None else values.get("numerator")
    if total is None or indicator.kind not in ADDS_UP:
        return
    tables: dict[frozenset[str], list[Decimal]] = defaultdict(list)
    for cell in cells:
        if "value" in cell:
            tables[frozenset(cell["of"])].append(Decimal(cell["value"]))
    if any(min(table) >= 0 and sum(table) > total for table in tables.values()):
        raise BadInput("cells", _("These figures add up to more than the whole. Correct them, or the whole."))
