"""`nap steward`: the key that confidential comments are sealed to."""

import os
from pathlib import Path

import click
from flask.cli import with_appcontext

from nap_builder.consultations.services import sealing
from nap_builder.kernel.actor import actor
from nap_builder.kernel.database import transaction


@click.group()
def steward() -> None:
    """The steward of confidential comments."""


@steward.group()
def key() -> None:
    """The steward's key."""


@key.command()
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The key file, which must not exist yet.")
@click.option("--offline", is_flag=True, help="Only make the file; the public key is then set in the browser.")
@with_appcontext
def new(out: Path, *, offline: bool) -> None:
    """Makes a key, keeps its private half in a file that only its owner may read, and sets its public half.

    Prints the public key and its fingerprint, separated by a tab.
    """
    text, public = sealing.new_pair()
    with os.fdopen(os.open(out, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        file.write(text)
    if not offline:
        with transaction():
            sealing.set_key(actor(), public)
    click.echo(f"{public}\t{sealing.fingerprint_of(public)}")
    click.echo("Move the file to a stick that is locked away; it must not stay on the server.", err=True)
