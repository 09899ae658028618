"""A Word file on its way through the pages: chosen, looked at, and only then taken in."""

import io
from pathlib import Path

import pytest

from nap_builder.exchange.cli import import_file
from nap_builder.kernel.audit import AuditEntry
from nap_builder.plans.models.framework import Activity, Objective
from nap_builder.plans.models.narrative import Paragraph, Section
from nap_builder.plans.models.plan import Plan
from tests.builders.word_files import HEAD, a_file

LONG = Path(__file__).parent.parent / "data" / "plan-of-40-pages.docx"
NEW = {"slug": "old-plan", "starts": "2022-01-01", "ends": "2026-12-31", "country": "XTA", "currency": "USD"}
ROW = (
    "1.1.1",
    "Women decide",
    "Open a desk in each port",
    "Ministry of Defence",
    "Port union",
    "2027",
    "Desks",
    "5000",
)


def a_plan_in_word(*rows):
    """A file with two sections and a matrix."""
    return a_file((1, "Situation"), "Women are **few** here.", (1, "Matrix"), [HEAD, *(rows or (ROW,))])


def sent(client, address, content, name="plan.docx", expect=303):
    page = client.get(address)
    where, values = page.filled("file-form", file=None)
    return client.post(where, data={**values, "file": (io.BytesIO(content), name)}, expect=expect)


@pytest.fixture
def found(as_role, world):
    """What was found in a file, on the page where it is sorted."""
    return sent(as_role("secretariat"), "/en/w/nap-2/import", a_plan_in_word()).follow()


def count(db, kind):
    db.session.rollback()
    return db.session.query(kind).count()


def test_the_outline_and_the_columns_are_offered(found):
    for words in ("Situation", "Women are", "Matrix", "Objective", "Activity"):
        assert words in found.words


def test_nothing_is_saved_before_it_is_confirmed(found, db):
    before = count(db, Activity), count(db, Paragraph), count(db, AuditEntry)
    found.submit("sort-form", expect=200)
    assert (count(db, Activity), count(db, Paragraph), count(db, AuditEntry)) == before


def test_the_preview_shows_every_row_and_what_was_not_understood(found):
    shown = found.submit("sort-form", expect=200)
    assert "Open a desk in each port" in shown.words
    assert "Port union" in shown.words


def test_the_file_is_taken_in_over_the_plan(found, db, world):
    taken = found.submit("sort-form", expect=200).submit("confirm-form")
    assert "The file is taken in." in taken.follow().words
    db.session.rollback()
    added = [row for row in db.session.query(Activity) if row.title.get("en") == "Open a desk in each port"]
    assert [row.lead_id for row in added] == [world.institutions["DEF"].id]
    texts = [paragraph.text["en"] for paragraph in db.session.query(Paragraph)]
    assert "Women are \\*\\*few\\*\\* here." in texts


def test_the_same_file_twice_adds_nothing(found, db, as_role):
    found.submit("sort-form", expect=200).submit("confirm-form")
    before = count(db, Activity), count(db, Paragraph)
    again = sent(as_role("secretariat"), "/en/w/nap-2/import", a_plan_in_word()).follow()
    assert "There is nothing to take in." in again.submit("sort-form", expect=200).words
    assert (count(db, Activity), count(db, Paragraph)) == before


def test_a_choice_that_cannot_be_is_told_and_the_others_stay(found):
    wrong = found.submit("sort-form", expect=422, **{"column-0-2": "", "column-0-1": "", "column-0-0": "number"})
    assert "Say which column holds the activity" in wrong.words
    assert wrong.all("//select[@name='column-0-0']/option[@selected]/@value") == ["number"]


def test_one_can_go_back_to_the_choices(found):
    shown = found.submit("sort-form", expect=200, **{"column-0-4": ""})
    address = shown.all("//button[@name='step']/@formaction")[0]
    _where, values = shown.filled("confirm-form")
    back = shown.client.post(address, data={**values, "step": "back"}, expect=200)
    assert back.all("//select[@name='column-0-4']/option[@selected]/@value") == [""]


