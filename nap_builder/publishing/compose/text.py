"""The sections of the plan: its front, its body and its own annexes, and the plan at a glance."""

from base64 import b64decode
from collections.abc import Iterator

from nap_builder.plans import names
from nap_builder.plans.money import Amount, costing_of
from nap_builder.plans.photographs import placed
from nap_builder.publishing.compose.about import signatures
from nap_builder.publishing.compose.cover import period
from nap_builder.publishing.compose.money import Ledger
from nap_builder.publishing.compose.source import (
    Item,
    Source,
    activities_of,
    indicators_of,
    line,
    number_cell,
    text_cell,
)
from nap_builder.publishing.document import (
    Bar,
    Block,
    Body,
    Cell,
    Column,
    Fact,
    Figures,
    Heading,
    Lead,
    Note,
    Paragraph,
    Part,
    Photograph,
    Row,
    Said,
    Table,
)

SIGNED = ("foreword", "preface")


def front(source: Source) -> Iterator[Part]:
    """The sections before the plan itself, each with the signatures that belong under it."""
    rows = [row for row in source.sections if row.get("place") == "front"]
    left = {of: signatures(source, of) for of in SIGNED}
    for place, row in enumerate(rows):
        last = place == len(rows) - 1
        own = [of for of in SIGNED if row["key"].startswith(of)] if not last else list(left)
        signs = [block for of in own for block in left.pop(of, [])]
        yield section(source, row, extra=signs)


def body(source: Source) -> Iterator[Part]:
    """The chapters, numbered from 1."""
    rows = [row for row in source.sections if row.get("place", "body") == "body"]
    for place, row in enumerate(rows, 1):
        yield section(source, row, label=str(place))


def own_annexes(source: Source) -> list[Part]:
    """The annexes the plan itself has; their letters come later."""
    return [section(source, row) for row in source.sections if row.get("place") == "annex"]


def section(source: Source, row: Item, *, label: str = "", extra: list[Block] | None = None) -> Part:
    """One section: its note when it is restricted, its paragraphs, its signatures."""
    _ = source.voice.gettext
    blocks: list[Block] = []
    if row.get("restricted"):
        blocks.append(Note(Said(_("Restricted: this section is not for publication."))))
    blocks += _written(source, row)
    if not row.get("paragraphs"):
        blocks.append(Note(Said(_("This section is not written yet."))))
    if "easy" in row:
        blocks += [Heading(Said(_("In short words")), side=True), Paragraph(source.said(row["easy"]))]
    if "owner" in row:
        written = _("Section written by: %(name)s", name=source.name(row["owner"]).text)
        blocks.append(Note(Said(written)))
    blocks += extra or []
    return Part("s-" + row["key"], source.said(row["title"]), tuple(blocks), label=label)


def _written(source: Source, row: Item) -> Iterator[Block]:
    """The paragraphs of a section, with the photographs between them."""
    own = (one for one in source.edition.photographs if one["section"] == row["key"])
    there = placed(own, [paragraph["key"] for paragraph in row.get("paragraphs", ())])
    yield from (_photograph(source, one) for one in there.get(None, ()))
    if "body" in row:
        said = source.said(row["body"])
        yield from (Paragraph(Said(text, said.lang)) for text in said.text.split("\n\n") if text.strip())
    for paragraph in row.get("paragraphs", ()):
        yield _paragraph(source, row, paragraph)
        yield from (_photograph(source, one) for one in there.get(paragraph["key"], ()))


def _photograph(source: Source, row: Item) -> Photograph:
    return Photograph(
        name=row["stored_as"].rpartition("/")[2],
        alt=source.said(row["alt"]),
        caption=source.maybe(row["caption"]),
        credit=source.voice.gettext("Photograph: %(name)s", name=row["credit"]) if row["credit"] else "",
        width=row["width"],
        height=row["height"],
        content=b64decode(row["content"]),
        small=b64decode(row["small"]),
    )


def _paragraph(source: Source, row: Item, paragraph: Item) -> Block:
    said, kind = source.said(paragraph["text"]), paragraph.get("kind", "paragraph")
    if kind == "heading":
        return Heading(said)
    number = source.numbers.get(paragraph["key"], "") if row.get("place") != "annex" else ""
    printed = number if kind == "paragraph" else ""
    return Paragraph(said, printed, table=kind == "table", key=paragraph["key"])


def glance(source: Source, ledger: Ledger) -> Part:
    """The whole plan on one page: its vision, its counts, and each pillar with its money."""
    _ = source.voice.gettext
    blocks: list[Block] = []
    if "vision" in source.plan:
        blocks.append(Lead(source.said(source.plan["vision"])))
    blocks.append(Figures(tuple(_counts(source, ledger))))
    blocks.append(_pillar_table(source, ledger))
    blocks += _in_words(source, ledger)
    return Part("glance", Said(_("The plan at a glance")), tuple(blocks))


def _counts(source: Source, ledger: Ledger) -> Iterator[Fact]:
    voice = source.voice
    counted = (
        ("pillar", len(source.pillars)),
        ("objective", sum(len(pillar.get("objectives", ())) for pillar in source.pillars)),
        ("activity", sum(1 for pillar in source.pillars for _row in activities_of(pillar))),
        ("indicator", sum(1 for pillar in source.pillars for _row in indicators_of(pillar))),
    )
    for kind, count in counted:
        if count:
            level = source.levels(kind)
            yield Fact(level.text, (line(voice.number(count)),), level.lang)
    cost = ledger.sum()
    if cost:
        yield Fact(voice.gettext("Cost, %(unit)s", unit=ledger.scale.unit), (line(ledger.say(cost)),))


