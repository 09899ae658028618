"""The record of the gate that a version passed: when, by whom, why, and what was open then."""

from collections.abc import Iterator
from datetime import date

from nap_builder.plans.gates import GATE_NAMES, GRAVITY_NAMES
from nap_builder.publishing.compose.annexes import NUMBER_SHARE
from nap_builder.publishing.compose.source import Item, Source, code_cell, line, text_cell
from nap_builder.publishing.document import Block, Body, Column, Fact, Facts, Heading, Paragraph, Part, Row, Said, Table


def record(source: Source) -> Part | None:
    """The record of this version; None where it passed no gate."""
    said = source.edition.record
    if not said:
        return None
    return Part("record", Said(source.voice.gettext("Record of this version")), tuple(_blocks(source, said)))


def _blocks(source: Source, said: Item) -> Iterator[Block]:
    _ = source.voice.gettext
    yield Facts(tuple(_facts(source, said)))
    if said.get("reason"):
        yield Heading(Said(_("Why it passed as it stood")))
        yield Paragraph(source.said(said["reason"]))
    rows = [one for one in said["checks"] if one["result"] == "open"]
    if rows:
        columns = (
            Column(_("Check"), NUMBER_SHARE, "code"),
            Column(_("What was still open"), 53),
            Column(_("How grave"), 100 - 53 - NUMBER_SHARE),
        )
        yield Table("t-open", _("Checks that were open"), columns, (Body(tuple(_row(source, one) for one in rows)),))


def _facts(source: Source, said: Item) -> Iterator[Fact]:
    _, voice = source.voice.gettext, source.voice
    checks = said["checks"]
    passing = sum(one["result"] == "passes" for one in checks)
    counting = passing + sum(one["result"] == "open" for one in checks)
    yield Fact(_("Gate"), (line(voice.named(GATE_NAMES, said["gate"]), tone="strong"),))
    yield Fact(_("Passed on"), (line(voice.day(date.fromisoformat(said["day"]))),))
    yield Fact(_("Passed by"), (line(said["by"] or _("The installation")),))
    if said["skipped"]:
        left_out = voice.listed(voice.named(GATE_NAMES, gate) for gate in said["skipped"])
        yield Fact(_("Gates left out"), (line(left_out),))
    told = _("%(some)s of %(all)s passed", some=voice.number(passing), all=voice.number(counting))
    yield Fact(_("Checks"), (line(told),))


def _row(source: Source, one: Item) -> Row:
    voice, rule, count = source.voice, str(one["says"]), one["rows"]
    places = line(voice.ngettext("%(num)s place", "%(num)s places", count), tone="quiet") if count else None
    return Row(
        (
            code_cell(one["key"]),
            text_cell(voice.gettext(rule), places),
            text_cell(voice.named(GRAVITY_NAMES, one["gravity"])),
        )
    )
