"""A plan on two pages: what it is for, what it does and costs, how it is measured, and where the whole of it is."""

from collections.abc import Iterator
from dataclasses import replace

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
    filled,
    indicators_of,
    number_cell,
    text_cell,
)
from nap_builder.publishing.document import Block, Body, Column, Lead, Note, Part, Row, Said, Table

Room = tuple[int, int, int]
# How many objectives, indicators and activities are shown: the first three with which two pages hold it all.
ROOM: tuple[Room, ...] = (
    (24, 16, 30),
    (24, 16, 18),
    (24, 16, 6),
    (24, 16, 0),
    (18, 12, 0),
    (14, 8, 0),
    (10, 6, 0),
    (6, 4, 0),
    (4, 2, 0),
    (0, 0, 0),
)
LONGEST_LEAD, LONGEST_TITLE = 420, 110
PAGES = 2


def summary(source: Source, ledger: Ledger, room: Room) -> tuple[Part, ...]:
    """The parts of the summary, with so many objectives, indicators and activities."""
    parts = _glance(source, ledger), _results(source, ledger, room), _work(source, ledger, room)
    return tuple(part for part in parts if part is not None)


def _glance(source: Source, ledger: Ledger) -> Part:
    whole = text.glance(source, ledger)
    return Part(whole.id, whole.title, tuple(_brief(block) for block in whole.blocks))


def _brief(block: Block) -> Block:
    if isinstance(block, Lead):
        return Lead(Said(shortened(block.said.text, LONGEST_LEAD), block.said.lang))
    return filled(block) if isinstance(block, Table) else block


def _results(source: Source, ledger: Ledger, room: Room) -> Part | None:
    _ = source.voice.gettext
    most_objectives, most_indicators, _most_activities = room
    blocks: list[Block] = []
    objectives = [row for pillar in source.pillars for row in pillar.get("objectives", ())]
    if objectives and most_objectives:
        blocks.append(_costed(source, ledger, "objective", objectives[:most_objectives]))
        blocks += _rest(source, len(objectives) - most_objectives)
    indicators = [_measured_first(pillar) for pillar in source.pillars]
    if any(indicators) and most_indicators:
        blocks.append(_indicators(source, _spread(indicators, most_indicators)))
        blocks += _rest(source, sum(map(len, indicators)) - most_indicators)
    title = _("What is to be reached, and how it is measured")
    return Part("results", Said(title), tuple(blocks)) if blocks else None


def _work(source: Source, ledger: Ledger, room: Room) -> Part | None:
    """The activities, where there is room for them."""
    *_others, most = room
    activities = [list(activities_of(pillar)) for pillar in source.pillars]
    if not any(activities) or not most:
        return None
    table = replace(_costed(source, ledger, "activity", _spread(activities, most)), title="")
    rest = _rest(source, sum(map(len, activities)) - most)
    return Part("work", Said(source.voice.gettext("Who does what, and at what cost")), (table, *rest))


def _rest(source: Source, count: int) -> Iterator[Block]:
    if count > 0:
        yield Note(Said(source.voice.ngettext("%(num)s more is in the plan.", "%(num)s more are in the plan.", count)))


def _costed(source: Source, ledger: Ledger, kind: str, rows: list[Item]) -> Table:
    """Objectives or activities, with who leads them and what they cost."""
    _, level = source.voice.gettext, source.level(kind)
    money = bool(ledger.sum())
    columns = [Column(_("No."), 11, "code"), Column(level.text, 53, lang=level.lang), Column(_("Lead"), 22)]
    if money:
        columns.append(Column(_("Cost"), 14, "number", ledger.scale.unit))
    body = Body(tuple(_costed_row(source, ledger, kind, row, money=money) for row in rows))
    unit = ledger.unit_in_words() if money else ""
    return filled(Table(f"t-{kind}", source.levels(kind).text, tuple(columns), (body,), unit=unit))


def _costed_row(source: Source, ledger: Ledger, kind: str, row: Item, *, money: bool) -> Row:
    work = [row] if kind == "activity" else list(activities_of(row))
    leads = [row["lead"]] if "lead" in row else [one["lead"] for one in work if "lead" in one]
    led = comma(source, source.names(dict.fromkeys(leads), short=True))
    cells = [code_cell(row["code"]), text_cell(_short(source.said(row["title"]))), text_cell(led)]
    if money:
        cost = total(spending for one in work for spending in ledger.of_activity(one))
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


def _spread(by_pillar: list[list[Item]], most: int) -> list[Item]:
    """So many rows, of each pillar about as many, in the order of the plan."""
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
