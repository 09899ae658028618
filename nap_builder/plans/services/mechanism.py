"""What a plan says of those who follow it."""

from dataclasses import dataclass, fields
from typing import Any

from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import record
from nap_builder.kernel.errors import BadInput, MalformedForm, StaleEdit
from nap_builder.kernel.languages import _, words_in
from nap_builder.plans.events.narrative import PLAN_CHANGED
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.services.touch import changed
from nap_builder.plans.wording import by_language

Words = dict[str, str]


@dataclass(frozen=True)
class MechanismFacts:
    """The monitoring mechanism, flat as a form shows it: institutions by their codes."""

    owner: str | None = None
    members: tuple[str, ...] = ()
    meets_every_months: int | None = None
    built_on: Words | None = None
    row_version: int = 0

    @property
    def said(self) -> dict[str, Any]:
        """The same as a member of nap-plan/1, without what is not said."""
        facts = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "row_version"}
        return {name: list(value) if name == "members" else value for name, value in facts.items() if value}


def facts_of(plan: Plan) -> MechanismFacts:
    """The mechanism as it stands."""
    said = plan.monitoring or {}
    return MechanismFacts(
        owner=said.get("owner"),
        members=tuple(said.get("members") or ()),
        meets_every_months=said.get("meets_every_months"),
        built_on=by_language(said.get("built_on"), plan.first_language) or None,
        row_version=plan.row_version,
    )


def write_mechanism(by: Actor, plan: Plan, facts: MechanismFacts, *, seen: int | None) -> None:
    """Writes who follows the plan. Raises StaleEdit, and BadInput where nobody answers for what is said."""
    if seen is None:
        raise MalformedForm
    before = facts_of(plan)
    if before.row_version != seen:
        raise StaleEdit(before)
    if facts.said and not facts.owner:
        raise BadInput("owner", _("Choose who answers for it."))
    plan.monitoring = facts.said or None
    record(PLAN_CHANGED, by, plan, changes=_changes(before, facts), title=words_in(plan.title, plan.first_language))
    changed(plan)


def _changes(before: MechanismFacts, after: MechanismFacts) -> dict[str, tuple[Any, Any]]:
    """What changed, by name; who answers for it stands under the name of the whole."""
    names = {**before.said, **after.said}
    pairs = {"monitoring" if name == "owner" else name: (before.said.get(name), after.said.get(name)) for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
