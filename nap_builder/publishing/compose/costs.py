"""What the plan costs and where the money comes from; the calendar; the risks; the policies reviewed."""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from nap_builder.plans import names
from nap_builder.plans.calendar import last_day
from nap_builder.publishing.compose.about import fiscal_year
from nap_builder.publishing.compose.money import Ledger
from nap_builder.publishing.compose.shares import share_table
from nap_builder.publishing.compose.source import Item, Source, code_cell, line, milestones_of, number_cell, text_cell
from nap_builder.publishing.compose.text import funding_bar
from nap_builder.publishing.document import Block, Body, Cell, Column, Note, Part, Row, Said, Table

NUMBER_SHARE = 17.07
MOST_ACROSS = 6  # years; the amounts of more would be broken


def costs(source: Source, ledger: Ledger) -> Part | None:
    """Cost by pillar and year, by the state of the funding, and by theme, source and kind; None without money."""
    if not ledger.lines:
        return None
    blocks: list[Block] = []
    if ledger.sum():
        blocks += [_by_year(source, ledger), _by_state(source, ledger), share_table(source, ledger)]
    blocks += [Note(Said(words)) for words in _notes(source, ledger)]
    return Part("costs", Said(source.voice.gettext("Costs and funding")), tuple(blocks))


def _by_year(source: Source, ledger: Ledger) -> Table:
    """Pillars down and years across; years down where they are too many for their amounts to be whole."""
    _, pillar = source.voice.gettext, source.level("pillar")
    down = len(ledger.years()) > max(MOST_ACROSS, len(source.pillars))
    columns, rows = (_years_down if down else _years_across)(source, ledger, pillar)
    title = _("Cost by %(level)s and fiscal year", level=pillar.text.lower() if not pillar.lang else pillar.text)
    return Table("t-years", title, tuple(columns), (Body(tuple(rows)),), 1, ledger.unit_in_words())


def _years_across(source: Source, ledger: Ledger, pillar: Said) -> tuple[list[Column], list[Row]]:
    _, years = source.voice.gettext, ledger.years()
    share = min(14, 70 / (len(years) + 1))
    columns = [Column(pillar.text, 30, lang=pillar.lang)]
    columns += [Column(ledger.year(year), share, "number") for year in years] + [Column(_("Total"), share, "number")]
    rows = [
        Row(
            (
                text_cell(line(Said(row["code"] + "\u2002"), source.said(row["title"]))),
                *(number_cell(ledger.say(ledger.sum(pillar=place, year=year))) for year in years),
                number_cell(ledger.say(ledger.sum(pillar=place))),
            )
        )
        for place, row in enumerate(source.pillars)
    ]
    sums = [*(ledger.sum(year=year) for year in years), ledger.sum()]
    rows.append(Row((text_cell(_("Whole plan")), *(number_cell(ledger.say(amount)) for amount in sums)), "total"))
    return columns, rows


def _years_down(source: Source, ledger: Ledger, pillar: Said) -> tuple[list[Column], list[Row]]:
    _, places = source.voice.gettext, range(len(source.pillars))
    share = min(14, 85 / (len(places) + 1))
    columns = [Column(_("Year"), 15)]
    columns += [Column(f"{pillar.text} {row['code']}", share, "number", lang=pillar.lang) for row in source.pillars] + [
        Column(_("Total"), share, "number")
    ]

    def row(head: str, year: int | None, tone: Literal["plain", "total"] = "plain") -> Row:
        sums = [*(ledger.sum(pillar=place, year=year) for place in places), ledger.sum(year=year)]
        return Row((text_cell(head), *(number_cell(ledger.say(amount)) for amount in sums)), tone)

    rows = [row(ledger.year(year), year) for year in ledger.years()]
    return columns, [*rows, row(_("Whole plan"), None, "total")]


def _by_state(source: Source, ledger: Ledger) -> Table:
    _, states, years = source.voice.gettext, ledger.states(), ledger.years()
    share = 46 / (len(states) + 1)
    columns = [Column(_("Year"), 21), Column(_("How it is made up"), 33, "bar")]
    columns += [Column(source.voice.named(names.FUNDINGS, state), share, "number") for state in states]
    columns.append(Column(_("Total"), share, "number"))
    most = max((ledger.sum(year=year) for year in years), key=lambda amount: amount.middle)
    rows = [
        Row(
            (
                text_cell(ledger.year(year)),
                Cell(kind="bar", bar=funding_bar(ledger, year=year, whole=most)),
                *(number_cell(ledger.say(ledger.sum(year=year, state=state))) for state in states),
                number_cell(ledger.say(ledger.sum(year=year))),
            )
        )
        for year in years
    ]
    sums = [*(ledger.sum(state=state) for state in states), ledger.sum()]
    whole = (number_cell(ledger.say(amount)) for amount in sums)
    rows.append(Row((text_cell(_("Whole plan")), Cell(kind="bar"), *whole), "total"))
    key = tuple((state, source.voice.named(names.FUNDINGS, state)) for state in states)
    return Table(
        "t-states", _("Funding by fiscal year"), tuple(columns), (Body(tuple(rows)),), 1, ledger.unit_in_words(), key
    )


