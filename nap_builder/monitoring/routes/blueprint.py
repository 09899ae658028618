"""The blueprint of the room, where its pages stand, and how many files its forms take."""

from flask import Blueprint, request

from nap_builder.kernel.protection import by_person, limiter
from nap_builder.monitoring import policy  # noqa: F401 - declares the rules

rooms = Blueprint("monitoring", __name__)
HOME = "/w/<slug:slug>"
CYCLE = HOME + "/cycle/<ends>"
MOST_FILES = "60 per hour"


def _most_files() -> str:
    return MOST_FILES


def _brings_no_file() -> bool:
    return not request.files.get("proof")


# A form with a file costs room and time; one without is never held up.
files_limited = limiter.shared_limit(_most_files, scope="evidence", key_func=by_person, exempt_when=_brings_no_file)
