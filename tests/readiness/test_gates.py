"""Taking a plan through its gates: the version, its record, and what is printed of it."""

import pytest
import time_machine

from nap_builder.accounts.queries import actor_of
from nap_builder.kernel.audit import AuditEntry, sentence_of
from nap_builder.kernel.database import db, transaction
from nap_builder.kernel.errors import BadInput, WrongState
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.models.versions import PlanVersion, VersionRecord
from nap_builder.publishing.compose.plan import compose
from nap_builder.publishing.edition import Edition
from nap_builder.publishing.services import plan_written, publish, record_said
from nap_builder.readiness.queries import state_of
from nap_builder.readiness.services import pass_gate
from tests.builders.readiness import change
from tests.publishing.test_document import EDITION, cells, read, small, tables, words

REASON = {"en": "Cabinet meets on Monday."}


@pytest.fixture
def take(world):
    """A function that takes the plan through a gate as the chair."""

    def through(gate, reason=None):
        with transaction():
            plan = db.session.get_one(Plan, world.plan.id)
            return pass_gate(actor_of(world.people["chair"]), plan, gate, reason)

    return through


def plan_of(world):
    db.session.expire_all()
    return db.session.get_one(Plan, world.plan.id)


def stands(world):
    return {one.gate: one.state for one in state_of(plan_of(world)).gates}


def test_a_gate_with_nothing_open_is_passed_without_a_reason(world, take):
    take("consult")
    assert plan_of(world).state == "consultation"
    assert stands(world) == {"consult": "passed", "cabinet": "next", "parliament": "later", "adoption": "later"}


def test_a_gate_with_open_checks_wants_a_reason(world, take):
    change(world.objective, lead_id=None)
    change(world.activities[0], lead_id=None)
    with pytest.raises(BadInput):
        take("consult")
    assert db.session.query(PlanVersion).count() == 0
    take("consult", REASON)
    kept = db.session.query(VersionRecord).one()
    assert (kept.reason, kept.gate, kept.version.number) == (REASON, "consult", 1)
    assert [(one["key"], one["rows"]) for one in kept.checks if one["result"] == "open"] == [("B1", 1)]


def test_a_gate_may_be_left_out_with_a_reason(world, take):
    with pytest.raises(BadInput):
        take("cabinet")
    take("cabinet", REASON)
    assert plan_of(world).state == "validation"
    assert stands(world)["consult"] == "skipped"
    kept = db.session.query(VersionRecord).one()
    assert kept.skipped == ["consult"]
    assert {one["gate"] for one in kept.checks} == {"consult", "cabinet"}


def test_a_gate_behind_the_plan_is_not_passed_again(world, take):
    take("cabinet", REASON)
    for gate in ("consult", "cabinet"):
        with pytest.raises(WrongState):
            take(gate, REASON)


def test_the_gates_begin_anew_with_an_amendment(world, take):
    for gate in ("consult", "cabinet", "parliament", "adoption"):
        take(gate, REASON)
    change(world.plan, state="adopted")
    assert set(stands(world).values()) == {"passed"}
    assert state_of(plan_of(world)).next is None
    with pytest.raises(WrongState):
        take("consult", REASON)
    change(world.plan, state="drafting")
    assert stands(world)["consult"] == "next"


def test_parliament_and_adoption_do_not_move_the_plan(world, take):
    take("parliament", REASON)
    assert plan_of(world).state == "drafting"


def test_what_is_restricted_stands_in_the_working_record_only(world, take):
    change(world.activities[1], starts="2027", ends="2028", restricted=False)
    change(world.activities[0], restricted=True)
    take("cabinet", REASON)
    kept = db.session.query(VersionRecord).one()
    working, public = ({one["key"]: one for one in checks} for checks in (kept.checks, kept.public_checks))
    assert (working["C8"]["result"], working["C8"]["rows"]) == ("open", 1)
    assert public["C8"]["result"] == "passes"


