"""The blueprint that these doors share, and how a calendar file is handed out."""

from flask import Blueprint, Response

rooms = Blueprint("meetings", __name__)


def calendar_file(content: bytes, name: str) -> Response:
    """An iCalendar file to be saved under a name."""
    answer = Response(content, content_type="text/calendar; charset=utf-8")
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    answer.headers["Cache-Control"] = "no-store"
    return answer
