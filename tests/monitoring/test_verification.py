"""Judging reports: never one's own, never one's own institution's, and what is verified stays."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from nap_builder.accounts.queries import actor_of
from nap_builder.kernel.actor import Role
from nap_builder.kernel.database import db as database
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import BadInput, NotAllowed, WrongState
from nap_builder.monitoring.models import APPROVED, COUNTED, RETURNED, SUBMITTED, VERIFIED, ProgressUpdate
from nap_builder.monitoring.queries.record import record_of
from nap_builder.monitoring.queries.written import chain_of, waiting_for
from nap_builder.monitoring.services import corrections, verification
from nap_builder.plans.models.measures import Milestone
from tests.builders.framework import a_figure, an_activity, an_indicator
from tests.builders.monitoring import a_period, an_update, in_execution
from tests.builders.world import a_person

HOME = "/en/w/nap-2/update/"


@pytest.fixture
def reported(world):
    """What the Ministry of Defence, and that of the Interior, report on the first year; the women's ministry chairs."""
    with transaction():
        in_execution(world.plan)
        world.period = a_period(world.plan)
        world.indicator = an_indicator(world.activities[0], code="1.a", title="Women officers", counts="people")
        a_figure(world.indicator, value="100", year=2026)
        figures = {world.indicator.key: {"value": "180", "source": {"en": "Staff list of 2019"}}}
        writer = world.people["official"]
        by = {"author_id": writer.id, "author": writer.name}
        world.defence = an_update(
            world.period, world.activities[0], status="on_track", said={"en": "Recruited 80"}, figures=figures, **by
        )
        world.inner = an_update(world.period, world.activities[1], status="late")
    return world


def pressed(client, update, act, *, expect, **given):
    """Sends a form that the page does not offer, as somebody would by hand."""
    token = client.get("/en/profile").all("//input[@name='csrf_token']")[0].get("value")
    data = {"csrf_token": token, "once": "once-and-again", "seen": str(update.row_version), **given}
    return client.post(f"{HOME}{update.key}/{act}", data=data, expect=expect)


def actor_named(world, name):
    return actor_of(world.people[name])


@pytest.mark.parametrize("who", [Role.SECRETARIAT, Role.CHAIR, Role.AUDITOR])
def test_a_report_is_verified_by_somebody_else(as_role, reported, who):
    page = as_role(who).get(HOME + reported.defence.key)
    answer = page.submit("verify")
    assert "is verified" in answer.follow().words
    assert reported.defence.state == VERIFIED
    assert reported.defence.verifier_id == reported.people[who].id
    (value,) = record_of(reported.plan).of(reported.indicator)
    assert value.quality == "verified"


@pytest.mark.parametrize("who", ["official", "focal_point", "interior"])
def test_no_ministry_verifies_what_the_chair_did_not_report(as_role, reported, who):
    client = as_role(who)
    page = client.get(HOME + reported.defence.key)
    assert not page.all("//form[@id='verify']")
    pressed(client, reported.defence, "verify", expect=403)
    assert reported.defence.state == SUBMITTED


def test_nobody_verifies_what_they_wrote(as_role, reported):
    with transaction():
        reported.defence.author_id = reported.people["secretariat"].id
    client = as_role("secretariat")
    assert not client.get(HOME + reported.defence.key).all("//form[@id='verify']")
    pressed(client, reported.defence, "verify", expect=403)
    with pytest.raises(NotAllowed), transaction():
        ACTS["verify"](actor_named(reported, "secretariat"), reported.defence)


def test_a_secretary_who_also_speaks_for_the_ministry_does_not_verify_it(as_role, reported):
    with transaction():
        both = a_person(role=Role.SECRETARIAT, institution=reported.institutions["DEF"], email="both@test.example")
    with pytest.raises(NotAllowed), transaction():
        verification.verify(actor_of(both), reported.defence, seen=reported.defence.row_version)


