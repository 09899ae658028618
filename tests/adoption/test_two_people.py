"""The act of two people, in the browser: proposed by the chair, confirmed by a focal point of another member."""

import io
import json
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from nap_builder.accounts.models import RoleGrant, SignIn
from nap_builder.adoption.models import Adoption
from nap_builder.kernel import storage
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import transaction
from nap_builder.kernel.jobs import Job
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.models.versions import PlanVersion, VersionRecord
from nap_builder.plans.queries.versions import PUBLIC, WORKING, frozen_document, version_at
from nap_builder.taskforce.queries import seats
from tests.builders.adoption import PDF, RECORD, WHY, adopted, proposed
from tests.builders.plans import a_plan
from tests.builders.world import a_person

LIFE = "/en/w/nap-2/adoption"


def the_act(content=PDF, name="act.pdf", **said):
    """What the chair types, with the scan."""
    given = {"level": "cabinet", "instrument-en": "Decree", "number": "12", "date": "2026-09-14", "gazette": "No. 41"}
    given["gate_reason-en"] = WHY["en"]
    return {**given, "scan": (io.BytesIO(content), name), **said}


def propose(as_role, expect=303, **given):
    return as_role("chair").get(f"{LIFE}/propose").submit("propose", expect=expect, **the_act(**given))


def page_of(browser, db):
    db.session.rollback()
    newest = db.session.query(Adoption).order_by(Adoption.id.desc()).first()
    return browser.get(f"{LIFE}/{newest.key}")


def the_plan(db):
    db.session.rollback()
    return db.session.query(Plan).filter_by(slug="nap-2").one()


def confirm(as_role, db, who="focal_point", expect=303, **given):
    return page_of(as_role(who), db).submit("confirm", expect=expect, compared="y", **given)


def test_what_is_open_is_shown_and_asks_why(as_role, world, db):
    page = propose(as_role, expect=422, **{"gate_reason-en": ""})
    assert "Say why the plan is adopted although something is open." in page.words
    assert page.all("//section[@aria-labelledby='g-cabinet']//a[contains(@href, '/ready/')]")


def test_a_scan_that_was_sent_need_not_be_chosen_again(as_role, world, db):
    page = propose(as_role, expect=422, **{"gate_reason-en": ""})
    page.submit("propose", **{"gate_reason-en": "The State begins.", "scan": None})
    db.session.rollback()
    assert storage.get(db.session.query(Adoption).one().scan_stored_as) == PDF


def test_a_scan_kept_for_another_plan_is_not_taken(as_role, world, db):
    page = propose(as_role, expect=422, **{"gate_reason-en": ""})
    kept = page.all("//input[@name='kept']/@value")[0]
    with transaction():
        a_plan(slug="other", state="drafting")
    other = as_role("chair").get("/en/w/other/adoption/propose")
    said = {name: value for name, value in the_act().items() if name != "scan"}
    assert "Choose the scan" in other.submit("propose", expect=422, kept=kept, **said).words


def test_the_version_bears_the_record_of_the_gate_in_the_chair_s_name(as_role, world, db):
    propose(as_role)
    confirm(as_role, db)
    kept = db.session.query(VersionRecord).one()
    assert (kept.gate, kept.passed_by, kept.reason, kept.version.number) == ("adoption", "chair", WHY, 2)
    recorded = next(check for check in kept.checks if check["key"] == "E1")
    assert recorded["result"] == "passes"


def test_the_trail_names_both_for_the_gate_and_the_move(as_role, world, db):
    propose(as_role)
    confirm(as_role, db)
    said = as_role("chair").get("/en/audit").words
    assert "chair proposed and focal point of DEF confirmed to move the plan. It is now: Adopted." in said
    assert "chair proposed and focal point of DEF confirmed to take the plan through the gate “Adoption”" in said


def test_who_confirms_reads_why_the_plan_is_adopted_with_something_open(as_role, world, db):
    propose(as_role)
    assert WHY["en"] in page_of(as_role("focal_point"), db).words


def test_a_plan_is_adopted_by_two_people(as_role, world, db):
    propose(as_role)
    confirm(as_role, db)
    plan = the_plan(db)
    assert (plan.state, plan.adopted_number) == ("adopted", 2)
    assert plan.adoption == {
        "level": "cabinet",
        "instrument": {"en": "Decree"},
        "number": "12",
        "date": "2026-09-14",
        "gazette": "No. 41",
    }


def test_an_adopted_version_is_printed_as_parliament_is_given_it(as_role, world, db):
    propose(as_role)
    confirm(as_role, db)
    db.session.rollback()
    (job,) = db.session.query(Job).filter_by(name="publishing.editions")
    assert job.arguments["editions"] == ["summary", "debate"]
    assert job.arguments["languages"] == the_plan(db).languages


