"""Workbooks for tests: written by the product, opened and changed as a person would in a spreadsheet program."""

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl

from nap_builder.exchange import services
from nap_builder.exchange.workbook.writing import Order, workbook
from tests.builders.exchange import as_file

MOMENT = datetime(2027, 1, 1, tzinfo=UTC)
SOFFICE = shutil.which("soffice")


def written(document: Any, language: str = "en", institution: str | None = None) -> bytes:
    """A document as a workbook."""
    return workbook(services.read(as_file(document)).document, Order(language, MOMENT, institution))


class Book:
    """A workbook in the hands of a person. Rows are found by their number or key, columns by the hidden first row."""

    def __init__(self, content: bytes) -> None:
        self.book = openpyxl.load_workbook(io.BytesIO(content))
        self.sheets = {str(sheet["A1"].value).partition(".")[0]: sheet for sheet in self.book.worksheets}

    def column(self, name: str) -> int:
        """The number of a column, from 1."""
        sheet = self.sheets[name.partition(".")[0]]
        return next(cell.column for cell in sheet[1] if cell.value == name)

    def row(self, kind: str, said: str, by: str = "code") -> int:
        """The number of the row that says this in a column."""
        column = self.column(f"{kind}.{by}")
        sheet = self.sheets[kind]
        return next(row for row in range(3, sheet.max_row + 1) if sheet.cell(row, column).value == said)

    def cell(self, kind: str, said: str, member: str, by: str = "code") -> Any:
        """A cell of a row."""
        return self.sheets[kind].cell(self.row(kind, said, by), self.column(f"{kind}.{member}"))

    def fact(self, name: str) -> Any:
        """The cell of a fact of the plan."""
        sheet = self.sheets["plan"]
        return next(sheet.cell(row, 3) for row in range(3, sheet.max_row + 1) if sheet.cell(row, 1).value == name)

    def add(self, kind: str, **members: Any) -> int:
        """Writes a row below the last; its number. A double underscore stands for the sign of a language."""
        sheet = self.sheets[kind]
        row = sheet.max_row + 1
        for name, value in members.items():
            sheet.cell(row, self.column(f"{kind}.{name.replace('__', '@')}"), value)
        return row

    def empty(self, kind: str, said: str, by: str = "code") -> None:
        """Empties the open cells of a row."""
        row = self.row(kind, said, by)
        for cell in self.sheets[kind][row]:
            name = str(self.sheets[kind].cell(1, cell.column).value)
            if name.partition(".")[2] not in ("key", "order", "under", "kept"):
                cell.value = None

    @property
    def content(self) -> bytes:
        """The file as the program saves it."""
        out = io.BytesIO()
        self.book.save(out)
        return out.getvalue()


def changed(content: bytes, change: Callable[[Book], object]) -> bytes:
    """A workbook after somebody changed it."""
    book = Book(content)
    change(book)
    return book.content


def with_part(content: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """A workbook with one of its parts written otherwise, as no program would."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            said = old.read(name)
            new.writestr(name, change(said.decode()).encode() if name == part else said)
    return out.getvalue()


def formulas(content: bytes) -> list[str]:
    """The formulas in the cells of a workbook."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    return [found for sheet in sheets for found in re.findall(r"<f[ >/].*?(?=</c>)", sheet)]


def saved_by_libreoffice(content: bytes, folder: Path) -> bytes:
    """A workbook after LibreOffice opened it and saved it again."""
    given, profile = folder / "plan.xlsx", (folder / "profile").as_uri()
    given.write_bytes(content)
    command = [str(SOFFICE), "--headless", f"-env:UserInstallation={profile}", "--convert-to", "xlsx"]
    subprocess.run([*command, "--outdir", folder / "out", given], check=True, timeout=120, capture_output=True)
    return (folder / "out" / "plan.xlsx").read_bytes()