@pytest.mark.parametrize(
    ("who", "may"), [("secretariat", False), ("chair", False), ("auditor", True), ("interior", True)]
)
def test_what_the_chairing_ministry_reports_is_verified_from_outside(reported, who, may):
    with transaction():
        reported.defence.institution_id = chairing_institution(reported).id
    act = {"seen": reported.defence.row_version}
    if may:
        with transaction():
            verification.verify(actor_named(reported, who), reported.defence, **act)
    else:
        with pytest.raises(NotAllowed), transaction():
            verification.verify(actor_named(reported, who), reported.defence, **act)
    assert (reported.defence.state == VERIFIED) is may


def chairing_institution(world):
    """The ministry that chairs the task force of the small State."""
    return world.institutions["WOMEN"]


def test_what_was_reported_stands_beside_what_was_said_before(as_role, reported):
    with transaction():
        earlier = a_period(reported.plan, "2026-12-31", state="closed")
        old = {reported.indicator.key: {"value": "100"}}
        an_update(earlier, reported.activities[0], status="late", said={"en": "Nothing yet"}, figures=old)
    page = as_role("secretariat").get(HOME + reported.defence.key)
    for words in ("Nothing yet", "Recruited 80", "100", "180", "Late", "On track", "1.a"):
        assert words in page.words
    assert "went from 100 to 180" in page.words
    assert "People are counted, but not women and men apart" in page.words
    assert "The source is of 2019" in page.words


def test_verifying_opens_what_waits_next(as_role, reported):
    page = as_role("secretariat").get(HOME + reported.defence.key)
    assert "1 other report" in page.words
    after = page.submit("verify", press="then=next")
    assert after.location.endswith(reported.inner.key)
    last = after.follow().submit("verify")
    assert last.location.endswith(reported.inner.key)
    assert "No other report" not in last.follow().words


def test_the_queue_ends_with_a_word(as_role, reported):
    client = as_role("secretariat")
    client.get(HOME + reported.inner.key).submit("verify")
    page = client.get(HOME + reported.defence.key)
    address, values = page.filled("verify")
    done = client.post(address, data={**values, "then": ["next"]})
    assert "Nothing else of this period waits for you" in done.follow().words


def test_what_is_returned_needs_a_reason_and_no_longer_counts(as_role, reported):
    client = as_role("auditor")
    page = client.get(HOME + reported.defence.key)
    refused = page.submit("return", expect=422, reason="  ")
    assert "Say why it goes back" in refused.words
    assert reported.defence.state == SUBMITTED
    back = refused.submit("return", reason="The list is of 2019.")
    assert "The list is of 2019." in back.follow().words
    assert reported.defence.state == RETURNED
    assert record_of(reported.plan).of(reported.indicator) == ()
    assert record_of(reported.plan).status(reported.activities[0]) is None


def test_a_reason_of_odd_signs_or_of_great_length_is_refused(as_role, reported):
    page = as_role("auditor").get(HOME + reported.defence.key)
    assert "too long" in page.submit("return", expect=422, reason="x" * 2_001).words
    assert "cannot be printed" in page.submit("return", expect=422, reason="a\x01b").words


def test_a_report_that_changed_is_read_again_first(as_role, reported):
    page = as_role("secretariat").get(HOME + reported.defence.key)
    with transaction():
        reported.defence.said = {"en": "Recruited 90"}
    again = page.submit("verify", expect=409)
    assert "Read it again" in again.words
    assert "Recruited 90" in again.words
    assert reported.defence.state == SUBMITTED
    again.submit("verify")
    assert reported.defence.state == VERIFIED


def test_what_was_typed_is_kept_where_the_report_changed(as_role, reported):
    page = as_role("secretariat").get(HOME + reported.defence.key)
    with transaction():
        reported.defence.said = {"en": "Recruited 90"}
    again = page.submit("return", expect=409, reason="The sum is wrong.")
    assert "The sum is wrong." in again.text
    again.submit("return")
    assert reported.defence.return_reason == "The sum is wrong."


def test_a_second_press_does_nothing_more(as_role, reported):
    client = as_role("secretariat")
    page = client.get(HOME + reported.defence.key)
    address, values = page.filled("verify")
    client.post(address, data=values)
    moment = reported.defence.verified_at
    client.post(address, data=values)
    assert reported.defence.verified_at == moment


