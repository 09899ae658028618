"""Nobody answers for what they were not shown: what a page showed is compared with what stands."""

from typing import ClassVar

from nap_builder.commitments import queries
from nap_builder.kernel.errors import DomainError
from nap_builder.plans.models.framework import Activity
from nap_builder.plans.models.plan import Commitment
from nap_builder.plans.promises import Values
from nap_builder.plans.queries.promised import value_of


class Crossed(DomainError):
    """The activity, or the answer about it, changed after the page was shown. Nothing was saved."""

    status: ClassVar[int] = 409

    def __init__(self, shown: Values, standing: Values) -> None:
        super().__init__()
        self.shown, self.standing = shown, standing


def as_shown(activity: Activity, shown: Values, seen: int | None) -> Commitment | None:
    """The commitment about an activity, once it and the values are exactly as the page showed them.

    `seen` is the row version of the commitment; None where there was none. Raises Crossed.
    """
    commitment, standing = queries.commitment_of(activity), value_of(activity)
    if standing != shown or (commitment.row_version if commitment else None) != seen:
        raise Crossed(shown, standing)
    return commitment
