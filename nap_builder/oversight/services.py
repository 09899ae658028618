"""Keeping an installation safe: backups, and refusing to serve what is unsafe."""

import hashlib
import tempfile
from pathlib import Path

from sqlalchemy import Engine, create_engine

from nap_builder.consultations.services import retention
from nap_builder.kernel import backup, schema, storage
from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import record
from nap_builder.kernel.backup_record import Backup
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db, engine_options, transaction
from nap_builder.kernel.errors import DomainError
from nap_builder.kernel.jobs import Job
from nap_builder.kernel.languages import _
from nap_builder.oversight.events import BACKUP_ASKED, BACKUP_DOWNLOADED, BACKUP_MADE
from nap_builder.settings import SHORTEST_SECRET, Settings

NETWORK_DISKS = frozenset({"nfs", "nfs4", "cifs", "smb3", "fuse", "fuse.sshfs", "9p"})


def stored_files() -> backup.Files:
    """The kept files of this installation."""
    return backup.Files(storage.names, storage.get, storage.put)


def make_backup(by: Actor, out: Path, *, stored_as: str | None = None) -> Backup:
    """Writes a backup to a path, proves that it can be restored, and remembers it; opens its own transaction.

    With `stored_as` it is also kept in the store under that name, before any page can say that it is there.
    """
    db.session.rollback()
    backup.create(db.engine, stored_files(), out)
    backup.prove(out)
    content = out.read_bytes()
    if stored_as is not None:
        storage.put(stored_as, content)
    with transaction():
        made = Backup(
            size=len(content), sha256=hashlib.sha256(content).hexdigest(), stored_as=stored_as, verified_at=now()
        )
        db.session.add(made)
        db.session.flush()
        record(BACKUP_MADE, by, made, size=made.size)
    return made


def make_stored_backup(by: Actor) -> Backup:
    """Makes a backup and keeps it in the store, for download from the screen."""
    name = f"backups/{now():%Y%m%d-%H%M%S}.nap-backup"
    with tempfile.TemporaryDirectory(prefix="nap-backup-") as folder:
        return make_backup(by, Path(folder) / "backup", stored_as=name)


def note_request(by: Actor, job: Job) -> None:
    """Records that a person asked for a backup."""
    record(BACKUP_ASKED, by, job)


def note_download(by: Actor, made: Backup) -> None:
    """Records that a backup left the installation."""
    record(BACKUP_DOWNLOADED, by, made, made_at=made.made_at.date())


def backup_before_migration(home: Path) -> Path:
    """Writes a backup into the folder of data before the schema changes; returns its path."""
    folder = home / "before-migration"
    folder.mkdir(mode=0o700, exist_ok=True)
    out = folder / f"{now():%Y%m%d-%H%M%S}.nap-backup"
    backup.create(db.engine, stored_files(), out)
    backup.read_manifest(out)
    return out


def empty_target(target: str) -> Engine:
    """An engine for a place to restore into: a database address, or a folder that is made. Raises DomainError."""
    if "://" in target:
        url = target.replace("postgresql://", "postgresql+psycopg://").replace("postgres://", "postgresql+psycopg://")
        return create_engine(url, **engine_options(url))
    folder = Path(target).resolve()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise DomainError(_("The target is not empty. A backup is only restored into an empty place."))
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return create_engine(f"sqlite:///{folder / 'nap.sqlite'}", **engine_options("sqlite"))


def folder_files(folder: Path) -> backup.Files:
    """Kept files in the folder of data that a backup is restored into."""

    def put(name: str, content: bytes) -> None:
        path = (folder / "files" / name).resolve()
        if not path.is_relative_to((folder / "files").resolve()):
            raise backup.BadBackup(_("The backup is damaged: %(part)s is not as it was written.", part=name))
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.write_bytes(content)

    return backup.Files(lambda: (), lambda name: (folder / "files" / name).read_bytes(), put)


def forget_again(engine: Engine) -> int:
    """Erases in a restored copy what was erased in this installation, where it has a database; says how many rows."""
    if schema.current(db.engine) != schema.newest():
        return 0
    return retention.forget_in(engine, retention.erased())


def weaknesses(settings: Settings) -> list[str]:
    """What makes an installation unsafe to serve, one line each, in English for the command line."""
    found = []
    if len(settings.secret_key) < SHORTEST_SECRET:
        found.append(f"NAP_SECRET_KEY is shorter than {SHORTEST_SECRET} characters")
    if settings.embedded and _disk_kind(settings.home) in NETWORK_DISKS:
        found.append("NAP_HOME is on a network disk, where the embedded database is not safe")
    if settings.development and settings.base_url:
        found.append("NAP_DEVELOPMENT is on while NAP_BASE_URL names a public address")
    if settings.demo and settings.base_url:
        found.append("NAP_DEMO is on while NAP_BASE_URL names a public address")
    return found


def refuse_unsafe(settings: Settings) -> None:
    """Raises DomainError, naming what is unsafe, instead of serving."""
    if found := weaknesses(settings):
        raise DomainError(". ".join(found))


def _disk_kind(path: Path) -> str:
    """The kind of file system a path is on, by the system's list of mounts; empty where there is none."""
    mounts = Path("/proc/mounts")
    if not mounts.exists():
        return ""
    best, kind = "", ""
    for line in mounts.read_text().splitlines():
        _device, place, this, *_rest = line.split()
        if str(path).startswith(place) and len(place) > len(best):
            best, kind = place, this
    return kind
