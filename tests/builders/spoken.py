"""What a file of a plan says, whatever its form: the rows of its tables, and its paragraphs, as plain words.

Each is one line: white space is folded, signs of direction are taken away, and so is the address behind a link.
"""

import csv
import io
import json
import re
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import docx
import lxml.html
import openpyxl
import pikepdf
import pypdf

UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
ADDRESS = re.compile(r" \((?:https|mailto):[^)]*\)")
JOINED = re.compile("[\\s\u0644\u0627\u0649\u0623\u0625\u0622]")
TEXT = {"P", "H1", "H2", "H3", "H4", "LBody", "Caption"}
Tables = dict[str, list[dict[str, Any]]]


def plain(words: str) -> str:
    """Words as they are compared."""
    return ADDRESS.sub("", " ".join(UNSEEN.sub("", words).split()))


@dataclass(frozen=True)
class Spoken:
    """The rows of the tables and the paragraphs of a document, in their order."""

    rows: list[str]
    blocks: list[str]

    @property
    def whole(self) -> str:
        """All paragraphs one after the other."""
        return " ".join(self.blocks)


def without_joined(words: str) -> str:
    """Words without the letters that are set as one sign with a neighbour, and without spaces.

    The library that reads PDFs puts such a sign at the beginning of its line, wherever it stands.
    """
    return JOINED.sub("", words)


def of_pdf(content: bytes) -> Spoken:
    """As a screen reader takes a PDF: by its tags."""
    texts = _marked(content)
    rows, blocks = [], []
    with pikepdf.open(io.BytesIO(content)) as file:
        for tag, page in _tags(file.Root.StructTreeRoot, None):
            kind = str(tag.get("/S", "")).strip("/")
            if kind == "TR":
                rows.append(plain(" ".join(_under(tag, page, texts))))
            elif kind in TEXT:
                blocks.append(plain(" ".join(_under(tag, page, texts))))
    return Spoken(rows, blocks)


def of_docx(content: bytes) -> Spoken:
    """As Word shows it."""
    opened = docx.Document(io.BytesIO(content))
    rows = [plain(" ".join(cell.text for cell in row.cells)) for table in opened.tables for row in table.rows]
    return Spoken(rows, [plain(one.text) for one in opened.paragraphs])


def of_html(content: bytes) -> Spoken:
    """As a browser reads it, without the stylesheet."""
    tree = lxml.html.document_fromstring(content.decode())
    for line_end in tree.iter("br"):
        line_end.tail = " " + (line_end.tail or "")
    rows = [plain(" ".join(cell.text_content() for cell in row)) for row in tree.iter("tr")]
    blocks = [
        plain(" ".join(" ".join(part.itertext()) if part.get("class") == "pn" else part.text_content() for part in one))
        for one in tree.xpath("//*[@class='para']")
    ]
    return Spoken(rows, [*blocks, *(plain(one.text_content()) for one in tree.iter("li", "p", "figcaption"))])


def of_text(content: bytes) -> Spoken:
    """Line by line; what stands between two empty lines belongs together."""
    blocks = [plain(block) for block in content.decode().replace("\r\n", "\n").split("\n\n")]
    return Spoken(blocks, blocks)


DOCUMENTS: dict[str, Callable[[bytes], Spoken]] = {"pdf": of_pdf, "docx": of_docx, "html": of_html, "txt": of_text}


def of_xlsx(content: bytes) -> Tables:
    """The sheets of a workbook by what they hold, each row by the names that no language changes."""
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    found: Tables = {}
    for sheet in book.worksheets:
        names, _heads, *rows = sheet.iter_rows(values_only=True)
        kind = str(names[0]).partition(".")[0]
        found[kind] = [
            {str(name).partition(".")[2]: value for name, value in zip(names, row, strict=True) if value is not None}
            for row in rows
        ]
    book.close()
    return found


def of_csv(content: bytes) -> Tables:
    """The tables of an archive by their names."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist() if name.endswith(".csv")}
    return {
        name.removesuffix(".csv"): [
            {column: _unquoted(value) for column, value in row.items() if value}
            for row in csv.DictReader(io.StringIO(text, newline=""))
        ]
        for name, text in files.items()
    }


def of_json(content: bytes) -> dict[str, Any]:
    """The document itself."""
    document: dict[str, Any] = json.loads(content)
    return document


def _unquoted(value: str) -> str:
    return value.removeprefix("'")


def _marked(content: bytes) -> dict[tuple[int, int], str]:
    """The words of a PDF by the page (its number as an object) and the mark under which they were set."""
    found: dict[tuple[int, int], str] = defaultdict(str)
    for page in pypdf.PdfReader(io.BytesIO(content)).pages:
        marks: list[int] = []

        def step(operator: bytes, operands: Any, *_place: Any, marks: list[int] = marks) -> None:
            if operator in (b"BDC", b"BMC"):
                said = operands[1] if len(operands) > 1 and isinstance(operands[1], dict) else {}
                marks.append(int(said.get("/MCID", -1)))
            elif operator == b"EMC" and marks:
                marks.pop()

        def hear(words: str, *_place: Any, marks: list[int] = marks, page: Any = page) -> None:
            found[page.indirect_reference.idnum, marks[-1] if marks else -1] += words

        page.extract_text(visitor_operand_before=step, visitor_text=hear)
    return found


def _tags(tag: Any, page: Any) -> Iterator[tuple[Any, Any]]:
    """Every tag below one, with the page on which it begins."""
    for child in _children(tag):
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            here = child.get("/Pg", page)
            yield child, here
            yield from _tags(child, here)


def _under(tag: Any, page: Any, texts: dict[tuple[int, int], str]) -> Iterator[str]:
    """The words that belong to a tag and to all below it."""
    for child in _children(tag):
        if isinstance(child, int):
            yield texts.get((page.objgen[0], child), "")
        elif "/S" in child:
            yield from _under(child, child.get("/Pg", page), texts)
        elif "/MCID" in child:
            yield texts.get((child.get("/Pg", page).objgen[0], int(child.MCID)), "")


def _children(tag: Any) -> list[Any]:
    kids = tag.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]