ACTS = {
    "approve": lambda who, update: verification.approve(who, update, seen=update.row_version),
    "verify": lambda who, update: verification.verify(who, update, seen=update.row_version),
    "return": lambda who, update: verification.send_back(who, update, "Because", seen=update.row_version),
}


@pytest.mark.parametrize("act", ["verify", "return"])
def test_what_is_verified_refuses_everything(as_role, reported, act):
    with transaction():
        verification.verify(actor_named(reported, "auditor"), reported.defence, seen=reported.defence.row_version)
    with pytest.raises(WrongState), transaction():
        ACTS[act](actor_named(reported, "secretariat"), reported.defence)
    client = as_role("secretariat")
    page = pressed(client, reported.defence, act, expect=409, reason="Because")
    assert "stays as it is" in page.words
    assert reported.defence.state == VERIFIED


def test_the_database_itself_keeps_what_is_verified(db, reported):
    key = reported.defence.key
    with transaction():
        verification.verify(actor_named(reported, "auditor"), reported.defence, seen=reported.defence.row_version)
    with pytest.raises(DBAPIError), transaction():
        db.session.execute(text("update progress_update set status = 'late' where key = :key"), {"key": key})
    with pytest.raises(DBAPIError), transaction():
        db.session.execute(text("update indicator_value set value = '9' where quality = 'verified'"))


def test_the_database_itself_keeps_verifier_and_writer_apart(db, reported):
    with pytest.raises(DBAPIError), transaction():
        db.session.execute(
            text("update progress_update set verifier_id = author_id where key = :key"), {"key": reported.defence.key}
        )


def test_an_institution_that_approves_its_reports_does_so_first(as_role, reported):
    with transaction():
        reported.institutions["DEF"].approves_reports = True
    page = as_role("secretariat").get(HOME + reported.defence.key)
    assert "has not approved this yet" in page.words
    assert not page.all("//form[@id='verify']")
    with pytest.raises(WrongState), transaction():
        ACTS["verify"](actor_named(reported, "secretariat"), reported.defence)
    assert "Approve" not in as_role("official").get(HOME + reported.defence.key).words
    as_role("focal_point").get(HOME + reported.defence.key).submit("/approve")
    assert reported.defence.state == APPROVED
    assert reported.defence.approver_id == reported.people["focal_point"].id
    with pytest.raises(WrongState, match="approved already"), transaction():
        ACTS["approve"](actor_named(reported, "focal_point"), reported.defence)
    as_role("secretariat").get(HOME + reported.defence.key).submit("verify")
    assert reported.defence.state == VERIFIED


def test_a_focal_point_does_not_approve_what_they_wrote(as_role, reported):
    with transaction():
        reported.institutions["DEF"].approves_reports = True
        reported.defence.author_id = reported.people["focal_point"].id
    client = as_role("focal_point")
    pressed(client, reported.defence, "approve", expect=403)
    assert reported.defence.state == SUBMITTED


def test_nobody_approves_where_the_institution_does_not_ask_for_it(as_role, reported):
    client = as_role("focal_point")
    pressed(client, reported.defence, "approve", expect=403)


def test_who_approved_a_report_does_not_verify_it(reported):
    with transaction():
        reported.defence.approver_id = reported.people["auditor"].id
    with pytest.raises(NotAllowed), transaction():
        ACTS["verify"](actor_named(reported, "auditor"), reported.defence)


@pytest.mark.parametrize(("note", "may"), [(None, False), ("Letter 12 of 3 May", True)])
def test_what_was_entered_needs_its_document_or_a_confirmation(as_role, reported, note, may):
    with transaction():
        reported.defence.source, reported.defence.source_note = "letter", note
    page = as_role("auditor").get(HOME + reported.defence.key)
    assert "has not confirmed it" in page.words
    assert bool(page.all("//form[@id='verify']")) is may


def test_a_draft_is_for_its_institution_and_who_enters_reports(as_role, reported):
    with transaction():
        reported.defence.state = "draft"
    for who, status in (("official", 200), ("secretariat", 200), ("interior", 404), ("auditor", 404)):
        as_role(who).get(HOME + reported.defence.key, expect=status)


