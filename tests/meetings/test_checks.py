"""What readiness finds in the meetings."""

from datetime import date

import pytest
import time_machine

from nap_builder.kernel.actor import INSTALLATION
from nap_builder.kernel.checks import CHECKS
from nap_builder.kernel.database import transaction
from nap_builder.meetings.checks import MEETS
from nap_builder.meetings.services import meetings
from tests.builders.meetings import a_meeting
from tests.builders.taskforce import task_force


def asked(plan, **thresholds):
    with time_machine.travel("2027-06-30T12:00Z"):
        return CHECKS[MEETS].asks(plan, thresholds)


def test_a_task_force_that_never_met_fails(world):
    assert "not met yet" in asked(world.plan).says


@pytest.mark.parametrize(
    ("day", "passes"),
    [(date(2027, 3, 30), True), (date(2027, 3, 29), False), (date(2027, 6, 30), True), (date(2027, 7, 1), False)],
)
def test_the_last_meeting_is_at_most_a_quarter_old(world, day, passes):
    with transaction():
        a_meeting(world.plan, day=day)
    assert asked(world.plan).passes is passes


def test_a_cancelled_meeting_does_not_count(world):
    with transaction():
        meeting = a_meeting(world.plan, day=date(2027, 6, 1))
        meetings.cancel(INSTALLATION, meeting, seen=meeting.row_version)
    assert not asked(world.plan).passes


@pytest.mark.parametrize(("months", "passes"), [(1, False), (2, True), (6, False)])
def test_the_interval_that_the_task_force_set_counts(world, months, passes):
    with transaction():
        a_meeting(world.plan, day=date(2027, 5, 15))
        task_force(world.plan, chair=world.institutions["WOMEN"], meets_every_months=months)
    assert asked(world.plan).passes is passes


def test_a_state_may_ask_for_less(world):
    with transaction():
        a_meeting(world.plan, day=date(2027, 1, 15))
        task_force(world.plan, chair=world.institutions["WOMEN"], meets_every_months=6)
    assert asked(world.plan, **{MEETS: 6}).passes
