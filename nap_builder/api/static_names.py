"""Which addresses of the site a copy of it holds, and under which names of files."""

import hashlib
import mimetypes
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import parse_qsl, quote, urlsplit

from flask import Flask
from werkzeug.exceptions import HTTPException

# What needs the server, by the beginning of its endpoint. All else that nobody has to sign in for is copied.
NEEDS_THE_SERVER = (
    *("accounts.", "oversight.", "health.", "api.", "feed.atom", "components", "publishing.verify"),
    *("consultations.receipt", "consultations.open_receipt", "consultations.leave"),
)
# Questions whose answers are pages of their own; of all others the page is copied as it answers without them.
KEPT = ("against", "edition", "institution", "part", "period", "plan", "written_in")
SAFE = re.compile(r"[^A-Za-z0-9._-]")
LONGEST = 80  # signs of a part of a name, so that a memory stick of any kind can hold it
ENDINGS = {"text/html": ".html"}


@dataclass(frozen=True, order=True)
class Asked:
    """An address of the site without what a copy does not keep: its path, and its question in a fixed order."""

    path: str
    question: tuple[tuple[str, str], ...] = ()

    @property
    def address(self) -> str:
        """It as it is asked for."""
        asked = "&".join(f"{name}={quote(value, safe='')}" for name, value in self.question)
        return f"{self.path}?{asked}" if asked else self.path


def asked_by(app: Flask, href: str) -> Asked | None:
    """The address that a link of the site leads to; None for another site, a fragment, or what needs the server."""
    parts = urlsplit(href)
    if parts.scheme or parts.netloc or not parts.path.startswith("/"):
        return None
    if parts.path.startswith("/static/"):
        return Asked(parts.path)
    try:
        endpoint, _parts = app.url_map.bind("localhost").match(parts.path)
    except HTTPException:
        return None
    if endpoint.startswith(NEEDS_THE_SERVER):
        return None
    question = sorted((name, value) for name, value in parse_qsl(parts.query) if name in KEPT and value)
    return Asked(parts.path, tuple(question))


def file_name(asked: Asked, kind: str) -> str:
    """The file that holds an answer of a kind (media type), as a path within the copy, of plain letters alone."""
    path = PurePosixPath(asked.path.strip("/") or "index")
    ending = ENDINGS.get(kind) or path.suffix or mimetypes.guess_extension(kind) or ""
    stem = str(path.with_suffix("")) if path.suffix == ending and ending else str(path)
    if asked.path.count("/") == 2 and asked.path.endswith("/"):
        stem = f"{stem}/index"  # the front page of a language
    *folders, last = stem.split("/")
    last += "".join(f"--{name}-{value}" for name, value in asked.question) + ending
    return "/".join(_part(part) for part in (*folders, last))  # what is asked leads into no other folder


def _part(part: str) -> str:
    """A part of a path in plain letters: where it had others, or is long, a digest keeps it apart from its like."""
    plain = SAFE.sub("_", part)
    if plain == part and len(part) <= LONGEST:
        return plain
    stem, dot, ending = plain.rpartition(".") if "." in plain else (plain, "", "")
    digest = hashlib.sha256(part.encode()).hexdigest()[:8]
    return f"{stem[: LONGEST - 20]}-{digest}{dot}{ending}"


def relative(target: str, origin: str) -> str:
    """The way from one file of the copy to another, as a link of it says it."""
    to, start = PurePosixPath(target).parts, PurePosixPath(origin).parent.parts
    common = 0
    while common < min(len(to) - 1, len(start)) and to[common] == start[common]:
        common += 1
    return "/".join([*[".."] * (len(start) - common), *to[common:]])


def sums(files: Iterable[tuple[str, bytes]]) -> str:
    """The digests of files as `sha256sum -c` reads them."""
    return "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files))
