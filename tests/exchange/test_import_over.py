"""What an import over an existing plan does to its rows: one rule a test."""

from copy import deepcopy
from typing import Any

import pytest
from sqlalchemy import select

from nap_builder.exchange import services
from nap_builder.exchange.fault import Refused
from nap_builder.kernel.actor import INSTALLATION
from nap_builder.kernel.audit import AuditEntry
from nap_builder.kernel.database import db as database
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import Duplicate, WrongState
from nap_builder.plans.document import plan_document
from nap_builder.plans.models.framework import Activity, Objective, Pillar
from nap_builder.plans.models.measures import BudgetLine
from nap_builder.plans.models.narrative import Paragraph, ParagraphText
from nap_builder.plans.models.plan import ADOPTED, FormerCode, Plan
from nap_builder.plans.queries.plan import plan_or_none
from nap_builder.taskforce.models import Institution, Membership
from tests.builders.exchange import as_file, full, lines, small, taken_in


def document(*pillars: dict[str, Any], **members: Any) -> dict[str, Any]:
    return small(pillars=list(pillars), **members)


def pillar(code: str, *activities: dict[str, Any], **members: Any) -> dict[str, Any]:
    return {"code": code, "title": f"Pillar {code}", "activities": list(activities), **members}


def activity(code: str, **members: Any) -> dict[str, Any]:
    return {"code": code, "title": f"Activity {code}", **members}


def living(model: Any) -> dict[str, Any]:
    rows = database.session.scalars(select(model).where(model.archived_at.is_(None)).order_by(model.position))
    return {row.code: row for row in rows}


def test_a_row_without_a_key_is_known_by_its_code_and_keeps_the_key_it_has(db, world):
    activity = world.activities[0]
    key, plan = activity.key, world.plan.slug
    told = services.plan_file(world.plan, None, "working")
    without = _without_keys(services.read(told).document)
    without["pillars"][0]["objectives"][0]["activities"][0]["title"] = "Recruit and keep women officers"
    assert lines(without) == ["change|activity:1.1.1|title"]
    done = taken_in(without)
    row = living(Activity)["1.1.1"]
    assert (row.key, row.title, done.plan.slug) == (key, {"en": "Recruit and keep women officers"}, plan)


def _without_keys(value: Any) -> Any:
    if isinstance(value, dict):
        named = "place" in value or "paragraphs" in value or "text" in value
        return {name: _without_keys(part) for name, part in value.items() if name != "key" or named}
    return [_without_keys(part) for part in value] if isinstance(value, list) else value


def test_what_the_file_lacks_is_listed_and_stays(db):
    taken_in(document(pillar("1", activity("1.1"), activity("1.2"))))
    less = document(pillar("1", activity("1.2")))
    assert lines(less) == ["remove|activity:1.1|Activity 1.1"]
    taken_in(less)
    assert list(living(Activity)) == ["1.1", "1.2"]


def test_what_the_file_lacks_is_archived_when_asked_for_with_all_below_it(db):
    taken_in(document(pillar("1", activity("1.1")), pillar("2", activity("2.1", indicators=[_indicator("2.1.a")]))))
    taken_in(document(pillar("1", activity("1.1"))), remove=True)
    assert list(living(Pillar)) == ["1"]
    assert list(living(Activity)) == ["1.1"]
    assert database.session.scalar(select(Activity.archived_at).where(Activity.code == "2.1")) is not None


def _indicator(code: str) -> dict[str, Any]:
    return {
        "code": code,
        "title": "A measure",
        "kind": "number",
        "values": [{"period_ends": "2027-12-31", "value": "3"}],
    }


def test_a_row_that_was_archived_comes_back_with_its_key(db):
    both = document(pillar("1", activity("1.1"), activity("1.2", budget=[{"amount": "5"}])))
    taken_in(both)
    key = living(Activity)["1.2"].key
    taken_in(document(pillar("1", activity("1.1"))), remove=True)
    taken_in(both)
    row = living(Activity)["1.2"]
    assert row.key == key
    assert len(database.session.scalars(select(BudgetLine).where(BudgetLine.activity_id == row.id)).all()) == 1
    assert lines(both) == []