def test_the_further_version_bears_the_record_and_the_text_proposed(as_role, world, db):
    propose(as_role)
    confirm(as_role, db)
    before, after = (frozen_document(version_at("nap-2", number), WORKING) for number in (1, 2))
    assert after["plan"]["adoption"]["number"] == "12"
    assert [row["of"] for row in after["plan"]["signatures"]] == ["adoption", "adoption"]
    for document in (before, after):
        del document["version"]
    del after["plan"]["adoption"], after["plan"]["signatures"]
    assert after == before


def test_the_public_text_bears_it_too(as_role, world, db):
    propose(as_role)
    confirm(as_role, db)
    assert frozen_document(version_at("nap-2", 2), PUBLIC)["plan"]["adoption"]["gazette"] == "No. 41"


def test_a_plan_that_was_not_changed_is_proposed_as_its_last_version(as_role, world, db):
    as_role("chair").get("/en/w/nap-2/versions").submit("/versions", **{"note-en": "For the cabinet"})
    propose(as_role)
    db.session.rollback()
    assert db.session.query(PlanVersion).count() == 1
    assert "version 1" in page_of(as_role("official"), db).words


def test_the_confirmer_sees_the_record_the_scan_and_the_fingerprint(as_role, world, db):
    propose(as_role)
    page = page_of(as_role("focal_point"), db)
    for words in ("Adopted by the cabinet", "Decree", "12", "14 September 2026", "No. 41"):
        assert words in page.words
    assert version_at("nap-2", 1).working_sha256 in page.words
    taken = page.client.get(page.all("//main//a[contains(@href, '/scan')]/@href")[0])
    assert taken.answer.data == PDF
    assert taken.answer.mimetype == "application/pdf"
    assert "attachment" in taken.answer.headers["Content-Disposition"]


@pytest.mark.parametrize("who", ["chair", "secretariat", "official", "auditor"])
def test_nobody_else_is_offered_the_second_half(as_role, world, db, who):
    propose(as_role)
    page = page_of(as_role(who), db)
    assert not page.all("//form[@id='confirm']")
    db.session.rollback()
    key = db.session.query(Adoption.key).scalar()
    data = {**page.filled(0)[1]} if who == "chair" else {}
    page.client.post(f"{LIFE}/{key}/confirm", data=data, expect=403 if who == "chair" else 400)


def test_one_person_with_both_roles_cannot_do_both_halves(as_role, world, db):
    with transaction():
        world.people["chair"].grants.append(RoleGrant(role="focal_point", institution_id=world.institutions["INT"].id))
    propose(as_role)
    page = page_of(as_role("chair"), db)
    assert "You proposed this adoption. Another person" in page.words
    assert not page.all("//form[@id='confirm']")
    address, values = page.filled("withdraw")
    answer = page.client.post(address.replace("withdraw", "confirm"), data={**values, "compared": "y"}, expect=403)
    assert "Another person, of another member institution, confirms it." in answer.words
    assert the_plan(db).state == "drafting"


def test_the_ministry_that_the_chair_is_part_of_cannot_confirm(as_role, world, db):
    with transaction():
        db.session.merge(world.institutions["WOMEN"]).part_of_id = world.institutions["DEF"].id
    propose(as_role)
    page = page_of(as_role("focal_point"), db)
    assert "neither chairs it nor proposed" in page.words


def test_a_colleague_of_who_proposed_cannot_confirm(as_role, world, db):
    with transaction():
        world.people["chair"].grants.append(RoleGrant(role="focal_point", institution_id=world.institutions["INT"].id))
    propose(as_role)
    page = page_of(as_role("interior"), db)
    assert "Your institution is none of those." in page.words
    assert not page.all("//form[@id='confirm']")


@pytest.mark.parametrize("code", ["WOMEN", "CSO"])
def test_neither_the_chairing_ministry_nor_an_observer_confirms(as_role, world, db, code):
    with transaction():
        person = a_person(role="focal_point", institution=world.institutions[code])
    propose(as_role)
    assert "You cannot confirm it" in page_of(as_role(person), db).words


def test_a_part_of_the_chairing_ministry_does_not_confirm(as_role, world, db):
    with transaction():
        world.institutions["JUS"].part_of_id = world.institutions["WOMEN"].id
        person = a_person(role="focal_point", institution=world.institutions["JUS"])
    propose(as_role)
    assert "You cannot confirm it" in page_of(as_role(person), db).words


