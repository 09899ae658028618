"""The forms of an indicator and of its figures, with the cells of a breakdown."""

import re
from collections.abc import Sequence
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from wtforms import BooleanField, FieldList, FormField, IntegerField, ValidationError
from wtforms import Form as Part
from wtforms.validators import NumberRange, Optional

from nap_builder.kernel.fields import ExactField, Form, PlainField, WhenField, WordsField, plain_decimal
from nap_builder.kernel.languages import _, _l, in_languages
from nap_builder.plans.forms.pieces import CodeField, InstitutionField, LinesField, OneOf, RowForm, SeveralOf
from nap_builder.plans.names import (
    COUNTS,
    DIRECTIONS,
    INDICATOR_KINDS,
    INDICATOR_LEVELS,
    MISSING,
    REPORTERS,
    TOTALS,
)
from nap_builder.reference.entries import StandardIndicator

SPARE_ROWS = 4
MOST_ROWS = 200
DIMENSION = re.compile(r"[a-z][a-z0-9_]{1,31}")
TEXTS = (
    "title",
    "unit",
    "means_of_verification",
    "no_sex_reason",
    "definition",
    "method",
    "not_counted",
    "threshold",
)


class RowsField(FieldList):
    """Rows of a small table, with a few empty ones at its end. Its messages name the row."""

    def __init__(self, part: type[Part], label: Any, **given: Any) -> None:
        super().__init__(FormField(part), label, max_entries=MOST_ROWS, **given)

    def spare(self) -> None:
        """Adds empty rows, where there are too few."""
        empty = [entry for entry in self.entries if not any(part.data for part in entry.form)]
        for _row in range(min(SPARE_ROWS - len(empty), MOST_ROWS - len(self.entries))):
            self.append_entry()
        self.id = next(iter(self.entries[0].form)).id

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:
        """Validates each row; the messages become sentences that name the row and the column."""
        super().validate(form, extra_validators)
        own: list[Any] = [message for message in self.errors if not isinstance(message, dict)]
        self.errors: list[Any] = own + [
            _("row %(row)s, %(column)s: %(message)s", row=number, column=part.label.text, message=message)
            for number, entry in enumerate(self.entries, start=1)
            for part in entry.form
            for message in part.errors
        ]
        return not self.errors


class ScaleRow(Part):
    """One step of a scale."""

    value = ExactField(_l("Figure"), places=6, negative=True)
    label = WordsField(_l("What it means"))


class CellRow(Part):
    """One cell of a breakdown."""

    of = PlainField(_l("Category"))
    value = ExactField(_l("Figure"), places=6, negative=True)
    missing = OneOf(_l("Or why there is none"), MISSING, nothing=_l("There is a figure"))

    def validate_of(self, field: Any) -> None:
        """Refuses what is not `dimension=category`, and a cell without a figure or a reason."""
        said = field.data
        if said is None and (self.value.data is not None or self.missing.data):
            raise ValidationError(_("Say what the figure counts, such as sex=women."))
        if said is None:
            return
        if not categories(said):
            raise ValidationError(_("Write it as sex=women, or sex=women; rank=officers."))
        if (self.value.data is None) == (self.missing.data is None):
            raise ValidationError(_("Give a figure, or say why there is none."))


def categories(said: str) -> dict[str, str]:
    """The categories of a cell by dimension, from `sex=women; rank=officers`; empty when it is not written so."""
    pairs = [part.partition("=") for part in said.split(";") if part.strip()]
    named = {name.strip(): category.strip() for name, _equals, category in pairs}
    sound = all(DIMENSION.fullmatch(name) and category for name, category in named.items())
    return named if sound and len(named) == len(pairs) else {}


