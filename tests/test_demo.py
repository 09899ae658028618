"""The demonstration loads once, keeps what was done since, and lets a person in."""

import json
import re
from datetime import datetime, timedelta
from difflib import SequenceMatcher
from itertools import combinations

import pytest
from sqlalchemy import func, select

from nap_builder.accounts.queries import person_called
from nap_builder.consultations.models.records import Consultation
from nap_builder.demo import state as demo
from nap_builder.kernel import clock
from nap_builder.kernel.audit import AuditEntry, first_fault, head
from nap_builder.kernel.clock import today
from nap_builder.kernel.database import transaction
from nap_builder.monitoring.models import IndicatorValue, ProgressUpdate, ReportingPeriod
from nap_builder.monitoring.queries.periods import periods
from nap_builder.plans.models.framework import Activity
from nap_builder.plans.queries.plan import plan_or_none
from nap_builder.plans.queries.versions import last_frozen
from nap_builder.publishing.queries import published_version, standing_version
from nap_builder.reports.names import KINDS
from nap_builder.reports.queries.reports import published_reports
from nap_builder.taskforce import queries as taskforce
from nap_builder.taskforce.models import Institution

PASSWORD = "a password of the demonstration"


@pytest.fixture
def loaded(db, shelf):
    """The lines that the demonstration prints."""
    return shelf.put("demonstration", lambda: demo.load(PASSWORD))


def test_every_account_of_the_contract_is_there(loaded):
    names = "chair secretariat steward defence interior foreign defence.officer cso parliament auditor admin".split()
    assert [line.split("\t")[0] for line in loaded] == [f"{name}@demo.example" for name in names]
    assert all(person_called(f"{name}@demo.example") for name in names)


def test_it_loads_twice_without_a_change(loaded, db):
    before = head()
    db.session.rollback()
    assert demo.load(PASSWORD) == loaded
    assert head() == before
    assert first_fault() is None


def test_what_was_done_in_it_stays(loaded, db):
    with transaction():
        plan_or_none("nap-2").reference = "changed by hand"
    demo.load(PASSWORD)
    assert plan_or_none("nap-2").reference == "changed by hand"


def test_another_password_is_given_to_every_account(loaded, client):
    demo.load("quite another password")
    page = client.get("/en/sign-in")
    page.submit(0, email="chair@demo.example", password=PASSWORD, expect=422)
    page.submit(0, email="chair@demo.example", password="quite another password")


def test_the_second_plan_is_full_published_and_has_its_four_ministries(loaded, db):
    plan = plan_or_none("nap-2")
    assert published_version(plan).number == 1
    assert taskforce.seats(plan.id).missing_sectors == []
    assert db.session.scalar(select(func.count()).select_from(Activity).where(Activity.plan_id == plan.id)) == 100
    assert taskforce.installation().state_name["ar"]


def test_the_first_plan_stands_and_is_carried_out_by_an_act_of_two_people(loaded):
    plan = plan_or_none("nap-1")
    assert (standing_version().plan_id, standing_version().number) == (plan.id, plan.adopted_number)
    assert plan.state == "in_execution"
    assert {row["of"] for row in plan.signatures} == {"adoption"}


def test_one_period_is_open_and_due_in_a_few_days_and_the_earlier_ones_are_public(loaded):
    reported = [period for period in periods(plan_or_none("nap-1")) if period.opened_at]
    assert [period.state for period in reported] == ["closed"] * 9 + ["open"]
    assert all(period.published_at for period in reported[:-1])
    assert reported[-1].due == today() + timedelta(days=6)


def test_the_reports_on_the_newest_public_period_are_published(loaded):
    newest = [period for period in periods(plan_or_none("nap-1")) if period.published_at][-1]
    found = published_reports()
    assert {(report.kind, report.period.ends) for report in found} == {(kind, newest.ends) for kind in KINDS}


@pytest.mark.parametrize("day", ["2026-12-31", "2027-01-01", "2027-06-15", "2029-02-28"])
def test_the_periods_lie_around_any_day_on_which_it_is_loaded(db, day):
    with clock.as_of(datetime.fromisoformat(f"{day}T12:00:00+00:00")):
        demo.load(PASSWORD)
        plan = plan_or_none("nap-1")
        laid, reported = periods(plan), [period for period in periods(plan) if period.opened_at]
        assert (laid[0].starts, laid[-1].ends) == (plan.starts, plan.ends)
        assert [period.state for period in reported] == ["closed"] * 9 + ["open"]


def test_what_was_done_in_it_stands_in_the_trail_in_the_order_of_its_days(loaded, db):
    moments = db.session.scalars(select(AuditEntry.at).order_by(AuditEntry.number)).all()
    assert list(moments) == sorted(moments)
    assert moments[0].year == 2021


@pytest.mark.parametrize("state", ["draft", "submitted", "returned", "verified"])
def test_updates_are_in_every_state_that_the_demonstration_shows(loaded, db, state):
    assert db.session.scalar(select(ProgressUpdate.id).where(ProgressUpdate.state == state).limit(1))


def test_the_record_holds_what_goes_wrong_in_reporting(loaded, db):
    updates = db.session.scalars(select(ProgressUpdate)).all()
    assert {update.source for update in updates} == {"online", "call", "letter", "paper"}
    assert any(update.corrects_id for update in updates)
    assert any(update.return_reason and update.state == "verified" for update in updates)
    assert any(update.unchanged for update in updates)
    assert {update.status for update in updates} >= {
        "late",
        "blocked",
        "at_risk",
        "completed",
        "dropped",
        "carried_over",
    }
    values = db.session.scalars(select(IndicatorValue)).all()
    assert any(value.missing for value in values)
    assert {value.series for value in values} >= {"Household survey", "Hospital registers"}
    assert {value.quality for value in values} == {"verified", "provisional", "estimate"}


