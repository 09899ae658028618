"""Requests for support: written, moved on, kept from who may not know of them, and told to donors on one page."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from nap_builder.kernel.audit import AuditEntry, sentence_of
from nap_builder.kernel.database import transaction
from nap_builder.kernel.languages import force_locale
from nap_builder.plans.models.framework import Activity
from nap_builder.plans.models.measures import BudgetLine
from nap_builder.plans.money import Amount
from nap_builder.support import queries
from nap_builder.support.models import SupportRequest, SupportStep

HOME = "/en/w/nap-2/support"
SAYS = {"title-en": "Radios for patrols", "need-en": "Patrols cannot call for help.", "addressee-en": "Any donor"}
SECRET = "Zyxwvut"


def a_request(world, code="DEF", title="Radios for patrols", **given):
    """A request, saved within the open transaction."""
    said = {"title": {"en": title}, "need": {"en": f"{title}: needed."}, "addressee": {"en": "Any donor"}}
    number = queries.next_number(world.plan.id)
    request = SupportRequest(plan=world.plan, number=number, owner_id=world.institutions[code].id, **{**said, **given})
    queries.db.session.add(request)
    queries.db.session.flush()
    return request


@pytest.fixture
def radios(world):
    """A request of Defence about its own activity, which costs 300 and lacks 200."""
    with transaction():
        request = a_request(world, activity_id=world.activities[0].id, amount=200, currency="USD")
        for amount, funding in ((100, "secured"), (200, "gap")):
            line = BudgetLine(activity=world.activities[0], position=amount, amount=amount, funding=funding)
            queries.db.session.add(line)
    return request


@pytest.fixture
def secret(world):
    """A request about an activity that only Defence, the secretariat and the chair may read."""
    place = {"plan_id": world.plan.id, "pillar_id": world.pillar.id, "objective_id": world.objective.id}
    with transaction():
        activity = Activity(
            **place,
            code="1.1.9",
            position=9,
            title={"en": f"{SECRET} act"},
            restricted=True,
            lead_id=world.institutions["DEF"].id,
        )
        queries.db.session.add(activity)
        queries.db.session.flush()
        queries.db.session.add(BudgetLine(activity=activity, position=0, amount=7777, funding="gap"))
        return a_request(world, title=f"{SECRET} asked for", activity_id=activity.id)


def written(client, **changed):
    """What the form answers, filled in by somebody."""
    values = {**SAYS, **changed}
    return client.get(f"{HOME}/add").submit("request", **values)


def test_a_request_is_written_down(as_role, world):
    reference = f"activity:{world.activities[0].key}"
    shown = written(as_role("official"), reference=reference, amount="200", **{"change-en": "Help comes."}).follow()
    assert "Radios for patrols" in shown.words
    assert "1.1.1 Recruit women officers" in shown.words
    assert "200 USD" in shown.words
    request = queries.open_requests(world.plan)[0]
    assert (request.number, request.state, request.owner.code) == (1, "draft", "DEF")
    assert [step.state for step in request.steps] == ["draft"]


def test_requests_are_counted_within_the_plan(as_role, world):
    client = as_role("secretariat")
    for _time in range(2):
        written(client)
    assert [request.number for request in queries.requests(world.plan)] == [1, 2]


def test_a_ministry_asks_in_its_own_name_alone(as_role, world):
    page = as_role("official").get(f"{HOME}/add")
    assert [option.text for option in page.all("//select[@name='owner_id']/option")] == ["Ministry of Defence"]
    forged = str(world.institutions["INT"].id)
    page.submit("request", expect=422, **SAYS, owner_id=forged)
    assert queries.requests(world.plan) == []


def test_who_is_asked_is_said_once(as_role, world):
    page = as_role("secretariat").get(f"{HOME}/add")
    assert "Say who is asked" in page.submit("request", expect=422, **{**SAYS, "addressee-en": ""}).words
    with transaction():
        world.institutions["CSO"].kind = "donor"
    page = page.client.get(f"{HOME}/add")
    both = page.submit("request", expect=422, **SAYS, addressee_id=str(world.institutions["CSO"].id))
    assert "not both" in both.words
    assert "Radios for patrols" in both.text


@pytest.mark.parametrize(
    "odd",
    [
        {"title-en": ""},
        {"need-en": ""},
        {"need-en": "x" * 701},
        {"reference": "activity:nothing"},
        {"reference": "pillar:1"},
        {"addressee_id": "999999999"},
        {"amount": "-5"},
        {"amount": "many"},
        {"amount": "9" * 40},
        {"currency": "dollars", "amount": "5"},
        {"currency": "USD"},
        {"owner_id": ""},
        {"owner_id": "abc"},
    ],
)
def test_odd_values_are_refused_and_nothing_is_saved(as_role, world, odd):
    as_role("secretariat").get(f"{HOME}/add").submit("request", expect=422, **{**SAYS, **odd})
    assert queries.requests(world.plan) == []


def test_an_unknown_field_does_nothing(as_role, world):
    page = as_role("official").get(f"{HOME}/add")
    address, values = page.filled("request", **SAYS)
    page.client.post(address, data={**values, "state": ["received"], "number": ["99"]})
    assert [(one.number, one.state) for one in queries.requests(world.plan)] == [(1, "draft")]


def test_another_ministry_reads_a_request_and_does_not_change_it(as_role, radios):
    client = as_role("interior")
    page = client.get(f"{HOME}/{radios.key}")
    assert "Radios for patrols" in page.words
    assert not page.all("//main//form")
    client.get(f"{HOME}/{radios.key}/edit", expect=403)
    for act in ("edit", "step", "archive"):
        client.post(f"{HOME}/{radios.key}/{act}", data={"once": "0123456789", "seen": "1"}, expect=400)
    assert radios.state == "draft"


@pytest.mark.parametrize("act", ["edit", "step", "archive"])
def test_a_forged_form_of_another_ministry_is_refused(as_role, radios, act):
    client = as_role("interior")
    values = client.get("/en/profile").filled(0)[1]
    forged = {**values, **SAYS, "seen": "1", "state": "received", "on_day": "2026-01-01"}
    client.post(f"{HOME}/{radios.key}/{act}", data=forged, expect=403)
    assert (radios.state, radios.title, radios.archived_at) == ("draft", {"en": "Radios for patrols"}, None)


def test_a_request_goes_from_state_to_state_with_day_and_note(as_role, radios):
    client = as_role("focal_point")
    page = client.get(f"{HOME}/{radios.key}")
    page.submit("step", state="sent", on_day="2026-05-04", **{"note-en": "Letter 17"})
    shown = client.get(f"{HOME}/{radios.key}")
    shown.submit("step", state="promised", on_day="2026-06-30")
    shown = client.get(f"{HOME}/{radios.key}").words
    assert "4 May 2026" in shown
    assert "Letter 17" in shown
    assert [(step.state, step.on_day.isoformat()) for step in radios.steps] == [
        ("sent", "2026-05-04"),
        ("promised", "2026-06-30"),
    ]


@pytest.mark.parametrize(
    "odd",
    [
        {"state": "lost"},
        {"state": ""},
        {"state": "draft"},
        {"state": "sent", "on_day": ""},
        {"state": "sent", "on_day": "2026-02-30"},
        {"state": "sent", "on_day": "0001-01-01"},
        {"state": "sent", "on_day": "9999-12-31"},
    ],
)
def test_an_odd_step_is_refused(as_role, radios, odd):
    as_role("focal_point").get(f"{HOME}/{radios.key}").submit("step", expect=422, **odd)
    assert radios.state == "draft"
    assert queries.db.session.scalars(select(SupportStep)).all() == []


def test_what_is_answered_is_no_longer_open(as_role, world, radios):
    client = as_role("secretariat")
    client.get(f"{HOME}/{radios.key}").submit("step", state="received")
    assert queries.open_requests(world.plan) == []
    assert "Answered" in client.get(HOME).words
    assert "Radios for patrols" not in client.get(f"{HOME}/brief").words


def test_who_saves_after_somebody_else_sees_both(as_role, radios):
    page = as_role("focal_point").get(f"{HOME}/{radios.key}/edit")
    as_role("secretariat").get(f"{HOME}/{radios.key}/edit").submit("request", **{"title-en": "Radios"})
    answer = page.submit("request", expect=409, **{"title-en": "Telephones"})
    assert "Telephones" in answer.text
    assert "Radios" in answer.text
    assert radios.title == {"en": "Radios"}


def test_a_step_on_a_request_that_changed_is_refused(as_role, radios):
    page = as_role("focal_point").get(f"{HOME}/{radios.key}")
    as_role("secretariat").get(f"{HOME}/{radios.key}").submit("step", state="sent")
    page.submit("step", expect=409, state="declined")
    assert radios.state == "sent"


def test_a_request_is_archived_and_restored(as_role, world, radios):
    client = as_role("focal_point")
    client.get(f"{HOME}/{radios.key}").submit("archive")
    assert queries.requests(world.plan) == []
    client.get(f"{HOME}/{radios.key}/edit", expect=404)
    client.get(f"{HOME}/{radios.key}/brief", expect=404)
    client.get(HOME)
    client.get(f"{HOME}/{radios.key}").submit("restore")
    assert queries.requests(world.plan) == [radios]


def test_an_adopted_plan_still_asks_for_support(as_role, world):
    with transaction():
        world.plan.state = "adopted"
    written(as_role("secretariat"))
    assert len(queries.requests(world.plan)) == 1


def test_the_page_for_donors_says_need_change_cost_gap_and_contact(as_role, world, radios):
    with transaction():
        world.institutions["DEF"].focal_post = {"en": "Adviser on gender"}
        radios.change = {"en": "Help comes within the hour."}
    shown = as_role("auditor").get(f"{HOME}/{radios.key}/brief").words
    for part in (
        "Second National Action Plan, 2027 to 2031",
        "Radios for patrols: needed.",
        "Help comes within the hour.",
        "It costs300 USD",
        "Not covered yet200 USD",
        "Adviser on gender, Ministry of Defence",
    ):
        assert part in shown


def test_the_cost_of_an_objective_is_that_of_what_is_under_it_but_for_what_is_restricted(world, radios, secret):
    with transaction():
        request = a_request(world, objective_id=world.objective.id)
    cost = queries.money_for([request])[request.id].cost
    assert cost.total == Amount(Decimal(300), Decimal(300))


@pytest.mark.parametrize("who", ["chair", "focal_point", "interior", "auditor"])
def test_nothing_restricted_is_on_the_page_for_donors(as_role, radios, secret, who):
    client = as_role(who)
    page = client.get(f"{HOME}/brief")
    assert "Radios for patrols" in page.words
    assert SECRET not in page.text
    assert "7,777" not in page.words
    client.get(f"{HOME}/{secret.key}/brief", expect=404)


@pytest.mark.parametrize("who", ["interior", "auditor"])
def test_a_request_about_a_restricted_activity_is_not_there_for_others(as_role, secret, who):
    client = as_role(who)
    assert SECRET not in client.get(HOME).text
    client.get(f"{HOME}/{secret.key}", expect=404)
    if who == "interior":
        assert SECRET not in client.get(f"{HOME}/add").text


def test_those_who_may_read_the_activity_read_its_request(as_role, secret):
    for who in ("chair", "official"):
        assert "About a restricted activity" in as_role(who).get(f"{HOME}/{secret.key}").words


def test_another_ministry_cannot_ask_about_a_restricted_activity(as_role, secret):
    page = as_role("interior").get(f"{HOME}/add")
    page.submit("request", expect=422, **SAYS, reference=f"activity:{secret.activity.key}")


def test_the_trail_keeps_what_is_secret(as_role, secret):
    as_role("secretariat").get(f"{HOME}/{secret.key}/edit").submit("request", **{"title-en": f"{SECRET} again"})
    assert SECRET not in as_role("auditor").get("/en/audit").text
    assert SECRET not in as_role("auditor").get("/en/w/nap-2").text
    assert SECRET in as_role("chair").get(f"{HOME}/{secret.key}").text


def test_the_trail_tells_acts_by_number(as_role, world):
    written(as_role("official"))
    with force_locale("en"):
        entry = queries.db.session.scalars(select(AuditEntry).order_by(AuditEntry.number.desc())).first()
        assert sentence_of(entry) == "official of DEF wrote down request for support no. 1."


def test_history_is_of_one_request(as_role, world):
    client = as_role("secretariat")
    for _time in range(2):
        written(client)
    first = queries.requests(world.plan)[0]
    page = client.get(f"{HOME}/{first.key}")
    assert "request for support no. 1." in page.words
    assert "request for support no. 2." not in page.words


def test_an_empty_list_says_what_will_be_there(as_role):
    assert "Nothing is asked for yet" in as_role("secretariat").get(HOME).words
    assert "No open request" in as_role("secretariat").get(f"{HOME}/brief").words


def test_the_drafts_requests_are_not_for_others(as_role):
    for who in ("contributor", "parliamentarian", "administrator"):
        as_role(who).get(HOME, expect=404)


def test_many_requests_cost_no_more_statements(as_role, world):
    client = as_role("secretariat")
    written(client)
    few = len(client.get(HOME).watch.statements)
    with transaction():
        for _time in range(12):
            a_request(world, code="INT", activity_id=world.activities[1].id)
    assert len(client.get(HOME).watch.statements) <= few + 3
    shown = client.get(f"{HOME}/brief").words
    assert "what each needs and changes stands on its own page" in shown
    assert "Radios for patrols: needed." not in shown
