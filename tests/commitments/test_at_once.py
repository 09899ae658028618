"""Two people on one row: an answer is never taken for other values than its page showed. Real threads, over HTTP."""

import pytest
from flask import Flask

from nap_builder.commitments.forms import sealed
from nap_builder.kernel.audit import first_fault
from nap_builder.kernel.database import db, transaction
from nap_builder.plans.queries.promised import value_of
from tests.builders.commitments import asked, known
from tests.builders.world import World
from tests.journeys.test_two_editors import acts_called, at_once, browser_of, copy_of, form, sender

NEW_TITLE = "Recruit women soldiers"


@pytest.fixture
def shown(app: Flask, world: World):
    """What a form carries that was given out for the activity of the Ministry of Defence, asked for."""
    with transaction():
        [commitment] = asked(world.activities[0])
        seen, values = commitment.row_version, value_of(world.activities[0])
    with app.test_request_context():
        return {"seen": seen, "shown": sealed(values)}


def address(world: World, answer: str) -> str:
    """Where the ministry answers."""
    return f"/en/w/nap-2/commitments/{world.activities[0].key}/{answer}"


def test_an_acceptance_and_a_new_title_at_once_never_become_an_acceptance_of_the_new_title(app, world, shown):
    row = world.activities[0]
    colonel, secretary = (browser_of(app, world.people[name]) for name in ("focal_point", "secretariat"))
    accept = form(app, post="Director", **shown)
    fields = {"seen": row.row_version, "code": row.code, "title-en": NEW_TITLE, "timing": "dated"}
    change = form(app, lead_id=row.lead_id, **fields)
    answers = at_once(
        [
            sender(colonel, address(world, "accept"), accept),
            sender(secretary, f"/en/w/nap-2/activity/{row.key}/edit", change),
        ]
    )
    db.session.rollback()
    assert answers[1].status_code == 303
    assert row.title["en"] == NEW_TITLE
    found = known(row)
    assert found.state == "asked"
    if answers[0].status_code == 303:
        assert found.promised["title"] == {"en": "Recruit women officers"}
        assert found.changed_at is not None
    else:
        assert answers[0].status_code == 409
        assert NEW_TITLE in answers[0].text
        assert "Recruit women officers" in answers[0].text
        assert found.promised is None
    assert first_fault() is None


def test_of_an_acceptance_and_a_request_at_once_one_counts(app, world, shown):
    accept = form(app, post="Director", **shown)
    wish = form(app, post="Colonel", about="other", language="en", proposed="Wait.", reason="The law.", **shown)
    person = world.people["focal_point"]
    acts = [("accept", accept), ("change", wish)]
    answers = at_once([sender(browser_of(app, person), address(world, to), given) for to, given in acts])
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    db.session.rollback()
    taken = "accepted" if answers[0].status_code == 303 else "change_asked"
    assert known(world.activities[0]).state == taken


def test_an_acceptance_that_is_sent_five_times_is_recorded_once(app, world, shown):
    browser = browser_of(app, world.people["focal_point"])
    given = form(app, post="Director", **shown)
    acts = [sender(copy_of(app, browser), address(world, "accept"), given) for _ in range(5)]
    assert {answer.status_code for answer in at_once(acts)} == {303}
    assert acts_called("commitments.accepted") == 1


def test_a_form_that_stayed_open_over_night_keeps_what_was_typed(app, world, shown):
    given = form(app, post="Director", about="other", proposed="Wait for the law.", reason="Parliament.", **shown)
    answer = app.test_client().post(address(world, "change"), data=given)
    assert answer.status_code in (400, 401)
    assert "Wait for the law." in answer.text
    assert shown["shown"] not in answer.text
    db.session.rollback()
    assert known(world.activities[0]).state == "asked"
