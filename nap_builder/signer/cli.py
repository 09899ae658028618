"""`nap signer`: the signing service, and its key."""

import os
import sys
from datetime import timedelta
from pathlib import Path

import click

from nap_builder.kernel.clock import now
from nap_builder.kernel.errors import DomainError
from nap_builder.kernel.signing import fingerprint_of
from nap_builder.signer.keys import new_key, passphrase_beside

YEAR = timedelta(days=365)
SERVICE = "nap_builder.signer.service"


@click.group()
def signer() -> None:
    """The service that signs documents, run by a user of its own."""


@signer.command()
def run() -> None:
    """Signs with NAP_SIGNING_KEY what is asked for on NAP_SIGNER_SOCKET, until it is stopped."""
    os.execv(sys.executable, [sys.executable, "-P", "-m", SERVICE])  # noqa: S606 - our own interpreter and module


@signer.group()
def key() -> None:
    """The key of the service."""


@key.command()
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The key file, which must not exist yet.")
@click.option("--name", required=True, help="Who signs, as readers will see it.")
@click.option("--country", metavar="XX", help="The country, in two letters.")
@click.option("--years", default=5, type=click.IntRange(1, 20), help="How long the certificate is valid.")
def new(out: Path, name: str, country: str | None, years: int) -> None:
    """Makes a key with a certificate of its own, and a file with its passphrase beside it, for their owner alone.

    Prints the SHA-256 of the certificate and the day on which it ends, separated by a tab.
    """
    try:
        made = new_key(out, name, country, now(), now() + years * YEAR)
    except ValueError as error:
        raise DomainError(str(error)) from error
    click.echo(f"{fingerprint_of(made)}\t{made.not_valid_after_utc:%Y-%m-%d}")
    click.echo(f"The passphrase is in {passphrase_beside(out)}. Keep a copy of both files under lock.", err=True)
