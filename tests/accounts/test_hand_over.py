"""A departing official's duties: all handed over in one act, authorship kept, and the way back."""

import pytest
from sqlalchemy import select

from nap_builder.accounts import queries
from nap_builder.accounts.models import HandOver, OneTimeLink, Person, RoleGrant, SignIn
from nap_builder.accounts.services import hand_over as services
from nap_builder.accounts.services.sessions import open_session
from nap_builder.accounts.tokens import digest_of
from nap_builder.kernel.actor import Role
from nap_builder.kernel.audit import AuditEntry, first_fault, sentence_of
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import BadInput, NotAllowed, WrongState
from nap_builder.kernel.languages import force_locale
from nap_builder.kernel.mail import Letter
from tests.builders.accounts import a_person


@pytest.fixture
def leaver(world):
    """Who speaks for two ministries, in one of them for one plan only."""
    with transaction():
        person = a_person(role="focal_point", name="Mira Tolun", institution_id=world.institutions["DEF"].id)
        place, plan = world.institutions["INT"].id, world.plan.id
        person.grants.append(RoleGrant(role="official", institution_id=place, plan_id=plan))
    return person


@pytest.fixture
def successor(world):
    """Who is an official of Justice already."""
    with transaction():
        return a_person(role="official", name="Petra Lind", institution_id=world.institutions["JUS"].id)


def held(person):
    return {(grant.role, grant.institution_id, grant.plan_id) for grant in person.grants}


def confirmation(client, leaver, successor):
    return client.get(f"/en/people/{leaver.key}/hand-over?to={successor.key}")


def last_sentence(word):
    with force_locale("en"):
        query = select(AuditEntry).where(AuditEntry.word == word).order_by(AuditEntry.number.desc())
        return sentence_of(queries.db.session.scalars(query).first())


def test_every_duty_moves_in_one_act(as_role, world, leaver, successor):
    before, own = held(leaver), held(successor)
    chosen = as_role("chair").get(f"/en/people/{leaver.key}/hand-over")
    assert "Petra Lind" in chosen.words
    page = confirmation(chosen.client, leaver, successor)
    assert "Ministry of Defence" in page.words
    assert "Ministry of the Interior" in page.words
    assert "nap-2" in page.words
    assert "Official: Ministry of Justice" in page.words
    shown = page.submit("hand-over").follow()
    assert held(successor) == own | before
    assert held(leaver) == set()
    assert "From Mira Tolun to Petra Lind" in shown.words
    assert "Ministry of Defence" in shown.words


def test_the_account_is_closed_and_both_are_signed_out(as_role, world, leaver, successor):
    with transaction():
        tokens = [open_session(person) for person in (leaver, successor)]
    confirmation(as_role("administrator"), leaver, successor).submit("hand-over")
    assert not leaver.active
    assert successor.active
    assert [queries.acting(digest_of(token)) for token in tokens] == [None, None]


def test_the_account_may_stay_open(as_role, leaver, successor):
    confirmation(as_role("chair"), leaver, successor).submit("hand-over", close=None)
    assert leaver.active
    assert held(leaver) == set()


def test_a_closed_account_is_not_opened_by_handing_over(as_role, leaver, successor):
    with transaction():
        leaver.active = False
    confirmation(as_role("chair"), leaver, successor).submit("hand-over", close=None)
    assert not leaver.active


def test_the_trail_tells_it_in_words(as_role, leaver, successor):
    confirmation(as_role("chair"), leaver, successor).submit("hand-over")
    assert last_sentence("accounts.handed_over") == (
        "chair handed the duties of Mira Tolun over to Petra Lind: Focal point (DEF), Official (INT, nap-2)."
    )
    assert first_fault() is None


def test_the_chair_and_the_administrators_are_told(as_role, world, leaver, successor, mail_set, db):
    confirmation(as_role("chair"), leaver, successor).submit("hand-over")
    letters = db.session.query(Letter).all()
    assert [letter.recipient for letter in letters] == [world.people["administrator"].email]
    assert "The duties of Mira Tolun were handed over to Petra Lind." in letters[0].text


def test_without_a_mail_server_nothing_is_queued(as_role, leaver, successor, db):
    confirmation(as_role("chair"), leaver, successor).submit("hand-over")
    assert db.session.query(Letter).count() == 0


def test_what_was_written_keeps_its_author(as_role, world, leaver, successor):
    officer = as_role(leaver)
    officer.get("/en/w/nap-2/section/why?edit=" + world.paragraphs[0].key).submit(
        world.paragraphs[0].key, **{"text-en": "Women now sit at the table."}
    )
    confirmation(as_role("chair"), leaver, successor).submit("hand-over")
    history = as_role("secretariat").get(f"/en/w/nap-2/section/why/p/{world.paragraphs[0].key}/history").words
    assert "Mira Tolun" in history
    assert "Petra Lind" not in history
    assert "Mira Tolun" in as_role("chair").get("/en/audit?plan=nap-2").words


