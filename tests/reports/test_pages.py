"""The reports as people make, write, publish and read them."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from nap_builder.kernel.actor import INSTALLATION
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db as database
from nap_builder.kernel.database import transaction
from nap_builder.plans.models.plan import CLOSED as CLOSED_PLAN
from nap_builder.plans.models.plan import DRAFTING
from nap_builder.plans.services.versions import freeze
from nap_builder.reports import services
from nap_builder.reports.models import Report
from nap_builder.reports.names import KINDS as KIND_NAMES
from nap_builder.reports.sheets import pdf_name, sheet_of
from tests.builders.monitoring import an_update
from tests.builders.plans import an_actor
from tests.builders.progress import Carried, carried_out, two_years
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
    assert page.all("//main/*[@role='status']") == [], "nothing was done, so nothing is said to be"


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


@pytest.mark.parametrize("more", ["facts = '{}'", "texts = '{}'", "published_by = 'nobody'", "grouped_by = 'themes'"])
def test_withdrawing_a_report_changes_nothing_that_it_said(carried, more):
    with transaction():
        a_report(carried.second, "card", published=True)
    with pytest.raises(DatabaseError), transaction():
        database.session.execute(text(f"update report set state = 'withdrawn', {more}"))
    with transaction():
        database.session.execute(text("update report set state = 'withdrawn', withdrawn_reason = 'A wrong sum.'"))
    assert saved().state == "withdrawn"


def test_a_published_report_never_becomes_a_draft(carried):
    with transaction():
        a_report(carried.second, "card", published=True)
    with pytest.raises(DatabaseError), transaction():
        database.session.execute(text("update report set state = 'draft'"))


def test_a_published_report_knows_nothing_of_an_amendment(client, carried):
    with transaction():
        carried.plan.title = {"en": "The plan of peace"}
        a_report(carried.second, "card", published=True)
        name = {language: pdf_name(saved(), language) for language in ("en", "ar")}
        carried.plan.state = DRAFTING
        carried.plan.adopted_number = freeze(an_actor(), carried.plan).number
        carried.plan.title, carried.plan.languages = {"en": "Secret draft"}, ["fr", "en"]
    for language in ("en", "ar"):
        page = client.get(f"/en/reports/{ENDS}/card?written_in={language}")
        assert "The plan of peace" in page.words
        assert "Secret" not in page.words
        assert page.all("//article[contains(@class,'sheet')]/@lang") == [language]
        assert pdf_name(saved(), language) == name[language]


def test_a_report_made_while_the_plan_is_amended_bears_the_adopted_title(client, carried):
    with transaction():
        carried.plan.state, carried.plan.title = DRAFTING, {"en": "The plan of peace"}
        carried.plan.adopted_number = freeze(an_actor(), carried.plan).number
        carried.plan.title = {"en": "Secret draft"}
        a_report(carried.second, "facts", published=True)
    assert "The plan of peace" in client.get(f"/en/reports/{ENDS}/facts").words
    assert "Secret" not in client.get("/en/progress").words


def test_other_words_of_the_product_lose_no_pdf_of_a_published_report(monkeypatch, carried):
    with transaction():
        report = a_report(carried.second, "card")
        draft = pdf_name(report, "en")
        services.publish(INSTALLATION, report, seen=report.row_version)
    name = pdf_name(saved(), "en")
    assert name != draft
    monkeypatch.setitem(KIND_NAMES, "card", "Card of the year")
    assert sheet_of(saved(), "en")["title"] == "Card of the year"
    assert pdf_name(saved(), "en") == name


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


def test_a_report_with_older_facts_does_not_come_back_with_the_progress(as_role, client, carried):
    with transaction():
        a_report(carried.second, "card", published=True)
        carried.second.published_at = None
    with transaction():
        an_update(carried.second, carried.activities[3], status="completed", state="verified")
        carried.second.published_at = now()
    client.get(f"/en/reports/{ENDS}/card", expect=404)
    assert "No report is published yet" in client.get("/en/reports").words
    page = as_role("chair").get(f"{carried.address}/reports/{ENDS}/card")
    assert "Nobody outside sees this report" in page.words
    page = page.submit("/withdraw", reason="Corrected since.").follow()
    publish(page.submit("/refresh").follow().client, carried, "card")
    assert "3 of 4 activities" in client.get(f"/en/reports/{ENDS}/card").words


def test_the_reports_that_everybody_reads_are_of_the_plan_whose_progress_is_shown(client, carried):
    with transaction():
        a_report(carried.second, "card", published=True)
        carried.plan.state = DRAFTING
    assert "No progress is published yet" in client.get("/en/progress").words
    assert "No report is published yet" in client.get("/en/reports").words
    client.get(f"/en/reports/{ENDS}/card", expect=404)


def test_the_reports_of_another_plan_are_not_mixed_in(client, world):
    with transaction():
        former = carried_out(published=True, slug="former", state=CLOSED_PLAN)
        a_report(former.second, "card", published=True)
        carried_out(published=True)
    assert "No report is published yet" in client.get("/en/reports").words


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
