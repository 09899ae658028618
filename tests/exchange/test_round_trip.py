"""A plan goes in from a file and comes out again without losing a byte of what it says."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nap_builder.exchange import services
from nap_builder.kernel.database import db as database
from nap_builder.plans.canonical import canonical_document
from nap_builder.plans.document import plan_document
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.profiles import public_profile, without_progress
from nap_builder.plans.schema import objects
from tests.builders.exchange import as_file, full, large, lines, taken_in, usa


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


def forget_everything() -> None:
    """Empties the tables of the plan and of institutions, so that the next import meets nothing."""
    database.session.rollback()
    with database.engine.begin() as connection:
        for table in reversed(Plan.metadata.sorted_tables):
            if not table.name.startswith("audit"):
                connection.execute(table.delete())
    database.session.expire_all()


@pytest.mark.parametrize("make", [full, usa])
def test_a_file_comes_back_with_every_member(db, make):
    plan = taken_in(make()).plan
    assert json.loads(exported(plan)) == expected(make())


@pytest.mark.parametrize("make", [full, usa])
def test_out_and_in_elsewhere_and_out_again_gives_the_same_bytes(db, make):
    first = exported(taken_in(make()).plan)
    forget_everything()
    assert exported(taken_in(json.loads(first)).plan) == first


@pytest.mark.parametrize("make", [full, usa])
def test_the_same_file_again_changes_nothing(db, make):
    plan = taken_in(make()).plan
    before = exported(plan)
    assert lines(make()) == []
    assert taken_in(make()).preview.counts["keep"] > 0
    assert exported(plan) == before
    assert lines(json.loads(before)) == []


def test_what_a_version_holds_is_the_file_without_progress(db):
    plan = taken_in(full()).plan
    assert canonical_document(plan_document(plan)) == without_progress(expected(full()))


def test_the_public_profile_of_the_working_plan_has_nothing_restricted(db):
    plan = taken_in(full()).plan
    public = json.loads(services.plan_file(plan, None, "public"))
    assert public == canonical_document(public_profile(expected(full())))
    assert not any(node.value.get("restricted") for node in objects(public))


def test_a_plan_is_put_together_in_as_many_statements_whatever_its_size(db, queries):
    counted = []
    for number, activities in enumerate((2, 40)):
        plan = taken_in(large(activities, slug=f"plan-{number}")).plan
        database.session.refresh(plan)
        with queries() as said:
            plan_document(plan)
        counted.append(len(said))
    assert counted[0] == counted[1] <= 25


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cn"]), min_size=1, max_size=30)


@st.composite
def altered(draw: st.DrawFn) -> dict[str, Any]:
    """The full plan with a few texts, figures and members changed or left out."""
    document = full()
    nodes = [
        node for node in objects(document) if node.shape.name in {"activity", "indicator", "objective", "milestone"}
    ]
    for place in draw(st.lists(st.integers(0, len(nodes) - 1), min_size=1, max_size=4, unique=True)):
        value = nodes[place].value
        value["title"] = draw(
            st.one_of(
                TEXTS.filter(str.strip),
                st.dictionaries(st.sampled_from(["en", "fr", "ar", "sw"]), TEXTS.filter(str.strip), min_size=1),
            )
        )
        for name in draw(st.sets(st.sampled_from(["more", "partners", "lead", "due", "level", "topics", "timing"]))):
            value.pop(name, None)
    return document


@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(document=altered())
def test_any_such_plan_comes_back_as_it_was(db, document):
    forget_everything()
    plan = taken_in(document).plan
    assert json.loads(exported(plan)) == expected(document)
    assert lines(document) == []
