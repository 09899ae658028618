"""What an import and an export ask of the database."""

from typing import Any

from sqlalchemy import select

from nap_builder.kernel.database import db
from nap_builder.plans.document import institutions_said
from nap_builder.taskforce.models import Institution


def known_institutions() -> dict[str, dict[str, Any]]:
    """Every institution of the installation as the format says it, by code."""
    return {said["code"]: said for said in institutions_said().values()}


def codes_of(institutions: frozenset[int]) -> frozenset[str]:
    """The codes of some institutions."""
    return frozenset(db.session.scalars(select(Institution.code).where(Institution.id.in_(institutions))))
