"""The child process that makes one PDF: an order as JSON on standard input, the file on standard output.

It limits itself first, loads what it needs, then closes the doors (network, other programs, files outside
its own folders) before it reads a word of the plan.
"""

import gc
import io
import json
import os
import re
import resource
import sys
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pydyf
import weasyprint
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from nap_builder.publishing.compose.plan import compose
from nap_builder.publishing.document import Edition
from nap_builder.publishing.renderers.html import Printed, render_html
from nap_builder.publishing.renderers.pdf import OUT_OF_MEMORY, PACKAGE
from nap_builder.publishing.renderers.sheet import render_sheet

SCHEME = "print:"
CLOSED = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system", "pty.", "ftplib.")
READABLE = (PACKAGE, Path(sys.prefix), Path(sys.base_prefix), Path("/usr/share/zoneinfo"), Path("/dev"))
PRODUCER = re.compile(rb'\s+(?:\w+:)?Producer="[^"]*"')


class Shelf(URLFetcher):
    """Hands out the pictures of this document by name, and refuses every other address."""

    def __init__(self, pictures: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=("print",), allow_redirects=False)
        self.pictures = pictures

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """A picture of the document, or a refusal."""
        name = url.removeprefix(SCHEME).lstrip("/")
        if not url.startswith(SCHEME) or name not in self.pictures:
            raise FatalURLFetchingError(f"refused: {url[:200]}")
        return URLFetcherResponse(url, self.pictures[name], {"Content-Type": "image/svg+xml"})


def main() -> int:
    """Makes the PDF of the order on standard input; the exit code says how it ended."""
    order = json.loads(sys.stdin.buffer.read())
    limit(order["limits"])
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    try:
        printed = printed_of(order)
        close_the_doors(Path(os.environ["TMPDIR"]))
        out.write(write(printed))
        out.flush()
    except MemoryError:
        return OUT_OF_MEMORY
    return 0


def printed_of(order: dict[str, Any]) -> Printed:
    """What is ordered as HTML: a sheet, or else a plan in an edition."""
    if "sheet" in order:
        return render_sheet(order["sheet"])
    return render_html(compose(order["plan"], edition_of(order["edition"])))


def limit(limits: Mapping[str, int]) -> None:
    """Sets the limits of processor, memory and file size for this process; they cannot be raised again."""
    seconds = limits["cpu_seconds"]
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    resource.setrlimit(resource.RLIMIT_AS, (limits["memory_bytes"], limits["memory_bytes"]))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits["file_bytes"], limits["file_bytes"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def close_the_doors(room: Path) -> None:
    """From here on this process opens no socket, starts no program and reads no file but its own."""
    roots = tuple(str(path.resolve()) for path in (*READABLE, room))

    def watch(event: str, args: tuple[Any, ...]) -> None:
        if event.startswith(CLOSED):
            raise PermissionError(event)
        if event == "open" and isinstance(args[0], str | bytes | os.PathLike):
            path = os.path.realpath(os.fsdecode(args[0]))
            if not any(path == root or path.startswith(root + os.sep) for root in roots):
                raise PermissionError(f"open {path}")

    sys.addaudithook(watch)


def edition_of(row: dict[str, Any]) -> Edition:
    """The edition as the parent sent it."""
    read = datetime if row.pop("timed") else date
    return Edition(**{**row, "dated": read.fromisoformat(row["dated"])})


def write(printed: Printed) -> bytes:
    """The PDF of a page: tagged, with its fonts, and with nothing in it that changes from run to run."""
    shelf = Shelf(printed.pictures)
    page = weasyprint.HTML(string=printed.html, base_url=SCHEME + "/", url_fetcher=shelf)
    sheets = [weasyprint.CSS(string=css, base_url=SCHEME + "/", url_fetcher=shelf) for css in printed.css]
    out = io.BytesIO()
    page.write_pdf(
        out,
        stylesheets=sheets,
        finisher=finish,
        pdf_variant="pdf/ua-1",
        pdf_identifier=b"nap-plan/1",
        presentational_hints=False,
    )
    return out.getvalue()


def finish(_document: object, pdf: pydyf.PDF) -> None:
    """Gives table heads their scope, and takes the name of the library out of the file."""
    pdf.info.pop("Producer", None)
    for item in pdf.objects:
        if isinstance(item, pydyf.Dictionary) and item.get("S") == "/TH":
            item["A"] = pydyf.Dictionary({"O": "/Table", **item.get("A", {}), "Scope": scope(pdf, item)})
        elif isinstance(item, pydyf.Stream) and item.extra.get("Subtype") == "/XML":
            item.stream = [PRODUCER.sub(b"", part) if isinstance(part, bytes) else part for part in item.stream]


def scope(pdf: pydyf.PDF, cell: pydyf.Dictionary) -> str:
    """What a table's head stands for: its column in the head of the table, its row below."""
    row = parent(pdf, cell)
    return "/Column" if parent(pdf, row).get("S") == "/THead" else "/Row"


def parent(pdf: pydyf.PDF, item: pydyf.Dictionary) -> pydyf.Dictionary:
    """The element of the tag tree above this one; references are written `12 0 R`."""
    return pdf.objects[int(item["P"].split()[0])]


if __name__ == "__main__":
    sys.exit(main())
