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
import zlib
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pydyf
import weasyprint
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from nap_builder.plans.carrying import ATTACHED
from nap_builder.publishing.compose.editions import ways_to_compose
from nap_builder.publishing.edition import Edition
from nap_builder.publishing.renderers.html import Printed, render_html
from nap_builder.publishing.renderers.line_numbers import number_lines
from nap_builder.publishing.renderers.pdf import OUT_OF_MEMORY, PACKAGE
from nap_builder.publishing.renderers.sheet import render_sheet
from nap_builder.publishing.renderers.tags import Source, mend, sources

SCHEME = "print:"
CLOSED = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system", "pty.", "ftplib.")
READABLE = (PACKAGE, Path(sys.prefix), Path(sys.base_prefix), Path("/usr/share/zoneinfo"), Path("/dev"))
KINDS = {"svg": "image/svg+xml", "png": "image/png"}
MOST_PADDING = 4
MISREAD = re.compile(rb"\r\nendstream")
PRODUCER = re.compile(rb'\s+(?:\w+:)?Producer="[^"]*"')

UA_IN_A = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file keeps to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""


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
        return URLFetcherResponse(url, self.pictures[name], {"Content-Type": KINDS[name.rpartition(".")[2]]})


def main() -> int:
    """Makes the PDF of the order on standard input; the exit code says how it ended."""
    order = json.loads(sys.stdin.buffer.read())
    limit(order["limits"])
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    try:
        ways = ways_of(order)
        close_the_doors(Path(os.environ["TMPDIR"]))
        out.write(write(ways, order["attached"]))
        out.flush()
    except MemoryError:
        return OUT_OF_MEMORY
    return 0


def ways_of(order: dict[str, Any]) -> Iterable[Printed]:
    """What is ordered as HTML, a sheet or else a plan in an edition: in the ways that are tried until one has room."""
    if "sheet" in order:
        return (render_sheet(order["sheet"]),)
    return map(render_html, ways_to_compose(order["plan"], edition_of(order["edition"])))


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


def write(ways: Iterable[Printed], attached: str | None) -> bytes:
    """The PDF of a page, for ever and for everybody: PDF/A-3a and PDF/UA-1, and the same bytes from the same page.

    Of several ways to print it the first is taken that keeps to its number of pages, else the last. `attached` is the
    plan as nap-plan/1, which then lies in the file under ATTACHED.
    """
    given: dict[str, Any] = {"pdf_variant": "pdf/a-3a", "pdf_identifier": b"nap-plan/1"}
    given |= {"presentational_hints": False, "output_intent": "srgb", "pdf_tags": True}
    printed, document = _with_room(ways, given)
    if printed.lines_numbered:
        number_lines(document, right_to_left=printed.right_to_left)
    pdf, padding = _written(document, attached, 0, given), 0
    while MISREAD.search(pdf) and padding < MOST_PADDING:
        padding += 1
        pdf = _written(document, attached, padding, given)
    return pdf


def _with_room(ways: Iterable[Printed], given: Mapping[str, Any]) -> tuple[Printed, weasyprint.Document]:
    tried: tuple[Printed, weasyprint.Document] | None = None
    for printed in ways:
        tried = printed, _laid_out(printed, given)
        if printed.most_pages is None or len(tried[1].pages) <= printed.most_pages:
            break
    assert tried is not None  # there is always one way
    return tried


def _laid_out(printed: Printed, given: Mapping[str, Any]) -> weasyprint.Document:
    shelf = Shelf(printed.pictures)
    page = weasyprint.HTML(string=printed.html, base_url=SCHEME + "/", url_fetcher=shelf)
    sheets = [weasyprint.CSS(string=css, base_url=SCHEME + "/", url_fetcher=shelf) for css in printed.css]
    return page.render(stylesheets=sheets, **given)


def _written(document: weasyprint.Document, attached: str | None, padding: int, given: Mapping[str, Any]) -> bytes:
    out = io.BytesIO()
    if attached is not None:  # anew each time: the engine reads what is attached once
        document.metadata.attachments[:] = [attachment(attached, document.metadata.created)]
    with sources() as made_of:
        document.write_pdf(out, finisher=partial(finish, made_of, padding), **given)
    return out.getvalue()


def attachment(plan: str, moment: str) -> weasyprint.Attachment:
    """The plan as a file within the file, dated as the document is."""
    dated = datetime.fromisoformat(moment).astimezone(UTC)
    told = {"name": ATTACHED, "description": "nap-plan/1", "relationship": "Data"}
    return weasyprint.Attachment(string=plan, created=dated, modified=dated, **told)


def finish(made_of: dict[int, Source], padding: int, _document: object, pdf: pydyf.PDF) -> None:
    """Mends the tags, says in the metadata which standards the file keeps, and takes the library's name out of it.

    `padding` is a number of empty objects, so that a file that would be misread comes out otherwise.
    """
    pdf.info.pop("Producer", None)
    mend(pdf, made_of)
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))  # the engine names each file twice
    for _number in range(padding):
        pdf.add_object(pydyf.Dictionary({}))
    for item in pdf.objects:
        if isinstance(item, pydyf.Stream):
            if item.extra.get("Subtype") == "/XML":
                item.stream = [identified(part) if isinstance(part, bytes) else part for part in item.stream]
                item.compress = False  # so that whoever keeps files can read what one is without unpacking it
            pack(item)


def identified(xmp: bytes) -> bytes:
    """The metadata with the claim of PDF/UA-1, whose words PDF/A wants to see explained, and without the library."""
    return PRODUCER.sub(b"", xmp).replace(b"</rdf:RDF>", UA_IN_A + b"</rdf:RDF>")


def pack(stream: pydyf.Stream) -> None:
    """Compresses a stream now. One that would end in a carriage return, which readers take for the end of the line
    before `endstream`, stays as it is.
    """
    if not stream.compress:
        return
    packed = zlib.compress(raw(stream), level=9)
    if not packed.endswith(b"\r"):
        stream.stream = [packed]
        stream.extra["Filter"] = "/FlateDecode"
    stream.compress = False


def raw(stream: pydyf.Stream) -> bytes:
    """What a stream holds, as the library itself would write it uncompressed."""
    written: bytes = pydyf.Stream(stream.stream).data
    return written.split(b"stream\n", 1)[1].removesuffix(b"\nendstream")


if __name__ == "__main__":
    sys.exit(main())