def _pillar_table(source: Source, ledger: Ledger) -> Table:
    _, money = source.voice.gettext, bool(ledger.sum())
    kinds = [kind for kind in ("objective", "activity", "indicator") if _has(source, kind)]
    pillar = source.level("pillar")
    columns = [Column(pillar.text, 29, lang=pillar.lang)]
    for kind in kinds:
        level = source.levels(kind)
        columns.append(Column(level.text, 12.5, "number", lang=level.lang))
    if money:
        share = 13 if any(one.given.range for one in ledger.lines) else 10
        columns.append(Column(_("How it is funded"), 19, "bar"))
        columns += [Column(title, share, "number", ledger.scale.unit) for title in (_("Cost"), _("Gap"))]
    rows = [_pillar_row(source, ledger, place, kinds, money=money) for place in range(len(source.pillars))]
    if len(rows) > 1:
        rows.append(_total_row(source, ledger, kinds, money=money))
    unit = source.voice.listed((ledger.unit_in_words(), period(source))) if money else period(source)
    key = tuple((state, source.voice.named(names.FUNDINGS, state)) for state in ledger.states())
    return Table("t-glance", _("The plan in one table"), tuple(columns), (Body(tuple(rows)),), 1, unit, key)


def _has(source: Source, kind: str) -> bool:
    return any(_count(pillar, kind) for pillar in source.pillars)


def _count(pillar: Item, kind: str) -> int:
    if kind == "objective":
        return len(pillar.get("objectives", ()))
    return sum(1 for _row in (activities_of(pillar) if kind == "activity" else indicators_of(pillar)))


def _pillar_row(source: Source, ledger: Ledger, place: int, kinds: list[str], *, money: bool) -> Row:
    pillar = source.pillars[place]
    title = source.said(pillar["title"])
    cells = [text_cell(line(Said(pillar["code"] + "\u2002"), title))]
    cells += [number_cell(source.voice.number(_count(pillar, kind)) if _count(pillar, kind) else "–") for kind in kinds]
    if money:
        cost = ledger.sum(pillar=place)
        gap = ledger.sum(pillar=place, state="gap")
        shares = funding_bar(ledger, pillar=place)
        cells += [Cell(kind="bar", bar=shares), number_cell(ledger.say(cost)), number_cell(ledger.say(gap))]
    return Row(tuple(cells))


def _total_row(source: Source, ledger: Ledger, kinds: list[str], *, money: bool) -> Row:
    cells = [text_cell(source.voice.gettext("Whole plan"))]
    cells += [number_cell(source.voice.number(sum(_count(row, kind) for row in source.pillars))) for kind in kinds]
    if money:
        gap = ledger.sum(state="gap")
        cells += [Cell(kind="bar", bar=funding_bar(ledger))]
        cells += [number_cell(ledger.say(ledger.sum())), number_cell(ledger.say(gap))]
    return Row(tuple(cells), "total")


def funding_bar(
    ledger: Ledger, *, pillar: int | None = None, year: int | None = None, whole: Amount | None = None
) -> Bar | None:
    """The shares of each state of funding, for a pillar, a year or the plan; of a greater whole where one is given."""
    amounts = {state: ledger.sum(pillar=pillar, year=year, state=state).middle for state in ledger.states()}
    own = sum(amounts.values())
    if not own:
        return None
    shares = tuple((state, float(round(100 * part / own, 2))) for state, part in amounts.items() if part)
    return Bar(shares, float(round(100 * own / whole.middle, 2)) if whole else 100.0)


def _in_words(source: Source, ledger: Ledger) -> Iterator[Block]:
    _ = source.voice.gettext
    body_of = source.plan.get("issuing_body") or source.file.get("task_force", {}).get("chair")
    leads = {row["lead"] for pillar in source.pillars for row in activities_of(pillar) if "lead" in row}
    if leads:
        counted = source.voice.ngettext(
            "One institution leads the work.", "%(num)s institutions lead the work.", len(leads)
        )
        chair = _("%(name)s coordinates it.", name=source.name(body_of).text) if body_of else ""
        yield Heading(Said(_("Who answers for it")), side=True)
        yield Paragraph(Said(f"{counted} {chair}".strip()))
    gap = ledger.sum(state="gap")
    if gap:
        missing = _("%(amount)s is still to be found.", amount=ledger.in_words(gap))
        yield Heading(Said(_("What is not yet paid for")), side=True)
        yield Paragraph(Said(missing))
    rows = (row for pillar in source.pillars for row in activities_of(pillar))
    costings = (costing_of(row.get("costing"), has_money=bool(row.get("budget"))) for row in rows)
    uncosted = sum(costing == "not_costed" for costing in costings)
    if uncosted:
        yield Heading(Said(_("What has no cost yet")), side=True)
        yield Paragraph(Said(source.voice.ngettext("One row of the plan.", "%(num)s rows of the plan.", uncosted)))
