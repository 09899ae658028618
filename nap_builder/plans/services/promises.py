"""Holding what institutions accepted against what a plan says after a change."""

from datetime import date, timedelta

from nap_builder.kernel.actor import INSTALLATION
from nap_builder.kernel.audit import record
from nap_builder.kernel.clock import day_of, now, today
from nap_builder.plans.events.promises import ACCEPTED_STANDS, ASKED_AGAIN
from nap_builder.plans.models.framework import Activity
from nap_builder.plans.models.plan import ACCEPTED, ASKED, Commitment, Plan
from nap_builder.plans.promises import Values, alike
from nap_builder.plans.queries.promised import held_to_their_word, values_of

SHORTEST = timedelta(days=7)


def hold_to_promises(plan: Plan) -> None:
    """Asks an institution again for each activity that no longer says what it accepted.

    What says again exactly what was accepted is accepted once more. A commitment that a file brought without the
    values it stands for takes those of this moment. One statement where nothing is accepted, else six, and those of
    the acts.
    """
    held = held_to_their_word(plan)
    standing = values_of([activity.id for _commitment, activity in held])
    for commitment, activity in held:
        _hold(commitment, activity, standing[activity.id])


def due_again(commitment: Commitment, plan: Plan) -> date | None:
    """By when an institution that is asked again should answer: it has as long as before, and a week at least."""
    if commitment.due is None or commitment.asked_at is None:
        return None
    return today(plan.timezone) + max(commitment.due - day_of(commitment.asked_at, plan.timezone), SHORTEST)


def _hold(commitment: Commitment, activity: Activity, values: Values) -> None:
    if commitment.promised is None:
        commitment.promised = values
        return
    kept, accepted = alike(commitment.promised, values), commitment.state == ACCEPTED
    if kept == accepted:
        return
    if not kept:
        commitment.due = due_again(commitment, activity.plan)
    commitment.state, commitment.changed_at = (ACCEPTED, None) if kept else (ASKED, now())
    done = ACCEPTED_STANDS if kept else ASKED_AGAIN
    record(done, INSTALLATION, activity, plan=activity.plan.slug, code=activity.code)
