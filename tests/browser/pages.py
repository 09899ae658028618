"""The pages that a browser is shown, by who opens them; `{...}` is filled from the demonstration plan."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from nap_builder.accounts.queries import person_called
from nap_builder.kernel.database import db
from nap_builder.meetings.models import Meeting, Step
from nap_builder.monitoring.models import ProgressUpdate
from nap_builder.monitoring.queries.periods import open_periods, period_before
from nap_builder.parliament.models import HouseEntry
from nap_builder.plans.models.framework import Activity, Objective, Pillar
from nap_builder.plans.models.measures import BudgetLine, Indicator, Milestone
from nap_builder.plans.queries.plan import plan_at
from nap_builder.taskforce.models import Institution

PUBLIC = (
    "consultation/responses",
    "",
    "sign-in",
    "reset",
    "help",
    "help/access",
    "help/guidance",
    "help/indicators",
    "help/indicators?q=nothing+of+this",
    "help/mandates",
    "help/terms",
    "help/background",
    "help/comment-safely",
    "consultation",
    "receipt",
    "verify",
    "parliament",
    "data",
    "leave",
    "plan/nap-1",
    "plan/nap-1?part=pillar-1",
    "plan/nap-2",
    "plan/nap-2?part=section-foreword",
    "plan/nap-2?part=pillar-1",
    "plan/nap-2/v/1",
    "plan/nap-2/activity/1.1.1",
    "progress",
    "progress/timeline",
    "progress/objectives",
    "reports",
)
SECRETARIAT = (
    *(
        "w/nap-2/heard",
        "w/nap-2/heard/stages",
        "w/nap-2/heard/stages/draft",
        "w/nap-2/heard/chapter",
        "w/nap-2/heard/paper",
    ),
    "home",
    "profile",
    "profile/password",
    "profile/calendar",
    "profile/second-factor",
    "people",
    "people/invite",
    "people/{person}",
    "audit",
    "plans",
    "plans/new",
    "plans/new/four-pillars",
    "plans/new/empty",
    "w/nap-2/consultation",
    "w/nap-2/consultation/add",
    "w/nap-2/contributions",
    "w/nap-2/organisations",
    "w/nap-2/organisations/add",
    "w/nap-2/consultation/comments",
    "w/nap-2/contributions/answers",
    "w/nap-2/contributions/groups",
    "w/nap-2/first-steps",
    "w/nap-2/template",
    "w/nap-2/indicators/standard?under=objective:{objective}",
    "w/nap-2/row/objective/{objective}/mandates",
    "plans/import",
    "institutions",
    "institutions/new",
    "institutions/MFA/edit",
    "w/nap-2",
    "w/nap-2?phase=draft",
    "w/nap-2/tasks",
    "w/nap-2/tasks/matrix",
    "w/nap-2/settings",
    "w/nap-2/settings/mechanism",
    "w/nap-2/periods",
    "w/nap-2/periods/make",
    "w/nap-2/periods/add",
    "w/nap-2/task-force",
    "w/nap-2/task-force/edit",
    "w/nap-2/task-force/champion/add",
    "w/nap-2/task-force/post/add",
    "w/nap-2/task-force/budget/add",
    "w/nap-2/support",
    "w/nap-2/support/add",
    "w/nap-2/support/brief",
    "w/nap-1/parliament",
    "w/nap-1/parliament/{house_entry}",
    "w/nap-1/parliament/{house_entry}/edit",
    "w/nap-1/parliament/add/question",
    "w/nap-2/meetings",
    "w/nap-2/meetings/new",
    "w/nap-2/meeting/{meeting}",
    "w/nap-2/meeting/{draft_meeting}",
    "w/nap-2/meeting/{draft_meeting}/edit",
    "w/nap-2/meeting/{draft_meeting}/agenda",
    "w/nap-2/meeting/{draft_meeting}/attendance",
    "w/nap-2/meeting/{draft_meeting}/minutes",
    "w/nap-2/meeting/{draft_meeting}/approve",
    "w/nap-2/meeting/{draft_meeting}/decision",
    "w/nap-2/meeting/{draft_meeting}/cancel",
    "w/nap-2/calendar",
    "w/nap-2/calendar/make?start=2027-01-31&pace=usual",
    "w/nap-2/calendar/add",
    "w/nap-2/calendar/step/{step}?due=2030-01-31&shift=y",
    "w/nap-2/ministry/MOD",
    "w/nap-2/sections",
    "w/nap-2/sections/new",
    "w/nap-2/sections/foreword/archive",
    "w/nap-2/section/foreword",
    "w/nap-2/section/foreword?edit=fw-1",
    "w/nap-2/section/foreword/p/fw-1/history",
    "w/nap-2/section/vision",
    "w/nap-2/section/vision/photographs/new",
    "plan/nap-2?part=section-vision",
    "w/nap-2/section/foreword/p/fw-1/split",
    "w/nap-2/matrix",
    "w/nap-2/matrix?q=nothing+of+this",
    "w/nap-2/matrix?edit={activity}",
    "w/nap-2/commitments",
    "w/nap-2/commitments?institution=MOD",
    "w/nap-2/commitments/ask",
    "w/nap-2/commitments/ask?institution=MOD",
    "w/nap-2/commitments/{activity}",
    "w/nap-2/commitments/{activity}/enter",
    "my",
    "w/nap-2/matrix?tick=all",
    "w/nap-2/bulk/dates",
    "w/nap-2/bulk/lead?row={activity}",
    "w/nap-2/bulk/lead?row={activity}&lead=MOD",
    "w/nap-2/framework",
    "w/nap-2/unled",
    "w/nap-2/row/pillar/{pillar}",
    "w/nap-2/row/objective/{objective}",
    "w/nap-2/move/activity/{activity}",
    "w/nap-2/archive/objective/{objective}",
    "w/nap-2/add/activity",
    "w/nap-2/activity/{activity}",
    "w/nap-2/activity/{activity}/edit",
    "w/nap-2/activity/{activity}/money",
    "w/nap-2/matrix?pillar=&cost=gap",
    "w/nap-2/costs",
    "w/nap-2/rates/new",
    "w/nap-2/rates/EUR",
    "unit-costs",
    "unit-costs/new",
    "w/nap-2/indicators",
    "w/nap-2/indicator/{indicator}",
    "w/nap-2/indicator/{indicator}/edit",
    "w/nap-2/indicator/{indicator}/target/0",
    "w/nap-2/milestones",
    "w/nap-2/milestones/progress",
    "w/nap-2/data-quality",
    "w/nap-2/milestone/{milestone}",
    "w/nap-2/import",
    "w/nap-2/export",
    "w/nap-2/papers",
    "w/nap-2/papers/minutes",
    "w/nap-2/papers/cabinet-memorandum?language=fr",
    "w/nap-2/papers/commitment-letter?language=ar&institution=MOD",
    "w/nap-2/versions",
    "w/nap-1/versions/2/editions",
    "w/nap-2/settings/reports",
    "w/nap-2/ready",
    "w/nap-2/ready/A1",
    "w/nap-2/ready/C3",
    "w/nap-2/ready/D2",
    "w/nap-2/overlap",
    "w/nap-2/adoption",
    "w/nap-2/draft.pdf",
    "w/nap-2/monitoring",
    "w/nap-2/timeline",
    "w/nap-2/timeline?status=late&theme=-",
    "w/nap-2/scoreboard",
    "w/nap-2/progress-by/themes",
    "w/nap-2/progress-by/mandates",
    "w/nap-2/progress-by/areas",
    "w/nap-2/progress-by/pillars",
    "w/nap-2/figures",
    "w/nap-2/figures?status=no_data&level=objective",
    "w/nap-2/figures/1.1.a",
    "w/nap-2/funders",
    "w/nap-2/funders/{funder}",
    "w/nap-2/reports",
)
# The first plan of the demonstration is the one that is carried out.
SECRETARIAT += tuple(
    f"w/nap-1{page}"
    for page in (
        "",
        "/tasks",
        "/adoption",
        "/periods",
        "/cycle/{ends}",
        "/cycle/{before}",
        "/update/{corrected}",
        "/update/{returned}",
        "/milestones/progress",
        "/data-quality",
        "/monitoring",
        "/monitoring?period={before}",
        "/timeline",
        "/scoreboard",
        "/progress-by/themes",
        "/figures",
        "/figures/1.2.a",
        "/figures/3.1.a",
        "/figures/4.1.2.a",
        "/funders",
    )
)
OFFICIAL = ("my", "w/nap-1/cycle/{ends}/activity/{due}")
CHAIR = (
    "settings",
    "settings/identity",
    "w/nap-2/status-rule",
    "settings/readiness",
    "settings/readiness/D1",
    "w/nap-2/next",
    "w/nap-2/adoption/propose",
    "w/nap-1/adoption/to/review",
    "w/nap-2/ready/B5",
    "w/nap-2/gate/cabinet",
    "people/{person}/hand-over",
    "people/{person}/hand-over?to=new",
)


def addresses() -> Iterator[tuple[str | None, str]]:
    """Each page with who opens it."""
    for who, pages in (
        (None, PUBLIC),
        ("secretariat", SECRETARIAT),
        ("defence.officer", OFFICIAL),
        ("chair", CHAIR),
    ):
        for page in pages:
            yield who, page


def places() -> dict[str, str]:
    """What fills the addresses: one row of each kind of the demonstration plan. Needs an application context."""
    rows: dict[str, Any] = {"pillar": Pillar, "objective": Objective, "activity": Activity}
    rows |= {"indicator": Indicator, "milestone": Milestone}
    plan = plan_at("nap-2")
    queries = {name: select(model.key).where(model.plan_id == plan.id) for name, model in rows.items()}
    keys = {name: str(db.session.scalars(query.order_by(rows[name].id)).first()) for name, query in queries.items()}
    person = person_called("defence@demo.example")
    assert person
    first, second = db.session.scalars(select(Meeting.key).order_by(Meeting.number).limit(2))
    step = db.session.scalars(select(Step.key).where(Step.kind == "first_draft")).one()
    funder = db.session.scalars(select(Institution.code).join(BudgetLine).order_by(BudgetLine.id)).first()
    found = {**keys, "funder": funder, "person": person.key, "meeting": first, "draft_meeting": second, "step": step}
    found |= _reported()
    entry = select(HouseEntry.key).where(HouseEntry.kind == "undertaking").order_by(HouseEntry.number.desc())
    found["house_entry"] = str(db.session.scalars(entry).first())
    db.session.remove()
    return found


def _reported() -> dict[str, str]:
    """The period of the first plan that is open, the one before, and updates: one due, one returned, one corrected."""
    plan = plan_at("nap-1")
    now = open_periods(plan)[0]
    before = period_before(now)
    assert before
    due = select(Activity.key).where(Activity.plan_id == plan.id, Activity.code == "1.2.1")
    returned = select(ProgressUpdate.key).where(ProgressUpdate.state == "returned")
    corrected = select(ProgressUpdate.key).where(ProgressUpdate.corrects_id.is_not(None))
    keys = {"due": due, "returned": returned, "corrected": corrected}
    days = {"ends": now.ends.isoformat(), "before": before.ends.isoformat()}
    return days | {name: str(db.session.scalars(query).first()) for name, query in keys.items()}
