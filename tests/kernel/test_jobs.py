"""Jobs: saved with the act, run by a worker, safe to run twice."""

import time
from datetime import timedelta

import pytest
from sqlalchemy import select

from nap_builder.kernel import jobs as kernel
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db, transaction
from nap_builder.kernel.errors import Missing

DONE: list[int] = []
HELD: list[bool] = []


@kernel.work("tests.count", "Counting")
def count(step, number):
    step(50, "half")
    DONE.append(number)
    return {"number": number}


@kernel.work("tests.break", "Breaking")
def breaks(step):
    raise ZeroDivisionError


@kernel.work("tests.refuse", "Refusing")
def refuses(step):
    raise kernel.JobFailed("There is no such file.")


@kernel.work("tests.wait", "Waiting")
def wait(step, seconds):
    time.sleep(seconds)
    leased = db.session.scalar(select(kernel.Job.leased_until).where(kernel.Job.name == "tests.wait"))
    HELD.append(leased > now())
    db.session.rollback()


@pytest.fixture(autouse=True)
def nothing_done():
    DONE.clear()
    HELD.clear()


def queued(what, **arguments):
    with transaction():
        return kernel.enqueue(what, **arguments).key


def test_a_job_runs_and_keeps_its_result(db):
    key = queued(count, number=5)
    kernel.run(key)
    job = kernel.job_of(key)
    assert (job.state, job.progress, job.result) == ("done", 100, {"number": 5})


def test_a_job_that_has_ended_is_not_run_again(db):
    key = queued(count, number=5)
    kernel.run(key)
    kernel.run(key)
    assert DONE == [5]


def test_a_job_of_an_act_that_failed_was_never_queued(db):
    with pytest.raises(ZeroDivisionError), transaction():  # noqa: PT012 - what fails comes after what is queued
        key = kernel.enqueue(count, number=1).key
        _ = 1 / 0
    with pytest.raises(Missing):
        kernel.job_of(key)


def test_a_job_that_another_worker_has_is_left_alone(db):
    key = queued(count, number=5)
    with transaction():
        job = kernel.job_of(key)
        job.state, job.leased_until = "running", now() + timedelta(minutes=1)
    kernel.run(key)
    assert DONE == []


def test_a_job_whose_worker_died_is_done_again(db):
    key = queued(count, number=5)
    with transaction():
        job = kernel.job_of(key)
        job.state, job.leased_until = "running", now() - timedelta(seconds=1)
    assert kernel.sweep() == 1
    kernel.run(key)
    assert kernel.job_of(key).state == "done"


def test_a_job_that_was_never_handed_on_is_swept_up(db):
    key = queued(count, number=5)
    with transaction():
        kernel.job_of(key).queued_at = now() - timedelta(minutes=5)
    assert kernel.sweep() == 1


def test_a_job_that_breaks_is_tried_three_times_and_then_says_so(db):
    key = queued(breaks)
    for _turn in range(4):
        kernel.run(key)
    job = kernel.job_of(key)
    assert (job.state, job.attempts) == ("failed", 3)
    assert "three tries" in job.failure


def test_a_job_that_cannot_succeed_says_why_at_once(db):
    key = queued(refuses)
    kernel.run(key)
    assert kernel.job_of(key).failure == "There is no such file."


def test_work_that_takes_long_is_not_taken_up_by_another(db, monkeypatch):
    monkeypatch.setattr(kernel, "LEASE", timedelta(seconds=0.6))
    key = queued(wait, seconds=1.5)
    kernel.run(key)
    assert HELD == [True]
    assert kernel.job_of(key).attempts == 1


def test_the_same_work_asked_for_again_waits_once(db, world):
    person = world.people["official"].id
    with transaction():
        keys = {kernel.enqueue(count, person_id=person, number=2).key for _again in range(5)}
        others = {kernel.enqueue(count, person_id=person, number=3).key, kernel.enqueue(count, number=2).key}
    assert len(keys) == 1
    assert len(keys | others) == 3
