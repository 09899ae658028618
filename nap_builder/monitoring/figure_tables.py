"""The figures of an indicator as tables: the parts of each figure, and one file of points and parts."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain

from nap_builder.kernel.bar_charts import SexChart
from nap_builder.kernel.languages import _, listed, number, words_in
from nap_builder.monitoring.charts import period_in_words, women_and_men_chart
from nap_builder.monitoring.figure_words import category, dimension, percent
from nap_builder.monitoring.progress.cells import (
    SEX,
    Crossed,
    Dimensions,
    crossed,
    parts_by,
    tables_of,
    womens_share,
)
from nap_builder.monitoring.progress.exact import plus, rounded
from nap_builder.monitoring.progress.path import last_target
from nap_builder.monitoring.progress.shapes import Cell, Measure, Reported
from nap_builder.monitoring.progress.values import value_of
from nap_builder.monitoring.queries.figures import MeasureRecord, Point, Run
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.names import ADDS_UP, MISSING, named

HEAD = ("indicator", "title", "series", "period_starts", "period_ends", "row")
TAIL = (
    *("value", "numerator", "denominator", "unit", "missing", "counted", "expected", "quality"),
    *("corrects", "text", "source", "note"),
)
PLACES = 6


@dataclass(frozen=True, slots=True)
class PartTable:
    """Parts as a table in words; the first column heads the rows. `older` is one of a period before the last."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    older: bool = False


def part_tables(run: Run, plan: Plan) -> list[PartTable]:
    """The parts of a series: those of two dimensions crossed, a table a period; others by period."""
    return [table for of in run.tables if of for table in _tables(run, of, plan)]


def sex_chart_of(run: Run) -> SexChart | None:
    """Women and men by period, where the parts are numbers of people; None where they are not, such as rates."""
    split = [point.told for point in run.points if _whole_split(point.told)]
    if not split or not all(_are_numbers(run.measure, point, _by_sex(point)) for point in split):
        return None
    shares = [(womens_share(point.cells), value_of(run.measure, point)) for point in split]
    of_women = run.measure.kind == "percent" and all(share and share.percent == value for share, value in shares)
    return women_and_men_chart(run.series, last_target(run.measure) if of_women else None)


def csv_columns(rows: Sequence[MeasureRecord]) -> tuple[str, ...]:
    """The columns of the file: one for each dimension stands between what a row is and what it says."""
    return (*HEAD, *_dimensions(rows), *TAIL)


def csv_rows(rows: Sequence[MeasureRecord]) -> Iterator[tuple[object, ...]]:
    """A row for each figure that stands, then one for each of its parts: numbers exact, shares to six places."""
    dimensions = _dimensions(rows)
    for row in rows:
        for run in row.runs:
            for point in run.points:
                yield _point_row(row, run, point, dimensions)
                yield from (_part_row(row, run, point, cell, dimensions) for cell in point.told.cells)


def _dimensions(rows: Sequence[MeasureRecord]) -> tuple[str, ...]:
    tables = chain.from_iterable(run.tables for row in rows for run in row.runs)
    return tuple(dict.fromkeys(name for of in tables for name in of))


def _point_row(row: MeasureRecord, run: Run, point: Point, dimensions: Sequence[str]) -> tuple[object, ...]:
    told = point.told
    return (
        *_head(row, run, told, "figure"),
        *("" for _name in dimensions),
        _figure(point.value),
        _figure(told.numerator),
        _figure(told.denominator),
        words_in(row.indicator.unit),
        told.missing or "",
        _figure(point.counted),
        _figure(point.expected),
        told.quality,
        "yes" if told.corrects else "no",
        *(words_in(text) for text in (told.text, told.source, told.note)),
    )


def _part_row(row: MeasureRecord, run: Run, point: Point, cell: Cell, dimensions: Sequence[str]) -> tuple[object, ...]:
    told = point.told
    return (
        *_head(row, run, told, "part"),
        *(cell.of.get(name, "") for name in dimensions),
        *(_figure(cell.value), "", "", words_in(row.indicator.unit), cell.missing or "", "", ""),
        *(told.quality, "yes" if told.corrects else "no", "", words_in(told.source), ""),
    )


def _head(row: MeasureRecord, run: Run, told: Reported, kind: str) -> tuple[object, ...]:
    return (row.indicator.code, words_in(row.indicator.title), run.name, told.starts or "", told.ends, kind)


def _figure(value: Decimal | None) -> Decimal | str:
    return "" if value is None else Decimal(f"{rounded(value, PLACES):f}")


