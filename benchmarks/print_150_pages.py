"""How long the PDF of a plan of about 150 pages takes, beside Chromium printing the same HTML and LibreOffice
converting our Word file of the same plan.

    python benchmarks/print_150_pages.py

Each is asked three times, in turn; the middle time counts. Neither of the two others writes PDF/A-3a and PDF/UA-1 in
one file. Memory is the most that one process of ours held (`ru_maxrss`). A version that was issued is served from the
store, without any of this. Last figures, on two cores:

    160 pages, 659 kB of HTML; at most 444 MB of memory
    ours, whole                17.3 s   5.1 times Chromium
    ours, after an edit        18.4 s   5.4 times Chromium: nothing is kept of the file before
    Chromium, same HTML         3.4 s
    LibreOffice, our Word file  3.6 s
"""

import copy
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import Any

import pikepdf

from nap_builder.publishing.compose.plan import compose
from nap_builder.publishing.edition import Edition
from nap_builder.publishing.renderers.html import Printed, render_html
from nap_builder.publishing.renderers.pdf import render_pdf
from nap_builder.publishing.renderers.word.plan import render_plan

PILLARS, OBJECTIVES, ACTIVITIES, SECTIONS, PARAGRAPHS = 5, 6, 8, 10, 22
TIMES = 3
EDITION = Edition("en", draft=False, dated=date(2027, 1, 1), state_name="Republic of Nowhere", sha256="ab" * 32)
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--generate-pdf-document-outline")
TEXT = "Women take part in every council of the district, and the budget of each ministry says what is spent for it. "


def words(text: str) -> dict[str, str]:
    """A text in both languages of the plan."""
    return {"en": text, "fr": text}


def activity(code: str, number: int) -> dict[str, Any]:
    """An activity as full as they usually are."""
    return {
        "code": code,
        "title": words(f"Train the officers of district {code} in mediation and in the reception of survivors"),
        "lead": f"M{number % 20}",
        "supporting": [f"M{(number + 1) % 20}", f"M{(number + 2) % 20}"],
        "starts": "2027-Q2",
        "ends": "2030",
        "costing": "costed",
        "budget": [{"amount": "125000.50", "year": 2028, "funding": "pledged"}],
        "indicators": [
            {
                "code": f"{code}.a",
                "title": words(f"Officers trained in district {code}"),
                "kind": "number",
                "baseline": {"value": "0", "year": 2026},
                "targets": [{"value": "240", "by": "2030"}],
            }
        ],
    }


def plan_of_150_pages() -> dict[str, Any]:
    """A plan with chapters of text and 240 activities."""
    pillars = [
        {
            "code": f"{p}",
            "title": words(f"Pillar {p}"),
            "objectives": [
                {
                    "code": f"{p}.{o}",
                    "title": words(f"Objective {p}.{o}: women decide with men in every district"),
                    "activities": [activity(f"{p}.{o}.{a}", a) for a in range(1, ACTIVITIES + 1)],
                }
                for o in range(1, OBJECTIVES + 1)
            ],
        }
        for p in range(1, PILLARS + 1)
    ]
    sections = [
        {
            "key": f"s-{s}",
            "title": words(f"Chapter {s}"),
            "place": "body",
            "paragraphs": [{"key": f"s-{s}-{n}", "text": words(TEXT * 6)} for n in range(PARAGRAPHS)],
        }
        for s in range(SECTIONS)
    ]
    about = {"slug": "pages", "title": words("A plan of many pages"), "country": "XTA"}
    days = {"starts": "2027-01-01", "ends": "2031-12-31", "languages": ["en", "fr"]}
    bodies = [{"code": f"M{n}", "name": words(f"Ministry {n}"), "kind": "ministry"} for n in range(20)]
    parts = {"institutions": bodies, "sections": sections, "pillars": pillars}
    return {"format": "nap-plan/1", "profile": "public", "plan": {**about, **days}, **parts}


def timed(act: Callable[[], Any]) -> float:
    """Seconds that an act takes."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def by_chromium(printed: Printed, room: Path) -> None:
    """Chromium prints the same page, its pictures and styles beside it."""
    for name, picture in printed.pictures.items():
        (room / name).write_bytes(picture)
    styles = "".join(f"<style>{css.replace('print:', '')}</style>" for css in printed.css)
    html = printed.html.replace("print:", "").replace("</head>", f"{styles}</head>")
    (room / "plan.html").write_text(html, encoding="utf-8")
    out = f"--print-to-pdf={room / 'chromium.pdf'}"
    run("chromium", *FLAGS, f"--user-data-dir={room / 'profile'}", out, (room / "plan.html").as_uri())


def by_libreoffice(room: Path) -> None:
    """LibreOffice converts our Word file."""
    run("soffice", "--headless", "--convert-to", "pdf", "--outdir", str(room), str(room / "word.docx"))


def run(*command: str) -> None:
    """Runs a program to its end, silently."""
    home = {**os.environ, "HOME": tempfile.gettempdir()}
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=home)  # noqa: S603


def pages(pdf: bytes) -> int:
    """How many pages a PDF has."""
    with pikepdf.open(BytesIO(pdf)) as file:
        return len(file.pages)


def most_memory() -> int:
    """The most that a process started from here has held until now, in megabytes."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024


def edited(plan: dict[str, Any]) -> dict[str, Any]:
    """The plan with one paragraph of other words."""
    other = copy.deepcopy(plan)
    other["sections"][2]["paragraphs"][3]["text"] = words("Another sentence.")
    return other


def main() -> None:
    """Asks each in turn and prints the table."""
    plan, room = plan_of_150_pages(), Path(tempfile.mkdtemp(prefix="nap-print-"))
    printed = render_html(compose(plan, EDITION))
    (room / "word.docx").write_bytes(render_plan(compose(plan, EDITION)))
    print(f"{pages(render_pdf(plan, EDITION))} pages, {len(printed.html) // 1000} kB of HTML")
    print(f"peak memory of our process: {most_memory()} MB")
    ways: dict[str, Callable[[], Any]] = {
        "ours, whole": lambda: render_pdf(plan, EDITION),
        "ours, after an edit": lambda: render_pdf(edited(plan), replace(EDITION, sha256="cd" * 32)),
    }
    if shutil.which("chromium"):
        ways["Chromium, same HTML"] = lambda: by_chromium(printed, room)
    if shutil.which("soffice"):
        ways["LibreOffice, our Word file"] = lambda: by_libreoffice(room)
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _turn in range(TIMES):
        for name, act in ways.items():
            taken[name].append(timed(act))
    base = median(taken.get("Chromium, same HTML", [0])) or None
    for name, seconds in taken.items():
        ratio = f"{median(seconds) / base:.1f} times Chromium" if base else "Chromium is not installed here"
        print(f"{name:28} {median(seconds):6.2f} s   {ratio}")
    shutil.rmtree(room, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