def test_a_plan_that_changed_meanwhile_is_shown_again(found, db, world):
    shown = found.submit("sort-form", expect=200)
    found.client.get(f"/en/w/nap-2/row/pillar/{world.pillar.key}").submit(0, **{"title-en": "Changed"})
    assert "The plan was changed since you looked" in shown.submit("confirm-form", expect=409).words


def test_another_person_does_not_see_the_file(found, as_role):
    address = found.answer.request.path
    as_role("chair").get(address, expect=404)


def test_a_focal_point_brings_no_sections_and_no_rows_of_others(as_role, world, db):
    page = sent(as_role("focal_point"), "/en/w/nap-2/import", a_plan_in_word()).follow()
    before = count(db, Section), count(db, Activity)
    refused = page.submit("sort-form", expect=422)
    assert "secretariat or the chair" in refused.words or "not led by your institution" in refused.words
    assert (count(db, Section), count(db, Activity)) == before


def test_a_new_plan_begins_with_a_file(as_role, world, db):
    page = sent(as_role("chair"), "/en/plans/import", a_plan_in_word()).follow()
    page.submit("sort-form", expect=200, **NEW, **{"title-en": "The old plan"}).submit("confirm-form")
    db.session.rollback()
    plan = db.session.query(Plan).filter_by(slug="old-plan").one()
    assert db.session.query(Section).filter_by(plan_id=plan.id).one().title == {"en": "Situation"}
    assert db.session.query(Activity).filter_by(plan_id=plan.id).one().title == {"en": "Open a desk in each port"}


def test_the_facts_of_a_new_plan_are_asked_beside_their_fields(as_role, world):
    page = sent(as_role("chair"), "/en/plans/import", a_plan_in_word()).follow()
    wrong = page.submit("sort-form", expect=422, **{**NEW, "slug": "Not a slug", "ends": "2020-01-01"})
    assert "small letters" in wrong.words
    taken = page.submit("sort-form", expect=409, **{**NEW, "slug": "nap-2", "title-en": "T"})
    assert "nap-2" in taken.words


def test_a_plan_of_forty_pages_comes_in_whole_with_its_matrix(as_role, world, db):
    page = sent(as_role("chair"), "/en/plans/import", LONG.read_bytes()).follow()
    page.submit("sort-form", expect=200, **NEW).submit("confirm-form")
    db.session.rollback()
    plan = db.session.query(Plan).filter_by(slug="old-plan").one()
    assert db.session.query(Activity).filter_by(plan_id=plan.id).count() == 64
    assert db.session.query(Objective).filter_by(plan_id=plan.id).count() > 10
    assert db.session.query(Section).filter_by(plan_id=plan.id).count() == 15
    assert db.session.query(Paragraph).filter_by(plan_id=plan.id).count() > 150


def test_a_file_larger_than_this_service_takes_is_refused_in_a_sentence(as_role, world):
    page = sent(as_role("secretariat"), "/en/w/nap-2/import", b"PK\x03\x04" + b"\0" * 100_000_000, expect=413)
    assert "larger than" in page.words


@pytest.mark.parametrize("lang", ["fr", "ar"])
def test_the_way_is_open_in_every_language(as_role, world, lang):
    page = sent(as_role("secretariat"), f"/{lang}/w/nap-2/import", a_plan_in_word()).follow()
    page.submit("sort-form", expect=200)


def test_the_command_takes_a_word_file_over_a_named_plan(app, world, db, tmp_path):
    path = tmp_path / "plan.docx"
    path.write_bytes(a_plan_in_word())
    runner = app.test_cli_runner()
    unnamed = runner.invoke(import_file, [str(path)])
    assert (unnamed.exit_code, unnamed.stderr.splitlines()) == (
        1,
        ["/: name the plan that the Word file is taken in over, with --plan SLUG"],
    )
    dry = runner.invoke(import_file, [str(path), "--plan", "nap-2", "--dry-run"])
    assert "add\tactivity:" in dry.stdout
    assert count(db, Activity) == 2
    done = runner.invoke(import_file, [str(path), "--plan", "nap-2"])
    assert done.exit_code == 0, done.output
    assert count(db, Activity) == 3
