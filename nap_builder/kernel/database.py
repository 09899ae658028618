"""The database: mapping base, column types, connection settings, and the one way to write."""

import contextlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Dialect, MetaData, Numeric, Select, String, event, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.orm.attributes import flag_modified
from sqlalchemy.types import JSON, TypeDecorator, TypeEngine

from nap_builder.kernel.errors import MalformedForm, Missing, StaleEdit

Row = TypeVar("Row")
BUSY_FOR = 10_000  # milliseconds that one who writes waits for another
ONE_WRITER = 1325_0001  # the advisory lock that lets one writer at a time into PostgreSQL

_writing: ContextVar[bool] = ContextVar("writing", default=False)
_at_begin: list[Callable[[], None]] = []
_OWNERS_ALONE = 0o600


class Base(DeclarativeBase):
    """The base of every mapped class. Constraint names are ours, so that they can be recognised."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Utc(TypeDecorator[datetime]):
    """A moment, stored in UTC and always handed out with its zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Exact(TypeDecorator[Decimal]):
    """A decimal of up to 15 digits before the point and 6 after it, never a float on the way."""

    impl = String(32)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(Numeric(21, 6) if dialect.name == "postgresql" else String(32))

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        return value if value is None or dialect.name == "postgresql" else format(value, "f")

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


class Data(TypeDecorator[Any]):
    """A JSON value; assign a new one to change it. None is stored as NULL."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        kind = JSONB(none_as_null=True) if dialect.name == "postgresql" else JSON(none_as_null=True)
        return dialect.type_descriptor(kind)


class Words(Data):
    """A text in the plan's languages: `{language tag: text}`. None where nothing is said."""

    cache_ok = True


db = SQLAlchemy(model_class=Base, disable_autonaming=True)


def engine_options(url: str) -> dict[str, Any]:
    """Options of the engine for a database address: time limits on PostgreSQL, own transactions on SQLite."""
    options: dict[str, Any] = {"json_serializer": _json, "hide_parameters": True}  # no log holds what people wrote
    if url.startswith("sqlite"):
        return options | {"connect_args": {"timeout": 10, "check_same_thread": False}}
    limits = "-c statement_timeout=15s -c lock_timeout=10s -c idle_in_transaction_session_timeout=30s"
    return options | {"pool_pre_ping": True, "connect_args": {"options": limits}}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """The settings that decide whether an acknowledged edit survives a power cut."""
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        f"busy_timeout={BUSY_FOR}",
        "foreign_keys=ON",
        "trusted_schema=OFF",
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")
    [(_number, _name, file)] = connection.execute("PRAGMA database_list").fetchall()
    for path in (Path(f"{file}{tail}") for tail in ("", "-wal", "-shm") if file):
        with contextlib.suppress(OSError):  # it may be another's, or not be there yet
            path.chmod(_OWNERS_ALONE)


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    """Readers begin deferred; a writer takes its place before it reads, so that no edit is lost unseen."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")
    elif _writing.get():
        connection.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": ONE_WRITER})


@event.listens_for(Session, "before_flush")
def _refuse_stray_writes(session: Session, _context: Any, _instances: Any) -> None:
    if not _writing.get() and (session.new or session.deleted or any(map(session.is_modified, session.dirty))):
        raise RuntimeError("a write outside `with transaction()`")


def at_begin(hook: Callable[[], None]) -> Callable[[], None]:
    """Registers what is done first in every transaction, such as claiming a form's idempotency key."""
    _at_begin.append(hook)
    return hook


@contextlib.contextmanager
def transaction() -> Iterator[None]:
    """The one way to write: everything inside is saved together, or nothing is.

    What was read before is read again inside, so that rules judge the row as it stands. One writer at a time
    is let in, on SQLite by `BEGIN IMMEDIATE`, on PostgreSQL by an advisory lock: that keeps the audit chain whole.
    """
    if _writing.get():
        raise RuntimeError("a transaction inside a transaction")
    db.session.rollback()
    token = _writing.set(True)
    try:
        for hook in _at_begin:
            hook()
        yield
        db.session.commit()
        if db.session.info.pop("erases", False):
            _empty_log()
    except BaseException:
        db.session.rollback()
        db.session.info.pop("erases", None)
        raise
    finally:
        _writing.reset(token)


def erasing() -> None:
    """Says that the open transaction erases words: once it is saved, SQLite's log of changes, which still holds them,
    is emptied. Where others read just then, the next erasure does it, or the end of the program.
    """
    db.session.info["erases"] = True


def _empty_log() -> None:
    if db.engine.dialect.name != "sqlite":
        return
    connection = db.engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA busy_timeout=500")  # the page waits for no reader
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.cursor().execute(f"PRAGMA busy_timeout={BUSY_FOR}")
    finally:
        connection.close()


def writing() -> bool:
    """Whether a transaction is open here."""
    return _writing.get()


def new_key() -> str:
    """A fresh identity for a row: never printed, never used again."""
    return str(uuid4())


def one(query: Select[Row]) -> Row:
    """The row that a query finds. Raises Missing when there is none."""
    row = db.session.scalars(query.limit(1)).first()
    if row is None:
        raise Missing
    return row


def unchanged_since(row: Any, seen: int | None) -> None:
    """Refuses to go on when the row was saved since it was read. Raises StaleEdit, or MalformedForm without `seen`."""
    if seen is None:
        raise MalformedForm
    if row.row_version != seen:
        raise StaleEdit(row)


def touch(row: Any) -> None:
    """Counts a change of what hangs on a row (its involved institutions, say) as a change of the row."""
    flag_modified(row, "key")
