"""The carried plan: a PDF of ours holds the plan it prints as an attachment (ISO 19005-3, 6.8)."""

from nap_builder.kernel.apart import looked_into
from nap_builder.plans.carrying import BROKEN, LOCKED, LONG, NONE, TAKEN

CHILD = "nap_builder.plans.carrying"


class NoPlan(Exception):
    """A PDF out of which no plan can be taken. `why` is NONE, LOCKED (encrypted), LONG (when unpacked) or BROKEN."""

    def __init__(self, why: int) -> None:
        super().__init__(why)
        self.why = why


def plan_in_pdf(content: bytes) -> bytes:
    """The nap-plan/1 file that a PDF carries. Takes a fraction of a second. Raises NoPlan.

    The file is not trusted: another process reads it, with little memory and time (`carrying.py`). One that takes more
    of either than any of ours is BROKEN.
    """
    code, plan = looked_into(content, CHILD)
    if code == TAKEN:
        return plan
    raise NoPlan(code if code in (NONE, LOCKED, LONG) else BROKEN)
