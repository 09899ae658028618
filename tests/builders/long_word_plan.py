"""Writes a plan of some 40 pages as a Word file, as an office would have it: `python -m tests.builders.long_word_plan`.

With LibreOffice it makes tests/data/plan-of-40-pages.docx, whose XML is LibreOffice's own.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from random import Random
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from tests.builders.word_files import footnote, saved
from tests.builders.word_phrases import (
    ACTORS,
    ANNEX,
    CHAPTERS,
    DOINGS,
    FORMS,
    LISTS,
    MATRIX,
    NOTES,
    PLACES,
    SHORTS,
    TIMES,
)

KEPT = Path(__file__).resolve().parent.parent / "data" / "plan-of-40-pages.docx"
TITLE = "Second National Action Plan on Women, Peace and Security 2027–2031"
HEAD = (
    "Objective",
    "Activity",
    "Lead institution",
    "Supporting institutions and partners",
    "Time frame",
    "Indicators",
    "Baseline (2026)",
    "Target (2031)",
    "Budget (USD)",
    "Source of funding",
)
ACTIVITIES = sum(len(rows) for _pillar, objectives in MATRIX for _objective, rows in objectives)


def written() -> bytes:
    """The plan as python-docx writes it."""
    document: Any = docx.Document()
    document.core_properties.title = TITLE
    document.styles["Normal"].font.size = Pt(11)
    _cover(document)
    _contents(document)
    _abbreviations(document)
    random = Random(1325)
    for number, (title, parts) in enumerate(CHAPTERS, 1):
        _chapter(document, f"{number}. {title}" if number > 1 else title, parts, random)
    _matrix(document)
    _annex(document)
    return saved(document)


def _cover(document: Any) -> None:
    document.add_paragraph(TITLE, style="Title")
    document.add_paragraph("Republic of Sarenia", style="Subtitle")
    document.add_paragraph("Adopted by the Council of Ministers on 12 November 2026")
    document.sections[0].header.paragraphs[0].text = TITLE
    footer = document.sections[0].footer.paragraphs[0]
    footer.add_run("Page ")
    _field(footer, "PAGE", "1")
    document.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)


def _field(paragraph: Any, instruction: str, shown: str) -> None:
    for kind, text in (("begin", None), (None, instruction), ("separate", None), ("", shown), ("end", None)):
        run = paragraph.add_run(shown if kind == "" else "")
        if kind is None:
            code = OxmlElement("w:instrText")
            code.text = text
            run._r.append(code)
        elif kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)


def _contents(document: Any) -> None:
    style = document.styles.add_style("toc 1", 1)
    style.base_style = document.styles["Normal"]
    document.add_paragraph("Contents").runs[0].bold = True
    for number, (title, _parts) in enumerate(CHAPTERS, 1):
        document.add_paragraph(f"{number}. {title}\t{number * 3}", style="toc 1")
    document.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)


def _abbreviations(document: Any) -> None:
    document.add_heading("Abbreviations", 1)
    table = document.add_table(1, 2, style="Table Grid")
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Short", "In full"
    for short, full in SHORTS:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = short, full


def _chapter(document: Any, title: str, parts: tuple[str, ...], random: Random) -> None:
    document.add_heading(title, 1)
    for number, part in enumerate(parts):
        document.add_heading(part, 2)
        for place in range(3):
            paragraph = document.add_paragraph()
            for sentence in range(random.randint(3, 4)):
                run = paragraph.add_run(_sentence(random) + " ")
                run.bold = sentence == 0 and place == 0
                run.italic = sentence == 2 and place == 2
            if place == 1 and NOTES:
                footnote(document, paragraph, random.choice(NOTES))
        if number == 1:
            _list(document, random)


def _sentence(random: Random) -> str:
    form = random.choice(FORMS)
    said = form.format(
        who=random.choice(ACTORS), does=random.choice(DOINGS), where=random.choice(PLACES), when=random.choice(TIMES)
    )
    return said[0].upper() + said[1:]


def _list(document: Any, random: Random) -> None:
    head, items = random.choice(LISTS)
    document.add_paragraph(head)
    numbered = random.random() < 0.4
    for place, item in enumerate(items):
        document.add_paragraph(item, style="List Number" if numbered else "List Bullet")
        if place == 1 and not numbered:
            document.add_paragraph("in the capital and in every region;", style="List Bullet 2")
            document.add_paragraph("with women who were displaced.", style="List Bullet 2")


def _landscape(document: Any, *, wide: bool) -> None:
    section = document.add_section()
    if wide != (section.orientation == WD_ORIENT.LANDSCAPE):
        section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = section.page_height, section.page_width
    section.left_margin = section.right_margin = Cm(1.5 if wide else 2.5)


def _matrix(document: Any) -> None:
    _landscape(document, wide=True)
    document.add_heading("Results matrix", 1)
    document.add_paragraph("The tables below say who does what, by when and with what money.")
    for place, (pillar, objectives) in enumerate(MATRIX, 1):
        document.add_heading(f"Pillar {place}: {pillar}", 2)
        table = document.add_table(1, len(HEAD), style="Table Grid")
        for cell, words in zip(table.rows[0].cells, HEAD, strict=True):
            cell.text = words
            cell.paragraphs[0].runs[0].bold = True
        for number, (objective, rows) in enumerate(objectives, 1):
            first = len(table.rows)
            for turn, row in enumerate(rows, 1):
                _row(table, f"{place}.{number}.{turn}", row)
            merged = table.cell(first, 0).merge(table.cell(len(table.rows) - 1, 0))
            merged.text = f"Objective {place}.{number}: {objective}"
        document.add_paragraph()


def _row(table: Any, number: str, row: tuple[str, ...]) -> None:
    cells = table.add_row().cells
    activity, *rest = row
    cells[1].text = f"{number} {activity}"
    for cell, text in zip(cells[2:], rest, strict=True):
        first, *others = text.split("\n")
        cell.text = first
        for other in others:
            cell.add_paragraph(other)


def _annex(document: Any) -> None:
    _landscape(document, wide=False)
    document.add_heading("Annex: Persons and organisations consulted", 1)
    table = document.add_table(1, 3, style="Table Grid")
    for cell, words in zip(table.rows[0].cells, ("Organisation", "Place", "Day"), strict=True):
        cell.text = words
    for row in ANNEX:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words


def converted(content: bytes) -> bytes:
    """A Word file taken through LibreOffice, to its own format and back."""
    office = shutil.which("soffice") or sys.exit("LibreOffice is not installed")
    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder) / "plan.docx"
        given.write_bytes(content)
        for form in ("odt", "docx"):
            source = given.with_suffix(".docx" if form == "odt" else ".odt")
            asked = [office, "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", form]
            subprocess.run([*asked, "--outdir", folder, str(source)], check=True, capture_output=True, timeout=300)
        return given.read_bytes()


if __name__ == "__main__":
    KEPT.write_bytes(converted(written()))
