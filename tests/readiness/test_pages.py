"""The pages of readiness: what each shows, to whom, and how a check is said not to apply."""

import pytest
from sqlalchemy import select

from nap_builder.accounts.queries import actor_of
from nap_builder.kernel.audit import AuditEntry
from nap_builder.kernel.checks import CHECKS
from nap_builder.kernel.database import db, transaction
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.services import exceptions
from tests.builders.framework import a_line, an_activity
from tests.builders.readiness import asked, change, open_rows

READY = "/en/w/nap-2/ready"


def excepted(world):
    db.session.expire_all()
    return db.session.get_one(Plan, world.plan.id).not_applicable


def test_the_next_gate_is_open_and_the_others_are_folded(as_role):
    page = as_role("secretariat").get(READY)
    assert "Ready to consult?" in page.words
    assert "6 of 6 checks pass. Nothing is open." in page.words
    assert page.all("//details/summary[contains(., 'Cabinet: later')]")
    assert not page.all("//details[@open]")
    assert not page.all("//a[contains(@href, '/gate/')]")


def test_what_fails_comes_first_the_gravest_on_top(as_role, world):
    change(world.objective, lead_id=None)
    change(world.activities[0], lead_id=None)
    page = as_role("secretariat").get(READY)
    assert "5 of 6 checks pass. 1 needs work." in page.words
    assert page.all("//main//ul[@class='check-list'][1]/li[@class='is-late']//a[.='1 place to mend']")


def test_no_page_tells_a_share_of_the_plan(as_role):
    for address in (READY, f"{READY}/C8", "/en/w/nap-2/overlap"):
        assert "%" not in as_role("secretariat").get(address).words


@pytest.mark.parametrize("key", ["A1", "B1", "C8", "D1", "D5", "E1", "F4", "F5", "G4"])
def test_a_check_says_its_rule_its_reason_and_its_source(as_role, key):
    page = as_role("auditor").get(f"{READY}/{key}")
    assert str(CHECKS[key].says) in page.words
    assert str(CHECKS[key].why) in page.words
    assert str(CHECKS[key].source) in page.words


def test_a_check_lists_exactly_the_rows_that_fail_each_with_its_page(as_role, world):
    change(world.activities[1], starts="2027", ends="2028")
    page = as_role("secretariat").get(f"{READY}/C8")
    assert page.all("//main//tbody//a/@href") == [f"/en/w/nap-2/activity/{world.activities[0].key}"]
    page.client.get(page.all("//main//tbody//a/@href")[0])


@pytest.mark.parametrize("who", ["chair", "auditor", "official"])
def test_every_way_to_mend_opens_for_its_reader(as_role, world, who):
    client = as_role(who)
    with transaction():
        an_activity(world.pillar, code="1.0.1")
    ways = set()  # many checks lead to the same page
    for key in CHECKS:
        ways |= set(client.get(f"{READY}/{key}").all("//main//tbody//a/@href | //main//p/a[.='Mend it']/@href"))
    for href in ways:
        client.get(href)


def test_an_unknown_check_is_not_there(as_role):
    as_role("chair").get(f"{READY}/Z9", expect=404)


def test_what_is_restricted_is_asked_of_its_readers_only(as_role, world):
    change(world.activities[0], restricted=True)
    people = {name: actor_of(world.people[name]) for name in ("chair", "official", "interior", "auditor")}
    listed = {name: open_rows(world.plan, "C8", who) for name, who in people.items()}
    assert listed["chair"] == listed["official"] == ["1.1.1", "1.1.2"]
    assert listed["interior"] == listed["auditor"] == ["1.1.2"]


def test_the_chair_says_why_a_check_does_not_apply_and_takes_it_back(as_role, world):
    page = as_role("chair").get(f"{READY}/F7")
    page.submit("except", expect=422)
    page.submit("except", **{"reason-en": "No weapons are in private hands."})
    assert asked(world.plan, "F7").kind == "not_applicable"
    assert excepted(world) == [{"check": "F7", "reason": {"en": "No weapons are in private hands."}}]
    after = as_role("auditor").get(f"{READY}/F7")
    assert "No weapons are in private hands." in after.words
    as_role("chair").get(f"{READY}/F7").submit("count")
    assert asked(world.plan, "F7").kind == "open"
    assert excepted(world) is None


def test_two_who_say_why_at_once_do_not_overwrite_each_other(as_role, world):
    first, second = as_role("chair").get(f"{READY}/F7"), as_role("chair").get(f"{READY}/F7")
    first.submit("except", **{"reason-en": "One reason."})
    second.submit("except", expect=409, **{"reason-en": "Another."})
    assert excepted(world)[0]["reason"] == {"en": "One reason."}


def test_two_activities_that_look_the_same_are_told_apart(as_role, world):
    change(world.activities[1], title={"en": "Recruit women officers"})
    page = as_role("chair").get(f"{READY}/B5")
    [judge] = page.all("//a[contains(., 'It is no fault')]/@href")
    form = page.client.get(judge)
    assert "looks like 1.1.2" in form.words
    form.submit("except", **{"reason-en": "One is for soldiers, one for the police."})
    assert open_rows(world.plan, "B5") == []
    told = as_role("secretariat").get(f"{READY}/B5")
    assert "1.1.1 1.1.2: One is for soldiers" in told.words or "1.1.2 1.1.1: One is for soldiers" in told.words
    as_role("chair").get(f"{READY}/B5").submit("count")
    assert open_rows(world.plan, "B5") == ["1.1.1"]


