"""Files that people send to be kept: judged by what they are, never by their name, and kept under their fingerprint."""

import hashlib
import struct
import threading
import zipfile
from collections.abc import Collection
from dataclasses import dataclass
from io import BytesIO
from typing import Any, BinaryIO

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer
from PIL import ExifTags, Image, ImageCms

from nap_builder.kernel import storage
from nap_builder.kernel.errors import BadInput
from nap_builder.kernel.fields import CONTROL
from nap_builder.kernel.languages import _
from nap_builder.kernel.packed import DAMAGED

MOST_MEGABYTES = 15
MOST_BYTES = MOST_MEGABYTES * 1_000_000
MOST_PIXELS = 25_000_000
PICTURES = frozenset({"jpg", "png"})
SCANS = PICTURES | {"pdf"}
DOCUMENTS = SCANS | {"xlsx", "docx", "odt", "csv"}
TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "csv": "text/csv",
}
_BEGINNINGS = {b"%PDF-": "pdf", b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png"}
_PICTURES = {"jpg": "JPEG", "png": "PNG"}
_INSIDE = {"xl/workbook.xml": "xlsx", "word/document.xml": "docx"}
_OPEN_DOCUMENT = TYPES["odt"].encode()
_SRGB = ImageCms.createProfile("sRGB")
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_reading = threading.Lock()  # one large picture takes 200 MB while it is read; several at once would take the machine
_MISREAD = (OSError, ValueError, SyntaxError, TypeError, LookupError, ArithmeticError, EOFError, struct.error)


@dataclass(frozen=True)
class Kept:
    """A file that is kept: its name in the storage, its SHA-256 (hex) and its size in bytes."""

    stored_as: str
    sha256: str
    size: int

    @property
    def kind(self) -> str:
        """What it is, a key of TYPES."""
        return self.stored_as.rpartition(".")[2]


def keep(folder: str, stream: BinaryIO, *, field: str, kinds: Collection[str], plain: bool = False) -> Kept:
    """Keeps a file in a folder of the storage, if it is of one of these kinds (keys of TYPES).

    With `plain`, a picture is written anew, so that it says nothing of where, when and by which camera it was taken,
    and no file tells when it came.
    Raises BadInput about `field` for a file that is empty, too large, or none of these.
    """
    content, kind = _sent(stream, field, kinds)
    if plain and kind in _PICTURES:
        content = _written_anew(content, kind, field)
    digest = hashlib.sha256(content).hexdigest()
    name = f"{folder}/{digest}.{kind}"
    storage.put(name, content)
    if plain:
        storage.undate(name)
    return Kept(name, digest, len(content))


def picture(stream: BinaryIO, *, field: str) -> Image.Image:
    """A picture that somebody sends, JPEG or PNG: its pixels alone, in sRGB, turned the way it is meant to be seen.

    Its mode is RGB, or RGBA where something shows through. Raises BadInput about `field`.
    """
    return _upright(*_sent(stream, field, PICTURES), field)


def _sent(stream: BinaryIO, field: str, kinds: Collection[str]) -> tuple[bytes, str]:
    """A file that somebody sends, and what it is. Raises BadInput."""
    content = stream.read(MOST_BYTES + 1)
    if not content:
        raise BadInput(field, _("This file is empty. Choose another one."))
    if len(content) > MOST_BYTES:
        raise BadInput(field, _("The file is larger than %(size)s MB.", size=MOST_MEGABYTES))
    kind = kind_of(content)
    if kind not in kinds:
        raise BadInput(field, _other_kind(kinds))
    return content, kind


def kind_of(content: bytes) -> str:
    """What a file is, from its own bytes: a key of TYPES, or "" for what we do not know or do not want."""
    known = next((kind for beginning, kind in _BEGINNINGS.items() if content.startswith(beginning)), None)
    if known:
        return known
    return _packed(content) if content.startswith(b"PK\x03\x04") else _table(content)


def _other_kind(kinds: Collection[str]) -> str:
    if set(kinds) == PICTURES:
        return _("Send a JPEG or PNG picture.")
    if set(kinds) == SCANS:
        return _("This is neither a PDF nor a JPEG or PNG picture. Choose another file.")
    return _("Send a PDF, a JPEG or PNG picture, a workbook (XLSX), a document (DOCX, ODT) or a table (CSV).")


def _packed(content: bytes) -> str:
    """A document of an office program without macros."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            names = set(packed.namelist())
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                return ""
            if "mimetype" in names and _is_label(packed.getinfo("mimetype")):
                return "odt" if packed.read("mimetype") == _OPEN_DOCUMENT else ""
            return next((kind for name, kind in _INSIDE.items() if name in names), "")
    except (*DAMAGED, RuntimeError):  # the last is what the library says of a part that asks for a password
        return ""


def _is_label(part: zipfile.ZipInfo) -> bool:
    """Whether a part is as OpenDocument 1.3, part 2, 3.3 wants the one that names the type: short, and not packed."""
    return part.file_size == len(_OPEN_DOCUMENT) and part.compress_type == zipfile.ZIP_STORED


def _table(content: bytes) -> str:
    """Text whose first line has a separator of columns."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return ""
    first = text.lstrip().partition("\n")[0]
    separated = any(mark in first for mark in ",;\t") and not first.startswith("<")
    return "csv" if separated and not CONTROL.search(text) else ""


def _written_anew(content: bytes, kind: str, field: str) -> bytes:
    """A picture with its pixels alone, turned the way it is meant to be seen."""
    written = BytesIO()
    _upright(content, kind, field).save(written, _PICTURES[kind], **({"quality": 88} if kind == "jpg" else {}))
    return written.getvalue()


def _upright(content: bytes, kind: str, field: str) -> Image.Image:
    try:
        with _reading, Image.open(BytesIO(content), formats=[_PICTURES[kind]]) as sent:
            if sent.width * sent.height > MOST_PIXELS:
                raise BadInput(field, _too_many_pixels())
            mode = "RGBA" if kind == "png" and sent.has_transparency_data else "RGB"
            upright = _turned(sent)
            bare = Image.new(mode, upright.size)
            bare.paste(_in_srgb(upright, mode))
            return bare
    except Image.DecompressionBombError as error:
        raise BadInput(field, _too_many_pixels()) from error
    except _MISREAD as error:
        raise BadInput(field, _("This picture cannot be read. Choose another file.")) from error


def _turned(sent: Image.Image) -> Image.Image:
    """A picture turned as its camera says that it is meant to be seen; of all that the camera says, this alone is read.

    Where it cannot be read, the picture stands as it came.
    """
    sent.load()  # in a PNG the camera may speak behind the pixels
    try:
        turn = _TURNS.get(sent.getexif().get(ExifTags.Base.Orientation) or 1)
    except _MISREAD:
        return sent
    return sent if turn is None else sent.transpose(turn)


def _in_srgb(sent: Image.Image, mode: str) -> Image.Image:
    """A picture in the colours of sRGB; those of a profile that cannot be read are taken as they are."""
    profile = sent.info.get("icc_profile")
    if not profile:
        return sent if sent.mode == mode else sent.convert(mode)
    if sent.mode not in ("RGB", "RGBA", "L", "CMYK"):
        sent = sent.convert(mode)
    try:
        whole = ImageCms.profileToProfile(sent, ImageCms.ImageCmsProfile(BytesIO(profile)), _SRGB, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        return sent.convert(mode)
    assert whole is not None  # it is None only where the picture itself is changed
    if mode == "RGBA":
        whole.putalpha(sent.convert("RGBA").getchannel("A"))
    return whole


def _too_many_pixels() -> str:
    return _("This picture is too large. Make it smaller, and send it again.")


def sealed(kept: Kept, about: str) -> str:
    """A kept file as a form carries it, so that it need not be chosen again; `about` is what the form is about."""
    return str(_seal().dumps([about, kept.stored_as, kept.sha256, kept.size]))


def opened(text: str | None, about: str) -> Kept | None:
    """The kept file that a form about the same thing carries; None where there is none, or it is not of ours."""
    try:
        whose, *kept = _seal().loads(text or "")
    except BadData:
        return None
    return Kept(*kept) if whose == about else None


def served(kept_as: str, name: str) -> Any:
    """A kept file as an answer that a browser saves and never shows. `name` is a name of ours without its ending."""
    kind = kept_as.rpartition(".")[2]
    answer = current_app.response_class(storage.get(kept_as), mimetype=TYPES[kind])
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return answer


def _seal() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="a file that is kept")
