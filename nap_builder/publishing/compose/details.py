"""The annexes of detail: how indicators are measured, what activities say beyond the matrix, each budget line."""

from collections.abc import Iterator
from decimal import Decimal

from nap_builder.plans import names
from nap_builder.plans.money import Spending
from nap_builder.publishing.compose.figures import figure_lines
from nap_builder.publishing.compose.money import Ledger
from nap_builder.publishing.compose.source import (
    Item,
    Source,
    activities_of,
    code_cell,
    indicators_of,
    line,
    number_cell,
    text_cell,
)
from nap_builder.publishing.document import Body, Column, Line, Part, Row, Said, Table

NUMBER_SHARE = 17.07


def indicator_notes(source: Source) -> Part | None:
    """How each indicator is measured, for those that say more than the tables show.

    Those of an activity are all there with their figures: the matrix has room for the first and the last alone.
    """
    rows = [
        Row((code_cell(row["code"]), text_cell(line(source.said(row["title"]), tone="strong"), *notes)))
        for pillar in source.pillars
        for own in [[one for activity in activities_of(pillar) for one in activity.get("indicators", ())]]
        for row in indicators_of(pillar)
        if (notes := [*(_figures(source, row) if row in own else ()), *_measure(source, row)])
    ]
    title = source.voice.gettext("How results are measured")
    return _detail(source, "measures", title, "indicator", rows)


def activity_notes(source: Source) -> Part | None:
    """What each activity says beyond the matrix, for those that say more."""
    rows = [
        Row((code_cell(row["code"]), text_cell(line(source.said(row["title"]), tone="strong"), *notes)))
        for pillar in source.pillars
        for row in activities_of(pillar)
        if (notes := list(_activity(source, row)))
    ]
    title = source.voice.gettext("More about the work")
    return _detail(source, "details", title, "activity", rows)


def _detail(source: Source, at: str, title: str, kind: str, rows: list[Row]) -> Part | None:
    if not rows:
        return None
    level = source.level(kind)
    columns = (
        Column(source.voice.gettext("No."), NUMBER_SHARE, "code"),
        Column(level.text, 100 - NUMBER_SHARE, lang=level.lang),
    )
    return Part(at, Said(title), (Table(f"t-{at}", "", columns, (Body(tuple(rows)),)),))


def _figures(source: Source, row: Item) -> Iterator[Line]:
    """The baseline and the targets of an indicator, each as one line."""
    _ = source.voice.gettext
    baseline = [(_("Baseline"), row["baseline"])] if "baseline" in row else []
    for label, figure in [*baseline, *((_("Target"), target) for target in row.get("targets", ()))]:
        parts = [said.text for item in figure_lines(source, row, figure) for said in item.said]
        yield line(" · ".join(parts), label=label)


def _measure(source: Source, row: Item) -> Iterator[Line]:
    _, voice = source.voice.gettext, source.voice
    yield from _texts(
        source,
        row,
        (
            ("definition", _("Means")),
            ("method", _("How it is measured")),
            ("not_counted", _("Not counted")),
            ("threshold", _("Standard")),
            ("no_sex_reason", _("Why it is not split by sex")),
        ),
    )
    if row.get("scale"):
        steps = voice.listed(f"{step['value']} {source.said(step['label']).text}" for step in row["scale"])
        yield line(steps, label=_("Scale"))
    if "benchmark" in row:
        parts = [said.text for item in figure_lines(source, row, row["benchmark"]) for said in item.said]
        yield line(" · ".join(parts), label=_("To compare"))
    if "level" in row or "counts" in row or row["kind"] == "scale":
        facts = [voice.named(names.INDICATOR_KINDS, row["kind"])]
        facts += [voice.named(table, row[name]) for name, table in _KINDS if name in row]
        yield line(" · ".join(facts), label=_("Kind"))
    if row.get("reported_by", "state") != "state":
        yield line(voice.named(names.REPORTERS, row["reported_by"]), label=_("Reported by"))
    if row.get("references"):
        yield line(voice.listed(row["references"]), label=_("Reports to"))
    if row.get("also_measures"):
        yield line(voice.listed(source.reference(ref).text for ref in row["also_measures"]), label=_("Also measures"))
    yield from _more(source, row)


_KINDS = (
    ("level", names.INDICATOR_LEVELS),
    ("counts", names.COUNTS),
    ("direction", names.DIRECTIONS),
    ("total", names.TOTALS),
)


