"""What people did about a plan stays as it was done, whatever a file says: an import brings the text of a plan alone.

After an import over an existing plan its text equals the file. How it was adopted and who signed that, which checks
the chair said do not apply, and what institutions committed themselves to are acts: each has its page, its person and
its entry in the audit trail, and no file acts for one. A file that starts a plan brings them, since they belong to
nobody here yet; so does the command line, where an installation moves a plan from one place to another.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from nap_builder.exchange.incoming import Incoming
from nap_builder.exchange.keeping import spelled
from nap_builder.exchange.merging import COMMITMENT, COMMITTED
from nap_builder.kernel.languages import _, _n
from nap_builder.plans.rows import Row, matched, rows

ADOPTION, EXCEPTED = "adoption", "not_applicable"
_SIGNED = "signatures"
Document = dict[str, Any]


def with_acts_of(before: Document, incoming: Incoming) -> Incoming:
    """A file that says no other acts of people than the plan has; where it said others, it says so itself.

    Commitments that it leaves unsaid are kept when it is brought together with the plan (`exchange/merging.py`).
    """
    old, document = spelled(before), spelled(incoming.document)
    notes = [*_facts_kept(document["plan"], old["plan"]), *_commitments_kept(document, old)]
    return replace(incoming, document=document, unread=[*incoming.unread, *notes])


def _facts_kept(plan: Document, old: Document) -> Iterator[str]:
    said = [plan.get(ADOPTION), _of_adoption(plan, whether=True)]
    if said != [old.get(ADOPTION), _of_adoption(old, whether=True)]:
        yield _(
            "The file says something else of the adoption, or of who signed it. "
            "That is recorded on the page of the adoption, and stays as it is."
        )
    if plan.get(EXCEPTED) != old.get(EXCEPTED):
        yield _("The file says otherwise which checks do not apply. The chair says that, and it stays as it is.")
    signed = [*_of_adoption(plan, whether=False), *_of_adoption(old, whether=True)]
    for name, value in ((ADOPTION, old.get(ADOPTION)), (EXCEPTED, old.get(EXCEPTED)), (_SIGNED, signed)):
        plan.pop(name, None)
        if value:
            plan[name] = value


def _of_adoption(plan: Document, *, whether: bool) -> list[Document]:
    """The signatures of the adoption, or those of anything else."""
    return [one for one in plan.get(_SIGNED, ()) if (one["of"] == ADOPTION) is whether]


def _commitments_kept(document: Document, old: Document) -> Iterator[str]:
    there = rows(document)
    pairs = matched(rows(old), there)
    said = [row for row in there if row.kind in COMMITTED and COMMITMENT in row.said]
    differ = [row for row in said if _kept(row, pairs.get(row.ident))]
    if differ:
        yield _n(
            "The file says another commitment than the plan, of %(ref)s. Commitments are given on their page: "
            "it stays as it is.",
            "The file says %(num)s other commitments than the plan, the first of %(ref)s. Commitments are given on "
            "their page: they stay as they are.",
            len(differ),
            ref=differ[0].ref,
        )


def _kept(row: Row, old: Row | None) -> bool:
    """Gives a row the commitment that it has; tells whether it said another."""
    said, standing = row.said.pop(COMMITMENT), old.said.get(COMMITMENT) if old else None
    if standing is not None:
        row.said[COMMITMENT] = standing
    return bool(said != standing)
