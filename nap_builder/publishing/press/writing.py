"""Writing the objects of a PDF as a file, with an object stream and a cross-reference stream (ISO 32000-1, 7.5.7 f).

The engine's own writer packs each of them twice at the highest level, which takes longer than all the rest of joining.
"""

import hashlib
import zlib
from collections.abc import Iterable, Sequence

import pydyf

HEAD = b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n"
IDENTIFIER = b"nap-plan/1"
LEVEL = 6
WIDTHS = (1, 4, 3)  # bytes of a kind, a place, and a place within the object stream
FREE, PLAIN, PACKED = 0, 1, 2


def write(pdf: pydyf.PDF) -> bytes:
    """The file of a PDF's objects. The same objects give the same bytes."""
    pdf.add_object(pdf.info)
    plain = [item for item in pdf.objects[1:] if not isinstance(item, pydyf.Stream)]
    streams = [item for item in pdf.objects if isinstance(item, pydyf.Stream)]
    together = _object_stream(plain)
    pdf.add_object(together)
    entries = {0: (FREE, 0, 65535)} | {
        item.number: (PACKED, together.number, place) for place, item in enumerate(plain)
    }
    out = bytearray(HEAD)
    for item in (*streams, together):
        entries[item.number] = (PLAIN, len(out), 0)
        out += item.indirect + b"\n"
    start = len(out)
    entries[len(pdf.objects)] = (PLAIN, start, 0)
    digest = hashlib.sha256(out).hexdigest()[:32]
    told = {"Type": "/XRef", "Size": len(entries), "Root": pdf.catalog.reference, "Info": pdf.info.reference}
    told["ID"] = pydyf.Array(map(pydyf.String, (IDENTIFIER.decode(), digest)))
    references = _table([entries[number] for number in range(len(entries))], told)
    references.number = len(pdf.objects)
    return bytes(out + references.indirect + b"\nstartxref\n%d\n%%%%EOF\n" % start)


def _object_stream(items: Iterable[pydyf.Object]) -> pydyf.Stream:
    numbers, bodies, start = [], [], 0
    for item in items:
        body = item.data
        numbers.append(b"%d %d" % (item.number, start))
        bodies.append(body)
        start += len(body) + 1
    head = b" ".join(numbers) + b"\n"
    content = head + b"\n".join(bodies)
    if _misread(packed := zlib.compress(content, LEVEL)):
        packed = zlib.compress(content + b"\n", LEVEL)
    return _stream(packed, {"Type": "/ObjStm", "N": len(bodies), "First": len(head)})


def _table(entries: Sequence[tuple[int, int, int]], told: dict[str, object]) -> pydyf.Stream:
    packed, widths = _rows(entries, WIDTHS), WIDTHS
    if _misread(packed):
        packed, widths = _rows(entries, (1, 4, 4)), (1, 4, 4)
    return _stream(packed, {**told, "W": pydyf.Array(widths)})


def _rows(entries: Sequence[tuple[int, int, int]], widths: tuple[int, int, int]) -> bytes:
    parts = (part.to_bytes(width, "big") for row in entries for part, width in zip(row, widths, strict=True))
    return zlib.compress(b"".join(parts), LEVEL)


def _misread(packed: bytes) -> bool:
    """Whether it ends in a carriage return, which readers take for the end of the line after it."""
    return packed.endswith(b"\r")


def _stream(packed: bytes, told: dict[str, object]) -> pydyf.Stream:
    return pydyf.Stream([packed], {**told, "Filter": "/FlateDecode"})
