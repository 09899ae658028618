"""A comment sent without account, e-mail, script or cookie: taken once, refused in words, nothing typed is lost."""

from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from nap_builder.consultations import tokens
from nap_builder.consultations.models.comments import Comment
from nap_builder.consultations.models.contributions import Contribution
from nap_builder.consultations.routes import draft as routes
from nap_builder.consultations.services import sealing
from nap_builder.consultations.services.withdrawing import withdraw
from nap_builder.kernel import storage
from nap_builder.kernel.actor import INSTALLATION
from nap_builder.kernel.clock import as_of, now
from nap_builder.kernel.database import db, transaction
from nap_builder.kernel.uploads import kind_of
from tests.builders.drafts import opened, receipt_on, sent
from tests.client import Client


def comments() -> list[Comment]:
    db.session.rollback()
    return list(db.session.scalars(select(Comment)))


def test_a_comment_waits_with_its_words_its_row_and_its_day(client, world):
    draft = opened(world)
    sent(client, draft, "Say who pays.", attribution="organisation", name="Eastern Network")
    [comment] = comments()
    assert (comment.text, comment.about, comment.language) == ("Say who pays.", draft.about, "en")
    assert (comment.attribution, comment.name, comment.state) == ("organisation", "Eastern Network", "waiting")
    assert comment.entered_on == now().date()
    assert comment.proposed is None, "the wording was left as it stood"


def test_a_suggested_wording_is_kept(client, world):
    sent(client, opened(world), proposed="Women were never at the table.")
    assert comments()[0].proposed == "Women were never at the table."


def test_the_language_is_that_of_the_page(client, world):
    draft = opened(world)
    client.get(draft.form.replace("/en/", "/ar/")).submit(f"p={draft.paragraph.key}", text="من يدفع؟", expect=200)
    assert comments()[0].language == "ar"


def test_the_answer_is_the_same_address_with_a_number_of_120_bits_and_no_cookie(client, world):
    page = sent(client, opened(world))
    groups = receipt_on(page).split()
    assert [len(group) for group in groups] == [4] * 6
    assert set("".join(groups)) <= set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    head = page.answer.headers
    assert "Set-Cookie" not in head
    assert (head["Cache-Control"], head["Referrer-Policy"]) == ("no-store", "no-referrer")


def test_no_cookie_is_set_where_one_was_sent(app: Flask, as_role, world):
    draft, guest = opened(world), as_role("contributor")
    assert "Set-Cookie" not in guest.get(draft.form).answer.headers
    assert "Set-Cookie" not in sent(guest, draft).answer.headers


def test_the_number_is_not_in_the_database(client, world):
    receipt = receipt_on(sent(client, opened(world)))
    row = repr(vars(comments()[0]))
    assert receipt not in row
    assert receipt.replace(" ", "") not in row


def test_the_same_form_twice_is_one_comment_with_one_number(client, world):
    draft = opened(world)
    address, values = client.get(draft.form).filled(f"p={draft.paragraph.key}", text="Once.")
    first, second = (receipt_on(client.post(address, data=values, expect=200)) for _twice in range(2))
    assert first == second
    assert len(comments()) == 1


def test_the_same_form_with_other_words_is_told_and_can_be_sent_as_another(client, world):
    draft = opened(world)
    address, values = client.get(draft.form).filled(f"p={draft.paragraph.key}", text="First.")
    client.post(address, data=values, expect=200)
    page = client.post(address, data={**values, "text": ["Second."]}, expect=409)
    assert "You sent this form before" in page.words
    page.submit(f"p={draft.paragraph.key}", expect=200)
    assert {comment.text for comment in comments()} == {"First.", "Second."}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"text": ""}, "Write your comment."),
        ({"text": "x" * 2001}, "This text is too long. Keep it under 2000 characters."),
        ({"text": "a\x07b"}, "cannot be printed"),
        ({"attribution": "named"}, "Write the name that is to be shown"),
        ({"attribution": "king"}, "Not a valid choice"),
        ({"attribution": "named", "name": "n" * 121}, "Keep it under 120 characters."),
        ({"proposed": "x" * 5001}, "Keep it under 5000 characters."),
        ({"website": "http://spam.example"}, "It is there to catch programs."),
        ({"token": "forged"}, "Send it again from here."),
        ({"token": None}, "Send it again from here."),
    ],
)
def test_bad_input_is_told_beside_its_field_with_the_words_typed(client, world, changed, said):
    draft = opened(world)
    page = sent(client, draft, **{"text": "Kept words.", **changed}, expect=422)
    assert said in page.words
    assert comments() == []
    if changed.get("text") is None:
        assert "Kept words." in page.text


