"""What a plan will be after an import, row by row, and how that differs from what it is. No database is asked."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from nap_builder.exchange.incoming import Incoming
from nap_builder.plans.canonical import canonical_document
from nap_builder.plans.rows import Ident, Row, matched, rows
from nap_builder.plans.schema import ROOT, Shape
from nap_builder.plans.tables import each

COMMITMENT, COMMITTED = "commitment", frozenset({"objective", "activity"})
_OF_CONSULTATIONS = frozenset({"consultation", "contribution"})


@dataclass(frozen=True)
class Flat:
    """A row without the rows below it: where it stands, and what it says, with references by key."""

    kind: str
    key: str
    parent: Ident
    position: int
    says: dict[str, Any]

    @property
    def ident(self) -> Ident:
        """The row's identity within the plan."""
        return (self.kind, self.key)

    @property
    def ref(self) -> str:
        """The row as a reference: its kind with its code, or with its key where it has none."""
        return f"{self.kind}:{self.says.get('code') or self.key}"


@dataclass(frozen=True)
class Merge:
    """Two states of a plan: `old` as it stands, `target` as it will be. `removed` are archived.

    `before` and `document` are the plan as it stands and what the file says, both as the tables hold it, the latter
    with the keys that the plan's rows already bear and the progress that stays. `hidden` are the rows that the file
    lacks because a file of its kind cannot hold them, `places` say where in the file each row stands.
    """

    before: dict[str, Any]
    document: dict[str, Any]
    old: dict[Ident, Flat]
    target: dict[Ident, Flat]
    removed: list[Flat]
    hidden: list[Flat]
    places: dict[Ident, str]

    def twice(self) -> list[Flat]:
        """The rows whose code another row of their kind would bear as well, after the import."""
        coded = [flat for flat in self.target.values() if "code" in flat.says]
        counts = Counter((flat.kind, flat.says["code"]) for flat in coded)
        return [flat for flat in coded if counts[flat.kind, flat.says["code"]] > 1]


def merged(
    old_document: Mapping[str, Any] | None,
    incoming: Incoming,
    *,
    remove: bool,
    closed: frozenset[Ident] = frozenset(),
) -> Merge:
    """What becomes of a plan (None: there is none yet) when a file is taken in over it.

    Rows match by key, then by kind and code. What the file lacks goes with `remove`, or where the file says that it
    makes way, and else stays after its neighbours; what the file could not hold always stays: the restricted rows of a
    plan where it shows the public profile, and progress where it is of a kind without; and the rows `closed` to who
    sent it. But for a file with `acts` the commitments stay that it leaves unsaid.
    """
    before = canonical_document(dict(old_document)) if old_document else {}
    here, there = rows(before), rows(incoming.document)
    pairs = matched(here, there)
    keys = {row.ident: pairs[row.ident].said["key"] for row in there if row.ident in pairs and "key" in row.said}
    old = _stored(before, _names(here, {}))
    new = _stored(incoming.document, _names(here, {}) | _names(there, keys))
    for plain, row in zip(there, rows(new), strict=True):
        row.said.update({"key": keys[plain.ident]} if plain.ident in keys else {})
    old_rows, new_rows = rows(old), rows(new)
    if incoming.says_no_progress or not remove:
        _keep_progress(old_rows, new_rows)
    if not incoming.acts:
        _keep_commitments(old_rows, new_rows)
    old_flats, new_flats = _flats(old_rows), _flats(new_rows)
    lacking = [flat for ident, flat in old_flats.items() if ident not in new_flats]
    spared = _spared(old_flats, incoming, closed)
    hidden = [flat for flat in lacking if flat.ident in spared]
    removed = [flat for flat in lacking if (remove or flat.ident in incoming.gone) and flat.ident not in spared]
    places: dict[Ident, str] = {
        (ident[0], keys.get(ident, ident[1])): place for ident, place in incoming.places.items()
    }
    return Merge(old, new, old_flats, _target(new_flats, old_flats, removed), removed, hidden, places)


def _target(new: dict[Ident, Flat], old: dict[Ident, Flat], removed: list[Flat]) -> dict[Ident, Flat]:
    """All rows that the plan will have; what the file lacks and stays stands after the neighbour that it followed."""
    families: dict[tuple[Ident, str], list[Flat]] = defaultdict(list)
    for flat in new.values():
        families[flat.parent, flat.kind].append(flat)
    gone = {flat.ident for flat in removed}
    before: dict[tuple[Ident, str], list[Ident]] = defaultdict(list)
    for ident, flat in old.items():
        family = families[flat.parent, flat.kind]
        if ident not in new and ident not in gone:
            family.insert(_after(family, before[flat.parent, flat.kind]), flat)
        before[flat.parent, flat.kind].append(ident)
    target = dict(new)
    for family in families.values():
        target.update({flat.ident: replace(flat, position=place) for place, flat in enumerate(family)})
    return target


