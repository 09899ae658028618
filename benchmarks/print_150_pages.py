"""How long the PDF of a plan of about 150 pages takes, beside Chromium printing the same HTML and LibreOffice
converting our Word file of the same plan.

    python benchmarks/print_150_pages.py

Each is asked three times, in turn; the middle time counts. Neither of the two others writes PDF/A-3a and PDF/UA-1 in
one file. Memory is what the press and its children hold together. A version that was issued is served from the store,
without any of this. Last figures, on two cores:

    142 pages, 611 kB of HTML, 782 kB of PDF; at most 193 MB
    ours, cold                        15.97 s   5.07 times Chromium
    ours, nothing kept, press ready   11.48 s   3.65 times Chromium
    ours, after a paragraph's edit     0.93 s   0.30 times Chromium
    ours, after a cost's change        1.66 s   0.53 times Chromium
    Chromium, same HTML                3.15 s   1.00 times Chromium
    LibreOffice, our Word file         4.12 s   1.31 times Chromium

The machine was slow and uneven: five minutes before, Chromium took 4.26 s, and the release before this one, whose cold
file took 2.61 times Chromium's time on a quiet day, took 3.22 times; after a cost's change it took 2.77 s (0.71 times).
"""

import copy
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import Any

import pikepdf

from nap_builder.publishing.compose.plan import compose
from nap_builder.publishing.edition import Edition
from nap_builder.publishing.press.printing import kept_pieces
from nap_builder.publishing.press.running import stop_ready
from nap_builder.publishing.renderers.pdf import render_pdf
from nap_builder.publishing.renderers.pieces import ELSEWHERE, Printed, render_html
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


def whole_html(printed: Printed) -> str:
    """All pieces as one page of HTML, with their styles."""
    bodies = (piece.html().partition("<body")[2].partition(">")[2].rpartition("</body>")[0] for piece in printed.pieces)
    styles = "".join(f"<style>{css}</style>" for css in printed.look.css)
    page = printed.frame.replace("<body></body>", f"<body>{''.join(bodies)}</body>")
    return page.replace("</head>", f"{styles}</head>").replace("print:", "").replace(ELSEWHERE, "#")


def by_chromium(printed: Printed, room: Path) -> None:
    """Chromium prints the same page, its pictures beside it."""
    for name, picture in printed.look.pictures.items():
        (room / name).write_bytes(picture)
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


@contextmanager
def most_memory() -> Iterator[list[int]]:
    """The most memory that the press and its children hold together while what is within runs, in megabytes.

    Shared memory counts once (PSS, of Linux).
    """
    most, over = [0], threading.Event()

    def watch() -> None:
        while not over.wait(0.05):
            most[0] = max(most[0], sum(map(held, presses())) // 1024)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield most
    finally:
        over.set()
        thread.join()


def presses() -> Iterator[Path]:
    """The processes of the press."""
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if b"nap_builder.publishing.press" in (process / "cmdline").read_bytes():
                yield process


def held(process: Path) -> int:
    """Kilobytes that a process holds."""
    with suppress(OSError):
        for line in (process / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0


def cold(plan: dict[str, Any]) -> bytes:
    """The whole file, with nothing ready for it."""
    stop_ready()
    return unkept(plan)


def unkept(plan: dict[str, Any]) -> bytes:
    """The whole file by a press that waits for an order, as it does for ten minutes after the last one."""
    kept_pieces.clear()
    return render_pdf(plan, EDITION)


def edited(plan: dict[str, Any], turn: int) -> dict[str, Any]:
    """The plan with one paragraph of other words."""
    other = copy.deepcopy(plan)
    other["sections"][2]["paragraphs"][3]["text"] = words(f"Another sentence, number {turn}.")
    return other


def costed(plan: dict[str, Any], turn: int) -> dict[str, Any]:
    """The plan with another cost of one activity."""
    other = copy.deepcopy(plan)
    other["pillars"][2]["objectives"][1]["activities"][3]["budget"][0]["amount"] = f"{turn + 1}00000.00"
    return other


def anew(
    change: Callable[[dict[str, Any], int], dict[str, Any]], plan: dict[str, Any], turn: int
) -> Callable[[], bytes]:
    """Makes the file of a plan after a change that was never made before; it bears another hash."""
    other = change(plan, turn)
    digest = hashlib.sha256(f"{change.__name__} {turn}".encode()).hexdigest()
    return lambda: render_pdf(other, replace(EDITION, sha256=digest))


def main() -> None:
    """Asks each in turn and prints the table."""
    plan, room = plan_of_150_pages(), Path(tempfile.mkdtemp(prefix="nap-print-"))
    document = compose(plan, EDITION)
    printed = render_html(document)
    html = whole_html(printed)
    (room / "plan.html").write_text(html, encoding="utf-8")
    (room / "word.docx").write_bytes(render_plan(document))
    with most_memory() as most:
        made = cold(plan)
    print(f"{pages(made)} pages, {len(html) // 1000} kB of HTML, {len(made) // 1000} kB of PDF; at most {most[0]} MB")
    ways: dict[str, Callable[[int], Callable[[], Any]]] = {
        "ours, cold": lambda _turn: lambda: cold(plan),
        "ours, nothing kept, press ready": lambda _turn: lambda: unkept(plan),
        "ours, after a paragraph's edit": lambda turn: anew(edited, plan, turn),
        "ours, after a cost's change": lambda turn: anew(costed, plan, turn),
    }
    if shutil.which("chromium"):
        ways["Chromium, same HTML"] = lambda _turn: lambda: by_chromium(printed, room)
    if shutil.which("soffice"):
        ways["LibreOffice, our Word file"] = lambda _turn: lambda: by_libreoffice(room)
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(TIMES):
        for name, way in ways.items():
            taken[name].append(timed(way(turn)))
    base = median(taken.get("Chromium, same HTML", [0])) or None
    for name, seconds in taken.items():
        ratio = f"{median(seconds) / base:.2f} times Chromium" if base else "Chromium is not installed here"
        print(f"{name:32} {median(seconds):6.2f} s   {ratio}")
    shutil.rmtree(room, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
