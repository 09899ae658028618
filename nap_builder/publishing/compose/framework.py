"""The pillars: their opening page, their objectives with indicators and activities."""

from collections.abc import Iterable, Iterator

from nap_builder.publishing.compose import names
from nap_builder.publishing.compose.cover import shortened
from nap_builder.publishing.compose.figures import baseline_cell, dimensions, targets_cell
from nap_builder.publishing.compose.money import Ledger, total
from nap_builder.publishing.compose.source import (
    Item,
    Source,
    activities_of,
    code_cell,
    line,
    number_cell,
    text_cell,
)
from nap_builder.publishing.document import (
    Block,
    Body,
    Cell,
    Column,
    Fact,
    Facts,
    Heading,
    Lead,
    Line,
    Objective,
    Paragraph,
    Part,
    Row,
    Said,
    Table,
)

NUMBER_SHARE = 17.07
RUNNING_LETTERS = 42
LISTED = 14


def opener(source: Source, ledger: Ledger, place: int) -> Part:
    """The opening page of a pillar: what it is for, and what lies in it."""
    pillar, level = source.pillars[place], source.level("pillar")
    name = f"{level.text} {pillar['code']}"
    blocks: list[Block] = []
    if "goal" in pillar:
        blocks.append(Lead(source.said(pillar["goal"])))
    facts = tuple(_pillar_facts(source, ledger, place))
    if facts:
        blocks.append(Facts(facts))
    if pillar.get("objectives"):
        blocks.append(_objective_table(source, ledger, pillar, place))
    if pillar.get("indicators"):
        blocks.append(indicator_table(source, pillar["indicators"], f"t-{place}-indicators", name))
    if 0 < len(pillar.get("activities", ())) <= LISTED:
        blocks.append(_inventory(source, ledger, pillar, place))
    title = source.said(pillar["title"])
    running = shortened(f"{name}: {title.text}", RUNNING_LETTERS)
    return Part(f"pillar-{place}", title, tuple(blocks), "opener", pillar["code"], level, running)


def _pillar_facts(source: Source, ledger: Ledger, place: int) -> Iterator[Fact]:
    _, voice, pillar = source.voice.gettext, source.voice, source.pillars[place]
    leads = list(dict.fromkeys(row["lead"] for row in activities_of(pillar) if "lead" in row))
    if leads:
        yield Fact(_("Led by"), (line(comma(source, source.names(leads))),))
    cost = ledger.sum(lambda spending: spending.pillar == place)
    if cost:
        yield Fact(_("Cost and funding"), tuple(_cost_lines(source, ledger, place)))
    themes = [pillar[name] for name in ("theme",) if name in pillar] + list(pillar.get("also_themes", ()))
    areas = [voice.named(names.CRITICAL_AREAS, name) for name in pillar.get("areas", ())]
    if themes or areas:
        lines = [line(", ".join(voice.named(names.THEMES, theme) for theme in themes))]
        yield Fact(_("Theme"), (*lines, *(line(area, tone="quiet") for area in areas)))
    yield from more_facts(source, pillar)


def more_facts(source: Source, row: Item) -> Iterator[Fact]:
    """The columns the State has and the format has not."""
    for extra in row.get("more", ()):
        label = source.said(extra["label"])
        yield Fact(label.text, (line(source.said(extra["text"])),), label.lang)


def _cost_lines(source: Source, ledger: Ledger, place: int) -> Iterator[Line]:
    cost = ledger.sum(lambda spending: spending.pillar == place)
    yield line(ledger.in_words(cost), tone="strong")
    for state in ledger.states():
        part = ledger.sum(lambda spending, state=state: spending.pillar == place and spending.state == state)  # type: ignore[misc]
        if part:
            yield line(ledger.say(part), label=source.voice.named(names.FUNDINGS, state))


