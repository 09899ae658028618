"""What the bytes of a file are, and the parts of an Office file: a ZIP that is measured before it is opened."""

import struct
from collections.abc import Iterable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from nap_builder.exchange.unreadable import Unreadable
from nap_builder.exchange.word.limits import MOST_BYTES, MOST_PARTS, MOST_UNPACKED, MOST_XML
from nap_builder.kernel.languages import _
from nap_builder.kernel.packed import DAMAGED

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_OLD_WORKBOOK = tuple(name.encode("utf-16-le") for name in ("Workbook", "Book\0"))
_WORKBOOK = (b"xl/workbook", b"xl/worksheets/", b"opendocument.spreadsheet")
_TEXT = b"word/document"  # a Word file may hold a workbook
_END = b"PK\x05\x06"
_END_OF_LARGE = b"PK\x06\x07"
_END_SIZE, _LONGEST_REMARK = 22, 0xFFFF
_ENTRY_SIZE = 400  # bytes of one part's entry in the list of parts, with a long name
_ENCRYPTED = 0x1
_MACROS = "vbaproject.bin"


def may_be_word(data: bytes) -> bool:
    """Whether the bytes are of a kind that Word writes, whatever the file is called. JSON never begins so."""
    return data.startswith((_OLE, *_ZIP)) and not may_be_workbook(data)


def may_be_workbook(data: bytes) -> bool:
    """Whether the bytes are of a kind that spreadsheet programs write, whatever the file is called."""
    if data.startswith(_OLE):
        return any(mark in data for mark in _OLD_WORKBOOK)
    return data.startswith(_ZIP) and any(mark in data for mark in _WORKBOOK) and _TEXT not in data


def old_workbook(data: bytes) -> bool:
    """Whether the bytes are a workbook as Excel wrote them until 2003."""
    return data.startswith(_OLE) and _LOCKED not in data


class Parts:
    """The parts of a file that passed, each unpacked when it is asked for, and no more than may be read in all."""

    def __init__(self, archive: ZipFile, entries: Iterable[ZipInfo]) -> None:
        self._archive = archive
        self._entries = {entry.filename.lower(): entry for entry in entries}
        self._left = MOST_XML

    @property
    def names(self) -> list[str]:
        """The names of all parts in small letters; Word takes no account of case."""
        return list(self._entries)

    def read(self, name: str) -> bytes | None:
        """A part's bytes; None where there is none. Raises Unreadable for a damaged one, or where it is too much."""
        entry = self._entries.get(name.lower().lstrip("/"))
        if entry is None:
            return None
        if entry.file_size > self._left:
            raise Unreadable(_("The text of this file is larger than %(size)s MB.", size=MOST_XML // 1_000_000))
        try:
            with self._archive.open(entry) as part:
                content = part.read(self._left + 1)
        except DAMAGED:
            raise damaged() from None
        self._left -= len(content)
        return content


def parts_of(data: bytes) -> Parts:
    """The parts of a file that is a ZIP. Raises Unreadable for what is no ZIP, locked, holds macros, or is a bomb."""
    if len(data) > MOST_BYTES:
        raise Unreadable(_("The file is larger than %(size)s MB.", size=MOST_BYTES // 1_000_000))
    if data.startswith(_OLE):
        raise Unreadable(_locked() if _LOCKED in data else _old())
    _measure_list(data)
    try:
        archive = ZipFile(BytesIO(data))
        entries = archive.infolist()
    except DAMAGED:
        raise damaged() from None
    _refuse(entries)
    return Parts(archive, entries)


def damaged() -> Unreadable:
    """The refusal of a file that breaks off, or is not put together as it should be."""
    return Unreadable(_("This file is damaged. Open it where it was made, save it under another name, and send that."))


def _measure_list(data: bytes) -> None:
    """Refuses a list of parts that is too long, before the library reads it whole."""
    place = data.rfind(_END, max(0, len(data) - _END_SIZE - _LONGEST_REMARK))
    if place < 0 or len(data) - place < _END_SIZE or _END_OF_LARGE in data[max(0, place - 20) : place]:
        raise damaged()
    count, size = struct.unpack_from("<HI", data, place + 10)
    if count > MOST_PARTS or size > MOST_PARTS * _ENTRY_SIZE:
        raise _many_parts()


def _refuse(entries: list[ZipInfo]) -> None:
    names = [entry.filename.lower() for entry in entries]
    if len(names) > MOST_PARTS:
        raise _many_parts()
    if len(set(names)) != len(names):
        raise damaged()
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise Unreadable(_locked())
    if any(name.endswith(_MACROS) for name in names):
        raise Unreadable(with_macros())
    if any(entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for entry in entries):
        raise damaged()
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise Unreadable(
            _("Unpacked, this file is larger than %(size)s MB. It is not read.", size=MOST_UNPACKED // 1_000_000)
        )


def with_macros() -> str:
    """What is said of a file that holds a program."""
    return _("This file holds macros. Save it without them (.docx or .xlsx), and send that.")


def _many_parts() -> Unreadable:
    return Unreadable(_("This file is made of more than %(count)s parts. It is not read.", count=MOST_PARTS))


def _locked() -> str:
    return _("This file is locked with a password. Save it without one, and send that.")


def _old() -> str:
    return _("This is an old Word file (.doc). Save it in Word as a Word document (.docx), and send that.")
