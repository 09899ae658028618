"""What was done, by whom, and how the installation stands."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from nap_builder.accounts.models import RoleGrant
from nap_builder.kernel import schema
from nap_builder.kernel.actor import Actor, Role
from nap_builder.kernel.audit import ACTS, AuditEntry
from nap_builder.kernel.backup_record import Backup
from nap_builder.kernel.database import db, one
from nap_builder.kernel.jobs import FAILED, QUEUED, Job
from nap_builder.kernel.languages import _, moment, words_in
from nap_builder.kernel.paging import Page, page_of
from nap_builder.plans.member_names import MEMBERS
from nap_builder.plans.names import named
from nap_builder.plans.queries import plan as plans

SEES_ALL = frozenset({Role.SECRETARIAT, Role.CHAIR, Role.AUDITOR, Role.ADMINISTRATOR})
SEES_CONTENT = frozenset({Role.SECRETARIAT, Role.CHAIR, Role.AUDITOR})


@dataclass(frozen=True)
class Remembered:
    """An entry of the trail for a page: its number, when, and the act in a sentence; changes where they may be seen."""

    number: int
    at: datetime
    sentence: str
    plan_slug: str | None
    changes: dict[str, list[Any]]

    @property
    def as_history(self) -> dict[str, Any]:
        """The entry as the list of acts on a page takes it."""
        pairs = [
            {"label": named(MEMBERS, name), "before": _shown(b), "after": _shown(a)}
            for name, (b, a) in self.changes.items()
        ]
        return {"sentence": self.sentence, "at": moment(self.at), "changes": pairs}


@dataclass(frozen=True)
class Health:
    """How the installation stands. Sizes in bytes."""

    schema_number: str
    schema_is_newest: bool
    free_bytes: int
    jobs_waiting: int
    jobs_failed: int


def trail(who: Actor, *, plan: str | None = None, word: str | None = None, page: int = 1) -> Page[Remembered]:
    """The trail, newest first, as far as the reader may see it: officials the acts of their own institutions' people,
    administrators acts without content (access table, A42).
    """
    query = select(AuditEntry).order_by(AuditEntry.number.desc())
    if plan:
        query = query.where(AuditEntry.plan_slug == plan)
    if word:
        query = query.where(AuditEntry.word == word)
    if not who.roles & SEES_ALL:
        ours = select(RoleGrant.person_id).where(RoleGrant.institution_id.in_(who.institutions))
        query = query.where(AuditEntry.actor_id.in_(ours))
    found = page_of(query, page)
    content = bool(who.roles & SEES_CONTENT) or not who.roles & SEES_ALL
    secret = _secret(found.rows)
    rows = [
        _closed(entry) if entry.subject_key in secret else remembered(entry, content=content) for entry in found.rows
    ]
    return Page(rows, found.number, found.size, found.total)


def _secret(entries: Sequence[AuditEntry]) -> set[str]:
    """The keys of restricted rows among these entries' plans that are not for who reads now."""
    slugs = {entry.plan_slug for entry in entries if entry.plan_slug}
    found = [plan for slug in sorted(slugs) if (plan := plans.plan_or_none(slug)) is not None]
    return {key for plan in found for key in plans.secret_keys(plan)}


def _closed(entry: AuditEntry) -> Remembered:
    return Remembered(entry.number, entry.at, _("An act on a restricted part of the plan."), entry.plan_slug, {})


def remembered(entry: AuditEntry, *, content: bool) -> Remembered:
    """An entry as a sentence in the reader's language. Raises KeyError for an act that nobody declares."""
    said, name = (entry.content.arguments, entry.content.actor_name) if entry.content else ({}, _("Somebody"))
    sentence = str(ACTS[entry.word].sentence) % {"actor": _name(name), **said}
    changes = entry.content.changes if content and entry.content else {}
    return Remembered(entry.number, entry.at, sentence, entry.plan_slug, changes)


def _name(name: str) -> str:
    return _("The installation") if name == "nap" else name


def _shown(value: Any) -> str:
    """A value of a change as words: a text of the plan in the reader's language, a list by commas."""
    if value is None:
        return ""
    if isinstance(value, dict):
        return words_in(value)
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def backups(most: int = 10) -> list[Backup]:
    """The newest backups."""
    return list(db.session.scalars(select(Backup).order_by(Backup.made_at.desc()).limit(most)))


def backup_at(key: str) -> Backup:
    """The backup with this key. Raises Missing."""
    return one(select(Backup).where(Backup.key == key))


def health(home: Path) -> Health:
    """How the installation stands now; `home` is its folder of data."""
    stands = schema.current(db.engine) or ""
    waiting = db.session.scalar(select(func.count()).select_from(Job).where(Job.state == QUEUED)) or 0
    failed = db.session.scalar(select(func.count()).select_from(Job).where(Job.state == FAILED)) or 0
    return Health(stands, stands == schema.newest(), shutil.disk_usage(home).free, waiting, failed)
