"""What consultations need of each person, on the page and in a plan."""

from datetime import timedelta

import pytest

from nap_builder.consultations.models.letters import Addressee
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db, transaction
from tests.builders.consultations import a_comment, a_consultation, a_contribution, an_open_draft

DRAFT = {"decision": "deferred", "text": {"en": "Later."}}
SAYS = "Fatima of Northtown says it."


@pytest.fixture
def heard(world):
    """A comment that waits, a late contribution asked of the Ministry of Defence, and a drafted answer."""
    with transaction():
        comment_on = an_open_draft(world.plan)
        a_comment(comment_on, f"paragraph:{world.paragraphs[0].key}", SAYS)
        held, today = a_consultation(world.plan), now().date()
        asked = {"asked_id": world.institutions["DEF"].id, "asked_on": today}
        a_contribution(held, SAYS, entered_on=today - timedelta(11), **asked)
        a_contribution(held, SAYS, draft=DRAFT, entered_on=today)
    return world


@pytest.mark.parametrize("address", ["home", "w/nap-2"])
@pytest.mark.parametrize("who", ["chair", "secretariat"])
def test_those_who_run_the_plan_see_all_of_it(as_role, heard, who, address):
    page = as_role(who).get(f"/en/{address}").words
    for need in ("Look at comments that came in", "Publish answers that are drafted", "Answer what people said"):
        assert need in page


def test_the_steward_is_told_too(as_role, heard):
    page = as_role("steward").get("/en/home").words
    assert "Look at comments that came in" in page
    assert "Publish answers that are drafted" in page


@pytest.mark.parametrize("who", ["official", "focal_point"])
def test_the_ministry_that_is_asked_comes_to_its_draft_in_one_step(as_role, heard, who):
    page = as_role(who).get("/en/home")
    [link] = page.all("//a[contains(., 'Draft answers to what people said')]/@href")
    assert link.endswith("/answer")
    assert "Look at comments" not in page.words
    assert "Publish answers" not in page.words


@pytest.mark.parametrize("who", ["interior", "auditor", "contributor", "administrator", "parliamentarian"])
def test_nobody_else_is_told(as_role, heard, who):
    page = as_role(who).get("/en/home").words
    for need in ("Draft answers", "Look at comments", "Publish answers", "Answer what people said"):
        assert need not in page


@pytest.fixture
def invited(world):
    """An open draft to which the women's network is invited, as the row of the list that says so."""
    with transaction():
        draft = an_open_draft(world.plan, access="invited", visibility="task_force")
        row = Addressee(consultation_id=draft.id, institution_id=world.institutions["CSO"].id)
        db.session.add(row)
    return row


def test_those_who_are_invited_come_to_the_draft_in_one_step(as_role, invited):
    client = as_role("contributor")
    [link] = client.get("/en/home").all("//a[contains(., 'Comment on a draft')]/@href")
    assert "Draft plan: tell us what to change" in client.get(link).words


@pytest.mark.parametrize("given", [{"answered_on": now().date()}, {"institution_id": None, "name": "Others"}])
def test_who_answered_or_is_not_on_the_list_is_not_asked_again(as_role, invited, given):
    with transaction():
        row = db.session.merge(invited)
        for name, value in given.items():
            setattr(row, name, value)
    assert "Comment on a draft" not in as_role("contributor").get("/en/home").words


@pytest.mark.parametrize("who", ["parliamentarian", "official", "chair"])
def test_who_is_not_invited_is_not_asked_to_comment(as_role, invited, who):
    assert "Comment on a draft" not in as_role(who).get("/en/home").words


def test_a_need_tells_nothing_of_what_was_said(as_role, heard):
    for who in ("chair", "official", "steward"):
        assert "Fatima" not in as_role(who).get("/en/home").words
