"""Who brings in whom, and what nobody may change."""

import pytest

from nap_builder.accounts import policy, queries
from nap_builder.accounts.models import OneTimeLink, Person
from nap_builder.accounts.services import people
from nap_builder.kernel.actor import INSTALLATION, Role
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import BadInput, NotAllowed, WrongState
from nap_builder.kernel.mail import Letter
from tests.accounts.conftest import sign_in
from tests.builders.accounts import a_person
from tests.client import Client


def invite_by(world, who, role, code=None):
    place = world.institutions[code].id if code else None
    with transaction():
        by = queries.actor_of(world.people[who])
        return people.invite(by, email="new@x.example", name="", role=role, institution_id=place, language="en")


def test_without_mail_the_link_is_shown_once(as_role, world, db):
    client = as_role("secretariat")
    form = client.get("/en/people/invite")
    address, values = form.filled(
        email="New@Defence.example", role="official", institution=str(world.institutions["DEF"].id)
    )
    shown = client.post(address, data=values, expect=200)
    link = shown.all("//input[@id='link']")[0].get("value")
    again = client.post(address, data=values, expect=303)
    person = db.session.query(Person).filter_by(email="new@defence.example").one()
    assert again.location == f"/en/people/{person.key}"
    assert link not in again.follow().text
    Client(client.app).get(link.removeprefix("http://localhost"))
    assert db.session.query(OneTimeLink).count() == 1


def test_with_mail_the_link_is_sent_and_not_shown(as_role, world, mail_set, db):
    client = as_role("chair")
    client.get("/en/people/invite").submit(email="new@x.example", role="auditor")
    assert "https://plan.example/en/link/" in db.session.query(Letter).filter_by(recipient="new@x.example").one().text


def test_an_address_is_invited_once(as_role, world):
    client = as_role("chair")
    taken = world.people["official"].email
    page = client.get("/en/people/invite").submit(email=taken.upper(), role="auditor", expect=422)
    assert "already" in page.words


def test_a_focal_point_invites_to_the_own_institution(world):
    person, _token = invite_by(world, "focal_point", Role.OFFICIAL, "DEF")
    assert person.grants[0].institution_id == world.institutions["DEF"].id


def test_a_focal_point_cannot_invite_elsewhere(world):
    with pytest.raises(NotAllowed):
        invite_by(world, "focal_point", Role.OFFICIAL, "INT")


def test_a_focal_point_is_offered_the_own_institution_only(as_role, world):
    page = as_role("focal_point").get("/en/people/invite")
    assert [option.text for option in page.all("//select[@name='institution']/option")] == ["Ministry of Defence"]


def test_a_forged_institution_is_refused(as_role, world):
    page = as_role("focal_point").get("/en/people/invite")
    page.submit(email="new@x.example", role="official", institution=str(world.institutions["INT"].id), expect=422)


def test_a_focal_point_sees_the_own_institution_only(as_role, world):
    page = as_role("focal_point").get("/en/people")
    assert world.people["official"].email in page.words
    assert world.people["interior"].email not in page.words
    assert world.people["chair"].email not in page.words


def test_a_focal_point_opens_nobody_elsewhere(as_role, world):
    as_role("focal_point").get(f"/en/people/{world.people['interior'].key}", expect=403)


@pytest.mark.parametrize(
    ("who", "role"),
    [
        ("focal_point", Role.CHAIR),
        ("focal_point", Role.SECRETARIAT),
        ("secretariat", Role.CHAIR),
        ("secretariat", Role.ADMINISTRATOR),
        ("secretariat", Role.STEWARD),
    ],
)
def test_nobody_brings_in_somebody_who_may_do_more(world, who, role):
    with pytest.raises(NotAllowed):
        invite_by(world, who, role, "DEF" if who == "focal_point" else None)


@pytest.mark.parametrize("who", ["official", "contributor", "parliamentarian", "steward", "auditor"])
def test_others_do_not_see_people(as_role, who):
    as_role(who).get("/en/people", expect=403)


@pytest.mark.parametrize("other", [Role.OFFICIAL, Role.FOCAL_POINT, Role.SECRETARIAT, Role.CHAIR])
def test_the_steward_is_no_drafter(other):
    assert not policy.may_meet(frozenset({Role.STEWARD, other}))


@pytest.mark.parametrize(
    "other", [Role.OFFICIAL, Role.FOCAL_POINT, Role.SECRETARIAT, Role.CHAIR, Role.STEWARD, Role.ADMINISTRATOR]
)
def test_the_auditor_writes_nothing(other):
    assert not policy.may_meet(frozenset({Role.AUDITOR, other}))