def test_a_ministry_was_silent_for_two_periods(loaded, db):
    silent = select(func.count(ReportingPeriod.id.distinct())).join(ProgressUpdate).join(Institution)
    told = db.session.scalar(silent.where(Institution.code == "MOH"))
    assert told == 8  # of ten


def test_the_official_of_defence_has_an_update_to_write(loaded, client):
    client.get("/en/sign-in").submit(0, email="defence.officer@demo.example", password=PASSWORD)
    page = client.get("/en/my")
    assert "Due in 6 days" in page.words
    assert page.all("//form[@id='update']")


def test_every_word_of_the_first_plan_is_said_in_all_three_languages():
    for name in ("first_plan.json", "history.json"):
        document = json.loads((demo.SEEDS / name).read_bytes())
        assert [text for text in _titles(document) if set(text) != {"en", "fr", "ar"}] == []


def test_titles_are_said_in_all_three_languages():
    document = json.loads(demo.SEED.read_bytes())
    lacking = [text for text in _titles(document) if set(text) != {"en", "fr", "ar"}]
    assert lacking == []


def rows_of(kind):
    """All rows of a kind in the seed, as they stand in it."""
    found = []

    def look(value):
        for name, inner in value.items() if isinstance(value, dict) else enumerate(value):
            if name == kind:
                found.extend(inner)
            if isinstance(inner, dict | list):
                look(inner)

    look(json.loads(demo.SEED.read_bytes()))
    return found


@pytest.mark.parametrize(
    ("kind", "count"), [("pillars", 4), ("objectives", 12), ("activities", 100), ("indicators", 35)]
)
def test_the_plan_is_of_the_size_of_a_real_one(kind, count):
    rows = [row for row in rows_of(kind) if isinstance(row, dict)]
    assert len(rows) == count


def test_its_text_is_long_enough_to_be_read():
    texts = [paragraph["text"]["en"] for section in rows_of("sections") for paragraph in section["paragraphs"]]
    assert sum(len(text.split()) for text in texts) >= 8000


def test_the_front_matter_stands_in_three_languages():
    front = [section for section in rows_of("sections") if section.get("place") == "front"]
    texts = [paragraph["text"] for section in front for paragraph in section["paragraphs"]]
    assert len(front) >= 4
    assert [text for text in texts if set(text) != {"en", "fr", "ar"}] == []


def test_no_activity_is_another_with_a_number_or_a_place_changed():
    titles = [re.sub(r"\d+", "", row["title"]["en"].casefold()) for row in rows_of("activities")]
    close = [(a, b) for a, b in combinations(titles, 2) if SequenceMatcher(None, a, b).ratio() > 0.75]
    assert close == []


@pytest.mark.parametrize(
    ("member", "values"),
    [
        ("status", {"late", "blocked", "at_risk", "on_track", "completed", "dropped", "carried_over"}),
        ("costing", {"costed", "within_core", "no_cost", "not_costed"}),
        ("timing", {"ongoing", "every_year", "as_needed"}),
        ("restricted", {True}),
        ("new", {True, False}),
    ],
)
def test_every_state_that_the_product_knows_appears(member, values):
    assert values <= {row[member] for row in rows_of("activities") if member in row}


def test_two_leads_no_lead_and_no_baseline_appear():
    activities, indicators = rows_of("activities"), rows_of("indicators")
    assert any("co_leads" in row for row in activities)
    assert any("lead" not in row for row in activities)
    assert any("baseline" not in row for row in indicators)
    assert any("baseline_due" in row for row in indicators)


def test_every_kind_of_indicator_and_of_money_appears():
    lines = [line for row in rows_of("activities") for line in row.get("budget", ())]
    assert {row["kind"] for row in rows_of("indicators")} >= {
        *("number", "percent", "ratio", "yes_no", "scale", "sites_meeting", "money", "index", "qualitative"),
    }
    assert {line.get("kind") for line in lines} >= {"core", "earmarked", "pooled_fund", "private", "in_kind"}
    assert {line.get("funding") for line in lines} >= {"secured", "pledged", "gap"}


def test_a_person_signs_in_with_the_password(loaded, client):
    page = client.get("/en/sign-in")
    page.submit(0, email="chair@demo.example", password=PASSWORD)
    shown = client.get("/en/home")
    assert "What needs you now" in shown.words
    assert "Leila Marand" in shown.words


@pytest.mark.parametrize("lang", ["en", "fr", "ar"])
def test_the_front_page_shows_the_plan_that_stands_its_progress_and_the_next_plan(loaded, client, lang):
    page = client.get(f"/{lang}/")
    for address in ("plan/nap-1", "progress", "plan/nap-2"):
        assert page.all(f"//main//a[@href='/{lang}/{address}']")


def _titles(value):
    if isinstance(value, list):
        for inner in value:
            yield from _titles(inner)
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name in ("title", "name") and isinstance(inner, dict):
                yield inner
            else:
                yield from _titles(inner)


def test_the_version_was_frozen_before_people_could_comment_on_it(loaded, db):
    plan = plan_or_none("nap-2")
    version = last_frozen(plan)
    assert version
    window = db.session.scalars(select(Consultation).where(Consultation.version == version.number)).one()
    assert version.frozen_at.date() <= window.starts
