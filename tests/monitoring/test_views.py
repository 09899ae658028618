"""The pages of progress as people see them."""

import csv
import gzip
import io

import pytest

from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db as database
from nap_builder.kernel.database import transaction
from nap_builder.plans.models.plan import DRAFTING, Plan
from nap_builder.plans.services.versions import freeze
from tests.builders.framework import a_line, an_activity, an_objective, many_activities
from tests.builders.monitoring import an_update
from tests.builders.plans import an_actor
from tests.builders.progress import Carried, a_milestone, carried_out, two_years

SECRET = "Zyxwvut"
VIEWS = ("monitoring", "timeline", "scoreboard", "progress-by/themes", "progress-by/mandates", "funders")
LARGEST = 20 * 1024


@pytest.fixture
def carried(world) -> Carried:
    """A plan with two years of reports."""
    with transaction():
        return two_years(world)


def cells(page, words):
    """The cells of the first row of a table that has these words."""
    row = next(row for row in page.all("//tbody/tr") if words in row.text_content())
    return [" ".join(cell.text_content().split()) for cell in row.xpath("./*")]


def test_the_headline_and_the_bar_say_the_same(as_role, carried):
    page = as_role("auditor").get(f"{carried.address}/monitoring")
    assert "2 of 4 activities are finished or on track" in page.words
    assert "1 Finished" in page.words
    assert page.all("//svg[contains(@class,'segments')]/@aria-label")[0].startswith("4 activities. Finished: 1")


def test_the_first_line_says_who_has_not_reported(as_role, carried):
    page = as_role("chair").get(f"{carried.address}/monitoring")
    lede = page.all("//p[@class='lede']")[0].text_content()
    assert "3 institutions have not reported in full" in lede
    assert "reports sent, 2 verified." in lede
    assert "1 of 1" in cells(page, "Ministry of Justice")[1]
    assert page.all("//main//a[contains(@href, '/cycle/2025-12-31')]")


def test_what_changed_is_said_in_a_sentence(as_role, carried):
    page = as_role("auditor").get(f"{carried.address}/monitoring")
    assert "On 31 December 2024 it was 1. 2 activities moved up. 1 activity moved down." in page.words
    assert "Of these: 1 is newly late, 1 was finished." in page.words


def test_an_earlier_period_shows_what_was_known_then(as_role, carried):
    page = as_role("auditor").get(f"{carried.address}/monitoring?period=2024-12-31")
    assert "Progress to 31 December 2024" in page.words
    assert "1 of 4 activities is" not in page.words
    assert "1 of 4 activities are finished or on track" in page.words


@pytest.mark.parametrize("asked", ["2024-12-30", "never", "'", "2024-12-31x"])
@pytest.mark.parametrize("view", ["monitoring", "monitoring.csv", "timeline", "scoreboard", "funders"])
def test_a_period_that_is_not_there_is_not_found(as_role, carried, view, asked):
    as_role("auditor").get(f"{carried.address}/{view}?period={asked}", expect=404)


@pytest.mark.parametrize("view", [*VIEWS, "monitoring.csv", "progress-by/areas", "progress-by/pillars"])
def test_a_plan_without_anything_says_so_everywhere(as_role, world, view):
    with transaction():
        plan = Plan(slug="bare", title={"en": "Bare"}, country="XSR", languages=["en"], state=DRAFTING)
        plan.starts, plan.ends = world.plan.starts, world.plan.ends
        database.session.add(plan)
    page = as_role("auditor").get(f"/en/w/bare/{view}")
    assert page.tree is None or not page.all("//main//form[@method='get']"), "there is nothing to filter"


@pytest.mark.parametrize("view", [*VIEWS, "monitoring.csv"])
def test_who_may_not_read_what_is_restricted_never_meets_it(as_role, carried, view):
    page = as_role("interior").get(f"{carried.address}/{view}")
    assert SECRET not in page.text
    if page.tree is not None:
        assert (
            "Restricted rows, if there are any, are shown and counted only for those who may read them." in page.words
        )


def test_who_may_read_what_is_restricted_has_it_counted(as_role, carried):
    page = as_role("chair").get(f"{carried.address}/monitoring")
    assert "2 of 5 activities" in page.words
    assert "Restricted rows" not in page.words


def test_reports_on_a_restricted_activity_are_not_told_of(as_role, carried):
    with transaction():
        an_update(carried.second, carried.activities[4], status="late")
    lede = as_role("interior").get(f"{carried.address}/monitoring").all("//p[@class='lede']")[0].text_content()
    assert "reports sent, 2 verified." in lede


