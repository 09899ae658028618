"""The `nap` program: one command line for everything, built on Flask's command group."""

import os
import secrets
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import FlaskGroup, with_appcontext
from sqlalchemy.exc import DBAPIError

from nap_builder import worker as working
from nap_builder.accounts.cli import user
from nap_builder.api.cli import publish_static_command
from nap_builder.app import create_app
from nap_builder.consultations.cli import steward
from nap_builder.demo import state as demonstration
from nap_builder.exchange import services as exchange
from nap_builder.exchange.cli import import_file, save_whole
from nap_builder.kernel import schema
from nap_builder.kernel.database import db
from nap_builder.kernel.errors import DomainError
from nap_builder.oversight import services as oversight
from nap_builder.oversight.cli import audit, backup, doctor
from nap_builder.plans.cli import freeze, plan
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.plan import plan_at
from nap_builder.publishing import services as publishing
from nap_builder.publishing.cli import verify
from nap_builder.publishing.edition import EDITIONS, FULL, WHOLE, Which
from nap_builder.readiness.cli import check
from nap_builder.server import Server
from nap_builder.settings import Settings, from_environment
from nap_builder.signer.cli import signer
from nap_builder.starting.cli import new as new_plan
from nap_builder.starting.cli import template

FORMATS = ("json", "xlsx", "csv", "pdf", "docx", "txt", "html")


class Nap(FlaskGroup):
    """Answers every foreseeable failure with one line and exit 1; nobody is shown a traceback."""

    def main(self, *arguments: Any, **given: Any) -> Any:
        try:
            return super().main(*arguments, **given)
        except DomainError as error:
            _refuse(error.message or _plain_name(error))
        except DBAPIError as error:
            _refuse(f"the database did not answer ({type(error.orig).__name__}). Run ./nap doctor")
        except OSError as error:
            _refuse(f"{error.filename or 'file'}: {error.strerror or error}")


def _plain_name(error: DomainError) -> str:
    return {"Missing": "there is nothing of that name", "WrongState": "the plan is not in drafting"}.get(
        type(error).__name__, "this is refused"
    )


def _refuse(line: str) -> None:
    click.echo(f"nap: {line}", err=True)
    sys.exit(1)


main = Nap(create_app=create_app, add_default_commands=False, help="Builds and tracks a National Action Plan.")


def make_ready() -> None:
    """Makes the embedded database where there is none. Raises DomainError when a schema is not this release's."""
    stands = schema.current(db.engine)
    if stands is None and current_app.config["NAP"].embedded:
        schema.upgrade(db.engine)
    elif stands != schema.newest():
        raise DomainError("the database is not at the schema of this release. Run ./nap migrate")


def on_database(command: click.Command) -> click.Command:
    """Gives a command, or each of a group, the application and a database that is ready."""
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            on_database(inner)
        return command
    act: Callable[..., Any] = command.callback or (lambda: None)

    @with_appcontext
    @wraps(act)
    def readied(*arguments: Any, **given: Any) -> Any:
        make_ready()
        return act(*arguments, **given)

    command.callback = readied
    return command


plan.add_command(new_plan)
for ready_command in (
    *(
        user,
        plan,
        template,
        freeze,
        check,
        steward,
        import_file,
        verify,
        audit,
        publish_static_command,
        backup.commands["create"],
    ),
):
    on_database(ready_command)
for command in (
    *(user, plan, template, freeze, check, steward, import_file, verify, audit, publish_static_command, backup, doctor),
    signer,
):
    main.add_command(command)


