"""Backups: one file with every row, every kept file and a manifest, the same for both databases.

Rows are written as JSON lines from one consistent reading, and read back through the migrations of their own time,
so a backup needs no program of the database, can be checked on a scratch database anywhere, and moves an office from
SQLite to PostgreSQL. Sessions, one-time links and form keys are left out: a stolen backup opens no door.
"""

import base64
import hashlib
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import Column, MetaData, Table, create_engine, func, insert, select, text, update
from sqlalchemy.engine import Connection, Engine

from nap_builder.kernel import schema
from nap_builder.kernel.clock import now
from nap_builder.kernel.errors import DomainError
from nap_builder.kernel.fields import plain_decimal
from nap_builder.kernel.languages import _

FORMAT = "nap-backup/1"
LEFT_OUT = frozenset({"sign_in", "one_time_link", "remembered_device", "failed_try", "form_receipt", "alembic_version"})
BATCH = 500


class BadBackup(DomainError):
    """The file is not a backup, or not as it was written; the message names the part."""

    status = 422


@dataclass(frozen=True)
class Manifest:
    """What a backup holds: schema number, audit head, rows by table, and the SHA-256 (hex) of each part."""

    format: str
    made_at: str
    schema: str
    head_number: int
    head_hash: str
    rows: dict[str, int]
    parts: dict[str, str]


@dataclass(frozen=True)
class Files:
    """Where kept files are read from or put: their names, a reader, and a writer."""

    names: Callable[[], Iterable[str]]
    get: Callable[[str], bytes]
    put: Callable[[str, bytes], None]


def create(engine: Engine, files: Files, out: Path) -> Manifest:
    """Writes a backup to a path, whole or not at all, readable by its owner only (mode 0600)."""
    with tempfile.NamedTemporaryFile(dir=out.parent, prefix=".backup-", delete=False) as target:
        try:
            Path(target.name).chmod(0o600)
            manifest = _write(engine, files, target.file)
            target.flush()
            os.fsync(target.fileno())
            Path(target.name).replace(out)
        except BaseException:
            Path(target.name).unlink(missing_ok=True)
            raise
    return manifest


def _write(engine: Engine, files: Files, target: Any) -> Manifest:
    parts: dict[str, str] = {}
    rows: dict[str, int] = {}
    with tarfile.open(fileobj=target, mode="w") as tar, _reading(engine) as connection:
        for table in _tables(connection):
            content, count = _lines(connection, table)
            rows[table.name] = count
            parts[f"tables/{table.name}.jsonl"] = _add(tar, f"tables/{table.name}.jsonl", content)
        number, head = _head(connection)
        stands = _schema(connection)
        connection.close()  # files take long to fetch, and PostgreSQL ends a transaction that idles meanwhile
        for name in files.names():
            if not name.startswith("backups/"):
                parts[f"files/{name}"] = _add(tar, f"files/{name}", files.get(name))
        manifest = Manifest(FORMAT, now().isoformat(timespec="seconds"), stands, number, head, rows, parts)
        digest = _add(tar, "manifest.json", json.dumps(vars(manifest), indent=1, sort_keys=True).encode())
        _add(tar, "manifest.sha256", digest.encode())
    return manifest


def _reading(engine: Engine) -> Connection:
    """A connection that sees one moment of the database throughout."""
    connection = engine.connect()
    if engine.dialect.name == "postgresql":
        return connection.execution_options(isolation_level="REPEATABLE READ")
    return connection  # a reading transaction of SQLite in WAL mode sees one moment by itself


def _tables(connection: Connection) -> list[Table]:
    metadata = MetaData()
    metadata.reflect(connection, only=lambda name, _meta: name not in LEFT_OUT and not name.startswith("huey_"))
    for column in (column for table in metadata.tables.values() for column in table.columns):
        if hasattr(column.type, "none_as_null"):
            column.type.none_as_null = True  # nothing is NULL in our rows, never the JSON word null
    return [table for table in metadata.sorted_tables if table.name not in LEFT_OUT]


def _lines(connection: Connection, table: Table) -> tuple[bytes, int]:
    buffer, count = io.BytesIO(), 0
    order = list(table.primary_key.columns)
    for row in connection.execute(select(table).order_by(*order)):
        buffer.write(json.dumps([_out(value) for value in row], ensure_ascii=False).encode() + b"\n")
        count += 1
    head = json.dumps([column.name for column in table.columns]).encode() + b"\n"
    return head + buffer.getvalue(), count


def _out(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return {"bytes": base64.b64encode(bytes(value)).decode()}
    if isinstance(value, datetime):
        return {"moment": (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC).isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, Decimal):
        return {"decimal": format(value, "f")}
    return {"json": value} if isinstance(value, dict | list) else value


READERS: dict[str, Callable[[Any], Any]] = {
    "bytes": base64.b64decode,
    "day": date.fromisoformat,
    "moment": datetime.fromisoformat,
    "decimal": Decimal,
    "json": lambda value: value,
}


def _in(value: Any, column: Column[Any], dialect: str) -> Any:
    if isinstance(value, dict):
        ((kind, inner),) = value.items()
        value = READERS[kind](inner)
    wanted = type(column.type).__name__
    if value is None:
        return None
    if isinstance(value, Decimal) and dialect == "sqlite":
        return plain_decimal(value)
    if wanted == "NUMERIC":
        return Decimal(value)
    return bool(value) if wanted == "BOOLEAN" else value


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> str:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), 0o600
    tar.addfile(entry, io.BytesIO(content))
    return hashlib.sha256(content).hexdigest()