def test_what_is_restricted_is_not_there_for_others(as_role, reported):
    with transaction():
        reported.activities[0].restricted = True
    for who, status in (("official", 200), ("secretariat", 200), ("interior", 404), ("auditor", 404)):
        as_role(who).get(HOME + reported.defence.key, expect=status)
    for act in ("verify", "return"):
        pressed(as_role("auditor"), reported.defence, act, expect=404, reason="Because")
    assert reported.defence not in waiting_for(actor_named(reported, "auditor"), reported.plan, reported.period)


def test_an_update_of_another_plan_or_of_none_is_not_there(as_role, reported):
    as_role("secretariat").get("/en/w/other/update/" + reported.defence.key, expect=404)
    as_role("secretariat").get(HOME + "nothing", expect=404)


def test_what_a_correction_replaced_waits_for_nobody(reported):
    with transaction():
        one = reported.defence
        an_update(one.period, one.activity, status="late", corrects_id=one.id)
    waiting = waiting_for(actor_named(reported, "auditor"), reported.plan)
    assert reported.defence.id not in {update.id for update in waiting}
    assert reported.defence.id in {update.corrects_id for update in waiting}


def test_the_queue_asks_no_more_where_more_waits(db, queries, reported):
    auditor = actor_named(reported, "auditor")
    with queries() as few:
        assert len(waiting_for(auditor, reported.plan, reported.period)) == 2
    with transaction():
        for place in range(6):
            activity = an_activity(reported.objective, code=f"1.1.{place + 5}", lead_id=reported.institutions["INT"].id)
            an_update(reported.period, an_indicator(activity, code=f"9.{place}"))
    db.session.refresh(reported.period)
    with queries() as many:
        assert len(waiting_for(auditor, reported.plan, reported.period)) == 8
    assert len(many) <= len(few) + 1


def test_nothing_is_judged_without_the_version_that_was_read(as_role, reported):
    client = as_role("secretariat")
    pressed(client, reported.defence, "verify", expect=400, seen="")
    assert reported.defence.state in COUNTED


def test_a_return_needs_a_reason_in_the_service_too(reported):
    with pytest.raises(BadInput), transaction():
        verification.send_back(
            actor_named(reported, "auditor"), reported.defence, " ", seen=reported.defence.row_version
        )


def test_what_a_correction_replaced_is_judged_no_more(reported):
    with transaction():
        reported.period.state = "closed"
        draft = corrections.correct(actor_named(reported, "official"), reported.defence, "A wrong list")
        draft.state, draft.submitted_at = SUBMITTED, reported.defence.submitted_at
    assert chain_of(reported.defence).replaced
    with pytest.raises(WrongState, match="in its place"), transaction():
        ACTS["verify"](actor_named(reported, "auditor"), reported.defence)
    assert isinstance(draft, ProgressUpdate)


def test_what_a_report_is_about_is_not_named_again_in_each_doubt(as_role, reported):
    body = reported.institutions["DEF"].id
    with transaction():
        facts = {"position": 8, "title": {"en": "Final evaluation"}, "due": "2027-06", "responsible_id": body}
        step = Milestone(plan_id=reported.plan.id, code="m-2", **facts)
        database.session.add(step)
        database.session.flush()
        told = {step.key: {"state": "completed", "met_on": "2027-06-30"}}
        alone = an_update(reported.period, step, institution_id=body, milestones=told)
    page = as_role("auditor").get(HOME + alone.key)
    [doubt] = page.all("//section[@aria-labelledby='doubts']//li | //*[@id='doubts']/..//li")
    assert doubt.text_content().strip() == "It is said to be completed, and no evidence shows it."


def test_leaving_one_report_after_the_other_comes_to_each(as_role, reported):
    with transaction():
        lead = reported.institutions["DEF"].id
        third = an_activity(reported.objective, code="1.1.3", lead_id=lead)
        an_update(reported.period, third, status="on_track")
    browser, seen = as_role("auditor"), []
    address = HOME + reported.defence.key
    for _time in range(3):
        page = browser.get(address)
        seen.append(address)
        [address] = page.all("//a[contains(., 'Leave it and open the next')]/@href")
    assert len(set(seen)) == 3
    assert address == seen[0]