@main.command("export")
@click.argument("slug")
@click.option("--format", "kind", type=click.Choice(FORMATS), required=True)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True)
@click.option("--version", "number", type=int, help="A frozen version; without it the working plan.")
@click.option(
    "--lang", help="The language of a document, or of the words of a spreadsheet; the plan's first unless said."
)
@click.option(
    "--profile",
    type=click.Choice(["working", "public"]),
    help="working for json, xlsx and csv, public for documents, unless said.",
)
@click.option("--edition", type=click.Choice(list(EDITIONS)), default=FULL, help="Which edition of a PDF.")
@click.option("--against", type=int, help="The earlier version that a redline is against.")
@click.option("--institution", metavar="CODE", help="Whose part an extract is.")
@with_appcontext
def export(slug: str, kind: str, out: Path, number: int | None, profile: str | None, **asked: Any) -> None:
    """Writes a plan to a file, whole or not at all."""
    make_ready()
    lang, which = asked["lang"], Which(asked["edition"], asked["against"], asked["institution"])
    if which != WHOLE and kind != "pdf":
        raise DomainError("an edition is made as a PDF: say --format pdf")
    if kind == "json":
        content = exchange.plan_file(plan_at(slug), number, profile or "working")
    elif kind in ("xlsx", "csv"):
        content = _tables(plan_at(slug), kind, number, lang, profile or "working")
    else:
        given = {"number": number, "language": lang, "profile": profile or "public"}
        content = _document(plan_at(slug), kind, which, **given)
    save_whole(out, content)


def _document(found: Plan, kind: str, which: Which, **given: Any) -> bytes:
    if kind == "pdf":
        return publishing.plan_pdf(found, which=which, **given)
    return publishing.plan_written(found, kind, **given)


def _tables(found: Plan, kind: str, number: int | None, lang: str | None, profile: str) -> bytes:
    language = lang or found.first_language
    if language not in found.languages:
        raise DomainError("the plan is not written in that language")
    made = exchange.plan_workbook if kind == "xlsx" else exchange.plan_tables
    return made(found, number, profile, language=language)


@main.command("migrate")
@with_appcontext
def migrate() -> None:
    """Takes a backup, then brings the database to the newest schema."""
    stands = schema.current(db.engine)
    if stands == schema.newest():
        click.echo(f"{stands}: nothing to do")
        return
    if stands is not None:
        click.echo(f"backup: {oversight.backup_before_migration(current_app.config['NAP'].home)}")
    schema.upgrade(db.engine)
    click.echo(schema.newest())


@main.command("serve")
@click.option("--bind", default="127.0.0.1:8000", help="Address and port.")
@click.option("--workers", default=2, type=click.IntRange(1, 64))
@with_appcontext
def serve(bind: str, workers: int) -> None:
    """Serves the site with its worker."""
    make_ready()
    oversight.refuse_unsafe(current_app.config["NAP"])
    db.engine.dispose()
    Server(current_app.config["NAP"], bind=bind, workers=workers, announce=f"http://{bind}/").run()


@main.command("worker")
@with_appcontext
def worker() -> None:
    """Runs background jobs apart from the server."""
    make_ready()
    working.run(current_app._get_current_object())  # type: ignore[attr-defined]  # noqa: SLF001


@main.command("demo")
@click.option("--port", default=8000, type=click.IntRange(1, 65535))
@click.option("--reset", is_flag=True, help="Begin again with an empty demonstration.")
def demo(port: int, *, reset: bool) -> None:
    """Serves an invented State, with an account for every role."""
    settings = replace(from_environment(), demo=True)
    if not settings.embedded:
        raise DomainError("the demonstration uses the embedded database. Unset NAP_DATABASE_URL")
    if reset:
        _forget_demonstration(settings.home)
    password = os.environ.get("NAP_DEMO_PASSWORD") or secrets.token_urlsafe(9)
    with get_context("spawn").Pool(1) as apart:
        accounts = apart.apply(_loaded, (settings, password))
    lines = [f"http://127.0.0.1:{port}/", "", *accounts, "", f"password of every account: {password}"]
    Server(settings, bind=f"127.0.0.1:{port}", workers=1, announce="\n".join(lines)).run()


def _loaded(settings: Settings, password: str) -> list[str]:
    """The accounts of the demonstration, loaded where it is not there yet.

    In a process of its own: the library of the store has threads once it was used, and a server forked from them would
    wait for ever with the first file that it keeps.
    """
    with create_app(settings).app_context():
        make_ready()
        return demonstration.load(password)


def _forget_demonstration(home: Path) -> None:
    for name in ("nap.sqlite", "nap.sqlite-wal", "nap.sqlite-shm", "queue.sqlite"):
        (home / name).unlink(missing_ok=True)
    shutil.rmtree(home / "files", ignore_errors=True)


if __name__ == "__main__":
    main(prog_name="nap")
