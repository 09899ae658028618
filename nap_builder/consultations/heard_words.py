"""The response matrix in words: what pages and files say of its rows, and its columns as a table for files."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from nap_builder.consultations.names import ATTRIBUTIONS, CHANNELS, DECISIONS, KINDS
from nap_builder.consultations.queries.matrix import HIDDEN, NO_THEME, UNANSWERED, WITHDRAWN, Entry, Line, Source, Sum
from nap_builder.consultations.queries.pointed import Place
from nap_builder.kernel.languages import _, language_name, tag, words_in
from nap_builder.plans.names import ROWS, THEMES, named

Cell = str | int | None


def theme_said(theme: str | None) -> str:
    """The name of a theme; of none that no theme is named, and of the whole (None) that it is all themes."""
    if theme is None:
        return _("All themes")
    return named(THEMES, theme) if theme != NO_THEME else _("No theme named")


def decision_said(decision: str) -> str:
    """The name of a decision, or that there is no answer yet."""
    return str(DECISIONS[decision]) if decision in DECISIONS else _("No answer yet")


def decisions() -> list[tuple[str, str]]:
    """Every decision with its name, and last that there is none yet."""
    return [(key, str(name)) for key, name in DECISIONS.items()] + [(UNANSWERED, _("No answer yet"))]


def place_said(place: Place) -> str:
    """A part of the plan: the number of a paragraph with its section, or the code of a row with its title."""
    title = words_in(place.title)
    if place.kind == "paragraph" and place.code:
        return _("Paragraph %(number)s, %(section)s", number=place.code, section=title)
    if place.kind in ("section", "paragraph") and title:
        return title
    if place.code:
        return _("%(level)s %(code)s: %(title)s", level=named(ROWS, place.kind), code=place.code, title=title)
    return _("A part that is not shown")


def places_said(places: Iterable[Place]) -> str:
    """Several parts of the plan in one line."""
    return "; ".join(map(place_said, places))


def by_theme(lines: Iterable[Line]) -> list[tuple[str, list[Line]]]:
    """The rows of each theme, in their order."""
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(line.theme, []).append(line)
    return list(found.items())


def source_said(source: Source) -> str:
    """A consultation by its title; where it is not to be known, by its kind and code."""
    if source.title:
        return words_in(source.title)
    return _("%(kind)s %(code)s, place and day not shown for safety", kind=KINDS[source.kind], code=source.code)


def by_said(entry: Entry) -> str:
    """Under which name something was said."""
    return entry.by or str(ATTRIBUTIONS["steward" if entry.attribution == "steward" else "anonymous"])


def marker_said(entry: Entry) -> str:
    """What stands in place of a text that is not shown; empty where it is."""
    if entry.marker == WITHDRAWN:
        return _("Withdrawn by who said it.")
    if entry.marker == HIDDEN:
        return _("Not shown: %(reason)s", reason=words_in(entry.because))
    return ""


def table(lines: Sequence[Line], *, staff: bool) -> tuple[list[str], list[list[Cell]]]:
    """The heads and rows of the matrix as a file: a row for each contribution, with every column filled or empty."""
    heads = [
        _("Number"),
        _("Group"),
        _("Theme"),
        _("Part of the plan"),
        _("What was said"),
        _("Language"),
        _("Said by"),
        _("How it came"),
        _("Consultation"),
        _("Said on"),
        _("Written down on"),
        _("Decision"),
        _("Reason"),
        _("Change made"),
        _("Answered by"),
        _("Answered on"),
    ]
    heads += [_("Asked to answer"), _("Days without an answer")] if staff else []
    return heads, [row for line in lines for row in _rows(line, staff=staff)]


def _rows(line: Line, *, staff: bool) -> Iterator[list[Cell]]:
    group = " ".join(filter(None, (line.group, words_in(line.title))))
    for entry in line.entries:
        yield [
            entry.code,
            group,
            theme_said(line.theme),
            places_said(line.where),
            marker_said(entry) or words_in(entry.text),
            language_name(entry.language, tag()) if entry.language else "",
            "" if entry.marker else by_said(entry),
            str(CHANNELS[entry.channel]) if entry.channel else "",
            source_said(line.source),
            _day(entry.held_on),
            _day(entry.entered_on),
            decision_said(line.decision) if line.decision or not entry.marker else "",
            words_in(line.reason),
            places_said(line.changed),
            words_in(line.answered_by),
            _day(line.answered_on),
            *([words_in(line.asked), entry.days] if staff else []),
        ]


def sums_table(found: Iterable[Sum]) -> tuple[list[str], list[list[Cell]]]:
    """How much was said and decided by theme, as a file: a column for each decision."""
    names = decisions()
    heads = [_("Theme"), _("Contributions"), *(name for _key, name in names)]
    rows: list[list[Cell]] = [
        [theme_said(one.theme), one.said, *(one.decisions.get(key, 0) for key, _name in names)] for one in found
    ]
    return heads, rows


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""
