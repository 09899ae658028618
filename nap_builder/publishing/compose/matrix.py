"""The results matrix of a pillar on landscape pages: every activity with all that a parliament asks of it."""

from collections.abc import Iterator

from nap_builder.plans import names
from nap_builder.plans.money import total
from nap_builder.publishing.compose.figures import briefly
from nap_builder.publishing.compose.money import Ledger
from nap_builder.publishing.compose.rows import cost_cell, lead_cell, support_lines, when_of
from nap_builder.publishing.compose.source import Item, Source, activities_of, code_cell, line, number_cell, text_cell
from nap_builder.publishing.document import Body, Cell, Column, Line, Part, Row, Said, Table

SOURCES_SHOWN = 4


def matrix(source: Source, ledger: Ledger, place: int) -> Part | None:
    """The matrix of one pillar; None where it has no activity."""
    _, pillar = source.voice.gettext, source.pillars[place]
    if not any(activities_of(pillar)):
        return None
    level = source.level("pillar")
    money = any(total(ledger.of_activity(row)) for row in activities_of(pillar))
    title = _("Results matrix, %(level)s %(code)s", level=level.text, code=pillar["code"])
    bodies = tuple(_bodies(source, ledger, place))
    unit = ledger.unit_in_words() if money else ""
    columns = tuple(_columns(source, ledger, money=money))
    caption = _("Who does what, when and at what cost")
    table = Table(f"t-matrix-{place}", title, columns, bodies, 1, unit, caption=caption)
    return Part(f"matrix-{place}", Said(title), (table,), "matrix", running=title, depth=2)


def _columns(source: Source, ledger: Ledger, *, money: bool) -> Iterator[Column]:
    _, activity, indicator = source.voice.gettext, source.level("activity"), source.level("indicator")
    yield Column(_("No."), 6.5, "code")
    yield Column(activity.text, 26, lang=activity.lang)
    yield Column(_("Lead and support"), 18)
    yield Column(_("When"), 12)
    yield Column(indicator.text, 18.5, lang=indicator.lang)
    yield Column(_("Cost"), 8, "number", ledger.scale.unit if money else "")
    yield Column(_("Funding and source"), 11)


def _bodies(source: Source, ledger: Ledger, place: int) -> Iterator[Body]:
    pillar = source.pillars[place]
    if pillar.get("activities"):
        yield Body(tuple(_row(source, ledger, row) for row in pillar["activities"]))
    for objective in pillar.get("objectives", ()):
        yield from _objective(source, ledger, objective)
    whole = ledger.sum(pillar=place)
    if whole:
        level = source.level("pillar")
        yield Body((_total(f"{level.text} {pillar['code']}", ledger.say(whole)),))


def _objective(source: Source, ledger: Ledger, objective: Item) -> Iterator[Body]:
    heading = _heading(source, "objective", objective)
    if objective.get("activities"):
        yield Body(tuple(_row(source, ledger, row) for row in objective["activities"]), heading)
        heading = ()
    for output in objective.get("outputs", ()):
        rows = tuple(_row(source, ledger, row) for row in output.get("activities", ()))
        if rows and heading:
            yield Body((), heading)
            heading = ()
        if rows:
            yield Body(rows, _heading(source, "output", output))
    spent = total(spending for row in activities_of(objective) for spending in ledger.of_activity(row))
    if spent:
        level = source.level("objective")
        yield Body((_total(f"{level.text} {objective['code']}", ledger.say(spent)),))


def _heading(source: Source, kind: str, row: Item) -> tuple[Said, ...]:
    level = source.level(kind)
    return (Said(f"{level.text} {row['code']}", level.lang), source.said(row["title"]))


def _total(words: str, amount: str) -> Row:
    cells = (code_cell(""), text_cell(words), Cell(), Cell(), Cell(), number_cell(amount), Cell())
    return Row(cells, "total")


def _row(source: Source, ledger: Ledger, row: Item) -> Row:
    _ = source.voice.gettext
    result = line(source.said(row["expected_result"]), tone="quiet") if "expected_result" in row else None
    support = [
        Line(item.said, _("Support") if place == 0 else "", "quiet")
        for place, item in enumerate(support_lines(source, row, short=True))
    ]
    return Row(
        (
            code_cell(row["code"]),
            text_cell(source.said(row["title"]), result, *_marks(source, row)),
            text_cell(*lead_cell(source, row, short=True).lines, *support),
            text_cell(*when_of(source, row)),
            text_cell(*_indicators(source, row)),
            cost_cell(source, ledger, row),
            text_cell(*_funding(source, ledger, row)),
        )
    )


def _marks(source: Source, row: Item) -> Iterator[Line]:
    """What sets an activity apart: that it is new, that it is restricted."""
    _ = source.voice.gettext
    if "new" in row:
        yield line(_("New work") if row["new"] else _("Already under way"), tone="quiet")
    if row.get("restricted"):
        yield line(_("Restricted"), tone="strong")


def _indicators(source: Source, row: Item) -> Iterator[Line]:
    for indicator in row.get("indicators", ()):
        yield line(source.said(indicator["title"]))
        yield briefly(source, indicator)


def _funding(source: Source, ledger: Ledger, row: Item) -> Iterator[Line]:
    """The state of each part of the money, then where it comes from."""
    spent = ledger.of_activity(row)
    for state in names.FUNDINGS:
        part = total(item for item in spent if item.state == state)
        if part:
            alone = len({item.state for item in spent}) == 1
            word = source.voice.named(names.FUNDINGS, state)
            yield line(word) if alone else line(ledger.say(part), label=word)
    sources = [source.said(item.line["source"]) for item in spent if "source" in item.line]
    sources += [source.name(item.line["funder"]) for item in spent if "funder" in item.line]
    for said in list(dict.fromkeys(sources))[:SOURCES_SHOWN]:
        yield line(said, tone="quiet")
