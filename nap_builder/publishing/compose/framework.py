"""The pillars: their opening page, their objectives with indicators and activities."""

from collections.abc import Iterator

from nap_builder.plans import names
from nap_builder.plans.money import total
from nap_builder.publishing.compose.cover import shortened
from nap_builder.publishing.compose.money import Ledger
from nap_builder.publishing.compose.rows import (
    activity_table,
    comma,
    cost_cell,
    indicator_table,
    lead_cell,
    more_facts,
    support_lines,
)
from nap_builder.publishing.compose.source import (
    Item,
    Source,
    activities_of,
    code_cell,
    line,
    number_cell,
    text_cell,
)
from nap_builder.publishing.compose.voice import Voice
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
    money = tuple(_money_lines(source, ledger, pillar))
    if money:
        yield Fact(_("Cost and funding"), money)
    themes = [pillar["theme"]] if "theme" in pillar else []
    themes += pillar.get("also_themes", ())
    areas = [voice.named(names.AREAS, name) for name in pillar.get("areas", ())]
    if themes or areas:
        lines = [line(voice.listed(voice.named(names.THEMES, theme) for theme in themes))]
        yield Fact(_("Theme"), (*lines, *(line(area, tone="quiet") for area in areas)))
    yield from more_facts(source, pillar)


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
        cells = [
            code_cell(row["code"], f"#o-{place}-{at}"),
            text_cell(source.said(row["title"])),
            lead_cell(source, row),
        ]
        rows.append(Row(tuple(cells + ([number_cell(ledger.say(cost))] if money else []))))
    if money and len(rows) > 1:
        rest = total(spending for row in pillar.get("activities", ()) for spending in ledger.of_activity(row))
        whole = ledger.sum(pillar=place)
        if not rest:
            cells = [code_cell(""), text_cell(f"{source.level('pillar').text} {pillar['code']}"), Cell()]
            rows.append(Row((*cells, number_cell(ledger.say(whole))), "total"))
    unit = ledger.unit_in_words() if money else ""
    of = f"{source.level('pillar').text} {pillar['code']}"
    title = source.voice.listed((source.levels("objective").text, of))
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
        Row((code_cell(row["code"]), text_cell(source.said(row["title"])), cost_cell(source, ledger, row)))
        for row in rows
    )
    of = f"{source.level('pillar').text} {pillar['code']}"
    title = source.voice.listed((source.levels("activity").text, of))
    return Table(f"t-{place}-activities", title, columns, (Body(body),), 0, ledger.unit_in_words() if money else "")


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
    stated = (
        (_("Lead"), lead_cell(source, row).lines),
        (_("Support"), tuple(support_lines(source, row))),
        (_("Cost and funding"), tuple(_money_lines(source, ledger, row))),
        (_("What changes for women and girls"), _line_of(source, row, "change_for_women")),
        (_("Reached when"), _line_of(source, row, "achieved_when")),
        (_("Obligations it answers"), tuple(line(item) for item in row.get("mandates", ()))),
        (_("Theme"), tuple(_themes(voice, row))),
        (_("See also"), tuple(line(source.reference(ref)) for ref in row.get("related", ()))),
    )
    yield from (Fact(label, lines) for label, lines in stated if lines)
    yield from more_facts(source, row)


def _line_of(source: Source, row: Item, name: str) -> tuple[Line, ...]:
    return (line(source.said(row[name])),) if name in row else ()


def _themes(voice: Voice, row: Item) -> Iterator[Line]:
    named = [voice.named(names.THEMES, row["theme"])] if "theme" in row else []
    named += [voice.named(names.TOPICS, topic) for topic in row.get("topics", ())]
    if named:
        yield line(voice.listed(named))


def _money_lines(source: Source, ledger: Ledger, row: Item) -> Iterator[Line]:
    """What lies below a row costs, then how much of it is in each state of funding."""
    spent = [spending for activity in activities_of(row) for spending in ledger.of_activity(activity)]
    if not total(spent):
        return
    yield line(ledger.in_words(total(spent)), tone="strong")
    for state in ledger.states():
        part = total(spending for spending in spent if spending.state == state)
        if part:
            yield line(ledger.say(part), label=source.voice.named(names.FUNDINGS, state))
