"""An official reports in one form: what was said last stands in it, and what is wrong is told beside its field."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from nap_builder.accounts.queries import actor_of
from nap_builder.kernel import storage
from nap_builder.kernel.audit import AuditEntry
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db, transaction
from nap_builder.kernel.errors import BadInput, MalformedForm, StaleEdit, WrongState
from nap_builder.kernel.protection import limiter
from nap_builder.monitoring.models import (
    APPROVED,
    CLOSED,
    PLANNED,
    RETURNED,
    VERIFIED,
    Evidence,
    IndicatorValue,
    ProgressUpdate,
)
from nap_builder.monitoring.queries.due import due_at
from nap_builder.monitoring.queries.record import record_of
from nap_builder.monitoring.routes import blueprint
from nap_builder.monitoring.services import updates
from nap_builder.monitoring.services.content import Content
from nap_builder.monitoring.services.settling import settle
from nap_builder.plans.models.measures import Milestone
from tests.builders.framework import a_figure, a_line, an_indicator
from tests.builders.monitoring import a_period, an_update, in_execution

PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"
SEXES = [{"of": {"sex": "women"}, "value": "96"}, {"of": {"sex": "men"}, "value": "571"}]


@pytest.fixture
def owing(world):
    """A plan that is carried out; Defence said something in the first period, and the second is open."""
    with transaction():
        in_execution(world.plan)
        world.activity = world.activities[0]
        world.people_deployed = an_indicator(
            world.activity, code="A1", title="People deployed", counts="people", disaggregation=["sex"]
        )
        world.theirs = an_indicator(world.activities[1], code="B1")
        world.line = a_line(world.activity, amount="1000")
        world.step = Milestone(
            plan_id=world.plan.id, activity_id=world.activity.id, code="M1", position=0, title={"en": "First course"}
        )
        db.session.add(world.step)
        world.before = a_period(world.plan, "2027-12-31", state=CLOSED)
        world.period = a_period(world.plan, "2028-12-31")
        world.first = an_update(
            world.before,
            world.activity,
            status="on_track",
            said={"en": "Second selection round finished."},
            figures={world.people_deployed.key: {"value": "667", "cells": SEXES}},
            milestones={world.step.key: {"state": "in_progress"}},
            spending={world.line.key: {"approved": "1000", "spent": "200"}},
        )
    return world


def address(owing, row=None, kind="activity"):
    return f"/en/w/nap-2/cycle/2028-12-31/{kind}/{(row or owing.activity).key}"


def name_of(owing, part, kind="figure", row=None):
    return f"{kind}-{(row or owing.people_deployed).key}-{part}"


def cells_of(page):
    """The names of the fields for women and men."""
    return [one.get("name") for one in page.all("//input[contains(@name, '-cell-')]")]


def only_update(owing):
    query = select(ProgressUpdate).where(ProgressUpdate.period_id == owing.period.id)
    return db.session.scalars(query).one()


def form_page(as_role, owing, who="official"):
    return as_role(who).get(address(owing))


def test_the_form_begins_with_what_was_said_last(as_role, owing):
    _address, filled = form_page(as_role, owing).filled("update")

    women, men = (filled[name] for name in cells_of(form_page(as_role, owing)))
    assert (filled["status"], women, men, filled["said"]) == (["on_track"], ["96"], ["571"], [""])


def test_an_update_that_is_sent_counts_at_once(as_role, owing):
    page = form_page(as_role, owing)
    women, men = cells_of(page)
    page.submit("update", press="act=send", **{women: "118", men: "564", "said": "Third contingent left."})

    value = db.session.scalars(select(IndicatorValue).where(IndicatorValue.update_id == only_update(owing).id)).one()
    assert (value.value, value.quality, only_update(owing).state) == (Decimal(682), "provisional", "submitted")


def test_the_women_are_shown_as_a_share_after_it_is_saved(as_role, owing):
    page = form_page(as_role, owing)
    women, men = cells_of(page)
    page.submit("update", press="act=send", **{women: "118", men: "564"})

    assert "17.3% women" in form_page(as_role, owing).words


def test_a_draft_counts_for_nothing(as_role, owing):
    form_page(as_role, owing).submit("update", press="act=draft", status=None, said="Half a sentence")

    kept = select(IndicatorValue).where(IndicatorValue.update_id == only_update(owing).id)
    assert (only_update(owing).said, db.session.scalars(kept).all()) == ({"en": "Half a sentence"}, [])


def test_nothing_changed_is_one_press(as_role, owing):
    page = as_role("official").get("/en/my")
    _address, values = page.filled("update")
    page.client.post(f"{address(owing)}/unchanged", data=values)

    update = only_update(owing)
    assert (update.unchanged, update.status, update.said, update.figures[owing.people_deployed.key]["value"]) == (
        True,
        "on_track",
        None,
        "667",
    )


def of_a_series(owing, **given):
    """Defence named the series of its figure in the first period."""
    with transaction():
        update = db.session.get(ProgressUpdate, owing.first.id)
        update.figures = {owing.people_deployed.key: {"value": "667", "cells": SEXES, "series": "Police"}}
        settle(update)
        for name, value in given.items():
            setattr(db.session.get(type(owing.people_deployed), owing.people_deployed.id), name, value)


def series_said(owing):
    """The series of every value of the indicator."""
    return [value.series for value in record_of(owing.plan).of(owing.people_deployed)]


def test_a_figure_is_said_of_the_series_that_was_said_last(as_role, owing):
    of_a_series(owing)
    page = form_page(as_role, owing)
    women, men = cells_of(page)
    page.submit("update", press="act=send", **{women: "118", men: "564"})

    assert series_said(owing) == ["Police", "Police"]


@pytest.mark.parametrize("total", ["last", "sum"])
def test_nothing_changed_is_said_of_the_same_series(as_role, owing, total):
    of_a_series(owing, total=total)
    page = form_page(as_role, owing)
    page.client.post(f"{address(owing)}/unchanged", data=page.filled("update")[1])

    assert series_said(owing) == ["Police", "Police"]


def test_nothing_changed_repeats_a_gap_where_periods_are_added_up(as_role, owing):
    with transaction():
        update = db.session.get(ProgressUpdate, owing.first.id)
        update.figures = {owing.people_deployed.key: {"missing": "not_collected"}}
        settle(update)
        db.session.get(type(owing.people_deployed), owing.people_deployed.id).total = "sum"
    page = form_page(as_role, owing)
    page.client.post(f"{address(owing)}/unchanged", data=page.filled("update")[1])

    assert only_update(owing).figures == {owing.people_deployed.key: {"missing": "not_collected"}}


@pytest.mark.parametrize(("said", "offered"), [("Something new", False), ("", True)])
def test_nothing_changed_is_not_offered_over_a_draft_that_says_more(as_role, owing, said, offered):
    form_page(as_role, owing).submit("update", press="act=draft", said=said)
    page = form_page(as_role, owing)
    assert ("Nothing changed since" in page.words) is offered
    page.client.post(f"{address(owing)}/unchanged", data=page.filled("update")[1], expect=303 if offered else 409)


def test_nothing_changed_says_nought_where_periods_are_added_up(as_role, owing):
    with transaction():
        db.session.get(type(owing.people_deployed), owing.people_deployed.id).total = "sum"
    page = form_page(as_role, owing)
    assert "says 0 for this period in: A1" in page.words
    page.client.post(f"{address(owing)}/unchanged", data=page.filled("update")[1])

    assert only_update(owing).figures == {owing.people_deployed.key: {"value": "0"}}


@pytest.mark.parametrize("given", [{"total": "sum", "kind": "percent"}, {"code": "new"}], ids=["summed share", "new"])
def test_nothing_changed_is_not_offered_where_it_cannot_be_said(as_role, owing, given):
    with transaction():
        if "total" in given:
            row = db.session.get(type(owing.people_deployed), owing.people_deployed.id)
            row.total, row.kind = given["total"], given["kind"]
        else:
            an_indicator(owing.activity, code="A2")
    page = form_page(as_role, owing)

    assert "Nothing changed" not in page.words
    page.client.post(f"{address(owing)}/unchanged", data=page.filled("update")[1], expect=409)


WRONG = [
    ({"status": None}, "Choose how it is going."),
    ({"status": "dropped", "said": ""}, "Say why it is dropped"),
    ({"value": "5"}, "The parts add up to 667, more than the whole of 5."),
    ({"value": "-5"}, "not below zero"),
    ({"value": "1,2,3"}, "Write a number"),
    ({"value": "150000,50"}, "Write a point before the decimals, such as 9.5."),
    ({"status": None, "value": "many"}, "Choose how it is going."),
    ({"status": None, "value": "many"}, "Write a number"),
    ({"missing": "not_collected", "value": "700"}, "not both"),
    ({"step.state": "completed"}, "Write the day on which it was completed."),
    ({"step.state": "completed", "step.met_on": "2099-01-01"}, "after today"),
    ({"step.state": "dropped"}, "Say why it is dropped."),
    ({"step.state": "", "step.met_on": "2026-01-05"}, "Choose how the milestone stands."),
    ({"money.spent": "-1"}, "not below zero"),
    ({"said": "x" * 401}, "under 400 characters"),
    ({"link": "javascript:alert(1)"}, "begins with https://"),
    ({"shows": "A list"}, "Give the link or the file"),
]


@pytest.mark.parametrize(
    ("given", "told"), WRONG, ids=[next(iter(given)) + str(n) for n, (given, _t) in enumerate(WRONG)]
)
def test_what_is_wrong_is_told_and_nothing_is_saved(as_role, owing, given, told):
    page = form_page(as_role, owing)
    answer = page.submit(
        "update", expect=422, press="act=send", **typed(owing, given), **{"said": "My words", **plain(given)}
    )

    assert told in answer.words
    assert db.session.scalars(select(ProgressUpdate).where(ProgressUpdate.period_id == owing.period.id)).all() == []


def typed(owing, given):
    """What is typed, by the names of the fields that hang on rows."""
    rows = {"step": ("milestone", owing.step), "money": ("money", owing.line)}
    found = {}
    for name, value in given.items():
        kind, _dot, part = name.rpartition(".")
        if kind:
            found[name_of(owing, part, *rows[kind])] = value
        elif name in ("value", "missing"):
            found[name_of(owing, name)] = value
    return found


def plain(given):
    return {name: value for name, value in given.items() if name in ("status", "said", "link", "shows")}


def test_a_refused_form_keeps_what_was_typed(as_role, owing):
    page = form_page(as_role, owing)
    answer = page.submit("update", expect=422, press="act=send", status="dropped", said="", **{cells_of(page)[0]: "٩٨"})

    assert answer.filled("update")[1][cells_of(answer)[0]] == ["٩٨"]


def test_arabic_figures_are_read(as_role, owing):
    page = form_page(as_role, owing)
    page.submit("update", press="act=send", **{cells_of(page)[0]: "١١٨"})

    assert only_update(owing).figures[owing.people_deployed.key]["value"] == "689"


def test_a_jump_is_told_and_never_stops_anybody(as_role, owing):
    page = form_page(as_role, owing)
    women, men = cells_of(page)
    answer = page.submit("update", press="act=send", **{women: "509", men: "571"}).follow()

    assert "People deployed: this is 62 % more than in December 2027. Is it right?" in answer.words


def test_more_spent_than_approved_is_told_and_never_stops_anybody(as_role, owing):
    spent = name_of(owing, "spent", "money", owing.line)
    answer = form_page(as_role, owing).submit("update", press="act=send", **{spent: "1200"}).follow()

    assert "more is spent than was approved" in answer.words


def test_who_verifies_sees_that_more_is_spent_and_who_sent_it_can_change_it(as_role, owing):
    spent = name_of(owing, "spent", "money", owing.line)
    form_page(as_role, owing).submit("update", press="act=send", **{spent: "1200"})
    here = f"/en/w/nap-2/update/{only_update(owing).key}"

    assert "more is spent than was approved" in as_role("secretariat").get(here).words
    own = as_role("official").get(here)
    assert own.all("//a[contains(., 'Change it and send it again')]/@href") == [address(owing)]
    assert "somebody else verifies it" in own.words
    assert "1 update waits for somebody else" in as_role("official").get("/en/w/nap-2/cycle/2028-12-31").words


def test_why_there_is_no_figure_stands_in_place_of_the_last_one(as_role, owing):
    form_page(as_role, owing).submit("update", press="act=send", **{name_of(owing, "missing"): "not_collected"})

    assert only_update(owing).figures == {owing.people_deployed.key: {"missing": "not_collected"}}


def test_a_figure_of_another_ministry_is_refused(as_role, owing):
    strange = name_of(owing, "value", row=owing.theirs)
    form_page(as_role, owing).submit("update", expect=400, press="act=send", **{strange: "9"})


@pytest.mark.parametrize("who", ["interior", "secretariat", "chair", "auditor"])
def test_nobody_else_reports_for_the_institution(as_role, owing, who):
    as_role(who).get(address(owing), expect=403)


@pytest.mark.parametrize("who", ["parliamentarian", "contributor"])
def test_outside_the_state_it_is_not_there(as_role, owing, who):
    as_role(who).get(address(owing), expect=404)


def test_two_who_write_at_once_see_both_texts(as_role, owing):
    mine, theirs = form_page(as_role, owing), form_page(as_role, owing, "focal_point")
    theirs.submit("update", press="act=send", said="Theirs")
    answer = mine.submit("update", expect=409, press="act=send", said="Mine")
    assert ("Theirs" in answer.words, "Mine" in answer.words) == (True, True)

    answer.submit(0)
    assert only_update(owing).said == {"en": "Mine"}


def test_a_double_click_reports_once(as_role, owing):
    page = form_page(as_role, owing)
    where, values = page.filled("update")
    for _press in range(2):
        page.client.post(where, data={**values, "act": "send"})

    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.word == "monitoring.update.submitted")).all()
    assert len(entries) == 1


def test_an_expired_sign_in_keeps_the_text(as_role, owing, client):
    where, values = form_page(as_role, owing).filled("update")
    answer = client.post(where, data={**values, "said": "My sentence"}, expect=400)

    assert "My sentence" in answer.text


@pytest.mark.parametrize("state", [CLOSED, PLANNED])
def test_a_period_that_is_not_open_takes_nothing_and_keeps_the_text(as_role, owing, state):
    page = form_page(as_role, owing)
    with transaction():
        period = db.session.get(type(owing.period), owing.period.id)
        period.state, period.opened_at = state, period.opened_at if state == CLOSED else None
    answer = page.submit("update", expect=409, press="act=send", said="My sentence")

    assert ("Nothing was saved" in answer.words, "My sentence" in answer.text) == (True, True)


def test_a_closed_period_shows_no_form(as_role, owing):
    page = as_role("official").get(address(owing).replace("2028", "2027"))

    assert page.all("//form[@id='update']") == []


def test_what_is_sent_may_be_written_anew_until_somebody_checked_it(as_role, owing):
    form_page(as_role, owing).submit("update", press="act=send", said="First")
    form_page(as_role, owing).submit("update", press="act=send", said="Second")
    assert (only_update(owing).said, only_update(owing).state) == ({"en": "Second"}, "submitted")

    with transaction():
        only_update(owing).state = APPROVED
    form_page(as_role, owing).submit("update", expect=409, press="act=send", said="Third")


def test_a_report_came_when_it_was_sent_first(as_role, owing):
    form_page(as_role, owing).submit("update", press="act=send", said="First")
    came = only_update(owing).first_sent_at
    form_page(as_role, owing).submit("update", press="act=send", said="Second")

    assert only_update(owing).first_sent_at == came < only_update(owing).submitted_at


def test_what_came_back_is_first_and_counts_again_once_it_is_sent(as_role, owing):
    with transaction():
        update = an_update(owing.period, owing.activity, state=RETURNED, status="late", return_reason="Count again.")
    page = as_role("official").get("/en/my")
    assert "Count again." in page.words

    page.submit("update", press="act=send", said="Counted again", **{name_of(owing, "value"): "700"})
    assert db.session.get(ProgressUpdate, update.id).state == "submitted"


def test_restricted_activities_are_there_for_their_institution_alone(as_role, owing):
    with transaction():
        db.session.get(type(owing.activity), owing.activity.id).restricted = True

    as_role("official").get(address(owing))
    as_role("interior").get(address(owing), expect=404)


def test_evidence_of_a_picture_says_nothing_of_where_it_was_taken(as_role, owing):
    page = form_page(as_role, owing)
    where, values = page.filled("update")
    sent = {**values, "act": "send", "shows": "The course", "proof": (BytesIO(a_picture()), "IMG_1.jpg")}
    page.client.post(where, data=sent, content_type="multipart/form-data")

    kept = storage.get(db.session.scalars(select(Evidence)).one().stored_as)
    with Image.open(BytesIO(kept)) as picture:
        assert (dict(picture.getexif()), picture.size) == ({}, (8, 4))


@pytest.fixture
def limited(monkeypatch):
    """Two files an hour are taken, and limits are kept, as they are outside tests."""
    monkeypatch.setattr(limiter, "enabled", False)  # as it is again after the test
    monkeypatch.setattr(blueprint, "MOST_FILES", "2 per hour")
    other = Flask("limited")
    other.config["RATELIMIT_STORAGE_URI"], other.config["RATELIMIT_ENABLED"] = "memory://", True
    limiter.init_app(other)


def test_who_sends_file_after_file_is_held_up(as_role, owing, limited):
    page = form_page(as_role, owing)
    where, values = page.filled("update")

    def send(expect, **more):
        given = {**values, "act": "draft", "link": "none", **more}  # what is wrong with it saves nothing
        page.client.post(where, data=given, content_type="multipart/form-data", expect=expect)

    for expected in (422, 422, 429):
        send(expected, proof=(BytesIO(PDF), "list.pdf"))
    send(422)


def a_picture():
    """A small JPEG that names its camera."""
    exif = Image.Exif()
    exif[0x010F] = "A camera"
    written = BytesIO()
    Image.new("RGB", (8, 4), "green").save(written, "JPEG", exif=exif)
    return written.getvalue()


def test_evidence_is_saved_and_never_shown(as_role, owing):
    page = form_page(as_role, owing)
    where, values = page.filled("update")
    sent = {**values, "act": "send", "proof": (BytesIO(PDF), "list.html")}
    page.client.post(where, data=sent, content_type="multipart/form-data")
    key = db.session.scalars(select(Evidence)).one().key

    answer = as_role("auditor").get(f"/en/w/nap-2/evidence/{key}").answer
    assert (answer.mimetype, answer.headers["Content-Disposition"]) == (
        "application/pdf",
        f'attachment; filename="evidence-{key[:8]}.pdf"',
    )


@pytest.mark.parametrize(
    "content", [b"", b"<html>,</html>", b"MZ\x90\x00", b"PK\x03\x04 no office", b"\xff\xd8\xff\xe0 no"]
)
def test_a_file_that_is_no_evidence_is_refused(as_role, owing, content):
    page = form_page(as_role, owing)
    where, values = page.filled("update")
    sent = {**values, "act": "send", "proof": (BytesIO(content), "proof.pdf")}
    page.client.post(where, data=sent, content_type="multipart/form-data", expect=422)

    assert db.session.scalars(select(Evidence)).all() == []


def test_a_file_need_not_be_chosen_again(as_role, owing):
    page = form_page(as_role, owing)
    where, values = page.filled("update")
    sent = {**values, "act": "send", "status": "dropped", "proof": (BytesIO(PDF), "list.pdf")}
    refused = page.client.post(where, data=sent, content_type="multipart/form-data", expect=422)
    refused.submit("update", press="act=send", said="Nobody came.")

    assert db.session.scalars(select(Evidence)).one().size == len(PDF)


def sent_with_a_file(page, act="send", expect=303, **typed):
    """The form as it is sent with a file as proof."""
    where, values = page.filled("update")
    sent = {**values, **typed, "act": act, "proof": (BytesIO(PDF), "list.pdf")}
    return page.client.post(where, data=sent, content_type="multipart/form-data", expect=expect)


def test_a_file_is_not_kept_where_nothing_is_taken(as_role, owing, monkeypatch):
    page = as_role("official").get(address(owing))
    with transaction():
        owing.period.state = CLOSED
    monkeypatch.setattr(storage, "put", lambda *_given: pytest.fail("a file was kept"))

    sent_with_a_file(page, expect=409)


def test_evidence_of_a_draft_is_not_there_for_other_ministries(as_role, owing):
    sent_with_a_file(form_page(as_role, owing), act="draft")
    key = db.session.scalars(select(Evidence)).one().key

    as_role("interior").get(f"/en/w/nap-2/evidence/{key}", expect=404)
    as_role("official").get(f"/en/w/nap-2/evidence/{key}")


def test_evidence_stays_once_the_period_is_closed(as_role, owing):
    page = as_role("secretariat").get(f"{address(owing)}/enter")
    given = {"source": "letter", "source_note": "Letter of 3 July", "link": "https://defence.example/list"}
    page.submit("update", press="act=send", **given)
    page = as_role("secretariat").get(f"{address(owing)}/enter")
    with transaction():
        owing.period.state, owing.period.closed_at = CLOSED, now()
    page.submit("/remove", expect=409)

    assert db.session.scalars(select(Evidence)).one().removed_at is None


@pytest.mark.parametrize("size", [(6000, 5000), (30000, 20000)])
def test_a_picture_that_would_fill_the_memory_is_refused(as_role, owing, size):
    written = BytesIO()
    Image.new("1", size).save(written, "PNG")
    page = form_page(as_role, owing)
    where, values = page.filled("update")
    sent = {**values, "act": "send", "proof": (BytesIO(written.getvalue()), "map.png")}

    answer = page.client.post(where, data=sent, content_type="multipart/form-data", expect=422)
    assert "This picture is too large" in answer.words


def test_evidence_can_be_taken_away_until_it_is_checked(as_role, owing):
    form_page(as_role, owing).submit("update", press="act=send", link="https://defence.example/list")
    form_page(as_role, owing).submit("/remove")

    assert "defence.example" not in form_page(as_role, owing).words


def test_evidence_of_a_restricted_activity_is_not_there_for_others(as_role, owing):
    page = form_page(as_role, owing)
    where, values = page.filled("update")
    sent = {**values, "act": "send", "proof": (BytesIO(PDF), "list.pdf")}
    page.client.post(where, data=sent, content_type="multipart/form-data")
    key = db.session.scalars(select(Evidence)).one().key
    as_role("interior").get(f"/en/w/nap-2/evidence/{key}")
    with transaction():
        db.session.get(type(owing.activity), owing.activity.id).restricted = True

    as_role("interior").get(f"/en/w/nap-2/evidence/{key}", expect=404)


def test_what_was_entered_is_marked_until_the_institution_confirms_it(as_role, owing):
    page = as_role("secretariat").get(f"{address(owing)}/enter")
    page.submit("update", press="act=send", source="call", source_note="Director of planning, 3 July")
    assert only_update(owing).unconfirmed

    as_role("official").get("/en/my").submit("/confirm")
    assert (only_update(owing).confirmed_by, only_update(owing).unconfirmed) == ("official of DEF", False)


def test_who_said_it_has_to_be_written(as_role, owing):
    page = as_role("secretariat").get(f"{address(owing)}/enter")

    assert "Write who said it" in page.submit("update", expect=422, press="act=send", source="paper").words


def test_what_the_institution_said_itself_is_not_entered_over(as_role, owing):
    form_page(as_role, owing).submit("update", press="act=send", said="Ours")
    page = as_role("secretariat").get(f"{address(owing)}/enter")
    page.submit("update", expect=409, press="act=send", source="call", source_note="Somebody")

    assert only_update(owing).said == {"en": "Ours"}


def test_a_draft_of_the_institution_is_not_entered_over(as_role, owing):
    form_page(as_role, owing).submit("update", press="act=draft", said="Ours")
    page = as_role("secretariat").get(f"{address(owing)}/enter")
    page.submit("update", expect=409, press="act=send", source="call", source_note="Somebody")

    assert (only_update(owing).said, only_update(owing).state) == ({"en": "Ours"}, "draft")


def test_the_form_to_print_has_what_is_due_with_what_was_said_last(as_role, owing):
    page = as_role("secretariat").get("/en/w/nap-2/cycle/2028-12-31/form/DEF")

    assert ("People deployed" in page.words, "December 2027: 96" in page.words, "Signature" in page.words) == (
        True,
    ) * 3


def test_the_form_to_print_shows_no_draft(as_role, owing):
    spent = {name_of(owing, "spent", kind="money", row=owing.line): "771177"}
    form_page(as_role, owing).submit("update", press="act=draft", **spent)

    assert "771,177" not in as_role("secretariat").get("/en/w/nap-2/cycle/2028-12-31/form/DEF").words


@pytest.mark.parametrize(("who", "expect"), [("official", 200), ("chair", 200), ("interior", 404), ("auditor", 404)])
def test_the_form_to_print_is_for_the_institution_and_those_who_enter(as_role, owing, who, expect):
    as_role(who).get("/en/w/nap-2/cycle/2028-12-31/form/DEF", expect=expect)


def test_a_plan_with_a_target_shows_it_beside_the_figure(as_role, owing):
    with transaction():
        a_figure(owing.people_deployed, part="target", value="900", by="2031")

    assert "Target: 900 by the end of 2031" in form_page(as_role, owing).words


def test_another_language_of_a_sentence_is_kept(as_role, owing):
    with transaction():
        said = {"en": "Done", "fr": "Fait"}
        an_update(owing.period, owing.activity, state=RETURNED, status="late", said=said)
    form_page(as_role, owing).submit("update", press="act=draft", status="at_risk")

    assert only_update(owing).said == said


class TestServices:
    """What stands behind the form refuses by itself."""

    @pytest.fixture
    def due(self, owing):
        return due_at(owing.period, "activity", owing.activity.key, actor_of(owing.people["official"]))

    def sent(self, owing, due, content, **given):
        with transaction():
            return updates.submit(actor_of(owing.people["official"]), due, content, seen=None, **given)

    def test_a_status_is_needed(self, owing, due):
        with pytest.raises(BadInput):
            self.sent(owing, due, Content())

    def test_what_is_not_asked_is_refused(self, owing, due):
        with pytest.raises(MalformedForm):
            self.sent(owing, due, Content(status="late", figures={owing.theirs.key: {"value": "1"}}))

    def test_what_was_never_read_is_not_written_over(self, owing, due):
        with transaction():
            an_update(owing.period, owing.activity, status="late")
        again = due_at(owing.period, "activity", owing.activity.key, actor_of(owing.people["official"]))
        with pytest.raises(StaleEdit):
            self.sent(owing, again, Content(status="late"))

    def test_a_verified_update_takes_nothing(self, owing):
        with transaction():
            update = an_update(owing.period, owing.activity, state=VERIFIED, status="late")
        due = due_at(owing.period, "activity", owing.activity.key, actor_of(owing.people["official"]))
        with transaction(), pytest.raises(WrongState):
            updates.save_draft(actor_of(owing.people["official"]), due, Content(), seen=update.row_version)

    def test_what_is_sent_is_not_confirmed_unchanged(self, owing):
        with transaction():
            update = an_update(owing.period, owing.activity, status="late")
        due = due_at(owing.period, "activity", owing.activity.key, actor_of(owing.people["official"]))
        with transaction(), pytest.raises(WrongState, match="sent already"):
            updates.confirm_unchanged(actor_of(owing.people["official"]), due, seen=update.row_version)

    def test_what_was_met_is_settled(self, owing, due):
        told = {owing.step.key: {"state": "completed", "met_on": "2026-01-05"}}
        figures = {owing.people_deployed.key: {"value": "700"}}
        update = self.sent(owing, due, Content(status="on_track", milestones=told, figures=figures))

        settle_again(update)
        assert record_of(owing.plan).milestone(owing.step).met_on == date(2026, 1, 5)


def settle_again(update):
    with transaction():
        settle(db.session.get(ProgressUpdate, update.id))
