"""The checks of will, content and publication: E1 to E4, F4 to F7, F9, G3 and G4."""

import pytest

from nap_builder.accounts.queries import actor_of
from nap_builder.kernel.database import db, transaction
from nap_builder.plans.models.plan import Risk
from nap_builder.plans.services.versions import freeze
from nap_builder.publishing.models import IssuedDocument
from nap_builder.publishing.services import publish
from tests.builders.framework import a_figure, an_indicator
from tests.builders.plans import a_paragraph, a_section
from tests.builders.readiness import a_milestone, asked, change, open_rows, passes


def test_the_adoption_is_recorded(world):
    assert len(open_rows(world.plan, "E1")) == 3
    change(world.plan, adoption={"level": "cabinet", "number": "12/2027"})
    assert open_rows(world.plan, "E1") == ["The day of the adoption"]
    change(world.plan, adoption={"level": "cabinet", "number": "12/2027", "date": "2027-01-01"})
    assert passes(world.plan, "E1")


def test_the_foreword_is_signed(world):
    change(world.plan, signatures=[{"of": "foreword", "post": "Prime Minister"}])
    assert asked(world.plan, "E2").found.place.endpoint == "plans.following"
    change(world.plan, signatures=[{"of": "foreword", "post": "Prime Minister", "name": "A", "on": "2027-01-01"}])
    assert passes(world.plan, "E2")


def test_parliament_debates_the_plan(world):
    a_milestone(world.plan, "tabling", "2027")
    assert open_rows(world.plan, "E3") == ["Debate"]
    a_milestone(world.plan, "committee_review", "2028")
    assert passes(world.plan, "E3")


@pytest.mark.parametrize(("due", "good"), [("2031-01", False), ("2030-12", True), ("2031-06", False), (None, False)])
def test_the_renewal_is_in_time(world, due, good):
    a_milestone(world.plan, "renewal", due)
    assert passes(world.plan, "E4") == good


def test_the_situation_is_analysed_with_years_and_sources(world):
    assert asked(world.plan, "F4").found.says == "No section analyses the situation."
    with transaction():
        section = a_section(plan=db.session.merge(world.plan), key="situation", title="Where we stand")
    assert asked(world.plan, "F4").found.failing[0].note == "It is empty."
    with transaction():
        text = a_paragraph(section=db.session.merge(section), text="Women were few.")
    assert asked(world.plan, "F4").found.failing[0].note == "It names no year. · It cites no source."
    change(text, text={"en": "In 2024 women were few (source: census)."})
    assert passes(world.plan, "F4")


def test_contributors_of_troops_cover_the_four_families(world):
    assert asked(world.plan, "F5").kind == "does_not_concern"
    change(world.plan, context=["troop_or_police_contributor"])
    assert len(open_rows(world.plan, "F5")) == 4
    change(world.activities[0], topics=["recruitment", "training", "working_environment", "policy_review"])
    assert open_rows(world.plan, "F5") == ["A target of recruitment in figures"]
    with transaction():
        a_figure(an_indicator(db.session.merge(world.activities[0]), code="I1"), part="target")
    assert passes(world.plan, "F5")


@pytest.mark.parametrize(("key", "topics"), [("F6", ["sea", "gbv"]), ("F7", ["ddr", "small_arms"])])
def test_what_must_be_spoken_of_is_spoken_of(world, key, topics):
    change(world.activities[0], topics=topics[:1])
    assert len(open_rows(world.plan, key)) == 1
    change(world.objective, topics=topics[1:])
    assert passes(world.plan, key)


def test_risks_are_listed_whole(world):
    assert "Risks listed: 0" in asked(world.plan, "F9").found.says
    whole = {"likelihood": "low", "impact": "high", "response": {"en": "We wait."}}
    with transaction():
        for place, said in enumerate((whole, whole, {"likelihood": "low"})):
            db.session.add(Risk(plan_id=world.plan.id, position=place, title={"en": f"Risk {place}"}, **said))
    assert open_rows(world.plan, "F9") == ["Risk 2"]


def test_the_languages_of_the_law_are_made(world):
    assert asked(world.plan, "G3").kind == "does_not_concern"
    change(world.plan, required_languages=["en", "fr"])
    assert asked(world.plan, "G3").found.says
    with transaction():
        version = freeze(actor_of(world.people["chair"]), db.session.merge(world.plan))
        said = {
            "kind": "pdf",
            "profile": "public",
            "release": "1",
            "stored_as": "x",
            "sha256": "",
            "size": 1,
            "pages": 1,
        }
        db.session.add(IssuedDocument(version=version, language="en", **said))
    assert open_rows(world.plan, "G3") == ["French"]


def test_a_public_copy_is_out(world):
    assert not passes(world.plan, "G4")
    with transaction():
        chair = actor_of(world.people["chair"])
        publish(chair, freeze(chair, db.session.merge(world.plan)))
    assert passes(world.plan, "G4")
