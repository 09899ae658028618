"""Setting by which rule a plan judges its progress."""

from dataclasses import asdict, dataclass

from sqlalchemy import select

from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import record
from nap_builder.kernel.database import db
from nap_builder.kernel.errors import BadInput, MalformedForm, StaleEdit
from nap_builder.kernel.languages import _
from nap_builder.monitoring import events
from nap_builder.monitoring.models import StatusRule
from nap_builder.monitoring.queries.periods import status_rule
from nap_builder.plans.models.plan import Plan

WHOLE = 100


@dataclass(frozen=True)
class RuleFacts:
    """What a rule says; see `StatusRule` for what each number means."""

    on_track: int
    at_risk: int
    late_days: int
    jump: int
    stale_years: int


def set_rule(by: Actor, plan: Plan, facts: RuleFacts, *, seen: int | None) -> StatusRule:
    """Sets the rule of a plan; `seen` is 0 while none is set. Raises StaleEdit, and BadInput for an odd number."""
    _refuse_odd(facts)
    there = db.session.scalar(select(StatusRule).where(StatusRule.plan_id == plan.id))
    standing = status_rule(plan)
    if seen is None:
        raise MalformedForm
    if standing.row_version != seen:
        raise StaleEdit(standing)
    pairs = {name: (getattr(standing, name), value) for name, value in asdict(facts).items()}
    rule = there or StatusRule(plan_id=plan.id)
    db.session.add(rule)
    for name, value in asdict(facts).items():
        setattr(rule, name, value)
    db.session.flush()
    changes = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
    record(events.RULE_SET, by, plan, plan=plan.slug, changes=changes)
    return rule


def _refuse_odd(facts: RuleFacts) -> None:
    if not 0 < facts.on_track <= WHOLE:
        raise BadInput("on_track", _("Write a number from 1 to 100."))
    if not 0 < facts.at_risk < facts.on_track:
        raise BadInput("at_risk", _("Write a number above 0 and below that for “on track”."))
    for name in ("late_days", "jump", "stale_years"):
        if getattr(facts, name) <= 0:
            raise BadInput(name, _("Write a number above 0."))
