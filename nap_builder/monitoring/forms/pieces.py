"""What the forms of reporting share: one of a few as buttons, and texts that are kept in the language they came in."""

from collections.abc import Mapping
from typing import Any

from wtforms.widgets import ListWidget, RadioInput

from nap_builder.kernel.fields import ExactField
from nap_builder.kernel.languages import choose, tag, words_in
from nap_builder.monitoring.queries.due import Due
from nap_builder.plans.forms.pieces import OneOf

LONGEST_SAID, LONGEST_LINE, LONGEST_TEXT = 400, 300, 2_000
Words = Mapping[str, str]


class OneButton(OneOf):
    """One of a few values that are all in sight; data None where none is pressed."""

    widget = ListWidget(prefix_label=False)
    option_widget = RadioInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = (valuelist[0] or None) if valuelist else None

    def pre_validate(self, form: Any) -> None:
        if self.data is not None:
            super().pre_validate(form)


def figure_field(label: Any, **given: Any) -> ExactField:
    """A field for a figure, which brings up the digits of a telephone."""
    return ExactField(label, places=6, render_kw={"inputmode": "decimal"}, **given)


def tongue_of(due: Due) -> str:
    """The language (tag) in which an update is written: that of its sentence, else the page's if the plan has it."""
    said, plan = due.update.said if due.update else None, due.plan
    if said:
        return choose(said, tag(), plan.first_language)
    return tag() if tag() in plan.languages else plan.first_language


def in_tongue(tongue: str) -> dict[str, str]:
    """The attributes of a control whose text is in a language, though it may begin with another one."""
    return {"lang": tongue, "dir": "auto"}


def text_of(words: Words | None, tongue: str) -> str | None:
    """A text as the form shows it."""
    return (words.get(tongue) or words_in(words)) if words else None


def words_of(text: str | None, shown: Words | None, tongue: str) -> dict[str, str] | None:
    """A text as the form brings it back: what was not touched keeps all its languages."""
    if not text:
        return None
    return dict(shown) if shown and text_of(shown, tongue) == text else {tongue: text}
