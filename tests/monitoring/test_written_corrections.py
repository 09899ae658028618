"""A correction from its opening to its verification, by the doors; what was verified stays what it is meanwhile."""

from io import BytesIO

import pytest

from nap_builder.accounts.queries import actor_of
from nap_builder.kernel.audit import AuditEntry
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db, transaction
from nap_builder.monitoring.models import CLOSED, DRAFT, RETURNED, SUBMITTED, VERIFIED, ProgressUpdate
from nap_builder.monitoring.queries.record import record_of
from nap_builder.monitoring.queries.written import chain_of
from nap_builder.monitoring.services import verification
from tests.builders.framework import an_indicator
from tests.builders.monitoring import a_period, an_update, in_execution

HOME, CYCLE = "/en/w/nap-2/update/", "/en/w/nap-2/cycle/2027-12-31"
WHY = "The list was of another year"
PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"


@pytest.fixture
def verified(world):
    """A verified report of the Ministry of Defence on a period that is closed."""
    with transaction():
        in_execution(world.plan)
        world.period = a_period(world.plan)
        world.indicator = an_indicator(world.activities[0], code="1.a", title="Women officers", kind="number")
        figures = {world.indicator.key: {"value": "180"}}
        world.update = an_update(world.period, world.activities[0], status="on_track", figures=figures)
        verification.verify(actor_of(world.people["auditor"]), world.update, seen=world.update.row_version)
        world.period.state, world.period.closed_at = CLOSED, now()
    return world


def opened(as_role, verified):
    """The form of a correction, as its institution opened it."""
    return as_role("official").get(HOME + verified.update.key).submit("correct", why=WHY).follow()


def figure(verified):
    return f"figure-{verified.indicator.key}-value"


def address(verified):
    return f"{CYCLE}/activity/{verified.activities[0].key}"


def sent(as_role, verified, value="150"):
    """A correction that was sent."""
    opened(as_role, verified).submit("update", press="act=send", **{figure(verified): value})
    return chain_of(verified.update).correction


def test_the_form_of_a_correction_says_why_and_begins_with_what_was_said(as_role, verified):
    page = opened(as_role, verified)

    assert WHY in page.words
    assert page.filled("update")[1][figure(verified)] == ["180"]


def test_a_correction_is_sent_verified_by_another_and_the_old_record_stays(as_role, verified):
    correction = sent(as_role, verified)
    assert (correction.state, correction.correction_reason) == (SUBMITTED, WHY)
    as_role("secretariat").get(HOME + correction.key).submit("verify")

    assert correction.state == VERIFIED
    assert record_of(verified.plan).activities[verified.activities[0].id].id == correction.id
    old = as_role("auditor").get(HOME + verified.update.key)
    assert "Corrected on" in old.words
    assert "180" in old.words


def test_a_draft_of_a_correction_keeps_its_reason_and_is_gone_on_with(as_role, verified):
    opened(as_role, verified).submit("update", press="act=draft", **{figure(verified): "160"})
    correction = chain_of(verified.update).correction

    assert correction.correction_reason == WHY
    assert correction.figures[verified.indicator.key]["value"] == "160"
    (onward,) = as_role("official").get(HOME + correction.key).all("//a[normalize-space()='Go on writing']/@href")
    assert address(verified) in onward


def test_a_verified_report_is_verified_on_every_page_while_it_is_corrected(as_role, verified):
    opened(as_role, verified)

    cycle = as_role("chair").get(CYCLE)
    assert "Verified · a correction is being written" in cycle.words
    assert HOME + verified.update.key in cycle.text
    assert ", 1 verified." in as_role("chair").get("/en/w/nap-2/monitoring").words


def test_a_correction_that_came_back_stands_on_the_own_page_and_is_mended(as_role, verified):
    correction = sent(as_role, verified)
    as_role("auditor").get(HOME + correction.key).submit("return", reason="No list is named")
    assert correction.state == RETURNED

    mine = as_role("official").get("/en/my")
    assert "Corrections that are not sent yet" in mine.words
    page = as_role("official").get(address(verified))
    assert "No list is named" in page.words
    page.submit("update", press="act=send", **{figure(verified): "155"})
    assert (correction.state, correction.correction_reason) == (SUBMITTED, WHY)


@pytest.mark.parametrize("who", ["interior", "auditor", "chair", "secretariat"])
def test_nobody_else_writes_a_correction(as_role, verified, who):
    opened(as_role, verified)

    as_role(who).get(address(verified), expect=403)


def test_the_secretariat_does_not_enter_a_correction_for_others(as_role, verified):
    opened(as_role, verified)
    page = as_role("secretariat").get(address(verified) + "/enter")
    page.submit("update", expect=409, source="letter", source_note="A letter", **{figure(verified): "1"})

    assert chain_of(verified.update).correction.correction_reason == WHY


def test_a_correction_of_what_was_entered_is_not_entered_for_others(as_role, verified):
    opened(as_role, verified)
    with transaction():
        db.session.get(ProgressUpdate, chain_of(verified.update).correction.id).source = "letter"
    page = as_role("secretariat").get(address(verified) + "/enter")
    page.submit("update", expect=409, source="letter", source_note="A letter", **{figure(verified): "1"})

    assert chain_of(verified.update).correction.state == DRAFT


def test_a_correction_is_not_confirmed_unchanged(as_role, verified):
    page = opened(as_role, verified)
    page.client.post(address(verified) + "/unchanged", data=page.filled("update")[1], expect=409)

    assert chain_of(verified.update).correction.unchanged is False


def test_a_closed_period_takes_no_correction_that_was_sent(as_role, verified):
    page = opened(as_role, verified)
    values = page.filled("update")[1]
    page.submit("update", press="act=send", **{figure(verified): "150"})
    page.client.post(address(verified), data={**values, "act": "send", "once": "another-time"}, expect=409)

    assert chain_of(verified.update).correction.figures[verified.indicator.key]["value"] == "150"


def test_a_correction_brings_its_own_proof(as_role, verified):
    page = opened(as_role, verified)
    page.submit("update", press="act=draft", proof=(BytesIO(PDF), "list.pdf"), shows="The list of 2027")
    form = as_role("official").get(address(verified))
    assert "The list of 2027" in form.words
    correction = chain_of(verified.update).correction
    shown = as_role("official").get(HOME + correction.key)
    (href,) = shown.all("//a[normalize-space()='The list of 2027']/@href")
    assert as_role("official").get(href).answer.data
    as_role("auditor").get(href, expect=404)  # nobody else reads a draft, nor what shows it
    form.submit("evidence/", expect=303)
    assert "The list of 2027" not in as_role("official").get(address(verified)).words


def test_every_step_of_a_correction_is_remembered(as_role, verified):
    correction = sent(as_role, verified)
    as_role("secretariat").get(HOME + correction.key).submit("verify")

    words = [one.word for one in db.session.query(AuditEntry).order_by(AuditEntry.number)]
    assert words[-3:] == [f"monitoring.update.{act}" for act in ("corrected", "submitted", "verified")]
