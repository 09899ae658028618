"""What a plan says of the State, of reports and of its foreword, apart from the facts on its cover."""

from dataclasses import dataclass, fields
from datetime import date
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
FOREWORD = "foreword"


@dataclass(frozen=True)
class FollowingFacts:
    """The situation of the State, how the plan is followed, and who signs its foreword, flat as a form shows it.

    `timezone` is an IANA name; None is UTC.
    """

    context: tuple[str, ...] = ()
    reporting_months: int = 12
    timezone: str | None = None
    civil_society_role: str | None = None
    required_languages: tuple[str, ...] = ()
    foreword_name: Words | None = None
    foreword_post: Words | None = None
    foreword_on: date | None = None
    row_version: int = 0


def following_of(plan: Plan) -> FollowingFacts:
    """These facts as they stand; of several signatures under forewords, the first."""
    signature = next((row for row in plan.signatures or () if row["of"] == FOREWORD), {})
    return FollowingFacts(
        context=tuple(plan.context or ()),
        reporting_months=plan.reporting_months,
        timezone=plan.timezone,
        civil_society_role=plan.civil_society_role,
        required_languages=tuple(plan.required_languages or ()),
        foreword_name=by_language(signature.get("name"), plan.first_language) or None,
        foreword_post=by_language(signature.get("post"), plan.first_language) or None,
        foreword_on=date.fromisoformat(signature["on"]) if "on" in signature else None,
        row_version=plan.row_version,
    )


def write_following(by: Actor, plan: Plan, facts: FollowingFacts, *, seen: int | None) -> None:
    """Writes these facts. Raises StaleEdit, and BadInput for a signature without a post."""
    if seen is None:
        raise MalformedForm
    before = following_of(plan)
    if before.row_version != seen:
        raise StaleEdit(before)
    if (facts.foreword_name or facts.foreword_on) and not facts.foreword_post:
        raise BadInput("foreword_post", _("Write the post of who signs."))
    plan.context, plan.required_languages = list(facts.context) or None, list(facts.required_languages) or None
    plan.reporting_months, plan.civil_society_role = facts.reporting_months, facts.civil_society_role
    plan.timezone = facts.timezone
    plan.signatures = _signatures(plan, facts) or None
    after = following_of(plan)
    pairs = {one.name: (getattr(before, one.name), getattr(after, one.name)) for one in fields(before)}
    changes = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
    record(PLAN_CHANGED, by, plan, changes=changes, title=words_in(plan.title, plan.first_language))
    changed(plan)


def _signatures(plan: Plan, facts: FollowingFacts) -> list[dict[str, Any]]:
    """The signatures with that of the foreword as it is now; the others stay in their places."""
    listed = list(plan.signatures or ())
    place = next((number for number, row in enumerate(listed) if row["of"] == FOREWORD), len(listed))
    said = {
        "of": FOREWORD,
        "name": facts.foreword_name,
        "post": facts.foreword_post,
        "on": facts.foreword_on.isoformat() if facts.foreword_on else None,
    }
    kept = {name: value for name, value in said.items() if value}
    return [*listed[:place], *([kept] if facts.foreword_post else []), *listed[place + 1 :]]
