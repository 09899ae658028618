"""Laying out pages with the engine: what may be fetched, which standard is written, and how tags are mended."""

import re
import zlib
from collections.abc import Mapping
from typing import Any

import pydyf
import weasyprint
from weasyprint.pdf import generate_pdf
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from nap_builder.publishing.press.tags import Source, mend
from nap_builder.publishing.press.whole_lines import whole_lines

SCHEME = "print:"
KINDS = {"svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg"}
LITTLE = 0.2  # of the height of a page
PRODUCER = re.compile(rb'\s+(?:\w+:)?Producer="[^"]*"')
GIVEN: dict[str, Any] = {
    "pdf_variant": "pdf/a-3a",
    "pdf_tags": True,
    "pdf_version": "1.7",
    "output_intent": "srgb",
    "presentational_hints": False,
}
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


class Pictures(URLFetcher):
    """Hands out the pictures of this document by name, and refuses every other address."""

    def __init__(self, pictures: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=("print",), allow_redirects=False)
        self.pictures = pictures
        self.own: Mapping[str, bytes] = {}

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """A picture of the document, or a refusal."""
        name = url.removeprefix(SCHEME).lstrip("/")
        found = self.own.get(name) or self.pictures.get(name)
        if not url.startswith(SCHEME) or found is None:
            raise FatalURLFetchingError(f"refused: {url[:200]}")
        return URLFetcherResponse(url, found, {"Content-Type": KINDS[name.rpartition(".")[2]]})


class Engine:
    """Lays out pages that have one look: their stylesheets are read once. `closer` is one that saves room."""

    def __init__(self, css: tuple[str, ...], pictures: Mapping[str, bytes], closer: str = "") -> None:
        self.fetcher = Pictures(pictures)
        self.sheets, self.closer = self._read(*css), self._read(closer) if closer else []

    def _read(self, *css: str) -> list[weasyprint.CSS]:
        return [weasyprint.CSS(string=sheet, base_url=SCHEME + "/", url_fetcher=self.fetcher) for sheet in css]

    def laid_out(self, html: str, pictures: Mapping[str, bytes] | None = None) -> weasyprint.Document:
        """A page of HTML with the pictures that it alone may name, laid out."""
        return self._laid_out(html, pictures or {}, self.sheets)

    def made_closer(self, usual: weasyprint.Document, html: str, pictures: Mapping[str, bytes]) -> weasyprint.Document:
        """A page of HTML that is laid out; where a few lines alone stand on its last sheet, closer if that saves it."""
        if not self.closer or not _ends_early(usual):
            return usual
        closer = self._laid_out(html, pictures, [*self.sheets, *self.closer])
        return closer if len(closer.pages) < len(usual.pages) else usual

    def _laid_out(self, html: str, pictures: Mapping[str, bytes], sheets: list[weasyprint.CSS]) -> weasyprint.Document:
        self.fetcher.own = pictures
        page = weasyprint.HTML(string=html, base_url=SCHEME + "/", url_fetcher=self.fetcher)
        with whole_lines():
            return page.render(stylesheets=sheets, **GIVEN)


def _ends_early(document: weasyprint.Document) -> bool:
    """Whether little of it runs over to a last page. It leans on the boxes of the engine."""
    if len(document.pages) == 1:
        return False
    page = document.pages[-1]._page_box  # noqa: SLF001 - see above
    return bool(page.children[0].height < page.height * LITTLE)


def written(document: weasyprint.Document, **other: Any) -> pydyf.PDF:
    """The objects of a PDF of what is laid out; `other` are settings of the engine that differ."""
    return generate_pdf(document, None, 1, **{**weasyprint.DEFAULT_OPTIONS, **GIVEN, **other})


def finish(pdf: pydyf.PDF, made_of: dict[int, Source], resumed: frozenset[int] = frozenset()) -> None:
    """Mends the tags, says in the metadata which standards the file keeps, and takes the library's name out of it.

    `resumed` are the elements that began on pages before these.
    """
    pdf.info.pop("Producer", None)
    mend(pdf, made_of, resumed)
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))  # the engine names each file twice
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
    made: bytes = pydyf.Stream(stream.stream).data
    return made.split(b"stream\n", 1)[1].removesuffix(b"\nendstream")
