"""The page of costs as people see it."""

from decimal import Decimal

import pytest

from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db as database
from nap_builder.kernel.database import transaction
from nap_builder.plans.models.measures import BudgetLine
from nap_builder.plans.models.plan import Plan
from tests.builders.framework import a_line, a_pillar, an_activity, many_activities

COSTS = "/en/w/nap-2/costs"


def shown(page, table, row):
    """The figures that a row of one of the tables shows."""
    rows = page.all(f"//h2[@id='{table}']/following::table[1]//tbody/tr")
    found = next(one for one in rows if row in one.xpath("./*[1]")[0].text_content())
    return [" ".join(cell.text_content().split()) for cell in found.xpath("./*")][1:]


def test_an_empty_plan_says_what_will_stand_here(as_role):
    page = as_role("auditor").get(COSTS)
    assert "No money is written yet" in page.words
    assert "2 Not costed yet" in page.words


def test_sums_stand_by_pillar_lead_theme_year_source_kind_and_marker(as_role, world):
    with transaction():
        plan = database.session.get(Plan, world.plan.id)
        plan.fiscal_year_starts = "07-01"
        second = a_pillar(plan, code="2", title="Protection", theme="protection")
        other = an_activity(second, code="2.1", gender_marker=2)
        a_line(world.activities[0], amount="100.10", year=2027, funding="secured", kind="core")
        a_line(
            world.activities[0],
            amount=None,
            low=Decimal(10),
            high=Decimal(20),
            funding="gap",
            year=2028,
            funder_id=world.institutions["FOR"].id,
        )
        a_line(other, amount="5", for_womens_organisations=True, kind="pooled_fund", source={"en": "Peace fund"})
        a_line(other, amount="7", currency="EUR")
    page = as_role("auditor").get(COSTS)
    assert "The plan costs 115.10 to 125.10 USD." in page.words.replace("\xa0", " ")
    assert "Not in any sum: 7 EUR" in page.words.replace("\xa0", " ")
    assert shown(page, "by-pillar", "1 Participation") == ["100.10", "10 to 20", "–", "110.10 to 120.10"]
    assert shown(page, "by-pillar", "2 Protection")[-1] == "57 EUR"
    assert shown(page, "by-lead", "Ministry of Defence") == ["100.10", "10 to 20", "–", "110.10 to 120.10"]
    assert shown(page, "by-lead", "Nobody leads it")[-1] == "57 EUR"
    assert shown(page, "by-theme", "Protection")[-1] == "57 EUR"
    assert shown(page, "by-year", "2027/28")[-1] == "100.10"
    assert shown(page, "by-year", "2028/29")[-1] == "10 to 20"
    assert shown(page, "by-year", "No year")[-1] == "57 EUR"
    assert shown(page, "by-source", "Ministry of Foreign Affairs")[-1] == "10 to 20"
    assert shown(page, "by-source", "Peace fund")[-1] == "5"
    assert shown(page, "by-kind", "Pooled fund")[-1] == "5"
    assert shown(page, "by-marker", "principal")[-1] == "57 EUR"
    assert shown(page, "funding", "Gap") == ["10 to 20"]
    assert shown(page, "funding", "women’s organisations") == ["5"]


@pytest.fixture
def secret(world):
    with transaction():
        activity = an_activity(
            world.objective,
            code="1.1.9",
            title="Zyxwvut",
            restricted=True,
            lead_id=world.institutions["DEF"].id,
        )
        a_line(activity, amount="777", source={"en": "Zyxwvut fund"}, currency="CHF")
        a_line(activity, amount="333", year=2033)
        a_line(world.activities[0], amount="1")
    return activity


def test_a_restricted_activity_is_in_no_sum_for_who_may_not_read_it(as_role, secret):
    for who in ("interior", "auditor"):
        page = as_role(who).get(COSTS)
        assert "The plan costs 1 USD" in page.words.replace("\xa0", " ")
        for words in ("777", "333", "334", "CHF", "Zyxwvut", "2033", "Restricted activities"):
            assert words not in page.words
        assert "1 Costed" in page.words


def test_who_may_read_a_restricted_activity_is_told_that_it_counts(as_role, secret):
    for who in ("chair", "focal_point"):
        page = as_role(who).get(COSTS)
        assert "The plan costs 334 USD" in page.words.replace("\xa0", " ")
        assert "Restricted activities are counted here" in page.words


def test_each_count_leads_to_just_its_rows_of_the_matrix(as_role, world):
    given = {"costed": None, "within_core": "within_core", "no_cost": "no_cost"}
    with transaction():
        for place, costing in enumerate(given.values()):
            an_activity(world.objective, code=f"c{place}", costing=costing)
        said = an_activity(world.objective, code="c9", costing="no_cost")
        a_line(said, funding="gap")
    browser = as_role("auditor")
    found = {}
    for link in browser.get(COSTS).all("//ul[@class='legend']//a"):
        count, _space, label = " ".join(link.text_content().split()).partition(" ")
        rows = browser.get(link.get("href")).all("//tr[starts-with(@id, 'a-')]")
        assert len(rows) == int(count)
        found[label] = {row.xpath("./td[1]")[0].text_content().strip() for row in rows}
    assert found == {
        "Costed": {"c9"},
        "Within core budgets": {"c1"},
        "No cost": {"c2"},
        "Not costed yet": {"1.1.1", "1.1.2", "c0"},
    }
    gap = browser.get(COSTS).all("//a[contains(@href, 'cost=gap')]")[0]
    rows = browser.get(gap.get("href")).all("//tr[starts-with(@id, 'a-')]")
    assert [row.xpath("./td[1]")[0].text_content().strip() for row in rows] == ["c9"]


def test_an_unknown_costing_in_the_address_filters_nothing(as_role):
    assert len(as_role("chair").get("/en/w/nap-2/matrix?cost=zzz").all("//tr[starts-with(@id, 'a-')]")) == 2


def test_the_page_makes_as_many_statements_for_500_activities_as_for_few(as_role, world):
    browser = as_role("chair")
    few = len(browser.get(COSTS).watch.statements)
    with transaction():
        for activity in many_activities(world.objective, 500):
            database.session.add(BudgetLine(activity_id=activity.id, position=0, amount=Decimal("1200.50"), year=2028))
    many = browser.get(COSTS).watch.statements
    assert len(many) <= min(25, few + 2)


def test_an_archived_activity_is_in_no_sum(as_role, world):
    with transaction():
        a_line(an_activity(world.objective, code="gone", archived_at=now()), amount="9")
        a_line(world.activities[0], amount="1")
    assert "The plan costs 1 USD" in as_role("auditor").get(COSTS).words.replace("\xa0", " ")
