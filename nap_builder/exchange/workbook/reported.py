"""The figures that were reported, as lines to be read: each value of an indicator, then its parts.

They are not taken in from here. What was reported is changed by a new report alone, and goes with the row of its
indicator, which carries it along.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from nap_builder.exchange.workbook.layout import EXACT, PLAIN, Column
from nap_builder.exchange.workbook.lines import Line
from nap_builder.kernel.languages import LazyString, _, _l, listed, words_in
from nap_builder.monitoring.names import QUALITIES
from nap_builder.plans.member_names import MEMBERS
from nap_builder.plans.names import CATEGORIES, DIMENSIONS, MISSING, named

SHEET = "value"
HEADS: Mapping[str, LazyString] = {
    "code": _l("Number"),
    "title": MEMBERS["indicator"],
    "series": _l("Series"),
    "period_starts": _l("First day of the period"),
    "period_ends": _l("Last day of the period"),
    "of": _l("Part"),
    "value": MEMBERS["value"],
    "numerator": MEMBERS["numerator"],
    "denominator": MEMBERS["denominator"],
    "unit": MEMBERS["unit"],
    "quality": _l("Quality"),
    "missing": _l("Why it is missing"),
    "corrects": _l("Corrects an earlier figure"),
    "text": MEMBERS["text"],
    "source": MEMBERS["source"],
    "note": _l("Note"),
}
WIDE, WIDTH = frozenset({"title", "of", "text", "source", "note"}), 32  # the columns of words, in signs
_EXACT = frozenset({"value", "numerator", "denominator"})
COLUMNS = tuple(Column(SHEET, name, EXACT if name in _EXACT else PLAIN) for name in HEADS)
Said = Mapping[str, Any]


class Reported:
    """Says what was reported in a language; `regions` are the names that the plan gives to its regions, by code."""

    def __init__(self, plan: Said, language: str) -> None:
        self._language = language
        self._regions = {region["code"]: region["name"] for region in plan.get("regions", ())}

    def lines(self, found: Iterable[Line]) -> Iterator[dict[str, str]]:
        """The lines of indicators, each by the member that a column shows; figures as decimals in text."""
        for line in found:
            for value in line.said.get("values", ()):
                yield self._line(line.said, value)
                for cell in value.get("cells", ()):
                    yield self._line(line.said, {**_place(value), **cell})

    def _line(self, indicator: Said, value: Said) -> dict[str, str]:
        said = {
            **{name: value[name] for name in ("series", "period_starts", "period_ends", *_EXACT) if name in value},
            "code": indicator.get("code", ""),
            "title": self._spoken(indicator["title"]),
            "of": str(listed(self._part(of, name) for of, name in value.get("of", {}).items())),
            "unit": self._spoken(indicator.get("unit")),
            "quality": "" if "missing" in value else str(QUALITIES[value.get("quality", "provisional")]),
            "missing": named(MISSING, value.get("missing")),
            "corrects": _("Yes") if value.get("corrects") else "",
            **{name: self._spoken(value.get(name)) for name in ("text", "source", "note")},
        }
        return {name: words for name, words in said.items() if words != ""}

    def _part(self, of: str, name: str) -> str:
        """What a part is called: its own name, or the dimension with the code where no list knows it."""
        if of == "region" and name in self._regions:
            return self._spoken(self._regions[name])
        return str(CATEGORIES[name]) if name in CATEGORIES else f"{named(DIMENSIONS, of)}: {name}"

    def _spoken(self, text: Any) -> str:
        return words_in(text, self._language) if isinstance(text, dict) else text or ""


def _place(value: Said) -> dict[str, Any]:
    return {name: value[name] for name in ("series", "period_starts", "period_ends", "quality") if name in value}
