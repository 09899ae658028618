"""Whether a file was issued here: yes, yes but another took its place, no though it says so, or we do not know it.

What is public alone counts for what a file only says of itself, so that nobody learns by asking which versions the task
force keeps. A digest that is known belongs to somebody who holds the file.
"""

import json
import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

from nap_builder.kernel.database import db
from nap_builder.kernel.languages import LazyString, _l
from nap_builder.kernel.web import SlugConverter
from nap_builder.plans.canonical import digest
from nap_builder.plans.carried import NoPlan, plan_in_pdf
from nap_builder.plans.carrying import MOST_BYTES
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.models.versions import PlanVersion
from nap_builder.publishing import ledger
from nap_builder.publishing.edition import EDITIONS, FULL
from nap_builder.publishing.models import IssuedFile, Publication
from nap_builder.publishing.signatures import CHANGED, Signature, signature_in

SLUG = re.compile(SlugConverter.regex)
ISSUED, SUPERSEDED, ALTERED, UNKNOWN = "issued", "superseded", "altered", "unknown"
PLAN_JSON = "plan_json"
KINDS: dict[str, LazyString] = {
    ledger.PLAN_PDF: _l("The plan as a PDF"),
    ledger.PLAN_DOCX: _l("The plan as a Word file"),
    ledger.PLAN_TEXT: _l("The plan as plain text"),
    ledger.PLAN_PHONE: _l("The plan as one file for phones"),
    ledger.PLAN_TABLES: _l("The plan as tables (CSV)"),
    ledger.PLAN_WORKBOOK: _l("The plan as a spreadsheet"),
    PLAN_JSON: _l("The plan as data"),
    ledger.REPORT: _l("A report as a PDF"),
    ledger.HEARD: _l("What we heard, what we did, as a PDF"),
    **{kind: said for kind, said in EDITIONS.items() if kind != FULL},
}


@dataclass(frozen=True)
class Verdict:
    """What is known of a file. `state` is one of the four; the rest is absent where it is not known.

    `newer` is the number of the version that took its place, `newer_print` when the same was issued anew. `is_public`:
    whether everybody may read its version. `carries_plan`: whether an altered PDF holds the plan as it was issued.
    `plan` is absent from an altered file too, where its signature alone says that it was one of ours.
    """

    state: str
    sha256: str
    plan: Plan | None = None
    kind: str = ""
    number: int | None = None
    language: str = ""
    issued_at: datetime | None = None
    newer: int | None = None
    newer_print: datetime | None = None
    is_public: bool = False
    carries_plan: bool = False
    signature: Signature | None = None


def verdict_on(content: bytes) -> Verdict:
    """What is known of a file with these bytes. Nothing of it is kept."""
    by_digest = verdict_on_digest(digest(content))
    found = by_digest if by_digest.state != UNKNOWN else _by_its_own_words(content, by_digest)
    signature = signature_in(content)
    broken = signature is not None and signature.ours and signature.state == CHANGED
    return replace(found, signature=signature, state=ALTERED if found.state == UNKNOWN and broken else found.state)


def verdict_on_digest(sha256: str) -> Verdict:
    """What is known of a file with this SHA-256 (64 hexadecimal letters in lower case): never that it was altered."""
    file = ledger.by_sha256(sha256)
    if file is not None:
        return _of_file(file)
    version = db.session.scalar(
        select(PlanVersion).where(or_(PlanVersion.public_sha256 == sha256, PlanVersion.working_sha256 == sha256))
    )
    return _of_version(version, sha256) if version is not None else Verdict(UNKNOWN, sha256)


def _of_file(file: IssuedFile) -> Verdict:
    given: dict[str, Any] = {"kind": file.kind, "language": file.language, "issued_at": file.issued_at}
    found = Verdict(ISSUED, file.sha256, file.plan, number=file.number, **given)
    newest = ledger.newest_like(file)
    if newest.id != file.id:
        found = replace(found, state=SUPERSEDED, newer_print=newest.issued_at)
    return _with_newer_version(found)


def _of_version(version: PlanVersion, sha256: str) -> Verdict:
    found = Verdict(ISSUED, sha256, version.plan, PLAN_JSON, version.number, issued_at=version.frozen_at)
    return _with_newer_version(found)


def _with_newer_version(found: Verdict) -> Verdict:
    number = found.number
    if number is None or found.plan is None:
        return found
    public = _public_numbers(found.plan)
    found = replace(found, is_public=number in public)
    newer = max(public, default=number)
    return replace(found, state=SUPERSEDED, newer=newer) if newer > number else found


def _by_its_own_words(content: bytes, unknown: Verdict) -> Verdict:
    """Altered, where the file says that it is a public version of ours; else as unknown as before."""
    carried = _carried(content) if content.startswith(b"%PDF-") else content
    plan, number = _claimed(carried)
    if plan is None or number not in _public_numbers(plan):
        return unknown
    version = db.session.scalars(
        select(PlanVersion).where(PlanVersion.plan_id == plan.id, PlanVersion.number == number)
    ).one()
    intact = carried is not content and carried is not None and digest(carried) == version.public_sha256
    given: dict[str, Any] = {"number": number, "is_public": True, "carries_plan": intact}
    return replace(unknown, state=ALTERED, plan=plan, **given)


def _carried(content: bytes) -> bytes | None:
    try:
        return plan_in_pdf(content)
    except NoPlan:
        return None


def _claimed(carried: bytes | None) -> tuple[Plan | None, int | None]:
    """The plan and the version that a nap-plan/1 file says it is; nothing where it is none, or says neither."""
    if carried is None or len(carried) > MOST_BYTES or carried.lstrip()[:1] != b"{":
        return None, None
    try:
        document = json.loads(carried)
        slug, number = document["plan"]["slug"], document["version"]["number"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None, None
    if not isinstance(slug, str) or type(number) is not int or not SLUG.fullmatch(slug):
        return None, None  # of what is no short name, and of true for 1, not even the database is asked
    return db.session.scalar(select(Plan).where(Plan.slug == slug)), number


def _public_numbers(plan: Plan) -> frozenset[int]:
    query = select(PlanVersion.number).join(Publication, Publication.version_id == PlanVersion.id)
    return frozenset(
        db.session.scalars(query.where(PlanVersion.plan_id == plan.id, Publication.withdrawn_at.is_(None)))
    )