def test_a_role_that_may_not_meet_another_is_refused(as_role, world):
    client = as_role("chair")
    page = client.get(f"/en/people/{world.people['steward'].key}").submit("give-role", role="secretariat", expect=422)
    assert "may not hold this role together" in page.words


def test_a_role_is_given(as_role, world):
    client = as_role("chair")
    client.get(f"/en/people/{world.people['secretariat'].key}").submit("give-role", role="chair")
    assert {grant.role for grant in world.people["secretariat"].grants} == {"secretariat", "chair"}


def test_a_role_is_not_given_twice(world):
    with transaction(), pytest.raises(BadInput):
        people.grant_role(INSTALLATION, world.people["auditor"], Role.AUDITOR, None)


def test_an_official_needs_an_institution(world):
    with transaction(), pytest.raises(BadInput):
        people.grant_role(INSTALLATION, world.people["secretariat"], Role.OFFICIAL, None)


def test_nobody_changes_their_own_role(as_role, world):
    client, me = as_role("administrator"), world.people["administrator"]
    page = client.get(f"/en/people/{me.key}")
    assert not page.all("//main//form")
    token = client.get("/en/profile").form().form_values()
    client.post(f"/en/people/{me.key}/roles", data=dict(token) | {"role": "chair"}, expect=403)


def test_nobody_closes_their_own_account(world):
    chair = world.people["chair"]
    with transaction(), pytest.raises(NotAllowed):
        people.disable(queries.actor_of(chair), chair)


@pytest.mark.parametrize("role", ["chair", "steward", "auditor"])
def test_the_last_of_a_kind_stays(world, role):
    with transaction(), pytest.raises(WrongState):
        people.disable(INSTALLATION, world.people[role])
    with transaction(), pytest.raises(WrongState):
        people.withdraw_role(INSTALLATION, world.people[role], world.people[role].grants[0].id)


def test_the_last_but_one_may_go(world):
    with transaction():
        a_person(role="chair")
        people.disable(INSTALLATION, world.people["chair"])
    assert not world.people["chair"].active


def test_the_page_says_why_the_last_chair_stays(as_role, world):
    client = as_role("administrator")
    page = client.get(f"/en/people/{world.people['chair'].key}").submit("disable", expect=409)
    assert "last person" in page.words


def test_a_closed_account_can_be_opened_again(as_role, world):
    client, key = as_role("chair"), world.people["official"].key
    client.get(f"/en/people/{key}").submit("disable")
    client.get(f"/en/people/{key}").submit("enable")
    assert world.people["official"].active


def test_a_role_is_taken_back(as_role, world):
    client, person = as_role("chair"), world.people["official"]
    client.get(f"/en/people/{person.key}").submit("withdraw")
    assert person.grants == []


def test_somebody_without_a_role_sees_what_the_public_sees(client, world):
    with transaction():
        person = a_person(role="official", institution_id=world.institutions["DEF"].id)
        people.withdraw_role(INSTALLATION, person, person.grants[0].id)
    sign_in(client, person.email)
    client.get("/en/profile", expect=403)


def test_a_forgotten_password_is_helped_by_a_link(as_role, someone):
    shown = as_role("focal_point").get(f"/en/people/{someone.key}").submit("link", expect=200)
    assert "/en/link/" in shown.all("//input[@id='link']")[0].get("value")


def test_no_link_is_made_for_somebody_who_may_do_more(world):
    with transaction(), pytest.raises(NotAllowed):
        people.hand_over_link(queries.actor_of(world.people["secretariat"]), world.people["chair"])


def test_the_chair_and_the_administrators_are_told_of_a_role(world, mail_set, db):
    with transaction():
        people.grant_role(queries.actor_of(world.people["chair"]), world.people["secretariat"], Role.CHAIR, None)
    told = {letter.recipient for letter in db.session.query(Letter)}
    assert world.people["administrator"].email in told
    assert world.people["chair"].email not in told


def test_an_administrator_reads_people(as_role, world):
    assert world.people["chair"].email in as_role("administrator").get("/en/people").words


def test_names_are_shown_as_typed(as_role, world):
    with transaction():
        person = a_person(role="auditor", name='"><svg onload=alert(1)> {{7*7}}')
    for address in ("/en/people", f"/en/people/{person.key}"):
        assert '"><svg onload=alert(1)> {{7*7}}' in as_role("chair").get(address).words
