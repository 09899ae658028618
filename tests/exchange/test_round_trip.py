"""A plan goes in from a file and comes out again without losing a byte of what it says."""

import json
from typing import Any

import pytest

from nap_builder.exchange import queries, services
from nap_builder.plans.canonical import canonical_bytes, canonical_document
from nap_builder.plans.document import plan_document
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.profiles import without_progress
from tests.builders.exchange import as_file, full, taken_in, usa


def exported(plan: Plan) -> bytes:
    return services.plan_file(plan, None, "working")


def expected(document: dict[str, Any]) -> dict[str, Any]:
    """What a file should come back as: with keys, without what an import does not keep."""
    said = services.read(as_file(document)).document
    kept = {name: value for name, value in said.items() if name not in {"version", "profile"}}
    for section in kept.get("sections", ()):
        for paragraph in section.get("paragraphs", ()):
            paragraph.pop("number", None)
    return kept


@pytest.mark.parametrize("make", [full, usa])
def test_a_file_comes_back_with_every_member(db, make):
    plan = taken_in(make()).plan
    assert json.loads(exported(plan)) == expected(make())
