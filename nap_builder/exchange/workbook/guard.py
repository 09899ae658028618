"""A workbook from outside, measured before the library opens it: no locks, macros, bombs or document types."""

import io
import struct
import warnings
from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import ParseError
from xml.parsers import expat

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from nap_builder.exchange.container import Parts, damaged, old_workbook, parts_of
from nap_builder.exchange.unreadable import Unreadable
from nap_builder.kernel import packed
from nap_builder.kernel.languages import _

MOST_ELEMENTS = 1_500_000
"""Elements of XML in all parts: a plan of 2,000 activities in three languages has some 600,000."""

_MAIN = b"spreadsheetml.sheet.main+xml"
_TYPES = "[content_types].xml"
_XML = (".xml", ".rels")
_READ = ("/officeDocument", "/worksheet", "/sharedStrings", "/styles")  # kinds of parts that the library reads
# What the library may raise for a file that is not as it should be, beside what a ZIP does that is damaged. It takes
# the parts for sound. It parses rows as they are asked for, so our loop over them (`grid.py`) stands within the same
# guard.
DAMAGED = (
    *packed.DAMAGED,  # among them ValueError and OverflowError, which an odd figure brings about too
    InvalidFileException,  # it is no workbook to the library
    ParseError,  # a part is no XML
    struct.error,  # a number is packed in too few bytes
    KeyError,  # a part that another names is not there, or lacks a member
    TypeError,  # a member that is needed is not there
    AttributeError,  # a part is of another kind than it says
    IndexError,  # a place in a list, of texts or styles, is beyond its end
)


def opened(data: bytes) -> Any:
    """A workbook as the library reads it row by row. Raises Unreadable for everything else."""
    if old_workbook(data):
        raise Unreadable(_("This is an old Excel file (.xls). Save it as a workbook (.xlsx), and send that."))
    parts = parts_of(data)
    if "mimetype" in parts.names:
        raise Unreadable(_("This is an OpenDocument spreadsheet (.ods). Save it as a workbook (.xlsx), and send that."))
    types = parts.read(_TYPES)
    if types is None or _MAIN not in types:
        raise Unreadable(_("This is no workbook (.xlsx), whatever its name says."))
    _measure(parts)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the library tells of looks that it does not keep
            return openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    except DAMAGED:
        raise damaged() from None


def too_large() -> Unreadable:
    """The refusal of a file that holds more than can be read in the memory and time that one file may take."""
    return Unreadable(_("This file is made of more pieces than can be read safely. Send it in two files."))


def _measure(parts: Parts) -> None:
    """Refuses what would take too much memory: the library makes an object of each element.

    Every part is measured, whatever its name: the library finds them by the list of types and by what they relate to.
    """
    measure = _Measure()
    for name in parts.names:
        measure.read(name, parts.read(name) or b"")


class _Measure:
    """Counts the elements of several parts. Refuses document types, whose entities can grow without end, and parts of
    XML that are not named so, which no program writes.
    """

    def __init__(self) -> None:
        self._count = 0

    def read(self, name: str, content: bytes) -> None:
        """Reads a part once; of one that is not XML no more than shows that."""
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._begins
        parser.StartDoctypeDeclHandler = self._no_document_type
        try:
            parser.Parse(content, True)
        except expat.ExpatError:
            if name.endswith(_XML):
                raise damaged() from None

    def _begins(self, _name: str, attributes: Mapping[str, str]) -> None:
        self._count += 1
        if self._count > MOST_ELEMENTS:
            raise too_large()
        if _is_misnamed(attributes):
            raise damaged()

    @staticmethod
    def _no_document_type(*_said: Any) -> None:
        raise Unreadable(_("This file defines entities of its own, which no workbook does. It is not read."))


def _is_misnamed(said: Mapping[str, str]) -> bool:
    """Whether a line of the list of types, or of what a part relates to, calls a part XML that is not named so."""
    if "ContentType" in said:
        name = said.get("PartName") or "." + said.get("Extension", "")
        return said["ContentType"].strip().lower().endswith("xml") and not name.strip().lower().endswith(_XML)
    if "Target" in said and said.get("Type", "").strip().endswith(_READ):
        return not said["Target"].strip().lower().endswith(_XML)
    return False
