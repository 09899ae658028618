"""A meeting from the call to the decisions that are done, as those who keep it and those who read it meet it."""

from datetime import date

import pytest

from nap_builder.kernel.actor import INSTALLATION as NOBODY
from nap_builder.kernel.database import db as database
from nap_builder.kernel.database import transaction
from nap_builder.meetings import queries
from nap_builder.meetings.models import AgendaItem, Attendance, Decision, Meeting
from nap_builder.meetings.services import meetings as services
from tests.builders.meetings import a_decision, a_meeting, approved
from tests.builders.plans import a_plan

LIST = "/en/w/nap-2/meetings"
TYPED = {"title-en": "Costs", "day": "2026-03-10", "begins": "09:30", "until": "11:00", "place-en": "Room 2"}


@pytest.fixture
def meeting(world):
    with transaction():
        return a_meeting(world.plan)


def at(meeting, *more):
    return "/".join([f"/en/w/nap-2/meeting/{meeting.key}", *more])


def test_a_meeting_is_called(world, as_role):
    page = as_role("secretariat").get(LIST + "/new")
    shown = page.submit("meeting-form", **TYPED, link="https://meet.example/a").follow().words
    assert "Meeting 1: Costs" in shown
    assert "09:30–11:00" in shown
    assert "https://meet.example/a" in shown


def test_numbers_go_on(meeting, as_role):
    form = as_role("chair").get(LIST + "/new").form("meeting-form")
    assert form.fields["number"] == "2"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("number", "0"),
        ("number", ""),
        ("number", "1"),
        ("number", "99999999999"),
        ("day", ""),
        ("day", "2026-02-30"),
        ("day", "0026-03-10"),
        ("begins", ""),
        ("begins", "25:00"),
        ("begins", "٠٩:٣٠"),
        ("until", "09:00"),
        ("link", "http://meet.example"),
        ("link", "javascript:alert(1)"),
        ("link", "https://"),
        ("title-en", ""),
        ("title-en", "w" * 400),
    ],
)
def test_what_cannot_be_a_meeting_is_refused(meeting, as_role, db, name, value):
    page = as_role("chair").get(LIST + "/new")
    typed = {**TYPED, "number": "2", name: value}
    answer = page.submit("meeting-form", expect=422, **typed)
    assert answer.all("//*[contains(@class, 'message')]")
    assert db.session.query(Meeting).count() == 1


def test_an_hour_that_the_clocks_skip_is_refused(world, as_role):
    with transaction():
        world.plan.timezone = "Europe/Berlin"
    page = as_role("chair").get(LIST + "/new")
    answer = page.submit("meeting-form", expect=422, **{**TYPED, "day": "2026-03-29", "begins": "02:30"})
    assert "no such hour" in answer.words


def test_two_who_change_a_meeting_see_both_texts(meeting, as_role):
    chair = as_role("chair")
    first, second = (chair.get(at(meeting, "edit")) for _ in range(2))
    first.submit("meeting-form", **{"place-en": "Room mine"})
    answer = second.submit("meeting-form", expect=409, **{"place-en": "Room yours"})
    assert "Room mine" in answer.text
    assert "Room yours" in answer.text


def test_who_writes_minutes_meets_nobody_who_records_the_rest(meeting, world, as_role):
    page = as_role("secretariat").get(at(meeting, "minutes"))
    with transaction():
        a_decision(meeting, world.institutions["DEF"])
    assert "All was said." in page.submit("minutes-form", **{"minutes-en": "All was said."}).follow().words


def test_two_who_write_minutes_see_both_texts(meeting, as_role):
    chair = as_role("chair")
    first, second = (chair.get(at(meeting, "minutes")) for _ in range(2))
    first.submit("minutes-form", **{"minutes-en": "Mine."})
    assert "Mine." in second.submit("minutes-form", expect=409, **{"minutes-en": "Yours."}).text


def test_minutes_are_shown_with_their_marks_and_without_html(meeting, as_role):
    typed = {"minutes-en": "**Costs**\n\n- one\n- two\n\n<script>alert(1)</script>"}
    page = as_role("chair").get(at(meeting, "minutes")).submit("minutes-form", **typed).follow()
    assert [item.text_content() for item in page.all("//div[@class='document']//li")] == ["one", "two"]
    assert not page.all("//div[@class='document']//script")


