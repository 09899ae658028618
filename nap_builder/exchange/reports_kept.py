"""What institutions reported stays as they reported it: a file brings the text of a plan, not their reports.

Of a row on which nobody reported here, progress that came in files is written by files still.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from nap_builder.exchange.incoming import Incoming
from nap_builder.exchange.keeping import spelled
from nap_builder.exchange.queries import SPENT
from nap_builder.kernel.languages import _n
from nap_builder.plans.rows import Row, matched, rows

_OF_ROWS = {"activity": ("status",), "milestone": ("state", "met_on", "reason"), "indicator": ("values",)}
_OF_LINES = ("approved", "committed", "disbursed", "spent")
Document = dict[str, Any]
Reported = Mapping[str, Collection[str]]


def with_reports_of(before: Document, incoming: Incoming, reported: Reported) -> Incoming:
    """A file that says of reported rows what the plan says; where it said otherwise, it says so itself.

    `reported` are the keys of the rows on which institutions reported, by kind. A file of a kind without progress is
    given back as it is, since all progress stays beside it (`exchange/merging.py`).
    """
    if incoming.says_no_progress or not any(reported.values()):
        return incoming
    document = spelled(incoming.document)
    there = rows(document)
    pairs = matched(rows(spelled(before)), there)
    differ = [row for row in there if row.ident in pairs and _kept(row, pairs[row.ident], reported)]
    notes = [_note(differ)] if differ else []
    return replace(incoming, document=document, unread=[*incoming.unread, *notes])


def _note(differ: list[Row]) -> str:
    return _n(
        "The file says something else than what was reported, of %(ref)s. Reports are written on their page: "
        "it stays as it is.",
        "The file says something else than what was reported, of %(num)s rows, the first of them %(ref)s. Reports are "
        "written on their page: they stay as they are.",
        len(differ),
        ref=differ[0].ref,
    )


def _kept(row: Row, old: Row, reported: Reported) -> bool:
    """Gives a row what was reported on it; tells whether it said something else."""
    key, otherwise = old.said.get("key"), False
    if key in reported.get(row.kind, ()):
        otherwise = _stands(row.said, old.said, _OF_ROWS[row.kind])
    if row.kind == "activity" and key in reported.get(SPENT, ()):
        for line, was in zip(row.said.get("budget", ()), old.said.get("budget", ()), strict=False):
            otherwise = _stands(line, was, _OF_LINES) or otherwise
    return otherwise


def _stands(says: Document, said: Document, names: Iterable[str]) -> bool:
    otherwise = False
    for name in names:
        told = says.pop(name, None)
        otherwise = otherwise or (told is not None and told != said.get(name))
        if name in said:
            says[name] = said[name]
    return otherwise
