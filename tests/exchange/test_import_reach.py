"""What a focal point can learn and do with a file: no more than on the pages."""

import io
import json
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from flask import Flask
from sqlalchemy import select

from nap_builder.accounts.models import RoleGrant
from nap_builder.kernel.actor import Role
from nap_builder.kernel.database import db as database
from nap_builder.kernel.database import transaction
from nap_builder.plans.models.framework import Activity, Objective
from nap_builder.plans.models.narrative import Section
from nap_builder.plans.models.plan import Plan
from tests.access.ground import SECRET, Ground
from tests.builders.plans import a_plan
from tests.builders.world import a_person
from tests.client import Client
from tests.conftest import signed_in
from tests.exchange.test_routes import activities, import_page, sent

Document = dict[str, Any]


def exported(client: Any) -> Document:
    """The working plan as this person may take it out."""
    document: Document = client.get("/en/w/nap-2/export.json").answer.json
    return document


def test_the_list_of_changes_tells_nothing_restricted(ground: Ground, as_role: Callable[..., Any]):
    interior = as_role("interior")
    document = exported(interior)
    assert SECRET not in json.dumps(document)
    assert SECRET not in sent(import_page(interior, "nap-2"), document).text
    with transaction():
        row = database.session.get_one(Activity, ground.world.activities[1].id)
        row.related = [f"activity:{ground.secret_activity.key}"]
    activities(document)[1]["starts"] = "2028"
    page = sent(import_page(interior, "nap-2"), document)
    assert SECRET not in page.text
    assert ground.secret_activity.key not in page.text
    assert "1.1.9" not in page.text


def test_what_is_hidden_from_the_sender_is_not_removed(ground: Ground, as_role: Callable[..., Any]):
    interior = as_role("interior")
    document = exported(interior)
    activities(document)[1]["starts"] = "2028"
    sent(import_page(interior, "nap-2"), document).submit("confirm-form", remove="y")
    database.session.rollback()
    assert database.session.get_one(Activity, ground.world.activities[1].id).starts == "2028"
    assert database.session.get_one(Activity, ground.secret_activity.id).archived_at is None
    assert database.session.get_one(Section, ground.secret.id).archived_at is None


def test_the_secretariat_still_sees_what_its_file_lacks(ground: Ground, as_role: Callable[..., Any]):
    document = exported(as_role("interior"))
    assert SECRET in sent(import_page(as_role("secretariat"), "nap-2"), document).text


OVERREACHES: dict[str, Callable[[Document], object]] = {
    "restricted": lambda document: activities(document)[1].update(restricted=True),
    "given to others": lambda document: activities(document)[1].update(co_leads=["DEF"]),
    "lent": lambda document: activities(document)[1].update(supporting=["DEF"]),
    "added": lambda document: activities(document).append({"code": "1.1.7", "title": "New", "lead": "INT"}),
}


@pytest.mark.parametrize("name", OVERREACHES)
def test_a_file_does_no_more_than_a_form(ground: Ground, as_role: Callable[..., Any], name: str):
    interior = as_role("interior")
    document = exported(interior)
    OVERREACHES[name](document)
    refused = sent(import_page(interior, "nap-2"), document, expect=422)
    assert "by the secretariat or the chair" in refused.words
    database.session.rollback()
    assert database.session.scalar(select(Activity.id).where(Activity.code == "1.1.7")) is None


def test_an_activity_of_ones_own_is_not_removed_by_a_file(ground: Ground, as_role: Callable[..., Any]):
    interior = as_role("interior")
    document = exported(interior)
    del activities(document)[1]
    page = sent(import_page(interior, "nap-2"), document)
    page.submit("confirm-form", remove="y", expect=422)
    database.session.rollback()
    assert database.session.get_one(Activity, ground.world.activities[1].id).archived_at is None


def test_under_an_objective_of_ones_own_a_file_adds(ground: Ground, as_role: Callable[..., Any]):
    with transaction():
        led = ground.world.institutions["INT"].id
        database.session.get_one(Objective, ground.world.objective.id).lead_id = led
    interior = as_role("interior")
    document = exported(interior)
    OVERREACHES["added"](document)
    sent(import_page(interior, "nap-2"), document).submit("confirm-form")
    database.session.rollback()
    assert database.session.scalar(select(Activity.id).where(Activity.code == "1.1.7")) is not None