def test_a_row_that_does_not_fail_cannot_be_excepted(as_role, world):
    page = as_role("chair").get(f"{READY}/F7")
    _address, values = page.filled("except", **{"reason-en": "Why not."})
    for row in ("B5:a:b", "C8", "B5:" + "x" * 3000):
        page.client.post(f"/en/w/nap-2/ready/B5/except?row={row}", data=values, expect=404)
    page.client.post("/en/w/nap-2/ready/B5/count?row=C8", data=values, expect=404)
    assert excepted(world) is None


@pytest.mark.parametrize("who", ["secretariat", "official", "auditor", "administrator"])
def test_only_the_chair_says_that_a_check_does_not_apply(as_role, who):
    as_role(who).get("/en/w/nap-2/gate/consult", expect=403)
    if who != "administrator":
        assert not as_role(who).get(f"{READY}/F7").all("//main//form")


def test_an_adopted_plan_takes_no_more_reasons(as_role, world):
    page = as_role("chair").get(f"{READY}/F7")
    change(world.plan, state="adopted")
    page.submit("except", expect=409, **{"reason-en": "Too late."})
    assert "No gate lies ahead" in as_role("chair").get(READY).words


def test_the_matrix_shows_the_problems_that_the_checks_list(as_role, world):
    with transaction():
        a_line(an_activity(world.pillar, code="1.0.1", timing="ongoing"))
    page = as_role("chair").get("/en/w/nap-2/matrix")
    shown = {
        row.xpath("string(td[contains(@class, 'col-number')])").strip(): row.xpath("string(.//span[@class='problem'])")
        for row in page.all("//tr[starts-with(@id, 'a-')]")
    }
    words = {"B1": "No lead", "C1": "Under no objective", "C8": "No dates", "D1": "No cost", "D2": "No source"}
    for key, said in words.items():
        assert open_rows(world.plan, key) == [code for code, problem in shown.items() if said in problem], key


def test_a_check_that_does_not_apply_is_no_problem_of_a_row(as_role, world):
    assert "No dates" in as_role("chair").get("/en/w/nap-2/matrix").words
    change(world.plan, not_applicable=[{"check": "C8", "reason": "Dates follow."}])
    assert "No dates" not in as_role("chair").get("/en/w/nap-2/matrix").words


def test_the_page_makes_as_many_statements_for_many_rows(as_role, world):
    chair = as_role("chair")
    chair.get(READY)  # what is asked once for each sign-in
    for_one = statements_for(chair, world, 1)
    assert statements_for(chair, world, 60) == for_one > 0


def statements_for(chair, world, count):
    """How many statements the page makes after so many activities are added, each with money that lacks a source."""
    with transaction():
        objective = db.session.get_one(type(world.objective), world.objective.id)
        for number in range(count):
            a_line(an_activity(objective, code=f"x{count}.{number}"))
    return len(chair.get(READY).watch.statements)


def test_the_situation_reports_and_foreword_are_written(as_role, world):
    page, stale = (as_role("secretariat").get("/en/w/nap-2/settings/reports") for _number in range(2))
    page.submit(0, expect=422, reporting_months="1000000000000")
    page.submit(0, expect=422, **{"foreword_name-en": "Amina Rehn"})
    page.submit(0, expect=422, timezone="Europe/Atlantis")
    page.submit(
        0,
        context=["donor"],
        reporting_months="6",
        timezone="Europe/Tirane",
        civil_society_role="voting_seats",
        required_languages=["en", "fr"],
        **{"foreword_name-en": "Amina Rehn", "foreword_post-en": "Prime Minister", "foreword_on": "2027-01-02"},
    )
    db.session.expire_all()
    plan = db.session.get_one(Plan, world.plan.id)
    assert (plan.context, plan.reporting_months, plan.civil_society_role) == (["donor"], 6, "voting_seats")
    assert plan.timezone == "Europe/Tirane"
    assert plan.signatures[0]["on"] == "2027-01-02"
    stale.submit(0, expect=409, reporting_months="3")


def test_a_reason_about_a_restricted_row_is_not_in_the_trail_of_others(as_role, world):
    change(world.activities[1], title={"en": "Recruit women officers"})
    change(world.activities[0], restricted=True)
    keys = sorted(one.key for one in world.activities)
    plan = db.session.get_one(Plan, world.plan.id)
    with transaction():
        exceptions.except_check(actor_of(world.people["chair"]), plan, f"B5:{':'.join(keys)}", {"en": "Zyx."})
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.number.desc()).limit(1)).one()
    assert (entry.subject_key, entry.plan_slug) == (world.activities[0].key, "nap-2")
    assert (entry.content.arguments, entry.content.changes) == ({"check": "B5"}, {})


def test_a_reason_about_a_paragraph_is_remembered_with_it(as_role, world):
    plan, paragraph = db.session.get_one(Plan, world.plan.id), world.paragraphs[0]
    chair, name = actor_of(world.people["chair"]), f"D5:{paragraph.key}:USD:9"
    with transaction():
        exceptions.except_check(chair, plan, name, {"en": "Another sum."})
        exceptions.count_again(chair, plan, name)
    entries = db.session.scalars(select(AuditEntry).order_by(AuditEntry.number.desc()).limit(2)).all()
    assert {entry.subject_key for entry in entries} == {paragraph.key}
    assert entries[0].content.changes == {"reason": [{"en": "Another sum."}, None]}


@pytest.mark.parametrize(("gate", "required"), [("consult", 0), ("cabinet", 1)])
def test_the_reason_of_a_gate_is_marked_as_required_where_one_is_needed(as_role, gate, required):
    page = as_role("chair").get(f"/en/w/nap-2/gate/{gate}")
    assert len(page.all("//main//form//legend[contains(., 'required')]")) == required
