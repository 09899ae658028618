"""The tags of a PDF, mended while it is written: what the engine leaves for readers who listen to a page.

The engine tags each page on its own. A table that runs over a page is so two tables for a screen reader, its repeated
head is read again, and the running titles belong to nothing. Here the pieces of one element become one, and what is
repeated for the eye alone becomes an artifact (ISO 14289-1, 7.1 and 7.5; ISO 32000-1, 14.8.2.2).

It leans on two private parts of the engine, whose version is pinned: the function that builds the tree, and the shape
of what that leaves. Both are proved by `tests/publishing/test_pdf_tags.py`.
"""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import Any

import pydyf
from weasyprint.pdf import tags

REPEATED = frozenset({"/THead", "/TFoot"})
IN_LISTS = frozenset({"/L", "/LI", "/Caption"})
CELLS = frozenset({"/TH", "/TD"})

Source = tuple[int, str]  # the element of the page that a tag was made of, and which of its boxes


@contextmanager
def sources() -> Iterator[dict[int, Source]]:
    """Remembers, while a PDF is written, of which element each tag is made, by the number of its object."""
    found: dict[int, Source] = {}
    build = tags._build_box_tree  # noqa: SLF001 - see above

    def remembering(box: Any, *given: Any) -> Generator[pydyf.Dictionary]:
        inner = getattr(box, "_box", box)
        for tag in build(box, *given):
            if inner.element is not None:
                found.setdefault(tag.number, (id(inner.element), inner.element_tag))
            yield tag

    tags._build_box_tree = remembering  # noqa: SLF001
    try:
        yield found
    finally:
        tags._build_box_tree = build  # noqa: SLF001


def mend(pdf: pydyf.PDF, made_of: dict[int, Source], resumed: frozenset[int] = frozenset()) -> None:
    """Joins what page breaks cut, makes artifacts of what stands outside the tree, and says what heads stand for.

    `resumed` are the elements, by identity, that began on pages before these.
    """
    root = _object(pdf, pdf.catalog["StructTreeRoot"])
    document = _object(pdf, root["K"][0])
    _join(pdf, document, made_of)
    _settle(pdf, document)
    _leave_heads_out(pdf, document, made_of, resumed)
    reached = _reached(pdf, document)
    _make_artifacts(pdf, root, reached)
    for tag in pdf.objects:
        if not isinstance(tag, pydyf.Dictionary) or tag.get("Type") != "/StructElem":
            continue
        if tag.number not in reached:
            tag.clear()
        elif tag["S"] in CELLS:
            _say_scope(pdf, tag)


def spine(
    pdf: pydyf.PDF, document: pydyf.Dictionary, made_of: dict[int, Source], elements: frozenset[int], place: int
) -> list[pydyf.Dictionary]:
    """The tags of the elements, each the first (place 0) or the last (-1) below the one before; the first of all is
    the document.
    """
    found = [document]
    while found[-1]["K"] and (tag := _tag(pdf, found[-1]["K"][place])) is not None:
        if made_of.get(tag.number, (0, ""))[0] not in elements:
            break
        found.append(tag)
    return found


def _leave_heads_out(
    pdf: pydyf.PDF, document: pydyf.Dictionary, made_of: dict[int, Source], resumed: frozenset[int]
) -> None:
    """Takes the head out of a table that began before: it stands in the tree there."""
    for table in spine(pdf, document, made_of, resumed, 0)[1:]:
        table["K"] = pydyf.Array(kid for kid in table["K"] if _object(pdf, kid)["S"] not in REPEATED)


def _settle(pdf: pydyf.PDF, document: pydyf.Dictionary) -> None:
    for tag in list(_below(pdf, document)):
        if tag["S"] == "/Table":
            _settle_table(pdf, tag)
        elif tag["S"] == "/L":
            _settle_list(pdf, tag)


def _reached(pdf: pydyf.PDF, document: pydyf.Dictionary) -> set[int]:
    """The numbers of all tags of the tree, each of which is told which tag it stands in."""
    reached = {document.number}
    for tag in _below(pdf, document):
        for kid in tag["K"]:
            if (below := _tag(pdf, kid)) is not None:
                below["P"] = tag.reference
                reached.add(below.number)
    return reached


def _join(pdf: pydyf.PDF, parent: pydyf.Dictionary, made_of: dict[int, Source]) -> None:
    """Puts the pieces of one element together, in the order of the pages, and leaves out heads that are repeated."""
    kept = pydyf.Array()
    last: pydyf.Dictionary | None = None
    heads: set[Source | None] = set()
    for kid in parent["K"]:
        tag = _tag(pdf, kid)
        if tag is not None and tag["S"] in REPEATED:
            if made_of.get(tag.number) in heads:
                continue
            heads.add(made_of.get(tag.number))
        elif tag is not None and last is not None and _of_one_element(last, tag, made_of):
            _take_over(pdf, last, tag)
            continue
        kept.append(kid)
        last = tag if tag is not None else last
    parent["K"] = kept
    for kid in kept:
        if (tag := _tag(pdf, kid)) is not None:
            _join(pdf, tag, made_of)


