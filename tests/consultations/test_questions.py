"""The questionnaire: questions in order, a sheet to print, answers counted by sex."""

import pytest
from sqlalchemy import select

from nap_builder.consultations.models.questionnaires import Question, Tally
from nap_builder.consultations.queries import questions as queries
from nap_builder.kernel.database import db, transaction
from tests.builders.consultations import a_consultation


@pytest.fixture
def held(world):
    """A consultation that asks on paper."""
    with transaction():
        return a_consultation(world.plan)


@pytest.fixture
def home(held):
    """The address of its questionnaire."""
    return f"/en/w/nap-2/consultation/{held.key}/questionnaire"


def question(client, home, text="Do you feel safe?", kind="yes_no", expect=303, **said):
    """A question, added."""
    return client.get(f"{home}/add").submit("question", expect=expect, kind=kind, **{"text-en": text, **said})


def test_questions_are_added_and_put_in_order(as_role, held, home):
    client = as_role("secretariat")
    question(client, home)
    question(client, home, "What should change?", "text")
    client.get(home).submit("move", step="1")
    assert [one.text["en"] for one in queries.questions(held)] == ["What should change?", "Do you feel safe?"]


def test_answers_are_counted_by_sex_and_added_up(as_role, held, home):
    client = as_role("secretariat")
    question(client, home)
    one = queries.questions(held)[0]
    client.get(f"{home}/{one.key}/counts").submit("counts", n_0_women="12", n_1_women="3", n_1_men="٤")
    page = client.get(home)
    rows = [[" ".join(cell.text_content().split()) for cell in row] for row in page.all("//tbody/tr")]
    assert rows == [
        ["Yes", "12", "0", "0", "0", "12"],
        ["No", "3", "4", "0", "0", "7"],
        ["In all", "15", "4", "0", "0", "19"],
    ]
    client.get(f"{home}/{one.key}/counts").submit("counts", n_0_women="13")
    assert [tally.women for tally in db.session.scalars(select(Tally).order_by(Tally.option))] == [13, 3]


@pytest.mark.parametrize("odd", ["-1", "1.5", "many", "99999999999999"])
def test_an_odd_count_is_refused(as_role, held, home, odd):
    client = as_role("secretariat")
    question(client, home)
    one = queries.questions(held)[0]
    page = client.get(f"{home}/{one.key}/counts").submit("counts", expect=422, n_0_women=odd)
    assert odd in page.text
    assert db.session.scalars(select(Tally)).all() == []


@pytest.mark.parametrize(
    "odd",
    [
        {"text-en": ""},
        {"kind": "essay"},
        {"kind": "choice"},
        {"kind": "choice", "options-en": "One"},
        {"kind": "choice", "options-en": "One\nTwo", "options-fr": "Un"},
        {"kind": "yes_no", "options-en": "One\nTwo"},
    ],
)
def test_an_odd_question_is_refused(as_role, held, home, odd):
    question(as_role("secretariat"), home, expect=422, **odd)
    assert queries.questions(held) == []


def test_once_answers_are_counted_they_keep_their_places(as_role, held, home):
    client = as_role("secretariat")
    question(client, home, kind="choice", **{"options-en": "Red\nBlue"})
    one = queries.questions(held)[0]
    client.get(f"{home}/{one.key}/counts").submit("counts", n_1_men="2")
    edit = client.get(f"{home}/{one.key}/edit")
    assert edit.submit("question", expect=422, kind="yes_no", **{"options-en": ""}).status == 422
    assert edit.submit("question", expect=422, **{"options-en": "Red\n"}).status == 422
    client.get(f"{home}/{one.key}/edit").submit("question", **{"options-en": "Red\nLight blue\nGreen"})
    assert [option["en"] for option in one.options] == ["Red", "Light blue", "Green"]


def test_a_question_is_archived_and_brought_back(as_role, held, home):
    client = as_role("secretariat")
    question(client, home)
    client.get(home).submit("archive")
    assert queries.questions(held) == []
    client.get(home).submit("restore")
    assert len(queries.questions(held)) == 1


def test_the_sheet_has_boxes_and_asks_for_no_name(as_role, held, home):
    client = as_role("secretariat")
    question(client, home)
    question(client, home, "What should change?", "text")
    page = client.get(f"{home}/print")
    assert "Do not write names" in page.words
    assert len(page.all("//span[@class='paper-tick']")) == 4 + 2
    assert page.all("//div[@class='paper-lines']")


def test_a_sheet_without_questions_is_none_to_print(as_role, held, home):
    page = as_role("secretariat").get(f"{home}/print")
    assert "This sheet has no questions yet" in page.words
    assert not page.all("//span[@class='paper-tick']")


def test_small_numbers_are_shown_to_the_keepers_alone(as_role, held, home):
    client = as_role("secretariat")
    question(client, home, sensitive="y")
    one = queries.questions(held)[0]
    client.get(f"{home}/{one.key}/counts").submit("counts", n_0_women="60", n_0_men="70", n_0_other="3")
    assert "133" in client.get(home).words
    page = as_role("official").get(home)
    cells = [" ".join(cell.text_content().split()) for cell in page.all("//tbody/tr[1]/*")]
    assert cells[3] == "Not shown"
    assert "3" not in cells


def test_answers_in_words_are_no_counts(as_role, held, home):
    client = as_role("secretariat")
    question(client, home, kind="text")
    one = db.session.scalars(select(Question)).one()
    client.get(f"{home}/{one.key}/counts", expect=404)
    assert client.get(home).all("//main//a[contains(@href, '/contributions')]")