def test_a_form_sent_again_after_it_was_decided_on_shows_no_number(as_role, client, world):
    draft = opened(world)
    address, values = client.get(draft.form).filled(f"p={draft.paragraph.key}", text="Say who pays.")
    number = receipt_on(client.post(address, data=values, expect=200))
    [comment] = comments()
    as_role("chair").get(f"/en/w/nap-2/consultation/comments/{comment.key}").submit("accept")
    assert number not in client.post(address, data=values, expect=409).words


def test_a_page_of_the_day_before_yesterday_is_sent_again_from_itself(client, world):
    with as_of(now() - timedelta(days=2)):
        draft = opened(world)
        old = tokens.issue(client.app.config["SECRET_KEY"], draft.consultation.key, draft.about)
    page = sent(client, draft, token=old, expect=422)
    assert receipt_on(page.submit(f"p={draft.paragraph.key}", expect=200))


def test_a_token_is_good_for_its_own_paragraph_alone(client, world):
    draft = opened(world)
    secret, other = client.app.config["SECRET_KEY"], f"paragraph:{world.paragraphs[1].key}"
    for key, about in ((draft.consultation.key, other), ("another", draft.about)):
        sent(client, draft, token=tokens.issue(secret, key, about), expect=422)


def test_a_window_that_closed_meanwhile_gives_the_words_back(client, world):
    draft = opened(world)
    page = client.get(draft.form)
    with transaction():
        draft.consultation.closed_at = now()
    answer = page.submit(f"p={draft.paragraph.key}", text="Too late.", expect=409)
    assert "The window for comments is closed." in answer.words
    assert "Too late." in answer.words
    assert comments() == []


def test_a_closed_window_says_when_it_closed_what_follows_and_whom_to_write_to(client, world):
    draft = opened(world)
    page = client.get(draft.form)
    with transaction():
        draft.consultation.closed_at = now()
    words = page.submit(f"p={draft.paragraph.key}", text="Too late.", expect=409).words
    assert f"closed on {now().day} {now():%B %Y}" in words
    assert "What came in until then is looked at and answered." in words
    assert "write to the secretariat of the task force" in words


def test_an_unknown_paragraph_gives_the_words_back(client, world):
    draft = opened(world)
    page = client.post(f"{draft.part}?p=nothing", data={"text": "Where to?"}, expect=404)
    assert "Where to?" in page.words
    client.post(f"{draft.part[:-1]}99?p=nothing", data={"text": "Where to?"}, expect=404)


@pytest.mark.parametrize(
    "who", ["official", "focal_point", "secretariat", "chair", "steward", "auditor", "administrator"]
)
def test_those_who_write_or_look_after_the_plan_are_refused_in_words(client, as_role, world, who):
    draft = opened(world)
    address, values = client.get(draft.form).filled(f"p={draft.paragraph.key}", text="From inside.")
    page = as_role(who).post(address, data=values, expect=403)
    assert "do not comment here" in page.words
    assert "From inside." in page.words


def test_the_name_is_not_kept_where_none_is_to_be_shown(client, world):
    sent(client, opened(world), name="Typed by mistake")
    assert comments()[0].name is None


def test_hostile_words_are_shown_as_they_were_typed(client, world):
    page = sent(client, opened(world), "<script>alert(1)</script>" + "x" * 2000, expect=422)
    assert "<script>alert(1)" not in page.text


def test_leaving_quickly_asks_the_browser_to_forget(client, world):
    page = client.get("/en/leave")
    assert page.answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'