def _texts(source: Source, row: Item, listed: tuple[tuple[str, str], ...]) -> Iterator[Line]:
    for name, label in listed:
        if name in row:
            yield line(source.said(row[name]), label=label)


def _more(source: Source, row: Item) -> Iterator[Line]:
    for extra in row.get("more", ()):
        yield line(source.said(extra["text"]), label=source.said(extra["label"]).text)


def _activity(source: Source, row: Item) -> Iterator[Line]:
    _, voice = source.voice.gettext, source.voice
    if "description" in row:
        yield line(source.said(row["description"]))
    yield from _dates(source, row)
    marker = voice.named(names.GENDER_MARKERS, str(row["gender_marker"])) if "gender_marker" in row else ""
    stated = (
        (_("About the cost"), source.said(row.get("costing_note")).text),
        (_("Where"), voice.listed(_places(source, row))),
        (_("How"), voice.listed(voice.named(names.STRATEGIES, value) for value in row.get("strategies", ()))),
        (_("Theme"), voice.listed(voice.named(names.TOPICS, value) for value in row.get("topics", ()))),
        (_("Gender marker"), marker),
        (_("Obligations it answers"), voice.listed(row.get("mandates", ()))),
        (_("See also"), voice.listed(source.reference(ref).text for ref in row.get("related", ()))),
    )
    yield from (line(words, label=label) for label, words in stated if words)
    yield from _more(source, row)


def _places(source: Source, row: Item) -> Iterator[str]:
    """How far an activity reaches, and in which regions."""
    if "reach" in row:
        yield source.voice.named(names.REACHES, row["reach"])
    named = {region["code"]: source.said(region["name"]).text for region in source.plan.get("regions", ())}
    yield from (named.get(code, code) for code in row.get("regions", ()))


def _dates(source: Source, row: Item) -> Iterator[Line]:
    """The dates behind a time that the plan states in its own words, where they say something else."""
    ends = [source.voice.when(row[name]) for name in ("starts", "ends") if name in row]
    if not ends or "time_as_stated" not in row:
        return
    stated = source.said(row["time_as_stated"]).text
    if not all(end in stated for end in ends):
        yield line(source.voice.span(ends[0], ends[-1]), label=source.voice.gettext("Dates"))


def budget_lines(source: Source, ledger: Ledger) -> Part | None:
    """Every budget line as the plan states it, in its own currency, without rounding."""
    if not ledger.lines:
        return None
    _ = source.voice.gettext
    columns = (
        Column(source.level("activity").text, 13, "code", lang=source.level("activity").lang),
        Column(_("Year"), 10),
        Column(_("Amount"), 19, "number"),
        Column(_("Funding"), 25),
        Column(_("Source and conditions"), 33),
    )
    rows = tuple(_budget_row(source, ledger, one) for one in ledger.lines)
    table = Table("t-budget", "", columns, (Body(rows),))
    return Part("budget", Said(_("Every budget line")), (table,))


def _budget_row(source: Source, ledger: Ledger, one: Spending) -> Row:
    _, voice, row = source.voice.gettext, source.voice, one.line
    made = [line(source.said(row["source"]))] if "source" in row else []
    if "funder" in row:
        made.append(line(source.name(row["funder"]), label=_("Funder")))
    made += _texts(
        source,
        row,
        (("beneficiary", _("For")), ("conditions", _("Condition")), ("basis", _("Reckoned on"))),
    )
    if "unit_cost" in row:
        made.append(line(_reckoning(source, one), tone="quiet"))
    if row.get("for_womens_organisations"):
        made.append(line(_("For women’s organisations"), tone="strong"))
    kind = line(voice.named(names.MONEY_KINDS, row["kind"]), tone="quiet") if "kind" in row else None
    return Row(
        (
            code_cell(one.activity["code"]),
            text_cell(ledger.year(one.year) if one.year else "–"),
            number_cell(ledger.say_apart(one.given, one.currency)),
            text_cell(voice.named(names.FUNDINGS, one.state), kind),
            text_cell(*made),
        )
    )


def _reckoning(source: Source, one: Spending) -> str:
    """How an amount is made up: quantity, times, unit cost, and the unit."""
    voice, row = source.voice, one.line
    factors = [voice.number(Decimal(row[name])) for name in ("quantity", "times") if name in row]
    factors += [voice.money(Decimal(row["unit_cost"]))] if "unit_cost" in row else []
    product = " × ".join(factors) + f" {one.currency}"
    unit = source.said(row["unit"]).text if "unit" in row else ""
    return voice.gettext("%(product)s for each %(unit)s", product=product, unit=unit) if unit else product