def test_the_agenda_is_arranged(meeting, as_role, db):
    chair = as_role("chair")
    page = chair.get(at(meeting, "agenda")).submit("item-form", **{"title-en": "Other business"}).follow()
    assert titles(db) == ["Who drafts what", "Other business"]
    first, second = queries.meeting_at("nap-2", meeting.key).agenda
    page = page.submit(f"agenda/{second.key}/step").follow()
    assert titles(db) == ["Other business", "Who drafts what"]
    page.submit(f"agenda/{first.key}/remove")
    assert titles(db) == ["Other business"]


def titles(db):
    db.session.rollback()
    return [item.title["en"] for item in db.session.query(AgendaItem).order_by(AgendaItem.position)]


def test_an_item_does_not_move_beyond_the_ends(meeting, as_role, db):
    with transaction():
        item = services.add_item(NOBODY, meeting, {"en": "Last"}, None)
    page = as_role("chair").get(at(meeting))
    page.submit(f"agenda/{item.key}/step")
    assert titles(db) == ["Last", "Who drafts what"]
    with transaction():
        item = queries.item_at("nap-2", item.key)
        services.step_item(NOBODY, item, -1, seen=item.row_version)
    assert titles(db) == ["Last", "Who drafts what"]


def test_attendance_is_recorded_for_the_whole_task_force_in_one_form(meeting, world, as_role, db):
    bodies = world.institutions
    page = as_role("secretariat").get(at(meeting, "attendance"))
    assert {f"state_{body.id}" for body in bodies.values()} <= set(page.form("attendance-form").fields)
    said = {f"state_{bodies['DEF'].id}": "present", f"post_{bodies['DEF'].id}": "Director of plans"}
    shown = page.submit("attendance-form", **said, **{f"state_{bodies['CSO'].id}": "apologies"}).follow().words
    assert "Director of plans" in shown
    assert {row.state for row in db.session.query(Attendance)} == {"present", "apologies"}


def test_attendance_of_a_stranger_or_of_no_known_kind_is_not_taken(meeting, world, as_role, db):
    page = as_role("secretariat").get(at(meeting, "attendance"))
    page.submit("attendance-form", expect=422, **{f"state_{world.institutions['DEF'].id}": "asleep"})
    page.submit("attendance-form", state_999999="present")
    assert db.session.query(Attendance).count() == 0


def test_two_who_record_attendance_are_told(meeting, world, as_role):
    name = f"post_{world.institutions['DEF'].id}"
    state = {f"state_{world.institutions['DEF'].id}": "present"}
    first, second = (as_role("chair").get(at(meeting, "attendance")) for _ in range(2))
    first.submit("attendance-form", **state, **{name: "My post"})
    answer = second.submit("attendance-form", expect=409, **state, **{name: "Your post"})
    assert "My post" in answer.text


def test_a_cancelled_meeting_stays_and_can_be_taken_back(meeting, as_role):
    chair = as_role("chair")
    page = chair.get(at(meeting, "cancel")).submit("cancel-form").follow()
    assert "This meeting is cancelled" in page.words
    assert "Cancelled" in chair.get(LIST).words
    assert "This meeting is cancelled" not in page.submit("reinstate").follow().words


def test_a_decision_names_its_owner_and_day(meeting, world, as_role):
    page = as_role("secretariat").get(at(meeting, "decision"))
    typed = {"text-en": "Send figures.", "owner_id": str(world.institutions["INT"].id), "due": "2026-04-01"}
    shown = page.submit("decision-form", **typed).follow().words
    assert "Send figures. Ministry of the Interior 1 April 2026" in shown


@pytest.mark.parametrize("lacking", ["text-en", "owner_id", "due"])
def test_a_decision_without_text_owner_or_day_is_refused(meeting, world, as_role, db, lacking):
    page = as_role("secretariat").get(at(meeting, "decision"))
    typed = {"text-en": "Send figures.", "owner_id": str(world.institutions["INT"].id), "due": "2026-04-01"}
    page.submit("decision-form", expect=422, **{**typed, lacking: ""})
    assert db.session.query(Decision).count() == 0