def test_a_row_moves_under_another(db):
    taken_in(document(pillar("1", activity("1.1")), pillar("2")))
    elsewhere = document(pillar("1"), pillar("2", activity("1.1")))
    assert lines(elsewhere) == ["change|activity:1.1|order"]
    taken_in(elsewhere)
    assert living(Activity)["1.1"].pillar.code == "2"


def test_an_activity_under_an_output_knows_all_that_stands_above(db):
    objective = {
        "code": "1.1",
        "title": "O",
        "outputs": [{"code": "1.1.1", "title": "P", "activities": [activity("a")]}],
    }
    taken_in(document(pillar("1", objectives=[objective])))
    row = living(Activity)["a"]
    assert (row.output.code, row.objective.code, row.pillar.code) == ("1.1.1", "1.1", "1")


def test_rows_change_places(db):
    rows = [activity(code) for code in ("a", "b", "c")]
    taken_in(document(pillar("1", *rows)))
    taken_in(document(pillar("1", rows[2], rows[0], rows[1])))
    assert list(living(Activity)) == ["c", "a", "b"]


def test_two_rows_swap_their_codes_and_their_former_codes_are_kept(db):
    rows = [activity("1.1", key="k1"), activity("1.2", key="k2")]
    taken_in(document(pillar("1", *rows)))
    swapped = document(pillar("1", {**rows[0], "code": "1.2"}, {**rows[1], "code": "1.1"}))
    assert lines(swapped) == ["change|activity:1.2|code", "change|activity:1.1|code"]
    taken_in(swapped)
    assert {code: row.key for code, row in living(Activity).items()} == {"1.2": "k1", "1.1": "k2"}
    former = database.session.execute(
        select(FormerCode.kind, FormerCode.code, FormerCode.row_key).order_by(FormerCode.code)
    )
    assert [tuple(row) for row in former] == [("activity", "1.1", "k1"), ("activity", "1.2", "k2")]


def test_a_reference_follows_the_row_when_its_code_changes(db):
    rows = [activity("1.1", key="k1"), activity("1.2", key="k2", related=["activity:1.1"])]
    taken_in(document(pillar("1", *rows)))
    assert living(Activity)["1.2"].related == ["activity:k1"]
    rows[0]["code"] = "9"
    rows[1]["related"] = ["activity:9"]
    assert lines(document(pillar("1", *rows))) == ["change|activity:9|code"]
    plan = taken_in(document(pillar("1", *rows))).plan
    assert b'"related":["activity:9"]' in services.plan_file(plan, None, "working")


def test_a_code_that_a_row_lacking_from_the_file_still_bears_is_refused(db):
    taken_in(document(pillar("1", activity("1.1", key="k1"), activity("1.2", key="k2"))))
    taker = document(pillar("1", activity("1.2", key="k1")))
    with pytest.raises(Refused) as refused:
        taken_in(taker)
    assert str(refused.value.faults[0]).startswith("/pillars/0/activities/0: ")
    taken_in(taker, remove=True)
    assert living(Activity)["1.2"].key == "k1"


def test_a_changed_institution_is_listed_and_changed(db):
    taken_in(document())
    other = document()
    other["institutions"][0]["name"] = "Ministry of National Defence"
    assert lines(other) == ["change|institution:MOD|name"]
    taken_in(other)
    assert database.session.scalar(select(Institution.name)) == {"en": "Ministry of National Defence"}


def test_a_new_plan_that_would_rename_a_known_institution_says_so(db, world):
    other = document(institutions=[{"code": "DEF", "name": "War Office", "kind": "ministry", "sector": "defence"}])
    assert "change|institution:DEF|name" in lines(other)
    same = document(
        institutions=[{"code": "DEF", "name": "Ministry of Defence", "kind": "ministry", "sector": "defence"}]
    )
    assert not any("institution" in line for line in lines(same))


