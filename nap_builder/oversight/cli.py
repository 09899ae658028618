"""Commands that watch over an installation: audit, backup, doctor."""

import shutil
import sys
from pathlib import Path
from urllib.parse import urlsplit

import click
from flask import current_app
from flask.cli import with_appcontext

from nap_builder.kernel import audit as trail
from nap_builder.kernel import backup as backups
from nap_builder.kernel import mail, schema
from nap_builder.kernel.actor import INSTALLATION
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db
from nap_builder.kernel.errors import DomainError
from nap_builder.oversight import queries, services
from nap_builder.oversight.signer_health import signer_findings

EARLIEST_SENSIBLE_YEAR = 2026


@click.group("audit")
def audit() -> None:
    """The audit trail."""


@audit.command("verify")
@click.option("--head", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A head kept elsewhere.")
def verify(head: Path | None) -> None:
    """Exit 0: the trail is whole. 1: broken, from the number named. 2: not the history of the head given."""
    if (broken := trail.first_fault()) is not None:
        click.echo(f"broken at entry {broken}", err=True)
        sys.exit(1)
    if head is not None and not trail.holds(_head_in(head)):
        click.echo(f"this trail is not the one that {head} was taken from", err=True)
        sys.exit(2)
    end = trail.head()
    click.echo(f"{end.number}\t{end.hash}")


def _head_in(path: Path) -> trail.Head:
    number, _tab, digest = path.read_text().strip().partition("\t")
    if not number.isdigit() or len(digest) != 64:
        raise DomainError(f"{path} is not a head: it should hold a number, a tab and a hash")
    return trail.Head(int(number), digest)


@click.group("backup")
def backup() -> None:
    """Backups: one file for rows and kept files."""


@backup.command("create")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True)
def create(out: Path) -> None:
    """Writes a backup and proves that it can be restored."""
    made = services.make_backup(INSTALLATION, out)
    click.echo(f"{out}\t{made.size}\t{made.sha256}")


@backup.command("verify")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def prove(file: Path) -> None:
    """Restores a backup into a scratch database and compares it with its own list."""
    manifest = backups.prove(file)
    rows = sum(manifest.rows.values())
    click.echo(
        f"whole: made {manifest.made_at}, schema {manifest.schema}, {rows} rows, audit head {manifest.head_number}"
    )


@backup.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--into", required=True, metavar="DIR_OR_URL", help="An empty folder of data, or an empty database.")
@click.option("--files", type=click.Path(path_type=Path), help="The folder of data, where --into is a database.")
@with_appcontext
def restore(file: Path, into: str, files: Path | None) -> None:
    """Puts a backup into an empty place, forgets there what was erased here since, and prints its audit head."""
    backups.read_manifest(file)
    is_address = bool(urlsplit(into).scheme)
    engine = services.empty_target(into)
    folder = (files or Path("instance")) if is_address else Path(into)
    try:
        manifest = backups.restore(file, engine, services.folder_files(folder.resolve()))
        forgotten = services.forget_again(engine)
    finally:
        engine.dispose()
    if forgotten:
        click.echo(f"{forgotten} contributions erased again", err=True)
    click.echo(f"restored into {into}\taudit head {manifest.head_number}\t{manifest.head_hash}")


@click.command("doctor")
@with_appcontext
def doctor() -> None:
    """Looks at settings, modes, disk, clock, mail and queue; exit 1 when any is bad."""
    settings = current_app.config["NAP"]
    findings = [(False, line) for line in services.weaknesses(settings)]
    findings.append(_database())
    free = shutil.disk_usage(settings.home).free
    findings.append((free > 500_000_000, f"{free // 1_000_000} MB free in {settings.home}"))
    findings.append((now().year >= EARLIEST_SENSIBLE_YEAR, f"clock says {now():%Y-%m-%d %H:%M} UTC"))
    secret = settings.home / "secret.key"
    if secret.exists():
        findings.append((secret.stat().st_mode & 0o077 == 0, f"{secret} is readable by its owner only"))
    findings.append((True, "mail is set" if mail.mail_is_set() else "mail is not set: links are handed over"))
    findings.append(
        (True, f"address {settings.base_url}" if settings.base_url else "NAP_BASE_URL is not set: no public address")
    )
    findings += signer_findings(settings)
    for good, line in findings:
        click.echo(f"{'ok ' if good else 'BAD'} {line}")
    if not all(good for good, _line in findings):
        sys.exit(1)


def _database() -> tuple[bool, str]:
    stands = schema.current(db.engine)
    if stands is None:
        return bool(current_app.config["NAP"].embedded), "no database yet: the first command makes it"
    if stands != schema.newest():
        return False, f"schema {stands} is not {schema.newest()}: run ./nap migrate"
    health = queries.health(current_app.config["NAP"].home)
    return True, f"schema {stands}; {health.jobs_waiting} jobs waiting, {health.jobs_failed} failed"