def test_an_institution_closes_its_own_decisions_and_no_other(meeting, world, as_role):
    with transaction():
        mine = a_decision(meeting, world.institutions["DEF"])
        theirs = a_decision(meeting, world.institutions["INT"], text="Theirs.")
    page = as_role("official").get(at(meeting))
    actions = [form.get("action") for form in page.all("//main//form")]
    assert [action for action in actions if mine.key in action]
    assert not [action for action in actions if theirs.key in action]
    page.submit("done")
    _address, values = page.filled("done", once="another form's key")
    page.client.post(f"/en/w/nap-2/decision/{theirs.key}/done", data=values, expect=403)
    assert [found.decision.key for found in queries.open_decisions(world.plan)] == [theirs.key]


def test_an_institution_does_not_write_its_own_decisions(meeting, world, as_role):
    with transaction():
        mine = a_decision(meeting, world.institutions["DEF"])
    as_role("focal_point").get(f"/en/w/nap-2/decision/{mine.key}", expect=403)


def test_a_decision_is_not_done_twice(meeting, world, as_role):
    with transaction():
        decision = a_decision(meeting, world.institutions["DEF"])
    first, second = (as_role("chair").get(at(meeting)) for _ in range(2))
    assert "Done" in first.submit(f"{decision.key}/done").follow().words
    second.submit(f"{decision.key}/done", expect=409)


def test_the_open_decisions_are_those_of_an_institution_by_day(meeting, world):
    bodies = world.institutions
    with transaction():
        late = a_decision(meeting, bodies["DEF"], due=date(2026, 4, 2))
        a_decision(meeting, bodies["INT"], due=date(2026, 4, 1))
        early = a_decision(meeting, bodies["DEF"], due=date(2026, 4, 1))
    assert [one.decision.id for one in queries.open_decisions(world.plan, {bodies["DEF"].id})] == [early.id, late.id]
    assert len(queries.open_decisions(world.plan)) == 3
    assert queries.open_decisions(world.plan, ()) == []


def test_minutes_that_wait_are_named_on_the_list(meeting, world, as_role):
    chair = as_role("chair")
    assert "Write the minutes of meeting 1" in chair.get(LIST).words
    chair.get(at(meeting, "minutes")).submit("minutes-form", **{"minutes-en": "Said."})
    assert "Approve the minutes of meeting 1" in chair.get(LIST).words
    assert [one.key for one in queries.minutes_to_approve(world.plan)] == [meeting.key]
    with transaction():
        approved(queries.meeting_at("nap-2", meeting.key))
    assert "Minutes wait" not in chair.get(LIST).words


def test_many_meetings_cost_no_more_statements_than_one(world, as_role):
    chair = as_role("chair")
    chair.get(LIST)  # what is asked once for each sign-in
    for_one = statements_for(chair, world, [1])
    assert statements_for(chair, world, range(2, 13)) == for_one > 0


def statements_for(chair, world, numbers):
    """How many statements the list makes after these meetings are added, each with a decision and its minutes."""
    with transaction():
        plan, body = (database.session.get_one(type(row), row.id) for row in (world.plan, world.institutions["DEF"]))
        for number in numbers:
            a_decision(a_meeting(plan, number=number), body)
    page = chair.get(LIST)
    assert all(f"Meeting {number}" in page.words for number in numbers)
    return len(page.watch.statements)


def test_a_meeting_of_another_plan_is_not_there(meeting, as_role):
    with transaction():
        a_plan(slug="other")
    as_role("chair").get(f"/en/w/other/meeting/{meeting.key}", expect=404)


def test_meetings_are_hidden_from_who_reads_no_draft(meeting, as_role):
    for path in ("", "/edit", ".ics"):
        as_role("parliamentarian").get(at(meeting) + path, expect=403 if path == "/edit" else 404)


def test_an_adopted_plan_still_has_meetings(world, as_role):
    with transaction():
        world.plan.state = "adopted"
    as_role("chair").get(LIST + "/new").submit("meeting-form", **TYPED)
