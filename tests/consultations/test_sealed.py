"""Confidential comments: nobody but the steward reads them, and the steward says what becomes of them."""

import io

import pytest
from sqlalchemy import text

from nap_builder.cli import main
from nap_builder.consultations.models.comments import StewardKey
from nap_builder.consultations.models.contributions import Contribution
from nap_builder.consultations.queries.sealed import present_key
from nap_builder.consultations.services import sealing
from nap_builder.kernel.actor import INSTALLATION, Role
from nap_builder.kernel.audit import AuditContent
from nap_builder.kernel.database import Base, transaction
from nap_builder.kernel.database import db as database
from nap_builder.kernel.errors import BadInput
from nap_builder.oversight import services as oversight
from tests.builders.consultations import a_comment, a_sealed_comment, a_steward_key, an_open_draft

CANARY = "The colonel of Zyxwvut asked who signed."
DESK = "/en/w/nap-2/sealed"


@pytest.fixture
def sealed(world):
    """One confidential comment on a paragraph of an open draft, and the file that opens it."""
    with transaction():
        world.key_file = a_steward_key()
        world.draft = an_open_draft(world.plan)
        world.about = f"paragraph:{world.paragraphs[0].key}"
        world.comment = a_sealed_comment(world.draft, world.about, CANARY)
    return world


def key_file(content: str) -> dict[str, tuple[io.BytesIO, str]]:
    return {"key_file": (io.BytesIO(content.encode()), "steward.key")}


def opened(page, content):
    return page.submit("open", **key_file(content), expect=200)


def everything_kept() -> bytes:
    """All rows of all tables, as the database itself writes them."""
    rows = []
    for table in Base.metadata.sorted_tables:
        rows += [str(row) for row in database.session.execute(text(f'select * from "{table.name}"'))]
    return "\n".join(rows).encode()


def test_the_database_holds_no_clear_word_of_it(sealed):
    assert b"Zyxwvut" not in everything_kept()


def test_a_clear_word_would_be_found(sealed):
    with transaction():
        sealed.draft.title = {"en": CANARY}
    assert b"Zyxwvut" in everything_kept()


def test_a_backup_holds_no_clear_word_of_it(sealed, tmp_path):
    out = tmp_path / "one.nap-backup"
    oversight.make_backup(INSTALLATION, out)
    assert b"Zyxwvut" not in out.read_bytes()


def test_what_is_sealed_does_not_tell_how_long_it_is(sealed):
    assert len(sealing.seal(sealing.Words("No."))) == len(sealed.comment.sealed)


def test_the_steward_opens_it_with_the_key_file(as_role, sealed):
    page = opened(as_role(Role.STEWARD).get(DESK), sealed.key_file)
    assert CANARY in page.words
    assert page.answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("role", [Role.CHAIR, Role.SECRETARIAT, Role.AUDITOR, Role.ADMINISTRATOR])
def test_nobody_else_is_told_that_there_are_any(as_role, sealed, role):
    as_role(role).get(DESK, expect=404)


def test_another_key_opens_nothing(as_role, sealed):
    page = opened(as_role(Role.STEWARD).get(DESK), sealing.new_pair()[0])
    assert "Zyxwvut" not in page.words
    assert "1 comment is sealed with another key" in page.words


def test_a_file_that_is_no_key_is_refused_beside_its_field(as_role, sealed):
    page = as_role(Role.STEWARD).get(DESK).submit("open", **key_file("Dear steward"), expect=422)
    assert "This is not a steward’s key file." in page.words


def test_the_old_file_opens_what_was_sealed_before_a_new_key(as_role, sealed):
    with transaction():
        a_steward_key()
    assert CANARY in opened(as_role(Role.STEWARD).get(DESK), sealed.key_file).words


def test_opening_is_remembered_without_a_word_of_it(as_role, sealed):
    opened(as_role(Role.STEWARD).get(DESK), sealed.key_file)
    last = database.session.query(AuditContent).order_by(AuditContent.number.desc()).first()
    assert last.arguments == {"num": 1}


def one_page(as_role, sealed):
    return as_role(Role.STEWARD).get(f"{DESK}/{sealed.comment.key}")