def test_the_file_has_the_rows_of_the_page_and_runs_nothing(as_role, carried):
    with transaction():
        carried.activities[0].title = {"en": "=HYPERLINK(1)"}
        database.session.merge(carried.activities[0])
    answer = as_role("auditor").get(f"{carried.address}/monitoring.csv").answer
    assert answer.data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert [row["status"] for row in rows] == ["on_track", "late", "completed", "not_started"]
    assert rows[0]["title"] == "'=HYPERLINK(1)"
    assert (rows[1]["days_late"], rows[2]["verified"], rows[0]["status_before"]) == ("365", "yes", "late")


def test_codes_on_the_timeline_keep_their_order_from_right_to_left(client, world):
    with transaction():
        plan = two_years(world, published=True)
        database.session.add(a_milestone(plan.activities[0], code="1.1.1-a", due="2026-03"))
    page = client.get("/ar/progress/timeline")
    assert page.all("//ul[contains(@class,'milestones')]//bdi/text()") == ["1.1.1-a"]


def test_the_timeline_is_cut_to_what_the_address_asks(as_role, carried):
    client = as_role("auditor")
    assert "Amend the law" in client.get(f"{carried.address}/timeline?lead=INT&status=late").words
    assert "Open a desk" not in client.get(f"{carried.address}/timeline?lead=INT&status=late").words
    assert "Train officers" in client.get(f"{carried.address}/timeline?mandate=S/RES/1325").words
    assert "Train officers" not in client.get(f"{carried.address}/timeline?mandate=-").words
    assert "No activity passes the filter." in client.get(f"{carried.address}/timeline?pillar=nothing").words


def test_milestones_stand_on_the_timeline(as_role, carried):
    with transaction():
        database.session.add(a_milestone(carried.activities[0], code="M1", due="2024-06"))
    words = as_role("auditor").get(f"{carried.address}/timeline").words
    assert "M1 Step M1 · Due 30 June 2024, 549 days late" in words


@pytest.mark.parametrize("view", ["monitoring", "timeline"])
def test_what_the_ministry_said_stands_beside_what_the_dates_say(as_role, carried, view):
    with transaction():
        an_update(carried.second, carried.activities[1], status="on_track")
    row = cells(as_role("auditor").get(f"{carried.address}/{view}"), "Amend the law")
    assert "365 days late. Late by its dates; the ministry said: on track." in row[2]


def test_an_objective_is_met_by_verified_figures_alone(as_role, world, carried):
    client = as_role("auditor")
    assert "0 of 1 indicator has reached its target" in cells(client.get(f"{carried.address}/scoreboard"), "Aim 1")[-1]
    with transaction():
        alone = an_objective(carried.pillars[1], code="2.2", title="Aim 3", lead_id=world.institutions["JUS"].id)
        only = an_activity(alone, code="2.2.1", starts="2024")
        an_update(carried.second, only, status="completed")
    assert cells(client.get(f"{carried.address}/scoreboard"), "Aim 3")[-1].startswith("Not yet")
    with transaction():
        other = an_activity(alone, code="2.2.2", starts="2024")
        an_update(carried.second, other, status="completed", state="verified")
    assert (
        "1 of 2 activities are finished and verified" in cells(client.get(f"{carried.address}/scoreboard"), "Aim 3")[-1]
    )


def test_the_scoreboard_counts_silent_periods_and_names_objectives_first(as_role, carried):
    page = as_role("auditor").get(f"{carried.address}/scoreboard")
    heads = page.all("//h2[@id='ministries']/following::table[1]//th")
    assert heads[1].text_content().strip() == "Objectives met"
    ministry = page.all("//h2[@id='ministries']/following::table[1]//tbody/tr[contains(., 'Justice')]")[0]
    found = [" ".join(cell.text_content().split()) for cell in ministry.xpath("./*")]
    assert found[2:] == ["1", "0", "0", "0 of 2", "2", "–", "–"]


def test_the_funder_sees_what_for_and_what_became_of_it(as_role, carried):
    page = as_role("auditor").get(f"{carried.address}/funders")
    assert cells(page, "Ministry of Foreign Affairs")[1:] == ["1,000", "1,000", "–", "–", "500", "250", "25%"]
    page = as_role("auditor").get(f"{carried.address}/funders/FOR")
    assert "Train officers" in page.words
    as_role("auditor").get(f"{carried.address}/funders/DEF", expect=404)
    as_role("auditor").get(f"{carried.address}/funders/NOBODY", expect=404)


