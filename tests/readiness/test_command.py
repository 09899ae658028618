"""The command that asks the checks."""

import json

import pytest

from nap_builder.readiness.cli import check
from tests.builders.readiness import change


@pytest.fixture
def run(app, world):
    """A function that runs the command on the small State's plan."""
    return lambda *arguments: app.test_cli_runner().invoke(check, ["nap-2", *arguments])


def test_the_next_gate_is_asked_one_line_a_check(run):
    answer = run()
    assert answer.exit_code == 0
    lines = [line.split("\t") for line in answer.output.splitlines()]
    assert [line[0] for line in lines] == ["A1", "B1", "C1", "F1", "G1", "G2"]
    assert {line[1] for line in lines} == {"passes"}


def test_it_ends_with_1_where_a_check_blocks(run, world):
    assert run("--gate", "cabinet").exit_code == 1
    change(world.plan, adoption={"level": "cabinet", "number": "1", "date": "2027-01-01"})
    assert run("--gate", "adoption").exit_code == 0


def test_it_answers_as_json(run, world):
    said = json.loads(run("--gate", "cabinet", "--json").output)
    assert (said["gate"], said["state"], said["blocked"]) == ("cabinet", "later", True)
    found = {one["key"]: one for one in said["checks"]}
    assert [row["ref"] for row in found["C8"]["rows"]] == [f"activity:{one.key}" for one in world.activities]
    assert "F5" not in found


def test_an_unknown_plan_or_gate_is_refused(app, db):
    runner = app.test_cli_runner()
    assert runner.invoke(check, ["nowhere"]).exit_code != 0
    assert runner.invoke(check, ["nap-2", "--gate", "heaven"]).exit_code == 2
