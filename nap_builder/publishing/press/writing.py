"""Writing the objects of a PDF as a file, with an object stream and a cross-reference stream (ISO 32000-1, 7.5.7 f).

The engine's own writer packs each of them twice at the highest level, which takes longer than all the rest of joining.
"""

import hashlib
import struct
import zlib
from collections.abc import Sequence

import pydyf

HEAD = b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n"
IDENTIFIER = b"nap-plan/1"
LEVEL = 5
ENTRY = struct.Struct(">BII")  # a kind, a place, and a place within the object stream
WIDTHS = (1, 4, 4)  # its bytes
FREE, PLAIN, PACKED = 0, 1, 2


def write(pdf: pydyf.PDF) -> bytes:
    """The file of a PDF's objects. The same objects give the same bytes.

    One that is bytes is written already, and is no stream; its number is its place among them.
    """
    pdf.add_object(pdf.info)
    plain, streams = [], []
    for number, item in enumerate(pdf.objects[1:], 1):
        if isinstance(item, pydyf.Stream):
            streams.append(item)
        else:
            plain.append((number, item if isinstance(item, bytes) else item.data))
    together = _object_stream(plain)
    pdf.add_object(together)
    streams.append(together)
    entries = [(FREE, 0, 65535)] * (len(pdf.objects) + 1)
    for place, (number, _body) in enumerate(plain):
        entries[number] = (PACKED, together.number, place)
    out = bytearray(HEAD)
    for item in streams:
        entries[item.number] = (PLAIN, len(out), 0)
        out += item.indirect + b"\n"
    start = len(out)
    entries[-1] = (PLAIN, start, 0)
    digest = hashlib.sha256(out).hexdigest()[:32]
    told = {"Type": "/XRef", "Size": len(entries), "Root": pdf.catalog.reference, "Info": pdf.info.reference}
    told |= {"ID": pydyf.Array(map(pydyf.String, (IDENTIFIER.decode(), digest))), "W": pydyf.Array(WIDTHS)}
    rows = b"".join([ENTRY.pack(*entry) for entry in entries])
    if _misread(packed := zlib.compress(rows, LEVEL)):
        packed, told["Size"] = zlib.compress(rows + ENTRY.pack(FREE, 0, 65535), LEVEL), len(entries) + 1
    references = _stream(packed, told)
    references.number = len(pdf.objects)
    return bytes(out + references.indirect + b"\nstartxref\n%d\n%%%%EOF\n" % start)


def _object_stream(items: Sequence[tuple[int, bytes]]) -> pydyf.Stream:
    numbers, start = [], 0
    for number, body in items:
        numbers.append(b"%d %d" % (number, start))
        start += len(body) + 1
    head = b" ".join(numbers) + b"\n"
    content = head + b"\n".join([body for _number, body in items])
    if _misread(packed := zlib.compress(content, LEVEL)):
        packed = zlib.compress(content + b"\n", LEVEL)
    return _stream(packed, {"Type": "/ObjStm", "N": len(items), "First": len(head)})


def _misread(packed: bytes) -> bool:
    """Whether it ends in a carriage return, which readers take for the end of the line after it."""
    return packed.endswith(b"\r")


def _stream(packed: bytes, told: dict[str, object]) -> pydyf.Stream:
    return pydyf.Stream([packed], {**told, "Filter": "/FlateDecode"})
