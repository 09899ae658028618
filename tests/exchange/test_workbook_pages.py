"""The spreadsheet on the pages: whole or of one institution, looked at first, and no further than its sender may go."""

import io
from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from nap_builder.exchange import services
from nap_builder.kernel.database import db as database
from nap_builder.plans.models.framework import Activity, Objective
from nap_builder.plans.models.narrative import Paragraph
from tests.access.ground import SECRET, Ground
from tests.builders.workbooks import Book
from tests.exchange.test_import_refused import dump
from tests.exchange.test_routes import import_page, sent

ADDRESS = "/en/w/nap-2/export.xlsx"


def given(client: Any, query: str = "") -> Book:
    """The workbook that this person may take out."""
    return Book(client.get(ADDRESS + query).answer.get_data())


def text_of(book: Book) -> str:
    return " ".join(str(cell.value) for sheet in book.book.worksheets for row in sheet.iter_rows() for cell in row)


def title_of(activity: Activity) -> Any:
    database.session.rollback()
    return database.session.get_one(Activity, activity.id).title


def test_the_page_offers_what_a_person_may_have(as_role, world):
    page = as_role("secretariat").get("/en/w/nap-2/export")
    assert page.all("//a[contains(@href, 'institution=INT')]")
    assert page.all("//a[contains(@href, 'export.json')]")
    own = as_role("focal_point").get("/en/w/nap-2/export")
    assert own.all("//a[contains(@href, 'institution=DEF')]")
    assert not own.all("//a[contains(@href, 'institution=INT')]")
    as_role("contributor").get("/en/w/nap-2/export", expect=403)


def test_a_workbook_is_a_file_to_be_saved(as_role, world):
    answer = as_role("secretariat").get(ADDRESS + "?institution=DEF").answer
    assert answer.headers["Content-Disposition"] == "attachment; filename=nap-2-def.xlsx"
    assert answer.headers["Cache-Control"] == "no-store"
    as_role("secretariat").get(ADDRESS + "?institution=JUS", expect=404)
    as_role("contributor").get(ADDRESS, expect=403)


def test_a_change_is_shown_before_it_is_made(as_role, world):
    client = as_role("secretariat")
    book = given(client)
    book.cell("activity", "1.1.1", "title@fr").value = "Recruter"
    page = sent(import_page(client, "nap-2"), book.content)
    assert "Activity 1.1.1" in page.words
    assert "What it is called (French)" in page.words
    assert "Recruter" in page.words
    assert title_of(world.activities[0]) == {"en": "Recruit women officers"}
    assert page.submit("confirm-form").location == page.submit("confirm-form").location
    assert title_of(world.activities[0])["fr"] == "Recruter"


def test_a_fault_is_shown_with_its_cell(as_role, world):
    client = as_role("secretariat")
    book = given(client)
    cell = book.cell("activity", "1.1.1", "title@fr")
    cell.value = "=1+1"
    before = dump()
    page = sent(import_page(client, "nap-2"), book.content, expect=422)
    assert f"Activities!{cell.coordinate}" in page.words
    assert "holds a formula" in page.words
    assert dump() == before


def test_a_damaged_workbook_is_refused_on_the_page(as_role, world):
    client = as_role("secretariat")
    page = sent(import_page(client, "nap-2"), given(client).content[:4000], expect=422)
    assert "damaged" in page.words


def test_a_ministry_changes_its_rows_with_its_workbook(as_role, world):
    client = as_role("focal_point")
    book = given(client, "?institution=DEF")
    book.cell("activity", "1.1.1", "title@fr").value = "Recruter"
    column = book.column("paragraph.text@fr")
    book.sheets["paragraph"].cell(3, column).value = "Les femmes n'étaient pas là."
    page = sent(import_page(client, "nap-2"), book.content)
    assert not page.all("//input[@name='remove']")
    page.submit("confirm-form")
    assert title_of(world.activities[0])["fr"] == "Recruter"
    assert database.session.get_one(Paragraph, world.paragraphs[0].id).text["fr"].startswith("Les femmes")


def test_rows_of_another_ministry_are_refused_with_their_cell(as_role, world):
    client = as_role("focal_point")
    book = given(client)
    book.cell("activity", "1.1.1", "title@fr").value = "Recruter"
    cell = book.cell("activity", "1.1.2", "title@en")
    cell.value = "Close police desks"
    before = dump()
    page = sent(import_page(client, "nap-2"), book.content, expect=422)
    assert f"Activities!A{cell.row}" in page.words or f"Activities!B{cell.row}" in page.words
    assert "activity:1.1.2 is not led by your institution" in page.words
    assert dump() == before


def test_a_row_of_another_ministry_written_in_by_hand_is_refused(as_role, world):
    client = as_role("focal_point")
    book = given(client, "?institution=DEF")
    row = book.add("activity", under="objective:1.1", code="1.1.2", title__en="Close police desks", lead="INT")
    before = dump()
    page = sent(import_page(client, "nap-2"), book.content, expect=422)
    assert f"{row}" in page.words
    assert "activity:1.1.2 is not led by your institution" in page.words
    assert dump() == before


