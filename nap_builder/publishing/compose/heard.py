"""The annex "What we heard, what we did": how much was said on each theme, each contribution with its answer, and the
stages in which women's groups took part.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from nap_builder.consultations.names import ATTRIBUTIONS, CHANNELS, DECISIONS, KINDS, PARTS, STAGES
from nap_builder.plans.names import THEMES
from nap_builder.publishing.compose.source import Item, Source, code_cell, line, number_cell, text_cell
from nap_builder.publishing.document import Block, Body, Cell, Column, Line, Paragraph, Part, Row, Said, Table

NUMBER_SHARE, THEME_SHARE = 8, 20  # hundredths of the width; the words of a head must fit their columns unbroken
UNANSWERED = "unanswered"

Items = Sequence[Item]


def heard(source: Source) -> Part | None:
    """The annex; None where nothing was heard."""
    found = source.edition.heard
    if not found:
        return None
    return Part("heard", Said(source.voice.gettext("What we heard, what we did")), tuple(blocks(source, found)))


def blocks(source: Source, found: Item) -> Iterator[Block]:
    """What the annex holds, also as a paper of its own."""
    _ = source.voice.gettext
    if found["lines"]:
        yield Paragraph(
            Said(_("Each contribution stands here as the person who made it wished: with a name, or without."))
        )
        yield _sums(source, found["sums"])
        yield _matrix(source, found["lines"])
    if found["stages"]:
        yield _stages(source, found["stages"])


def _sums(source: Source, sums: Items) -> Table:
    _, voice = source.voice.gettext, source.voice
    met = [key for key in (*DECISIONS, UNANSWERED) if sums[-1]["decisions"].get(key)]
    share = (100 - THEME_SHARE) / (len(met) + 1)
    columns = [Column(_("Theme"), THEME_SHARE), Column(_("In all"), share, "number")]
    columns += [Column(_decision(source, key), share, "number") for key in met]
    rows = tuple(
        Row(
            (
                text_cell(_theme(source, one["theme"])),
                number_cell(voice.number(one["said"])),
                *(number_cell(voice.number(one["decisions"].get(key, 0))) for key in met),
            ),
            "total" if one["theme"] is None else "plain",
        )
        for one in sums
    )
    return Table("t-heard-sums", _("What was said and answered, by theme"), tuple(columns), (Body(rows),), 1)


def _matrix(source: Source, lines: Items) -> Table:
    _ = source.voice.gettext
    columns = (
        Column(_("No."), NUMBER_SHARE, "code"),
        Column(_("What was said"), 31),
        Column(_("Part of the plan"), 26),
        Column(_("Answer, and what was changed"), 100 - 57 - NUMBER_SHARE),
    )
    themes = dict.fromkeys(one["theme"] for one in lines)
    bodies = tuple(
        Body(tuple(_row(source, one) for one in lines if one["theme"] == theme), (Said(_theme(source, theme)),))
        for theme in themes
    )
    return Table("t-heard", _("What was said, and what became of it"), columns, bodies, 1)


def _row(source: Source, one: Item) -> Row:
    _, entries = source.voice.gettext, one["entries"]
    alone = len(entries) == 1
    title = [line(source.said(one["title"]), tone="strong")] if not alone and one["title"] else []
    said = [*title, *(part for entry in entries for part in _entry(source, entry, numbered=not alone))]
    places = [line(_place(source, place)) for place in one["where"]] or [line(_("The plan as a whole"))]
    return Row(
        (
            code_cell(entries[0]["code"] if alone else one["group"]),
            text_cell(*said),
            text_cell(*places, line(_source(source, one["source"]), tone="quiet")),
            _answer(source, one),
        )
    )


def _entry(source: Source, entry: Item, *, numbered: bool) -> Iterator[Line]:
    _, voice = source.voice.gettext, source.voice
    code = entry["code"] if numbered else ""
    if entry["marker"]:
        gone = _("Withdrawn by who said it.")
        if entry["marker"] == "hidden":
            gone = _("Not shown: %(reason)s", reason=source.said(entry["because"]).text)
        yield line(gone, label=code, tone="quiet")
        return
    yield line(_in_original(source, entry), label=code)
    whose = "steward" if entry["attribution"] == "steward" else "anonymous"
    told = [entry["by"] or voice.named(ATTRIBUTIONS, whose)]
    told += [voice.named(CHANNELS, entry["channel"])] if entry["channel"] else []
    yield line(voice.listed(told), tone="quiet")


def _in_original(source: Source, entry: Item) -> Said:
    """The text in the language of the document, else as it was said."""
    text, language = entry["text"], entry["language"]
    if source.edition.lang in text or language not in text:
        return source.said(text)
    return source.said({language: text[language]})


def _answer(source: Source, one: Item) -> Cell:
    _, voice = source.voice.gettext, source.voice
    if not one["decision"]:
        waits = any(not entry["marker"] for entry in one["entries"])
        return text_cell(line(_("No answer yet") if waits else _("Needs no answer."), tone="quiet"))
    changed = [line(_place(source, place), label=_("Changed")) for place in one["changed"]]
    on = voice.day(date.fromisoformat(one["answered_on"])) if one["answered_on"] else ""
    by = source.said(one["answered_by"]).text
    return text_cell(
        line(_decision(source, one["decision"]), tone="strong"),
        source.maybe(one["reason"]),
        *changed,
        line(voice.listed(part for part in (by, on) if part), tone="quiet"),
    )


def _stages(source: Source, stages: Items) -> Table:
    _ = source.voice.gettext
    columns = (
        Column(_("Stage"), 22),
        Column(_("Consultations"), 15, "number"),
        Column(_("With women’s groups"), 14, "number"),
        Column(_("Their people"), 13, "number"),
        Column(_("Women’s groups"), 36),
    )
    rows = tuple(_stage(source, one) for one in stages)
    return Table("t-heard-stages", _("Women’s groups in each stage"), columns, (Body(rows),), 1)


def _stage(source: Source, one: Item) -> Row:
    _, voice = source.voice.gettext, source.voice
    people = voice.number(one["people"]) if one["people"] is not None else _("A few") if one["few"] else "–"
    part = voice.named(PARTS, one["part"]) if one["part"] else _("Nothing recorded")
    return Row(
        (
            text_cell(line(voice.named(STAGES, one["stage"]), tone="strong")),
            number_cell(voice.number(one["consultations"])),
            number_cell(voice.number(one["with_groups"])),
            number_cell(people),
            text_cell(part, source.maybe(one["text"])),
        )
    )


def _theme(source: Source, theme: str | None) -> str:
    if theme is None:
        return source.voice.gettext("All themes")
    return source.voice.named(THEMES, theme) if theme else source.voice.gettext("No theme named")


def _decision(source: Source, decision: str) -> str:
    known = decision in DECISIONS
    return source.voice.named(DECISIONS, decision) if known else source.voice.gettext("No answer yet")


def _place(source: Source, place: Item) -> str:
    _, title = source.voice.gettext, source.said(place["title"]).text
    if place["kind"] == "paragraph" and place["code"]:
        return _("Paragraph %(number)s, %(section)s", number=place["code"], section=title)
    if place["kind"] in ("section", "paragraph") and title:
        return title
    if place["code"]:
        level = source.level(place["kind"]).text
        return _("%(level)s %(code)s: %(title)s", level=level, code=place["code"], title=title)
    return _("A part that is not shown")


def _source(source: Source, said: Item) -> str:
    if said["title"]:
        return source.said(said["title"]).text
    kind = source.voice.named(KINDS, said["kind"])
    return source.voice.gettext("%(kind)s %(code)s, place and day not shown for safety", kind=kind, code=said["code"])
