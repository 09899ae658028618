"""The pages of an import and an export: look first, then confirm; and who may."""

import io
import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from nap_builder.exchange import services, uploads
from nap_builder.kernel.database import db as database
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import Missing
from nap_builder.plans.models.framework import Activity
from nap_builder.plans.models.narrative import Section
from nap_builder.plans.models.plan import ADOPTED, Plan
from nap_builder.plans.services.touch import changed
from tests.builders.exchange import as_file, full, large


def told(plan: Plan) -> dict[str, Any]:
    """The working plan as a document, from which a test makes its file."""
    document: dict[str, Any] = json.loads(services.plan_file(plan, None, "working"))
    database.session.rollback()
    return document


def activities(document: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = document["pillars"][0]["objectives"][0]["activities"]
    return found


def sent(page: Any, document: Any, *, expect: int = 200) -> Any:
    """Sends a file with the form of a page."""
    content = document if isinstance(document, bytes) else as_file(document)
    address, values = page.filled("file-form", file=None)
    return page.client.post(address, data={**values, "file": (io.BytesIO(content), "plan.json")}, expect=expect)


def import_page(client: Any, slug: str) -> Any:
    return client.get(f"/en/w/{slug}/import")


def test_a_change_is_shown_before_it_is_made(as_role, world):
    document = told(world.plan)
    activities(document)[0]["title"] = {"en": "Recruit and keep officers", "fr": "Recruter"}
    page = sent(import_page(as_role("secretariat"), "nap-2"), document)
    assert "Activity 1.1.1" in page.words
    assert "Removed: Recruit women officers" in page.words
    assert "Added: Recruit and keep officers" in page.words
    database.session.rollback()
    assert database.session.get(Activity, world.activities[0].id).title == {"en": "Recruit women officers"}
    page.submit("confirm-form")
    database.session.rollback()
    assert database.session.get(Activity, world.activities[0].id).title["fr"] == "Recruter"


def test_what_the_file_lacks_goes_only_with_the_tick(as_role, world):
    document = told(world.plan)
    del activities(document)[1]
    page = sent(import_page(as_role("chair"), "nap-2"), document)
    page.submit("confirm-form")
    row = select(Activity.archived_at).where(Activity.code == "1.1.2")
    database.session.rollback()
    assert database.session.scalar(row) is None
    page = sent(import_page(as_role("chair"), "nap-2"), document)
    page.submit("confirm-form", remove="y")
    database.session.rollback()
    assert database.session.scalar(row) is not None


def test_a_file_that_changes_nothing_offers_nothing(as_role, world):
    page = sent(import_page(as_role("chair"), "nap-2"), told(world.plan))
    assert "nothing to take in" in page.words
    assert not page.all("//form[@id='confirm-form']")


def test_confirming_twice_takes_it_in_once(as_role, world):
    document = told(world.plan)
    activities(document)[0]["starts"] = "2028"
    page = sent(import_page(as_role("chair"), "nap-2"), document)
    assert page.submit("confirm-form").location == page.submit("confirm-form").location


def test_a_plan_that_changed_since_is_shown_again(as_role, world):
    document = told(world.plan)
    activities(document)[0]["starts"] = "2028"
    page = sent(import_page(as_role("chair"), "nap-2"), document)
    with transaction():
        changed(world.plan)
    again = page.submit("confirm-form", expect=409)
    assert "changed since you looked" in again.words
    again.submit("confirm-form")


def test_only_who_sent_a_file_confirms_it(as_role, world):
    document = told(world.plan)
    activities(document)[0]["starts"] = "2028"
    page = sent(import_page(as_role("chair"), "nap-2"), document)
    upload = page.all("//input[@name='upload']/@value")[0]
    other = dict(document, plan={**document["plan"], "edition": 3})
    theirs = sent(import_page(as_role("secretariat"), "nap-2"), other)
    theirs.submit("confirm-form", upload=upload, expect=404)


def test_a_file_waits_for_a_day(app, db, monkeypatch):
    token = uploads.keep(7, b"{}")
    assert uploads.fetch(7, token) == b"{}"
    for person, name in ((8, token), (7, "../7/" + token), (7, "")):
        with pytest.raises(Missing):
            uploads.fetch(person, name)
    moment = uploads.now() + timedelta(days=1, minutes=1)
    monkeypatch.setattr(uploads, "now", lambda: moment)
    with pytest.raises(Missing):
        uploads.fetch(7, token)
    assert uploads.drop_old() == 1


def test_faults_are_shown_with_their_places(as_role, world):
    document = told(world.plan)
    activities(document)[0]["lead"] = "NOBODY"
    page = sent(import_page(as_role("chair"), "nap-2"), document, expect=422)
    assert "/pillars/0/objectives/0/activities/0/lead" in page.words
    assert "1 fault" in page.words


def test_no_file_is_a_fault_of_the_field(as_role, world):
    page = import_page(as_role("chair"), "nap-2").submit("file-form", file=None, expect=422)
    assert "Choose a file." in page.words


def test_a_new_plan_from_a_file(as_role, world):
    page = sent(as_role("secretariat").get("/en/plans/import"), full())
    assert "What the new plan would hold" in page.words
    assert page.submit("confirm-form").location.endswith("/w/talora-2027")
    database.session.rollback()
    assert database.session.scalar(select(Plan).where(Plan.slug == "talora-2027")) is not None


def test_a_short_name_that_is_taken_is_said_beside_the_field(as_role, world):
    page = sent(as_role("secretariat").get("/en/plans/import"), told(world.plan), expect=409)
    assert "nap-2" in page.words


def test_a_large_file_is_listed_in_part(as_role, world):
    page = sent(as_role("secretariat").get("/en/plans/import"), large(300))
    assert "The first 200 are shown." in page.words


def test_an_adopted_plan_takes_no_file(as_role, world):
    with transaction():
        database.session.get(Plan, world.plan.id).state = ADOPTED
    as_role("chair").get("/en/w/nap-2/import", expect=403)


@pytest.mark.parametrize("role", ["official", "auditor", "contributor"])
def test_others_may_not_take_a_file_in(as_role, world, role):
    as_role(role).get("/en/w/nap-2/import", expect=403)
    as_role(role).get("/en/plans/import", expect=403)


def test_a_focal_point_changes_the_rows_of_the_institution_alone(as_role, world):
    document = told(world.plan)
    activities(document)[0]["starts"] = "2028"
    focal_point = as_role("focal_point")
    page = sent(import_page(focal_point, "nap-2"), document)
    page.submit("confirm-form")
    database.session.rollback()
    assert database.session.get(Activity, world.activities[0].id).starts == "2028"
    activities(document)[1]["starts"] = "2029"
    document["plan"]["title"] = "Ours"
    refused = sent(import_page(focal_point, "nap-2"), document, expect=422)
    assert "activity:1.1.2 is not led by your institution" in refused.words
    assert "plan:nap-2 is not for your institution to change" in refused.words
    activities(document)[1]["lead"] = "DEF"
    sent(import_page(focal_point, "nap-2"), document, expect=422)


def test_the_working_plan_goes_out(as_role, world):
    page = as_role("secretariat").get("/en/w/nap-2/export.json")
    assert page.answer.get_data() == services.plan_file(world.plan, None, "working")
    assert page.answer.headers["Content-Disposition"] == "attachment; filename=nap-2.json"
    public = as_role("secretariat").get("/en/w/nap-2/export.json?profile=public")
    assert public.answer.json["profile"] == "public"
    as_role("contributor").get("/en/w/nap-2/export.json", expect=403)


@pytest.mark.parametrize(("role", "sees"), [("secretariat", 2), ("focal_point", 2), ("interior", 1), ("auditor", 0)])
def test_restricted_parts_go_out_to_whom_they_are_for(as_role, world, role, sees):
    with transaction():
        database.session.get(Section, world.section.id).restricted = True
        row = database.session.get(Activity, world.activities[0].id)
        row.restricted, row.lead_id = True, None
        database.session.get(Activity, world.activities[1].id).related = [f"activity:{row.key}"]
        objective = row.objective
        objective.lead_id = world.institutions["INT" if role == "interior" else "DEF"].id
    document = as_role(role).get("/en/w/nap-2/export.json").answer.json
    assert len(document.get("sections", [])) + len(activities(document)) - 1 == sees
    services.read(as_file(document))