def test_another_site_makes_no_browser_forget(app: Flask, client, world):
    head = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "image"}
    assert "Clear-Site-Data" not in app.test_client().get("/en/leave", headers=head).headers


def a_picture(taken: str) -> bytes:
    image, told = Image.new("RGB", (40, 30), "red"), Image.Exif()
    told[0x010F] = taken
    out = BytesIO()
    image.save(out, "JPEG", exif=told)
    return out.getvalue()


def test_a_picture_is_written_anew_under_a_name_of_ours(client, world):
    draft = opened(world, takes_files=True)
    sent(client, draft, picture=(BytesIO(a_picture("CANARYCAM")), "canary-name.jpg"))
    [comment] = comments()
    content = storage.get(comment.stored_as)
    assert kind_of(content) == "jpg"
    assert b"CANARYCAM" not in content
    assert "canary" not in comment.stored_as
    with transaction():
        withdraw(db.session.get_one(Comment, comment.id))
    assert not storage.exists(comment.stored_as or "comments/gone")


def with_the_same_picture(client, world, number):
    draft = opened(world, takes_files=True)
    for _one in range(number):
        sent(client, draft, picture=(BytesIO(a_picture("x")), "a.jpg"))
    return comments()


def test_those_who_moderate_see_the_picture_and_nobody_else(as_role, client, world):
    [comment] = with_the_same_picture(client, world, 1)
    address = f"/en/w/nap-2/consultation/comments/{comment.key}"
    chair = as_role("chair")
    [link] = chair.get(address).all("//a[contains(@href, '/picture')]")
    assert kind_of(chair.get(link.get("href")).answer.data) == "jpg"
    as_role("official").get(f"{address}/picture", expect=403)
    chair.get(address).submit("accept")
    [said] = db.session.scalars(select(Contribution)).all()
    assert chair.get(f"/en/w/nap-2/contributions/{said.key}").all(f"//a[contains(@href, '{comment.key}/picture')]")


def test_refusing_one_leaves_the_same_picture_of_another(as_role, client, world):
    one, other = with_the_same_picture(client, world, 2)
    address = f"/en/w/nap-2/consultation/comments/{one.key}"
    kept_as = other.stored_as
    as_role("chair").get(address).submit("refuse", **{"reason-en": "Not about the plan."})
    assert storage.exists(kept_as)
    with transaction():
        withdraw(db.session.get_one(Comment, other.id))
    assert not storage.exists(kept_as)


def test_a_picture_of_a_form_that_is_not_taken_is_not_kept(app: Flask, client, world):
    draft = opened(world, takes_files=True)
    page = client.get(draft.form)
    page.submit(f"p={draft.paragraph.key}", text="First.", expect=200)
    late = (BytesIO(a_picture("x")), "a.jpg")
    page.submit(f"p={draft.paragraph.key}", text="Second.", picture=late, expect=409)
    assert not list((app.config["NAP"].home / "files" / "comments").glob("*"))


def test_no_file_tells_when_a_picture_came(app: Flask, client, world):
    with_the_same_picture(client, world, 1)
    [file] = (app.config["NAP"].home / "files" / "comments").glob("*")
    assert (file.stat().st_mtime, file.parent.stat().st_mtime) == (0, 0)


def test_another_file_is_refused_and_none_is_taken_where_none_is_asked_for(client, world):
    draft = opened(world, takes_files=True)
    page = sent(client, draft, picture=(BytesIO(b"%PDF-1.7 nothing"), "a.pdf"), expect=422)
    assert "Send a JPEG or PNG picture." in page.words
    with transaction():
        draft.consultation.takes_files = False
    sent(client, draft, picture=(BytesIO(a_picture("x")), "a.jpg"))
    assert comments()[0].stored_as is None


