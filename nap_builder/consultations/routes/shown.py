"""What the pages about answers show of a contribution, and where they lead back to."""

from datetime import date
from typing import Any

from flask import Response, url_for

from nap_builder.consultations.models.contributions import Contribution
from nap_builder.consultations.names import ANSWER_DAYS, ATTRIBUTIONS, DECISION_KINDS, DECISIONS
from nap_builder.consultations.queries import answers as queries
from nap_builder.consultations.queries.comments import with_picture
from nap_builder.consultations.queries.grouping import group_of
from nap_builder.consultations.queries.places import Part, called, living_parts
from nap_builder.consultations.queries.records import sees_where
from nap_builder.consultations.queries.wording import wording_of
from nap_builder.consultations.routes.blueprint import rooms
from nap_builder.kernel.access import can
from nap_builder.kernel.clock import today
from nap_builder.kernel.fields import Form
from nap_builder.kernel.languages import _, _n
from nap_builder.kernel.web import go_to, see_other
from nap_builder.plans.models.narrative import Paragraph, Section
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.framework import named_institutions

WORDS = {"decisions": DECISIONS, "decision_kinds": DECISION_KINDS, "attributions": ATTRIBUTIONS}


@rooms.app_template_global()
def answer_facts(contribution: Contribution) -> dict[str, Any]:
    """What `consultations/answering.html` takes, on whichever page of a contribution it stands."""
    plan = contribution.plan
    named = {*(contribution.about or ()), *_changed(contribution.response), *_changed(contribution.draft)}
    parts = living_parts(plan, sorted(named)) if named else {}
    on = today(plan.timezone)
    return {
        "press": Form(formdata=None),
        "parts": parts,
        "called": lambda part: called(plan, part),
        "way_to": lambda part: way_to(plan, part),
        "body": {body.code: body for body in named_institutions(plan)}.get,
        "waiting": waiting_said(contribution, on),
        "late": queries.is_late(contribution, on),
        "difference": queries.difference_of(contribution),
        "group": group_of(contribution),
        "wording": wording_of(contribution),
        "picture": with_picture(contribution) if can("consultations.comment.moderate", contribution) else None,
        **WORDS,
    }


def waiting_said(contribution: Contribution, on: date) -> str:
    """How long a contribution has waited for its answer, on a day: of high risk no more than whether it is late."""
    days = queries.days_waiting(contribution, on)
    if not sees_where(contribution.consultation):
        late = queries.is_late(contribution, on)
        return _("Waiting for over %(days)s days", days=ANSWER_DAYS) if late else _("Waiting")
    return _n("Waiting for %(num)s day", "Waiting for %(num)s days", days) if days else _("Waiting since today")


def of_queue(contribution: Contribution) -> dict[str, Any]:
    """What every page about one contribution says of it: its words, and what it is about."""
    plan = contribution.plan
    about = living_parts(plan, contribution.about or ())
    return {
        "contribution": contribution,
        "about": list(about.values()),
        "called": lambda part: called(plan, part),
        "way_to": lambda part: way_to(plan, part),
        "sees_where": sees_where,
        **WORDS,
    }


def way_to(plan: Plan, part: Part) -> str:
    """The page on which a part of the working plan stands."""
    row = part.row
    if isinstance(row, Section):
        return url_for("plans.section", slug=plan.slug, section=row.key)
    if isinstance(row, Paragraph):
        return url_for("plans.section", slug=plan.slug, section=row.section.key, _anchor=f"p-{row.key}")
    if part.kind == "activity":
        return url_for("plans.activity", slug=plan.slug, key=row.key)
    if part.kind == "indicator":
        return url_for("plans.indicator", slug=plan.slug, key=row.key)
    return url_for("plans.framework", slug=plan.slug)


def to_queue(contribution: Contribution, said: str) -> Response:
    """Back to the contribution, once something was done about it."""
    at = {"slug": contribution.plan.slug, "key": contribution.key}
    return see_other("consultations.contribution", said=said, anchor="the-answer", **at)


def to_page(contribution: Contribution, said: str, undo: str | None) -> Response:
    """As `to_queue`, with a button that undoes what was done to the plan."""
    where = url_for("consultations.contribution", slug=contribution.plan.slug, key=contribution.key)
    return go_to(where, said=said, undo=undo)


def _changed(stored: dict[str, Any] | None) -> list[str]:
    return list((stored or {}).get("changed") or ())
