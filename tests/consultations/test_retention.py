"""What was kept long enough is destroyed, once, and by no clock that jumped; what is erased is gone everywhere."""

import subprocess
from datetime import timedelta

import pytest
from sqlalchemy import create_engine, select, text

from nap_builder.consultations.models.comments import RetentionRun
from nap_builder.consultations.models.contributions import GONE
from nap_builder.consultations.services import retention
from nap_builder.kernel import storage
from nap_builder.kernel.actor import INSTALLATION, Role
from nap_builder.kernel.audit import first_fault
from nap_builder.kernel.clock import as_of, now
from nap_builder.kernel.database import db as database
from nap_builder.kernel.database import transaction
from nap_builder.oversight import services as oversight
from tests.builders.consultations import a_comment, a_contribution, a_sealed_comment, a_steward_key, an_open_draft

CANARY = "Zyxwvut of the Coast"


@pytest.fixture
def settled(world):
    """A sealed comment that the steward settled today, its receipt, and another that still waits."""
    with transaction():
        a_steward_key()
        draft = an_open_draft(world.plan)
        about = f"paragraph:{world.paragraphs[0].key}"
        day = now().date()
        world.done = a_sealed_comment(draft, about, state="refused", settled_on=day, receipt="digest")
        world.open = a_sealed_comment(draft, about)
        retention.destroy_what_is_due()
    return world


def after(days):
    """Looks every day up to so many days from now, as the worker does."""
    for day in range(1, days + 1):
        with as_of(now() + timedelta(days=day)), transaction():
            retention.destroy_what_is_due()


def test_a_settled_comment_is_kept_for_ninety_days(settled):
    after(89)
    assert settled.done.sealed is not None


def test_then_it_is_destroyed_and_its_receipt_still_opens(settled):
    after(90)
    assert (settled.done.sealed, settled.done.receipt) == (None, "digest")


def test_the_receipt_goes_a_month_later(settled):
    after(120)
    assert settled.done.receipt is None


def test_what_waits_is_never_destroyed(settled):
    after(120)
    assert settled.open.sealed is not None


def test_a_clock_that_jumps_destroys_nothing(settled):
    with as_of(now() + timedelta(days=400)), transaction():
        retention.destroy_what_is_due()
    assert settled.done.sealed is not None


def test_the_steward_says_which_day_it_is(settled, as_role):
    with transaction():
        database.session.scalars(select(RetentionRun)).one().ran_on -= timedelta(days=400)
        settled.done.settled_on -= timedelta(days=400)
    page = as_role(Role.STEWARD).get("/en/w/nap-2/sealed")
    assert "the clock of the server jumped" in page.words.lower()
    page.submit("/sealed/day")
    with transaction():
        retention.destroy_what_is_due()
    assert settled.done.sealed is None


def test_a_clock_that_goes_back_destroys_nothing(settled):
    after(89)
    with as_of(now() - timedelta(days=5)), transaction():
        assert not retention.destroy_what_is_due()
    assert settled.done.sealed is not None


def test_the_receipt_of_an_answered_comment_goes_four_months_after_its_answer(world):
    with transaction():
        draft = an_open_draft(world.plan)
        answer = {"decision": "accepted", "text": {"en": "Yes."}, "on": now().date().isoformat()}
        said = a_contribution(draft, response=answer)
        comment = a_comment(
            draft, "section:why", state="accepted", text=None, receipt="digest", contribution_id=said.id
        )
        retention.destroy_what_is_due()
    after(119)
    assert comment.receipt == "digest"
    after(120)
    assert comment.receipt is None


@pytest.fixture
def named(world):
    """A contribution with a name that the holder wants erased."""
    with transaction():
        draft = an_open_draft(world.plan)
        world.said = a_contribution(draft, CANARY, by="Zyxwvut Rehn", attribution="named")
    return world


def erased(as_role, named, what):
    page = as_role(Role.ADMINISTRATOR).get(f"/en/w/nap-2/erase?code={named.said.code}&what={what}")
    return page.submit("erase")


def test_what_is_erased_is_named_before_it_goes(as_role, named):
    page = as_role(Role.STEWARD).get(f"/en/w/nap-2/erase?code={named.said.code}&what=words")
    assert "K1" in page.words
    assert "The name and the words" in page.words
    assert named.said.text == {"en": CANARY}


def test_a_name_is_erased_and_the_words_stay(as_role, named):
    erased(as_role, named, "name")
    assert (named.said.by, named.said.attribution, named.said.text) == (None, "anonymous", {"en": CANARY})


def test_the_words_are_erased_and_the_trail_still_holds(as_role, named):
    erased(as_role, named, "words")
    assert (named.said.text, named.said.withdrawn) == ({"en": GONE}, True)
    assert first_fault() is None


def test_a_code_that_is_nobodys_is_refused_beside_its_field(as_role, named):
    page = as_role(Role.STEWARD).get("/en/w/nap-2/erase?code=K99&what=words", expect=422)
    assert "There is no contribution with this code in the plan." in page.words


def test_nothing_of_it_is_left_in_the_file_of_the_database(app, as_role, named):
    if database.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL keeps old rows until its own cleaning, which its administrator runs")
    erased(as_role, named, "words")
    file = app.config["NAP"].database_file
    kept = subprocess.run(["cat", str(file), f"{file}-wal"], capture_output=True, check=True)  # else its locks would go
    assert b"Zyxwvut" not in kept.stdout


def test_a_picture_goes_with_the_words_that_are_erased(as_role, named):
    storage.put("comments/one.png", b"picture")
    with transaction():
        a_comment(
            named.said.consultation,
            f"paragraph:{named.paragraphs[0].key}",
            None,
            state="accepted",
            stored_as="comments/one.png",
            contribution_id=named.said.id,
        )
    erased(as_role, named, "words")
    assert not storage.exists("comments/one.png")


def test_only_their_owner_reads_the_files_of_the_database(app, world):
    if database.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL keeps its own files")
    file = app.config["NAP"].database_file
    assert {path.stat().st_mode & 0o077 for path in file.parent.glob(f"{file.name}*")} == {0}


def test_a_restored_backup_forgets_it_again(as_role, named, tmp_path):
    out = tmp_path / "one.nap-backup"
    oversight.make_backup(INSTALLATION, out)
    erased(as_role, named, "words")
    engine = create_engine(f"sqlite:///{tmp_path / 'restored.sqlite'}")
    oversight.backup.restore(out, engine, oversight.folder_files(tmp_path))
    assert oversight.forget_again(engine) == 1
    with engine.connect() as connection:
        assert "Zyxwvut" not in str(connection.execute(text("select text, said_by from contribution")).all())
    engine.dispose()
