"""The command that copies the public site."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from nap_builder.api.static_copy import LIST, publish_static


@click.command("publish-static")
@click.argument("folder", type=click.Path(path_type=Path))
@with_appcontext
def publish_static_command(folder: Path) -> None:
    """Writes the public site with its documents as files that any web server or a memory stick can serve, in all its
    languages, with a list of digests. The folder is written whole or not at all.
    """
    written = publish_static(current_app._get_current_object(), folder)  # type: ignore[attr-defined]  # noqa: SLF001
    click.echo(f"{written} files. Check them with: cd {folder} && sha256sum -c {LIST}")