def test_no_file_accepts_for_a_ministry(ground: Ground, as_role: Callable[..., Any]):
    interior = as_role("interior")
    document = exported(interior)
    activities(document)[1]["commitment"] = {"state": "accepted", "on": "2026-05-01"}
    page = sent(import_page(interior, "nap-2"), document, expect=422)
    assert "is given on its page, not by a file" in page.words


@pytest.fixture
def secretary_elsewhere(app: Flask, ground: Ground) -> Client:
    """A browser of a focal point of the Ministry of the Interior, who is the secretariat of another plan."""
    with transaction():
        person = a_person(role=Role.FOCAL_POINT, institution=ground.world.institutions["INT"], name="Two hats")
        elsewhere = a_plan(slug="valley")
        database.session.flush()
        database.session.add(RoleGrant(person_id=person.id, role="secretariat", plan_id=elsewhere.id))
    return signed_in(app, person)


@pytest.mark.parametrize("page", ["export.json", "matrix", "commitments", "milestones", "indicators", "costs", "ready"])
def test_a_role_for_another_plan_opens_nothing_restricted(ground: Ground, secretary_elsewhere: Client, page: str):
    assert SECRET not in secretary_elsewhere.get(f"/en/w/nap-2/{page}").answer.get_data(as_text=True)


def test_a_role_for_another_plan_takes_in_no_rows_of_others(ground: Ground, secretary_elsewhere: Client):
    document = exported(secretary_elsewhere)
    activities(document)[0]["starts"] = "2028"
    refused = sent(import_page(secretary_elsewhere, "nap-2"), document, expect=422)
    assert "activity:1.1.1 is not led by your institution" in refused.words


def test_a_role_for_a_plan_reaches_all_of_that_plan(ground: Ground, app: Flask):
    with transaction():
        person = a_person(role=Role.FOCAL_POINT, institution=ground.world.institutions["INT"], name="Two hats")
        database.session.add(RoleGrant(person_id=person.id, role="secretariat", plan_id=ground.world.plan.id))
    assert SECRET in json.dumps(exported(signed_in(app, person)))


def _excepted(ground: Ground) -> list[dict[str, Any]]:
    """The reasons of a plan: of a check, and of pairs with and without the restricted activity."""
    keys = [row.key for row in ground.world.activities]
    secret = ground.secret_activity.key
    said = ["C8", ":".join(["B5", *keys]), f"B5:{keys[0]}:{secret}", f"D5:{ground.secret_paragraph.key}:USD:9"]
    return [{"check": check, "reason": {"en": SECRET if secret in check or "D5" in check else "So."}} for check in said]


def test_a_reason_about_what_is_restricted_goes_to_its_readers_only(ground: Ground, as_role: Callable[..., Any]):
    reasons = _excepted(ground)
    with transaction():
        database.session.get_one(Plan, ground.world.plan.id).not_applicable = reasons
    told = {name: exported(as_role(name))["plan"]["not_applicable"] for name in ("official", "interior")}
    assert [len(told["official"]), len(told["interior"])] == [4, 2]
    client = as_role("chair")
    public = client.get("/en/w/nap-2/export.json?profile=public").answer.json
    assert [one["check"] for one in public["plan"]["not_applicable"]] == [one["check"] for one in reasons[:2]]
    book = openpyxl.load_workbook(io.BytesIO(as_role("interior").get("/en/w/nap-2/export.xlsx").answer.data))
    cells = [str(cell.value) for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert not any(SECRET in said or ground.secret_activity.key in said for said in cells)


def test_the_file_of_who_reads_less_takes_no_reason_away(ground: Ground, as_role: Callable[..., Any]):
    reasons = _excepted(ground)
    with transaction():
        database.session.get_one(Plan, ground.world.plan.id).not_applicable = reasons
    interior = as_role("interior")
    document = exported(interior)
    activities(document)[1]["starts"] = "2028"
    page = sent(import_page(interior, "nap-2"), document)
    assert SECRET not in page.text
    page.submit("confirm-form")
    database.session.rollback()
    assert database.session.get_one(Plan, ground.world.plan.id).not_applicable == reasons
