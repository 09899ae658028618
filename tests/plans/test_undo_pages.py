"""The button that undoes: on the page after an act, for who did it alone, once."""

import pytest
from sqlalchemy import func, select

from nap_builder.kernel.audit import AuditEntry
from nap_builder.kernel.database import db as database
from nap_builder.kernel.database import transaction
from nap_builder.plans.models.framework import Activity
from nap_builder.plans.models.undo import Undo

HOME = "/en/w/nap-2"
UNDO = f"{HOME}/undo/"


def edited(client, world, **changed):
    """The page after a change of the first activity in the matrix."""
    opened = client.get(f"{HOME}/matrix?edit={world.activities[0].key}")
    return opened.submit("/row", **{"title-en": "Recruit women", **changed}).follow()


def activity(world):
    database.session.rollback()
    return database.session.get_one(Activity, world.activities[0].id)


def undone():
    database.session.rollback()
    return database.session.scalar(select(func.count()).where(AuditEntry.word == "plans.act.undone"))


def test_the_page_after_an_act_undoes_it(world, as_role):
    page = edited(as_role("focal_point"), world)
    assert "1.1.1 is saved. Undo" in page.words
    back = page.submit(UNDO).follow()
    assert "It is undone." in back.words
    assert not back.all("//main//form[contains(@action, '/undo/')]")
    assert activity(world).title == {"en": "Recruit women officers"}


@pytest.mark.parametrize("repeat", ["the same button", "the page again"])
def test_a_second_press_does_nothing_more(world, as_role, repeat):
    chair = as_role("chair")
    page = edited(chair, world)
    first = page.submit(UNDO)
    if repeat == "the same button":
        assert page.submit(UNDO).location == first.location
    else:
        assert "undone already" in page.submit(UNDO, once="another-key-of-a-form", expect=409).words
    assert undone() == 1


def test_what_another_person_did_is_not_there(world, as_role):
    page = edited(as_role("focal_point"), world)
    address, sent = page.filled(UNDO)
    chair = as_role("chair")
    proof = chair.get(f"{HOME}/matrix?edit={world.activities[0].key}").filled("/row")[1]
    chair.post(address, data={**sent, "csrf_token": proof["csrf_token"]}, expect=404)
    assert activity(world).title == {"en": "Recruit women"}


def test_who_went_on_is_named_with_both_texts(world, as_role):
    chair = as_role("chair")
    page = edited(chair, world)
    edited(as_role("focal_point"), world, **{"title-en": "Train women officers"})
    refused = page.submit(UNDO, expect=409)
    assert "Nothing was undone" in refused.words
    assert "focal point of DEF changed activity 1.1.1." in refused.words
    assert "Train women officers" in refused.words
    assert "Recruit women officers" in refused.words
    assert activity(world).title == {"en": "Train women officers"}


def test_what_is_no_longer_ones_own_is_not_shown(world, as_role):
    page = edited(as_role("focal_point"), world)
    lead = str(world.institutions["INT"].id)
    edited(as_role("chair"), world, lead_id=lead, restricted="y", **{"title-en": "Not for Defence"})
    assert "Not for Defence" not in page.submit(UNDO, expect=403).text


def test_an_adopted_plan_is_not_undone(world, as_role):
    page = edited(as_role("chair"), world)
    with transaction():
        activity(world).plan.state = "adopted"
    page.submit(UNDO, expect=403)
    assert undone() == 0


# Where each act begins, which form does it, what is sent, and what its page says after it was undone.
ACTS = {
    "a row added": ("add/pillar", "add/pillar", {"code": "7", "title-en": "Peace"}),
    "a row archived": ("archive/objective/{objective}", "archive/", {}),
    "a section moved out": ("sections/why/archive", "archive", {}),
    "a paragraph archived": ("section/why", "archive", {}),
    "a paragraph joined": ("section/why", "join", {}),
    "a section added": ("sections/new", "new", {"title-en": "Money"}),
    "money added": ("activity/{activity}/money", "money", {"amount": "5"}),
    "an indicator added": ("indicators/add?under=activity:{activity}", "indicators/add", {"title-en": "A count"}),
    "a milestone added": ("milestones/add", "milestones/add", {"title-en": "Report"}),
}


@pytest.mark.parametrize("name", ACTS)
def test_from_every_room_the_way_back_leads_to_a_page(world, as_role, name):
    start, form, sent = ACTS[name]
    chair = as_role("chair")
    place = {"objective": world.objective.key, "activity": world.activities[0].key}
    page = chair.get(f"{HOME}/{start.format(**place)}")
    which = form if any(form in (one.get("action") or "") for one in page.all("//main//form")) else 0
    done = page.submit(which, **sent).follow()
    assert "It is undone." in done.submit(UNDO).follow().words
    with transaction():
        assert database.session.scalar(select(Undo.undone_at)) is not None
