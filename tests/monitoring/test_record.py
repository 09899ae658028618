"""What stands follows from the updates that count, and what is due from the plan."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DatabaseError

from nap_builder.kernel.actor import INSTALLATION, Actor, Role
from nap_builder.kernel.database import db, transaction
from nap_builder.monitoring.models import (
    DRAFT,
    RETURNED,
    VERIFIED,
    ActivityProgress,
    IndicatorValue,
    MilestoneProgress,
    ReportingPeriod,
    Spending,
)
from nap_builder.monitoring.queries.due import Asked, due_at
from nap_builder.monitoring.queries.record import record_of
from nap_builder.monitoring.services.settling import settle
from tests.builders.framework import a_line, an_indicator
from tests.builders.monitoring import a_period, an_update
from tests.builders.progress import a_milestone

SECRETARY = Actor(id=None, name="Tomas Osei", roles=frozenset({Role.SECRETARIAT}))


@pytest.fixture
def period(world):
    """The first year, open."""
    with transaction():
        return a_period(world.plan)


def test_every_activity_that_somebody_leads_is_due(world, period):
    led = [due.row.code for due in Asked(period, SECRETARY).all if due.kind == "activity"]

    assert led == [activity.code for activity in world.activities if activity.lead_id]


def test_an_institution_owes_its_own_alone(world, period):
    defence = world.institutions["DEF"].id

    assert {due.institution_id for due in Asked(period, SECRETARY, {defence}).all} == {defence}


def test_a_figure_counts_from_when_it_is_submitted(world, period):
    with transaction():
        indicator = an_indicator(world.activities[0], code="A1")
        an_update(period, world.activities[0], figures={indicator.key: {"value": "7"}}, status="on_track")

    assert [value.value for value in record_of(world.plan).of(indicator)] == [Decimal(7)]


def test_what_is_returned_no_longer_counts(world, period):
    with transaction():
        indicator = an_indicator(world.activities[0], code="A1")
        update = an_update(period, world.activities[0], figures={indicator.key: {"value": "7"}}, status="on_track")
        update.state = RETURNED
        settle(update)

    assert (record_of(world.plan).of(indicator), db.session.scalars(select(ActivityProgress)).all()) == ((), [])


@pytest.mark.parametrize("more", [{}, {"quality": "estimate"}])
def test_the_database_keeps_what_is_verified(world, period, more):
    with transaction():
        indicator = an_indicator(world.activities[0], code="A1")
        an_update(period, world.activities[0], state=VERIFIED, figures={indicator.key: {"value": "7", **more}})

    with pytest.raises(DatabaseError, match="is kept as it is"):
        _write_over()


def test_the_public_sees_what_is_verified_and_published_alone(world, period):
    with transaction():
        an_update(period, world.activities[0], state=VERIFIED, status="late")

    assert record_of(world.plan, public=True).updates == ()


def test_a_finished_activity_is_due_no_more(world, period):
    with transaction():
        an_update(period, world.activities[0], status="completed")
        later = a_period(world.plan, "2028-12-31")

    assert world.activities[0].id not in {due.row.id for due in Asked(later, INSTALLATION).all}


def test_a_figure_in_the_update_of_another_activity_is_asked_of_nobody_else(world, period):
    with transaction():
        mine, other = world.activities[:2]
        moved = an_indicator(mine, code="A1", reported_by="un")
        an_update(period, other, figures={moved.key: {"value": "7"}})

    assert due_at(period, "activity", mine.key, SECRETARY).indicators == []


def test_who_leads_is_not_asked_row_by_row(world, period, queries):
    place = period.id
    db.session.expunge_all()
    again = db.session.get(ReportingPeriod, place)
    with queries() as said:
        found = Asked(again, SECRETARY).all

    one_by_one = [statement for statement in said if "WHERE institution.id =" in statement]
    assert (len({due.institution.code for due in found}) > 1, one_by_one) == (True, [])


def test_money_is_asked_for_from_when_its_fiscal_year_begins(world, period):
    with transaction():
        period.plan.fiscal_year_starts = "07-01"
        lines = [a_line(world.activities[0], year=year) for year in (2027, 2028)]
        half = a_period(world.plan, "2028-06-30")

    due = due_at(half, "activity", world.activities[0].key, SECRETARY)
    assert [line.id for line in due.lines] == [lines[0].id]


def test_what_was_said_later_is_not_known_before(world, period):
    with transaction():
        later = a_period(world.plan, "2028-12-31")
        an_update(later, world.activities[0], status="late")

    assert record_of(world.plan, until=period.ends).status(world.activities[0]) is None


def test_what_a_file_said_stands_while_only_a_draft_is_written(world, period):
    with transaction():
        db.session.add(ActivityProgress(activity_id=world.activities[0].id, status="on_track"))
        an_update(period, world.activities[0], state=DRAFT, status="late")

    assert record_of(world.plan).status(world.activities[0]) == "on_track"


@pytest.fixture
def filed(world, period):
    """What a file said of an activity, a milestone and a budget line."""
    with transaction():
        activity = world.activities[0]
        line, step = a_line(activity), a_milestone(activity, code="M1", due="2027")
        db.session.add(step)
        db.session.flush()
        db.session.add(ActivityProgress(activity_id=activity.id, status="on_track"))
        db.session.add(MilestoneProgress(milestone_id=step.id, state="completed", met_on=date(2026, 5, 1)))
        db.session.add(Spending(budget_line_id=line.id, spent=Decimal("2.50")))
        said = {"milestones": {step.key: {"state": "late"}}, "spending": {line.key: {"spent": "5"}}}
        update = an_update(period, activity, status="late", **said)
    return update, activity, step, line


def known(record, _update, activity, step, line):
    """What a record says of these rows."""
    told = record.milestone(step)
    return record.status(activity), told.state, told.met_on, record.amounts(line)


FILED = ("on_track", "completed", date(2026, 5, 1), {"spent": Decimal("2.5")})


def test_what_a_file_said_holds_for_before_the_first_report(world, period, filed):
    before, now = record_of(world.plan, until=period.starts), record_of(world.plan)

    assert known(before, *filed) == FILED
    assert known(now, *filed) == ("late", "late", None, {"spent": Decimal(5)})


def test_what_a_file_said_stands_again_when_the_report_is_returned(world, filed):
    with transaction():
        filed[0].state = RETURNED
        settle(filed[0])

    assert known(record_of(world.plan), *filed) == FILED
    standing = db.session.scalars(select(Spending)).one()
    assert (standing.spent, standing.update_id, standing.filed) == (Decimal("2.5"), None, None)


def test_what_a_later_text_leaves_out_stands_no_longer(world, period):
    with transaction():
        activity = world.activities[0]
        line, step = a_line(activity), a_milestone(activity, code="M1", due="2027")
        db.session.add(step)
        db.session.flush()
        said = {"milestones": {step.key: {"state": "late"}}, "spending": {line.key: {"spent": "5"}}}
        update = an_update(period, activity, status="late", **said)
        update.milestones = update.spending = None
        settle(update)

    assert [db.session.scalars(select(one)).all() for one in (MilestoneProgress, Spending)] == [[], []]


def test_what_a_correction_leaves_out_stands_no_longer(world, period):
    with transaction():
        activity = world.activities[0]
        line = a_line(activity)
        wrong = an_update(period, activity, status="late", state=VERIFIED, spending={line.key: {"spent": "5"}})
        an_update(period, activity, status="late", corrects_id=wrong.id)

    assert db.session.scalars(select(Spending)).all() == []


def _write_over():
    with transaction():
        value = db.session.scalars(select(IndicatorValue)).one()
        value.value = Decimal(9)
