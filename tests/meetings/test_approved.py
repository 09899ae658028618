"""Approved minutes never change: not through a page, not through a service, not through SQL."""

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from nap_builder.kernel import backup
from nap_builder.kernel.actor import INSTALLATION
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import StaleEdit, WrongState
from nap_builder.meetings.models import Approval
from nap_builder.meetings.services import meetings as services
from nap_builder.meetings.services import minutes
from nap_builder.oversight import services as backups
from tests.builders.meetings import a_decision, a_meeting, approved


@pytest.fixture
def closed(world):
    """A meeting with everything that minutes hold, approved."""
    bodies = world.institutions
    with transaction():
        meeting = a_meeting(world.plan)
        said = {bodies["DEF"].id: ("present", {"en": "Director"}), bodies["INT"].id: ("apologies", None)}
        minutes.record_attendance(INSTALLATION, meeting, said, seen=meeting.row_version)
        a_decision(meeting, bodies["DEF"])
        return approved(meeting)


FACTS = services.MeetingFacts(number=1, title={"en": "Other"}, day=date(2026, 3, 11), begins="10:00")
ACTS = {
    "facts": lambda m: services.change_meeting(INSTALLATION, m, FACTS, seen=m.row_version),
    "cancel": lambda m: services.cancel(INSTALLATION, m, seen=m.row_version),
    "new item": lambda m: services.add_item(INSTALLATION, m, {"en": "More"}, None),
    "item": lambda m: services.change_item(INSTALLATION, m.agenda[0], {"en": "More"}, None, seen=1),
    "item moved": lambda m: services.step_item(INSTALLATION, m.agenda[0], 1, seen=1),
    "item gone": lambda m: services.remove_item(INSTALLATION, m.agenda[0], seen=1),
    "attendance": lambda m: minutes.record_attendance(INSTALLATION, m, {}, seen=m.row_version),
    "text": lambda m: minutes.write_minutes(INSTALLATION, m, {"en": "Other"}, seen=m.minutes_version),
    "approval": lambda m: minutes.approve(INSTALLATION, m, date(2026, 3, 12), seen=m.row_version),
    "new decision": lambda m: a_decision(m, m.decisions[0].owner),
    "decision": lambda m: minutes.change_decision(
        INSTALLATION,
        m.decisions[0],
        minutes.DecisionFacts({"en": "Other"}, m.decisions[0].owner_id, date.today()),
        seen=1,
    ),
    "decision gone": lambda m: minutes.remove_decision(INSTALLATION, m.decisions[0], seen=1),
}


@pytest.mark.parametrize("act", ACTS)
def test_no_service_changes_them(closed, act):
    with pytest.raises(WrongState), transaction():
        ACTS[act](closed)


STATEMENTS = (
    "update meeting set minutes = '{}'",
    "update meeting set day = '2026-05-01'",
    "delete from meeting",
    "update agenda_item set position = 7",
    "delete from agenda_item",
    "insert into agenda_item (key, meeting_id, position, title, row_version) select 'k', id, 9, '{}', 1 from meeting",
    "update attendance set state = 'absent'",
    "delete from attendance",
    "insert into attendance (meeting_id, institution_id, state) select :here, id, 'absent' from institution",
    "update decision set due = '2027-01-01'",
    "update decision set text = '{}'",
    "delete from decision",
    """insert into decision (key, meeting_id, position, text, owner_id, due, row_version)
    select 'k', meeting_id, 9, '{}', owner_id, due, 1 from decision""",
    "update minutes_approval set approved_on = '2026-01-01'",
    "delete from minutes_approval",
)


@pytest.mark.parametrize("statement", STATEMENTS)
def test_no_statement_changes_them(closed, db, statement):
    db.session.rollback()
    said = statement.replace(":here", str(closed.id))
    with pytest.raises(DBAPIError, match="approved minutes are never changed"), db.engine.begin() as connection:
        connection.execute(text(said))


def test_a_draft_beside_them_may_still_change(closed, world, db):
    with transaction():
        a_meeting(world.plan, number=2)
    with db.engine.begin() as connection:
        done = connection.execute(text("update meeting set day = '2026-05-01' where number = 2"))
    assert done.rowcount == 1