def test_institutions_of_other_plans_stay_as_they_are(db, world):
    taken_in(document())
    assert database.session.scalar(select(Institution.name).where(Institution.code == "WOMEN")) == {
        "en": "Ministry for Women's Affairs"
    }


def test_the_seats_of_the_task_force_become_those_of_the_file(db):
    bodies = [{"code": code, "name": code, "kind": "ministry"} for code in ("A", "B", "C")]
    force = {"chair": "A", "members": ["A", "B"], "observers": ["C"], "mandate": "To lead"}
    taken_in(document(institutions=bodies, task_force=force))
    taken_in(document(institutions=bodies[::-1], task_force={"chair": "B", "members": ["B"]}))
    seats = database.session.scalars(select(Membership).order_by(Membership.position)).all()
    assert [(s.institution.code, s.chair, s.member, s.observer) for s in seats] == [
        ("C", False, False, False),
        ("B", True, True, False),
        ("A", False, False, False),
    ]


def test_an_institution_that_the_file_lacks_leaves_the_plan_only_when_asked(db):
    bodies = [{"code": code, "name": code, "kind": "ministry"} for code in ("A", "B")]
    taken_in(document(institutions=bodies))
    taken_in(document(institutions=bodies[:1]))
    assert len(database.session.scalars(select(Membership)).all()) == 2
    taken_in(document(institutions=bodies[:1]), remove=True)
    assert len(database.session.scalars(select(Membership)).all()) == 1
    assert len(database.session.scalars(select(Institution)).all()) == 2


def test_a_plan_that_is_not_in_drafting_takes_no_file(db):
    plan = taken_in(document()).plan
    with transaction():
        database.session.get(Plan, plan.id).state = ADOPTED
    for act in (lines, taken_in):
        with pytest.raises(WrongState):
            act(document())


def test_a_new_plan_needs_a_short_name_of_its_own(db):
    taken_in(document())
    with pytest.raises(Duplicate):
        services.preview(services.read(as_file(document())), None)


def test_the_file_of_another_plan_is_refused(db, world):
    with pytest.raises(Refused) as refused:
        services.preview(services.read(as_file(document())), world.plan)
    assert refused.value.faults[0].place == "/plan/slug"


def test_version_profile_and_numbers_are_said_and_not_kept(db):
    seen = services.preview(services.read(as_file(full())), None)
    assert len(seen.notes) == 2
    told = services.read(services.plan_file(taken_in(full()).plan, None, "working")).document
    assert "version" not in told
    assert "number" not in told["sections"][0]["paragraphs"][0]


def test_a_public_file_removes_nothing_restricted_and_no_progress(db):
    plan = taken_in(full()).plan
    before = services.plan_file(plan, None, "working")
    public = services.read(services.plan_file(plan, None, "public"))
    seen = services.preview(public, plan_or_none(public.slug))
    assert seen.counts["remove"] == 0
    assert any("restricted" in note for note in seen.notes)
    with transaction():
        services.apply(INSTALLATION, public, plan=plan_or_none(public.slug), remove=True)
    after = services.read(services.plan_file(plan, None, "working")).document
    was = services.read(before).document
    assert _restricted(after) == _restricted(was) > 0
    assert after["consultations"] == was["consultations"]
    assert after["pillars"][0]["indicators"][0]["values"] == was["pillars"][0]["indicators"][0]["values"]


def _restricted(value: Any) -> int:
    if isinstance(value, dict):
        return (value.get("restricted") is True) + sum(map(_restricted, value.values()))
    return sum(map(_restricted, value)) if isinstance(value, list) else 0


def test_progress_that_the_file_does_not_say_stays_unless_it_is_to_go(db):
    row = activity("1.1", status="on_track", indicators=[_indicator("1.1.a")], budget=[{"amount": "9", "spent": "4"}])
    taken_in(document(pillar("1", row)))
    silent = deepcopy(row)
    del silent["status"], silent["indicators"][0]["values"], silent["budget"][0]["spent"]
    assert lines(document(pillar("1", silent))) == []
    taken_in(document(pillar("1", silent)), remove=True)
    assert lines(document(pillar("1", row))) == ["change|activity:1.1|status, budget", "change|indicator:1.1.a|values"]


