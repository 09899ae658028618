"""The page of costs as people see it."""

from decimal import Decimal

import pytest

from nap_builder.kernel.database import db as database
from nap_builder.kernel.database import transaction
from nap_builder.kernel.languages import money
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


def test_sums_stand_by_pillar_theme_year_source_kind_and_marker(as_role, world):
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
    assert "The plan costs 115.1 to 125.1 USD." in page.words.replace("\xa0", " ")
    assert "Not in any sum: 7 EUR" in page.words.replace("\xa0", " ")
    assert shown(page, "by-pillar", "1 Participation") == ["100.1", "10 to 20", "–", "110.1 to 120.1"]
    assert shown(page, "by-pillar", "2 Protection")[-1] == "57 EUR"
    assert shown(page, "by-theme", "Protection")[-1] == "57 EUR"
    assert shown(page, "by-year", "2027/28")[-1] == "100.1"
    assert shown(page, "by-year", "2028/29")[-1] == "10 to 20"
    assert shown(page, "by-year", "No year")[-1] == "57 EUR"
    assert shown(page, "by-source", "Ministry of Foreign Affairs")[-1] == "10 to 20"
    assert shown(page, "by-source", "Peace fund")[-1] == "5"
    assert shown(page, "by-kind", "Pooled fund")[-1] == "5"
    assert shown(page, "by-marker", "principal")[-1] == "57 EUR"
    assert shown(page, "funding", "Gap") == ["10 to 20"]
    assert shown(page, "funding", "women’s organisations") == ["5"]
