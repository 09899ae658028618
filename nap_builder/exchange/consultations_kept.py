"""What was promised to people in consultations is not undone by a file.

Over a plan that stands, a file makes nothing wider: who may know of a consultation, under which names it is shown, how
careful one has to be, and whether an organisation may be named stay as narrow as they are. What was withdrawn stays
away, whatever an older file still says. Answers are published by people, and a window is opened by the chair: a file
does neither (`exchange/acts.py`).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from nap_builder.consultations.models.comments import Erasure
from nap_builder.consultations.models.contributions import GONE, Contribution
from nap_builder.consultations.models.records import Consultation
from nap_builder.exchange.incoming import Incoming
from nap_builder.exchange.keeping import spelled
from nap_builder.kernel.database import db
from nap_builder.kernel.languages import _n
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.rows import Ident, Row, matched, rows

Document = dict[str, Any]
# From the widest to the narrowest; what is not said is the first of `_UNSAID`.
_WIDTHS: dict[tuple[str, str], Sequence[str]] = {
    ("consultation", "visibility"): ("public", "task_force", "steward"),
    ("consultation", "attribution"): ("named", "organisation", "non_attributed"),
    ("consultation", "risk"): ("low", "medium", "high"),
    ("contribution", "attribution"): ("named", "organisation", "anonymous", "steward"),
}
_UNSAID = {
    ("consultation", "visibility"): "task_force",
    ("consultation", "attribution"): "named",
    ("consultation", "risk"): "low",
    ("contribution", "attribution"): "anonymous",
}
_OF_THE_WINDOW = ("version", "starts", "ends")
_OF_THE_WITHDRAWN = ("text", "by", "attribution", "withdrawn", "response")


@dataclass(frozen=True)
class Promised:
    """The keys of a plan's consultations whose window was opened, and of contributions that are withdrawn or hidden."""

    opened: Collection[str]
    withdrawn: Collection[str]
    hidden: Collection[str]

    def closed(self) -> frozenset[Ident]:
        """The rows that no file holds, since they are hidden."""
        return frozenset(("contribution", key) for key in self.hidden)


def promised_in(plan: Plan) -> Promised:
    """What was promised in a plan's consultations, archived ones too."""
    opened = select(Consultation.key).where(Consultation.plan_id == plan.id, Consultation.opened_at.is_not(None))
    own = select(Contribution.key).where(Contribution.plan_id == plan.id)
    withdrawn = {*db.session.scalars(own.where(Contribution.withdrawn)), *db.session.scalars(select(Erasure.key))}
    return Promised(frozenset(db.session.scalars(opened)), withdrawn, hidden_in(plan))


def hidden_in(plan: Plan) -> frozenset[str]:
    """The keys of a plan's contributions that are hidden."""
    query = select(Contribution.key).where(Contribution.plan_id == plan.id, Contribution.hidden_because.is_not(None))
    return frozenset(db.session.scalars(query))


def without_hidden(document: Document, hidden: Collection[str]) -> Document:
    """A working plan without the contributions that were hidden: no file carries them to where nothing hides them."""
    if not hidden or "consultations" not in document:
        return document
    held = [
        {**one, "contributions": [said for said in one["contributions"] if said["key"] not in hidden]}
        if "contributions" in one
        else one
        for one in document["consultations"]
    ]
    return {**document, "consultations": held}


def with_promises_of(before: Document, incoming: Incoming, promised: Promised) -> Incoming:
    """A file that makes nothing wider than the plan has it; where it would have, it says so itself."""
    if incoming.says_no_progress:
        return incoming
    document = spelled(incoming.document)
    there = rows(document)
    old = spelled(before)
    pairs = matched(rows(old), there)
    differ = []
    for row in there:
        if row.kind in ("consultation", "contribution"):
            said = dict(row.said)
            _keep(row, pairs.get(row.ident), promised, acts=incoming.acts)
            if said != row.said:
                differ.append(row)
    notes = [_note(differ)] if differ else []
    return replace(incoming, document=document, unread=[*incoming.unread, *notes])


def _note(differ: list[Row]) -> str:
    return _n(
        "The file says more than was promised or answered in a consultation, of %(ref)s. That is done on its page: "
        "it stays as it is.",
        "The file says more than was promised or answered in consultations, of %(num)s rows, the first of them "
        "%(ref)s. That is done on their pages: they stay as they are.",
        len(differ),
        ref=differ[0].ref,
    )


def _keep(row: Row, old: Row | None, promised: Promised, *, acts: bool) -> None:
    said: Document = row.said
    if old is not None:
        _narrow(row.kind, said, old.said)
    if row.kind == "contribution":
        _keep_said(said, old, promised, acts=acts)
    elif old is not None:
        _keep_consents(said, old.said)
        if old.said.get("key") in promised.opened:
            _stand(said, old.said, _OF_THE_WINDOW)


def _keep_said(said: Document, old: Row | None, promised: Promised, *, acts: bool) -> None:
    if "response" in said:  # a list of changes that were all left out for the reader is no list
        said["response"] = {name: value for name, value in said["response"].items() if value != []}
    key = (old.said if old else said).get("key")
    if key in promised.withdrawn:
        gone = old.said if old is not None else {"text": dict.fromkeys(said["text"], GONE), "withdrawn": True}
        _stand(said, gone, _OF_THE_WITHDRAWN)
    elif old is not None:
        said.pop("withdrawn", None)
    if not acts:
        _stand(said, old.said if old is not None else {}, ("response",))


def _narrow(kind: str, said: Document, old: Document) -> None:
    for (of, name), widths in _WIDTHS.items():
        if of == kind:
            unsaid = _UNSAID[of, name]
            now, was = (widths.index(one.get(name, unsaid)) for one in (said, old))
            if was > now:
                _stand(said, old, (name,))
                if name == "attribution" and kind == "contribution":
                    _stand(said, old, ("by",))


def _keep_consents(said: Document, old: Document) -> None:
    refused = {_name(one) for one in old.get("organisations", ()) if not _agrees(one)}
    if "organisations" in said:
        said["organisations"] = [
            {**one, "public": False} if _agrees(one) and _name(one) in refused else one for one in said["organisations"]
        ]


def _agrees(one: Any) -> bool:
    return isinstance(one, dict) and one.get("public") is True


def _name(one: Any) -> str:
    return str(one["name"] if isinstance(one, dict) else one)


def _stand(said: Document, old: Document, names: Sequence[str]) -> None:
    for name in names:
        said.pop(name, None)
        if name in old:
            said[name] = old[name]
