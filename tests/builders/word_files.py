"""Word files for tests, and what python-docx does not write by itself: notes, pieces of XML, ZIPs put together anew."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

HEAD = ("No.", "Objective", "Activity", "Responsible", "Partners", "Time frame", "Indicators", "Budget (USD)")
_NOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_W = nsdecls("w")


def a_document() -> Any:
    """An empty document."""
    return docx.Document()


def saved(document: Any) -> bytes:
    """The bytes of a document."""
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def a_file(*blocks: Any) -> bytes:
    """A file of simple blocks: a text is a paragraph, (level, text) a heading, a list of rows a table."""
    document = a_document()
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
        elif isinstance(block, tuple):
            document.add_heading(block[1], block[0])
        else:
            a_table(document, block)
    return saved(document)


def a_table(document: Any, rows: Sequence[Sequence[str]]) -> Any:
    """Adds a table; a line feed in a cell begins a paragraph, None goes on from the cell above."""
    table = document.add_table(len(rows), len(rows[0]))
    for number, row in enumerate(rows):
        for place, text in enumerate(row):
            if text is None:
                _go_on(table, number, place)
            else:
                write(table.cell(number, place), text)
    return table


def write(cell: Any, text: str) -> None:
    """Writes the paragraphs of a cell."""
    first, *others = text.split("\n")
    cell.text = first
    for other in others:
        cell.add_paragraph(other)


def span(table: Any, row: int, text: str) -> None:
    """Makes one cell of a row."""
    cell = table.cell(row, 0).merge(table.cell(row, len(table.columns) - 1))
    cell.text = text


def matrix(*rows: Sequence[str], head: Sequence[str] = HEAD) -> list[Sequence[str]]:
    """The rows of a results matrix under its head."""
    return [head, *rows]


def a_row(activity: str = "Train mediators", **said: str) -> list[str]:
    """A row of the usual matrix; what is not said is left open, the objective is always the same."""
    row = {
        "number": "",
        "objective": "Women take part",
        "activity": activity,
        "lead": "",
        "partners": "",
        "time": "",
        "indicators": "",
        "budget": "",
    }
    return list({**row, **said}.values())


def _go_on(table: Any, row: int, column: int) -> None:
    for number, kind in ((row - 1, "restart"), (row, None)):
        properties = table.cell(number, column)._tc.get_or_add_tcPr()
        if kind == "restart" and properties.find(qn("w:vMerge")) is not None:
            continue
        merge = OxmlElement("w:vMerge")
        if kind:
            merge.set(qn("w:val"), kind)
        properties.append(merge)


def raw(document: Any, xml: str) -> None:
    """Adds pieces of XML at the end of the text; `w:` is Word's own, `r:` names relations."""
    body_of = document.element.body
    for element in parse_xml(f"<w:body {_W} {nsdecls('r')}>{xml}</w:body>"):
        body_of.insert(len(body_of) - 1, element)


def footnote(document: Any, paragraph: Any, text: str) -> None:
    """Adds a footnote to a paragraph."""
    package = document.part.package
    name = PackURI("/word/footnotes.xml")
    found = next((part for part in package.iter_parts() if part.partname == name), None)
    if found is None:
        blob = f'<w:footnotes {_W}><w:footnote w:id="0" w:type="separator"><w:p/></w:footnote></w:footnotes>'
        found = Part(name, _NOTES, blob.encode(), package)
        document.part.relate_to(found, RELATIONSHIP_TYPE.FOOTNOTES)
    notes = parse_xml(found.blob)
    number = str(len(notes))
    note = parse_xml(f'<w:footnote {_W} w:id="{number}"><w:p><w:r><w:t/></w:r></w:p></w:footnote>')
    note.find(".//" + qn("w:t")).text = text
    notes.append(note)
    found._blob = docx.oxml.xmlchemy.serialize_for_reading(notes).encode()
    reference = OxmlElement("w:footnoteReference")
    reference.set(qn("w:id"), number)
    paragraph.add_run()._r.append(reference)


def changed(content: bytes, **parts: Any) -> bytes:
    """A ZIP with some parts replaced, added, or (None) left out; names by keyword, or a mapping called `files`."""
    given: Mapping[str, bytes | None] = parts.pop("files", {})
    old = zipfile.ZipFile(io.BytesIO(content))
    found = {name: old.read(name) for name in old.namelist()} | dict(given)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, part in found.items():
            if part is not None:
                new.writestr(name, part)
    return out.getvalue()


def body(xml: str) -> bytes:
    """A file whose text is this XML."""
    document = f"<?xml version='1.0' encoding='UTF-8'?><w:document {_W}><w:body>{xml}</w:body></w:document>"
    return changed(saved(a_document()), files={"word/document.xml": document.encode()})
