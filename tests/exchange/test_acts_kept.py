"""What people did about a plan is not done by a file: an import over the plan keeps it, and says so."""

import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from sqlalchemy import select

from nap_builder.exchange import services
from nap_builder.exchange.cli import import_file
from nap_builder.kernel.database import db as database
from nap_builder.kernel.database import transaction
from nap_builder.plans.models.plan import Commitment, Plan
from tests.builders.commitments import asked
from tests.builders.exchange import as_file, full, lines, small, taken_in
from tests.builders.workbooks import written
from tests.exchange.test_routes import activities, import_page, sent, told

Document = dict[str, Any]
FORGED = {
    "not_applicable": [{"check": "B1", "reason": {"en": "Forged."}}],
    "adoption": {
        "level": "cabinet",
        "instrument": {"en": "Forged"},
        "date": "2026-01-01",
        "amendments": [{"instrument": {"en": "Forged"}, "on": "2026-02-01", "summary": {"en": "Forged"}}],
    },
    "signatures": [
        {"of": "adoption", "name": {"en": "Forged"}, "post": {"en": "Chair"}, "on": "2026-01-01"},
        {"of": "foreword", "name": {"en": "Amina Rehn"}, "post": {"en": "Minister"}},
    ],
}


def forged(plan: Plan) -> Document:
    """The plan as it stands, with acts of others written into it, and one honest change."""
    document = told(plan)
    document["plan"] |= deepcopy(FORGED)
    for one in activities(document):
        one["commitment"] = {"state": "accepted", "on": "2026-05-01"}
    activities(document)[0]["starts"] = "2028"
    activities(document).append({"code": "1.1.8", "title": "New", "commitment": {"state": "accepted"}})
    return document


SAID = {
    "json": ("of the adoption, or of who signed it", "which checks do not apply", "3 other commitments"),
    "xlsx": ("another commitment than the plan, of activity:1.1.8",),  # a workbook shows no acts of rows that stand
}
FILES: dict[str, Callable[[Document], Any]] = {"json": lambda document: document, "xlsx": written}


@pytest.mark.parametrize("kind", FILES)
def test_the_secretariat_does_not_act_for_others_by_a_file(as_role, world, kind):
    with transaction():
        asked(database.session.merge(world.activities[0]))
    page = sent(import_page(as_role("secretariat"), "nap-2"), FILES[kind](forged(world.plan)))
    assert all(words in page.words for words in SAID[kind])
    page.submit("confirm-form")
    database.session.rollback()
    plan = database.session.get_one(Plan, world.plan.id)
    assert (plan.adoption, plan.not_applicable) == (None, None)
    assert "adoption" not in [row["of"] for row in plan.signatures or ()]
    assert database.session.scalars(select(Commitment.state)).all() == ["asked"]
    assert told(plan)["pillars"][0]["objectives"][0]["activities"][0]["starts"] == "2028"


def test_a_file_takes_no_act_away(db):
    taken_in(full())
    kept = services.read(services.plan_file(_plan(), None, "working")).document
    less = services.read(as_file(full())).document
    for name in ("adoption", "not_applicable", "signatures"):
        del less["plan"][name]
    _uncommitted(less)
    taken_in(less, remove=True)
    after = services.read(services.plan_file(_plan(), None, "working")).document
    signed = [row for row in kept["plan"].pop("signatures") if row["of"] == "adoption"]
    assert after["plan"].pop("signatures") == signed
    assert after == kept


def _plan() -> Plan:
    return database.session.scalars(select(Plan)).one()


def _uncommitted(value: Any) -> None:
    if isinstance(value, dict):
        if isinstance(value.get("commitment"), dict) and "state" in value["commitment"]:
            del value["commitment"]
        for part in value.values():
            _uncommitted(part)
    elif isinstance(value, list):
        for part in value:
            _uncommitted(part)


def test_what_is_kept_is_no_change(db):
    taken_in(small(pillars=[_pillar()]))
    assert lines(small(pillars=[_pillar(commitment={"state": "accepted"})])) == []


def _pillar(**members: Any) -> Document:
    return {"code": "1", "title": "A", "activities": [{"code": "1.1", "title": "B", **members}]}


def test_progress_unsaid_beside_a_forged_commitment_stays(db):
    taken_in(small(pillars=[_pillar(status="on_track")]))
    taken_in(small(pillars=[_pillar(commitment={"state": "accepted"})]))
    assert b'"status":"on_track"' in services.plan_file(_plan(), None, "working")


def test_the_command_line_moves_acts_from_one_place_to_another(app, db, tmp_path):
    taken_in(small(pillars=[_pillar()]))
    document = small(pillars=[_pillar(commitment={"state": "accepted"})])
    document["plan"] |= FORGED
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    assert app.test_cli_runner().invoke(import_file, [str(file)]).exit_code == 0
    database.session.rollback()
    said = json.loads(services.plan_file(_plan(), None, "working"))
    assert said["plan"]["adoption"]["date"] == "2026-01-01"
    assert said["pillars"][0]["activities"][0]["commitment"] == {"state": "accepted"}
