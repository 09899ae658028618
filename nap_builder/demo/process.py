"""What people of the invented State did since its plan was begun."""

import json
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from nap_builder.commitments.queries import commitment_of, standing
from nap_builder.commitments.services import answering, asking
from nap_builder.demo.people import demo_person
from nap_builder.kernel.actor import Actor
from nap_builder.kernel.database import transaction
from nap_builder.meetings.models import Meeting
from nap_builder.meetings.queries import meetings_of, steps_of, today_of
from nap_builder.meetings.services import calendar, meetings, minutes
from nap_builder.plans.models.framework import Activity
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.plan import plan_or_none
from nap_builder.plans.queries.promised import value_of
from nap_builder.settings import PROJECT
from nap_builder.support import services as support
from nap_builder.taskforce.machinery import services as machinery
from nap_builder.taskforce.queries import institution_at

PROCESS = PROJECT / "seeds" / "demo" / "process.json"
SLUG = "nap-2"


def bring_process() -> None:
    """Meetings, calendar, commitments and a request for support, as people kept them; their days lie around today."""
    plan = plan_or_none(SLUG)
    if plan is None or meetings_of(plan):
        return
    told, by, today = json.loads(PROCESS.read_bytes()), demo_person("chair"), today_of(plan)
    with transaction():
        for one in told["meetings"]:
            _bring_meeting(by, plan, one, today)
        _bring_calendar(by, plan, told["calendar"], today)
        _bring_commitments(plan, told["commitments"], today)
        _bring_support(by, plan, told, today)


def _bring_commitments(plan: Plan, told: Mapping[str, Any], today: date) -> None:
    """Some ministries are asked; one accepted most of it and asks for a change, another answered by telephone."""
    secretary, codes = demo_person("secretariat"), told["asked"]
    lines = [line for line in standing(plan, secretary).lines if line.lead and line.lead.code in codes]
    asking.ask(secretary, plan, lines, _day(today, told))
    activities = {line.activity.code: line.activity for line in lines}
    for one in told["accepted"]:
        answering.accept(demo_person(one["by"]), activities[one["code"]], post=one["post"], **_shown(activities, one))
    change = told["change"]
    wanted = answering.Wanted(**change["wanted"])
    given = {"post": change["post"], **_shown(activities, change)}
    answering.ask_change(demo_person(change["by"]), activities[change["code"]], wanted, **given)
    for one in told["by_telephone"]:
        came = answering.CameBy("call", today, one["who"], one["post"])
        answering.enter(secretary, activities[one["code"]], came, None, **_shown(activities, one))


def _shown(activities: Mapping[str, Activity], one: Mapping[str, Any]) -> dict[str, Any]:
    """What a page would show of an activity now."""
    activity = activities[one["code"]]
    commitment = commitment_of(activity)
    return {"shown": value_of(activity), "seen": commitment.row_version if commitment else None}


def _bring_support(by: Actor, plan: Plan, told: Mapping[str, Any], today: date) -> None:
    machinery.add(by, plan.id, plan.slug, "champion", told["champion"])
    for post in told["posts"]:
        machinery.add(by, plan.id, plan.slug, "post", post)
    for one in told["support"]:
        facts = {name: one[name] for name in ("title", "need", "change", "addressee")}
        owner, amount = institution_at(one["owner"]).id, Decimal(one["amount"])
        support.add(by, plan, support.RequestFacts(owner_id=owner, amount=amount, **facts), today)


def _bring_meeting(by: Actor, plan: Plan, told: Mapping[str, Any], today: date) -> None:
    names = ("number", "title", "begins", "until", "place", "link")
    facts = meetings.MeetingFacts(day=_day(today, told), **{name: told[name] for name in names if name in told})
    meeting = meetings.call_meeting(by, plan, facts)
    for item in told["agenda"]:
        meetings.add_item(by, meeting, item["title"], item.get("note"))
    if "minutes" in told:
        _bring_minutes(by, meeting, told, today)


def _bring_minutes(by: Actor, meeting: Meeting, told: Mapping[str, Any], today: date) -> None:
    there = {institution_at(code).id: (state, post) for code, (state, post) in told["attendance"].items()}
    minutes.record_attendance(by, meeting, there, seen=meeting.row_version)
    minutes.write_minutes(by, meeting, told["minutes"], seen=meeting.minutes_version)
    for one in told["decisions"]:
        owner = institution_at(one["owner"]).id
        decision = minutes.add_decision(by, meeting, minutes.DecisionFacts(one["text"], owner, _day(today, one)))
        if one["done"]:
            minutes.finish(by, decision, seen=decision.row_version)
    if "approved" in told:
        minutes.approve(by, meeting, today + timedelta(days=told["approved"]), seen=meeting.row_version)


def _bring_calendar(by: Actor, plan: Plan, told: Mapping[str, Any], today: date) -> None:
    calendar.make_calendar(by, plan, _day(today, told), told["pace"])
    for step in steps_of(plan):
        if step.kind in told["done"]:
            calendar.mark(by, step, "done", seen=step.row_version, on=step.due)
    for own in told["own"]:
        calendar.add_step(by, plan, own["title"], own["phase"], _day(today, own))


def _day(today: date, told: Mapping[str, Any]) -> date:
    return today + timedelta(days=told["days"])
