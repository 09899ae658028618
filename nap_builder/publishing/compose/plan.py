"""Puts a whole plan together: parts in their order, letters on the annexes, numbers on the tables, the contents."""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from nap_builder.publishing.compose import about, annexes, costs, cover, details, framework, heard, matrix, record, text
from nap_builder.publishing.compose.money import Ledger
from nap_builder.publishing.compose.source import Source, filled
from nap_builder.publishing.document import Document, Entry, Objective, Part, Said, Table, tables_of
from nap_builder.publishing.edition import Edition

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def compose(plan: Mapping[str, Any], edition: Edition) -> Document:
    """The printed document of a plan in nap-plan/1, in the language of the edition.

    A pure function of its two arguments: the same plan and edition give an equal document.
    """
    source = Source(plan, edition)
    ledger = Ledger(source)
    parts = tuple(_numbered([*_main(source, ledger), *_lettered(_annexes(source, ledger))]))
    return Document(
        lang=edition.lang,
        direction="rtl" if source.voice.direction == "rtl" else "ltr",
        title=_file_title(source),
        author=source.voice.listed(dict.fromkeys(name for name in _authors(source) if name)),
        running_title=cover.running_title(source),
        running_foot=cover.running_foot(source),
        draft_mark=cover.draft_mark(source),
        created=_moment(source),
        cover=cover.cover(source),
        about=about.about(source),
        parts=parts,
        contents_title=source.voice.gettext("Contents"),
        tables_title=source.voice.gettext("Tables"),
        entries=tuple(_entries(parts)),
        tables=tuple(Entry(table.id, str(table.number), Said(table.title)) for table in tables_of(parts)),
        edition=edition.kind,
        worn=tuple((edition.worn or {}).items()),
    )


def _main(source: Source, ledger: Ledger) -> Iterator[Part]:
    yield from text.front(source)
    if source.pillars:
        yield text.glance(source, ledger)
    yield from text.body(source)
    for place in range(len(source.pillars)):
        yield framework.opener(source, ledger, place)
        yield from _given(framework.objectives(source, ledger, place), matrix.matrix(source, ledger, place))
    yield from _given(costs.costs(source, ledger), costs.calendar(source), costs.risks(source))


def _annexes(source: Source, ledger: Ledger) -> Iterator[Part]:
    yield from text.own_annexes(source)
    yield from _given(
        annexes.institutions(source),
        annexes.reviews(source),
        heard.heard(source),
        details.indicator_notes(source),
        details.activity_notes(source),
        details.budget_lines(source, ledger),
        annexes.regions(source),
        annexes.exceptions(source),
        annexes.abbreviations(source),
        record.record(source),
    )


def _given(*parts: Part | None) -> Iterator[Part]:
    """The parts there are; an empty part is left out, heading and all."""
    return (part for part in parts if part is not None)


def _lettered(parts: Iterable[Part]) -> Iterator[Part]:
    for place, part in enumerate(parts):
        letter = LETTERS[place] if place < len(LETTERS) else f"{LETTERS[place // 26 - 1]}{LETTERS[place % 26]}"
        yield dataclasses.replace(part, label=letter)


def _numbered(parts: Iterable[Part]) -> Iterator[Part]:
    """The parts with their tables numbered from 1 through the document."""
    number = 0
    for part in parts:
        blocks = []
        for block in part.blocks:
            if isinstance(block, Table):
                number += bool(block.number)
                block = dataclasses.replace(filled(block), number=number if block.number else 0)  # noqa: PLW2901
            blocks.append(block)
        yield dataclasses.replace(part, blocks=tuple(blocks))


def _entries(parts: Iterable[Part]) -> Iterator[Entry]:
    for part in parts:
        if part.id.startswith("objectives-"):
            for block in part.blocks:
                if isinstance(block, Objective):
                    yield Entry(block.id, block.code, block.title, 2)
            continue
        label = f"{part.level.text} {part.label}" if part.level else part.label
        yield Entry(part.id, label, part.title, part.depth)


def _file_title(source: Source) -> str:
    parts = [source.said(source.plan["title"]).text, cover.period(source), source.edition.state_name or ""]
    return source.voice.listed(part for part in parts if part)


def _authors(source: Source) -> Iterator[str]:
    yield source.edition.state_name or ""
    who = cover.issuer(source)
    yield who.text if who else ""


def _moment(source: Source) -> datetime:
    """The moment written into the file: the freeze, else the moment of the edition; never now."""
    frozen = source.file.get("version", {}).get("frozen_at")
    if frozen:
        return datetime.fromisoformat(frozen).astimezone(UTC)
    given = source.edition.dated
    if isinstance(given, datetime):
        return given.astimezone(UTC) if given.tzinfo else given.replace(tzinfo=UTC)
    return datetime.combine(date(given.year, given.month, given.day), time(), tzinfo=UTC)
