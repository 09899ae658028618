"""Consultations in files: what only those have who keep the record, what the public never has, what no file undoes."""

import json
from typing import Any

import pytest

from nap_builder.consultations.models.contributions import Contribution
from nap_builder.consultations.models.records import Consultation
from nap_builder.exchange import services
from nap_builder.exchange.fault import Refused
from nap_builder.kernel.access import POLICY
from nap_builder.kernel.actor import INSTALLATION, Role
from nap_builder.kernel.database import db as database
from nap_builder.kernel.database import transaction
from nap_builder.plans.models.plan import Plan
from tests.builders.consultations import a_comment, a_consultation, a_contribution
from tests.builders.exchange import as_file
from tests.builders.heard import ANSWER, Heard, what_was_heard

Document = dict[str, Any]


@pytest.fixture
def heard(world) -> Heard:
    """What was heard about the small plan, with a meeting that is for the steward."""
    with transaction():
        kept = a_consultation(world.plan, "Canary meeting", visibility="steward")
        a_contribution(kept, "Canary words")
        return what_was_heard(world)


def plan_of(world) -> Plan:
    """The plan as it stands."""
    return database.session.get_one(Plan, world.plan.id)


def told(world, profile="working", **given) -> Document:
    """The plan as a file says it."""
    said: Document = json.loads(services.plan_file(plan_of(world), None, profile, **given))
    return said


def taken_over(world, document: Document, *, remove=False) -> list[str]:
    """Takes a file in over the plan as the secretariat does; answers the notes."""
    with transaction():
        incoming = services.read(as_file(document))
        return services.apply(INSTALLATION, incoming, plan=plan_of(world), remove=remove).preview.notes


def consultation(document: Document, code: str) -> Document:
    """A consultation of a file."""
    return next(one for one in document["consultations"] if one["code"] == code)


def contribution(document: Document, code: str) -> Document:
    """A contribution of a file."""
    found = (said for one in document["consultations"] for said in one.get("contributions", ()))
    return next(said for said in found if said["code"] == code)


def test_those_who_read_all_in_a_file_keep_the_record():
    reads, keeps = POLICY["plans.restricted.read"], POLICY["consultations.record.write"]
    assert set(reads.y) <= set(keeps.y)
    assert Role.AUDITOR not in reads.y


@pytest.mark.parametrize("who", ["official", "focal_point", "auditor"])
def test_the_file_of_others_holds_nothing_kept_back(as_role, heard, who):
    text = as_role(who).get("/en/w/nap-2/export.json").answer.get_data(as_text=True)
    assert "Say who pays for it." not in text
    for secret in ("Canary", "Riverbank", "For the steward.", "Rude words."):
        assert secret not in text


def test_the_file_of_a_keeper_holds_what_is_kept_back_but_nothing_hidden(as_role, heard):
    text = as_role("secretariat").get("/en/w/nap-2/export.json").answer.get_data(as_text=True)
    assert "Canary words" in text
    assert "Riverbank" in text
    assert "Rude words." not in text


def test_no_file_holds_a_comment(as_role, world, heard):
    with transaction():
        a_comment(database.session.merge(heard.draft), f"paragraph:{world.paragraphs[0].key}", "Waiting words")
    for profile in ("working", "public"):
        page = as_role("chair").get(f"/en/w/nap-2/export.json?profile={profile}")
        assert "Waiting words" not in page.answer.get_data(as_text=True)


def test_the_public_profile_holds_no_consultation(world, heard):
    text = json.dumps(told(world, "public"))
    assert "consultations" not in text
    assert "Say who pays for it." not in text


def test_a_file_comes_and_goes_without_a_change(world, heard):
    before = services.plan_file(plan_of(world), None, "working")
    assert taken_over(world, json.loads(before)) == []
    assert services.plan_file(plan_of(world), None, "working") == before


def test_a_file_taken_in_twice_keeps_what_the_format_does_not_say(world, heard):
    with transaction():
        one = database.session.merge(heard.said["late"])
        one.draft, one.asked_id, one.proposed = ANSWER, world.institutions["DEF"].id, "Train all judges."
    document = told(world)
    contribution(document, one.code)["text"] = "Train the judges well."
    taken_over(world, document)
    database.session.expire_all()
    kept = database.session.get_one(Contribution, one.id)
    assert kept.text == {"en": "Train the judges well."}
    assert (kept.draft, kept.proposed, kept.language) == (ANSWER, "Train all judges.", "en")
    assert kept.asked_id == world.institutions["DEF"].id