def test_the_gate_of_adoption_is_no_chair_s_alone(as_role, world):
    as_role("chair").get("/en/w/nap-2/gate/adoption", expect=404)
    assert not as_role("chair").get("/en/w/nap-2/ready").all("//a[contains(@href, '/gate/adoption')]")


def test_the_chair_passes_a_gate_on_its_page(as_role, world):
    page, late = (as_role("chair").get("/en/w/nap-2/gate/cabinet") for _number in range(2))
    assert "This gate is left out." in page.words
    page.submit("gate", expect=422)
    page.submit("gate", expect=422, **{"reason-en": "x" * 3000})
    after = page.submit("gate", **{"reason-en": "Cabinet meets on Monday."}).follow()
    assert "Gate: Cabinet." in after.words
    assert "Reason: Cabinet meets on Monday." in after.words
    late.submit("gate", expect=409, **{"reason-en": "Again."})
    assert db.session.query(PlanVersion).count() == 1
    said = [sentence_of(one) for one in db.session.query(AuditEntry).filter_by(word="plans.gate.passed")]
    assert len(said) == 1
    assert "through the gate “Cabinet” with version 1" in said[0]
    ready = as_role("auditor").get("/en/w/nap-2/ready")
    assert "Ready for Parliament?" in ready.words
    assert "Consultation: left out" in ready.words
    assert "The plan has passed this gate" in as_role("chair").get("/en/w/nap-2/gate/cabinet").words


def test_an_unknown_gate_is_not_there(as_role):
    as_role("chair").get("/en/w/nap-2/gate/heaven", expect=404)


def test_the_public_reads_the_record_of_a_published_version(client, world, take):
    version = take("cabinet", REASON)
    with transaction():
        publish(actor_of(world.people["chair"]), db.session.merge(version))
    page = client.get("/en/plan/nap-2")
    assert "Record of this version" in page.words
    assert "Cabinet meets on Monday." in page.words
    assert "C8: Every activity begins and ends within the plan" in page.words


def test_the_documents_print_the_record(world, take):
    take("cabinet", REASON)
    kept = db.session.query(VersionRecord).one()
    record = record_said(kept, "public")
    edition = Edition("fr", draft=False, dated=kept.passed_at.date(), state_name="Sarenia", record=record)
    printed = "\n".join(words(compose(read("full"), edition)))
    for said in ("Cabinet meets on Monday.", "chair", "C8", "B2"):
        assert said in printed
    asked = {"number": 1, "language": "en", "profile": "public"}
    assert plan_written(plan_of(world), "docx", **asked) == plan_written(plan_of(world), "docx", **asked)


def test_the_record_is_dated_by_the_day_at_the_plan_s_place(world, take):
    change(world.plan, timezone="Pacific/Auckland")
    with time_machine.travel("2027-03-01T18:00Z", tick=False):
        take("cabinet", REASON)
    said = record_said(db.session.query(VersionRecord).one(), "public")
    assert said["day"] == "2027-03-02"


def test_a_version_without_a_gate_prints_no_record():
    assert "record" not in {part.id for part in compose(read("full"), EDITION).parts}


def test_rows_said_to_be_no_fault_are_printed_by_their_codes_unless_one_is_not_shown():
    rows = [{"code": code, "title": "Act", "key": key} for code, key in (("1.1", "k1"), ("1.2", "k2"))]
    excepted = [{"check": check, "reason": check} for check in ("B5:k1:k2", "B5:k1:secret", "D5:gone:USD:5", "A5")]
    pillar = {"code": "1", "title": "One", "activities": rows}
    document = compose(small(plan={"not_applicable": excepted}, pillars=[pillar]), EDITION)
    [table] = [table for name, table in tables(document).items() if name == "t-exceptions"]
    assert [cells(row) for row in table.bodies[0].rows] == [["B5 1.1, 1.2", "B5:k1:k2"], ["A5", "A5"]]