def test_what_a_ministry_may_only_read_is_told_and_left_alone(as_role, world):
    client = as_role("focal_point")
    book = given(client, "?institution=DEF")
    book.cell("objective", "1.1", "title@en").value = "Ours alone"
    book.fact("plan.title@en").value = "Our plan"
    book.cell("activity", "1.1.1", "title@fr").value = "Recruter"
    page = sent(import_page(client, "nap-2"), book.content)
    assert page.words.count("only there to be read") == 2
    page.submit("confirm-form")
    database.session.rollback()
    assert database.session.get_one(Objective, world.objective.id).title == {"en": "Women decide"}
    assert title_of(world.activities[0])["fr"] == "Recruter"


def test_what_a_ministrys_workbook_lacks_is_not_missing(as_role, world):
    given_out = given(as_role("focal_point"), "?institution=DEF")
    client = as_role("secretariat")
    given_out.cell("activity", "1.1.1", "title@fr").value = "Recruter"
    page = sent(import_page(client, "nap-2"), given_out.content)
    assert not page.all("//input[@name='remove']")
    page.submit("confirm-form", remove="y")
    database.session.rollback()
    rows = select(Activity.code).where(Activity.archived_at.is_(None)).order_by(Activity.position)
    assert list(database.session.scalars(rows)) == ["1.1.1", "1.1.2"]


def test_a_ministrys_workbook_leaves_the_others_where_they_stand(as_role, world):
    interior = as_role("interior")
    book = given(interior, "?institution=INT")
    book.cell("activity", "1.1.2", "title@fr").value = "Ouvrir"
    sent(import_page(interior, "nap-2"), book.content).submit("confirm-form")
    database.session.rollback()
    rows = select(Activity.code).order_by(Activity.position)
    assert list(database.session.scalars(rows)) == ["1.1.1", "1.1.2"]


def test_a_ministrys_workbook_starts_no_plan(as_role, world):
    client = as_role("secretariat")
    content = given(client, "?institution=DEF").content
    page = sent(client.get("/en/plans/import"), content, expect=422)
    assert "rows of one institution" in page.words


def test_nothing_restricted_goes_out_to_others(ground: Ground, as_role: Callable[..., Any]):
    assert SECRET in text_of(given(as_role("secretariat")))
    assert SECRET in text_of(given(as_role("focal_point"), "?institution=DEF"))
    for query in ("", "?institution=INT"):
        assert SECRET not in text_of(given(as_role("interior"), query))
        assert ground.secret_activity.key not in text_of(given(as_role("interior"), query))
    assert SECRET not in text_of(given(as_role("interior"), "?institution=DEF"))
    assert SECRET not in text_of(given(as_role("secretariat"), "?profile=public"))
    assert SECRET not in text_of(given(as_role("auditor")))


def test_what_is_hidden_from_the_sender_stays(ground: Ground, as_role: Callable[..., Any]):
    interior = as_role("interior")
    book = given(interior)
    book.cell("activity", "1.1.2", "title@fr").value = "Ouvrir"
    page = sent(import_page(interior, "nap-2"), book.content)
    assert SECRET not in page.text
    page.submit("confirm-form", remove="y")
    database.session.rollback()
    assert database.session.get_one(Activity, ground.secret_activity.id).archived_at is None


def test_a_workbook_of_another_plan_is_refused(as_role, world):
    client = as_role("secretariat")
    book = given(client)
    book.fact("plan.slug").value = "nap-3"
    page = sent(import_page(client, "nap-2"), book.content, expect=422)
    assert "Plan!C" in page.words
    assert "the file is of the plan nap-3" in page.words


def test_heads_are_in_the_language_of_the_reader(as_role, world):
    client = as_role("secretariat")
    book = Book(client.get("/ar/w/nap-2/export.xlsx").answer.get_data())
    assert book.sheets["activity"].sheet_view.rightToLeft
    assert book.sheets["activity"]["A1"].value == "activity.key"
    assert io.BytesIO(services.plan_workbook(world.plan, None, "working", language="en")).read(2) == b"PK"


def test_the_look_of_a_sheet(as_role, world):
    book = given(as_role("secretariat"))
    sheet = book.sheets["activity"]
    assert sheet.row_dimensions[1].hidden
    assert sheet.column_dimensions["A"].hidden
    assert sheet.freeze_panes == "E3"
    assert sheet.auto_filter.ref.startswith("A2:")
    assert sheet.protection.sheet
    assert not sheet.protection.insertRows
    assert sheet.cell(3, book.column("activity.key")).protection.locked
    assert not sheet.cell(3, book.column("activity.title@en")).protection.locked
    sources = {validation.formula1 for validation in sheet.data_validations.dataValidation}
    assert len(sources) > 4
    assert book.sheets["lists"].sheet_state == "hidden"
