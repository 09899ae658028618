"""The parts of reporting joined: links that lead on, and reporting that goes on while an amendment is written."""

import pytest
from sqlalchemy import select

from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db, transaction
from nap_builder.kernel.languages import force_locale, yearly
from nap_builder.monitoring.models import DRAFT, OPEN, PLANNED, ProgressUpdate
from nap_builder.monitoring.queries.due import Asked
from nap_builder.monitoring.queries.evidence import evidence_of
from nap_builder.plans.models.measures import Milestone
from nap_builder.plans.models.plan import DRAFTING
from nap_builder.plans.services.versions import freeze
from tests.builders.framework import an_activity, an_indicator
from tests.builders.monitoring import a_period, an_update, in_execution
from tests.builders.plans import an_actor

CYCLE = "/en/w/nap-2/cycle/2027-12-31"


@pytest.fixture
def running(world):
    """A plan that is carried out, with an open period and a milestone of the Ministry of Defence."""
    with transaction():
        in_execution(world.plan)
        world.period = a_period(world.plan)
        place = {"plan_id": world.plan.id, "activity_id": world.activities[0].id}
        world.step = Milestone(**place, code="M1", position=0, title={"en": "First course"}, due="2027-06")
        db.session.add(world.step)
        world.before = a_period(world.plan, "2026-12-31", state="closed", closed_at=now())
    return world


def address(running):
    return f"{CYCLE}/activity/{running.activities[0].key}"


def test_milestones_lead_to_the_form_for_those_who_may_report(as_role, running):
    here, report = "/en/w/nap-2/milestones/progress", "//td//a[starts-with(normalize-space(), 'Report')]/@href"
    assert as_role("official").get(here).all(report) == [address(running)]
    assert as_role("secretariat").get(here).all(report) == [address(running) + "/enter"]
    assert as_role("auditor").get(here).all(report) == []


@pytest.mark.parametrize(("said", "offered"), [(None, True), ("in_progress", False)])
def test_a_milestone_is_offered_what_may_follow_what_was_said(as_role, running, said, offered):
    if said:
        with transaction():
            told = {running.step.key: {"state": said}}
            an_update(running.before, running.activities[0], status="on_track", milestones=told)
    page = as_role("official").get(address(running))
    choices = page.all(f"//select[@name='milestone-{running.step.key}-state']/option/@value")

    assert ("planned" in choices) is offered
    assert "verified" not in choices


def test_who_enters_reports_is_led_from_the_cycle_to_their_form(as_role, running):
    assert address(running) + "/enter" in as_role("secretariat").get(CYCLE).text
    assert address(running) + "/enter" not in as_role("official").get(CYCLE).text


def test_the_draft_of_others_has_no_link_that_is_refused(as_role, running):
    with transaction():
        draft = an_update(running.period, running.activities[0], state=DRAFT)
    assert draft.key not in as_role("auditor").get(CYCLE).text
    as_role("auditor").get(f"/en/w/nap-2/update/{draft.key}", expect=404)
    assert evidence_of([draft]) == []


@pytest.mark.parametrize("door", ["approve", "verify", "return", "correct"])
def test_no_door_of_an_update_opens_on_a_restricted_row(as_role, running, door):
    with transaction():
        update = an_update(running.period, running.activities[0], status="on_track")
        db.session.merge(running.activities[0]).restricted = True
    client = as_role("interior")
    token = client.get("/en/profile").all("//input[@name='csrf_token']")[0].get("value")
    data = {"csrf_token": token, "once": "once-and-again", "seen": str(update.row_version)}

    client.post(f"/en/w/nap-2/update/{update.key}/{door}", data=data, expect=404)


def test_the_dashboard_leads_on(as_role, running):
    page = as_role("chair").get("/en/w/nap-2/monitoring")
    for place in ("data-quality", "periods", "status-rule", "milestones/progress", "cycle/2027-12-31"):
        assert page.all(f"//main//a[contains(@href, '/w/nap-2/{place}')]"), place


def test_the_fiscal_year_begins_on_a_day_in_words(app, as_role, running):
    assert "1 January" in as_role("auditor").get("/en/w/nap-2/periods").words
    with app.test_request_context("/"), force_locale("fr"):
        assert yearly("07-01") == "1 juillet"


def test_someone_of_the_secretariat_is_named_to_who_needs_a_hand(as_role, running):
    with transaction():
        db.session.merge(running.people["secretariat"]).password = "known"
    assert f"In the secretariat: {running.people['secretariat'].name}" in as_role("official").get("/en/my").words


@pytest.fixture
def amended(running):
    """The same plan while an amendment is written, which adds an activity, an indicator and a milestone."""
    with transaction():
        plan = db.session.merge(running.plan)
        plan.state = DRAFTING
        plan.adopted_number = freeze(an_actor(), plan).number
        activity = running.activities[0]
        running.added = an_activity(
            activity.objective, code="1.1.9", title="Added by the amendment", lead_id=activity.lead_id
        )
        running.figure = an_indicator(activity, code="X1", title="Added figure")
    return running


def test_a_period_is_opened_while_an_amendment_is_written(as_role, amended):
    with transaction():
        planned = a_period(amended.plan, "2025-12-31", state=PLANNED)
    as_role("chair").get("/en/w/nap-2/cycle/2025-12-31/open").submit("open")

    assert planned.state == OPEN


def test_nobody_reports_on_what_an_amendment_adds(as_role, amended):
    due = Asked(amended.period, an_actor()).all
    assert amended.activities[0].key in {one.row.key for one in due}
    assert amended.added.key not in {one.row.key for one in due}
    assert amended.figure.key not in {row.key for one in due for row in one.indicators}


def test_institutions_go_on_reporting_while_an_amendment_is_written(as_role, amended):
    page = as_role("official").get(address(amended))
    assert "Added figure" not in page.words
    page.submit("update", press="act=send", status="on_track")

    assert db.session.scalars(select(ProgressUpdate).where(ProgressUpdate.period_id == amended.period.id)).one().counts
