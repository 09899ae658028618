"""The command that takes a file in, and the way a file is written."""

import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

import click
from flask.cli import with_appcontext

from nap_builder.exchange import services
from nap_builder.exchange.fault import Refused
from nap_builder.exchange.reading import MOST_BYTES
from nap_builder.kernel.actor import INSTALLATION
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import DomainError
from nap_builder.plans.queries.plan import plan_or_none


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would change, and save nothing.")
@click.option("--remove", is_flag=True, help="Archive the rows that the file lacks.")
@with_appcontext
def import_file(file: Path, *, dry_run: bool, remove: bool) -> None:
    """Takes a nap-plan/1 file in: a new plan, or one in drafting that bears its short name."""
    try:
        incoming = services.read(_bytes(file))
        if dry_run:
            seen = services.preview(incoming, plan_or_none(incoming.slug))
        else:
            with transaction():
                plan = plan_or_none(incoming.slug)
                seen = services.apply(INSTALLATION, incoming, plan=plan, remove=remove).preview
    except Refused as refused:
        _refuse(str(fault) for fault in refused.faults)
    except DomainError as error:
        _refuse([f"/: {error.message}"])
    for note in seen.notes:
        click.echo(note, err=True)
    for change in seen.changes:
        if dry_run or change.action != "keep":
            click.echo(str(change))


def save_whole(path: Path, content: bytes) -> None:
    """Writes a file so that it is there whole or not at all, whatever happens on the way."""
    handle, name = tempfile.mkstemp(dir=path.absolute().parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fchmod(file.fileno(), 0o666 & ~_umask())
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _umask() -> int:
    """The mode bits that this process leaves off new files; it can only be read by setting it."""
    umask = os.umask(0o077)
    os.umask(umask)
    return umask


def _bytes(file: Path) -> bytes:
    """A file's bytes, of one that is too large no more than shows that it is."""
    with file.open("rb") as opened:
        return opened.read(MOST_BYTES + 1)


def _refuse(lines: Iterable[str]) -> NoReturn:
    for line in lines:
        click.echo(line, err=True)
    sys.exit(1)