def test_a_row_cannot_be_moved_into_them(closed, world, db):
    with transaction():
        other = a_meeting(world.plan, number=2)
    moved = f"update agenda_item set meeting_id = {closed.id} where meeting_id = {other.id}"
    with pytest.raises(DBAPIError, match="never changed"), db.engine.begin() as connection:
        connection.execute(text(moved))


@pytest.mark.parametrize("path", ["edit", "cancel", "agenda", "attendance", "minutes", "approve", "decision"])
def test_no_page_offers_to_change_them(closed, as_role, path):
    as_role("chair").get(f"/en/w/nap-2/meeting/{closed.key}/{path}", expect=409)


def test_a_form_that_was_open_before_saves_nothing(world, as_role):
    with transaction():
        meeting = a_meeting(world.plan)
    page = as_role("secretariat").get(f"/en/w/nap-2/meeting/{meeting.key}/minutes")
    with transaction():
        approved(meeting)
    page.submit("minutes-form", expect=409, **{"minutes-en": "Another text."})
    assert "The chair opened." in as_role("chair").get(f"/en/w/nap-2/meeting/{meeting.key}").words


def test_they_show_no_button_that_changes_them(closed, as_role):
    page = as_role("chair").get(f"/en/w/nap-2/meeting/{closed.key}")
    actions = [form.get("action") for form in page.all("//main//form")]
    assert [action.rsplit("/", 1)[1] for action in actions] == ["done"]


def test_a_decision_in_them_can_still_be_done_and_opened_again(closed, as_role):
    page = as_role("chair").get(f"/en/w/nap-2/meeting/{closed.key}").submit("done").follow()
    assert "Open it again" in page.words
    assert "Mark as done" in page.submit("reopen").follow().words


def test_they_keep_the_names_that_institutions_had(closed, world, as_role):
    with transaction():
        world.institutions["DEF"].name = {"en": "Ministry of Peace"}
    words = as_role("chair").get(f"/en/w/nap-2/meeting/{closed.key}").words
    assert "Ministry of Defence" in words
    assert "Ministry of Peace" not in words


def test_who_approves_what_somebody_changed_meanwhile_is_told(world, as_role):
    with transaction():
        meeting = a_meeting(world.plan)
        minutes.write_minutes(INSTALLATION, meeting, {"en": "The chair opened."}, seen=0)
    page = as_role("chair").get(f"/en/w/nap-2/meeting/{meeting.key}/approve")
    with transaction():
        a_decision(meeting, world.institutions["DEF"])
    page.submit("approve-form", expect=409)


def test_minutes_without_the_first_language_are_not_approved(world):
    with transaction():
        meeting = a_meeting(world.plan)
        minutes.write_minutes(INSTALLATION, meeting, {"fr": "La présidente ouvre."}, seen=0)
    with pytest.raises(WrongState), transaction():
        minutes.approve(INSTALLATION, meeting, meeting.day, seen=meeting.row_version)


@pytest.mark.parametrize("day", ["2026-03-09", "2090-01-01", "", "2026-02-30", "0001-01-01"])
def test_a_day_of_approval_that_cannot_be_is_refused(world, as_role, db, day):
    with transaction():
        meeting = a_meeting(world.plan)
        minutes.write_minutes(INSTALLATION, meeting, {"en": "The chair opened."}, seen=0)
    page = as_role("chair").get(f"/en/w/nap-2/meeting/{meeting.key}/approve")
    page.submit("approve-form", expect=422, approved_on=day)
    assert db.session.query(Approval).count() == 0


def test_a_stale_approval_names_the_meeting(world):
    with transaction():
        meeting = a_meeting(world.plan)
        minutes.write_minutes(INSTALLATION, meeting, {"en": "The chair opened."}, seen=0)
    with pytest.raises(StaleEdit), transaction():
        minutes.approve(INSTALLATION, meeting, meeting.day, seen=1)


def test_a_backup_with_approved_minutes_comes_back(closed, tmp_path):
    out, target = tmp_path / "one.nap-backup", tmp_path / "restored"
    backups.make_backup(INSTALLATION, out)
    engine = backups.empty_target(str(target))
    backup.restore(out, engine, backups.folder_files(target))
    with engine.connect() as connection:
        assert connection.execute(text("select count(*) from minutes_approval")).scalar() == 1
        assert connection.execute(text("select count(*) from attendance")).scalar() == 2
    engine.dispose()