def comma(source: Source, items: Iterable[Said]) -> Said:
    """Several names as one text; each keeps its language where all share it."""
    listed = list(items)
    langs = {item.lang for item in listed}
    joined = source.voice.gettext("; ").join(item.text for item in listed)
    return Said(joined, langs.pop() if len(langs) == 1 else "")


def _objective_table(source: Source, ledger: Ledger, pillar: Item, place: int) -> Table:
    _, level = source.voice.gettext, source.level("objective")
    money = any(ledger.of_activity(row) for row in activities_of(pillar))
    share = 12 if money else 0
    columns = [
        Column(_("No."), NUMBER_SHARE, "code"),
        Column(level.text, 52 - share, lang=level.lang),
        Column(_("Lead"), 82.93 - 52),
    ]
    if money:
        columns.append(Column(_("Cost"), share, "number", ledger.scale.unit))
    rows = []
    for at, row in enumerate(pillar["objectives"]):
        cost = total(spending for activity in activities_of(row) for spending in ledger.of_activity(activity))
        cells = [code_cell(row["code"], f"#o-{place}-{at}"), text_cell(source.said(row["title"])), lead_cell(source, row)]
        rows.append(Row(tuple(cells + ([number_cell(ledger.say(cost))] if money else []))))
    if money and len(rows) > 1:
        rest = total(spending for row in pillar.get("activities", ()) for spending in ledger.of_activity(row))
        whole = ledger.sum(lambda spending: spending.pillar == place)
        if not rest:
            cells = [code_cell(""), text_cell(f"{source.level('pillar').text} {pillar['code']}"), Cell()]
            rows.append(Row((*cells, number_cell(ledger.say(whole))), "total"))
    unit = ledger.unit_in_words() if money else ""
    title = f"{source.levels('objective').text}, {source.level('pillar').text} {pillar['code']}"
    return Table(f"t-{place}-objectives", title, tuple(columns), (Body(tuple(rows)),), 0, unit)


def _inventory(source: Source, ledger: Ledger, pillar: Item, place: int) -> Table:
    """The activities that stand directly under a pillar, by number and cost; the matrix after it says the rest."""
    _, level = source.voice.gettext, source.level("activity")
    rows = pillar["activities"]
    money = any(total(ledger.of_activity(row)) for row in rows)
    columns = (
        Column(_("No."), NUMBER_SHARE, "code"),
        Column(level.text, 66, lang=level.lang),
        Column(_("Cost"), 82.93 - 66, "number", ledger.scale.unit if money else ""),
    )
    body = tuple(
        Row((code_cell(row["code"]), text_cell(source.said(row["title"])), cost_cell(source, ledger, row))) for row in rows
    )
    title = f"{source.levels('activity').text}, {source.level('pillar').text} {pillar['code']}"
    return Table(f"t-{place}-activities", title, columns, (Body(body),), 0, ledger.unit_in_words() if money else "")


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


def objectives(source: Source, ledger: Ledger, place: int) -> Part | None:
    """The objectives of a pillar, one after the other."""
    pillar, level = source.pillars[place], source.level("pillar")
    blocks: list[Block] = []
    for at, row in enumerate(pillar.get("objectives", ())):
        blocks += _objective(source, ledger, row, f"{place}-{at}")
    if not blocks:
        return None
    title = source.said(pillar["title"])
    running = shortened(f"{level.text} {pillar['code']}: {title.text}", RUNNING_LETTERS)
    return Part(f"objectives-{place}", source.levels("objective"), tuple(blocks), running=running, depth=2)


def _objective(source: Source, ledger: Ledger, row: Item, at: str) -> Iterator[Block]:
    yield Objective(f"o-{at}", row["code"], source.level("objective"), source.said(row["title"]))
    facts = tuple(_objective_facts(source, ledger, row))
    if facts:
        yield Facts(facts)
    if "description" in row:
        yield Paragraph(source.said(row["description"]))
    if row.get("indicators"):
        yield indicator_table(source, row["indicators"], f"t-{at}-indicators", row["code"])
    if row.get("activities") and not source.vast:
        yield activity_table(source, ledger, row["activities"], f"t-{at}-activities", of=row["code"])
    for place, output in enumerate(row.get("outputs", ())):
        yield from _output(source, ledger, output, f"{at}-{place}")


