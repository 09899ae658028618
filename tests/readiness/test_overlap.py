"""Who does what on which theme, and what looks alike."""

from nap_builder.kernel.database import db, transaction
from tests.builders.framework import a_line, a_pillar, an_activity, an_indicator, an_objective
from tests.builders.readiness import change

PAGE = "/en/w/nap-2/overlap"


def cells(page):
    heads = [" ".join(head.text_content().split()) for head in page.all("(//main//table)[1]//th")]
    rows = page.all("(//main//table)[1]//tbody/tr")
    said = [[" ".join(cell.text_content().split()) for cell in row.xpath("td")] for row in rows]
    return {row[0]: dict(zip(heads[1:], row[1:], strict=True)) for row in said}


def test_each_cell_counts_activities_money_and_indicators(as_role, world):
    with transaction():
        protection = a_pillar(db.session.merge(world.plan), code="2", theme="protection")
        objective = an_objective(protection, code="2.1", theme="prevention")
        activity = an_activity(objective, code="2.1.1", lead_id=world.institutions["DEF"].id)
        an_activity(protection, code="2.0.1")
        a_line(activity, amount="1000")
        a_line(activity, amount="50", currency="EUR")
        an_indicator(activity, code="I1", responsible_id=world.institutions["JUS"].id)
    table = cells(as_role("auditor").get(PAGE))
    assert table["Ministry of Defence"]["Prevention"] == "1 activity 1,000 USD 50 EUR"
    assert table["Ministry of Defence"]["Protection"] == "Nothing"
    assert table["Ministry of Justice"]["Prevention"] == "1 indicator"
    assert table["Nobody"]["Protection"] == "1 activity"
    assert table["Ministry of Foreign Affairs"]["Prevention"] == "Nothing"


def test_what_looks_alike_stands_below_until_somebody_judges(as_role, world):
    change(world.activities[1], title={"en": "Recruit women officers"})
    page = as_role("secretariat").get(PAGE)
    assert "1.1.2 Recruit women officers" in page.words
    assert "To be judged" in page.words
    keys = sorted(one.key for one in world.activities)
    change(world.plan, not_applicable=[{"check": f"B5:{keys[0]}:{keys[1]}", "reason": "Army and police."}])
    assert "Not the same" in as_role("secretariat").get(PAGE).words


def test_what_is_restricted_is_counted_for_its_readers_only(as_role, world):
    change(world.activities[0], restricted=True)
    assert cells(as_role("official").get(PAGE))["Ministry of Defence"]["No theme named"] == "1 activity"
    assert cells(as_role("auditor").get(PAGE))["Ministry of Defence"]["No theme named"] == "Nothing"


def test_an_empty_plan_says_what_will_stand_here(as_role, world):
    with transaction():
        for activity in world.activities:
            db.session.delete(db.session.merge(activity))
    assert "Nothing to compare yet" in as_role("chair").get(PAGE).words
