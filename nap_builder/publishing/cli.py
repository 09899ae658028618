"""The command that tells a file that was issued from another."""

import sys
from pathlib import Path

import click
from flask.cli import with_appcontext

from nap_builder.publishing.verifying import ALTERED, UNKNOWN, verdict_on


@click.command("verify")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_appcontext
def verify(file: Path) -> None:
    """Says whether a file was issued here: issued, superseded, altered or unknown, with what it is, on one line between
    tabs; then, of a PDF with a signature, whether that holds and whose it is. Exit 0 for what was issued, superseded
    since or not; 1 for what was not.
    """
    found = verdict_on(file.read_bytes())
    told = [found.state, found.sha256]
    if found.plan is not None:
        told += [found.plan.slug, f"version {found.number}" if found.number else "-", found.kind or "-"]
        told += [found.language or "-", f"{found.issued_at:%Y-%m-%d}" if found.issued_at else "-"]
    if found.newer:
        told.append(f"superseded by version {found.newer}")
    elif found.newer_print:
        told.append(f"issued anew on {found.newer_print:%Y-%m-%d}")
    if found.signature:
        told.append(found.signature.in_english)
    click.echo("\t".join(told))
    sys.exit(1 if found.state in (ALTERED, UNKNOWN) else 0)
