"""The first sheet of a workbook: which plan it is of, and what may be changed."""

from collections.abc import Iterator
from typing import Any

from nap_builder.kernel.languages import _, words_in

Document = dict[str, Any]


def about(document: Document, institution: str | None) -> Iterator[tuple[str, str]]:
    """The lines of the sheet, each with its look: title, heading or words."""
    plan = document["plan"]
    first = plan["languages"][0]
    yield _said(plan["title"], first), "title"
    yield _("Short name of the plan: %(slug)s", slug=plan["slug"]), "words"
    if version := document.get("version"):
        yield _("This is version %(number)s, which is frozen.", number=version["number"]), "words"
    if institution:
        names = {body["code"]: body["name"] for body in document["institutions"]}
        name = _said(names.get(institution, institution), first)
        yield _("Rows of one institution: %(name)s (%(code)s)", name=name, code=institution), "words"
    yield _("What you may change"), "heading"
    yield _("Change any white cell. Grey cells are to be read; what is in them is not taken in."), "words"
    yield (
        _("To add a row, write below the last one. Give it a number of its own, and say what it stands under."),
        "words",
    )
    yield (
        _("To drop a row, empty its white cells. It is listed as missing, and stays until you say that it goes."),
        "words",
    )
    yield _("Write several codes or words of a list into one cell, each on a line of its own."), "words"
    yield _("Write dates as 2027, 2027-H1, 2027-Q2, 2027-03 or 2027-03-15."), "words"
    yield _("Write no formulas: a file that holds one is refused, with the sheet and the cell."), "words"
    yield _("How it comes back"), "heading"
    yield _("Send the file at “Take a file in”. You see every change before anything is saved."), "words"
    yield _("Columns that you add are not read."), "words"


def _said(text: str | dict[str, str], first: str) -> str:
    return text if isinstance(text, str) else words_in(text, first=first)