def test_budget_lines_keep_their_identity_and_notice_open_forms(db):
    taken_in(document(pillar("1", activity("1.1", budget=[{"amount": "1"}, {"amount": "2"}]))))
    query = select(BudgetLine.key, BudgetLine.row_version).order_by(BudgetLine.position)
    before = database.session.execute(query).all()
    taken_in(document(pillar("1", activity("1.1", budget=[{"amount": "7"}]))))
    after = database.session.execute(query).all()
    assert [key for key, _version in after] == [before[0][0]]
    assert after[0][1] > before[0][1]


def test_a_row_that_changed_has_a_new_version_and_others_have_not(db):
    taken_in(document(pillar("1", activity("1.1"), activity("1.2"))))
    versions = {code: row.row_version for code, row in living(Activity).items()}
    taken_in(document(pillar("1", activity("1.1", lead="MOD"), activity("1.2"))))
    now = {code: row.row_version for code, row in living(Activity).items()}
    assert now["1.1"] > versions["1.1"]
    assert now["1.2"] == versions["1.2"]


def test_a_changed_paragraph_has_a_history(db):
    def told(text: str) -> dict[str, Any]:
        section = {
            "key": "why",
            "title": "Why",
            "paragraphs": [{"key": "p", "text": text}, {"key": "q", "text": "Same."}],
        }
        return document(sections=[section])

    taken_in(told("Old."))
    taken_in(told("New."))
    paragraph = database.session.scalar(select(Paragraph).where(Paragraph.key == "p"))
    query = select(ParagraphText.text).where(ParagraphText.paragraph_id == paragraph.id).order_by(ParagraphText.id)
    assert database.session.scalars(query).all() == [{"en": "Old."}, {"en": "New."}]


def test_a_paragraph_first_changed_by_a_file_keeps_what_it_said(db, world):
    told = services.read(services.plan_file(world.plan, None, "working")).document
    told["sections"][0]["paragraphs"][0]["text"] = "Women are at the table."
    taken_in(told)
    query = select(ParagraphText.by, ParagraphText.text).order_by(ParagraphText.id)
    assert [tuple(row) for row in database.session.execute(query)] == [
        ("", {"en": "Women were not at the table."}),
        ("nap", {"en": "Women are at the table."}),
    ]


def test_one_act_is_remembered_with_what_it_did(db):
    taken_in(document(pillar("1", activity("1.1"))))
    taken_in(document(pillar("1", activity("1.1", lead="MOD"), activity("1.2"))))
    entries = database.session.scalars(select(AuditEntry).order_by(AuditEntry.number)).all()[-2:]
    assert [entry.word for entry in entries] == ["exchange.plan.started", "exchange.plan.imported"]
    assert entries[1].content.changes == {"activity": [None, {"added": 1, "changed": 1}]}


def test_a_reference_to_a_consultation_is_by_key_where_consultations_are_left_out(db):
    talk = {"code": "C1", "key": "talk", "title": "A hearing", "kind": "hearing", "starts": "2027-02-01"}
    row = activity("1.1", related=["consultation:C1"])
    plan = taken_in(document(pillar("1", row), consultations=[talk])).plan
    assert plan_document(plan)["pillars"][0]["activities"][0]["related"] == ["consultation:talk"]
    assert b'"related":["consultation:C1"]' in services.plan_file(plan, None, "working")


def test_objectives_of_a_review_follow_their_codes(db):
    review = {"key": "r", "policy": "An act", "institution": "MOD", "objectives": ["1.1"]}
    objectives = [{"code": "1.1", "key": "o1", "title": "One"}]
    taken_in(document(pillar("1", objectives=objectives), policy_reviews=[review]))
    with transaction():
        database.session.scalar(select(Objective)).code = "7"
    told = services.read(services.plan_file(database.session.scalar(select(Plan)), None, "working")).document
    assert told["policy_reviews"][0]["objectives"] == ["7"]
