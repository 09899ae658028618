"""Corrections: a new record beside the old one, which stays readable."""

from decimal import Decimal

import pytest

from nap_builder.accounts.queries import actor_of
from nap_builder.kernel.audit import AuditEntry, sentence_of
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import BadInput, NotAllowed, WrongState
from nap_builder.monitoring.models import CLOSED, DRAFT, RETURNED, SUBMITTED, VERIFIED, Evidence
from nap_builder.monitoring.queries.record import record_of
from nap_builder.monitoring.queries.written import chain_of, correctable, evidence_of
from nap_builder.monitoring.services import verification
from nap_builder.monitoring.services.corrections import correct
from nap_builder.monitoring.services.settling import settle
from tests.builders.framework import an_indicator
from tests.builders.monitoring import a_period, an_update, in_execution

HOME = "/en/w/nap-2/update/"


@pytest.fixture
def verified(world):
    """A verified report of the Ministry of Defence."""
    with transaction():
        in_execution(world.plan)
        world.period = a_period(world.plan)
        world.indicator = an_indicator(world.activities[0], code="1.a", title="Women officers")
        figures = {world.indicator.key: {"value": "180"}}
        said = {"en": "Recruited 80"}
        update = an_update(world.period, world.activities[0], status="on_track", said=said, figures=figures)
        verification.verify(actor_of(world.people["auditor"]), update, seen=update.row_version)
        world.update = update
    return world


def corrected(world, reason="The list was of another year"):
    """A correction of the verified report, opened and sent with another figure."""
    with transaction():
        draft = correct(actor_of(world.people["official"]), world.update, reason)
        draft.figures = {world.indicator.key: {"value": "150"}}
        draft.state, draft.submitted_at = SUBMITTED, now()
        settle(draft)
    return draft


def test_a_correction_is_a_draft_that_says_what_was_said(as_role, verified):
    page = as_role("official").get(HOME + verified.update.key)
    opened = page.submit("correct", why="The list was of another year").follow()
    assert "The list was of another year" in opened.words
    assert "Recruited 80" in opened.words
    draft = chain_of(verified.update).correction
    assert (draft.state, draft.said, draft.figures) == (DRAFT, verified.update.said, verified.update.figures)
    assert (draft.author, draft.institution_id) == ("official of DEF", verified.update.institution_id)


def test_what_was_said_counts_until_the_correction_is_sent(as_role, verified):
    with transaction():
        draft = correct(actor_of(verified.people["official"]), verified.update, "Wrong")
    assert record_of(verified.plan).activities[verified.activities[0].id].id == verified.update.id
    page = as_role("official").get(HOME + verified.update.key)
    assert "A correction is being written" in page.words
    assert draft.key not in as_role("interior").get(HOME + verified.update.key).text


def test_the_old_record_stays_readable_and_says_that_it_was_corrected(as_role, verified):
    draft = corrected(verified)
    old = as_role("auditor").get(HOME + verified.update.key)
    assert "Corrected on" in old.words
    assert draft.key in old.text
    assert "Recruited 80" in old.words
    new = as_role("auditor").get(HOME + draft.key)
    assert "As first reported" in new.words
    assert "180" in new.words
    assert "150" in new.words


def test_the_corrected_figure_stands_and_bears_its_mark(verified):
    corrected(verified)
    old, new = record_of(verified.plan).of(verified.indicator)
    assert (old.value, old.corrects, old.quality) == (Decimal(180), False, "verified")
    assert (new.value, new.corrects, new.quality) == (Decimal(150), True, "provisional")


def test_a_correction_is_verified_again(as_role, verified):
    draft = corrected(verified)
    as_role("secretariat").get(HOME + draft.key).submit("verify")
    assert draft.state == VERIFIED
    assert record_of(verified.plan, public=False).activities[verified.activities[0].id].id == draft.id


def test_a_correction_that_is_returned_lets_the_verified_record_stand_again(as_role, verified):
    draft = corrected(verified)
    as_role("auditor").get(HOME + draft.key).submit("return", reason="No list is named.")
    assert record_of(verified.plan).activities[verified.activities[0].id].id == verified.update.id
    with transaction():
        verified.period.state = CLOSED
    assert not correctable(chain_of(draft)), "a returned correction is mended in itself"


