"""The figures of an indicator in words: a baseline, a target, a benchmark, and what they are split by."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from nap_builder.plans import names
from nap_builder.publishing.compose.source import Item, Source, line, text_cell
from nap_builder.publishing.document import Cell, Line, Said


def value_of(source: Source, indicator: Item, figure: Mapping[str, Any]) -> list[Said]:
    """What a figure says: a number in the indicator's own manner, its words, or both."""
    said = [Said(_number(source, indicator, figure))] if {"value", "numerator"} & figure.keys() else []
    if "text" in figure:
        said.append(source.said(figure["text"]))
    return [item for item in said if item.text]


def _number(source: Source, indicator: Item, figure: Mapping[str, Any]) -> str:
    voice = source.voice
    if "numerator" in figure:
        part, whole = (voice.number(Decimal(figure[name])) for name in ("numerator", "denominator"))
        stated = voice.gettext("%(part)s of %(whole)s", part=part, whole=whole)
        return f"{stated} ({voice.number(Decimal(figure['value']))})" if "value" in figure else stated
    value = Decimal(figure["value"])
    if indicator["kind"] == "percent":
        return voice.percent(value)
    if indicator["kind"] == "yes_no" and value in (0, 1):
        return voice.gettext("Yes") if value else voice.gettext("No")
    if indicator["kind"] == "scale":
        return _on_scale(source, indicator, value)
    return voice.number(value)


def _on_scale(source: Source, indicator: Item, value: Decimal) -> str:
    number = source.voice.number(value)
    for step in indicator.get("scale", ()):
        if Decimal(step["value"]) == value:
            return f"{number} {source.said(step['label']).text}"
    return number


def date_of(source: Source, figure: Mapping[str, Any]) -> str:
    """When a figure holds: the date it is due by, else its year."""
    if "by" in figure:
        return source.voice.when(figure["by"])
    return str(figure.get("year", ""))


def figure_lines(source: Source, indicator: Item, figure: Mapping[str, Any]) -> list[Line]:
    """A figure for a cell: the value, then quietly its date, its split and its source."""
    _ = source.voice.gettext
    when = date_of(source, figure)
    estimate = _("estimate") if figure.get("estimate") else ""
    rows = [line(item, tone="strong") for item in value_of(source, indicator, figure)]
    rows.append(line(" · ".join(part for part in (when, estimate) if part), tone="quiet"))
    rows += [line(cell, tone="quiet") for cell in split_of(source, figure)]
    if "source" in figure:
        rows.append(line(source.said(figure["source"]), label=_("Source"), tone="quiet"))
    return rows


def split_of(source: Source, figure: Mapping[str, Any]) -> list[str]:
    """The cells of a figure: each set of categories with its number, or why there is none."""
    voice, out = source.voice, []
    for cell in figure.get("cells", ()):
        of = voice.listed(voice.named(names.CATEGORIES, category) for category in cell["of"].values())
        missing = voice.named(names.MISSING, cell["missing"]) if "missing" in cell else ""
        out.append(f"{of}: {missing or voice.number(Decimal(cell['value']))}")
    return out


def baseline_cell(source: Source, indicator: Item) -> Cell:
    """The baseline, or when it is due."""
    _ = source.voice.gettext
    if "baseline" in indicator:
        return text_cell(*figure_lines(source, indicator, indicator["baseline"]))
    if "baseline_due" in indicator:
        return text_cell(_("Due by %(when)s", when=source.voice.when(indicator["baseline_due"])))
    return text_cell(line(_("Not known yet"), tone="quiet"))


def targets_cell(source: Source, indicator: Item) -> Cell:
    """The targets in order, each with its date."""
    rows: list[Line] = []
    for figure in indicator.get("targets", ()):
        rows += figure_lines(source, indicator, figure)
    return text_cell(*rows) if rows else text_cell(line(source.voice.gettext("None set"), tone="quiet"))


def briefly(source: Source, indicator: Item) -> Line:
    """From the baseline to the last target on one line, for the matrix."""
    ends = [indicator.get("baseline"), (indicator.get("targets") or [None])[-1]]
    values = [" ".join(item.text for item in value_of(source, indicator, end)) for end in ends if end]
    year = date_of(source, ends[1]) if ends[1] else ""
    reach = source.voice.span(values[0], values[-1]) if len(values) == 2 else "".join(values)
    return line(" · ".join(part for part in (reach, year) if part), tone="quiet")


def dimensions(source: Source, indicator: Item) -> str:
    """What the figures are split by."""
    return source.voice.listed(
        source.voice.named(names.DIMENSIONS, name) for name in indicator.get("disaggregation", ())
    )