def _head(connection: Connection) -> tuple[int, str]:
    query = text("select number, hash from audit_entry order by number desc limit 1")
    row = connection.execute(query).first()
    return (row.number, row.hash) if row else (0, "0" * 64)


def _schema(connection: Connection) -> str:
    return str(connection.execute(text("select version_num from alembic_version")).scalar_one())


def read_manifest(path: Path) -> Manifest:
    """The manifest of a backup whose every part is as it was written. Raises BadBackup, naming the bad part."""
    try:
        with tarfile.open(path, "r:") as tar:
            listed = _part(tar, "manifest.json")
            if hashlib.sha256(listed).hexdigest().encode() != _part(tar, "manifest.sha256"):
                raise BadBackup(_("The backup is damaged: %(part)s is not as it was written.", part="manifest.json"))
            manifest = Manifest(**json.loads(listed))
            for name, digest in manifest.parts.items():
                if hashlib.sha256(_part(tar, name)).hexdigest() != digest:
                    raise BadBackup(_("The backup is damaged: %(part)s is not as it was written.", part=name))
            if set(tar.getnames()) != {"manifest.json", "manifest.sha256", *manifest.parts}:
                raise BadBackup(_("The backup is damaged: it holds parts that its list does not name."))
    except (tarfile.TarError, OSError, ValueError, TypeError, KeyError) as error:
        raise BadBackup(_("This is not a whole backup of NAP Builder.")) from error
    if manifest.format != FORMAT:
        raise BadBackup(_("This backup is of a kind that this release cannot read."))
    return manifest


def _part(tar: tarfile.TarFile, name: str) -> bytes:
    member: BinaryIO | None = tar.extractfile(name)  # type: ignore[assignment]
    if member is None:
        raise KeyError(name)
    return member.read()


def restore(path: Path, engine: Engine, files: Files) -> Manifest:
    """Puts a backup into an empty database and an empty store, then brings it to the newest schema.

    Raises BadBackup; raises DomainError when the target is not empty.
    """
    manifest = read_manifest(path)
    if schema.current(engine) is not None:
        raise DomainError(_("The target is not empty. A backup is only restored into an empty place."))
    schema.upgrade(engine, manifest.schema)
    with tarfile.open(path, "r:") as tar, engine.begin() as connection:
        for table in _tables(connection):
            _fill(connection, table, _part(tar, f"tables/{table.name}.jsonl"))
        for name in manifest.parts:
            if name.startswith("files/"):
                files.put(name.removeprefix("files/"), _part(tar, name))
    schema.upgrade(engine)
    return manifest


def _fill(connection: Connection, table: Table, content: bytes) -> None:
    """Puts the rows of a table in. What refers to a row of its own table that comes only later is told afterwards;
    what refers to an earlier one is whole at once, since a row that a trigger keeps takes no change.
    """
    lines = content.split(b"\n")
    columns = [table.columns[name] for name in json.loads(lines[0])]
    own = [key.parent for key in table.foreign_keys if key.column.table is table]
    later: list[dict[str, Any]] = []
    there: set[Any] = {None}
    for batch in _batches(lines[1:]):
        rows = []
        for line in batch:
            values = zip(columns, json.loads(line), strict=True)
            row = {c.name: _in(value, c, connection.dialect.name) for c, value in values}
            to_come = [column.name for column in own if row[column.name] not in there]
            later += [{"at": row["id"], "name": name, "to": row[name]} for name in to_come]
            rows.append(row | dict.fromkeys(to_come))
            there.add(row.get("id"))
        connection.execute(insert(table), rows)
    for change in later:
        connection.execute(update(table).where(table.c.id == change["at"]).values({change["name"]: change["to"]}))
    _continue_numbers(connection, table)


def _batches(lines: list[bytes]) -> Iterator[list[bytes]]:
    filled = [line for line in lines if line]
    for start in range(0, len(filled), BATCH):
        yield filled[start : start + BATCH]


def _continue_numbers(connection: Connection, table: Table) -> None:
    """Lets PostgreSQL go on numbering after the rows that were put in with their numbers."""
    if connection.dialect.name != "postgresql" or "id" not in table.c:
        return
    last = connection.execute(select(func.max(table.c.id))).scalar()
    if last is not None:
        sequence = text("select setval(pg_get_serial_sequence(:table, 'id'), :last)")
        connection.execute(sequence, {"table": table.name, "last": last})


def prove(path: Path) -> Manifest:
    """Restores a backup into a scratch database and compares it with its manifest. Raises BadBackup.

    Checks that every part is whole, rows are as many as said, foreign keys hold, and the audit head is the one said.
    """
    with tempfile.TemporaryDirectory(prefix="nap-prove-") as folder:
        engine = create_engine(f"sqlite:///{folder}/scratch.sqlite")
        try:
            manifest = restore(path, engine, Files(lambda: (), lambda _name: b"", lambda _name, _content: None))
            with engine.connect() as connection:
                _compare(connection, manifest)
        finally:
            engine.dispose()
    return manifest


def _compare(connection: Connection, manifest: Manifest) -> None:
    for name, count in manifest.rows.items():
        found = connection.execute(text(f'select count(*) from "{name}"')).scalar()  # noqa: S608 - a table of ours
        if found != count:
            raise BadBackup(_("The backup is damaged: %(part)s lacks rows.", part=name))
    if connection.execute(text("pragma foreign_key_check")).first() is not None:
        raise BadBackup(_("The backup is damaged: rows refer to rows that are not there."))
    if _head(connection) != (manifest.head_number, manifest.head_hash):
        raise BadBackup(_("The backup is damaged: its audit trail does not end where it says."))
