"""A plan as a PDF, made by the press in processes that have no network, little memory and little time."""

import dataclasses
import signal
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from nap_builder.kernel.languages import _
from nap_builder.plans.canonical import canonical_bytes
from nap_builder.plans.profiles import public_profile
from nap_builder.publishing.compose.source import activities_of
from nap_builder.publishing.edition import EXTRACT, Edition
from nap_builder.publishing.press.doors import OUT_OF_MEMORY
from nap_builder.publishing.press.printing import TaskFailed, printed
from nap_builder.publishing.press.running import PressStopped
from nap_builder.publishing.renderers.letters import spelled

NO_MEMORY = ("failed to allocate", "MemoryError", "annot allocate memory", "Resource temporarily unavailable")

Why = Literal["time", "memory", "crash"]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one rendering may use: seconds of processor, seconds on the clock, bytes of memory and of file."""

    cpu_seconds: int = 120
    wall_seconds: int = 240
    memory_bytes: int = 1_500_000_000
    file_bytes: int = 200_000_000


def limits_for(plan: Mapping[str, Any]) -> Limits:
    """The limits for a plan of this size: room for usual plans, and more for each activity (see benchmarks)."""
    count = sum(1 for pillar in plan.get("pillars", ()) for _row in activities_of(pillar))
    usual = Limits()
    return Limits(
        cpu_seconds=usual.cpu_seconds + count // 20,
        wall_seconds=usual.wall_seconds + count // 10,
        memory_bytes=usual.memory_bytes + 600_000 * count,
    )


class RenderFailed(Exception):
    """No PDF was made. `why` is for programs, `reason` and the message for people, `detail` for the log."""

    def __init__(self, why: Why, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.why, self.reason, self.detail = why, reason, detail


def render_pdf(plan: Mapping[str, Any], edition: Edition, *, limits: Limits | None = None) -> bytes:
    """The PDF of a plan in nap-plan/1, which carries the plan as the public may read it (`plans/carried.py`); an
    extract, which says nothing of others, carries none.

    It keeps to PDF/A-3a and PDF/UA-1. The same plan and edition give the same bytes with one release.

    Without limits given, those of `limits_for` hold. Raises RenderFailed when they are reached or the child
    breaks; nothing is written anywhere.
    """

    def carried() -> str:
        public = dict(plan) if plan.get("profile") == "public" else public_profile(dict(plan))
        return canonical_bytes(public).decode()

    ordered = {"plan": plan, "edition": _edition_as_json(edition)}
    return rendered(ordered, limits or limits_for(plan), carried=None if edition.kind == EXTRACT else carried)


def rendered(what: Mapping[str, Any], limits: Limits, *, carried: Callable[[], str] | None = None) -> bytes:
    """The PDF of what the press is ordered to print, within these limits. Raises RenderFailed.

    A letter without a sign in the fonts is printed as its number (`letters.py`). What `carried` gives is
    carried in the file as it is.
    """
    try:
        pdf = printed(spelled(what), dataclasses.asdict(limits), limits.wall_seconds, carried)
    except PressStopped as stopped:
        raise _failure(None if stopped.late else 1, str(stopped)) from stopped
    except TaskFailed as failed:
        raise _failure(failed.code, failed.said) from failed
    if pdf.startswith(b"%PDF-") and pdf.rstrip().endswith(b"%%EOF"):
        return pdf
    raise _failure(1, "what came is no PDF")


def _edition_as_json(edition: Edition) -> dict[str, Any]:
    """An edition for the child; a day stays a day, a moment a moment."""
    return {
        **dataclasses.asdict(edition),
        "dated": edition.dated.isoformat(),
        "timed": isinstance(edition.dated, datetime),
    }


def _failure(code: int | None, said: str) -> RenderFailed:
    """Why there is no PDF, in words for a person."""
    detail = said[-4000:]
    if code is None or code == -signal.SIGXCPU:
        reason = _("Making the PDF took longer than it may, so it was stopped. The last PDF stays in place.")
        return RenderFailed("time", reason, detail)
    if code in (OUT_OF_MEMORY, -signal.SIGKILL) or any(words in said for words in NO_MEMORY):
        reason = _("Making the PDF needed more memory than it may use, so it was stopped. The last PDF stays in place.")
        return RenderFailed("memory", reason, detail)
    reason = _("The PDF could not be made. The last PDF stays in place, and the fault is in the log.")
    return RenderFailed("crash", reason, detail)