def test_the_ministry_still_reads_what_its_former_official_did(as_role, world, leaver, successor):
    as_role(leaver).get("/en/w/nap-2/section/why?edit=" + world.paragraphs[0].key).submit(
        world.paragraphs[0].key, **{"text-en": "Women now sit at the table."}
    )
    confirmation(as_role("chair"), leaver, successor).submit("hand-over")
    assert "Mira Tolun" in as_role(successor).get("/en/audit?plan=nap-2").words
    with transaction():
        justice = a_person(role="focal_point", name="Other", institution_id=world.institutions["JUS"].id)
    assert "Mira Tolun" not in as_role(justice).get("/en/audit?plan=nap-2").words


def test_a_failure_half_way_leaves_nothing_moved(world, leaver, successor):
    before, by = held(leaver), queries.actor_of(world.people["chair"])
    other = services.Newcomer(email=successor.email, name="Twice", post=None, language="en")

    def hand_both_over():
        services.hand_over(by, leaver, successor, close=True, seen=leaver.row_version)
        services.hand_over_to_newcomer(by, world.people["official"], other, close=True, seen=1)

    with pytest.raises(BadInput), transaction():
        hand_both_over()
    assert held(leaver) == before
    assert leaver.active
    assert queries.db.session.query(HandOver).count() == 0
    assert queries.db.session.query(AuditEntry).count() == 0


def test_somebody_new_is_invited_by_it(as_role, world, leaver, db):
    page = as_role("chair").get(f"/en/people/{leaver.key}/hand-over?to=new")
    assert page.all("//input[@name='name']")[0].get("value", "") == ""
    before = held(leaver)
    address, values = page.filled("hand-over", name="Sara Nilo", post="Adviser", email="Sara@Defence.example")
    shown = page.client.post(address, data=values, expect=200)
    link = shown.all("//input[@id='link']")[0].get("value")
    newcomer = db.session.query(Person).filter_by(email="sara@defence.example").one()
    assert held(newcomer) == before
    assert (newcomer.name, newcomer.post) == ("Sara Nilo", "Adviser")
    assert not leaver.active
    again = page.client.post(address, data=values)
    assert link not in again.follow().text
    assert db.session.query(OneTimeLink).count() == 1


def test_the_giver_is_told_that_duties_wait_for_a_password(as_role, world, leaver, successor, db):
    with transaction():
        invited = a_person(
            role="official", name="Sara Nilo", password=None, institution_id=world.institutions["JUS"].id
        )
    chair = as_role("chair")
    assert "Petra Lind (Official)" in chair.get(f"/en/people/{leaver.key}/hand-over").words
    assert "invited, no password yet" in chair.get(f"/en/people/{leaver.key}/hand-over").words
    assert "wait until they choose" in chair.get(f"/en/people/{leaver.key}/hand-over?to=new").words
    page = confirmation(chair, leaver, invited)
    assert "The duties wait until Sara Nilo chooses a password" in page.words
    sent = page.submit("hand-over")
    assert "These duties wait for Sara Nilo" in sent.follow().words
    assert "The duties wait until Sara Nilo chooses" in chair.get(f"/en/people/{invited.key}").words
    with transaction():
        db.session.merge(invited).password = successor.password
    assert "These duties wait" not in chair.get(sent.location).words
    assert "The duties wait" not in chair.get(f"/en/people/{invited.key}").words


def test_nobody_can_answer_for_an_institution_while_its_focal_point_is_only_invited(world, leaver):
    place = world.institutions["JUS"].id
    with transaction():
        invited = a_person(role="focal_point", name="Sara Nilo", password=None, institution_id=place)
    assert place not in queries.with_an_account(Role.FOCAL_POINT)
    with transaction():
        queries.db.session.merge(invited).password = leaver.password
    assert place in queries.with_an_account(Role.FOCAL_POINT)


def test_a_new_person_with_a_known_address_is_refused(as_role, world, leaver):
    page = as_role("chair").get(f"/en/people/{leaver.key}/hand-over?to=new")
    taken = world.people["official"].email
    again = page.submit("hand-over", expect=422, name="Sara", email=taken)
    assert "already" in again.words
    assert "Sara" in again.text
    assert held(leaver)


def test_a_new_person_needs_name_and_address(as_role, leaver):
    page = as_role("chair").get(f"/en/people/{leaver.key}/hand-over?to=new")
    page.submit("hand-over", expect=422, name="", email="nobody")
    assert leaver.active


@pytest.mark.parametrize("who", ["steward", "auditor"])
def test_duties_that_may_not_meet_are_refused(as_role, world, leaver, who):
    page = as_role("chair").get(f"/en/people/{leaver.key}/hand-over?to={world.people[who].key}", expect=422)
    assert "may not hold these duties together" in page.words
    by, person = queries.actor_of(world.people["chair"]), world.people[who]
    with transaction(), pytest.raises(BadInput):
        services.hand_over(by, leaver, person, close=True, seen=leaver.row_version)


def test_the_administrator_does_not_become_secretary(world):
    people, by = world.people, queries.actor_of(world.people["chair"])
    left, right = people["secretariat"], people["administrator"]
    with transaction(), pytest.raises(BadInput):
        services.hand_over(by, left, right, close=True, seen=left.row_version)


