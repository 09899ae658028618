"""The audit trail: who did what, in sentences, append-only and chained by hash.

An entry has two rows. The chain holds what may never change; the content holds words and values, bound to the
chain by a keyed digest whose key stands beside the content. A person's data can so be erased one day, with its
key, and the chain still verifies.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import g, has_request_context
from sqlalchemy import ForeignKey, LargeBinary, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from nap_builder.kernel.actor import Actor
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import Base, Data, Utc, db, writing
from nap_builder.kernel.languages import LazyString, _

GENESIS = "0" * 64
BATCH = 500
SHORT_HASH = 12


@dataclass(frozen=True)
class Act:
    """A kind of act: its word and its sentence with named gaps."""

    word: str
    sentence: LazyString


ACTS: dict[str, Act] = {}
READERS: dict[str, Callable[[str], str]] = {}


def act(word: str, sentence: LazyString) -> Act:
    """Declares an audited act, once. Its sentence may use `%(actor)s` and the arguments given to `record`."""
    if word in ACTS:
        raise ValueError(f"{word} is declared twice")
    ACTS[word] = Act(word, sentence)
    return ACTS[word]


class AuditEntry(Base):
    """One link of the chain. `hash` is over the previous hash and every column but itself."""

    __tablename__ = "audit_entry"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Utc)
    word: Mapped[str] = mapped_column(index=True)
    subject_type: Mapped[str]
    subject_key: Mapped[str] = mapped_column(index=True)
    plan_slug: Mapped[str | None] = mapped_column(index=True)
    actor_id: Mapped[int | None] = mapped_column(index=True)
    request_id: Mapped[str | None]
    content_digest: Mapped[str]
    previous: Mapped[str] = mapped_column(unique=True)
    hash: Mapped[str]

    content: Mapped["AuditContent | None"] = relationship(lazy="joined")

    def computed_hash(self) -> str:
        """The hash that this link must bear: SHA-256 over its columns as canonical JSON, in hex."""
        moment = self.at.astimezone(UTC).isoformat(timespec="microseconds")
        parts = [self.number, moment, self.word, self.subject_type, self.subject_key, self.plan_slug]
        parts += [self.actor_id, self.request_id, self.content_digest, self.previous]
        return hashlib.sha256(_bytes(parts)).hexdigest()


class AuditContent(Base):
    """The words and values of an entry, and the key that binds them to the chain."""

    __tablename__ = "audit_content"

    number: Mapped[int] = mapped_column(ForeignKey("audit_entry.number"), primary_key=True, autoincrement=False)
    binding_key: Mapped[bytes] = mapped_column(LargeBinary)
    actor_name: Mapped[str]
    arguments: Mapped[dict[str, Any]] = mapped_column(Data)
    changes: Mapped[dict[str, Any]] = mapped_column(Data)

    def digest(self) -> str:
        """HMAC-SHA-256 of the content under its own key, in hex."""
        return hmac.new(self.binding_key, _bytes([self.actor_name, self.arguments, self.changes]), "sha256").hexdigest()


def _bytes(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def record(
    done: Act,
    by: Actor,
    subject: Any,
    *,
    changes: Mapping[str, tuple[Any, Any]] | None = None,
    plan: str | None = None,
    request_id: str | None = None,
    **arguments: Any,
) -> AuditEntry:
    """Appends an act to the trail, within the open transaction.

    `subject` is a mapped row with `key` (or `id`); `changes` maps a field to (before, after); `arguments` fill the
    sentence and must do so wholly. Raises RuntimeError outside a transaction, KeyError when a gap stays open.
    """
    if not writing():
        raise RuntimeError("an act is recorded outside `with transaction()`")
    said = {name: _plain(value) for name, value in arguments.items()}
    _filled = str(done.sentence) % {"actor": by.name, **said}
    db.session.flush()
    last = db.session.execute(select(AuditEntry.number, AuditEntry.hash).order_by(AuditEntry.number.desc())).first()
    number, previous = (last.number + 1, last.hash) if last else (1, GENESIS)
    content = AuditContent(
        number=number,
        binding_key=secrets.token_bytes(32),
        actor_name=by.name,
        arguments=said,
        changes={name: [_plain(before), _plain(after)] for name, (before, after) in (changes or {}).items()},
    )
    entry = AuditEntry(
        number=number,
        at=now(),
        word=done.word,
        subject_type=type(subject).__tablename__,
        subject_key=str(getattr(subject, "key", None) or getattr(subject, "id", "")),
        plan_slug=plan or _plan_of(subject),
        actor_id=by.id,
        request_id=request_id or _request_id(),
        content_digest=content.digest(),
        previous=previous,
    )
    entry.hash = entry.computed_hash()
    db.session.add(entry)
    db.session.flush()
    db.session.add(content)
    return entry


def reads(argument: str, how: Callable[[str], str]) -> None:
    """Says how an argument that is kept as a word of the program is read, in the reader's language."""
    READERS[argument] = how


