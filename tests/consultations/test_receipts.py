"""The receipt: what it opens, how it may be typed, and how the words are taken back."""

import pytest
from sqlalchemy import select

from nap_builder.consultations.models.comments import Comment
from nap_builder.consultations.models.contributions import Contribution
from nap_builder.consultations.services import retention
from nap_builder.kernel.database import db, transaction
from tests.builders.consultations import a_contribution, a_steward_key
from tests.builders.drafts import opened, receipt_on, sent


def looked_up(client, number, *, expect=200, **given):
    return client.get("/en/receipt").submit("receipt", number=number, expect=expect, **given)


@pytest.fixture
def receipt(client, world):
    return receipt_on(sent(client, opened(world), "Say who pays."))


def the_comment() -> Comment:
    db.session.rollback()
    return db.session.scalars(select(Comment)).one()


def test_it_opens_the_state_and_not_the_words(client, receipt):
    page = looked_up(client, receipt)
    assert "Waiting to be looked at" in page.words
    assert "Say who pays." not in page.words


@pytest.mark.parametrize(
    "typed", [str.lower, lambda number: number.replace(" ", ""), lambda number: number.replace(" ", "-"), None]
)
def test_it_may_be_typed_loosely(client, receipt, typed):
    number = typed(receipt) if typed else receipt.replace("0", "O").replace("1", "l")
    looked_up(client, f"  {number} ")


@pytest.mark.parametrize("number", ["", "x", "0000 0000 0000 0000 0000 0000", "A" * 5000, "\x00\ud800", "🜁" * 24])
def test_wrong_and_unknown_are_answered_alike(client, receipt, number):
    page = looked_up(client, number.encode("utf-8", "replace").decode(), expect=422)
    assert "We find nothing under this number." in page.words
    assert page.answer.headers["Cache-Control"] == "no-store"


def test_an_answer_is_read_once_it_is_published(client, receipt):
    with transaction():
        comment = the_comment()
        answer = {"decision": "accepted", "text": {"en": "It will say so."}, "on": "2026-06-30"}
        published = a_contribution(comment.consultation, "Say who pays.", about=[comment.about], response=answer)
        comment.state, comment.contribution_id, comment.text = "accepted", published.id, None
    page = looked_up(client, receipt)
    assert "It will say so." in page.words
    assert "30 June 2026" in page.words
    client.get(page.all("//main//a[contains(@href, '/part/')]/@href")[0])


def test_a_refusal_says_why(client, receipt):
    with transaction():
        comment = the_comment()
        comment.state, comment.reason = "refused", {"en": "It names a child."}
    assert "It was not published: It names a child." in looked_up(client, receipt).words


def test_a_word_of_the_steward_is_read(client, receipt):
    with transaction():
        the_comment().reply = {"en": "I have passed it on."}
    assert "I have passed it on." in looked_up(client, receipt).words


def test_it_names_the_paragraph_that_the_comment_was_about(client, receipt):
    assert "Your comment is about: Paragraph 1 of “" in looked_up(client, receipt).words


def test_the_page_with_the_number_names_the_paragraph_and_its_title_does_not(client, world):
    page = sent(client, opened(world))
    assert "Your comment is about: Paragraph 1 of “" in page.words
    assert "aragraph" not in page.tree.findtext(".//title")


def test_whoever_is_asked_for_the_number_can_leave_quickly(client, world):
    assert client.get("/en/receipt").all("//main//a[@href='/en/leave']")


def test_having_left_asks_nobody_to_note_a_number(client, world):
    assert "give this number" not in client.get("/en/leave").words


def test_what_is_for_the_steward_is_never_said_to_appear(client, world):
    with transaction():
        a_steward_key()
    taken = sent(client, opened(world), "They ask who signed.", attribution="steward")
    assert "The steward alone can open it." in taken.words
    shown = looked_up(client, receipt_on(taken)).words
    assert "it never appears as you wrote it" in shown
    assert "before it appears" not in shown


def test_withdrawing_is_asked_twice_and_done_once(client, receipt):
    asking = looked_up(client, receipt).submit("ask", expect=200)
    assert "Withdraw this comment?" in asking.words
    for _twice in range(2):
        assert "It is withdrawn. Its words are deleted." in asking.submit("withdraw", expect=200).words
    comment = the_comment()
    assert (comment.state, comment.text, comment.proposed, comment.name) == ("withdrawn", None, None, None)


def test_keeping_it_changes_nothing(client, receipt):
    looked_up(client, receipt).submit("ask", expect=200).submit("keep", expect=200)
    assert the_comment().state == "waiting"


def test_withdrawing_takes_the_published_words_away_and_leaves_a_marker(client, receipt):
    with transaction():
        comment = the_comment()
        given = {"about": [comment.about], "attribution": "named", "by": "Amina Dar", "proposed": "Other words."}
        published = a_contribution(comment.consultation, "Say who pays.", **given)
        comment.state, comment.contribution_id, comment.text = "accepted", published.id, None
        part = f"/en/consultation/{comment.consultation.key}/part/1"
    looked_up(client, receipt).submit("ask", expect=200).submit("withdraw", expect=200)
    row = db.session.scalars(select(Contribution)).one()
    assert (row.withdrawn, row.text, row.by, row.proposed) == (True, {"en": "–"}, None, None)
    page = client.get(part)
    assert "One comment was withdrawn by whoever sent it." in page.words
    assert "Say who pays." not in page.text


def test_an_older_copy_forgets_what_was_withdrawn(client, receipt):
    with transaction():
        comment = the_comment()
        said = a_contribution(comment.consultation, "Say who pays.", about=[comment.about])
        comment.state, comment.contribution = "accepted", said
    looked_up(client, receipt).submit("ask", expect=200).submit("withdraw", expect=200)
    db.session.rollback()
    assert retention.erased() == [said.key]


def test_tries_are_held_after_a_time(app, world):
    client = app.test_client()
    where = {"environ_base": {"REMOTE_ADDR": "10.7.7.7"}}
    statuses = [client.post("/en/receipt", data={"number": "x"}, **where).status_code for _try in range(70)]
    assert statuses == [422] * 60 + [429] * 10


def test_it_is_only_opened_by_a_form(client, receipt):
    page = client.get(f"/en/receipt?number={receipt.replace(' ', '+')}")
    assert "Waiting to be looked at" not in page.words


def test_no_title_tells_what_the_page_is_about(client, receipt):
    page = looked_up(client, receipt)
    assert page.all("//title")[0].text_content().startswith("Look up a number")