def test_a_flood_is_held_and_somebody_else_is_heard(app: Flask, client, world):
    draft = opened(world)
    address, values = client.get(draft.form).filled(f"p={draft.paragraph.key}", text="Flood.")
    secret = app.config["SECRET_KEY"]

    def post(number: int, who: str, expect: tuple[int, ...]) -> int:
        token = tokens.issue(secret, draft.consultation.key, draft.about)
        answer = app.test_client().post(address, data={**values, "token": token}, environ_base={"REMOTE_ADDR": who})
        assert answer.status_code in expect, number
        if answer.status_code == 429:
            assert "Flood." in answer.get_data(as_text=True)
            assert answer.headers["Retry-After"] == "3600"
        return answer.status_code

    statuses = [post(number, f"10.0.0.{number % 5}", (200, 429)) for number in range(1000)]
    assert statuses.count(200) == 200, "forty an hour from each of five addresses"
    assert post(1000, "10.9.9.9", (200,)) == 200


def test_a_draft_takes_no_more_than_so_many_an_hour_whoever_sends(app: Flask, client, world):
    floods = app.extensions["nap_floods"]
    held = [floods.about_one("planted", "one draft", 400) for n in range(450)]
    assert held.count(True) == 50


def test_what_is_refused_shuts_the_draft_for_nobody(app: Flask, client, world, monkeypatch):
    monkeypatch.setattr(routes, "ON_ONE_DRAFT", 3)
    draft = opened(world)
    address, values = client.get(draft.form).filled(f"p={draft.paragraph.key}", text="Heard.")
    for number in range(5):
        refused = app.test_client().post(address, data={"text": ""}, environ_base={"REMOTE_ADDR": f"10.2.0.{number}"})
        assert refused.status_code == 422
    assert app.test_client().post(address, data=values).status_code == 200


def test_a_line_with_many_addresses_counts_as_one(app: Flask, client, world):
    floods = app.extensions["nap_floods"]
    held = [floods.from_one("planted", f"2001:db8:1:2::{number:x}", 40) for number in range(50)]
    assert held.count(True) == 10
    assert not floods.from_one("planted", "2001:db8:1:3::1", 40)
    assert not floods.from_one("planted", "192.0.2.1", 40)


def test_what_counts_addresses_keeps_none(app: Flask, client, world):
    floods = app.extensions["nap_floods"]
    floods.from_one("planted", "192.0.2.77", 40)
    counted = repr(vars(floods._counts.storage))
    assert "planted" in counted, "the counts are looked at"
    assert "192.0.2.77" not in counted


def test_the_key_of_the_counts_is_another_one_the_next_day(app: Flask, world):
    floods = app.extensions["nap_floods"]
    first = floods._digest("192.0.2.77")
    assert floods._digest("192.0.2.77") == first
    with as_of(now() + timedelta(days=1)):
        assert floods._digest("192.0.2.77") != first
    floods._digest("")


def test_a_comment_is_no_contribution(client, world):
    sent(client, opened(world))
    assert db.session.scalars(select(Contribution)).all() == []


def test_a_client_that_keeps_cookies_gets_none(client: Client, world):
    sent(client, opened(world))
    assert client.browser._cookies == {}


def a_steward_key() -> str:
    """Sets a steward's key, and gives the file that opens it."""
    file, public = sealing.new_pair()
    with transaction():
        sealing.set_key(INSTALLATION, public)
    return file


def test_words_for_the_steward_are_sealed_on_arrival(client, world):
    draft, file = opened(world), a_steward_key()
    sent(client, draft, "For one alone.", attribution="steward", name="Amina Dar")
    [comment] = comments()
    assert (comment.text, comment.proposed, comment.name) == (None, None, None)
    assert sealing.opened(comment.sealed, sealing.private_key(file)).text == "For one alone."
    assert "For one alone." not in repr(vars(comment))


def test_without_a_key_nothing_is_offered_for_the_steward_alone(client, world):
    draft = opened(world)
    assert "Ask an organisation that you trust to speak for you." in client.get(draft.form).words
    assert "Not a valid choice" in sent(client, draft, attribution="steward", expect=422).words


def test_a_picture_does_not_go_with_what_is_sealed(client, world):
    draft = opened(world, takes_files=True)
    a_steward_key()
    picture = (BytesIO(a_picture("x")), "a.jpg")
    page = sent(client, draft, attribution="steward", picture=picture, expect=422)
    assert "A picture cannot be locked." in page.words
