"""Freezing a plan: what is numbered, hashed and kept for ever."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC
from typing import Any

from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import record
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db
from nap_builder.kernel.errors import WrongState
from nap_builder.kernel.languages import _
from nap_builder.plans.canonical import canonical_bytes, digest
from nap_builder.plans.document import plan_document
from nap_builder.plans.events.versions import GATE_PASSED, GATE_PASSED_BY_TWO, VERSION_FROZEN
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.models.versions import PlanVersion, VersionRecord
from nap_builder.plans.profiles import former_numbers, public_profile, with_numbers
from nap_builder.plans.queries.photographs import told_of
from nap_builder.plans.queries.versions import PUBLIC, WORKING, frozen_document, last_frozen
from nap_builder.taskforce.identity import chosen
from nap_builder.taskforce.queries import installation


@dataclass(frozen=True)
class Asked:
    """What a check said when a gate was passed: `result` is passes, open or not_applicable; `rows` failed it.

    `says` is the rule in English, by which its translations are found. `reason` says why it does not apply.
    """

    key: str
    gate: str
    gravity: str
    says: str
    result: str
    rows: int = 0
    reason: dict[str, str] | None = None


@dataclass(frozen=True)
class Standing:
    """How a plan stands before a gate: the gates left out, and all checks, of the whole and of its public part."""

    gate: str
    skipped: Sequence[str]
    checks: Sequence[Asked]
    public_checks: Sequence[Asked]


def freeze(by: Actor, plan: Plan, note: dict[str, str] | None = None) -> PlanVersion:
    """Freezes the plan as it stands under the next number, in two profiles, each with its SHA-256.

    Paragraphs of front and body sections get their numbers here; progress is left out (contract: canonical form).
    Raises WrongState for a plan that is adopted: its text cannot have changed.
    """
    if not plan.in_drafting:
        raise WrongState(_("This plan is adopted. Its text is frozen already."))
    before = last_frozen(plan)
    version = PlanVersion(
        plan=plan,
        number=before.number + 1 if before else 1,
        frozen_at=now(),
        frozen_by=by.name,
        note=note,
        photographs=told_of(plan) or None,
        worn=chosen(installation()),
    )
    document = with_numbers(plan_document(plan)) | {"version": _imprint(version)}
    version.working = canonical_bytes(document | {"profile": WORKING})
    version.public = canonical_bytes(public_profile(document) | {"profile": PUBLIC})
    version.working_sha256, version.public_sha256 = digest(version.working), digest(version.public)
    if before:
        version.former_numbers = former_numbers(frozen_document(before, WORKING), json.loads(version.working))
    db.session.add(version)
    db.session.flush()
    record(VERSION_FROZEN, by, version, number=version.number, sha256=version.working_sha256)
    return version


def keep_record(
    by: Actor, version: PlanVersion, stood: Standing, reason: dict[str, str] | None, passed_by: str | None = None
) -> VersionRecord:
    """Writes how the plan stood when it passed a gate with this version; it is never changed.

    `passed_by` is who took it through, where another completes the act.
    """
    kept = VersionRecord(
        version=version,
        gate=stood.gate,
        skipped=list(stood.skipped),
        passed_at=version.frozen_at,
        passed_by=passed_by or by.name,
        reason=reason,
        checks=[asdict(one) for one in stood.checks],
        public_checks=[asdict(one) for one in stood.public_checks],
    )
    db.session.add(kept)
    db.session.flush()
    count = sum(one.result == "open" for one in stood.checks)
    said: dict[str, Any] = {"plan": version.plan.slug, "gate": stood.gate, "number": version.number, "open": count}
    if passed_by is None:
        record(GATE_PASSED, by, kept, **said)
    else:
        record(GATE_PASSED_BY_TWO, by, kept, proposer=passed_by, **said)
    return kept


def _imprint(version: PlanVersion) -> dict[str, Any]:
    moment = version.frozen_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {"number": version.number, "frozen_at": moment, "note": version.note}
