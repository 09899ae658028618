"""A plan with what changed since an earlier version marked in its words, as a parliament amends a text.

Both versions are composed first, so that what is compared is what was printed. What stands in both is paired: parts,
objectives and tables by what they are called by, paragraphs by their keys, rows by their first cell. Words are marked
by four numbers of Unicode that are no letters, which no text of a plan can hold where it is printed (see `letters.py`).
"""

import dataclasses
import re
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any

from nap_builder.publishing.compose.marks import ADDED, REMOVED, is_touched, with_room
from nap_builder.publishing.document import (
    Body,
    Cell,
    Document,
    Fact,
    Facts,
    Figures,
    Heading,
    Line,
    Objective,
    Paragraph,
    Part,
    Photograph,
    Row,
    Said,
    Table,
)

FIXED = "\u00a0\u2007\u202f"  # spaces that hold a figure together: 1 200 000 is one word
WORDS = re.compile(rf"\n+|[^\S\n{FIXED}]+|[\S{FIXED}]+")
LINK = re.compile(r"\[([^\]\n]*)\]\([^)\s]*\)")
EMPHASIS = re.compile(r"(?<![\w\\])(?:\*\*|\*|__|_)(?=\S)|(?<=[^\s\\])(?:\*\*|\*|__|_)(?!\w)")
ITEM = re.compile(r"(\s*(?:[-*+]|\d+[.)])\s+)?(.*?)(\s*)", re.DOTALL)
MOST_COMPARED = 4_000_000  # pairs of words; a longer text is shown once out and once in
FOLLOWS = ("glance", "costs", "calendar")  # parts that only gather what others say
ALIKE = 0.4  # from which share of its words on a text counts as another's new wording


def redline(old: Document, new: Document) -> Document:
    """The new document with what it adds, and what it lacks of the old one, marked."""
    return dataclasses.replace(new, parts=tuple(map(with_room, _aligned(old.parts, new.parts))))