def _after(family: list[Flat], before: list[Ident]) -> int:
    """The place after the nearest of the rows that stood before; the first where none of them is there."""
    places = {flat.ident: place for place, flat in enumerate(family, start=1)}
    return next((places[ident] for ident in reversed(before) if ident in places), 0)


def _names(found: Iterable[Row], keys: Mapping[Ident, str]) -> dict[str, str]:
    """Each way a reference may name a row, and the reference by the key that the row will bear."""
    coded, keyed = {}, {}
    for row in found:
        if "key" in row.said:
            name = f"{row.kind}:{keys.get(row.ident, row.said['key'])}"
            keyed[f"{row.kind}:{row.said['key']}"] = name
            if "code" in row.said:
                coded[f"{row.kind}:{row.said['code']}"] = name
    return keyed | coded


def _stored(document: dict[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """A document as the tables hold it: each text by language, each reference by key; what names no row is left out."""
    first = (document.get("plan") or {}).get("languages", [""])[0]

    def leaf(value: Any, shape: Shape) -> Any:
        if shape.kind == "text":
            return {first: value} if isinstance(value, str) else value
        if shape.name == "ref":
            return names.get(value)
        if shape.name == "policy_review.objectives":
            return names.get(f"objective:{value}", "").partition(":")[2] or None
        return value

    stored: dict[str, Any] = each(document, ROOT, leaf)
    return stored


def _keep_progress(old: Iterable[Row], new: Iterable[Row]) -> None:
    """Gives the rows of the newer document the progress of the older where they say none of their own."""
    before = {row.ident: row.said for row in old}
    for row in new:
        said = before.get(row.ident)
        if said is not None:
            _keep(said, row.said, row.shape)
            budget = row.shape.members.get("budget")
            for line, now in zip(said.get("budget", ()), row.said.get("budget", ()), strict=False):
                _keep(line, now, budget.item if budget and budget.item else row.shape)


def _keep_commitments(old: Iterable[Row], new: Iterable[Row]) -> None:
    before = {row.ident: row.said for row in old if row.kind in COMMITTED and COMMITMENT in row.said}
    for row in new:
        if row.ident in before:
            row.said.setdefault(COMMITMENT, before[row.ident][COMMITMENT])


def _keep(said: dict[str, Any], says: dict[str, Any], shape: Shape) -> None:
    progress = [name for name, member in shape.members.items() if member.progress]
    if not any(name in says for name in progress):
        says.update({name: said[name] for name in progress if name in said})


def _flats(found: Iterable[Row]) -> dict[Ident, Flat]:
    """The rows that have a key, with their places among their neighbours, counted from nought."""
    places: Counter[tuple[Ident, str]] = Counter()
    flats: dict[Ident, Flat] = {}
    idents: dict[Ident, Ident] = {(): ()}
    for row in found:
        if "key" not in row.said:
            continue
        parent = idents[row.parent]
        flat = Flat(row.kind, row.said["key"], parent, places[parent, row.kind], row.own)
        places[parent, row.kind] += 1
        idents[row.ident] = flat.ident
        flats[flat.ident] = flat
    return flats


def _spared(old: Mapping[Ident, Flat], incoming: Incoming, closed: frozenset[Ident]) -> frozenset[Ident]:
    """The rows that a file of this kind, or of this person, cannot hold, all below them, and what they stand under."""
    spared: set[Ident] = set(closed & old.keys())
    for ident, flat in old.items():
        hidden = incoming.public and any(
            old[one].says.get("restricted") is True for one in (ident, *_way_up(flat, old))
        )
        carried = incoming.says_no_progress or incoming.workbook
        if hidden or (carried and flat.kind in _OF_CONSULTATIONS):
            spared.add(ident)
    return frozenset(spared.union(*(_way_up(old[ident], old) for ident in spared)))


def _way_up(flat: Flat, among: Mapping[Ident, Flat]) -> list[Ident]:
    way = []
    above = flat.parent
    while above:
        way.append(above)
        above = among[above].parent
    return way