def _output(source: Source, ledger: Ledger, row: Item, at: str) -> Iterator[Block]:
    level, title = source.level("output"), source.said(row["title"])
    yield Heading(Said(f"{level.text} {row['code']} {title.text}", title.lang), 3)
    facts: list[Fact] = []
    if "lead" in row:
        facts.append(Fact(source.voice.gettext("Lead"), lead_cell(source, row).lines))
    if "partners" in row:
        facts.append(Fact(source.voice.gettext("Partners"), (line(source.said(row["partners"])),)))
    facts += more_facts(source, row)
    if facts:
        yield Facts(tuple(facts))
    if row.get("indicators"):
        yield indicator_table(source, row["indicators"], f"t-{at}-indicators", row["code"])
    if row.get("activities") and not source.vast:
        yield activity_table(source, ledger, row["activities"], f"t-{at}-activities", of=row["code"])


def _objective_facts(source: Source, ledger: Ledger, row: Item) -> Iterator[Fact]:
    _, voice = source.voice.gettext, source.voice
    yield Fact(_("Lead"), lead_cell(source, row).lines)
    support = support_lines(source, row)
    if support:
        yield Fact(_("Support"), tuple(support))
    spent = [spending for activity in activities_of(row) for spending in ledger.of_activity(activity)]
    if total(spent):
        lines = [line(ledger.in_words(total(spent)), tone="strong")]
        for state in ledger.states():
            part = total(spending for spending in spent if spending.state == state)
            if part:
                lines.append(line(ledger.say(part), label=voice.named(names.FUNDINGS, state)))
        yield Fact(_("Cost and funding"), tuple(lines))
    for label, name in ((_("What changes for women and girls"), "change_for_women"), (_("Reached when"), "achieved_when")):
        if name in row:
            yield Fact(label, (line(source.said(row[name])),))
    if row.get("mandates"):
        yield Fact(_("Obligations it answers"), tuple(line(item) for item in row["mandates"]))
    topics = [voice.named(names.THEMES, row["theme"])] if "theme" in row else []
    topics += [voice.named(names.TOPICS, topic) for topic in row.get("topics", ())]
    if topics:
        yield Fact(_("Theme"), (line(", ".join(topics)),))
    if row.get("related"):
        yield Fact(_("See also"), tuple(line(source.reference(ref)) for ref in row["related"]))
    yield from more_facts(source, row)


def indicator_table(source: Source, rows: list[Item], at: str, of: str = "") -> Table:
    """Indicators with where they start, where they are to go, and who reports them."""
    _, level = source.voice.gettext, source.level("indicator")
    columns = (
        Column(_("No."), 11, "code"),
        Column(level.text, 33, lang=level.lang),
        Column(_("Baseline"), 18),
        Column(_("Target"), 18),
        Column(_("Reported by"), 20),
    )
    body = tuple(Row(tuple(_indicator_cells(source, row))) for row in rows)
    title = source.levels("indicator").text
    return Table(at, f"{title}, {of}" if of else title, columns, (Body(body),), 0 if of else 1)


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
    spent = ledger.of_activity(row)
    if total(spent):
        return number_cell(ledger.say(total(spent)))
    if spent:
        said = [f"{source.voice.number(item.given.high)} {item.currency}" for item in spent]
        return Cell(tuple(line(item) for item in said), "number")
    words = source.voice.named(names.COSTINGS, row["costing"]) if "costing" in row else ""
    return Cell((line(words, tone="quiet"),), "number") if words else number_cell("–")


def activity_table(
    source: Source, ledger: Ledger, rows: list[Item], at: str, *, of: str = ""
) -> Table:
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
    return Table(at, f"{title}, {of}" if of else title, columns, (Body(tuple(body)),), 0 if of else 1, unit)