def _tables(run: Run, of: Dimensions, plan: Plan) -> Iterator[PartTable]:
    having = [(point, tables_of(point.told.cells)[of]) for point in run.points if of in tables_of(point.told.cells)]
    if len(of) != 2:
        yield _by_period(run, having, of, plan)
        return
    rows, columns = sorted(of, key=lambda name: name == SEX)
    for place, (point, cells) in enumerate(reversed(having)):
        laid = crossed(cells, rows, columns)
        if laid is not None:
            sums = _are_numbers(run.measure, point.told, cells)
            yield _Grid(laid, rows, columns, plan, sums).table(period_in_words(point.told), older=place > 0)


def _by_period(run: Run, having: Sequence[tuple[Point, Sequence[Cell]]], of: Dimensions, plan: Plan) -> PartTable:
    """A row for each part, and one for what they come to; a column for each period, the newest last."""
    named_parts = dict.fromkeys(_place(cell, of) for _point, cells in having for cell in cells)
    by_point = [{_place(cell, of): cell for cell in cells} for _point, cells in having]
    title = str(listed(dimension(name) for name in of))
    rows: tuple[tuple[str, ...], ...] = tuple(
        (
            " · ".join(category(plan, name, value) for name, value in zip(of, part, strict=True)),
            *(_said(cells.get(part)) for cells in by_point),
        )
        for part in named_parts
    )
    wholes = [_whole(cells.get(part) for part in named_parts) for cells in by_point]
    if any(whole is not None for whole in wholes) and all(
        _are_numbers(run.measure, point.told, cells) for point, cells in having
    ):
        rows += ((_("Together"), *map(number, wholes)),)
    return PartTable(title, (title, *(period_in_words(point.told) for point, _cells in having)), rows)


def _place(cell: Cell, of: Dimensions) -> tuple[str, ...]:
    return tuple(cell.of[name] for name in of)


@dataclass(frozen=True, slots=True)
class _Grid:
    """Parts of two dimensions; `sums` says that they are numbers that may be added up, and compared by sex."""

    laid: Crossed
    rows_of: str
    columns_of: str
    plan: Plan
    sums: bool

    @property
    def by_sex(self) -> bool:
        """Whether the share of women is shown."""
        return self.sums and self.columns_of == SEX

    def table(self, period: str, *, older: bool) -> PartTable:
        title = " · ".join((dimension(self.rows_of), dimension(self.columns_of), period))
        columns = [category(self.plan, self.columns_of, name) for name in self.laid.columns]
        heads = (dimension(self.rows_of), *columns, *([_("Together")] if self.sums else []))
        rows = [self._row(name) for name in self.laid.rows]
        return PartTable(
            title,
            (*heads, *([_("Share of women")] if self.by_sex else [])),
            (*rows, *([self._last()] if self.sums else [])),
            older,
        )

    def _row(self, name: str) -> tuple[str, ...]:
        women = self.laid.women_of(name)
        return (
            category(self.plan, self.rows_of, name),
            *(_said(self.laid.cell(name, column)) for column in self.laid.columns),
            *([number(self.laid.of_row(name))] if self.sums else []),
            *([percent(women.percent) if women else ""] if self.by_sex else []),
        )

    def _last(self) -> tuple[str, ...]:
        sums = [self.laid.of_column(column) for column in self.laid.columns]
        known = [value for value in sums if value is not None]
        whole = plus(*known) if len(known) == len(sums) else None
        share = womens_share(tuple(self.laid.cells.values())) if self.by_sex else None
        return (
            _("Together"),
            *(number(value) for value in sums),
            number(whole),
            *([percent(share.percent) if share else ""] if self.by_sex else []),
        )


def _whole(cells: Iterable[Cell | None]) -> Decimal | None:
    """What parts come to; None where one of them is not known."""
    values = [cell.value if cell else None for cell in cells]
    known = [value for value in values if value is not None]
    return plus(*known) if len(known) == len(values) else None


def _said(cell: Cell | None) -> str:
    if cell is None:
        return ""
    return named(MISSING, cell.missing) if cell.value is None else number(cell.value)


def _by_sex(point: Reported) -> list[Cell]:
    return list(parts_by(point.cells, SEX).values())


def _whole_split(point: Reported) -> bool:
    parts = _by_sex(point)
    return bool(parts) and all(part.value is not None for part in parts)


def _are_numbers(measure: Measure, told: Reported, cells: Sequence[Cell]) -> bool:
    """Whether parts are numbers of what is counted, not rates: of a share they make up one of its two numbers."""
    if not measure.is_share:
        return measure.kind in ADDS_UP
    return plus(*(cell.value for cell in cells if cell.value is not None)) in (told.numerator, told.denominator)
