"""What changed between two documents of a plan."""

from copy import deepcopy
from typing import Any

import pytest

from nap_builder.plans.comparison import Comparison, RowChange, changes, compare
from nap_builder.plans.profiles import with_numbers
from nap_builder.plans.wording import Run, runs
from tests.builders.plan_documents import a_plan, an_activity, stored, with_activities, with_plan


def sections(*paragraphs: tuple[str, str], **members: Any) -> dict[str, Any]:
    """The small plan with one section of these paragraphs (key, text)."""
    parts = [{"key": key, "text": text} for key, text in paragraphs]
    return a_plan(sections=[{"key": "why", "title": "Why", "paragraphs": parts} | members])


def paragraph_states(comparison: Comparison) -> list[tuple[str, str]]:
    (section,) = comparison.sections
    return [(part.ref.removeprefix("paragraph:"), part.state) for part in section.paragraphs]


def only_row(old: dict[str, Any], new: dict[str, Any]) -> RowChange:
    (row,) = compare(old, new).rows
    return row


def lines(old: dict[str, Any] | None, new: dict[str, Any]) -> set[str]:
    return {str(change) for change in changes(old, new)}


@pytest.mark.parametrize("name", ["full.json", "usa-2023.json"])
def test_a_plan_does_not_differ_from_itself(name: str) -> None:
    assert compare(stored(name), stored(name)).empty


def test_two_ways_of_writing_the_same_do_not_differ() -> None:
    assert compare(with_plan(level="national", title={"en": "A plan"}), a_plan()).empty


def test_a_changed_fact_of_the_plan_is_told_with_both_values() -> None:
    (field,) = compare(a_plan(), with_plan(ends="2031-12-31")).plan
    assert (field.name, field.before, field.after) == ("ends", "2030-12-31", "2031-12-31")


def test_a_changed_task_force_is_told() -> None:
    new = a_plan(task_force={"chair": "MOD", "members": ["MOD"]})
    assert [field.name for field in compare(a_plan(), new).task_force] == ["chair", "members"]


def test_a_new_institution_is_told_apart_from_the_rows() -> None:
    new = a_plan()
    new["institutions"].append({"code": "MOI", "name": "Interior", "kind": "ministry"})
    comparison = compare(a_plan(), new)
    assert [(row.ref, row.state) for row in comparison.institutions] == [("institution:MOI", "added")]
    assert comparison.rows == ()


def test_added_and_removed_paragraphs_stand_in_their_places() -> None:
    old, new = sections(("a", "A"), ("b", "B"), ("c", "C")), sections(("a", "A"), ("d", "D"), ("c", "C"))
    assert paragraph_states(compare(old, new)) == [("a", "kept"), ("b", "removed"), ("d", "added"), ("c", "kept")]


def test_only_the_paragraph_that_moved_is_called_moved() -> None:
    old = sections(("a", "A"), ("b", "B"), ("c", "C"), ("d", "D"))
    new = sections(("b", "B"), ("c", "C"), ("d", "D"), ("a", "A"))
    assert paragraph_states(compare(old, new)) == [("b", "kept"), ("c", "kept"), ("d", "kept"), ("a", "moved")]


def test_a_paragraph_moved_to_another_section_is_moved_there() -> None:
    old, new = sections(("a", "A"), ("b", "B")), sections(("a", "A"))
    for document, parts in ((old, []), (new, [{"key": "b", "text": "B"}])):
        document["sections"].append({"key": "how", "title": "How", "paragraphs": parts})
    (section,) = compare(old, new).sections
    assert (section.section.ref, section.paragraphs[0].state) == ("section:how", "moved")


def test_a_paragraph_may_be_both_moved_and_changed() -> None:
    old = sections(("a", "A"), ("b", "B"), ("c", "C"))
    (section,) = compare(old, sections(("b", "B"), ("c", "C"), ("a", "A!"))).sections
    assert (section.paragraphs[2].state, section.paragraphs[2].moved) == ("changed", True)


def test_a_removed_section_brings_its_paragraphs_with_it() -> None:
    (section,) = compare(sections(("a", "A")), a_plan(sections=[])).sections
    assert (section.section.state, [part.state for part in section.paragraphs]) == ("removed", ["removed"])


def test_a_new_number_alone_is_no_change() -> None:
    assert compare(a_plan(), with_numbers(a_plan())).empty


def test_a_paragraph_tells_its_number_now_and_before() -> None:
    old = with_numbers(sections(("a", "A"), ("b", "B")))
    (section,) = compare(old, with_numbers(sections(("b", "B")))).sections
    assert [(part.number, part.former) for part in section.paragraphs] == [(None, "1"), ("1", "2")]


def test_a_text_is_compared_word_by_word_in_each_language() -> None:
    old = with_activities(an_activity(title={"en": "Train ten officers", "fr": "Former dix officiers"}))
    new = with_activities(
        an_activity(title={"en": "Train ten officers", "fr": "Former vingt officiers", "ar": "تدريب"})
    )
    (field,) = only_row(old, new).fields
    french, arabic = field.texts
    assert french.runs == (
        Run("equal", "Former "),
        Run("del", "dix "),
        Run("ins", "vingt "),
        Run("equal", "officiers"),
    )
    assert (arabic.language, arabic.before, arabic.runs) == ("ar", None, (Run("ins", "تدريب"),))


