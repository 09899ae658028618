"""Codes from an app: needed by some, offered to all, and good once."""

import re
from datetime import timedelta

import pytest
import time_machine

from nap_builder.accounts import second_factor
from nap_builder.accounts.models import Person, RememberedDevice
from nap_builder.accounts.services import factors
from nap_builder.kernel.audit import AuditEntry
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db, transaction
from nap_builder.kernel.errors import WrongState
from tests.accounts.conftest import in_parallel, sign_in
from tests.builders.accounts import PASSWORD
from tests.client import Client


def code_of(secret):
    """What the app on the phone shows now."""
    return second_factor.codes().generate_totp_password(secret)


@pytest.fixture
def enrolled(someone):
    """Somebody with a second factor: the person, and their recovery codes."""
    with transaction():
        secret = second_factor.new_secret()
        with time_machine.travel(now() - timedelta(minutes=5)):
            codes = factors.set_up(someone, secret, code_of(secret))
    return someone, codes


def first_step(client, email="amina@defence.example"):
    """Gives the password, and opens the page that asks for a code."""
    answer = sign_in(client, email)
    assert answer.location == "/en/sign-in/code"
    return answer.follow()


def test_the_chair_cannot_go_on_without_one(client, chair, codes_wanted):
    assert sign_in(client, "chair@women.example").location == "/en/sign-in/second-factor"
    client.get("/en/profile", expect=302)


def test_an_official_can(client, someone, codes_wanted):
    sign_in(client, "amina@defence.example")
    client.get("/en/profile")


def shown_secret(page):
    return page.all("//input[@id='secret']")[0].get("value")


def app_code(shown):
    """What an app shows that was given the secret in letters."""
    factory = second_factor.codes()._totp
    return factory(key=shown.replace("-", "").replace(" ", ""), format="base32").generate().token


def test_setting_one_up_opens_the_session_and_shows_recovery_codes(client, chair, codes_wanted):
    page = sign_in(client, "chair@women.example").follow()
    done = page.submit(code=app_code(shown_secret(page)), expect=200)
    assert len(done.all("//textarea[@id='codes']")[0].text_content().split()) == second_factor.RECOVERY_CODES
    client.get("/en/profile")


def test_a_wrong_first_code_keeps_nothing(client, chair, codes_wanted):
    page = sign_in(client, "chair@women.example").follow()
    page.submit(code="000000", expect=422)
    assert chair.totp_secret is None


def test_the_secret_is_encrypted_and_never_shown_again(client, chair, codes_wanted, db):
    page = sign_in(client, "chair@women.example").follow()
    shown = shown_secret(page)
    page.submit(code=app_code(shown), expect=200)
    kept = db.session.query(Person.totp_secret).filter_by(id=chair.id).scalar()
    plain = re.sub(r"[^A-Z2-7]", "", shown)
    assert plain not in kept
    for address in ("/en/profile", "/en/profile/second-factor", "/en/people", "/en/sign-in/second-factor"):
        answer = client.browser.get(address).get_data(as_text=True)
        assert plain not in answer.replace("-", "").replace(" ", "")
        assert kept not in answer


def test_a_code_opens_once(client, enrolled):
    person, _codes = enrolled
    code = code_of(person.totp_secret)
    first_step(client).submit(code=f"{code[:3]} {code[3:]}")
    client.get("/en/profile")
    first_step(Client(client.app)).submit(code=code, expect=422)


def test_an_older_code_is_refused_after_a_newer(client, enrolled):
    person, _codes = enrolled
    with time_machine.travel(now(), tick=False) as clock:
        older = code_of(person.totp_secret)
        clock.shift(30)
        first_step(client).submit(code=code_of(person.totp_secret))
        first_step(Client(client.app)).submit(code=older, expect=422)


def test_of_one_code_sent_ten_times_at_once_one_opens(client, enrolled):
    person, _codes = enrolled
    with time_machine.travel(now(), tick=False):
        code = code_of(person.totp_secret)
        pages = [first_step(Client(client.app)) for _ in range(10)]
        forms = [(page.client.browser, *page.filled(code=code)) for page in pages]
        db.session.rollback()
        answers = in_parallel(10, lambda n: forms[n][0].post(forms[n][1], data=forms[n][2]).status_code)
    assert answers.count(303) == 1
    assert set(answers) <= {303, 422, 429}


def test_wrong_codes_are_slowed_down(client, enrolled):
    page = first_step(client)
    for _ in range(5):
        page.submit(code="000000", expect=422)
    page.submit(code="000000", expect=429)


def test_a_recovery_code_opens_once(client, enrolled):
    _person, codes = enrolled
    first_step(client).submit(code=codes[0].lower().replace("-", " "))
    client.get("/en/profile")
    first_step(Client(client.app)).submit(code=codes[0], expect=422)


