"""A plan that came in a file: read, checked, with a key on every row. No database is asked."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from nap_builder.exchange.container import may_be_workbook
from nap_builder.exchange.fault import Fault, Refused, pointer
from nap_builder.exchange.keys import with_keys
from nap_builder.exchange.reading import read_plan
from nap_builder.exchange.workbook.taking import from_workbook
from nap_builder.kernel.languages import LazyString, _, _l
from nap_builder.plans.canonical import canonical_document
from nap_builder.plans.carried import NoPlan, plan_in_pdf
from nap_builder.plans.carrying import BROKEN, LOCKED, LONG, NONE
from nap_builder.plans.profiles import without_progress
from nap_builder.plans.rows import Ident
from nap_builder.plans.schema import Place, objects

PDF = b"%PDF-"
WHY_NOT: dict[int, LazyString] = {
    NONE: _l("This PDF carries no plan. The PDF of a plan made here carries one."),
    LOCKED: _l("This PDF is encrypted. Take off its password, or import the file as it was issued."),
    BROKEN: _l("This PDF is damaged. Import the file as it was issued."),
    LONG: _l("The plan in this PDF is longer than any that is made here."),
}


@dataclass(frozen=True)
class Incoming:
    """A file that passed. `document` is canonical and has keys; what an import does not keep is still in it.

    `gone` are rows that make way for others of the file, and are archived with any import of it. `said_place` says a
    place in the document as the file does. A `workbook` shows not all that it carries; where it is of one
    `institution` (its code), it holds the rows of that one alone. `unread` says what of the file is not read. With
    `acts` it brings over an existing plan what people did as well, such as its adoption (`exchange/acts.py`).
    """

    document: dict[str, Any]
    gone: frozenset[Ident] = frozenset()
    said_place: Callable[[Place], str] = pointer
    workbook: bool = False
    institution: str = ""
    unread: list[str] = field(default_factory=list)
    acts: bool = False

    @property
    def slug(self) -> str:
        """The short name of the plan that the file holds."""
        slug: str = self.document["plan"]["slug"]
        return slug

    @property
    def public(self) -> bool:
        """Whether the file shows the public profile, and so lacks what is restricted."""
        return self.document.get("profile") == "public"

    @cached_property
    def says_no_progress(self) -> bool:
        """Whether the file is of a kind that leaves out how the plan goes: public, or of a frozen version."""
        return self.public or ("version" in self.document and without_progress(self.document) == self.document)

    @cached_property
    def places(self) -> dict[tuple[str, ...], str]:
        """Where each row stands in the file, as a JSON pointer or sheet!cell, by its kind and key."""
        return {
            (node.shape.name, node.value["key"]): self.said_place(node.place)
            for node in objects(self.document)
            if "key" in node.value
        }

    @property
    def notes(self) -> list[str]:
        """What a person should know of the file before it is taken in."""
        notes = list(self.unread)
        if version := self.document.get("version"):
            notes.append(
                _("The file is of version %(number)s. An import does not keep that number.", number=version["number"])
            )
        if any(node.shape.name == "paragraph" and "number" in node.value for node in objects(self.document)):
            notes.append(_("The paragraphs in the file bear numbers. An import does not keep them."))
        if self.public:
            notes.append(
                _("The file shows the public profile. What is restricted is not in it, and stays in the plan.")
            )
        elif self.says_no_progress:
            notes.append(_("The file does not say how the plan goes. What the plan says of that stays."))
        return notes


def read(data: bytes) -> Incoming:
    """The plan in a file: JSON, a workbook, or a PDF that carries one. Raises Refused with every fault.

    Takes seconds for a large file, and asks no database.
    """
    if may_be_workbook(data):
        taken = from_workbook(data)
        return Incoming(
            canonical_document(with_keys(taken.document)),
            said_place=taken.cell,
            workbook=True,
            institution=taken.institution,
            unread=taken.notes,
        )
    return Incoming(canonical_document(with_keys(read_plan(_carried(data)))))


def _carried(data: bytes) -> bytes:
    if not data.startswith(PDF):
        return data
    try:
        return plan_in_pdf(data)
    except NoPlan as none:
        raise Refused([Fault("", str(WHY_NOT[none.why]))]) from None