def test_a_row_matches_by_key_when_its_code_changed() -> None:
    old, new = with_activities(an_activity("1.1", key="k")), with_activities(an_activity("1.9", key="k"))
    row = only_row(old, new)
    assert (row.ref, row.state, [field.name for field in row.fields]) == ("activity:1.9", "changed", ["code"])


def test_a_row_matches_by_code_when_the_keys_differ() -> None:
    old = with_activities(an_activity(key="theirs", lead="MOD"))
    new = with_activities(an_activity(key="ours", lead="MOI"))
    assert only_row(old, new).state == "changed"


def test_codes_exchanged_between_keyed_rows_do_not_mix_the_rows() -> None:
    old = with_activities(an_activity("1", key="a", title="A"), an_activity("2", key="b", title="B"))
    new = with_activities(an_activity("2", key="a", title="A"), an_activity("1", key="b", title="B"))
    assert [[field.name for field in row.fields] for row in compare(old, new).rows] == [["code"], ["code"]]


def test_a_row_under_another_parent_is_moved() -> None:
    old = with_activities(an_activity(key="k"))
    new = a_plan(
        pillars=[
            {"code": "1", "title": "Participation"},
            {"code": "2", "title": "Protection", "activities": [an_activity(key="k")]},
        ]
    )
    assert [(row.ref, row.state) for row in compare(old, new).rows] == [
        ("pillar:2", "added"),
        ("activity:1.1", "moved"),
    ]


def test_a_change_of_the_budget_is_told_as_a_value() -> None:
    old, new = (with_activities(an_activity(budget=[{"amount": amount}])) for amount in ("5.00", "6"))
    (field,) = only_row(old, new).fields
    assert (field.before, field.after) == ([{"amount": "5"}], [{"amount": "6"}])


def test_a_row_below_that_changed_does_not_change_the_row_above() -> None:
    old = with_activities(an_activity(milestones=[{"code": "M", "title": "Law"}]))
    new = with_activities(an_activity(milestones=[{"code": "M", "title": "Act"}]))
    assert only_row(old, new).ref == "milestone:M"


def test_neither_document_is_changed() -> None:
    old, new = stored("full.json"), stored("usa-2023.json")
    compare(old, new)
    assert (old, new) == (stored("full.json"), stored("usa-2023.json"))


def test_a_first_import_adds_everything() -> None:
    assert lines(None, a_plan()) == {
        "add\tplan:talora\ttalora",
        "add\tinstitution:MOD\tMinistry of Defence",
        "add\tsection:why\tWhy",
        "add\tparagraph:why-1\tBecause.",
        "add\tpillar:1\tParticipation",
        "add\tactivity:1.1\tTrain",
    }


def test_an_import_over_a_plan_tells_what_changes_and_what_the_file_lacks() -> None:
    old = with_activities(an_activity("1.1"), an_activity("1.2"))
    new = with_activities(an_activity("1.1", lead="MOD", timing="ongoing"), sections=[])
    new["plan"]["area"] = "All"
    told = {line for line in lines(old, new) if not line.startswith("keep")}
    assert told == {
        "change\tplan:talora\tarea",
        "change\tactivity:1.1\ttiming",
        "remove\tactivity:1.2\tTrain",
        "remove\tsection:why\tWhy",
        "remove\tparagraph:why-1\tBecause.",
    }


def test_a_row_that_only_moved_is_a_change_of_order() -> None:
    old, new = (with_activities(*(an_activity(code) for code in codes)) for codes in (("1", "2"), ("2", "1")))
    assert len(lines(old, new) & {"change\tactivity:1\torder", "change\tactivity:2\torder"}) == 1


def test_a_line_stays_one_line_with_two_tabs() -> None:
    (line,) = [
        line for line in lines(None, with_activities(an_activity(title="A\tB\n" + "c" * 500))) if "activity" in line
    ]
    assert (line.count("\t"), "\n" in line, len(line) < 120) == (2, False, True)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "new"),
        ("old", ""),
        ("a b c", "a x c"),
        ("one, two.", "one. Two,"),
        ("和平与安全", "和平安全"),
        ("a\n\nb", "a b"),
    ],
)
def test_runs_tell_both_texts_exactly(before: str, after: str) -> None:
    made = runs(before, after)
    assert "".join(run.text for run in made if run.op != "ins") == before
    assert "".join(run.text for run in made if run.op != "del") == after


def test_a_sign_after_a_word_does_not_change_the_word() -> None:
    assert runs("peace", "peace.") == (Run("equal", "peace"), Run("ins", "."))


def test_800_changed_paragraphs_are_compared() -> None:
    def text(turn: int, number: int) -> str:
        return " ".join(f"word{number * place * turn % 97}" for place in range(120))

    old, new = (sections(*((f"p{number}", text(turn, number)) for number in range(800))) for turn in (1, 3))
    (section,) = compare(old, new).sections
    assert sum(part.state == "changed" for part in section.paragraphs) > 700


def test_two_very_long_texts_are_compared() -> None:
    assert runs("peace and security " * 5000, "security and peace " * 5000)


def test_4000_turned_rows_are_compared() -> None:
    old = with_activities(*(an_activity(str(number)) for number in range(4000)))
    new = deepcopy(old)
    new["pillars"][0]["activities"].reverse()
    assert len(compare(old, new).rows) == 3999
