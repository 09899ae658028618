"""States of a database that are built once in a process, kept, and put back before every test that asks for them.

Putting one back takes a tenth of the time of building it, and leaves the test where building would have left it: the
rows saved, and every object of the builder in the session, unread. A state is built anew when its rows, which say when
they were written, grow old.
"""

import pickle
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Connection, Table, func, select, text

from nap_builder.kernel.clock import now
from nap_builder.kernel.database import Base, db, transaction
from nap_builder.settings import Settings

STAYS_FRESH = timedelta(minutes=5)


@dataclass(frozen=True)
class Kept:
    """A state: where its files are, what puts its rows back into PostgreSQL, and what its builder returned."""

    folder: Path
    script: str
    built: bytes
    at: datetime

    def is_fresh(self) -> bool:
        """Whether its rows may still pass for rows of this moment."""
        return now() - self.at < STAYS_FRESH and now().date() == self.at.date()


def saved(build: Callable[[], Any]) -> Callable[[], Any]:
    """A builder that works within a transaction, as one that opens it."""

    def run() -> Any:
        with transaction():
            return build()

    return run


class Shelf:
    """What is kept of one application: rows and files by a name. Made while its database is empty.

    All methods need an application context.
    """

    def __init__(self, app: Flask) -> None:
        self.settings: Settings = app.config["NAP"]
        self.files = self.settings.home / "files"
        self.states = 0
        self.kept: dict[str, Kept] = {}
        self.empty = self._keep(b"")

    def clear(self) -> None:
        """Empties the database and the store of files."""
        self._put_back(self.empty)

    def put(self, name: str, build: Callable[[], Any]) -> Any:
        """Puts back what `build` saved, and hands out what it returned. What was saved before is gone."""
        db.session.remove()
        if name not in self.kept or not self.kept[name].is_fresh():
            self.clear()
            built = build()
            content = pickle.dumps((built, list(db.session)))
            db.session.remove()
            self.kept[name] = self._keep(content)
        self._put_back(self.kept[name])
        built, rows = pickle.loads(self.kept[name].built)
        db.session.add_all(rows)
        return built

    def _keep(self, built: bytes) -> Kept:
        self.states += 1
        folder, script = self.settings.home / "kept" / str(self.states), ""
        self.files.mkdir(exist_ok=True)
        shutil.copytree(self.files, folder / "files")
        if self.settings.embedded:
            db.engine.dispose()  # closing the last connection brings all into the one file
            shutil.copyfile(self.settings.database_file, folder / "rows")
        else:
            with db.engine.begin() as connection:
                script = _kept_in_a_schema(connection, f"kept_{self.states}")
        return Kept(folder, script, built, now())

    def _put_back(self, state: Kept) -> None:
        shutil.rmtree(self.files, ignore_errors=True)
        shutil.copytree(state.folder / "files", self.files)
        if self.settings.embedded:
            db.engine.dispose()
            for tail in ("-wal", "-shm"):
                Path(f"{self.settings.database_file}{tail}").unlink(missing_ok=True)
            shutil.copyfile(state.folder / "rows", self.settings.database_file)
        else:
            with db.engine.begin() as connection:
                connection.exec_driver_sql(state.script)


def _kept_in_a_schema(connection: Connection, schema: str) -> str:
    """Copies all rows to a schema, and returns the statement that puts them back in one go."""
    tables = Base.metadata.sorted_tables
    filled = [table for table in tables if connection.scalar(select(func.count()).select_from(table))]
    connection.execute(text(f"create schema {schema}"))
    for table in filled:
        connection.execute(text(f"create table {schema}.{table.name} as table {table.name}"))
    steps = ["set local session_replication_role = replica"]  # lets even the trail be emptied
    steps += [f"delete from {table.name}" for table in tables]
    steps += [_filled_again(table, schema) for table in filled]
    return f"do $$ begin {'; '.join(steps)}; end $$"


def _filled_again(table: Table, schema: str) -> str:
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    return f"insert into {table.name} ({columns}) select {columns} from {schema}.{table.name}"
