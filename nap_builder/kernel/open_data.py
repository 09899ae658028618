"""Data for programs: it asks for no session, any site may read it, and faults are told as JSON (RFC 9457)."""

import json
from http import HTTPStatus

from flask import Flask, Response, request

ROOT = "/api"
PROBLEM = "application/problem+json"
METHODS = "GET, HEAD, OPTIONS"


def is_open_data() -> bool:
    """Whether the address that is asked for belongs to the open data, even where there is nothing."""
    return request.path == ROOT or request.path.startswith(f"{ROOT}/")


def problem(status: int, detail: str = "") -> Response:
    """What went wrong: the HTTP status with its own name, and a sentence in English where there is more to say."""
    told = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    said = json.dumps({**told, **({"detail": detail} if detail else {})}, ensure_ascii=False)
    return Response(said, status, mimetype=PROBLEM, headers={"Cache-Control": "no-store"})


def prepare(app: Flask) -> None:
    """Opens the answers of these addresses to every site. Called before whatever else sets headers: the first that is
    registered has the last word.
    """
    app.after_request(_for_every_site)


def _for_every_site(answer: Response) -> Response:
    if not is_open_data():
        return answer
    head = answer.headers
    head["Access-Control-Allow-Origin"] = "*"
    head["Access-Control-Expose-Headers"] = "ETag, Link, Retry-After"
    head["Cross-Origin-Resource-Policy"] = "cross-origin"
    head["Referrer-Policy"] = "no-referrer"
    answer.vary.discard("Cookie")
    if request.method == "OPTIONS":
        head["Access-Control-Allow-Methods"] = METHODS
        head["Access-Control-Allow-Headers"] = "If-None-Match"
        head["Access-Control-Max-Age"] = "86400"
        head["Cache-Control"] = "no-store"
    return answer
