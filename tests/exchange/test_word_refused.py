"""What is no Word file, or no safe one, is refused in one sentence, before any costly work."""

import io
import re
import struct
import zipfile
from collections.abc import Callable
from contextlib import suppress

import pytest

from nap_builder.exchange.container import may_be_word, parts_of
from nap_builder.exchange.unreadable import Unreadable
from nap_builder.exchange.word import limits
from nap_builder.exchange.word.body import contents_of
from tests.builders.word_files import a_document, a_file, body, changed, saved

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
TYPES = "[Content_Types].xml"
DOCUMENT = "word/document.xml"


def refusal(content: bytes) -> str:
    """The sentence with which a file is refused."""
    assert may_be_word(content)
    with pytest.raises(Unreadable) as refused:
        contents_of(content)
    assert "\n" not in refused.value.message
    return refused.value.message


def typed(content: bytes, kind: str) -> bytes:
    """A file that says of itself that its text is of another kind."""
    types = zipfile.ZipFile(io.BytesIO(content)).read(TYPES)
    word = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return changed(content, files={TYPES: types.replace(word, kind.encode())})


def a_zip(**files: bytes) -> bytes:
    """A ZIP with some files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def paragraphs(count: int) -> bytes:
    """A file of so many short paragraphs."""
    return body("<w:p><w:r><w:t>a</w:t></w:r></w:p>" * count)


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "encrypted": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "locked with a password"),
    "an old .doc": (lambda: OLE + "WordDocument".encode("utf-16-le"), "old Word file (.doc)"),
    "a part locked": (lambda: _locked(a_file("a")), "locked with a password"),
    "macros by part": (lambda: changed(a_file("a"), files={"word/vbaProject.bin": b"x"}), "holds macros"),
    "macros by kind": (
        lambda: typed(a_file("a"), "application/vnd.ms-word.document.macroEnabled.main+xml"),
        "holds macros",
    ),
    "a workbook": (
        lambda: typed(a_file("a"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"),
        "no Word document",
    ),
    "OpenDocument": (
        lambda: a_zip(mimetype=b"application/vnd.oasis.opendocument.text", content=b"<a/>"),
        "OpenDocument",
    ),
    "any other ZIP": (lambda: a_zip(readme=b"hello"), "a ZIP file"),
    "an empty ZIP": (a_zip, "a ZIP file"),
    "half a file": (lambda: a_file("a")[:2000], "damaged"),
    "no text in it": (lambda: changed(a_file("a"), files={DOCUMENT: None}), "damaged"),
    "no body in it": (lambda: changed(a_file("a"), files={DOCUMENT: b"<a/>"}), "damaged"),
    "damaged XML": (lambda: changed(a_file("a"), files={DOCUMENT: b"<w:document><w:body>"}), "damaged"),
    "damaged styles": (lambda: changed(a_file("a"), files={"word/styles.xml": b"<a><b></a>"}), "damaged"),
    "a document type": (lambda: _with_document_type("<!DOCTYPE a>"), "entities of its own"),
    "an entity": (
        lambda: _with_document_type('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
        "entities of its own",
    ),
    "too many paragraphs": (lambda: paragraphs(limits.MOST_PARAGRAPHS + 1), "more than 30000 paragraphs"),
    "too many cells": (
        lambda: body("<w:tbl><w:tr>" + "<w:tc/>" * (limits.MOST_CELLS + 1) + "</w:tr></w:tbl>"),
        "more than 30000 table cells",
    ),
    "too many pieces": (lambda: body("<w:p>" + "<w:r/>" * limits.MOST_NODES + "</w:p>"), "more pieces"),
    "too much text": (
        lambda: body(f"<w:p><w:r><w:t>{'a' * 1_000_000}</w:t></w:r></w:p>" * 11),
        "more than 10000000 signs",
    ),
    "too much XML": (lambda: body("<w:p/>" + " " * limits.MOST_XML), "text of this file is larger than 25 MB"),
    "too much unpacked": (lambda: changed(a_file("a"), files=_bombs()), "Unpacked, this file is larger"),
    "too many parts": (
        lambda: changed(a_file("a"), files={f"x{number}": b"" for number in range(limits.MOST_PARTS)}),
        "more than 2000 parts",
    ),
    "too large": (lambda: a_file("a") + b"\0" * limits.MOST_BYTES, "larger than 25 MB"),
    "too deep": (lambda: body("<w:tbl><w:tr><w:tc>" * 100 + "</w:tc></w:tr></w:tbl>" * 100), "damaged"),
}


def _bombs() -> dict[str, bytes]:
    blank = bytes(60_000_000)
    return {f"word/media/{number}.bmp": blank for number in range(5)}


def _with_document_type(said: str) -> bytes:
    document = zipfile.ZipFile(io.BytesIO(a_file("a"))).read(DOCUMENT).decode()
    return changed(a_file("a"), files={DOCUMENT: document.replace("<w:document", said + "<w:document", 1).encode()})


def _locked(content: bytes) -> bytes:
    """The same file, saying in its list of parts that the first is encrypted."""
    place = content.index(b"PK\x01\x02")
    return content[: place + 8] + b"\x01\x00" + content[place + 10 :]


@pytest.mark.parametrize("case", REFUSED)
def test_it_is_refused_in_a_sentence(case: str) -> None:
    make, words = REFUSED[case]
    assert words in refusal(make())


def test_a_part_that_unpacks_to_more_than_it_says_is_damaged() -> None:
    content = bytearray(changed(a_file("a"), files={DOCUMENT: b"<a>" + b" " * 5_000_000 + b"</a>"}))
    for mark, place in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        for found in re.finditer(re.escape(mark), bytes(content)):
            if content[found.start() + place : found.start() + place + 4] == struct.pack("<I", 5_000_007):
                content[found.start() + place : found.start() + place + 4] = struct.pack("<I", 100)
    assert "damaged" in refusal(bytes(content))


def test_a_list_of_parts_that_lies_about_its_length_is_refused_before_it_is_read() -> None:
    content = bytearray(a_zip(a=b"x"))
    place = content.rindex(b"PK\x05\x06")
    content[place + 12 : place + 16] = struct.pack("<I", 50_000_000)
    assert "parts" in refusal(bytes(content))


@pytest.mark.parametrize("begins", [2**64 - 1, 2**63 - 1, 2**40])
def test_a_part_that_begins_far_outside_the_file_is_damaged(begins: int) -> None:
    content = a_zip(a=b"x")
    listed, end = content.index(b"PK\x01\x02"), content.index(b"PK\x05\x06")
    entry, last = bytearray(content[listed:end]), bytearray(content[end:])
    entry[42:46] = b"\xff" * 4  # the place stands in the field of large files
    entry[30:32] = struct.pack("<H", 12)
    entry += struct.pack("<HHQ", 1, 8, begins)
    last[12:16] = struct.pack("<I", len(entry))
    parts = parts_of(content[:listed] + bytes(entry) + bytes(last))
    with pytest.raises(Unreadable, match="damaged"):
        parts.read("a")


def test_two_parts_of_one_name_are_refused() -> None:
    out = io.BytesIO(a_file("a"))
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(DOCUMENT, b"<a/>")
    assert "damaged" in refusal(out.getvalue())


@pytest.mark.parametrize("content", [b"{}", b'\xef\xbb\xbf {"format": 1}', b"", b"%PDF-1.7", b"{\\rtf1"])
def test_what_is_no_container_is_left_to_the_reader_of_json(content: bytes) -> None:
    assert not may_be_word(content)


def test_a_word_file_is_known_by_its_bytes() -> None:
    assert may_be_word(a_file("a"))
    assert [paragraph.text for paragraph in contents_of(a_file("a")).paragraphs] == ["a"]


def test_a_template_of_word_is_read_as_well() -> None:
    content = typed(a_file("a"), "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml")
    assert [paragraph.text for paragraph in contents_of(content).paragraphs] == ["a"]


def test_nothing_outside_is_asked_for() -> None:
    """The suite refuses the network; an external picture, style sheet or template is not even looked for."""
    document = a_document()
    document.add_paragraph("a")
    for kind in ("image", "attachedTemplate", "oleObject", "styles"):
        document.part.relate_to(
            f"https://evil.example/{kind}",
            f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}",
            is_external=True,
        )
    assert [paragraph.text for paragraph in contents_of(saved(document)).paragraphs] == ["a"]


def test_the_standard_s_strict_form_is_read() -> None:
    content = a_file((1, "Why"), "Because")
    old = zipfile.ZipFile(io.BytesIO(content))
    strict = {
        name: old.read(name)
        .replace(
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        )
        .replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument",
        )
        for name in old.namelist()
    }
    found = list(contents_of(changed(content, files=strict)).paragraphs)
    assert [(one.level, one.text) for one in found] == [(1, "Why"), (None, "Because")]


@pytest.mark.parametrize("cut", range(50, 3000, 331))
def test_a_file_cut_anywhere_is_refused_and_nothing_else_happens(cut: int) -> None:
    content = a_file("a", (1, "b"), [["c", "d"]])
    assert refusal(content[:cut])


def test_bytes_changed_anywhere_do_no_harm() -> None:
    content = a_file("a", (1, "b"), [["c", "d"]])
    for place in range(0, len(content), 97):
        spoilt = content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :]
        with suppress(Unreadable):  # any other error fails the test
            contents_of(spoilt)
    assert contents_of(content).paragraphs
