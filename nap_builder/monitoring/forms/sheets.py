"""The fields of an update that follow from what is due: of its figures, its milestones and its money."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from wtforms import DateField
from wtforms.validators import Optional

from nap_builder.kernel.fields import ExactField, Form, ProseField, plain_decimal, sensible
from nap_builder.kernel.languages import _l, words_in
from nap_builder.monitoring import said as in_words
from nap_builder.monitoring.forms.figures import FigureSheet
from nap_builder.monitoring.forms.pieces import LONGEST_TEXT, in_tongue, text_of, tongue_of, words_of
from nap_builder.monitoring.milestone_moves import OF_A_MILESTONE, offered_after
from nap_builder.monitoring.progress.names import AMOUNTS, MILESTONE_STATES
from nap_builder.monitoring.queries.before import Before, Told
from nap_builder.monitoring.queries.due import Due
from nap_builder.monitoring.services.content import Content, field_of
from nap_builder.plans.forms.pieces import OneOf
from nap_builder.plans.models.measures import Milestone


class Sheets:
    """The fields, what they begin with, and what they say. `tongue` is the language of their texts."""

    def __init__(self, due: Due) -> None:
        self.due, self.before, self.tongue = due, Before(due), tongue_of(due)
        self.figures = [FigureSheet(self.before, indicator, self.tongue) for indicator in due.indicators]

    @property
    def beginning(self) -> Content:
        """What stands in the fields where nothing is written for the period yet: what was said last."""
        figures = {sheet.indicator.key: sheet.beginning for sheet in self.figures}
        return Content(self.before.status, None, figures, self.before.milestones(), self.before.spending())

    def fields(self) -> dict[str, Any]:
        """The fields by their names, unbound."""
        found: dict[str, Any] = {}
        for sheet in self.figures:
            found |= sheet.fields()
        for row in self.due.milestones:
            found |= self._of_milestone(row)
        for line in self.due.lines:
            found |= {name: _amount(label) for name, label in zip(money(line.key), AMOUNTS.values(), strict=True)}
        return found

    def about(self) -> dict[str, str]:
        """What each field is about, in words, by its name: an error above the form has no heading around it."""
        found = {name: words_in(one.indicator.title) for one in self.figures for name in one.fields()}
        found |= {name: words_in(row.title) for row in self.due.milestones for name in milestone(row.key)}
        return found | {name: in_words.line(line) for line in self.due.lines for name in money(line.key)}

    def _of_milestone(self, row: Milestone) -> dict[str, Any]:
        state, met_on, reason = milestone(row.key)
        offered = {name: MILESTONE_STATES[name] for name in offered_after(self.due.before.milestone(row).state)}
        why = ProseField(_l("Why it stopped or was dropped"), longest=LONGEST_TEXT, render_kw=in_tongue(self.tongue))
        return {
            state: OneOf(_l("How far"), offered, nothing=_l("Not said")),
            met_on: DateField(_l("Reached on"), validators=[Optional(), sensible]),
            reason: why,
        }

    def values(self, was: Content) -> dict[str, Any]:
        """What the fields begin with, where this is said."""
        found: dict[str, Any] = {"status": was.status, "said": text_of(was.said, self.tongue)}
        for sheet in self.figures:
            found |= sheet.values(was.figures.get(sheet.indicator.key, {}))
        for key, told in was.milestones.items():
            said = (told.get("state"), _day(told.get("met_on")), text_of(told.get("reason"), self.tongue))
            found |= dict(zip(milestone(key), said, strict=True))
        for key, amounts in was.spending.items():
            found |= dict(zip(money(key), (_decimal(amounts.get(name)) for name in AMOUNTS), strict=True))
        return found

    def figures_in(self, form: Form, was: Content) -> dict[str, Told]:
        """The figures that a form says, by key of the indicator."""
        told = {one.indicator.key: one.says(form, was.figures.get(one.indicator.key, {})) for one in self.figures}
        return {key: figure for key, figure in told.items() if figure is not None}

    def milestones_in(self, form: Form, was: Content) -> dict[str, Told]:
        """What a form says of milestones, by their keys; nothing of one whose state is not said."""
        found = {}
        for row in self.due.milestones:
            state, met_on, reason = (form[name].data for name in milestone(row.key))
            told = {"state": state, "met_on": met_on.isoformat() if met_on else None}
            told["reason"] = words_of(reason, was.milestones.get(row.key, {}).get("reason"), self.tongue)
            found[row.key] = {name: value for name, value in told.items() if value is not None}
        return {key: told for key, told in found.items() if told}

    def spending_in(self, form: Form) -> dict[str, Mapping[str, str]]:
        """The amounts that a form says, by key of the budget line."""
        found = {}
        for line in self.due.lines:
            amounts = zip(AMOUNTS, (form[name].data for name in money(line.key)), strict=True)
            found[line.key] = {name: plain_decimal(value) for name, value in amounts if value is not None}
        return {key: told for key, told in found.items() if told}


def milestone(key: str) -> tuple[str, ...]:
    """The names of the fields of a milestone: state, day, reason."""
    return tuple(field_of("milestone", key, part) for part in OF_A_MILESTONE)


def money(key: str) -> tuple[str, ...]:
    """The names of the fields of a budget line, in the order of the amounts."""
    return tuple(field_of("money", key, name) for name in AMOUNTS)


def _amount(label: Any) -> ExactField:
    return ExactField(label, render_kw={"inputmode": "decimal"})


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _decimal(text: str | None) -> Decimal | None:
    return Decimal(text) if text is not None else None