def test_nobody_takes_duties_for_themselves(as_role, world, leaver):
    me = world.people["chair"]
    client = as_role("chair")
    assert me.key not in client.get(f"/en/people/{leaver.key}/hand-over").text.split("<main")[1]
    page = client.get(f"/en/people/{leaver.key}/hand-over?to={me.key}", expect=422)
    assert "Nobody gives a role to themselves" in page.words


def test_nobody_hands_over_their_own_duties(as_role, world, successor):
    as_role("chair").get(f"/en/people/{world.people['chair'].key}/hand-over", expect=403)
    me = world.people["chair"]
    by = queries.actor_of(me)
    with transaction(), pytest.raises(NotAllowed):
        services.hand_over(by, me, successor, close=True, seen=me.row_version)


@pytest.mark.parametrize("who", ["secretariat", "focal_point", "official", "auditor", "steward"])
def test_others_do_not_hand_over(as_role, leaver, who):
    as_role(who).get(f"/en/people/{leaver.key}/hand-over", expect=403)


def test_a_closed_account_or_the_same_person_takes_nothing(as_role, leaver, successor):
    client = as_role("chair")
    with transaction():
        successor.active = False
    for other in (leaver, successor):
        client.get(f"/en/people/{leaver.key}/hand-over?to={other.key}", expect=422)
    client.get(f"/en/people/{leaver.key}/hand-over?to=nobody", expect=422)


def test_a_successor_who_was_closed_meanwhile_takes_nothing(as_role, leaver, successor):
    page = confirmation(as_role("chair"), leaver, successor)
    with transaction():
        successor.active = False
    page.submit("hand-over", expect=422)
    assert held(leaver)


def test_a_list_that_changed_since_it_was_read_is_shown_again(as_role, world, leaver, successor):
    client = as_role("chair")
    page = confirmation(client, leaver, successor)
    client.get(f"/en/people/{leaver.key}").submit(
        "give-role", role="official", institution=str(world.institutions["FOR"].id)
    )
    again = page.submit("hand-over", expect=422)
    assert "was changed since you opened the page" in again.words
    assert "Ministry of Foreign Affairs" in again.words
    again.submit("hand-over")
    assert held(leaver) == set()


def test_who_has_no_duties_has_nothing_to_hand_over(as_role, world, leaver, successor):
    confirmation(as_role("chair"), leaver, successor).submit("hand-over", close=None)
    page = as_role("administrator").get(f"/en/people/{leaver.key}/hand-over")
    assert "nothing to hand over" in page.words
    assert not page.all("//main//form")


@pytest.mark.parametrize("role", [Role.CHAIR, Role.ADMINISTRATOR])
def test_a_power_is_never_left_to_nobody(as_role, world, role):
    by = "administrator" if role is Role.CHAIR else "chair"
    with transaction():
        heir = a_person(role="parliamentarian", name="Heir")
    confirmation(as_role(by), world.people[role], heir).submit("hand-over")
    assert queries.others_holding(role, world.people[role]) == 1


def test_duties_are_handed_back(as_role, world, leaver, successor):
    before, own = held(leaver), held(successor)
    done = confirmation(as_role("chair"), leaver, successor).submit("hand-over").follow()
    done.submit("return")
    assert held(leaver) == before
    assert held(successor) == own
    assert leaver.active
    assert "Handed back" in done.client.get(done.answer.request.path).words
    assert last_sentence("accounts.handed_back").startswith("chair handed the duties of Mira Tolun back from Petra")


def test_what_the_successor_had_before_stays_when_duties_go_back(world, leaver):
    with transaction():
        twin = a_person(role="focal_point", name="Twin", institution_id=world.institutions["DEF"].id)
        by = queries.actor_of(world.people["chair"])
        done = services.hand_over(by, leaver, twin, close=True, seen=leaver.row_version)
    with transaction():
        services.hand_back(by, done)
    assert held(twin) == {("focal_point", world.institutions["DEF"].id, None)}
    assert len(held(leaver)) == 2


def test_duties_go_back_once(world, leaver, successor):
    by = queries.actor_of(world.people["chair"])
    with transaction():
        done = services.hand_over(by, leaver, successor, close=True, seen=leaver.row_version)
    with transaction():
        services.hand_back(by, done)
    with pytest.raises(WrongState), transaction():
        services.hand_back(by, done)


def test_who_took_over_does_not_decide_on_handing_back(as_role, world):
    with transaction():
        heir = a_person(role="administrator", name="Heir")
    done = confirmation(as_role("chair"), world.people["administrator"], heir).submit("hand-over")
    as_role(heir).get(done.location, expect=403)
    as_role("chair").get(done.location)


def test_a_stale_sign_in_is_asked_for_the_password(as_role, leaver):
    client = as_role("chair")
    with transaction():
        for row in queries.db.session.query(SignIn):
            row.confirmed_at = None
    assert "/confirm" in client.get(f"/en/people/{leaver.key}/hand-over", expect=303).location
