"""How the figures of an indicator are said beside their fields: what was said last, categories, steps, the target."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from nap_builder.kernel.fields import plain_decimal
from nap_builder.kernel.languages import _, _l, number, when, words_in
from nap_builder.monitoring.charts import amount_in_words
from nap_builder.monitoring.progress.shapes import STEPPED, Measure, Reported
from nap_builder.monitoring.progress.values import value_of
from nap_builder.plans.calendar import first_day, last_day
from nap_builder.plans.models.measures import Indicator
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.names import CATEGORIES, DIMENSIONS, named
from nap_builder.plans.wording import spoken

YES_NO = {"1": _l("Yes"), "0": _l("No")}


class Speaker:
    """Says the figures of one indicator."""

    def __init__(self, plan: Plan, indicator: Indicator, measure: Measure, last: Reported | None) -> None:
        self.indicator, self.measure, self.last = indicator, measure, last
        self.regions = {region["code"]: spoken(region["name"]) for region in plan.regions or ()}

    @property
    def since(self) -> str:
        """The month of the last value; empty where there is none."""
        return when(f"{self.last.ends:%Y-%m}") if self.last else ""

    @cached_property
    def steps(self) -> dict[str, Any]:
        """What can be answered where a few answers are possible: yes and no, or the steps of a scale."""
        if self.indicator.kind == "yes_no":
            return dict(YES_NO)
        return {plain_decimal(step.value): spoken(dict(step.label)) for step in self.measure.scale}

    def was_whole(self, part: str) -> str:
        """What was said last of a part, such as “March 2027: 96”."""
        if self.last is None:
            return ""
        value: Any = words_in(self.last.text) if part == "text" else getattr(self.last, part)
        if part == "value" and self.indicator.kind in STEPPED and value is not None:
            value = str(self.steps.get(plain_decimal(value), plain_decimal(value)))
        return self._at(value if isinstance(value, str) else number(value))

    def was(self, part: Mapping[str, str]) -> str:
        """What was said last of one part of the figure."""
        cells = self.last.cells if self.last else ()
        return self._at(number(next((cell.value for cell in cells if cell.of == part), None)))

    def _at(self, figure: str) -> str:
        return _("%(month)s: %(figure)s", month=self.since, figure=figure) if figure else ""

    def called(self, part: Mapping[str, str]) -> str:
        """What a part is called: the last of its categories, since those before head its row."""
        return self.category(*list(part.items())[-1])

    def heading(self, part: Mapping[str, str]) -> str:
        """What the row of a part is called: its categories but the last."""
        return " · ".join(self.category(*pair) for pair in list(part.items())[:-1])

    def category(self, dimension: str, category: str) -> str:
        """What a category is called."""
        return self.regions.get(category, category) if dimension == "region" else named(CATEGORIES, category)

    def dimensions(self, names: tuple[str, ...]) -> str:
        """What a table is called."""
        return " · ".join(named(DIMENSIONS, name) for name in names)

    @property
    def target(self) -> str:
        """The last target of the plan, in words; empty where there is none to show beside a figure."""
        said = [(figure, value_of(self.measure, figure)) for figure in self.measure.targets]
        numbers = [(figure.by or str(figure.year or ""), value) for figure, value in said if value is not None]
        if not numbers or self.indicator.kind in STEPPED:
            return ""
        by, value = numbers[-1]
        figure = amount_in_words(self.measure, self.indicator.unit, value)
        if not by:
            return _("Target: %(figure)s", figure=figure)
        if first_day(by) == last_day(by):
            return _("Target: %(figure)s by %(when)s", figure=figure, when=when(by))
        return _("Target: %(figure)s by the end of %(when)s", figure=figure, when=when(by))
