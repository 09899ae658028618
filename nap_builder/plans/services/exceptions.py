"""Saying that a check, or one row of it, does not apply to a plan, and taking that back."""

from typing import Any

from sqlalchemy import select

from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import Act, record
from nap_builder.kernel.database import db
from nap_builder.kernel.errors import WrongState
from nap_builder.kernel.languages import _
from nap_builder.plans.events.plan import CHECK_COUNTED, CHECK_EXCEPTED
from nap_builder.plans.marks import check_of, rows_in
from nap_builder.plans.models.framework import Activity
from nap_builder.plans.models.narrative import Paragraph
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.services.touch import changed


def except_check(by: Actor, plan: Plan, name: str, reason: dict[str, str]) -> None:
    """Says why a check does not apply. Raises WrongState where somebody said so already, or the plan is adopted."""
    listed = plan.not_applicable or []
    if any(one["check"] == name for one in listed):
        raise WrongState(_("Somebody has given a reason for this check already."))
    plan.not_applicable = [*listed, {"check": name, "reason": reason}]
    _record(CHECK_EXCEPTED, by, plan, name, (None, reason))
    changed(plan)


def count_again(by: Actor, plan: Plan, name: str) -> None:
    """Lets a check apply again. Raises WrongState where it does, or the plan is adopted."""
    listed = plan.not_applicable or []
    former = next((one for one in listed if one["check"] == name), None)
    if former is None:
        raise WrongState(_("This check applies already."))
    plan.not_applicable = [one for one in listed if one is not former] or None
    _record(CHECK_COUNTED, by, plan, name, (former["reason"], None))
    changed(plan)


def _record(act: Act, by: Actor, plan: Plan, name: str, reason: tuple[Any, Any]) -> None:
    """Remembers the act with the row that it is about, so that who may not read the row does not read the act.

    A trail names one row alone: what is about several is remembered without the reason, which may tell of each.
    """
    rows = _rows_named(plan, rows_in(name))
    changes = {"reason": reason} if len(rows_in(name)) <= 1 else {}
    subject = next((row for row in rows if _restricted(row)), next(iter(rows), plan))
    record(act, by, subject, changes=changes, check=check_of(name))


def _rows_named(plan: Plan, keys: list[str]) -> list[Any]:
    return [
        row
        for model in (Activity, Paragraph)
        for row in db.session.scalars(select(model).where(model.plan_id == plan.id, model.key.in_(keys)))
    ]


def _restricted(row: Any) -> bool:
    return bool(row.restricted if isinstance(row, Activity) else row.section.restricted)