def sentence_of(entry: AuditEntry, *, whole: bool = False) -> str | None:
    """An act as a sentence in the reader's language; None where its words were erased or no room declares it.

    A fingerprint is cut to its first twelve signs, unless the `whole` is asked for.
    """
    content, done = entry.content, ACTS.get(entry.word)
    if content is None or done is None:
        return None
    said = dict(content.arguments)
    if not whole and "sha256" in said:
        said["sha256"] = f"{said['sha256'][:SHORT_HASH]}…"
    said |= {name: how(said[name]) for name, how in READERS.items() if isinstance(said.get(name), str)}
    return str(done.sentence) % {**said, "actor": actor_said(entry.actor_id, content.actor_name)}


def actor_said(actor_id: int | None, name: str) -> str:
    """Who acted, as a person reads it: commands and jobs are the installation's."""
    return _("The installation") if actor_id is None else name


def _plan_of(subject: Any) -> str | None:
    plan = subject if type(subject).__tablename__ == "plan" else getattr(subject, "plan", None)
    return getattr(plan, "slug", None)


def _request_id() -> str | None:
    return g.get("request_id") if has_request_context() else None


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Mapping):
        return {str(name): _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(inner) for inner in value]
    return str(value)


@dataclass(frozen=True)
class Head:
    """Where the trail stood at a moment: the last number and its hash."""

    number: int
    hash: str


def head() -> Head:
    """The end of the trail; number 0 and the starting hash when nothing was recorded yet."""
    last = db.session.execute(select(AuditEntry.number, AuditEntry.hash).order_by(AuditEntry.number.desc())).first()
    return Head(last.number, last.hash) if last else Head(0, GENESIS)


def first_about(key: str) -> Head | None:
    """The end of the trail when it first told of something, by its key; None when it tells nothing of it."""
    columns = select(AuditEntry.number, AuditEntry.hash).where(AuditEntry.subject_key == key)
    found = db.session.execute(columns.order_by(AuditEntry.number)).first()
    return Head(found.number, found.hash) if found else None


def first_fault() -> int | None:
    """The number of the first entry that is not as it was written, or None when the trail is whole.

    Finds a changed, removed, inserted or swapped entry; a cut tail shows only against a head kept elsewhere.
    """
    expected, previous = 1, GENESIS
    for entry in _entries():
        sound = entry.number == expected and entry.previous == previous and entry.hash == entry.computed_hash()
        if not sound or entry.content is None or entry.content.digest() != entry.content_digest:
            return expected
        expected, previous = expected + 1, entry.hash
    return expected if _orphans() else None


def holds(known: Head) -> bool:
    """Whether the trail still has the entry that a head kept elsewhere names, unchanged."""
    if known.number == 0:
        return known.hash == GENESIS
    found = db.session.scalar(select(AuditEntry.hash).where(AuditEntry.number == known.number))
    return found == known.hash


def _entries() -> Iterator[AuditEntry]:
    last = 0
    while batch := db.session.scalars(
        select(AuditEntry).where(AuditEntry.number > last).order_by(AuditEntry.number).limit(BATCH)
    ).all():
        yield from batch
        last = batch[-1].number
        db.session.expunge_all()


def _orphans() -> bool:
    strays = select(AuditContent.number).where(AuditContent.number.not_in(select(AuditEntry.number)))
    return db.session.scalar(strays.limit(1)) is not None
