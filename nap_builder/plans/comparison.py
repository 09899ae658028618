"""What changed between two documents of a plan: facts, institutions, sections by paragraph, and results row by row."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from nap_builder.plans.canonical import canonical_document
from nap_builder.plans.profiles import numbers_of
from nap_builder.plans.rows import Ident, Row, matched, moved, rows
from nap_builder.plans.schema import ROOT, Shape
from nap_builder.plans.wording import TextChange, by_language, text_changes

State = Literal["added", "removed", "changed", "moved", "kept"]

_TITLES = ("title", "name", "policy", "text")
_ACTIONS = {"added": "add", "removed": "remove", "kept": "keep"}
_LONGEST_TITLE = 80


@dataclass(frozen=True)
class FieldChange:
    """One member that changed. `texts` holds the changes by language where it is a text; None stands for absent."""

    name: str
    before: Any
    after: Any
    texts: tuple[TextChange, ...] = ()


@dataclass(frozen=True)
class RowChange:
    """What became of a row or paragraph. `fields` of an added or removed one are all it said."""

    kind: str
    ref: str
    state: State
    moved: bool
    title: dict[str, str]
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    fields: tuple[FieldChange, ...]
    number: str | None = None
    former: str | None = None


@dataclass(frozen=True)
class SectionChange:
    """A section in which something changed, with all its paragraphs; the removed stand where they stood."""

    section: RowChange
    paragraphs: tuple[RowChange, ...]


@dataclass(frozen=True)
class Comparison:
    """Two documents compared. Institutions, sections and rows are only listed where something changed."""

    plan: tuple[FieldChange, ...]
    task_force: tuple[FieldChange, ...]
    institutions: tuple[RowChange, ...]
    sections: tuple[SectionChange, ...]
    rows: tuple[RowChange, ...]

    @property
    def empty(self) -> bool:
        """Whether both documents say the same."""
        return not (self.plan or self.task_force or self.institutions or self.sections or self.rows)


class Change(NamedTuple):
    """One line of what an import would do: add, change, keep or remove; which row; its title, or what changes in it."""

    action: str
    ref: str
    what: str

    def __str__(self) -> str:
        return "\t".join(self)


def compare(old: dict[str, Any], new: dict[str, Any]) -> Comparison:
    """What the newer document says otherwise than the older. Rows match by key, then by kind and code."""
    sides = _Sides(old, new)
    parts: dict[Ident, list[RowChange]] = defaultdict(list)
    sections: list[tuple[Ident, RowChange]] = []
    others: dict[bool, list[RowChange]] = defaultdict(list)
    for place in sides.places():
        change = sides.change(place)
        if place.row.kind == "section":
            sections.append((place.home, change))
        elif place.row.kind == "paragraph":
            parts[place.above].append(change)
        elif change.state != "kept":
            others[place.row.kind == "institution"].append(change)
    return Comparison(
        plan=sides.facts("plan"),
        task_force=sides.facts("task_force"),
        institutions=tuple(others[True]),
        sections=tuple(
            SectionChange(change, tuple(parts[home]))
            for home, change in sections
            if any(part.state != "kept" for part in (change, *parts[home]))
        ),
        rows=tuple(others[False]),
    )


def changes(old: dict[str, Any] | None, new: dict[str, Any]) -> list[Change]:
    """What an import of the newer document over the older would do, row by row; None: there is no plan yet."""
    sides = _Sides(old or {}, new)
    facts = [fact for name in ("plan", "task_force") if (fact := sides.fact(name))]
    return [*facts, *(_line(sides.change(place)) for place in sides.places())]


class _Place(NamedTuple):
    """Where a row stands when both documents are read as one, the newer leading."""

    row: Row
    home: Ident
    above: Ident
    before: Row | None
    after: Row | None


class _Sides:
    """Both documents, tidied, with their rows matched."""

    def __init__(self, old: dict[str, Any], new: dict[str, Any]) -> None:
        self._documents = canonical_document(old), canonical_document(new)
        self._firsts = [(side.get("plan") or {}).get("languages", ["en"])[0] for side in self._documents]
        self._numbers = [numbers_of(side) for side in self._documents]
        self._old, self._new = (rows(side) for side in self._documents)
        self._pairs = matched(self._old, self._new)
        self._moved = moved(self._old, self._new, self._pairs)
        self._homes = {before.ident: ident for ident, before in self._pairs.items()}

    def facts(self, name: str) -> tuple[FieldChange, ...]:
        """The changes in a part of the document that is no row."""
        before, after = (side.get(name) or {} for side in self._documents)
        return self._fields(before, after, ROOT.members[name])

    def fact(self, name: str) -> Change | None:
        """The line for such a part; None where neither document has it."""
        before, after = (side.get(name) for side in self._documents)
        if not before and not after:
            return None
        fields = self.facts(name)
        action = "add" if not before else "remove" if not after else "change" if fields else "keep"
        slug = next(side["plan"]["slug"] for side in reversed(self._documents) if "plan" in side)
        return Change(action, f"{name}:{slug}", _names(fields) if action == "change" else slug)

    def places(self) -> Iterator[_Place]:
        """Every row of both documents in the order of the newer one; the removed stand after what they followed."""
        gone: dict[Ident, list[_Place]] = defaultdict(list)
        last: Ident = ()
        for row in self._old:
            if row.ident in self._homes:
                last = self._homes[row.ident]
            else:
                gone[last].append(_Place(row, row.ident, self._homes.get(row.parent, row.parent), row, None))
        yield from gone[()]
        for row in self._new:
            yield _Place(row, row.ident, row.parent, self._pairs.get(row.ident), row)
            yield from gone[row.ident]

    def change(self, place: _Place) -> RowChange:
        """What became of a row."""
        said, says = (row.own if row else {} for row in (place.before, place.after))
        fields = self._fields(said, says, place.row.shape)
        elsewhere = place.after is not None and place.home in self._moved
        return RowChange(
            kind=place.row.kind,
            ref=place.row.ref,
            state=_state(place, changed=bool(fields), elsewhere=elsewhere),
            moved=elsewhere,
            title=_title(says, self._firsts[1]) if place.after else _title(said, self._firsts[0]),
            before=said if place.before else None,
            after=says if place.after else None,
            fields=fields,
            number=_number(place.after, self._numbers[1]),
            former=_number(place.before, self._numbers[0]),
        )

    def _fields(self, before: dict[str, Any], after: dict[str, Any], shape: Shape) -> tuple[FieldChange, ...]:
        found = [self._field(name, before.get(name), after.get(name), shape) for name in {**after, **before}]
        return tuple(field for field in found if field)

    def _field(self, name: str, before: Any, after: Any, shape: Shape) -> FieldChange | None:
        member = shape.members.get(name)
        if member is not None and member.kind == "text":
            texts = text_changes(by_language(before, self._firsts[0]), by_language(after, self._firsts[1]))
            return FieldChange(name, before, after, texts) if texts else None
        return FieldChange(name, before, after) if before != after else None


def _state(place: _Place, *, changed: bool, elsewhere: bool) -> State:
    if place.before is None:
        return "added"
    if place.after is None:
        return "removed"
    if changed:
        return "changed"
    return "moved" if elsewhere else "kept"


def _number(row: Row | None, numbers: dict[str, str]) -> str | None:
    return numbers.get(row.said["key"]) if row is not None and row.kind == "paragraph" else None


def _title(said: dict[str, Any], first: str) -> dict[str, str]:
    return next((by_language(said[name], first) for name in _TITLES if name in said), {})


def _line(change: RowChange) -> Change:
    if change.state in {"changed", "moved"}:
        return Change("change", change.ref, _names(change.fields) or "order")
    title = " ".join(next(iter(change.title.values()), "").split())
    return Change(_ACTIONS[change.state], change.ref, title[:_LONGEST_TITLE])


def _names(fields: Iterable[FieldChange]) -> str:
    return ", ".join(field.name for field in fields)