def _notes(source: Source, ledger: Ledger) -> Iterator[str]:
    _, voice = source.voice.gettext, source.voice
    if source.plan.get("fiscal_year_starts", "01-01") != "01-01":
        yield fiscal_year(source)
    if ledger.scale.rounded:
        yield _("Figures here are rounded, so sums may differ in the last place; the annex of budget lines is exact.")
        yield _("Exactly, the whole plan costs %(amount)s.", amount=ledger.say_apart(ledger.sum(), ledger.currency))
    if any(one.given.range for one in ledger.lines):
        yield _("Two figures with a dash between them are the least and the most expected.")
    for currency in ledger.reckoning.converted(ledger.lines):
        row = ledger.reckoning.rates[currency]
        stated = _(
            "Amounts in %(other)s are counted at %(rate)s %(currency)s for one %(other)s, the rate of %(day)s.",
            other=currency,
            rate=row["rate"],
            currency=ledger.currency,
            day=voice.day(date.fromisoformat(row["on"])),
        )
        where = source.said(row["source"]).text if "source" in row else ""
        of_it = _("Source: %(name)s.", name=where)
        yield f"{stated} {of_it}" if where else stated
    left = ledger.uncounted()
    if left:
        listed = voice.gettext("; ").join(
            f"{one.activity['code']}: {ledger.say_apart(one.given, one.currency)}" for one in left
        )
        yield _("Not counted, since the plan states no rate for the currency: %(amounts)s.", amounts=listed)


def calendar(source: Source) -> Part | None:
    """Every milestone in the order of its date, those without a date last."""
    _, voice = source.voice.gettext, source.voice
    listed = [("", row) for row in source.file.get("milestones", ())]
    for pillar in source.pillars:
        listed += [(pillar["code"], row) for row in milestones_of(pillar)]
    if not listed:
        return None
    listed.sort(
        key=lambda pair: (last_day(pair[1]["due"]).isoformat() if "due" in pair[1] else "9999", pair[1]["code"])
    )
    level, pillar_level = source.level("milestone"), source.level("pillar")
    columns = (
        Column(_("Due"), NUMBER_SHARE),
        Column(_("No."), 9, "code"),
        Column(level.text, 35.93, lang=level.lang),
        Column(_("Kind"), 16),
        Column(_("Responsible"), 22),
    )
    rows = tuple(_step(source, code, row, pillar_level) for code, row in listed)
    table = Table("t-calendar", _("What is due and when"), columns, (Body(rows),), 1)
    return Part("calendar", Said(voice.gettext("Calendar")), (table,))


def _step(source: Source, pillar: str, row: Item, level: Said) -> Row:
    voice = source.voice
    due = voice.when(row["due"]) if "due" in row else voice.gettext("No date yet")
    within = line(f"{level.text} {pillar}", tone="quiet") if pillar else None
    return Row(
        (
            text_cell(due),
            code_cell(row["code"]),
            text_cell(source.said(row["title"]), within),
            text_cell(voice.named(names.MILESTONE_KINDS, row["kind"]) if row.get("kind", "other") != "other" else "–"),
            text_cell(source.name(row["responsible"])) if "responsible" in row else text_cell("–"),
        )
    )


def risks(source: Source) -> Part | None:
    """The risks, what is done about each, and who watches it."""
    _, voice = source.voice.gettext, source.voice
    listed = source.file.get("risks", ())
    if not listed:
        return None
    columns = (
        Column(_("No."), 8, "code"),
        Column(_("Risk"), 25),
        Column(_("Likely"), 13),
        Column(_("Harm"), 10),
        Column(_("What is done about it"), 26),
        Column(_("Who watches it"), 18),
    )
    rows = tuple(
        Row(
            (
                code_cell(row.get("code", "")),
                text_cell(
                    source.said(row["title"]),
                    *(line(source.reference(ref), tone="quiet") for ref in row.get("about", ())),
                ),
                text_cell(voice.named(names.RISK_LEVELS, row["likelihood"]) if "likelihood" in row else "–"),
                text_cell(voice.named(names.RISK_LEVELS, row["impact"]) if "impact" in row else "–"),
                text_cell(source.maybe(row.get("response")) or "–"),
                text_cell(source.name(row["owner"]) if "owner" in row else "–"),
            )
        )
        for row in listed
    )
    table = Table("t-risks", _("What could go wrong"), columns, (Body(rows),), 1)
    return Part("risks", Said(_("Risks")), (table,))
