"""The window of a consultation: opened and closed by the chair alone, after a fresh sign-in, once."""

from datetime import timedelta

import pytest

from nap_builder.consultations.models.letters import Addressee
from nap_builder.consultations.window import is_open
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db as layer
from nap_builder.kernel.database import transaction
from tests.builders.consultations import a_consultation, an_open_draft

HOME = "/en/w/nap-2/consultation"


@pytest.fixture
def prepared(world):
    """A draft that is ready to be opened."""
    with transaction():
        return an_open_draft(world.plan, opened_at=None)


def test_the_chair_opens_it_and_decides_about_pictures(as_role, prepared):
    page = as_role("chair").get(f"{HOME}/{prepared.key}/window")
    assert "at the start of the day" in page.words
    assert "UTC" in page.words
    page.submit("open", takes_files="y")
    assert is_open(prepared)
    assert prepared.takes_files


def test_the_gate_that_was_not_passed_is_named(as_role, prepared):
    page = as_role("chair").get(f"{HOME}/{prepared.key}/window")
    assert page.all("//main//a[contains(@href, '/gate/consult')]")


def test_before_an_invited_draft_is_opened_the_chair_reads_who_will_see_it(as_role, world):
    with transaction():
        one = an_open_draft(world.plan, opened_at=None, access="invited", visibility="task_force")
    client = as_role("chair")
    assert "Nobody is invited yet" in client.get(f"{HOME}/{one.key}/window").words
    with transaction():
        layer.session.add(Addressee(consultation_id=one.id, institution_id=world.institutions["CSO"].id))
    words = client.get(f"{HOME}/{one.key}/window").words
    assert "1 institution that is invited" in words
    assert "without an account" not in words


@pytest.mark.parametrize("who", ["secretariat", "steward", "official"])
def test_nobody_else_opens_it(as_role, prepared, who):
    as_role(who).get(f"{HOME}/{prepared.key}/window", expect=403)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"version": None}, "Choose the version"),
        ({"visibility": "task_force"}, "everybody may read"),
        ({"visibility": "steward", "access": "invited"}, "Let others read"),
        ({"risk": "high"}, "its days are hidden"),
        ({"ends": now().date() - timedelta(2), "starts": now().date() - timedelta(9)}, "Its last day has passed"),
    ],
)
def test_what_is_not_ready_is_not_opened(as_role, world, given, says):
    with transaction():
        one = an_open_draft(world.plan, **{"opened_at": None, **given})
    client = as_role("chair")
    page = client.get(f"{HOME}/{one.key}/window")
    assert says in page.words
    values = client.get("/en/profile").filled(0)[1]
    client.post(f"{HOME}/{one.key}/window/open", data={**values, "seen": str(one.row_version)}, expect=409)
    assert one.opened_at is None


def test_it_is_closed_for_good(as_role, world):
    with transaction():
        draft = an_open_draft(world.plan)
    client = as_role("chair")
    client.get(f"{HOME}/{draft.key}/window").submit("window/close")
    assert not is_open(draft)
    client.get(f"{HOME}/{draft.key}/window", expect=403)


def test_pictures_are_the_chairs_decision_alone(as_role, world):
    with transaction():
        draft = an_open_draft(world.plan)
    as_role("secretariat").get(f"{HOME}/{draft.key}/edit").submit("consultation", takes_files="y")
    assert not draft.takes_files
    as_role("chair").get(f"{HOME}/{draft.key}/window").submit("pictures", takes_files="y")
    assert draft.takes_files


def test_how_it_stands_is_said_in_words(as_role, world):
    with transaction():
        draft = an_open_draft(world.plan)
    client = as_role("chair")
    for address in (f"{HOME}/{draft.key}", f"{HOME}/{draft.key}/window"):
        tags = client.get(address).all("//dl/div[dt='State']/dd")
        assert [tag.text_content().strip() for tag in tags] == ["Open"]


def test_a_meeting_has_no_window_to_open(as_role, world):
    with transaction():
        held = a_consultation(world.plan)
    page = as_role("chair").get(f"{HOME}/{held.key}")
    assert not page.all("//main//a[contains(@href, '/window')]")