def test_what_is_released_is_a_contribution_without_a_name(as_role, sealed):
    one_page(as_role, sealed).submit("release", **{"words-en": "Some fear to be asked who signed."})
    (made,) = database.session.query(Contribution).all()
    assert (made.text, made.attribution, made.by) == ({"en": "Some fear to be asked who signed."}, "anonymous", None)
    assert made.about == [sealed.about]
    assert sealed.comment.state == "released"


def test_a_release_without_words_is_refused_with_what_was_typed(as_role, sealed):
    page = one_page(as_role, sealed).submit("release", **{"words-en": "", "reply-en": "Thank you"}, expect=422)
    assert "Write this in at least one language." in page.words
    assert page.all("//textarea[@name='reply-en']")[0].text_content().strip() == "Thank you"


def test_a_settled_one_leaves_the_desk(as_role, sealed):
    one_page(as_role, sealed).submit("settle", **{"why-en": "The plan cannot change this."})
    as_role(Role.STEWARD).get(f"{DESK}/{sealed.comment.key}", expect=404)
    assert database.session.query(Contribution).count() == 0


def test_a_key_is_set_by_its_public_half(as_role, world):
    _text, public = sealing.new_pair()
    as_role(Role.STEWARD).get(f"{DESK}/key").submit("key", public=public)
    assert present_key().fingerprint == sealing.fingerprint_of(public)


@pytest.mark.parametrize("typed", ["no key", "AAAA", "é" * 44])
def test_what_is_no_public_key_is_refused(as_role, world, typed):
    page = as_role(Role.STEWARD).get(f"{DESK}/key").submit("key", public=typed, expect=422)
    assert "This is no public key." in page.words


def test_the_same_key_is_not_set_twice(world):
    _text, public = sealing.new_pair()
    with transaction():
        sealing.set_key(INSTALLATION, public)
    with pytest.raises(BadInput), transaction():
        sealing.set_key(INSTALLATION, public)


def test_the_command_makes_a_file_that_opens_what_it_seals(app, world, tmp_path):
    out = tmp_path / "steward.key"
    result = app.test_cli_runner().invoke(main, ["steward", "key", "new", "--out", str(out)])
    assert result.exit_code == 0
    assert out.stat().st_mode & 0o077 == 0
    with transaction():
        words = sealing.opened(sealing.seal(sealing.Words(CANARY)), sealing.private_key(out.read_text()))
    assert words == sealing.Words(CANARY)


def test_the_command_overwrites_no_file(app, world, tmp_path):
    out = tmp_path / "steward.key"
    out.write_text("another key")
    result = app.test_cli_runner().invoke(main, ["steward", "key", "new", "--out", str(out)])
    assert result.exit_code == 1
    assert out.read_text() == "another key"


def test_a_key_made_offline_is_not_set_here(app, world, tmp_path):
    arguments = ["steward", "key", "new", "--out", str(tmp_path / "k"), "--offline"]
    assert app.test_cli_runner().invoke(main, arguments).exit_code == 0
    assert database.session.query(StewardKey).count() == 0


def test_the_stewards_home_counts_what_waits_sealed(as_role, sealed):
    page = as_role(Role.STEWARD).get("/en/home")
    assert page.all("//a[@href='/en/w/nap-2/sealed']")
    assert "Zyxwvut" not in page.words


def test_the_desk_of_the_steward_is_one_press_from_the_consultations(as_role, sealed):
    there = "//main//a[@href='/en/w/nap-2/sealed']"
    assert as_role(Role.STEWARD).get("/en/w/nap-2/consultation").all(there)
    assert not as_role("chair").get("/en/w/nap-2/consultation").all(there)


def test_the_tasks_do_not_count_what_waits_for_the_steward(as_role, sealed):
    assert "comment waits" not in as_role("chair").get("/en/w/nap-2?phase=consult").words
    with transaction():
        a_comment(sealed.draft, sealed.about)
    assert "1 comment waits" in as_role("chair").get("/en/w/nap-2?phase=consult").words


def test_the_opened_words_stay_on_their_page_while_one_is_settled(as_role, sealed):
    page = opened(as_role(Role.STEWARD).get(DESK), sealed.key_file)
    assert page.all("//a[@target='_blank' and contains(., 'Release or settle it')]")
