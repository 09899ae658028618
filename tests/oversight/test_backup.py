"""Backups: whole, provable, and restored into an empty place on either database."""

import io
import json
import tarfile

import pytest
from sqlalchemy import create_engine, select, text

from nap_builder.kernel import backup, storage
from nap_builder.kernel.actor import INSTALLATION
from nap_builder.kernel.audit import head
from nap_builder.kernel.database import db as database
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import DomainError
from nap_builder.monitoring.models import VERIFIED
from nap_builder.oversight import services
from nap_builder.plans.models.versions import PlanVersion
from nap_builder.plans.services.photographs import small
from nap_builder.plans.services.versions import freeze
from nap_builder.taskforce.models import Installation
from tests.builders.identity import dressed
from tests.builders.monitoring import a_period, an_update
from tests.builders.photographs import a_photograph
from tests.builders.world import a_world


@pytest.fixture
def backed_up(db, shelf, tmp_path):
    """A backup's content; the small State stands as it was backed up, with a frozen version and a kept file."""

    def build():
        with transaction():
            freeze(INSTALLATION, a_world().plan, None)
        storage.put("documents/a.pdf", b"%PDF-1.7 a file")
        return a_backup(tmp_path / "first.nap-backup").read_bytes()

    return shelf.put("backed up", build)


def a_backup(out):
    services.make_backup(INSTALLATION, out)
    return out


@pytest.fixture
def made(backed_up, tmp_path):
    """A backup, to read or to spoil."""
    out = tmp_path / "one.nap-backup"
    out.write_bytes(backed_up)
    return out


def test_a_backup_is_whole(made):
    assert backup.prove(made).rows["plan"] == 1


def test_a_backup_is_readable_by_its_owner_only(world, tmp_path):
    assert a_backup(tmp_path / "one.nap-backup").stat().st_mode & 0o777 == 0o600


def test_a_backup_carries_the_audit_head(made):
    assert backup.read_manifest(made).head_number + 1 == head().number  # the act of making it came after


def test_a_backup_holds_no_session(as_role, tmp_path):
    as_role("chair")
    with tarfile.open(a_backup(tmp_path / "one.nap-backup")) as tar:
        assert not [name for name in tar.getnames() if "sign_in" in name or "one_time" in name]


def test_everything_comes_back(made, tmp_path):
    target = tmp_path / "restored"
    engine = services.empty_target(str(target))
    backup.restore(made, engine, services.folder_files(target))
    assert rows_of(engine) == rows_of(database.engine)
    assert (target / "files/documents/a.pdf").read_bytes() == b"%PDF-1.7 a file"
    engine.dispose()


def rows_of(engine):
    """The plan's rows and the trail's hashes."""
    with engine.connect() as connection:
        tables = ("plan", "paragraph", "activity", "institution", "person", "plan_version")
        counts = {name: connection.execute(text(f"select count(*) from {name}")).scalar() for name in tables}
        hashes = connection.execute(text("select working_sha256 from plan_version order by id")).scalars().all()
        return counts, hashes


def test_what_a_version_wore_and_its_photographs_come_back(world, tmp_path):
    with transaction():
        dressed(database.session.query(Installation).one())
        a_photograph(world.section)
        version = freeze(INSTALLATION, world.plan)
    kept = version.worn, version.photographs
    target = tmp_path / "restored"
    engine = services.empty_target(str(target))
    backup.restore(a_backup(tmp_path / "one.nap-backup"), engine, services.folder_files(target))
    with engine.connect() as connection:
        assert tuple(connection.execute(select(PlanVersion.worn, PlanVersion.photographs)).one()) == kept
    engine.dispose()
    names = [kept[0]["crest"], *(name for one in kept[1] for name in (one["stored_as"], small(one["stored_as"])))]
    assert [(target / "files" / name).read_bytes() for name in names] == [storage.get(name) for name in names]


def test_a_target_that_is_not_empty_is_refused(made, tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "something").write_text("here")
    with pytest.raises(DomainError):
        services.empty_target(str(tmp_path / "full"))


def test_a_database_that_is_not_empty_is_refused(made):
    with pytest.raises(DomainError):
        backup.restore(made, database.engine, services.stored_files())


@pytest.mark.parametrize("place", [0.3, 0.6, 0.9])
def test_a_flipped_byte_is_noticed(made, place):
    content = bytearray(made.read_bytes())
    written = [position for position, byte in enumerate(content) if byte]
    position = written[int(len(written) * place)]
    content[position] ^= 1
    made.write_bytes(content)
    with pytest.raises(backup.BadBackup):
        backup.prove(made)


def test_a_cut_backup_is_noticed(made):
    made.write_bytes(made.read_bytes()[: made.stat().st_size // 2])
    with pytest.raises(backup.BadBackup):
        backup.prove(made)


def test_a_part_that_the_list_does_not_name_is_noticed(made):
    with tarfile.open(made, "a:") as tar:
        tar.addfile(tarfile.TarInfo("files/extra"), io.BytesIO(b""))
    with pytest.raises(backup.BadBackup):
        backup.prove(made)


def test_what_is_no_backup_is_refused(tmp_path):
    (tmp_path / "x").write_text("hello")
    with pytest.raises(backup.BadBackup):
        backup.read_manifest(tmp_path / "x")


def test_a_name_that_leaves_the_folder_is_refused(tmp_path):
    files = services.folder_files(tmp_path / "home")
    with pytest.raises(backup.BadBackup):
        files.put("../outside", b"x")


def test_a_backup_moves_from_one_database_to_the_other(made, app, request, tmp_path):
    if not app.config["NAP"].embedded:
        engine = services.empty_target(str(tmp_path / "sqlite"))
    else:
        server = create_engine(request.getfixturevalue("postgresql"), isolation_level="AUTOCOMMIT")
        with server.connect() as connection:
            connection.execute(text("create database moved"))
        engine = create_engine(server.url.set(database="moved"))
        server.dispose()
    backup.restore(made, engine, services.folder_files(tmp_path / "moved"))
    assert rows_of(engine) == rows_of(database.engine)
    engine.dispose()


def test_what_is_verified_comes_back_with_what_corrects_it(world, tmp_path):
    with transaction():
        period = a_period(world.plan)
        first = an_update(period, world.activities[0], state=VERIFIED, status="late")
        an_update(period, world.activities[0], state=VERIFIED, status="on_track", corrects_id=first.id)
    assert backup.prove(a_backup(tmp_path / "one.nap-backup")).rows["progress_update"] == 2


def test_the_manifest_can_be_read_by_a_person(made):
    with tarfile.open(made) as tar:
        manifest = json.load(tar.extractfile("manifest.json"))
    assert manifest["format"] == "nap-backup/1"


def test_a_backup_is_made_from_the_screen_and_downloaded(as_role, jobs):
    chair = as_role("chair")
    chair.get("/en/settings").submit("/settings/backup")
    assert [job.state for job in jobs.run_all()] == ["done"]
    page = chair.get("/en/settings")
    download = page.submit("/download", expect=200)
    assert download.answer.data.startswith(b"tables/")


def test_home_says_how_old_the_last_backup_is(as_role):
    assert "no backup yet" in as_role("chair").get("/en/settings").words
