"""Forms that nobody meant: strange words in every field, and fields that no form has."""

import ast
from functools import cache
from itertools import cycle

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from nap_builder.accounts.models import RoleGrant
from nap_builder.kernel.database import db as layer
from nap_builder.plans.models.framework import Activity
from nap_builder.plans.models.narrative import Section
from tests.access.addresses import Door, doors
from tests.access.ground import Ground
from tests.access.test_crawl import Visitor, judged, told, visitor
from tests.access.test_odd_addresses import encoded
from tests.architecture.tree import MODULES, parsed

# What the two databases take differently.
TYPED_DIFFERENTLY = ("\x00", "\x00 and words", "9" * 30)
TYPED = (*TYPED_DIFFERENTLY, "é漢字\u202e")
# What no form of an official may set.
NEVER_ONES_OWN = {
    "role": "chair",
    "lead_id": "1",
    "lead": "1",
    "owner_id": "1",
    "institution_id": "1",
    "restricted": "y",
    "position": "99",
    "row_version": "99",
    "key": "mine",
    "plan_id": "2",
    "archived_at": "2026-01-01",
    "active": "",
    "state": "adopted",
}


@cache
def fields() -> set[str]:
    """The names of the fields of every form."""
    forms = [path for path in MODULES if "forms" in {*path.parts, path.stem}]
    classes = [node for path in forms for node in parsed(path).body if isinstance(node, ast.ClassDef)]
    named = [line.targets[0] for node in classes for line in node.body if isinstance(line, ast.Assign)]
    return {target.id for target in named if isinstance(target, ast.Name)}


def typed(who: Visitor, door: Door, garbage: str) -> TestResponse:
    """The answer to a form that has the same strange words in each of its fields."""
    strange = {each: garbage for field in fields() for each in (field, f"{field}-en")}
    return who.ask(door, enter=True, **{**strange, "once": f"{garbage}{door.path}"[:40], "seen": garbage})


@pytest.mark.parametrize(
    ("app", "garbage"),
    [
        *(("sqlite", text) for text in TYPED),
        *(("postgresql", text) for text in TYPED_DIFFERENTLY),
    ],
    indirect=["app"],
    ids=encoded,
)
@pytest.mark.parametrize("name", ["nobody", "chair"])
def test_strange_words_in_a_form_are_answered(app: Flask, ground: Ground, name: str, garbage: str):
    who = visitor(app, ground, name)
    open_doors = [door for door, status in judged(app, ground, who) if door.method == "POST" and status is None]
    answers = [(door, typed(who, door, garbage)) for door in open_doors]
    assert len(answers) > 5
    assert [told(door, answer) for door, answer in answers if answer.status_code >= 500] == []


# The gate refuses before a form is read, so each form is sent once, with one text after the other.
@pytest.mark.sqlite_only("no field of a form that is refused reaches the rows")
@pytest.mark.parametrize("name", ["nobody", "chair"])
def test_strange_words_in_a_form_that_is_refused_are_answered(app: Flask, ground: Ground, name: str):
    who = visitor(app, ground, name)
    refused = [door for door, status in judged(app, ground, who) if door.method == "POST" and status is not None]
    answers = [(door, typed(who, door, garbage)) for door, garbage in zip(refused, cycle(TYPED), strict=False)]
    assert len(answers) > len(TYPED)
    assert [told(door, answer) for door, answer in answers if answer.status_code >= 500] == []


def whose() -> dict[str, object]:
    """Who holds, leads and owns what, and what is restricted."""
    layer.session.rollback()
    asked = {
        "grants": select(RoleGrant.person_id, RoleGrant.role, RoleGrant.institution_id),
        "sections": select(Section.key, Section.owner_id, Section.restricted, Section.position, Section.archived_at),
        "activities": select(Activity.key, Activity.lead_id, Activity.restricted, Activity.position, Activity.plan_id),
    }
    return {name: sorted(map(repr, layer.session.execute(query))) for name, query in asked.items()}


def test_a_form_takes_no_field_that_it_does_not_show(app: Flask, ground: Ground):
    who, before = visitor(app, ground, "official"), whose()
    sent = 0
    for door in list(doors(app, ground, who.person_id)):
        if door.method == "POST" and door.place.whose == "DEF" and "sign" not in door.path:
            given = {"text-en": "Words.", "title-en": "Title", "name": "Name", "language": "en", "kind": "paragraph"}
            answer = who.ask(door, enter=True, seen="1", code="1.1.1", **given, **NEVER_ONES_OWN)
            sent += answer.status_code == 303
    assert sent > 3
    after = whose()
    assert (after["grants"], after["activities"]) == (before["grants"], before["activities"])
    assert after["sections"] == before["sections"]
