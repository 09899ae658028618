"""Figures broken down: faults of the parts, the parts as a table, the share of women, and who is not counted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from nap_builder.kernel.languages import _, _l, number
from nap_builder.monitoring.progress.exact import HUNDRED, plus, scaled
from nap_builder.monitoring.progress.shapes import Cell, Figure, Measure, Reported
from nap_builder.plans.names import ADDS_UP

NEGATIVE, TWICE, ABOVE = "negative", "twice", "above"
SEX, FEMALE = "sex", frozenset({"women", "girls"})
_FAULTS = {
    NEGATIVE: _l("A part is below nought."),
    TWICE: _l("Two parts have the same category."),
}
Dimensions = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CellFault:
    """A fault of the parts of a figure: `code` is NEGATIVE, TWICE or ABOVE; `of` the dimensions of the table."""

    code: str
    of: Dimensions
    added: Decimal | None = None
    total: Decimal | None = None

    @property
    def sentence(self) -> str:
        """It in a sentence."""
        if self.code == ABOVE:
            added, total = number(self.added), number(self.total)
            return _("The parts add up to %(added)s, more than the whole of %(total)s.", added=added, total=total)
        return str(_FAULTS[self.code])


@dataclass(frozen=True, slots=True)
class Crossed:
    """Parts as a table: `cells` by row and column category. A sum that lacks a part is None."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: dict[tuple[str, str], Cell]

    def cell(self, row: str, column: str) -> Cell | None:
        """One cell, None where it is not there."""
        return self.cells.get((row, column))

    def of_row(self, row: str) -> Decimal | None:
        """The sum of a row."""
        return _sum(self.cell(row, column) for column in self.columns)

    def of_column(self, column: str) -> Decimal | None:
        """The sum of a column."""
        return _sum(self.cell(row, column) for row in self.rows)

    def women_of(self, row: str) -> "WomensShare | None":
        """The share of women and girls in a row, where the columns are the sexes."""
        return _women({column: found for column in self.columns if (found := self.cell(row, column))})


@dataclass(frozen=True, slots=True)
class WomensShare:
    """Women and girls among all who were counted by sex; `percent` in per cent."""

    women: Decimal
    whole: Decimal
    percent: Decimal


@dataclass(frozen=True, slots=True)
class Uncounted:
    """Who is not in the parts: dimensions that the indicator promises and the figure lacks, and parts with a reason."""

    dimensions: Dimensions = ()
    parts: tuple[Cell, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.dimensions or self.parts)


def tables_of(cells: Iterable[Cell]) -> dict[Dimensions, tuple[Cell, ...]]:
    """The tables that the parts make: those of the same dimensions together, by the sorted names of these."""
    found: dict[Dimensions, list[Cell]] = {}
    for cell in cells:
        found.setdefault(tuple(sorted(cell.of)), []).append(cell)
    return {of: tuple(own) for of, own in found.items()}


def whole_of(figure: Figure | Reported) -> Decimal | None:
    """What the parts of a counted figure belong to: its value, else its numerator."""
    return figure.value if figure.value is not None else figure.numerator


def cell_faults(measure: Measure, figure: Figure | Reported) -> list[CellFault]:
    """What is wrong with the parts of a figure. Only where things are counted may a table not pass the whole."""
    whole, faults = whole_of(figure), []
    for of, cells in tables_of(figure.cells).items():
        values = [cell.value for cell in cells if cell.value is not None]
        if measure.kind in ADDS_UP and any(value < 0 for value in values):
            faults.append(CellFault(NEGATIVE, of))
        if len({frozenset(cell.of.items()) for cell in cells}) < len(cells):
            faults.append(CellFault(TWICE, of))
        added = plus(*values)
        if measure.kind in ADDS_UP and whole is not None and added > whole:
            faults.append(CellFault(ABOVE, of, added, whole))
    return faults


def parts_by(cells: Sequence[Cell], dimension: str) -> dict[str, Cell]:
    """The parts by the categories of one dimension, in their order: its own table, else added up from a larger one.

    Empty where no table has the dimension.
    """
    tables = tables_of(cells)
    own = tables.get((dimension,))
    if own is not None:
        return {cell.of[dimension]: cell for cell in own}
    wider = sorted((of for of in tables if dimension in of), key=len)
    grouped: dict[str, list[Cell]] = {}
    for cell in tables[wider[0]] if wider else ():
        grouped.setdefault(cell.of[dimension], []).append(cell)
    return {category: _added(dimension, category, group) for category, group in grouped.items()}


def crossed(cells: Iterable[Cell], rows: str, columns: str) -> Crossed | None:
    """The parts of two dimensions as a table; None where they are not broken down by both."""
    own = tables_of(cells).get(tuple(sorted((rows, columns))))
    if own is None or rows == columns:
        return None
    laid = {(cell.of[rows], cell.of[columns]): cell for cell in own}
    return Crossed(tuple(dict.fromkeys(row for row, _c in laid)), tuple(dict.fromkeys(one for _r, one in laid)), laid)


def womens_share(cells: Sequence[Cell]) -> WomensShare | None:
    """The share of women and girls among all counted by sex; None where that is not known in full."""
    return _women(parts_by(cells, SEX))


def uncounted(measure: Measure, figure: Figure | Reported) -> Uncounted:
    """Who is not counted in the parts of a figure; `measure.not_counted` says in words who is never counted."""
    there = {name for cell in figure.cells for name in cell.of}
    absent = tuple(name for name in measure.disaggregation if name not in there)
    return Uncounted(absent, tuple(cell for cell in figure.cells if cell.missing))


def _women(parts: dict[str, Cell]) -> WomensShare | None:
    female = [cell.value for category, cell in parts.items() if category in FEMALE]
    whole = _sum(parts.values())
    if not female or len(parts) < 2 or not whole or None in female:
        return None
    women = plus(*(value for value in female if value is not None))
    return WomensShare(women, whole, scaled(women, HUNDRED, whole))


def _added(dimension: str, category: str, cells: Sequence[Cell]) -> Cell:
    value = _sum(cells)
    missing = next((cell.missing for cell in cells if cell.missing), None) if value is None else None
    return Cell({dimension: category}, value, missing)


def _sum(cells: Iterable[Cell | None]) -> Decimal | None:
    values = [cell.value if cell else None for cell in cells]
    return None if not values or None in values else plus(*(value for value in values if value is not None))
