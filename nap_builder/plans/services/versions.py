"""Freezing a plan: what is numbered, hashed and kept for ever."""

import json
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
from nap_builder.plans.events.versions import VERSION_FROZEN
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.models.versions import PlanVersion
from nap_builder.plans.profiles import former_numbers, public_profile, with_numbers
from nap_builder.plans.queries.versions import PUBLIC, WORKING, frozen_document, versions


def freeze(by: Actor, plan: Plan, note: dict[str, str] | None = None) -> PlanVersion:
    """Freezes the plan as it stands under the next number, in two profiles, each with its SHA-256.

    Paragraphs of front and body sections get their numbers here; progress is left out (contract: canonical form).
    Raises WrongState for a plan that is adopted: its text cannot have changed.
    """
    if not plan.in_drafting:
        raise WrongState(_("This plan is adopted. Its text is frozen already."))
    before = versions(plan)[:1]
    version = PlanVersion(
        plan=plan,
        number=before[0].number + 1 if before else 1,
        frozen_at=now(),
        frozen_by=by.name,
        note=note,
    )
    document = with_numbers(plan_document(plan)) | {"version": _imprint(version)}
    version.working = canonical_bytes(document | {"profile": WORKING})
    version.public = canonical_bytes(public_profile(document) | {"profile": PUBLIC})
    version.working_sha256, version.public_sha256 = digest(version.working), digest(version.public)
    if before:
        version.former_numbers = former_numbers(frozen_document(before[0], WORKING), json.loads(version.working))
    db.session.add(version)
    db.session.flush()
    record(VERSION_FROZEN, by, version, number=version.number, sha256=version.working_sha256)
    return version


def _imprint(version: PlanVersion) -> dict[str, Any]:
    moment = version.frozen_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {"number": version.number, "frozen_at": moment, "note": version.note}