def test_a_currency_without_a_rate_is_never_added(as_role, world, carried):
    with transaction():
        given = {"funding": "secured", "year": 2025, "funder_id": world.institutions["FOR"].id}
        a_line(carried.activities[1], amount="70", currency="EUR", **given)
    page = as_role("auditor").get(f"{carried.address}/funders")
    assert cells(page, "Ministry of Foreign Affairs")[1].replace("\xa0", " ") == "1,000 + 70 EUR"


@pytest.mark.parametrize("view", VIEWS)
def test_the_number_of_statements_does_not_grow_with_the_plan(as_role, world, carried, view):
    client = as_role("auditor")
    before = len(client.get(f"{carried.address}/{view}").watch.statements)
    with transaction():
        for row in many_activities(carried.objectives[0], 30, lead_id=world.institutions["DEF"].id):
            an_update(carried.second, row, status="on_track")
            a_line(row, amount="5", year=2026)
    assert len(client.get(f"{carried.address}/{view}").watch.statements) == before


def test_before_anything_is_published_the_public_is_told_what_will_come(client, carried):
    assert "No progress is published yet" in client.get("/en/progress").words
    assert "No progress is published yet" in client.get("/en/progress/timeline").words
    assert not client.get("/en/").all("//nav//a[contains(@href, '/progress')]")


def test_the_public_sees_verified_figures_of_open_rows_alone(client, world):
    with transaction():
        two_years(world, published=True)
    page = client.get("/en/progress")
    assert "2 of 4 activities are finished or on track" in page.words
    assert "1 Late" in page.words
    assert SECRET not in page.text
    assert len(gzip.compress(page.text.encode())) < LARGEST
    timeline = client.get("/en/progress/timeline?lead=INT")
    assert "Open a desk" in timeline.words
    assert "Train officers" not in timeline.words
    assert client.get("/en/").all("//main//a[contains(@href, '/progress')]")
    client.get("/en/progress?period=2023-12-31", expect=404)


def test_the_chair_sees_on_the_public_page_what_the_public_does(as_role, world):
    with transaction():
        two_years(world, published=True)
    assert SECRET not in as_role("chair").get("/en/progress/timeline").text


def test_a_mere_draft_has_no_public_progress(client, world):
    with transaction():
        carried_out(published=True, state=DRAFTING)
    assert "No progress is published yet" in client.get("/en/progress").words


def test_while_an_amendment_is_written_the_public_reads_what_stands_adopted(client, world):
    with transaction():
        found = two_years(world, published=True, state=DRAFTING)
        found.plan.adopted_number = freeze(an_actor(), found.plan).number
        found.activities[0].title = {"en": "Secret draft"}
        found.pillars[0].title = {"en": "Secret pillar"}
        found.activities[1].archived_at = now()
        found.add(world, 0, lead="DEF", title="Secret addition", starts="2024", mandates=["Secret mandate"])
    words = client.get("/en/progress/timeline").words
    assert "Train officers" in words
    assert "Amend the law" in words
    assert "Secret" not in words
    page = client.get("/en/progress")
    assert "2 of 4 activities are finished or on track" in page.words
    assert "1 Protection" in page.words
    assert "Secret" not in page.words
    assert "without indicators and money" in page.words


def test_the_page_before_publishing_counts_as_the_dashboard_does(as_role, carried):
    client = as_role("chair")
    counted = client.get(f"{carried.address}/monitoring").all("//p[@class='lede']")[0].text_content()
    told = client.get(f"{carried.address}/cycle/2025-12-31/publish").words

    sentence = next(part for part in counted.split(". ") if "sent" in part).strip()
    assert sentence.partition("\n")[0] in told


def test_where_nothing_can_be_counted_no_objective_is(as_role, world):
    with transaction():
        plan = carried_out().plan
    words = as_role("auditor").get(f"/en/w/{plan.slug}/scoreboard").words

    assert ("No objective can be counted yet." in words, "0 of 0" in words) == (True, False)


def test_that_the_plan_does_not_say_when_is_said_once(as_role, carried):
    address = f"{carried.address}/scoreboard"
    assert as_role("auditor").get(address).words.count("The plan does not say when an objective is achieved.") == 1
    with transaction():
        carried.objectives[0].achieved_when = {"en": "When it stands"}
        database.session.merge(carried.objectives[0])
    words = as_role("auditor").get(address).words
    assert ("When it stands" in words, words.count("the plan does not say")) == (True, 1)