def test_both_halves_ask_for_the_password_again(as_role, world, db):
    propose(as_role)
    proposing = as_role("chair").get(f"{LIFE}/propose")
    confirming = page_of(as_role("focal_point"), db)
    with transaction():
        db.session.execute(SignIn.__table__.update().values(confirmed_at=None))
    assert "/en/confirm" in confirming.submit("confirm", compared="y").location
    assert "/en/confirm" in proposing.submit("propose", **the_act()).location
    assert the_plan(db).state == "drafting"


def test_a_plan_changed_since_has_to_be_proposed_again(as_role, world, db):
    propose(as_role)
    confirming = page_of(as_role("focal_point"), db)
    with transaction():
        world.paragraphs[0].text = {"en": "Something else."}
    answer = confirming.submit("confirm", expect=409, compared="y")
    assert "The chair has to propose it again." in answer.words
    page = page_of(as_role("focal_point"), db)
    assert "The plan was changed after it was proposed" in page.words
    assert not page.all("//form[@id='confirm']")
    propose(as_role)
    confirm(as_role, db)
    states = [row.state for row in db.session.query(Adoption).order_by(Adoption.id)]
    assert states == ["withdrawn", "confirmed"]


def test_a_plan_changed_back_may_be_confirmed(as_role, world, db):
    was = dict(world.paragraphs[0].text)
    propose(as_role)
    for words in ({"en": "Something else."}, was):
        with transaction():
            world.paragraphs[0].text = words
    confirm(as_role, db)
    assert the_plan(db).state == "adopted"


def test_the_same_text_is_not_proposed_twice(as_role, world):
    propose(as_role)
    assert "proposed already" in propose(as_role, expect=409).words


def test_a_proposal_expires_after_thirty_days(as_role, world, db):
    propose(as_role)
    with time_machine.travel(now() + timedelta(days=30, minutes=1)):
        browser = as_role("focal_point")
        page = page_of(browser, db)
        assert "The 30 days have passed" in page.words
        assert not page.all("//form[@id='confirm']")
        assert "Expired" in browser.get(LIFE).words
        propose(as_role)
        confirm(as_role, db)
    assert [row.state for row in db.session.query(Adoption).order_by(Adoption.id)] == ["expired", "confirmed"]


def test_an_expired_proposal_is_not_confirmed_by_an_old_page(as_role, world, db):
    propose(as_role)
    page = page_of(as_role("focal_point"), db)
    address, values = page.filled("confirm", compared="y")
    with time_machine.travel(now() + timedelta(days=31)):
        browser = as_role("focal_point")
        fresh = browser.get("/en/profile").filled(0)[1]
        answer = browser.post(address, data={**values, "csrf_token": fresh["csrf_token"]}, expect=409)
    assert "30 days of this proposal have passed" in answer.words
    assert the_plan(db).state == "drafting"


def test_another_member_declines_with_a_reason(as_role, world, db):
    propose(as_role)
    page = page_of(as_role("focal_point"), db)
    assert "Write why you decline" in page.submit("decline", expect=422).words
    page.submit("decline", reason="The scan is of another decree.")
    assert "The scan is of another decree." in page_of(as_role("chair"), db).words
    assert the_plan(db).state == "drafting"
    propose(as_role)


def test_the_page_of_the_state_says_who_declined_and_why_until_it_is_proposed_again(as_role, world, db):
    propose(as_role)
    page_of(as_role("focal_point"), db).submit("decline", reason="The scan is of another decree.")
    said = "The scan is of another decree. The chair may propose it again once that is settled."
    assert said in as_role("chair").get(LIFE).words
    propose(as_role)
    assert said not in as_role("chair").get(LIFE).words


def test_a_reason_to_decline_may_have_lines_and_keeps_its_own_direction(as_role, world, db):
    propose(as_role)
    page = page_of(as_role("focal_point"), db)
    assert page.all("//textarea[@name='reason']")
    page.submit("decline", reason="The scan is of another decree.\nSee its number.")
    newest = db.session.query(Adoption).one()
    page = as_role("chair").get(f"/ar/w/nap-2/adoption/{newest.key}")
    assert page.all("//*[contains(@class, 'notice')]//bdi[contains(., 'another decree.')]")


def test_the_chair_withdraws_a_proposal(as_role, world, db):
    propose(as_role)
    confirming = page_of(as_role("focal_point"), db)
    page_of(as_role("chair"), db).submit("withdraw")
    assert "withdrew this proposal" in confirming.submit("confirm", expect=409, compared="y").words


