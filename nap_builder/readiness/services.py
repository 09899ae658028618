"""Taking a plan through a gate, and setting the numbers of checks. Called inside a transaction."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from nap_builder.kernel.actor import NOBODY, Actor
from nap_builder.kernel.audit import record
from nap_builder.kernel.checks import Check
from nap_builder.kernel.database import db
from nap_builder.kernel.errors import BadInput, StaleEdit, WrongState
from nap_builder.kernel.languages import _
from nap_builder.plans.gates import MOVES_BY
from nap_builder.plans.lifecycle import MOVES
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.models.versions import PlanVersion
from nap_builder.plans.services.lifecycle import move
from nap_builder.plans.services.versions import Asked, Standing, freeze, keep_record
from nap_builder.readiness import events, queries
from nap_builder.readiness.models import Threshold


def pass_gate(
    by: Actor, plan: Plan, gate: str, reason: dict[str, str] | None, passed_by: str | None = None
) -> PlanVersion:
    """Takes a plan through a gate: freezes the next version, with a record of how every check stood.

    Gates before it that were not passed are skipped. Raises BadInput without a reason where a check is open or a gate
    is skipped, and WrongState where the gate is passed already or the plan is adopted. To adopt, first pass the gate
    `adoption`, then move the plan; `passed_by` is then the chair, whose proposal another person confirms.
    """
    way = queries.state_of(plan).on_the_way_to(gate)
    if not way:
        raise WrongState(_("The plan has passed this gate already."))
    if not reason and queries.needs_reason(way):
        raise BadInput("reason", _("Say why the plan goes through although something is open."))
    public = queries.state_of(plan, NOBODY).on_the_way_to(gate)
    stood = Standing(gate, [one.gate for one in way[:-1]], list(_asked(way)), list(_asked(public)))
    if gate in MOVES_BY and plan.state in MOVES[MOVES_BY[gate]].before:
        move(by, plan, MOVES_BY[gate])
    version = freeze(by, plan)
    keep_record(by, version, stood, reason, passed_by)
    return version


def _asked(gates: Iterable[queries.GateState]) -> Iterable[Asked]:
    """What every check said that concerns the plan."""
    for result in (one for gate in gates for one in gate.results):
        if result.kind != queries.ABSENT:
            check, rows = result.check, len(result.found.failing) if result.kind == queries.OPEN else 0
            said = (check.key, check.gate, check.gravity, check.says.message, result.kind)
            yield Asked(*said, rows=rows, reason=result.reason)


def set_threshold(by: Actor, check: Check, value: int, *, seen: int | None) -> None:
    """Sets the number of a check; the usual one takes the State's own away. Raises StaleEdit, and BadInput beyond."""
    present = queries.setting_of(check.key)
    bounds = check.threshold
    if present.row_version != seen:
        raise StaleEdit(present)
    if bounds is None or not bounds.least <= value <= bounds.most:
        least, most = (bounds.least, bounds.most) if bounds else (0, 0)
        raise BadInput("value", _("Write a number from %(least)s to %(most)s.", least=least, most=most))
    row = db.session.scalar(select(Threshold).where(Threshold.key == check.key))
    said: dict[str, Any] = {"check": check.key, "value": value}
    changes = {"value": (present.value, value)}
    if value == bounds.usual and row is not None:
        record(events.THRESHOLD_RESET, by, row, changes=changes, **said)
        db.session.delete(row)
        return
    row = row or Threshold(key=check.key)
    row.value = value
    db.session.add(row)
    db.session.flush()
    record(events.THRESHOLD_SET, by, row, changes=changes, **said)
