"""What is known of one printing of a plan beyond the plan itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Edition:
    """What is known of one printing beyond the plan itself.

    `dated` is the day on the cover, and the time written into the file; `sha256` is the hash of the stored
    file that is printed, in hexadecimal; `record` the record of the gate, as `services.record_said` writes it; `heard`
    what `publishing/heard.py` puts together; `trail` the number and hash of the audit trail's end when the version was
    frozen; `verify_at` the address at which a copy is checked. Absent members are left out or read from the plan.
    """

    lang: str
    draft: bool
    dated: date | datetime
    state_name: str | None = None
    issuing_body: str | None = None
    reference: str | None = None
    sha256: str | None = None
    record: Mapping[str, Any] | None = None
    heard: Mapping[str, Any] | None = None
    trail: Sequence[Any] | None = None
    verify_at: str | None = None
