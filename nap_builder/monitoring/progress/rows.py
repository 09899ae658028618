"""Rows of the database as the arithmetic takes them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from nap_builder.monitoring.models import IndicatorValue
from nap_builder.monitoring.models import Spending as SpendingRow
from nap_builder.monitoring.progress.shapes import Cell, Figure, Measure, Reported, Step
from nap_builder.monitoring.progress.spending import STAGES
from nap_builder.plans.models.measures import Figure as FigureRow
from nap_builder.plans.models.measures import Indicator


def measure_of(indicator: Indicator, baseline: FigureRow | None, targets: Sequence[FigureRow]) -> Measure:
    """What an indicator says, with its baseline and its targets in order (see `plans.queries.measures.figures_of`)."""
    return Measure(
        kind=indicator.kind,
        direction=indicator.direction,
        total=indicator.total,
        baseline=figure_of(baseline) if baseline else None,
        targets=tuple(figure_of(target) for target in targets),
        frequency_months=indicator.frequency_months,
        counts=indicator.counts,
        disaggregation=tuple(indicator.disaggregation or ()),
        no_sex_reason=indicator.no_sex_reason,
        not_counted=indicator.not_counted,
        scale=tuple(Step(Decimal(step["value"]), step["label"]) for step in indicator.scale or ()),
    )


def figure_of(row: FigureRow) -> Figure:
    """A baseline, target or benchmark."""
    return Figure(
        row.value, row.numerator, row.denominator, text=row.text, year=row.year, by=row.by, cells=cells_of(row.cells)
    )


def reported_of(rows: Iterable[IndicatorValue]) -> list[Reported]:
    """Reported values; `position` is their order of reporting."""
    return [
        Reported(
            row.period_ends,
            row.value,
            row.numerator,
            row.denominator,
            starts=row.period_starts,
            text=row.text,
            source=row.source,
            note=row.note,
            cells=cells_of(row.cells),
            quality=row.quality,
            missing=row.missing,
            series=row.series or "",
            corrects=row.corrects,
            position=row.position,
        )
        for row in rows
    ]


def told_of(told: Mapping[str, Any], ends: date, position: int = 0) -> Reported:
    """A value as an update says it (nap-plan/1, decimals as text), for a period that ended on a day."""
    value, part, whole = (
        Decimal(told[name]) if name in told else None for name in ("value", "numerator", "denominator")
    )
    return Reported(
        ends,
        value,
        part,
        whole,
        text=told.get("text"),
        source=told.get("source"),
        note=told.get("note"),
        cells=cells_of(told.get("cells")),
        missing=told.get("missing"),
        series=told.get("series") or "",
        position=position,
    )


def cells_of(cells: Iterable[Mapping[str, Any]] | None) -> tuple[Cell, ...]:
    """The parts of a figure as nap-plan/1 writes them, their numbers decimal strings."""
    return tuple(
        Cell(cell["of"], Decimal(cell["value"]) if "value" in cell else None, cell.get("missing"))
        for cell in cells or ()
    )


def stages_of(row: SpendingRow | None) -> dict[str, Decimal | None]:
    """What was said of a budget line's money, by stage."""
    return {stage: getattr(row, stage) for stage in STAGES[1:]} if row else {}
