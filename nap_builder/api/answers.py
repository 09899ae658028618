"""Answers in JSON: their addresses, their pages, and the digest by which a reader sees that nothing changed."""

import hashlib
import json
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from flask import Response, current_app, g, request, url_for

from nap_builder.kernel.errors import DomainError, Missing

JSON = "application/json"
USUAL, MOST = 40, 100  # items a page
LARGEST = 100_000  # the highest number of a page that is looked at
Row = TypeVar("Row")
Data = dict[str, Any]


class BadQuestion(DomainError):
    """A part of the question after `?` that cannot be read."""

    status = 400


def address(endpoint: str, **parts: Any) -> str:
    """The whole address of a view, at which programs find it from outside."""
    base = current_app.config["NAP"].base_url or request.url_root.rstrip("/")
    return f"{base}{url_for(endpoint, **parts)}"


def pages(endpoint: str, **parts: Any) -> dict[str, str]:
    """The addresses of a page in each language that pages are shown in."""
    return {tag: address(endpoint, lang=tag, **parts) for tag in current_app.config["NAP"].languages}


def as_json(data: Any, *, links: Sequence[str] = ()) -> Response:
    """An answer whose ETag is strong: the same digest stands for the same bytes."""
    said = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    answer = as_bytes(said, JSON)
    if links:
        answer.headers["Link"] = ", ".join(links)
    return answer


def as_bytes(content: bytes, kind: str) -> Response:
    """Bytes that everybody may keep, and ask again whether they still hold."""
    g.personal = False
    answer = Response(content, mimetype=kind)
    answer.headers["Cache-Control"] = "public, no-cache"
    answer.set_etag(hashlib.sha256(content).hexdigest())
    answer.make_conditional(request)
    return answer


def listed(rows: Sequence[Row], said: Callable[[Row], Data], endpoint: str, **parts: Any) -> Response:
    """One page of a list, with links to the others. Raises BadQuestion, and Missing beyond the last page."""
    size, number = asked("per_page", USUAL, MOST), asked("page", 1, LARGEST)
    last = max(1, -(-len(rows) // size))
    if number > last:
        raise Missing
    start = (number - 1) * size
    items = [said(row) for row in rows[start : start + size]]
    places = {"first": 1, "prev": number - 1, "next": number + 1, "last": last}
    links = [
        f'<{address(endpoint, **parts, page=page, per_page=size)}>; rel="{name}"'
        for name, page in places.items()
        if 1 <= page <= last
    ]
    return as_json({"items": items, "page": number, "pages": last, "total": len(rows)}, links=links)


def asked(name: str, usual: int, most: int) -> int:
    """A whole number from 1 that the address asks for. Raises BadQuestion."""
    given = request.args.getlist(name)
    if not given:
        return usual
    if len(given) == 1 and given[0].isascii() and given[0].isdigit() and len(given[0]) <= 9 and int(given[0]) >= 1:
        number = int(given[0])
        if number <= most:
            return number
    raise BadQuestion(f"{name} is a whole number from 1 to {most}.")
