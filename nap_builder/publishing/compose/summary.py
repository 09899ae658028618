"""A plan on two pages: what it is for, what it does and costs, how it is measured, and where the whole of it is."""

from collections.abc import Iterator

from nap_builder.plans.money import total
from nap_builder.publishing.compose import text
from nap_builder.publishing.compose.cover import shortened
from nap_builder.publishing.compose.figures import briefly
from nap_builder.publishing.compose.money import Ledger
from nap_builder.publishing.compose.rows import comma
from nap_builder.publishing.compose.source import (
    Item,
    Source,
    activities_of,
    code_cell,
    indicators_of,
    number_cell,
    text_cell,
)
from nap_builder.publishing.document import Block, Body, Column, Lead, Note, Part, Row, Said, Table

# How many objectives and how many indicators are shown: the first pair with which two pages hold it all.
ROOM = ((24, 16), (18, 12), (14, 8), (10, 6), (6, 4), (4, 2), (0, 0))
LONGEST_LEAD, LONGEST_TITLE = 420, 110
PAGES = 2


def summary(source: Source, ledger: Ledger, room: tuple[int, int]) -> tuple[Part, ...]:
    """The parts of the summary, with so many objectives and indicators."""
    return tuple(part for part in (_glance(source, ledger), _results(source, ledger, room)) if part is not None)


def _glance(source: Source, ledger: Ledger) -> Part:
    whole = text.glance(source, ledger)
    return Part(whole.id, whole.title, tuple(_brief(block) for block in whole.blocks))


def _brief(block: Block) -> Block:
    if isinstance(block, Lead):
        return Lead(Said(shortened(block.said.text, LONGEST_LEAD), block.said.lang))
    return block


def _results(source: Source, ledger: Ledger, room: tuple[int, int]) -> Part | None:
    _ = source.voice.gettext
    most_objectives, most_indicators = room
    blocks: list[Block] = []
    objectives = [row for pillar in source.pillars for row in pillar.get("objectives", ())]
    if objectives and most_objectives:
        blocks.append(_objectives(source, ledger, objectives[:most_objectives]))
        blocks += _rest(source, len(objectives) - most_objectives)
    indicators = [row for pillar in source.pillars for row in _measured_first(pillar)]
    if indicators and most_indicators:
        blocks.append(_indicators(source, _spread(source, most_indicators)))
        blocks += _rest(source, len(indicators) - most_indicators)
    title = _("What is to be reached, and how it is measured")
    return Part("results", Said(title), tuple(blocks)) if blocks else None


def _rest(source: Source, count: int) -> Iterator[Block]:
    if count > 0:
        yield Note(Said(source.voice.ngettext("%(num)s more is in the plan.", "%(num)s more are in the plan.", count)))


def _objectives(source: Source, ledger: Ledger, rows: list[Item]) -> Table:
    _, level = source.voice.gettext, source.level("objective")
    money = bool(ledger.sum())
    columns = [Column(_("No."), 11, "code"), Column(level.text, 53, lang=level.lang), Column(_("Lead"), 22)]
    if money:
        columns.append(Column(_("Cost"), 14, "number", ledger.scale.unit))
    return Table(
        "t-objectives",
        source.levels("objective").text,
        tuple(columns),
        (Body(tuple(_objective(source, ledger, row, money=money) for row in rows)),),
        unit=ledger.unit_in_words() if money else "",
    )


def _objective(source: Source, ledger: Ledger, row: Item, *, money: bool) -> Row:
    leads = [row["lead"]] if "lead" in row else [one["lead"] for one in activities_of(row) if "lead" in one]
    led = comma(source, source.names(dict.fromkeys(leads), short=True))
    cells = [code_cell(row["code"]), text_cell(_short(source.said(row["title"]))), text_cell(led)]
    if money:
        cost = total(spending for one in activities_of(row) for spending in ledger.of_activity(one))
        cells.append(number_cell(ledger.say(cost) if cost else "–"))
    return Row(tuple(cells))


def _indicators(source: Source, rows: list[Item]) -> Table:
    _, level = source.voice.gettext, source.level("indicator")
    columns = (
        Column(_("No."), 11, "code"),
        Column(level.text, 55, lang=level.lang),
        Column(_("From the baseline to the target"), 34),
    )
    body = tuple(
        Row((code_cell(row["code"]), text_cell(_short(source.said(row["title"]))), text_cell(briefly(source, row))))
        for row in rows
    )
    return Table("t-indicators", source.levels("indicator").text, columns, (Body(body),))


def _spread(source: Source, most: int) -> list[Item]:
    """So many indicators, of each pillar about as many, in the order of the plan."""
    by_pillar = [_measured_first(pillar) for pillar in source.pillars]
    taken: list[list[Item]] = [[] for _pillar in by_pillar]
    for place in range(max(map(len, by_pillar), default=0)):
        for pillar, rows in enumerate(by_pillar):
            if place < len(rows) and sum(map(len, taken)) < most:
                taken[pillar].append(rows[place])
    return [row for rows in taken for row in rows]


def _measured_first(pillar: Item) -> list[Item]:
    """The indicators of a pillar, those with a baseline and a target first."""
    return sorted(indicators_of(pillar), key=lambda row: not ("baseline" in row and row.get("targets")))


def _short(said: Said) -> Said:
    return Said(shortened(said.text, LONGEST_TITLE), said.lang)