def test_what_was_hidden_stays_when_a_file_removes(world, heard):
    taken_over(world, told(world), remove=True)
    database.session.expire_all()
    kept = database.session.get_one(Contribution, heard.said["refused"].id)
    assert (kept.archived_at, kept.hidden_because) == (None, {"en": "It insults a person."})


def test_no_file_publishes_an_answer(world, heard):
    document = told(world)
    contribution(document, heard.said["late"].code)["response"] = {"decision": "accepted", "text": "Forged."}
    contribution(document, heard.said["answered"].code)["response"]["text"] = "Forged."
    notes = taken_over(world, document)
    assert "2 rows" in notes[-1]
    database.session.expire_all()
    assert database.session.get_one(Contribution, heard.said["late"].id).response is None
    assert "Forged" not in json.dumps(told(world))


def test_no_file_brings_back_what_was_withdrawn(world, heard):
    document = told(world)
    gone = contribution(document, heard.said["answered"].code)
    with transaction():
        database.session.merge(heard.said["answered"]).forget()
    assert gone["text"] == "Say who pays for it."
    taken_over(world, document)
    database.session.expire_all()
    kept = database.session.get_one(Contribution, heard.said["answered"].id)
    assert (kept.withdrawn, "pays" in str(kept.text)) == (True, False)


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [("visibility", "public"), ("risk", "low"), ("attribution", "named")],
)
def test_no_file_makes_a_consultation_wider(world, heard, narrow, wide):
    document = told(world)
    row = consultation(document, heard.workshop.code)
    row[narrow] = wide
    held = {"visibility": "steward", "risk": "high", "attribution": "non_attributed"}[narrow]
    with transaction():
        setattr(database.session.merge(heard.workshop), narrow, held)
    taken_over(world, document)
    database.session.expire_all()
    assert getattr(database.session.get_one(Consultation, heard.workshop.id), narrow) == held


def test_a_file_may_make_a_consultation_narrower(world, heard):
    document = told(world)
    consultation(document, heard.workshop.code)["risk"] = "high"
    taken_over(world, document)
    database.session.expire_all()
    assert database.session.get_one(Consultation, heard.workshop.id).risk == "high"


def test_no_file_gives_a_name_that_was_taken_away(world, heard):
    document = told(world)
    said = contribution(document, heard.said["late"].code)
    said |= {"attribution": "named", "by": "Amal Haddad"}
    taken_over(world, document)
    database.session.expire_all()
    kept = database.session.get_one(Contribution, heard.said["late"].id)
    assert (kept.attribution, kept.by) == ("anonymous", None)


def test_no_file_moves_a_window_that_was_opened(world, heard):
    document = told(world)
    row = consultation(document, heard.draft.code)
    del row["version"]
    row["ends"] = "2040-01-01"
    taken_over(world, document)
    database.session.expire_all()
    kept = database.session.get_one(Consultation, heard.draft.id)
    assert (kept.version, kept.ends) == (heard.draft.version, heard.draft.ends)


def test_no_file_gives_a_consent_that_was_refused(world, heard):
    with transaction():
        database.session.merge(heard.workshop).organisations = [{"name": "Mothers", "public": False}]
    document = told(world)
    consultation(document, heard.workshop.code)["organisations"] = [{"name": "Mothers", "public": True}]
    taken_over(world, document)
    database.session.expire_all()
    kept = database.session.get_one(Consultation, heard.workshop.id)
    assert [bool(one.get("public")) for one in kept.organisations or ()] == [False]


@pytest.mark.parametrize(
    ("counts", "place"),
    [
        ({"total": 40, "women": 30, "men": 9}, "/consultations/0/participants/total"),
        ({"women": 30, "under_18": 31}, "/consultations/0/participants/total"),
        ({"total": 40, "displaced": 41}, "/consultations/0/participants/displaced"),
    ],
)
def test_counts_that_do_not_add_up_are_refused_by_their_cell(world, heard, counts, place):
    document = told(world)
    document["consultations"][0]["participants"] = counts
    with pytest.raises(Refused) as refused:
        services.read(as_file(document))
    assert [fault.place for fault in refused.value.faults] == [place]


def test_a_focal_point_takes_a_file_in_without_touching_what_is_kept_back(as_role, world, heard):
    mine = frozenset({world.institutions["DEF"].id})
    document = told(world, only=mine)
    with transaction():
        incoming = services.read(as_file(document))
        services.apply(INSTALLATION, incoming, plan=plan_of(world), remove=True, only=mine)
    database.session.expire_all()
    assert {row.archived_at for row in database.session.query(Consultation)} == {None}
