"""Promised values as a person reads them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from markupsafe import Markup

from nap_builder.commitments.names import DATES, TEXTS
from nap_builder.kernel.languages import LazyString, _, _l, direction, listed, number, when, words_in
from nap_builder.plans.models.framework import Activity
from nap_builder.plans.money import Reckoning, amount_of, cost_of
from nap_builder.plans.names import COSTINGS, FUNDINGS, TIMINGS, named
from nap_builder.plans.promises import COUNTING, Values, differing
from nap_builder.plans.said import amount
from nap_builder.taskforce.models import Institution
from nap_builder.taskforce.queries import institutions

LABELS: dict[str, LazyString] = {
    "title": _l("What will be done"),
    "lead": _l("Lead ministry"),
    "co_leads": _l("Leads together with"),
    "starts": _l("From"),
    "ends": _l("To"),
    "timing": _l("Timing"),
    "time_as_stated": _l("Time, as the plan says it"),
    "costing": _l("Cost"),
    "budget": _l("Budget lines"),
    "indicators": _l("Indicators"),
}
ALWAYS = frozenset({"title", "lead", "starts", "ends"})
_NAMED = {"timing": TIMINGS, "costing": COSTINGS}

Row = dict[str, Any]
Lines = list[Markup | str]


@dataclass(frozen=True)
class Speaker:
    """Says values in the page's language; `first` is the plan's own language."""

    first: str

    @cached_property
    def bodies(self) -> dict[str, str]:
        """What every institution is called, by its key. Asked once a page."""
        return {body.key: words_in(body.name) for body in institutions()}

    def rows(self, values: Values) -> list[Row]:
        """The values line by line, as a summary_list takes them."""
        shown = (name for name in COUNTING if name in ALWAYS or values.get(name))
        return [
            {"label": LABELS[name], "value": self.member(name, values)}
            for name in shown
            if not (name == "timing" and values.get(name) == "dated")
            and not (name == "costing" and values.get("budget") and values.get(name) == "costed")
        ]

    def changes(self, before: Values, after: Values, *, exactly: bool = False) -> list[Row]:
        """Where two sets of values differ, as a change_list takes it."""
        return [
            {"label": LABELS[name], "before": self.member(name, before), "after": self.member(name, after)}
            for name in differing(before, after, exactly=exactly)
        ]

    def member(self, name: str, values: Values) -> Markup | str:
        """One value in words; empty where nothing is said."""
        value = values.get(name)
        if value is None:
            return ""
        if name in DATES:
            return when(value)
        if name in _NAMED:
            return named(_NAMED[name], value)
        return self._said[name](value)

    @property
    def _said(self) -> dict[str, Callable[[Any], Markup | str]]:
        return {
            "title": self._in_every_language,
            "time_as_stated": self._in_every_language,
            "lead": lambda key: self.bodies.get(key, key),
            "co_leads": lambda keys: listed(self.bodies.get(key, key) for key in keys),
            "budget": lambda lines: _lines(self._budget(lines)),
            "indicators": lambda rows: _lines([self._indicator(row) for row in rows]),
        }

    def proposed(self, about: str, text: str) -> str:
        """What a change proposes, in words."""
        if about == "lead":
            return self.bodies.get(text, text)
        return when(text) if about in DATES else text

    def standing(self, request: Row, activity: Activity, lead: Institution | None, values: Values) -> Markup | str:
        """What the plan says now in the place that a change is asked of; empty where that is no single place."""
        about = request.get("about", "")
        if about == "lead":
            return words_in(lead.name) if lead else ""
        if about in DATES:
            return when(getattr(activity, about) or "")
        if about in TEXTS:
            return str((getattr(activity, about) or {}).get(request.get("language"), ""))
        if about == "cost":
            return self.member("budget", values) or self.member("costing", values)
        return self.member("indicators", values) if about == "indicators" else ""

    def _in_every_language(self, text: Mapping[str, str]) -> Markup:
        said = (
            Markup('<span lang="{}" dir="{}">{}</span>').format(tag, direction(tag), text[tag])
            for tag in sorted(text, key=lambda tag: (tag != self.first, tag))
        )
        return Markup("<br>").join(said)

    def _budget(self, lines: list[Values]) -> Lines:
        said: Lines = [self._line(line) for line in lines]
        if len(said) > 1:
            own = lines[0]["currency"]
            cost = cost_of([Reckoning(own, None).spending(line) for line in lines])
            sums = [(own, cost.total), *cost.apart.items()]
            together = " · ".join(amount(each, currency) for currency, each in sums if each is not None)
            said.append(_("Together: %(amounts)s", amounts=together))
        return said

    def _line(self, line: Values) -> str:
        parts = [amount(amount_of(line), line["currency"]), str(line.get("year", ""))]
        parts += [named(FUNDINGS, line.get("funding")), self.bodies.get(line.get("funder", ""), "")]
        parts.append(words_in(line.get("source"), first=self.first))
        return " · ".join(part for part in parts if part)

    def _indicator(self, one: Values) -> str:
        said = [words_in(one["title"], first=self.first)]
        if "baseline" in one:
            said.append(_("baseline %(figure)s", figure=self._figure(one["baseline"])))
        said += [_("target %(figure)s", figure=self._figure(target)) for target in one.get("targets", ())]
        return " · ".join(said)

    def _figure(self, figure: Values) -> str:
        at = when(figure["by"]) if "by" in figure else str(figure.get("year", ""))
        said = words_in(figure.get("text"), first=self.first)
        if "value" in figure:
            said = number(Decimal(figure["value"]))
        elif "numerator" in figure:
            some, whole = (number(Decimal(figure[name])) for name in ("numerator", "denominator"))
            said = _("%(some)s of %(all)s", some=some, all=whole)
        return _("%(figure)s (%(date)s)", figure=said, date=at) if at else said


def _lines(lines: Lines) -> Markup | str:
    return lines[0] if len(lines) == 1 else Markup("<br>").join(lines)
