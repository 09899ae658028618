"""The reports as people make, write, publish and read them."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db as database
from nap_builder.kernel.database import transaction
from nap_builder.reports.models import Report
from tests.builders.monitoring import an_update
from tests.builders.progress import Carried, two_years
from tests.builders.reports import a_report
from tests.client import Page

KINDS = ("progress", "card", "facts")
ENDS = "2025-12-31"


@pytest.fixture
def carried(world) -> Carried:
    """A plan with two years of reports, published, in two languages."""
    with transaction():
        return two_years(world, published=True, languages=["en", "ar"])


def publish(client, carried: Carried, kind: str, *, expect: int = 303) -> Page:
    """Presses the button of the page that shows what everybody will see."""
    return client.get(f"{carried.address}/reports/{ENDS}/{kind}/publish").submit("/publish", expect=expect)


def saved() -> Report:
    """The only report."""
    database.session.expire_all()
    return database.session.query(Report).one()


def test_a_list_without_reports_says_what_will_be_here(as_role, carried):
    page = as_role("auditor").get(f"{carried.address}/reports")
    assert "No report is made yet" in page.words
    assert not page.all("//form[contains(@action,'/reports')]")


@pytest.mark.parametrize("kind", KINDS)
def test_a_report_is_made_written_published_and_read(as_role, client, carried, kind):
    secretariat = as_role("secretariat")
    page = secretariat.get(f"{carried.address}/reports")
    page = page.submit("/reports", period=ENDS, kind=kind).follow()
    assert "2 of 4 activities" in page.words
    page = page.submit("write", **{"foreword-en": "We kept our word."}).follow()
    assert "We kept our word." in page.words
    client.get(f"/en/reports/{ENDS}/{kind}", expect=404)
    chair = as_role("chair")
    page = chair.get(f"{carried.address}/reports/{ENDS}/{kind}")
    publish(page.client, carried, kind).follow()
    public = client.get(f"/en/reports/{ENDS}/{kind}")
    assert "We kept our word." in public.words
    assert "Zyxwvut" not in public.words
    assert f"/en/reports/{ENDS}/{kind}" in client.get("/en/reports").all("//main//a/@href")


def test_what_everybody_will_see_is_shown_before_it_is_published(as_role, carried):
    with transaction():
        a_report(carried.second, "facts")
    page = as_role("chair").get(f"{carried.address}/reports/{ENDS}/facts/publish?written_in=ar")
    assert page.all("//article[contains(@class,'sheet')]/@lang") == ["ar"]
    assert not saved().public
    as_role("secretariat").get(f"{carried.address}/reports/{ENDS}/facts/publish", expect=403)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_published_report_is_read_in_each_language(client, carried, kind, language):
    with transaction():
        a_report(carried.second, kind, published=True)
    page = client.get(f"/en/reports/{ENDS}/{kind}?written_in={language}")
    assert page.all("//article[contains(@class,'sheet')]/@lang") == [language]


def test_a_published_report_never_changes(as_role, client, carried):
    with transaction():
        report = a_report(carried.second, "card", published=True)
        facts = report.facts
        an_update(carried.second, carried.activities[3], status="completed", state="verified")
    assert saved().facts == facts
    page = as_role("secretariat").get(f"{carried.address}/reports/{ENDS}/card")
    assert not page.all("//form[contains(@action,'refresh')]")
    with pytest.raises(DatabaseError), transaction():
        database.session.execute(text("update report set published_by = 'nobody'"))


def test_what_changed_since_is_refreshed_before_it_is_published(as_role, carried):
    with transaction():
        a_report(carried.second, "facts")
        an_update(carried.second, carried.activities[3], status="completed", state="verified")
    page = as_role("chair").get(f"{carried.address}/reports/{ENDS}/facts")
    assert "Refresh the facts" in publish(page.client, carried, "facts", expect=409).words
    page = page.client.get(f"{carried.address}/reports/{ENDS}/facts").submit("/refresh").follow()
    assert "3 of 4 activities finished or on track" in page.words
    assert "3 of 4 activities are finished or on track." in saved().texts["foreword"]["en"]  # nobody had written there
    publish(page.client, carried, "facts")
    assert saved().public


def test_refreshing_keeps_every_text(as_role, carried):
    with transaction():
        report = a_report(carried.second, "facts")
        report.texts = {**report.texts, "gaps": {"en": "Our own words."}, "achievements": {}}
    page = as_role("secretariat").get(f"{carried.address}/reports/{ENDS}/facts")
    page.submit("/refresh")
    assert saved().texts["gaps"] == {"en": "Our own words."}
    assert saved().texts["achievements"] == {}


def test_writing_in_one_language_keeps_nothing_unverified_in_another(as_role, world):
    with transaction():
        carried = two_years(world, languages=["en", "ar"])
        an_update(carried.second, carried.activities[3], status="completed")
        a_report(carried.second, "facts")
    page = as_role("secretariat").get(f"{carried.address}/reports/{ENDS}/facts")
    page = page.submit("write", **{"achievements-en": "Our own words."}).follow()
    before = saved().texts["achievements"]["ar"]
    with transaction():
        carried.second.published_at = now()
    page.client.get(f"{carried.address}/reports/{ENDS}/facts").submit("/refresh")
    after = saved().texts["achievements"]
    assert after["en"] == "Our own words."
    assert "2.1.4" in before
    assert "2.1.4" not in after.get("ar", "")


def test_a_text_that_unpublished_figures_propose_is_not_published(as_role, world):
    with transaction():
        carried = two_years(world, languages=["en", "ar"])
        an_update(carried.second, carried.activities[3], status="completed")
        report = a_report(carried.second, "facts")
        early = report.texts["achievements"]["ar"]
    with transaction():
        carried.second.published_at = now()
    page = as_role("chair").get(f"{carried.address}/reports/{ENDS}/facts").submit("/refresh").follow()
    page = page.submit("write", **{"achievements-ar": early}).follow()
    assert "not published" in publish(page.client, carried, "facts", expect=409).words
    assert not saved().public


def test_a_report_waits_until_the_progress_is_published(as_role, world):
    with transaction():
        carried = two_years(world)
        a_report(carried.second, "card")
    page = as_role("chair").get(f"{carried.address}/reports/{ENDS}/card")
    assert "not published yet" in page.words
    assert "Publish the progress of the period first" in publish(page.client, carried, "card", expect=409).words
    with transaction():
        carried.second.published_at = now()
    page = page.client.get(f"{carried.address}/reports/{ENDS}/card")
    publish(page.client, carried, "card", expect=409)  # its facts are still those that were not verified


def test_a_withdrawn_report_is_gone_for_the_public_and_can_come_back(as_role, client, carried):
    with transaction():
        a_report(carried.second, "card", published=True)
    page = as_role("chair").get(f"{carried.address}/reports/{ENDS}/card")
    assert "Write why." in page.submit("/withdraw", expect=422, reason="").words
    page = page.client.get(f"{carried.address}/reports/{ENDS}/card").submit("/withdraw", reason="A wrong sum.").follow()
    assert "A wrong sum." in page.words
    client.get(f"/en/reports/{ENDS}/card", expect=404)
    assert "No report is published yet" in client.get("/en/reports").words
    publish(page.client, carried, "card")
    client.get(f"/en/reports/{ENDS}/card")


def test_a_report_goes_with_the_progress_of_its_period(client, carried):
    with transaction():
        a_report(carried.second, "card", published=True)
        carried.second.published_at = None
    client.get(f"/en/reports/{ENDS}/card", expect=404)
    client.get(f"/en/reports/{ENDS}/card.pdf", expect=404)


def test_a_text_longer_than_its_place_is_refused(as_role, carried):
    with transaction():
        a_report(carried.second, "facts")
    page = as_role("secretariat").get(f"{carried.address}/reports/{ENDS}/facts")
    refused = page.submit("write", expect=422, **{"foreword-ar": "و" * 201})
    assert "Keep it under 200 characters" in refused.words


def test_a_stale_edit_shows_both_texts(as_role, carried):
    with transaction():
        a_report(carried.second, "facts")
    page = as_role("secretariat").get(f"{carried.address}/reports/{ENDS}/facts")
    as_role("chair").get(f"{carried.address}/reports/{ENDS}/facts").submit("write", **{"gaps-en": "Theirs."})
    conflict = page.submit("write", expect=409, **{"gaps-en": "Mine."})
    assert "Theirs." in conflict.words
    assert "Mine." in conflict.words
    assert saved().texts["gaps"]["en"] == "Theirs."


@pytest.mark.parametrize(
    "sent", [{"period": "2030-12-31"}, {"kind": "novel"}, {"period": ""}, {"grouped_by": "moods"}, {"kind": ""}]
)
def test_what_no_report_can_be_made_of_is_refused(as_role, carried, sent):
    page = as_role("chair").get(f"{carried.address}/reports")
    page.submit("/reports", expect=422, **{"period": ENDS, "kind": "card", **sent})
    assert database.session.query(Report).count() == 0


def test_a_kind_is_made_once_for_a_period(as_role, carried):
    with transaction():
        a_report(carried.second, "card")
    page = as_role("chair").get(f"{carried.address}/reports")
    page.submit("/reports", expect=409, period=ENDS, kind="card")


@pytest.mark.parametrize("address", ["2025-12-30/card", "never/card", "2025-12-31/novel", "2025-12-31/card"])
def test_a_report_that_is_not_there_is_not_found(as_role, client, carried, address):
    as_role("chair").get(f"{carried.address}/reports/{address}", expect=404)
    client.get(f"/en/reports/{address}", expect=404)


@pytest.mark.parametrize("who", ["auditor", "official"])
def test_others_read_a_draft_and_change_nothing(as_role, carried, who):
    with transaction():
        a_report(carried.second, "card")
    page = as_role(who).get(f"{carried.address}/reports/{ENDS}/card")
    assert "The report as it stands" in page.words
    assert not page.all("//form[contains(@action,'publish') or contains(@action,'refresh') or @id='write']")


@pytest.mark.slow
def test_publishing_makes_the_pdfs_that_everybody_reads(as_role, client, jobs, carried):
    with transaction():
        a_report(carried.second, "facts")
    publish(as_role("chair"), carried, "facts")
    assert "not made yet" in client.get(f"/en/reports/{ENDS}/facts.pdf", expect=404).words
    assert [job.state for job in jobs.run_all()] == ["done"]
    for language in ("en", "ar"):
        answer = client.get(f"/en/reports/{ENDS}/facts.pdf?written_in={language}").answer
        assert answer.data.startswith(b"%PDF-")
        assert f"facts-{language}.pdf" in answer.headers["Content-Disposition"]


@pytest.mark.slow
def test_a_draft_is_printed_on_request(as_role, jobs, carried):
    with transaction():
        a_report(carried.second, "card")
    page = as_role("auditor").get(f"{carried.address}/reports/{ENDS}/card")
    page.submit(".pdf", written_in="ar")
    assert [job.state for job in jobs.run_all()] == ["done"]
    assert "PDF in Arabic" in page.client.get(f"{carried.address}/reports/{ENDS}/card").words
