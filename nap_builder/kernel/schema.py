"""The schema's version: bringing a database up, down, and asking where it stands."""

from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.engine import Connection, Engine

from nap_builder.settings import PROJECT

MIGRATIONS = PROJECT / "migrations"
ONE_MIGRATOR = 1325_0002


def OURS(_object: Any, name: str | None, kind: str, _reflected: bool, _compared: Any) -> bool:  # noqa: FBT001, N802 - Alembic calls it so
    """Whether a thing of the database is ours to migrate: the queue keeps its own tables."""
    return not (kind in ("table", "index") and name is not None and name.startswith(("huey_", "sqlite_")))


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def newest() -> str:
    """The number of the newest migration."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    if head is None:
        raise RuntimeError("there is no migration")
    return head


def current(engine: Engine) -> str | None:
    """The number of the migration that a database stands at; None for an empty one."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def upgrade(engine: Engine, to: str = "head") -> None:
    """Brings a database up, in one transaction: it is either at the new schema or as it was."""
    _migrate(engine, command.upgrade, to)


def downgrade(engine: Engine, to: str) -> None:
    """Takes a database down to an older schema."""
    _migrate(engine, command.downgrade, to)


def _migrate(engine: Engine, act: Any, to: str) -> None:
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            # Foreign keys must rest while tables are rebuilt, and SQLite lets that be said only outside a transaction.
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]
        try:
            with connection.begin():
                if connection.dialect.name == "postgresql":
                    connection.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": ONE_MIGRATOR})
                    connection.execute(text("set local statement_timeout = 0"))
                act(_config(connection), to)
        finally:
            if connection.dialect.name == "sqlite":
                connection.connection.driver_connection.execute("PRAGMA foreign_keys=ON")  # type: ignore[union-attr]
