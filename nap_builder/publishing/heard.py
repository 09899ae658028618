"""What was heard and what was done, as it is printed: put together from what everybody may read, and kept as JSON."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from nap_builder.consultations.queries.matrix import as_data, public_matrix, sums
from nap_builder.consultations.queries.stages import public_stages
from nap_builder.kernel.database import db
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.models.versions import PlanVersion
from nap_builder.publishing.models import Publication

Heard = dict[str, Any]


def heard_now(plan: Plan, shown: Mapping[str, Any]) -> Heard | None:
    """What was heard about a plan and done, until now; None where nothing was.

    `shown` is the plan in nap-plan/1 beside which it is printed, so that it is cited as it stands there.
    """
    lines = public_matrix(plan, shown)
    stages = [line for line in public_stages(plan) if line.part or line.consultations]
    if not lines and not stages:
        return None
    return {"lines": as_data(lines), "sums": as_data(sums(lines)), "stages": as_data(stages)}


def heard_with(version: PlanVersion) -> Heard | None:
    """What was heard as it was when a version was last published; None where nothing was, or it was never published."""
    query = select(Publication.heard).where(Publication.version_id == version.id)
    return db.session.scalar(query.order_by(Publication.id.desc()).limit(1))


def digest_of(heard: Heard | None) -> str | None:
    """The SHA-256 (hex) of what was heard; None for nothing."""
    if heard is None:
        return None
    return hashlib.sha256(json.dumps(heard, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
