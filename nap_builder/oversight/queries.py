"""What was done, by whom, and how the installation stands."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from nap_builder.accounts.queries import acted_for
from nap_builder.kernel import schema
from nap_builder.kernel.access import POLICY
from nap_builder.kernel.actor import Actor, Role
from nap_builder.kernel.audit import AuditEntry
from nap_builder.kernel.backup_record import Backup
from nap_builder.kernel.database import db, one
from nap_builder.kernel.jobs import FAILED, QUEUED, Job
from nap_builder.kernel.languages import _, moment
from nap_builder.kernel.paging import Page, page_of
from nap_builder.plans.history import told
from nap_builder.plans.queries import plan as plans

SEES_ALL = frozenset({Role.SECRETARIAT, Role.CHAIR, Role.AUDITOR, Role.ADMINISTRATOR})
SEES_CONTENT = frozenset({Role.SECRETARIAT, Role.CHAIR, Role.AUDITOR})


@dataclass(frozen=True)
class Health:
    """How the installation stands. Sizes in bytes."""

    schema_is_newest: bool
    free_bytes: int
    jobs_waiting: int
    jobs_failed: int


def trail(who: Actor, *, plan: str | None = None, page: int = 1) -> Page[dict[str, Any]]:
    """The trail, newest first, as far as the reader may see it: officials the acts of their own institutions' people,
    administrators acts without content (access table, A42).
    """
    query = select(AuditEntry).order_by(AuditEntry.number.desc())
    if plan:
        query = query.where(AuditEntry.plan_slug == plan)
    if not who.roles & SEES_ALL:
        query = query.where(AuditEntry.actor_id.in_(acted_for(POLICY["oversight.audit.read"].reach(who))))
    found = page_of(query, page)
    content = bool(who.roles & SEES_CONTENT) or not who.roles & SEES_ALL
    secret = _secret(found.rows)
    rows = [
        _closed(entry) if entry.subject_key in secret else told(entry, changes=content, whole=True)
        for entry in found.rows
    ]
    return Page(rows, found.number, found.size, found.total)


def _secret(entries: Sequence[AuditEntry]) -> set[str]:
    """The keys of restricted rows among these entries' plans that are not for who reads now."""
    slugs = {entry.plan_slug for entry in entries if entry.plan_slug}
    found = [plan for slug in sorted(slugs) if (plan := plans.plan_or_none(slug)) is not None]
    return {key for plan in found for key in plans.secret_keys(plan)}


def _closed(entry: AuditEntry) -> dict[str, Any]:
    return {"sentence": _("An act on a restricted part of the plan."), "at": moment(entry.at), "changes": []}


def backups(most: int = 10) -> list[Backup]:
    """The newest backups."""
    return list(db.session.scalars(select(Backup).order_by(Backup.made_at.desc()).limit(most)))


def backup_at(key: str) -> Backup:
    """The backup with this key. Raises Missing."""
    return one(select(Backup).where(Backup.key == key))


def health(home: Path) -> Health:
    """How the installation stands now; `home` is its folder of data."""
    waiting = db.session.scalar(select(func.count()).select_from(Job).where(Job.state == QUEUED)) or 0
    failed = db.session.scalar(select(func.count()).select_from(Job).where(Job.state == FAILED)) or 0
    stands = schema.current(db.engine) == schema.newest()
    return Health(stands, shutil.disk_usage(home).free, waiting, failed)
