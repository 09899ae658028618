"""The record of parliament: entered, corrected, withdrawn, and what became of what the government undertook."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from nap_builder.kernel.actor import INSTALLATION
from nap_builder.kernel.audit import AuditEntry, sentence_of
from nap_builder.kernel.clock import today
from nap_builder.kernel.database import db, transaction
from nap_builder.kernel.jobs import Job
from nap_builder.kernel.languages import force_locale
from nap_builder.parliament.queries import record
from nap_builder.plans.queries.versions import version_at
from nap_builder.plans.services.versions import freeze
from nap_builder.publishing.services import publish
from tests.builders.parliament import DAY, an_entry, an_undertaking

HOME = "/en/w/nap-2/parliament"
SAYS = {"title-en": "The committee debates the plan"}


@pytest.fixture
def frozen(world):
    """The plan with one version."""
    with transaction():
        freeze(INSTALLATION, world.plan, None)
    return world


@pytest.fixture
def act(world):
    """What Defence undertook."""
    with transaction():
        return an_undertaking(world.plan, world.institutions["DEF"])


def entered(client, kind="debate", *, expect=303, **changed):
    """What the form of a kind answers, filled in by somebody."""
    return client.get(f"{HOME}/add/{kind}").submit("entry", expect=expect, **{**SAYS, **changed})


def last_act():
    with force_locale("en"):
        return sentence_of(db.session.scalars(select(AuditEntry).order_by(AuditEntry.number.desc())).first())


def test_an_entry_is_made_and_stands_in_the_record(as_role, world):
    client = as_role("secretariat")
    shown = entered(client, **{"body-en": "Committee on Human Rights"}, day="2026-05-04").follow()
    assert "Committee on Human Rights" in shown.words
    assert "The committee debates the plan" in client.get(HOME).words
    assert last_act() == "secretariat entered no. 1 into the record of parliament (Debate)."


def test_what_was_just_entered_can_be_taken_back_and_that_too(as_role, world):
    shown = entered(as_role("chair")).follow()
    gone = shown.submit("withdraw").follow()
    assert record.entries(world.plan) == []
    gone.submit("restore")
    assert len(record.entries(world.plan)) == 1


def test_a_question_refers_to_paragraphs_activities_and_the_debate(as_role, frozen):
    with transaction():
        debate = an_entry(frozen.plan)
    about = {"version": "1", "paragraphs": "1", "activities": "1.1.1, 1.1.2"}
    shown = entered(as_role("secretariat"), "question", debate_id=str(debate.id), asked_by="Member for Asra", **about)
    words = shown.follow().words
    assert "Paragraph 1 · Activity 1.1.1 · Activity 1.1.2" in words
    assert "Not answered yet" in words
    assert "Said in this debate" in words


@pytest.mark.parametrize(
    ("kind", "odd", "said"),
    [
        ("debate", {"title-en": ""}, "Write this"),
        ("debate", {"day": ""}, "Choose the day."),
        ("tabling", {"version": ""}, "Say which version was tabled."),
        ("referral", {"body-en": ""}, "Say to which committee."),
        ("question", {"answer-en": "Yes."}, "the answer and its day"),
        ("question", {"answer-en": "Yes.", "answered_on": "2026-01-01", "day": "2026-02-01"}, "before it was said"),
        ("undertaking", {"due": "2026-01-01", "day": "2026-02-01"}, "before it was said"),
        ("debate", {"version": "1", "activities": "9.9.9"}, "has no 9.9.9"),
        ("debate", {"version": "1", "paragraphs": "1:2"}, "has no 1:2"),
        ("debate", {"version": "", "activities": "1.1.1"}, "Choose the version"),
        ("debate", {"version": "7"}, "Choose one of the list."),
        ("debate", {"activities": " ".join(map(str, range(99)))}, "at most"),
        ("debate", {"source": "x" * 300}, "too long"),
    ],
)
def test_odd_values_are_refused_beside_their_field_and_nothing_is_saved(as_role, frozen, kind, odd, said):
    assert said in entered(as_role("secretariat"), kind, expect=422, **odd).words
    assert record.entries(frozen.plan) == []


def test_a_kind_that_there_is_not_has_no_form(as_role, world):
    as_role("secretariat").get(f"{HOME}/add/vote", expect=404)


def test_an_entry_is_corrected_and_the_trail_tells_what_changed(as_role, world):
    with transaction():
        entry = an_entry(world.plan)
    client = as_role("secretariat")
    client.get(f"{HOME}/{entry.key}/edit").submit("entry", **{"title-en": "The house debates the plan"})
    assert entry.title == {"en": "The house debates the plan"}
    assert last_act() == "secretariat corrected no. 1 of the record of parliament (Debate)."
    assert "The committee debates the plan" in client.get(f"{HOME}/{entry.key}").words


def test_who_saves_after_somebody_else_sees_both(as_role, world):
    with transaction():
        entry = an_entry(world.plan)
    page = as_role("chair").get(f"{HOME}/{entry.key}/edit")
    as_role("secretariat").get(f"{HOME}/{entry.key}/edit").submit("entry", **{"title-en": "First"})
    answer = page.submit("entry", expect=409, **{"title-en": "Second"})
    assert "First" in answer.text
    assert "Second" in answer.text


def test_a_withdrawn_entry_is_no_longer_to_be_edited(as_role, world):
    with transaction():
        entry = an_entry(world.plan)
    client = as_role("secretariat")
    client.get(f"{HOME}/{entry.key}").submit("withdraw")
    client.get(f"{HOME}/{entry.key}/edit", expect=404)
    assert "1 withdrawn entry" in client.get(HOME).words


def test_ministries_read_the_record_and_do_not_write_it(as_role, act):
    client = as_role("interior")
    assert "Lay the Act before the house" in client.get(HOME).words
    assert not client.get(f"{HOME}/{act.key}").all("//main//form")
    client.get(f"{HOME}/add/debate", expect=403)


def test_its_owner_says_that_an_undertaking_is_kept(as_role, act):
    client = as_role("official")
    shown = client.get(f"{HOME}/{act.key}").submit("kept", **{"kept_note-en": "Act 12 of 2026"}).follow()
    assert "Act 12 of 2026" in shown.words
    assert act.standing(today()) == "kept"
    shown.submit("reopen")
    assert (act.kept_on, act.kept_note) == (None, None)


@pytest.mark.parametrize("day", ["", "2026-01-01", str(today() + timedelta(days=2))])
def test_it_is_not_kept_before_it_was_said_nor_in_days_to_come(as_role, act, day):
    as_role("official").get(f"{HOME}/{act.key}").submit("kept", expect=422, kept_on=day)
    assert act.kept_on is None


def test_what_is_no_undertaking_is_never_kept(as_role, world):
    with transaction():
        entry = an_entry(world.plan)
    client = as_role("chair")
    values = client.get(f"{HOME}/{entry.key}").filled("withdraw")[1]
    client.post(f"{HOME}/{entry.key}/kept", data={**values, "kept_on": "2026-05-05"}, expect=404)


def test_an_undertaking_stands_among_what_needs_its_owner_and_when_late_those_who_run_the_plan(as_role, act):
    need = "Keep what was undertaken in parliament"
    for who in ("official", "focal_point", "secretariat"):
        assert need in as_role(who).get("/en/home").words
    assert need not in as_role("interior").get("/en/home").words


@pytest.mark.parametrize("done", ["kept_on", "withdrawn"])
def test_what_is_kept_or_withdrawn_needs_nobody(as_role, act, done):
    client = as_role("chair")
    client.get(f"{HOME}/{act.key}").submit("kept" if done == "kept_on" else "withdraw")
    assert "Keep what was undertaken" not in as_role("official").get("/en/home").words


def test_one_that_is_not_due_yet_needs_its_owner_alone(as_role, world):
    with transaction():
        an_undertaking(world.plan, world.institutions["DEF"], due=today() + timedelta(days=60))
    assert "1 undertaking" in as_role("official").get("/en/home").words
    assert "Keep what was undertaken" not in as_role("chair").get("/en/home").words


def test_a_review_that_is_due_needs_those_who_run_the_plan(as_role, world):
    with transaction():
        an_entry(world.plan, day=DAY)
    as_role("chair").get(HOME).submit("rhythm", months="6")
    assert "by 3 September 2026" in as_role("chair").get(HOME).words
    need = "Ask parliament to review the plan"
    assert need in as_role("chair").get("/en/home").words
    assert need not in as_role("official").get("/en/home").words


def test_a_debate_today_moves_the_next_review(as_role, world):
    with transaction():
        an_entry(world.plan, day=today())
    as_role("chair").get(HOME).submit("rhythm", months="24")
    assert "Ask parliament to review the plan" not in as_role("chair").get("/en/home").words


def test_how_often_is_said_anew_by_who_saw_what_was_said(as_role, world):
    stale = as_role("chair").get(HOME)
    as_role("secretariat").get(HOME).submit("rhythm", months="6")
    stale.submit("rhythm", months="12", expect=409)
    as_role("secretariat").get(HOME).submit("rhythm", months="")
    assert record.next_review(world.plan) is None


def test_many_entries_cost_no_more_statements(as_role, act, world):
    client = as_role("secretariat")
    few = len(client.get(HOME).watch.statements)
    with transaction():
        for _time in range(8):
            an_undertaking(world.plan, world.institutions["INT"])
            an_entry(world.plan)
    assert len(client.get(HOME).watch.statements) <= few + 2


@pytest.fixture
def tabled(frozen):
    """The version, laid before parliament under an embargo that runs for a week."""
    with transaction():
        until = today() + timedelta(days=7)
        return an_entry(frozen.plan, "tabling", "Laid before the house", version=1, embargoed_until=until)


def address_of(entry):
    return f"/en/parliament/tabled/{entry.key}"


def test_a_member_of_parliament_finds_and_reads_what_is_under_embargo(as_role, tabled):
    client = as_role("parliamentarian")
    assert client.get("/en/parliament").all(f"//main//a[@href='{address_of(tabled)}']")
    page = client.get(address_of(tabled))
    assert "Embargoed until" in page.words
    assert "Do not quote it" in page.words
    assert page.answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("who", ["contributor", "official", "steward", "administrator", None])
def test_nobody_else_learns_of_it(as_role, client, tabled, who):
    reader = as_role(who) if who else client
    reader.get(address_of(tabled), expect=404 if who else 302)
    assert "embargo" not in reader.get("/en/parliament").words


def test_once_the_version_is_published_the_public_page_has_it_alone(as_role, tabled):
    with transaction():
        publish(INSTALLATION, record.version_of(tabled))
    assert "embargo" not in as_role("parliamentarian").get("/en/parliament").words


def test_an_embargo_that_is_over_is_said(as_role, tabled):
    with transaction():
        db.session.merge(tabled).embargoed_until = DAY
    assert "The embargo ended on 3 March 2026" in as_role("parliamentarian").get(address_of(tabled)).words


def test_a_withdrawn_tabling_is_read_by_nobody(as_role, tabled):
    as_role("secretariat").get(f"{HOME}/{tabled.key}").submit("withdraw")
    as_role("parliamentarian").get(address_of(tabled), expect=404)


def test_the_pdf_is_asked_for_with_the_embargo(as_role, frozen):
    until = str(today() + timedelta(days=7))
    entered(as_role("secretariat"), "tabling", version="1", embargoed_until=until)
    jobs = db.session.scalars(select(Job).where(Job.name == "publishing.issue")).all()
    assert [job.arguments["languages"] for job in jobs] == [["en", "fr", "ar"]]
    entry = record.entries(frozen.plan)[0]
    to = as_role("parliamentarian").get(f"{address_of(entry)}.pdf", expect=303).location
    assert to == address_of(entry)


def test_a_published_version_is_under_no_embargo(as_role, frozen):
    with transaction():
        publish(INSTALLATION, version_at("nap-2", 1))
    until = str(today() + timedelta(days=7))
    said = entered(as_role("secretariat"), "tabling", expect=422, version="1", embargoed_until=until)
    assert "published already" in said.words


def test_what_was_undertaken_is_followed_with_the_plan(as_role, act):
    page = as_role("chair").get("/en/w/nap-2/monitoring")
    assert page.all(f"//section[h2[@id='promises']]//a[@href='{HOME}/{act.key}']")


def test_who_keeps_an_undertaking_finds_it_among_their_own(as_role, act):
    assert as_role("official").get("/en/my").all(f"//section[h2[@id='undertaken']]//a[@href='{HOME}/{act.key}']")
    assert not as_role("interior").get("/en/my").all("//*[@id='undertaken']")
