"""The Word file as an archive: an empty one in a language to begin with, and the same bytes for the same content."""

import functools
import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from string import Template

from docx import Document
from docx.document import Document as WordDocument

from nap_builder.kernel.archives import packed
from nap_builder.kernel.languages import direction

FOLDER = Path(__file__).resolve().parent.parent.parent.parent / "templates" / "publishing" / "word"
CONTENT_TYPES = "[Content_Types].xml"
PARTS = {
    CONTENT_TYPES: "content_types.xml",
    "_rels/.rels": "package_rels.xml",
    "docProps/core.xml": "core.xml",
    "word/_rels/document.xml.rels": "document_rels.xml",
    "word/document.xml": "document.xml",
    "word/fontTable.xml": "fontTable.xml",
    "word/numbering.xml": "numbering.xml",
    "word/settings.xml": "settings.xml",
    "word/styles.xml": "styles.xml",
}
TWO_SIZES = re.compile(r"<w:sz [^>]*/>(\s*)<w:szCs ([^>]*)/>")  # Arabic is set larger, and Latin figures beside it too
# The language of Latin letters, for the checking of words; how letters of a list are written.
LATIN = {"fr": "fr-FR"}
COMPLEX = "ar-SA"  # the language of Arabic letters, where a file does not say which
PLAIN_RULE = "404040"
LETTERS = {"fr": ("lowerLetter", "%1)"), "ar": ("arabicAbjad", "(%1)")}

# Where numbered and listed paragraphs begin, and how far their number hangs, by whether a file runs from right to left:
# there LibreOffice sets a number before its place, so the place stands further in.
INDENTS = {False: ("567", "1134", "567"), True: ("794", "1361", "454")}


def empty_document(lang: str, worn: Mapping[str, str]) -> WordDocument:
    """A Word document without content, with the styles, numbers and page of our papers in a language (BCP 47).

    What stands for the State is in the colours that it wears (`Edition.worn`), in black where it has chosen none.
    """
    brand, accent = (worn.get(name, "").lstrip("#") for name in ("--brand", "--accent"))
    return Document(io.BytesIO(_empty(lang, brand or "auto", accent or PLAIN_RULE)))


def saved(document: WordDocument) -> bytes:
    """The bytes of a document: the same for the same content, whenever they are asked for."""
    written = io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as archive:
        return _packed({name: archive.read(name) for name in archive.namelist()})


@functools.cache
def _empty(lang: str, brand: str, accent: str) -> bytes:
    """The empty file; its parts are XML under `templates/publishing/word`."""
    rtl, tongue = direction(lang) == "rtl", lang.partition("-")[0]
    number_left, item_left, hanging = INDENTS[rtl]
    letter_format, letter_text = LETTERS.get(tongue, ("lowerLetter", "(%1)"))
    values = {
        "brand": brand,
        "accent": accent,
        "latin": LATIN.get(tongue, "en-GB"),
        "complex": COMPLEX if not rtl or lang == "ar" else lang,
        "paragraph_direction": "<w:bidi/>" if rtl else "",
        "section_direction": "<w:bidi/>" if rtl else "",
        "number_left": number_left,
        "item_left": item_left,
        "number_hanging": hanging,
        "letter_format": letter_format,
        "letter_text": letter_text,
    }
    texts = {name: (FOLDER / file).read_text(encoding="utf-8") for name, file in PARTS.items()}
    if rtl:
        texts["word/styles.xml"] = TWO_SIZES.sub(r"<w:sz \2/>\1<w:szCs \2/>", texts["word/styles.xml"])
    return _packed({name: Template(text).substitute(values).encode() for name, text in texts.items()})


def _packed(parts: dict[str, bytes]) -> bytes:
    return packed((name, parts[name]) for name in sorted(parts, key=lambda name: (name != CONTENT_TYPES, name)))
