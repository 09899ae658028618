"""The fields of one indicator in an update: its figure, the parts of it, where it comes from, or why there is none."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from wtforms import BooleanField
from wtforms.validators import Length, Optional

from nap_builder.kernel.fields import PlainField, ProseField, plain_decimal
from nap_builder.kernel.languages import _, _l, words_in
from nap_builder.monitoring.forms.pieces import (
    LONGEST_LINE,
    LONGEST_TEXT,
    OneButton,
    figure_field,
    in_tongue,
    text_of,
    words_of,
)
from nap_builder.monitoring.forms.said import Speaker
from nap_builder.monitoring.progress.cells import SEX, tables_of
from nap_builder.monitoring.progress.exact import plus
from nap_builder.monitoring.progress.rows import cells_of
from nap_builder.monitoring.progress.shapes import STEPPED, Cell
from nap_builder.monitoring.queries.before import Before, Told, told_cell, told_of
from nap_builder.monitoring.services.content import PARTS, field_of
from nap_builder.plans.forms.pieces import OneOf
from nap_builder.plans.models.measures import Indicator
from nap_builder.plans.names import ADDS_UP, MISSING

SPARE = 3
LABELS = {"numerator": _l("Number"), "denominator": _l("out of")}


@dataclass(frozen=True)
class Named:
    """A part of a figure as a field: its name, and its categories by dimension."""

    name: str
    of: Mapping[str, str]


class FigureSheet:
    """The fields of an indicator, what they begin with, and what they then say.

    A figure whose periods are added up begins empty, since what was counted before would be counted twice.
    """

    def __init__(self, before: Before, indicator: Indicator, tongue: str) -> None:
        self.before, self.indicator, self.tongue = before, indicator, tongue
        self.last, self.parts, self.tables = (
            before.last(indicator),
            before.parts(indicator),
            before.breakdowns(indicator),
        )
        self.said = Speaker(before.due.plan, indicator, before.measure(indicator), self.last)

    @property
    def beginning(self) -> Told:
        """What stands in the fields where nothing is written for the period yet: what was said last."""
        stays = self.indicator.total != "sum" or self.indicator.kind in (*STEPPED, "qualitative")
        return told_of(self.last) if self.last and stays and not self.last.missing else {}

    def name(self, part: str) -> str:
        """What the field of a part is called."""
        return field_of("figure", self.indicator.key, part)

    @cached_property
    def cells(self) -> list[list[Named]]:
        """The fields of the parts, table by table; none of a table whose categories whoever reports has to name."""
        return [[Named(self._cell_name(part), part) for part in table.parts] for table in self.tables]

    @property
    def open_dimensions(self) -> list[str]:
        """The dimensions whose categories nobody knows yet."""
        return [table.of[0] for table in self.tables if not table.parts]

    def spare(self, dimension: str) -> list[tuple[str, str]]:
        """The names of the fields for a category and its figure, of a dimension without known categories."""
        return [(self.name(f"name-{dimension}-{n}"), self.name(f"part-{dimension}-{n}")) for n in range(SPARE)]

    def rows(self, place: int) -> list[tuple[str, Sequence[Named]]]:
        """The parts of a table by the heading of their row; one without a heading where there is one dimension."""
        found: dict[str, list[Named]] = {}
        for cell in self.cells[place]:
            found.setdefault(self.said.heading(cell.of), []).append(cell)
        return list(found.items())

    def _cell_name(self, part: Mapping[str, str]) -> str:
        return self.name(f"cell-{hashlib.sha256(_sign(part).encode()).hexdigest()[:12]}")

    def fields(self) -> dict[str, Any]:
        """The fields by their names, unbound."""
        found = {self.name(part): self._field(part) for part in self.parts}
        for cell in (cell for table in self.cells for cell in table):
            found[cell.name] = figure_field(self.said.called(cell.of), description=self.said.was(cell.of))
        for category, figure in (pair for dimension in self.open_dimensions for pair in self.spare(dimension)):
            found[category] = PlainField(_l("Category"), validators=[Optional(), Length(max=LONGEST_LINE)])
            found[figure] = figure_field(_l("Figure"))
        source = {"validators": [Optional(), Length(max=LONGEST_LINE)], "render_kw": in_tongue(self.tongue)}
        return found | {
            self.name("estimate"): BooleanField(_l("This is an estimate")),
            self.name("source"): PlainField(_l("Source of the figure"), **source),
            self.name("note"): ProseField(_l("Note"), longest=LONGEST_TEXT, render_kw=in_tongue(self.tongue)),
            self.name("missing"): OneOf(_l("No figure this time"), MISSING, nothing=_l("There is a figure")),
        }

    def _field(self, part: str) -> Any:
        hint = self._hint(part)
        if part == "text":
            attributes = in_tongue(self.tongue)
            return ProseField(_("In words"), longest=LONGEST_TEXT, description=hint, render_kw=attributes)
        if self.indicator.kind in STEPPED:
            return OneButton(words_in(self.indicator.title), self.said.steps, description=hint)
        negative = self.before.may_be_negative(self.indicator)
        return figure_field(self._label(part), negative=negative, description=hint)

    def _label(self, part: str) -> str:
        if part in LABELS:
            return str(LABELS[part])
        if self._by_sex is not None:
            return _("All together")
        return words_in(self.indicator.unit) or _("Figure")

    def _hint(self, part: str) -> str:
        was = self.said.was_whole(part)
        if part != "value" or self._by_sex is None:
            return was
        added = _("Left empty, the parts are added up.")
        return f"{was}. {added}" if was else added

    def values(self, told: Told) -> dict[str, Any]:
        """What the fields begin with, by their names, where this is told."""
        cells, found = cells_of(told.get("cells")), dict[str, Any]()
        for part in self.parts:
            if part == "text":
                found[self.name(part)] = text_of(told.get("text"), self.tongue)
            elif part in told and not (part == "value" and self._is_added(told)):
                found[self.name(part)] = told[part] if self.indicator.kind in STEPPED else Decimal(told[part])
        known = {_sign(cell.of): cell.value for cell in cells}
        found |= {one.name: known.get(_sign(one.of)) for table in self.cells for one in table}
        found |= {self.name(part): text_of(told.get(part), self.tongue) for part in ("source", "note")}
        return found | {
            self.name("estimate"): told.get("quality") == "estimate",
            self.name("missing"): told.get("missing"),
        }

    @property
    def _by_sex(self) -> int | None:
        """Which table has the sexes, of a figure that is the sum of its parts; None where there is none."""
        if self.indicator.kind not in ADDS_UP or self.parts != ("value",):
            return None
        return next((place for place, table in enumerate(self.tables) if SEX in table.of and table.parts), None)

    def _is_added(self, told: Told) -> bool:
        """Whether the whole is what its parts by sex come to, and so need not be typed."""
        added = self._sum(cells_of(told.get("cells")))
        return added is not None and "value" in told and Decimal(told["value"]) == added

    def _sum(self, cells: Sequence[Cell]) -> Decimal | None:
        """What the parts by sex come to, where each of them is said."""
        if self._by_sex is None:
            return None
        table = self.tables[self._by_sex]
        own = tables_of(cells).get(tuple(sorted(table.of)), ())
        values = [cell.value for cell in own if cell.value is not None]
        return plus(*values) if len(values) == len(table.parts) else None

    def says(self, form: Any, was: Told) -> Told | None:
        """What the fields of a form say, as nap-plan/1 writes a value; None where they say nothing.

        It belongs to the series that the institution reported last.
        `was` is what they began with: a figure that was not touched gives way to the reason why there is none.
        """
        told = self._numbers(form, was)
        if missing := form[self.name("missing")].data:
            untouched = told == {name: was[name] for name in (*PARTS, "cells") if name in was}
            told = {"missing": missing, **({} if untouched else told)}
        for part in ("source", "note", *(("text",) if "text" in self.parts and not missing else ())):
            if words := words_of(form[self.name(part)].data, was.get(part), self.tongue):
                told[part] = words
        if not set(told) - {"source", "note"}:
            return None
        if series := self.before.series(self.indicator).name:
            told["series"] = series
        return {**told, "quality": "estimate"} if form[self.name("estimate")].data and not missing else told

    def _numbers(self, form: Any, was: Told) -> Told:
        typed = ((part, form[self.name(part)].data) for part in self.parts if part != "text")
        told: Told = {part: _plain(value) for part, value in typed if value is not None}
        if cells := [*self._typed_cells(form, was), *self._named_cells(form)]:
            told["cells"] = [told_cell(cell) for cell in cells]
        if "value" not in told and (added := self._sum(cells)) is not None:
            told["value"] = plain_decimal(added)
        return told

    def _typed_cells(self, form: Any, was: Told) -> list[Cell]:
        """The parts that have a figure; one that had none for a reason keeps that."""
        reasons = {_sign(cell.of): cell for cell in cells_of(was.get("cells")) if cell.missing}
        typed = ((one, form[one.name].data) for table in self.cells for one in table)
        found = (reasons.get(_sign(one.of)) if value is None else Cell(one.of, value) for one, value in typed)
        return [cell for cell in found if cell is not None]

    def _named_cells(self, form: Any) -> list[Cell]:
        spare = ((dimension, *pair) for dimension in self.open_dimensions for pair in self.spare(dimension))
        typed = ((dimension, form[name].data, form[figure].data) for dimension, name, figure in spare)
        return [Cell({dimension: name}, value) for dimension, name, value in typed if name and value is not None]


def _sign(part: Mapping[str, str]) -> str:
    return json.dumps(sorted(part.items()), ensure_ascii=False)


def _plain(value: Decimal | str) -> str:
    return value if isinstance(value, str) else plain_decimal(value)
