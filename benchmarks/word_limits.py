"""How long the worst Word files take to read, and how much memory.

`.venv/bin/python benchmarks/word_limits.py [NAME …]`; names are those of CASES.

Each file is made at the edge of a limit of `exchange/word/limits.py` and read in a process of its own. Time in seconds
is that of reading, and of reading and putting together; memory is the peak of the process in MB.

Two shared cores, Python 3.11, November 2026: every file under 4 s and 280 MB; the plan of forty pages 0.4 s and 82 MB.
"""

import os
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from flask import Flask

from nap_builder.exchange.fault import Refused
from nap_builder.exchange.unreadable import Unreadable
from nap_builder.exchange.word.choices import Found, guess
from nap_builder.exchange.word.taking import taken
from nap_builder.kernel import languages
from tests.builders.word_files import body

PLAN = {"slug": "x", "title": {"en": "t"}, "country": "XSR", "starts": "2027-01-01", "ends": "2031-12-31"}
LONG = Path(__file__).resolve().parent.parent / "tests" / "data" / "plan-of-40-pages.docx"
HEADS = ("Objective", "Activity", "Lead", "Time frame", "Indicators", "Baseline", "Target", "Budget")


def paragraph(text: str, looks: str = "") -> str:
    """A paragraph of one run."""
    return f"<w:p><w:r>{looks}<w:t>{text}</w:t></w:r></w:p>"


def row(*cells: str, merged: str = "") -> str:
    """A row of a table; `merged` is what stands in the properties of its first cell."""
    marks = [f"<w:tcPr>{merged}</w:tcPr>" if merged and not place else "" for place in range(len(cells))]
    inside = (f"<w:tc>{mark}{paragraph(text)}</w:tc>" for mark, text in zip(marks, cells, strict=True))
    return f"<w:tr>{''.join(inside)}</w:tr>"


def matrix(count: int) -> str:
    """A results matrix with so many activities."""
    rows = (
        row(
            f"Objective {n // 10}",
            f"Do {n}",
            "Ministry of A and B",
            "as soon as possible",
            f"Things {n}",
            "12",
            "40 %",
            "USD 5,000",
        )
        for n in range(count)
    )
    return f"<w:tbl>{row(*HEADS)}{''.join(rows)}</w:tbl>"


def merged_cell() -> str:
    """One objective of 90,000 signs that spans thousands of activities."""
    first = row("word " * 18_000, "A", "B", "2027", merged='<w:vMerge w:val="restart"/>')
    rows = "".join(row("", f"A{n}", "B", "2027", merged="<w:vMerge/>") for n in range(7_000))
    return f"<w:tbl>{row(*HEADS[:4])}{first}{rows}</w:tbl>"


CASES: dict[str, Callable[[], str]] = {
    "paragraphs": lambda: "".join(paragraph("words and * signs " * 15) for _n in range(29_000)),
    "runs": lambda: (
        "<w:p>" + "<w:r><w:rPr><w:b/></w:rPr><w:t>a*_</w:t></w:r><w:r><w:t>b</w:t></w:r>" * 85_000 + "</w:p>"
    ),
    "matrix": lambda: matrix(3_600),
    "merged cell": merged_cell,
    "list": lambda: '<w:p><w:pPr><w:pStyle w:val="ListBullet"/></w:pPr><w:r><w:t>item</w:t></w:r></w:p>' * 29_000,
    "one text": lambda: paragraph("*_[](x) " * 1_200_000),
    "elements": lambda: "<w:p>" + "<w:r/>" * 740_000 + "</w:p>",
    "breaks": lambda: "<w:p><w:r>" + "<w:t>- a</w:t><w:br/>" * 250_000 + "</w:r></w:p>",
    "headings": lambda: '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Chapter</w:t></w:r></w:p>' * 29_000,
}


def measure(name: str, content: bytes) -> None:
    """Reads a file and puts it together with an empty plan; prints a line."""
    begun = time.perf_counter()
    try:
        found = Found(content)
        read = time.perf_counter() - begun
        choices = guess(found, [], "en")
        everything = replace(choices, sections={key: replace(one, take=True) for key, one in choices.sections.items()})
        base: dict[str, Any] = {"format": "nap-plan/1", "plan": {**PLAN, "languages": ["en"]}}
        base |= {"institutions": [], "sections": [], "pillars": []}
        outcome = taken(content, found, everything, base, {})
        said = f"{len(outcome.sections)} sections, {len(outcome.entries)} rows"
    except (Unreadable, Refused) as refused:
        read, said = time.perf_counter() - begun, f"refused: {str(refused.message)[:60]}"
    whole, peak = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000
    print(f"{name:14} {len(content) / 1e6:5.1f} MB  read {read:4.1f} s  whole {whole:4.1f} s  {peak:4.0f} MB  {said}")


def main() -> None:
    """Measures the cases named, or all, each in a process of its own."""
    app = Flask("benchmark")
    languages.prepare(app)
    for name in sys.argv[1:] or ["forty pages", *CASES]:
        if os.fork() == 0:
            with app.app_context(), languages.force_locale("en"):
                measure(name, LONG.read_bytes() if name == "forty pages" else body(CASES[name]()))
            os._exit(0)
        os.wait()


if __name__ == "__main__":
    main()
