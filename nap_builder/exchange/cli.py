"""The command that takes a file in, and the way a file is written."""

import os
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import click
from flask.cli import with_appcontext

from nap_builder.exchange import services
from nap_builder.exchange.container import may_be_word
from nap_builder.exchange.events import WORD_IMPORTED
from nap_builder.exchange.fault import Refused
from nap_builder.exchange.reading import MOST_BYTES
from nap_builder.exchange.word.taking import from_word
from nap_builder.kernel.actor import INSTALLATION
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import DomainError
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.plan import plan_or_none


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would change, and save nothing.")
@click.option("--remove", is_flag=True, help="Archive the rows that the file lacks. Not for a Word file.")
@click.option("--plan", "slug", metavar="SLUG", help="The plan in drafting that a Word file is taken in over.")
@with_appcontext
def import_file(file: Path, *, dry_run: bool, remove: bool, slug: str | None) -> None:
    """Takes a nap-plan/1 file in, JSON, a spreadsheet (.xlsx) or a PDF made here: a new plan, or one in drafting that
    bears its short name. A Word file (.docx) is taken in over the plan that is named, as its headings and tables are
    understood.
    """
    try:
        data = _bytes(file)
        brought = from_word(data, _named(slug)) if may_be_word(data) else None
        incoming = brought.incoming if brought else replace(services.read(data), acts=True)
        plan = _named(slug) if slug else plan_or_none(incoming.slug)
        if dry_run:
            seen = services.preview(incoming, plan)
        else:
            with transaction():
                plan = plan_or_none(plan.slug) if plan else None
                given = {"act": WORD_IMPORTED} if brought else {"remove": remove}
                seen = services.apply(INSTALLATION, incoming, plan=plan, **given).preview
    except Refused as refused:
        _refuse(str(fault) for fault in refused.faults)
    except DomainError as error:
        _refuse([f"/: {error.message}"])
    for note in [*seen.notes, *(brought.lines() if brought else ())]:
        click.echo(note, err=True)
    for change in seen.changes:
        if dry_run or change.action != "keep":
            click.echo(str(change))


def _named(slug: str | None) -> Plan:
    """The plan that the command names; a Word file cannot say itself which plan it is of."""
    if slug is None:
        raise DomainError("name the plan that the Word file is taken in over, with --plan SLUG")
    found = plan_or_none(slug)
    if found is None:
        raise DomainError(f"there is no plan {slug}")
    return found


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