def test_only_digests_of_recovery_codes_are_kept(enrolled):
    person, codes = enrolled
    assert not set(codes) & set(person.recovery_codes)
    assert {len(kept) for kept in person.recovery_codes} == {64}


def test_an_official_may_have_a_device_remembered(client, enrolled):
    person, _codes = enrolled
    first_step(client).submit(code=code_of(person.totp_secret), keep="y")
    client.browser.delete_cookie("nap")
    assert sign_in(client, "amina@defence.example").location == "/en/home"
    assert sign_in(Client(client.app), "amina@defence.example").location == "/en/sign-in/code"


def test_a_device_is_remembered_for_thirty_days(client, enrolled):
    person, _codes = enrolled
    first_step(client).submit(code=code_of(person.totp_secret), keep="y")
    client.browser.delete_cookie("nap")
    with time_machine.travel(now() + timedelta(days=31)):
        assert sign_in(client, "amina@defence.example").location == "/en/sign-in/code"


def test_the_chair_is_always_asked(client, chair, codes_wanted, db):
    with transaction():
        secret = second_factor.new_secret()
        with time_machine.travel(now() - timedelta(minutes=5)):
            factors.set_up(chair, secret, code_of(secret))
    page = first_step(client, "chair@women.example")
    assert not page.all("//input[@name='keep']")
    page.submit(code=code_of(secret), keep="y")
    assert db.session.query(RememberedDevice).count() == 0


def test_the_password_alone_opens_no_page(client, enrolled):
    first_step(client)
    client.get("/en/profile", expect=302)


def test_the_second_step_waits_ten_minutes(client, enrolled):
    person, _codes = enrolled
    with time_machine.travel(now(), tick=False) as clock:
        page = first_step(client)
        clock.shift(timedelta(minutes=11))
        assert page.submit(code=code_of(person.totp_secret)).location == "/en/sign-in"


def test_a_new_password_ends_a_sign_in_half_way(client, enrolled):
    person, _codes = enrolled
    page = first_step(client)
    with transaction():
        from nap_builder.accounts.services.sessions import end_all  # noqa: PLC0415

        end_all(person)
    assert page.submit(code=code_of(person.totp_secret)).location == "/en/sign-in"


def test_an_official_sets_one_up_from_the_profile(client, someone):
    sign_in(client, "amina@defence.example")
    page = client.get("/en/profile/second-factor")
    page.submit(code=app_code(shown_secret(page)), expect=200)
    client.get("/en/profile")
    assert someone.totp_secret is not None


def test_setting_one_up_ends_other_sessions(client, someone):
    sign_in(client, "amina@defence.example")
    other = Client(client.app)
    sign_in(other, "amina@defence.example")
    page = client.get("/en/profile/second-factor")
    page.submit(code=app_code(shown_secret(page)), expect=200)
    other.get("/en/profile", expect=302)


def test_it_can_be_turned_off_where_the_role_allows(client, enrolled):
    person, _codes = enrolled
    first_step(client).submit(code=code_of(person.totp_secret))
    client.get("/en/profile/second-factor").submit("off")
    assert person.totp_secret is None
    client.get("/en/profile")


def test_the_chair_cannot_turn_it_off(chair):
    with transaction(), pytest.raises(WrongState):
        factors.turn_off(factors.actor_of(chair), chair, required=True)


def test_new_recovery_codes_make_the_old_useless(client, enrolled):
    person, codes = enrolled
    first_step(client).submit(code=code_of(person.totp_secret))
    client.get("/en/profile/second-factor").submit("recovery-codes", expect=200)
    first_step(Client(client.app)).submit(code=codes[0], expect=422)


def test_a_lost_one_is_reset_by_the_administrator(as_role, enrolled):
    person, _codes = enrolled
    as_role("administrator").get(f"/en/people/{person.key}").submit("second-factor/reset")
    assert person.totp_secret is None


def test_a_used_recovery_code_is_remembered_in_the_trail(client, enrolled, db):
    _person, codes = enrolled
    first_step(client).submit(code=codes[0])
    entry = db.session.query(AuditEntry).filter_by(word="accounts.recovery_code_used").one()
    assert entry.content.arguments == {"left": second_factor.RECOVERY_CODES - 1}


def test_a_password_is_asked_again_before_it_is_changed(client, someone):
    sign_in(client, "amina@defence.example")
    with time_machine.travel(now() + timedelta(minutes=11), tick=False):
        asked = client.get("/en/profile/second-factor", expect=303)
        client.get(asked.location).submit(password=PASSWORD)
        client.get("/en/profile/second-factor")


def test_after_a_wrong_code_the_right_one_is_taken(client, someone):
    sign_in(client, "amina@defence.example")
    page = client.get("/en/profile/second-factor").submit(code="000000", expect=422)
    page.submit(code=app_code(shown_secret(page)), expect=200)
    assert someone.totp_secret is not None