def changed_alone(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Of marked parts what is marked, each under the objective that it belongs to.

    What follows from other rows is left out: sums, the plan at a glance, and the matrix of a pillar whose objectives
    say the same.
    """
    told = {part.id for part in parts}
    kept = [
        dataclasses.replace(part, blocks=tuple(_changed(_own(part))), title=_headed(part))
        for part in parts
        if not part.id.startswith(FOLLOWS) and part.id.replace("matrix-", "objectives-") not in told - {part.id}
    ]
    return tuple(part for part in kept if part.blocks)


def _headed(part: Part) -> Said:
    """What a part is called on its own: the objectives of a pillar by the pillar."""
    return Said(part.running) if part.id.startswith("objectives-") and part.running else part.title


def _own(part: Part) -> Sequence[Any]:
    """The blocks of a part without the facts and the list of objectives at the head of a pillar."""
    if part.kind != "opener":
        return part.blocks
    return [one for one in part.blocks if not (isinstance(one, Facts) or _name(one)[1].endswith("-objectives"))]


def _changed(blocks: Sequence[Any]) -> Iterator[Any]:
    above: Objective | None = None
    for block in blocks:
        kept = _changed_of(block)
        if isinstance(block, Objective):
            above = block
        if not is_touched(kept):
            continue
        if above is not None and not isinstance(block, Objective):
            yield above
        above = None
        yield kept


def _changed_of(block: Any) -> Any:
    """Of a table the rows that are marked, of facts those that are; no sums."""
    if isinstance(block, Facts):
        return dataclasses.replace(block, items=tuple(filter(is_touched, block.items)))
    if not isinstance(block, Table):
        return block
    rows = (tuple(row for row in body.rows if row.tone != "total" and is_touched(row)) for body in block.bodies)
    bodies = (dataclasses.replace(body, rows=own) for body, own in zip(block.bodies, rows, strict=True))
    return dataclasses.replace(block, bodies=tuple(body for body in bodies if body.rows), key=(), notes=())


def unmarked(text: str) -> str:
    """A text as the new version says it, without marks and without what was removed."""
    return re.sub(f"{REMOVED[0]}.*?{REMOVED[1]}|[{''.join(ADDED)}]", "", text, flags=re.DOTALL)


def _aligned(old: Sequence[Any], new: Sequence[Any]) -> Iterator[Any]:
    """The shapes of two sequences in one, paired where they are of one thing."""
    names = [_name(one) for one in old], [_name(one) for one in new]
    for how, i1, i2, j1, j2 in SequenceMatcher(None, *names, autojunk=False).get_opcodes():
        if how == "equal":
            yield from map(_merged, old[i1:i2], new[j1:j2])
        else:
            yield from _paired(old[i1:i2], new[j1:j2])


def _paired(old: Sequence[Any], new: Sequence[Any]) -> Iterator[Any]:
    """What bears other names in both: one is the other's new wording where they are alike, else gone or come.

    What is gone stands before what came in its place.
    """
    waiting, come = list(old), list[Any]()
    for one in new:
        place = next((at for at, other in enumerate(waiting) if _alike(other, one)), None)
        if place is None:
            come.append(_whole(one, ADDED))
            continue
        yield from (_whole(gone, REMOVED) for gone in waiting[:place])
        yield from come
        yield _merged(waiting[place], one)
        del waiting[: place + 1]
        come.clear()
    yield from (_whole(gone, REMOVED) for gone in waiting)
    yield from come


def _name(thing: Any) -> tuple[str, str]:
    """What a shape is paired by."""
    return type(thing).__name__, next((own(thing) for kind, own in NAMES.items() if isinstance(thing, kind)), "")


def _code(row: Row) -> str:
    return _words_of(row.cells[0]).strip() if row.cells[0].kind == "code" else ""


def _row_name(row: Row) -> str:
    """What a row is called by: its code, else what its figures are of, else all it says."""
    return _code(row) or _words_of(tuple(cell for cell in row.cells if cell.kind != "number"))


def _alike(old: Any, new: Any) -> bool:
    if type(old) is not type(new) or isinstance(old, Part | Table | Objective | Photograph | Body):
        return False
    if isinstance(old, Row):
        return not (_code(old) or _code(new)) and _worded_alike(_row_name(old), _row_name(new))
    if isinstance(old, Paragraph) and old.key != new.key:
        return False
    if isinstance(old, Line) and old.label and old.label == new.label:
        return True
    return _worded_alike(_words_of(old), _words_of(new))


def _worded_alike(old: str, new: str) -> bool:
    before, after = (list(filter(str.strip, WORDS.findall(text))) for text in (old, new))
    return SequenceMatcher(None, before, after).ratio() >= ALIKE


def _merged(old: Any, new: Any) -> Any:
    """Two shapes of one thing as one shape with its changes marked. Great figures stand as the new version has them."""
    if old == new or type(old) is not type(new) or isinstance(new, Figures):
        return new
    if isinstance(new, Said):
        return dataclasses.replace(new, text=marked(old.text, new.text))
    if isinstance(new, tuple):
        return tuple(_aligned(old, new))
    if isinstance(new, Table):
        return _table(old, new)
    if isinstance(new, Paragraph) and new.table:
        both = _wrapped(old.said.text, REMOVED) + "\n\n" + _wrapped(new.said.text, ADDED)
        return dataclasses.replace(new, said=dataclasses.replace(new.said, text=both))
    return _each(new, lambda name, value: _merged(getattr(old, name), value))


def _each(thing: Any, change: Callable[[str, Any], Any]) -> Any:
    """A shape with each of its members changed that says something and that a mark may stand in."""
    if not dataclasses.is_dataclass(thing):
        return thing
    members = {field.name: getattr(thing, field.name) for field in dataclasses.fields(thing)}
    if isinstance(thing, Photograph):
        members = {"caption": thing.caption}  # what is seen on it is not printed
    if isinstance(thing, Part):
        members = {"blocks": thing.blocks}  # its title stands in the heads of pages and among the bookmarks
    said = {name: change(name, value) for name, value in members.items() if isinstance(value, Said | tuple)}
    return dataclasses.replace(thing, **said)  # type: ignore[type-var]


def _table(old: Table, new: Table) -> Table:
    """A table with its rows paired; of the old one only the columns that the new one has."""
    places = {column.title: place for place, column in enumerate(old.columns)}

    def moved(row: Row) -> Row:
        cells = (places.get(column.title) for column in new.columns)
        return dataclasses.replace(row, cells=tuple(Cell() if at is None else row.cells[at] for at in cells))

    before = tuple(dataclasses.replace(body, rows=tuple(map(moved, body.rows))) for body in old.bodies)
    return dataclasses.replace(new, bodies=tuple(_aligned(before, new.bodies)), notes=_merged(old.notes, new.notes))


def _whole(thing: Any, marks: tuple[str, str]) -> Any:
    """A shape with all its words marked. What is removed gives up its number and what it is pointed at by."""
    if isinstance(thing, Said):
        return dataclasses.replace(thing, text=_wrapped(plain(thing.text), marks))
    if isinstance(thing, tuple):
        return tuple(_whole(one, marks) for one in thing)
    if isinstance(thing, Photograph):
        return dataclasses.replace(thing, caption=_whole(thing.caption or thing.alt, marks))
    if isinstance(thing, Table):
        found = dataclasses.replace(thing, bodies=_whole(thing.bodies, marks), notes=_whole(thing.notes, marks))
    else:
        found = _each(thing, lambda _name, value: _whole(value, marks))
    if marks is REMOVED and isinstance(found, Part | Table | Objective):
        return dataclasses.replace(found, id=f"removed-{found.id}")
    if marks is REMOVED and isinstance(found, Paragraph) and found.number:
        words = _wrapped(f"{thing.number} {plain(thing.said.text)}", marks)  # its number may be another's now
        return dataclasses.replace(found, number="", said=dataclasses.replace(found.said, text=words))
    return found


def marked(old: str, new: str) -> str:
    """A text with the words that it adds to an older one, and those that it lacks, between marks.

    A changed text loses its emphasis, which would be torn apart; its lines stay.
    """
    if old == new:
        return new
    before, after = WORDS.findall(plain(old)), WORDS.findall(plain(new))
    if len(before) * len(after) > MOST_COMPARED:
        return _wrapped(plain(old), REMOVED) + "\n\n" + _wrapped(plain(new), ADDED)
    out = []
    for how, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if how == "equal":
            out += after[j1:j2]
        else:
            pair = (_wrapped("".join(before[i1:i2]), REMOVED), _wrapped("".join(after[j1:j2]), ADDED))
            out.append(" ".join(filter(None, pair)))
    return "".join(out)


def plain(text: str) -> str:
    """A text in the Markdown of plans without its emphasis, and of its links only the words."""
    return EMPHASIS.sub("", LINK.sub(r"\1", text))


def _wrapped(text: str, marks: tuple[str, str]) -> str:
    """A text between marks: no mark reaches over the end of a line, into a cell of a table, or around a list's sign."""
    return "\n".join("|".join(_piece(one, marks) for one in line.split("|")) for line in text.split("\n"))


def _piece(text: str, marks: tuple[str, str]) -> str:
    found = ITEM.fullmatch(text)
    assert found is not None  # it takes any text
    sign, words, rest = found.groups("")
    space = words[: len(words) - len(words.lstrip())]
    words = words.lstrip()
    ruled = not words.strip("-: ")  # the line under the head of a table, or nothing
    return text if ruled else f"{sign}{space}{marks[0]}{words}{marks[1]}{rest}"


def _words_of(thing: Any) -> str:
    """All that a shape says, in one line."""
    if isinstance(thing, Said):
        return thing.text
    if isinstance(thing, tuple):
        return " ".join(map(_words_of, thing))
    if dataclasses.is_dataclass(thing):
        return " ".join(_words_of(getattr(thing, field.name)) for field in dataclasses.fields(thing))
    return ""


NAMES: dict[Any, Callable[[Any], str]] = {
    (Part, Table): lambda thing: thing.id,
    Objective: lambda thing: thing.code,
    Paragraph: lambda thing: thing.key or thing.said.text,
    Heading: lambda thing: thing.said.text,
    Photograph: lambda thing: thing.name,
    Row: _row_name,
    Body: lambda thing: " ".join(said.text for said in thing.heading[:1]),
    Line: lambda thing: f"{thing.label} {_words_of(thing)}",
    Fact: lambda thing: thing.label,
}