def test_who_confirms_says_that_they_compared(as_role, world, db):
    propose(as_role)
    page = page_of(as_role("focal_point"), db).submit("confirm", expect=422)
    assert "Confirm only what you have read" in page.words


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"date": "2999-01-01"}, "still to come"),
        ({"date": "1999-01-01"}, "from 31 October 2000 on"),
        ({"date": "yesterday"}, "Not a valid date value"),
        ({"level": "nobody"}, "Not a valid choice"),
        ({"level": None}, "Choose who adopts"),
        ({"instrument-en": ""}, "at least one language"),
        ({"instrument-en": "x" * 301}, "too long"),
        ({"number": "1" * 301}, "longer than 300"),
        ({"content": b"", "name": "act.pdf"}, "empty"),
        ({"content": b"PK\x03\x04 not a scan", "name": "act.pdf"}, "neither a PDF nor"),
        ({"content": b"%PDF-" + b"0" * 15_000_000}, "larger than 15 MB"),
        ({"scan": None}, "Choose the scan"),
    ],
)
def test_a_bad_record_is_told_beside_its_field(as_role, world, db, said, words):
    answer = propose(as_role, expect=422, **said)
    assert words in answer.words
    db.session.rollback()
    assert db.session.query(Adoption).count() == 0
    assert db.session.query(PlanVersion).count() == 0


@pytest.mark.parametrize(
    ("content", "kind"), [(b"\xff\xd8\xff\xe0 jpeg", "image/jpeg"), (b"\x89PNG\r\n\x1a\n png", "image/png")]
)
def test_a_scan_is_known_by_what_it_is(as_role, world, db, content, kind):
    propose(as_role, content=content, name="act.pdf")
    page = page_of(as_role("official"), db)
    assert page.client.get(page.all("//a[contains(@href, '/scan')]/@href")[0]).answer.mimetype == kind


def test_a_scan_is_kept_under_its_fingerprint(as_role, world, db):
    propose(as_role)
    db.session.rollback()
    row = db.session.query(Adoption).one()
    assert row.scan_sha256 in row.scan_stored_as
    assert storage.get(row.scan_stored_as) == PDF


def test_without_another_member_nothing_is_proposed(as_role, world):
    with transaction():
        for seat in seats(world.plan.id).memberships:
            seat.member = False
    assert "No other member sits" in propose(as_role, expect=409).words


def test_an_adopted_plan_is_not_proposed(as_role, world):
    browser = as_role("chair")
    page = browser.get(f"{LIFE}/propose")
    with transaction():
        adopted(world)
    assert not browser.get(LIFE).all("//a[contains(@href, '/propose')]")
    assert browser.get(f"{LIFE}/propose", expect=302).location == LIFE
    assert "moved on meanwhile: Adopted" in page.submit("propose", expect=409, **the_act()).words


def test_the_adopted_version_is_offered_for_publishing(as_role, world):
    with transaction():
        number = adopted(world).number
    page = as_role("chair").get(LIFE)
    page.submit("publish")
    assert "Published" in as_role("official").get(LIFE).words
    assert "Decree" in json.dumps(frozen_document(version_at("nap-2", number), PUBLIC))


def test_a_settled_adoption_is_kept_by_the_database(world, db):
    with transaction():
        adopted(world)
    for change in ("update adoption set proposed_by = 'x'", "delete from adoption"):
        with pytest.raises(DBAPIError, match="never changed"), transaction():
            db.session.execute(text(change))


def test_the_database_refuses_one_person_for_both(world, db):
    with transaction():
        proposed(world)
    with pytest.raises(IntegrityError), transaction():
        db.session.execute(text("update adoption set answered_by_id = proposed_by_id"))


def test_both_names_stand_in_the_trail(as_role, world, db):
    propose(as_role)
    confirm(as_role, db)
    trail = as_role("auditor").get("/en/audit").words
    assert "confirmed for Ministry of Defence the adoption that chair proposed" in trail


def test_another_plans_proposal_is_not_there(as_role, world, db):
    with transaction():
        db.session.add(a_plan(slug="other"))
        key = proposed(world).key
    for page in ("", "/scan"):
        as_role("chair").get(f"/en/w/other/adoption/{key}{page}", expect=404)


def test_a_first_adoption_prints_nothing_but_its_own_act(world, db):
    forged = {"of": "adoption", "name": {"en": "Forged"}, "post": {"en": "Chair"}, "on": "2026-01-01"}
    with transaction():
        plan = db.session.get_one(Plan, world.plan.id)
        plan.adoption = {"level": "cabinet", "instrument": {"en": "Forged"}, "amendments": [{"on": "2026-02-01"}]}
        plan.signatures = [forged, {**forged, "of": "foreword"}]
    with transaction():
        adopted(world)
    plan = db.session.get_one(Plan, world.plan.id)
    assert plan.adoption == RECORD
    assert [row["of"] for row in plan.signatures] == ["foreword", "adoption", "adoption"]
    assert forged not in plan.signatures
