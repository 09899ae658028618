"""What a person changed in a workbook is shown, and nothing else happens."""

from datetime import datetime
from typing import Any

import pytest

from nap_builder.exchange import services
from nap_builder.kernel.actor import INSTALLATION
from nap_builder.kernel.database import transaction
from nap_builder.plans.models.plan import Plan
from tests.builders.exchange import full, taken_in
from tests.builders.workbooks import Book
from tests.exchange.test_round_trip import exported
from tests.exchange.test_workbook_round_trip import workbook_of

pytestmark = pytest.mark.sqlite_only(
    "a workbook is held against the words of a plan; the round trip reads and writes both databases"
)


@pytest.fixture
def plan(db) -> Plan:
    """The full plan, as it stands in the database."""
    return taken_in(full()).plan


@pytest.fixture
def book(plan: Plan) -> Book:
    """Its workbook, opened."""
    return Book(workbook_of(plan))


def lines(book: Book, plan: Plan) -> list[str]:
    """What would change, but for what stays."""
    seen = services.preview(services.read(book.content), plan)
    return ["|".join(change) for change in seen.changes if change.action != "keep"]


def take(book: Book, plan: Plan, **given: Any) -> None:
    with transaction():
        services.apply(INSTALLATION, services.read(book.content), plan=plan, **given)


def test_nothing_changed_is_nothing_to_take_in(plan, book):
    assert lines(book, plan) == []


def test_a_text_that_changed(plan, book):
    book.cell("activity", "1.2.1", "title@fr").value = "Autrement"
    assert lines(book, plan) == ["change|activity:1.2.1|title"]


def test_a_text_that_looks_like_a_formula_stays_a_text(plan, book):
    cell = book.cell("activity", "1.2.1", "title@en")
    cell.value, cell.data_type = "=2+2", "s"
    take(book, plan)
    assert '"en":"=2+2"' in exported(plan).decode()


def test_a_row_that_is_new(plan, book):
    book.add("activity", under="objective:1.2", code="1.2.9", title__en="New work", lead="MOD", starts="2028-Q1")
    assert lines(book, plan) == ["add|activity:1.2.9|New work"]


def test_a_row_that_is_missing_stays_until_it_is_said_to_go(plan, book):
    book.empty("activity", "1.2.2")
    gone = [line.rpartition("|")[0] for line in lines(book, plan)]
    assert [line for line in gone if line.startswith("remove|activity")] == ["remove|activity:1.2.2"]
    take(book, plan)
    assert '"code":"1.2.2"' in exported(plan).decode()
    take(book, plan, remove=True)
    assert '"code":"1.2.2"' not in exported(plan).decode()