class IndicatorForm(RowForm):
    """Everything about an indicator but its figures."""

    title = WordsField(_l("What is measured"), required=True)
    code = CodeField()
    kind = OneOf(_l("Kind"), INDICATOR_KINDS, default="number")
    unit = WordsField(_l("Unit"), description=_l("Such as officers, or per cent."))
    level = OneOf(_l("Level"), INDICATOR_LEVELS, nothing=_l("Not said"))
    counts = OneOf(_l("What is counted"), COUNTS, nothing=_l("Not said"))
    direction = OneOf(_l("Which way it should go"), DIRECTIONS, default="increase")
    total = OneOf(_l("Over several periods"), TOTALS, default="last")
    responsible_id = InstitutionField(_l("Who collects it"), nothing=_l("Not said"))
    frequency_months = IntegerField(
        _l("Every how many months"), validators=[Optional(), NumberRange(1, 120, _l("Write 1 to 120 months."))]
    )
    means_of_verification = WordsField(_l("Where it is read"))
    disaggregation = LinesField(
        _l("Broken down by"), description=_l("One on a line, in small letters: sex, age, region, disability, rank.")
    )
    no_sex_reason = WordsField(_l("Why not by sex"))
    definition = WordsField(_l("What the words mean"))
    method = WordsField(_l("How it is worked out"))
    not_counted = WordsField(_l("What is not counted"))
    threshold = WordsField(_l("Standard a place must meet"))
    references = LinesField(
        _l("Standard indicators it reports to"), description=_l("One on a line, such as SDG 5.5.1.")
    )
    reported_by = OneOf(_l("Reported by"), REPORTERS, default="state")
    baseline_due = WhenField(_l("The baseline is due"))
    also_measures = SeveralOf(_l("It also shows"))
    scale = RowsField(ScaleRow, _l("Scale"))

    def _speak(self) -> None:
        super()._speak()
        self.scale.spare()
        for entry in self.scale.entries:
            entry.form.label.speak(self.languages, submitted=self.is_submitted())

    def validate_disaggregation(self, field: Any) -> None:
        """Refuses a dimension that is not a short word."""
        if any(not DIMENSION.fullmatch(name) for name in field.data or ()):
            raise ValidationError(_("Write each in small letters, digits and low lines, such as sex or age_group."))

    def validate_scale(self, field: Any) -> None:
        """Refuses half a step, and a scale of one step."""
        rows = [entry.form for entry in field.entries]
        if any((row.value.data is None) != (row.label.data is None) for row in rows):
            raise ValidationError(_("Give each step a figure and what it means."))
        if len([row for row in rows if row.value.data is not None]) == 1:
            raise ValidationError(_("A scale has two steps at least."))

    def values(self) -> dict[str, Any]:
        """What the form says, by the indicator's columns."""
        rows = [entry.form for entry in self.scale.entries if entry.form.value.data is not None]
        return {
            **self.words(*TEXTS, "code", "level", "counts", "disaggregation", "references", "also_measures"),
            **{name: self[name].data for name in ("kind", "direction", "total", "reported_by")},
            "baseline_due": self.baseline_due.data,
            "frequency_months": self.frequency_months.data,
            "responsible_id": self.responsible_id.whole,
            "scale": [{"value": plain_decimal(row.value.data), "label": row.label.data} for row in rows] or None,
        }


def indicator_like(standard: StandardIndicator, languages: Sequence[str]) -> SimpleNamespace:
    """What a new indicator's form begins with, so that it reports to a standard one and keeps its reference."""
    texts = ("title", "unit", "definition", "means_of_verification", "no_sex_reason")
    plain = ("kind", "direction", "total", "level", "counts", "disaggregation", "reported_by", "frequency_months")
    return SimpleNamespace(
        **{name: in_languages(getattr(standard, name), languages) for name in texts},
        **{name: getattr(standard, name) for name in plain},
        references=[standard.reference],
    )


class FigureForm(Form):
    """A baseline, a target or the benchmark of an indicator."""

    value = ExactField(_l("Figure"), places=6, negative=True)
    numerator = ExactField(_l("So many"), places=6, negative=True)
    denominator = ExactField(_l("of so many"), places=6, negative=True)
    text = WordsField(_l("In words"))
    year = IntegerField(
        _l("Year"), validators=[Optional(), NumberRange(1990, 2100, _l("Write a year from 1990 to 2100."))]
    )
    by = WhenField(_l("To be reached by"))
    source = WordsField(_l("Source"))
    estimate = BooleanField(_l("This is an estimate"))
    cells = RowsField(CellRow, _l("Broken down"))

    def _speak(self) -> None:
        super()._speak()
        self.cells.spare()

    def validate_value(self, field: Any) -> None:
        """Refuses a figure that says nothing."""
        said = (field.raw_data or [""])[0].strip() or self.text.data or self.numerator.data is not None
        if not said:
            raise ValidationError(_("Give a figure, or so many of so many, or say it in words."))

    def validate_denominator(self, field: Any) -> None:
        """Refuses half a fraction, and a division by nought."""
        if (self.numerator.data is None) != (field.data is None):
            raise ValidationError(_("Give both: so many, of so many."))
        if field.data == 0:
            raise ValidationError(_("Nothing can be divided by nought."))

    def values(self) -> dict[str, Any]:
        """What the form says, by the figure's columns."""
        plain = {name: self[name].data for name in ("value", "numerator", "denominator", "year", "by")}
        words = {name: self[name].data or None for name in ("text", "source")}
        return {**plain, **words, "estimate": bool(self.estimate.data), "cells": self._cells() or None}

    def _cells(self) -> list[dict[str, Any]]:
        rows = [entry.form for entry in self.cells.entries if entry.form.of.data]
        return [{"of": categories(row.of.data), **_said(row.value.data, row.missing.data)} for row in rows]


def _said(value: Decimal | None, missing: str | None) -> dict[str, str]:
    return {"value": plain_decimal(value)} if value is not None else {"missing": missing or "not_available"}
