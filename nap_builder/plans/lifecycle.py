"""The states of a plan and the lawful moves between them, as one table."""

from dataclasses import dataclass

from nap_builder.kernel.languages import LazyString, _l
from nap_builder.plans.models.plan import (
    ADOPTED,
    BEING_WRITTEN,
    CLOSED,
    CONSULTATION,
    DRAFTING,
    IN_EXECUTION,
    UNDER_REVIEW,
    VALIDATION,
)

STATES: dict[str, LazyString] = {
    DRAFTING: _l("In drafting"),
    CONSULTATION: _l("In consultation"),
    VALIDATION: _l("In validation"),
    ADOPTED: _l("Adopted"),
    IN_EXECUTION: _l("In execution"),
    UNDER_REVIEW: _l("Under review"),
    CLOSED: _l("Closed"),
}


@dataclass(frozen=True)
class Move:
    """A lawful move: from which states, to which, and what the act is called on a button."""

    name: str
    before: frozenset[str]
    after: str
    says: LazyString


MOVES: dict[str, Move] = {
    move.name: move
    for move in (
        Move("consult", frozenset({DRAFTING}), CONSULTATION, _l("Open the draft for consultation")),
        Move("validate", frozenset({DRAFTING, CONSULTATION}), VALIDATION, _l("Send the draft to validation")),
        Move("redraft", frozenset({CONSULTATION, VALIDATION}), DRAFTING, _l("Take the draft back to drafting")),
        Move("adopt", frozenset({DRAFTING, CONSULTATION, VALIDATION}), ADOPTED, _l("Adopt the plan")),
        Move("execute", frozenset({ADOPTED}), IN_EXECUTION, _l("Begin the execution")),
        Move("review", frozenset({IN_EXECUTION}), UNDER_REVIEW, _l("Put the plan under review")),
        Move("resume", frozenset({UNDER_REVIEW}), IN_EXECUTION, _l("Go on with the execution")),
        Move("amend", frozenset({ADOPTED, IN_EXECUTION, UNDER_REVIEW}), DRAFTING, _l("Begin an amendment")),
        Move("abandon", BEING_WRITTEN, ADOPTED, _l("Give up the amendment")),
        Move("close", frozenset({ADOPTED, IN_EXECUTION, UNDER_REVIEW}), CLOSED, _l("Close the plan")),
    )
}


def lawful(state: str) -> list[Move]:
    """The moves that a plan in this state may make, in the order of the table."""
    return [move for move in MOVES.values() if state in move.before]