def _of_one_element(first: pydyf.Dictionary, second: pydyf.Dictionary, made_of: dict[int, Source]) -> bool:
    """Whether two tags are pieces of one element that can be joined."""
    source = made_of.get(first.number)
    same = source is not None and source == made_of.get(second.number) and first["S"] == second["S"]
    return same and _is_whole(first) and _is_whole(second)


def _is_whole(tag: pydyf.Dictionary) -> bool:
    """Whether all of a tag stands in tags below it, which say themselves on which page they are."""
    return not any(isinstance(kid, int) for kid in tag["K"]) and tag["S"] != "/Link"


def _take_over(pdf: pydyf.PDF, first: pydyf.Dictionary, piece: pydyf.Dictionary) -> None:
    """Gives what a piece holds to the first one; of a row that runs over a page cell by cell, each piece having all."""
    if first["S"] == "/TR":
        for own, rest in zip(first["K"], piece["K"], strict=True):
            _take_over(pdf, _object(pdf, own), _object(pdf, rest))
        return
    for kid in piece["K"]:
        if (tag := _tag(pdf, kid)) is not None:
            tag["P"] = first.reference
        first["K"].append(kid)


def _settle_table(pdf: pydyf.PDF, table: pydyf.Dictionary) -> None:
    """Takes away the tables that the engine puts around a caption out of sight, and lets the caption stand first."""
    kids = list(_without_tables(pdf, table))
    kids.sort(key=lambda tag: tag["S"] != "/Caption")
    table["K"] = pydyf.Array(tag.reference for tag in kids)
    for tag in kids:
        tag["P"] = table.reference


def _without_tables(pdf: pydyf.PDF, table: pydyf.Dictionary) -> Iterator[pydyf.Dictionary]:
    for kid in table["K"]:
        tag = _object(pdf, kid)
        if tag["S"] == "/Table":
            yield from _without_tables(pdf, tag)
        else:
            yield tag


def _settle_list(pdf: pydyf.PDF, items: pydyf.Dictionary) -> None:
    """Gives what stands between the items of a list, such as a dot, to the item before it (ISO 32000-1, 14.8.4.3.3)."""
    kept = pydyf.Array()
    for kid in items["K"]:
        tag = _object(pdf, kid)
        if tag["S"] not in IN_LISTS and kept:
            body = _object(pdf, _object(pdf, kept[-1])["K"][-1])
            tag["P"] = body.reference
            body["K"].append(kid)
        else:
            kept.append(kid)
    items["K"] = kept


def _make_artifacts(pdf: pydyf.PDF, root: pydyf.Dictionary, reached: set[int]) -> None:
    """Marks the words of every page that no tag of the tree holds as artifacts of the page."""
    numbers = _object(pdf, root["ParentTree"])["Nums"]
    pages = [pdf.objects[number] for number in pdf.pages["Kids"][::3]]
    for place, held in zip(numbers[::2], numbers[1::2], strict=True):
        if not isinstance(held, list):
            continue  # a link, which no artifact holds
        outside = {mark for mark, reference in enumerate(held) if _number(reference) not in reached}
        for mark in outside:
            held[mark] = b"null"
        _mark(_object(pdf, pages[place]["Contents"]).stream, outside)


def _mark(operations: list[Any], outside: set[int]) -> None:
    """Says in the operations of a page that these marks are artifacts."""
    for place, operation in enumerate(operations):
        if operation == b"BDC" and operations[place - 1].get("MCID") in outside:
            operations[place - 2] = "/Artifact"
            operations[place - 1] = pydyf.Dictionary({"Type": "/Pagination"})


def _say_scope(pdf: pydyf.PDF, cell: pydyf.Dictionary) -> None:
    """A head stands for its column in the head of the table, for its row below; links by number are then in the way."""
    cell.pop("ID", None)
    attributes = cell.setdefault("A", pydyf.Dictionary({"O": "/Table"}))
    attributes.pop("Headers", None)
    if cell["S"] == "/TH":
        row = _object(pdf, cell["P"])
        attributes["Scope"] = "/Column" if _object(pdf, row["P"])["S"] == "/THead" else "/Row"


def _below(pdf: pydyf.PDF, tag: pydyf.Dictionary) -> Iterator[pydyf.Dictionary]:
    yield tag
    for kid in tag["K"]:
        if (below := _tag(pdf, kid)) is not None:
            yield from _below(pdf, below)


def _tag(pdf: pydyf.PDF, kid: Any) -> pydyf.Dictionary | None:
    """The tag that a kid refers to; None for a mark of the page, and for a link's place on it."""
    if isinstance(kid, int):
        return None
    found = _object(pdf, kid)
    return found if found.get("Type") == "/StructElem" else None


def _object(pdf: pydyf.PDF, reference: Any) -> Any:
    return pdf.objects[_number(reference)]


def _number(reference: Any) -> int:
    return int(reference.split()[0])
