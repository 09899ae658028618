"""The facts of a report: the same sums as on the pages, kept as they were, and without what is restricted."""

import json

import pytest

from nap_builder.kernel.actor import NOBODY
from nap_builder.kernel.database import db as database
from nap_builder.kernel.database import transaction
from nap_builder.kernel.languages import speaking
from nap_builder.monitoring import in_words as tell
from nap_builder.monitoring.progress.names import FINAL_STATUSES
from nap_builder.monitoring.queries.objectives import objective_rows
from nap_builder.monitoring.queries.overview import overview
from nap_builder.reports.queries.facts import facts_of
from tests.builders.framework import a_line, an_activity, an_indicator, an_objective
from tests.builders.monitoring import an_update
from tests.builders.progress import a_milestone, carried_out, two_years
from tests.builders.reports import a_report

SECRET = "Zyxwvut"
LANGUAGES = {"languages": ["en", "ar"]}


@pytest.mark.parametrize("published", [True, False])
@pytest.mark.parametrize("grouped_by", ["pillars", "themes"])
def test_the_sums_are_those_of_the_pages(world, published, grouped_by):
    with transaction():
        plan = two_years(world, published=published)
    found = overview(plan.plan, NOBODY, "2025-12-31", public=published)
    objectives = objective_rows(plan.plan, found.rows, found.indicators)
    facts = facts_of(plan.plan, plan.second, grouped_by)
    figures, said = facts["figures"], facts["said"]["en"]
    assert (figures["total"], figures["good"]) == (found.counts.total, found.counts.good)
    assert figures["activities"] == {status: count for status, count in found.counts.parts() if count}
    assert sum(part["count"] for part in said["bar"]["parts"]) == found.counts.total
    assert figures["objectives"] == {"met": sum(each.met for each in objectives), "all": len(objectives)}
    assert sum(figures["indicators"].values()) == len(found.indicators)
    assert sum(figures["groups"].values()) >= found.counts.total
    with speaking("en"):
        assert [row["amount"] for row in said["money"]] == [tell.stage(found.use, name) for name in found.use.costs]
        assert said["headline"] == tell.headline(found.counts)
    assert facts["public"] is published


def test_what_is_not_verified_is_not_in_the_facts_of_a_published_period(world):
    with transaction():
        plan = carried_out(published=True)
        activity = plan.add(world, 0, lead="DEF", title="Train officers", starts="2024", ends="2028")
        an_update(plan.second, activity, status="completed")
    assert facts_of(plan.plan, plan.second, "pillars")["figures"]["activities"] == {"not_started": 1}


def test_nothing_restricted_is_in_a_report(world):
    with transaction():
        plan = two_years(world)
        reports = [a_report(plan.second, kind) for kind in ("progress", "card", "facts")]
    for report in reports:
        assert SECRET not in json.dumps([report.facts, report.texts])


def test_every_language_of_the_plan_is_said_in_itself(world):
    with transaction():
        plan = two_years(world, **LANGUAGES)
        report = a_report(plan.second, "progress")
    assert sorted(report.facts["said"]) == ["ar", "en"]
    assert "2025" in report.facts["said"]["ar"]["on"]
    assert report.facts["said"]["ar"]["on"] != report.facts["said"]["en"]["on"]


def test_texts_begin_with_what_is_known(world):
    with transaction():
        plan = two_years(world)
        report = a_report(plan.second, "progress")
    assert "2.1.3 Open a desk is finished." in report.texts["achievements"]["en"]
    assert "1.1.2 Amend the law" in report.texts["gaps"]["en"]
    assert "Amend the law" in report.texts["ask_INT"]["en"]
    assert "lessons" not in report.texts


def test_the_card_goes_by_pillar_where_objectives_are_many(world):
    with transaction():
        plan = carried_out()
        for place in range(11):
            an_activity(an_objective(plan.pillars[0], code=f"1.{place + 2}"), code=f"1.{place + 2}.1")
    rows = facts_of(plan.plan, plan.second, "pillars")["said"]["en"]["rows"]
    assert [line["code"] for line in rows["lines"]] == ["1", "2"]


@pytest.mark.parametrize("fate", sorted(FINAL_STATUSES))
def test_a_ministry_is_asked_nothing_for_what_is_over(world, fate):
    with transaction():
        plan = carried_out(published=True)
        activity = plan.add(world, 0, lead="DEF", title="Train officers", starts="2024", ends="2024")
        an_update(plan.second, activity, status=fate, state="verified")
    said = facts_of(plan.plan, plan.second, "pillars")["said"]["en"]
    assert said["ministries"] == []
    assert said["rows"]["lines"][0]["next"] == []


def test_what_is_given_up_is_named_with_its_reason(world):
    with transaction():
        plan = carried_out()
        given = plan.add(world, 0, lead="DEF", title="Train officers", starts="2024", ends="2028")
        late = plan.add(world, 0, lead="DEF", title="Open a desk", starts="2024", ends="2024")
        plan.add(world, 0, lead="DEF", title="Amend the law", starts="2024", ends="2026")
        step = a_milestone(late, code="M1", due="2024")
        database.session.add(step)
        database.session.flush()
        an_update(plan.second, given, status="dropped", said={"en": "No money came."})
        why = {step.key: {"state": "blocked", "reason": {"en": "The land is disputed."}}}
        an_update(plan.second, late, status="blocked", milestones=why)
        report = a_report(plan.second, "card")
    line = report.facts["said"]["en"]["rows"]["lines"][0]
    assert [one["count"] for one in line["undone"]] == ["1 late or blocked", "1 dropped or carried over"]
    assert [row["title"]["text"] for one in line["undone"] for row in one["rows"]] == ["Open a desk", "Train officers"]
    assert report.texts[f"why_{line['key']}"]["en"] == "1.1.1: No money came. 1.1.2: The land is disputed."
    assert report.texts[f"next_{line['key']}"]["en"] == "Finish 1.1.2 Open a desk, 1.1.3 Amend the law."


def test_a_proposal_takes_whole_reasons(world):
    with transaction():
        plan = carried_out()
        for place in range(4):
            activity = plan.add(world, 0, lead="DEF", title="Train officers", starts="2024", ends="2028")
            an_update(plan.second, activity, status="blocked", said={"en": f"Reason {place} " + "x " * 20 + "end."})
        report = a_report(plan.second, "card")
    line = report.facts["said"]["en"]["rows"]["lines"][0]
    assert report.texts[f"why_{line['key']}"]["en"].count("end.") == 2
    assert report.texts[f"why_{line['key']}"]["en"].endswith("end.")


def test_money_of_some_lines_says_of_how_many(world):
    with transaction():
        plan = two_years(world)
        other = a_line(plan.activities[3], amount="1000", year=2025)
        an_update(plan.second, plan.activities[3], status="on_track", spending={other.key: {"spent": "900"}})
    labels = [row["label"] for row in facts_of(plan.plan, plan.second, "pillars")["said"]["en"]["money"]]
    assert labels == ["Planned", "Disbursed, reported for 1 of 2 budget lines", "Spent"]


def test_the_notes_count_the_indicators_that_are_not_listed(as_role, world):
    with transaction():
        plan = two_years(world)
        for number in range(6):
            an_indicator(plan.objectives[0], code=f"B{number}", title=f"Share {number}", kind="number")
        a_report(plan.second, "card")
    page = as_role("secretariat").get(f"{plan.address}/reports/2025-12-31/card")
    listed = len(page.all("//article//table[.//th='Last value']/tbody/tr"))
    assert 0 < listed < 7
    assert f"{7 - listed} more indicators are in the plan." in page.words
