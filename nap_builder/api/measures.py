"""What the data say of indicators, their figures, and milestones. Figures are exact, as decimal strings."""

from collections.abc import Iterator
from decimal import Decimal

from nap_builder.api.answers import Data, address
from nap_builder.api.queries import Stated, measured
from nap_builder.api.rows import day
from nap_builder.monitoring.progress.exact import rounded
from nap_builder.monitoring.progress.shapes import Cell
from nap_builder.monitoring.queries.figures import MeasureRecord, Point, Run, Sheet
from nap_builder.monitoring.queries.timeline import Mark

PLACES = 6


def indicator_said(one: Stated, slug: str, sheet: Sheet | None) -> Data:
    """An indicator as the published version states it, and how each series of its figures stands."""
    row = measured(sheet, one)
    code = one.row["code"]
    return {
        "code": code,
        "under": one.under,
        "stated": one.row,
        "judged_on": day(row.on) if row else None,
        "series": [_standing(run) for run in row.runs] if row else [],
        "links": {
            "self": address("api.indicator", slug=slug, code=code),
            "values": address("api.indicator_values", slug=slug, code=code),
        },
    }


def _standing(run: Run) -> Data:
    last = run.last
    return {
        "name": run.name,
        "status": run.status.name,
        "period_ends": day(last.told.ends) if last else None,
        "value": figure(last.value) if last else None,
    }


def values_said(row: MeasureRecord | None) -> Iterator[Data]:
    """The published figures of an indicator, a row for each period of each series; none where nothing is published."""
    for run in row.runs if row else ():
        for point in run.points:
            yield _value_said(row.indicator.code if row else "", run, point)


def _value_said(code: str, run: Run, point: Point) -> Data:
    told = point.told
    return {
        "indicator": code,
        "series": run.name,
        "period_starts": day(told.starts),
        "period_ends": day(told.ends),
        "value": figure(point.value),
        "numerator": figure(told.numerator),
        "denominator": figure(told.denominator),
        "text": dict(told.text) if told.text else None,
        "missing": told.missing,
        "counted": figure(point.counted),
        "expected": figure(point.expected),
        "quality": told.quality,
        "corrects": told.corrects,
        "source": dict(told.source) if told.source else None,
        "note": dict(told.note) if told.note else None,
        "cells": [_cell_said(cell) for cell in told.cells],
    }


def _cell_said(cell: Cell) -> Data:
    return {"of": dict(cell.of), "value": figure(cell.value), "missing": cell.missing}


def milestone_said(one: Stated, mark: Mark | None) -> Data:
    """A milestone as the published version states it, and whether it was met, where that is published."""
    progress = {"met": mark.standing.met, "days_late": mark.standing.days_late} if mark else None
    return {"code": one.row["code"], "under": one.under, "stated": one.row, "progress": progress}


def figure(value: Decimal | None) -> str | None:
    """A number as a decimal string, to six places at most."""
    return None if value is None else f"{rounded(value, PLACES):f}"