def test_sorting_a_sheet_changes_nothing(plan, book):
    sheet = book.sheets["activity"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    for number, values in enumerate(reversed(rows), start=3):
        for column, value in enumerate(values, start=1):
            sheet.cell(number, column).value = value
    assert lines(book, plan) == []


def test_a_row_moves_by_its_place(plan, book):
    first, second = (book.cell("activity", code, "order") for code in ("1.2.1", "1.2.2"))
    first.value, second.value = second.value, first.value
    assert [line.partition("|")[0] for line in lines(book, plan)] == ["change"]


def test_what_stands_under_a_row_follows_its_new_number(plan, book):
    book.cell("objective", "1.2", "code").value = "1.7"
    changes = lines(book, plan)
    assert "change|objective:1.7|code" in changes
    assert not any(line.startswith(("add|", "remove|")) for line in changes)


def test_a_row_goes_under_another(plan, book):
    book.cell("activity", "1.2.1", "under").value = "objective:1.1"
    assert lines(book, plan) == ["change|activity:1.2.1|order"]


def test_a_word_of_a_list_is_understood_in_the_language_of_the_workbook(plan):
    french = Book(workbook_of(plan, "fr"))
    lists = french.sheets["lists"]
    column = next(cell.column for cell in lists[1] if cell.value == "activity.costing")
    words = {lists.cell(row, column + 1).value: lists.cell(row, column).value for row in range(3, 7)}
    french.cell("activity", "1.2.2", "costing").value = words["no_cost"]
    assert words["no_cost"] not in ("No cost", "no_cost")
    assert lines(french, plan) == ["change|activity:1.2.2|costing"]
    take(french, plan)
    french.cell("activity", "1.2.2", "costing").value = "no_cost"
    assert lines(french, plan) == []


def test_a_date_that_the_program_made_is_a_day(plan, book):
    book.cell("activity", "1.2.1", "starts").value = datetime(2028, 3, 1)  # noqa: DTZ001 - cells know no zone
    book.cell("activity", "1.2.1", "ends").value = 2029
    take(book, plan)
    assert '"ends":"2029"' in exported(plan).decode()
    assert '"starts":"2028-03-01"' in exported(plan).decode()


def test_what_no_cell_shows_stays_as_the_plan_says_it(plan, book):
    later = full()
    activity = later["pillars"][0]["objectives"][1]["activities"][0]
    activity["more"] = [{"label": "Since then", "text": "Written in between"}]
    taken_in(later)
    book.cell("activity", activity["code"], "title@fr").value = "Autrement"
    take(book, plan)
    assert "Written in between" in exported(plan).decode()
    assert "Autrement" in exported(plan).decode()


def test_a_column_and_a_sheet_of_ones_own_are_told_and_not_read(plan, book):
    sheet = book.sheets["activity"]
    sheet.cell(3, sheet.max_column + 1, "my remark")
    book.book.create_sheet("Remarks")["A3"] = "mine"
    seen = services.preview(services.read(book.content), plan)
    assert any("Remarks" in note for note in seen.notes)
    assert any("Activities!" in note for note in seen.notes)
    assert seen.counts["change"] == 0


def test_a_figure_and_a_budget_line_are_added_and_dropped(plan, book):
    indicator = book.sheets["indicator"].cell(3, book.column("indicator.code")).value
    book.add("figure", under=indicator, part="Target", value=12.5, by="2030")
    assert [line.rpartition("|")[2] for line in lines(book, plan)] == ["targets"]


def test_the_same_file_twice_has_one_effect(plan, book):
    book.add("activity", under="objective:1.2", code="1.2.9", title__en="New work")
    take(book, plan)
    once = exported(plan)
    take(book, plan)
    assert exported(plan) == once


def test_a_paragraph_and_a_section_that_are_new(plan, book):
    book.add("section", key="after", title__en="What comes after", place="Annexes")
    book.add("paragraph", under="after", text__en="First words.")
    book.add("paragraph", under="foreword", text__en="Last words.")
    assert [line.rpartition("|")[2] for line in lines(book, plan)] == [
        "Last words.",
        "What comes after",
        "First words.",
    ]
    take(book, plan)
    once = exported(plan)
    take(book, plan)
    assert exported(plan) == once


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_every_sheet_has_a_name_that_programs_take(plan, language):
    names = Book(workbook_of(plan, language)).book.sheetnames
    assert len(set(names)) == len(names) == 19
    assert all(len(name) <= 31 for name in names)


def test_a_row_that_was_copied_begins_another(plan, book):
    sheet, row = book.sheets["activity"], book.row("activity", "1.2.1")
    values = [cell.value for cell in sheet[row]]
    copy = sheet.max_row + 1
    for column, value in enumerate(values, start=1):
        sheet.cell(copy, column, value)
    sheet.cell(copy, book.column("activity.code"), "1.2.9")
    sheet.cell(copy, book.column("activity.title@en"), "Another")
    assert lines(book, plan) == ["add|activity:1.2.9|Another"]


def test_a_row_above_that_was_written_anew_keeps_what_stood_under_it(plan, book):
    book.cell("objective", "1.2", "key").value = None
    assert lines(book, plan) == []
