"""The pieces of tables that pillars, objectives and the matrix share: who, when, at what cost, how measured."""

from collections.abc import Iterable, Iterator

from nap_builder.plans import names
from nap_builder.plans.money import total
from nap_builder.publishing.compose.figures import baseline_cell, dimensions, targets_cell
from nap_builder.publishing.compose.money import Ledger
from nap_builder.publishing.compose.source import Item, Source, code_cell, line, number_cell, text_cell
from nap_builder.publishing.document import Body, Cell, Column, Fact, Line, Row, Said, Table


def comma(source: Source, items: Iterable[Said]) -> Said:
    """Several names as one text; each keeps its language where all share it."""
    listed = list(items)
    langs = {item.lang for item in listed}
    joined = source.voice.gettext("; ").join(item.text for item in listed)
    return Said(joined, langs.pop() if len(langs) == 1 else "")


def lead_cell(source: Source, row: Item, *, short: bool = False) -> Cell:
    """Who leads a row, and with whom."""
    _ = source.voice.gettext
    lines = [line(comma(source, source.names([row["lead"]], short=short)))] if "lead" in row else []
    if row.get("co_leads"):
        lines.append(line(comma(source, source.names(row["co_leads"], short=short)), label=_("With"), tone="plain"))
    return text_cell(*lines) if lines else text_cell(line(_("Not named yet"), tone="quiet"))


def support_lines(source: Source, row: Item, *, short: bool = False) -> list[Line]:
    """Who supports a row: institutions, then partners in words."""
    lines = []
    if row.get("supporting"):
        lines.append(line(comma(source, source.names(row["supporting"], short=short))))
    if "partners" in row:
        lines.append(line(source.said(row["partners"])))
    return lines


def when_of(source: Source, row: Item) -> list[Line]:
    """When an activity takes place, as the plan states it, else from its dates and its rhythm."""
    voice = source.voice
    if "time_as_stated" in row:
        return [line(source.said(row["time_as_stated"]))]
    ends = [voice.when(row[name]) for name in ("starts", "ends") if name in row]
    lines = [line(voice.span(ends[0], ends[-1]))] if ends else []
    if row.get("timing", "dated") != "dated":
        lines.insert(0, line(voice.named(names.TIMINGS, row["timing"])))
    return lines


def cost_cell(source: Source, ledger: Ledger, row: Item) -> Cell:
    """What an activity costs; in words where there is no figure."""
    cost = ledger.cost([row])
    said = [ledger.scale.say(source.voice, cost.total)] if cost.total is not None else []
    said += [ledger.say_apart(amount, currency) for currency, amount in cost.apart.items()]
    if said:
        return Cell(tuple(line(item) for item in said), "number")
    words = source.voice.named(names.COSTINGS, row["costing"]) if "costing" in row else ""
    return Cell((line(words, tone="quiet"),), "number") if words else number_cell("–")


def more_facts(source: Source, row: Item) -> Iterator[Fact]:
    """The columns the State has and the format has not."""
    for extra in row.get("more", ()):
        label = source.said(extra["label"])
        yield Fact(label.text, (line(source.said(extra["text"])),), label.lang)


def indicator_table(source: Source, rows: list[Item], at: str, of: str = "") -> Table:
    """Indicators with where they start, where they are to go, and who reports them."""
    _, level = source.voice.gettext, source.level("indicator")
    columns = (
        Column(_("No."), 11, "code"),
        Column(level.text, 31, lang=level.lang),
        Column(_("Baseline"), 22),
        Column(_("Target"), 17),
        Column(_("Reported by"), 19),
    )
    body = tuple(Row(tuple(_indicator_cells(source, row))) for row in rows)
    title = source.levels("indicator").text
    return Table(at, source.voice.listed((title, of)) if of else title, columns, (Body(body),), 0 if of else 1)


def _indicator_cells(source: Source, row: Item) -> Iterator[Cell]:
    _, voice = source.voice.gettext, source.voice
    split = dimensions(source, row)
    yield code_cell(row["code"])
    yield text_cell(
        source.said(row["title"]),
        line(source.said(row["unit"]), label=_("Unit"), tone="quiet") if "unit" in row else None,
        line(split, label=_("Split by"), tone="quiet") if split else None,
        line(source.said(row["means_of_verification"]), label=_("Proof"), tone="quiet")
        if "means_of_verification" in row
        else None,
    )
    yield baseline_cell(source, row)
    yield targets_cell(source, row)
    months = row.get("frequency_months")
    often = voice.ngettext("every month", "every %(num)s months", months) if months else ""
    yield text_cell(
        source.name(row["responsible"]) if "responsible" in row else line(_("Not named yet"), tone="quiet"),
        line(often, tone="quiet"),
    )


def activity_table(source: Source, ledger: Ledger, rows: list[Item], at: str, *, of: str = "") -> Table:
    """Activities in short: what, who, when, at what cost."""
    _, level = source.voice.gettext, source.level("activity")
    money = any(total(ledger.of_activity(row)) for row in rows)
    columns = (
        Column(_("No."), 11, "code"),
        Column(level.text, 42, lang=level.lang),
        Column(_("Lead"), 17),
        Column(_("When"), 17),
        Column(_("Cost"), 13, "number", ledger.scale.unit if money else ""),
    )
    body = [
        Row(
            (
                code_cell(row["code"]),
                text_cell(source.said(row["title"])),
                lead_cell(source, row, short=True),
                text_cell(*when_of(source, row)),
                cost_cell(source, ledger, row),
            )
        )
        for row in rows
    ]
    if money and len(rows) > 1:
        whole = number_cell(ledger.say(total(spending for row in rows for spending in ledger.of_activity(row))))
        body.append(Row((code_cell(""), text_cell(_("Total")), Cell(), Cell(), whole), "total"))
    title = source.levels("activity").text
    unit = ledger.unit_in_words() if money else ""
    return Table(
        at, source.voice.listed((title, of)) if of else title, columns, (Body(tuple(body)),), 0 if of else 1, unit
    )
