"""What a workbook cannot say stays as the plan says it: what no cell shows, and what is only there to be read."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from nap_builder.exchange.incoming import Incoming
from nap_builder.exchange.workbook.layout import FACTS, shown, unseen
from nap_builder.exchange.workbook.scope import CONTEXT, cut_to
from nap_builder.kernel.languages import _
from nap_builder.plans.rows import Ident, Row, matched, rows, rows_below
from nap_builder.plans.schema import ROOT, Shape
from nap_builder.plans.tables import each

Document = dict[str, Any]


def with_the_rest(before: Document, incoming: Incoming) -> Incoming:
    """A file that is a workbook, completed from the plan as it stands; any other file as it is.

    Where it says something else of what is only there to be read, it says so itself, and that is not taken in.
    """
    if not incoming.workbook:
        return incoming
    old, document = spelled(before), spelled(incoming.document)
    there = rows(document)
    pairs = matched(rows(old), there)
    ignored: list[str] = []
    for row in there:
        if row.ident in pairs:
            ignored += _complete(row, pairs[row.ident], incoming)
    ignored += _complete_facts(document, old, incoming)
    notes = [
        _("%(place)s says something else than the plan. It is only there to be read, and is not taken in.", place=place)
        for place in ignored
    ]
    return replace(incoming, document=document, unread=[*incoming.unread, *notes])


def outside(before: Document, incoming: Incoming) -> frozenset[Ident]:
    """The rows of a plan that a workbook of one institution does not hold."""
    if not incoming.institution:
        return frozenset()
    held = {row.ident for row in rows(cut_to(before, incoming.institution))}
    return frozenset(row.ident for row in rows(before) if row.ident not in held)


def spelled(document: Document) -> Document:
    """A copy in which every text says its language, so that it can stand in a plan with another first language."""
    first = document["plan"]["languages"][0]

    def leaf(value: Any, shape: Shape) -> Any:
        return {first: value} if shape.kind == "text" and isinstance(value, str) else value

    spelled: Document = each(document, ROOT, leaf)
    return spelled


def _complete(row: Row, old: Row, incoming: Incoming) -> list[str]:
    """Gives a row what its cells do not show; tells where a row that is only to be read says something else."""
    if not (incoming.institution and row.kind in CONTEXT):
        _take(row.said, old.said, unseen(row.kind))
        return []
    own = frozenset(row.shape.members) - rows_below(row.shape) - {"key"}
    place = [] if _alike(row.said, old.said, row.kind) else [incoming.places.get(row.ident, row.ref)]
    _take(row.said, old.said, own)
    return place


def _complete_facts(document: Document, old: Document, incoming: Incoming) -> list[str]:
    """The same for the plan itself and its task force."""
    if not incoming.institution:
        _take(document["plan"], old["plan"], unseen("plan"))
        return []
    differ = [kind for kind in FACTS if not _alike(document.get(kind, {}), old.get(kind, {}), kind)]
    _take(document, old, (*FACTS, "institutions"))
    return [incoming.said_place((kind,)) or kind for kind in differ]


def _alike(said: Mapping[str, Any], old: Mapping[str, Any], kind: str) -> bool:
    return all(said.get(name) == old.get(name) for name in shown(kind))


def _take(said: Document, old: Mapping[str, Any], names: Iterable[str]) -> None:
    for name in names:
        said.pop(name, None)
        if name in old:
            said[name] = old[name]