def test_a_reason_is_required(as_role, verified):
    page = as_role("official").get(HOME + verified.update.key)
    assert "Say what was wrong" in page.submit("correct", expect=422, why="").words
    assert chain_of(verified.update).correction is None
    with pytest.raises(BadInput), transaction():
        correct(actor_of(verified.people["official"]), verified.update, " ")


@pytest.mark.parametrize("who", ["secretariat", "chair", "auditor", "interior"])
def test_only_the_institution_corrects_its_record(as_role, verified, who):
    assert not as_role(who).get(HOME + verified.update.key).all("//form[@id='correct']")
    with pytest.raises(NotAllowed), transaction():
        correct(actor_of(verified.people[who]), verified.update, "Wrong")


def test_a_record_has_one_correction(as_role, verified):
    page = as_role("official").get(HOME + verified.update.key)
    corrected(verified)
    again = page.submit("correct", expect=409, why="Wrong")
    assert "A correction of it is there already" in again.words


def test_a_correction_can_be_corrected(verified):
    first = corrected(verified)
    with transaction():
        verification.verify(actor_of(verified.people["auditor"]), first, seen=first.row_version)
        second = correct(actor_of(verified.people["official"]), first, "Wrong again")
        second.state, second.submitted_at = SUBMITTED, now()
        settle(second)
    chain = chain_of(verified.update)
    assert [update.id for update in chain.all] == [verified.update.id, first.id, second.id]
    assert chain.standing is second
    assert record_of(verified.plan).activities[verified.activities[0].id].id == second.id


@pytest.mark.parametrize(
    ("period", "state", "may"),
    [
        ("open", SUBMITTED, False),
        ("open", RETURNED, False),
        (CLOSED, SUBMITTED, True),
        (CLOSED, RETURNED, True),
        (CLOSED, DRAFT, False),
    ],
)
def test_what_is_not_verified_is_corrected_once_its_period_is_closed(world, period, state, may):
    with transaction():
        update = an_update(a_period(in_execution(world.plan), state=period), world.activities[0], state=state)
    assert correctable(chain_of(update)) is may
    if not may:
        with pytest.raises(WrongState), transaction():
            correct(actor_of(world.people["official"]), update, "Wrong")


def test_a_correction_leans_on_the_evidence_of_what_it_corrects(db, verified):
    with transaction():
        db.session.add(Evidence(update_id=verified.update.id, title="List", url="https://example.org/list"))
    draft = corrected(verified)
    assert [one.title for one in evidence_of(chain_of(draft).until_now)] == ["List"]
    assert [one.title for one in evidence_of(chain_of(verified.update).until_now)] == ["List"]


def test_why_it_was_corrected_is_remembered(app, db, verified):
    corrected(verified)
    entry = db.session.query(AuditEntry).filter_by(word="monitoring.update.corrected").one()
    with app.test_request_context("/en"):
        assert sentence_of(entry).endswith("on 1.1.1: The list was of another year")


def test_a_correction_is_written_and_sent_after_the_period_is_closed(as_role, verified):
    with transaction():
        verified.period.state = CLOSED
    opened = as_role("official").get(HOME + verified.update.key).submit("correct", why="Counted twice").follow()
    way = opened.all("//a[contains(., 'Write the correction and send it')]/@href")[0]
    form = as_role("official").get(way)
    form.submit("update", **{f"figure-{verified.indicator.key}-value": "150"})
    sent = chain_of(verified.update).correction
    assert (sent.state, sent.figures[verified.indicator.key]["value"]) == (SUBMITTED, "150")
    assert (sent.correction_reason, verified.update.state) == ("Counted twice", VERIFIED)


def test_a_correction_that_is_entered_keeps_why_it_was_made(as_role, verified):
    as_role("official").get(HOME + verified.update.key).submit("correct", why="Counted twice")
    place = f"/en/w/nap-2/cycle/{verified.period.ends}/activity/{verified.activities[0].key}/enter"
    form = as_role("secretariat").get(place)
    given = {"source": "letter", "source_note": "Letter of 3 July"}
    form.submit("update", press="act=send", **given, **{f"figure-{verified.indicator.key}-value": "150"})
    sent = chain_of(verified.update).correction
    assert (sent.correction_reason, sent.source, sent.source_note) == ("Counted twice", "letter", "Letter of 3 July")
