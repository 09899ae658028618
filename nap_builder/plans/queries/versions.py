"""Frozen versions and what stands in them."""

import json
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from nap_builder.kernel.checks import GATES
from nap_builder.kernel.database import db, one
from nap_builder.kernel.errors import Missing
from nap_builder.plans.canonical import canonical_bytes
from nap_builder.plans.document import plan_document
from nap_builder.plans.models.plan import FormerCode, Plan
from nap_builder.plans.models.versions import PlanVersion, VersionRecord
from nap_builder.plans.profiles import with_numbers
from nap_builder.plans.queries.photographs import told_of

WORKING, PUBLIC = "working", "public"


def versions(plan: Plan) -> list[PlanVersion]:
    """The versions of a plan, newest first, without their bytes."""
    query = select(PlanVersion).where(PlanVersion.plan_id == plan.id).order_by(PlanVersion.number.desc())
    return list(db.session.scalars(query))


def last_frozen(plan: Plan) -> PlanVersion | None:
    """The newest version of a plan, without its bytes, if there is one."""
    query = select(PlanVersion).where(PlanVersion.plan_id == plan.id).order_by(PlanVersion.number.desc())
    return db.session.scalar(query.limit(1))


def version_at(slug: str, number: int) -> PlanVersion:
    """The version of a plan with this number. Raises Missing."""
    query = select(PlanVersion).join(PlanVersion.plan).options(joinedload(PlanVersion.plan))
    return one(query.where(Plan.slug == slug, PlanVersion.number == number))


def records(plan: Plan) -> list[VersionRecord]:
    """The records of the gates that a plan passed, newest first."""
    query = select(VersionRecord).join(VersionRecord.version).options(contains_eager(VersionRecord.version))
    return list(db.session.scalars(query.where(PlanVersion.plan_id == plan.id).order_by(PlanVersion.number.desc())))


def record_of(version: PlanVersion) -> VersionRecord | None:
    """The record of the gate that was passed with a version, if one was."""
    return db.session.scalar(select(VersionRecord).where(VersionRecord.version_id == version.id))


def passed(plan: Plan, gate: str) -> bool:
    """Whether a plan passed a gate, or one after it."""
    later = GATES[GATES.index(gate) :]
    query = select(VersionRecord.id).join(VersionRecord.version).where(PlanVersion.plan_id == plan.id)
    return db.session.scalar(query.where(VersionRecord.gate.in_(later)).limit(1)) is not None


def frozen_bytes(version: PlanVersion, profile: str) -> bytes:
    """The bytes of a version as they were stored; `profile` is `working` or `public`."""
    return bytes(version.working if profile == WORKING else version.public)


def frozen_document(version: PlanVersion, profile: str) -> dict[str, Any]:
    """The plan as the version holds it, in nap-plan/1."""
    document: dict[str, Any] = json.loads(frozen_bytes(version, profile))
    return document


def as_it_stands(version: PlanVersion, plan: Plan) -> bool:
    """Whether nothing was changed since a version was frozen, by the dates alone; `holds` reads every word.

    Of a plan that is adopted it is the version that stands adopted, also after an amendment that was given up.
    """
    if plan.in_drafting or plan.adopted_number is None:
        return version.frozen_at >= plan.changed_at
    return version.number == plan.adopted_number


def holds(version: PlanVersion, plan: Plan) -> bool:
    """Whether a version is the plan as it stands, word for word and picture for picture: nothing was changed since."""
    frozen = {name: value for name, value in frozen_document(version, WORKING).items() if name != "version"}
    standing = with_numbers(plan_document(plan)) | {"profile": WORKING}
    same = canonical_bytes(frozen) == canonical_bytes(standing)
    return same and (version.photographs or []) == told_of(plan)


def former_key(plan: Plan, kind: str, code: str) -> str:
    """The key of the row that bore a code before, the last one to bear it. Raises Missing."""
    query = select(FormerCode.row_key).where(
        FormerCode.plan_id == plan.id, FormerCode.kind == kind, FormerCode.code == code
    )
    key = db.session.scalar(query.order_by(FormerCode.id.desc()).limit(1))
    if key is None:
        raise Missing
    return key
