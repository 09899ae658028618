"""An adopted plan is opened for an amendment, adopted again, or closed again as it was."""

import pytest
from sqlalchemy import select

from nap_builder.adoption.models import Adoption, Amendment
from nap_builder.kernel.actor import INSTALLATION
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import BadInput
from nap_builder.monitoring.models import ActivityProgress
from nap_builder.plans.models.framework import Activity
from nap_builder.plans.models.narrative import Photograph, Section
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.plan import plans
from nap_builder.plans.queries.versions import WORKING, frozen_document, holds, version_at
from nap_builder.plans.services import framework, narrative
from nap_builder.plans.services.photographs import PhotographFacts, archive_photograph, change_photograph
from nap_builder.plans.services.versions import freeze
from nap_builder.publishing.queries import standing_version
from nap_builder.publishing.services import publish
from tests.builders.adoption import adopted, proposed
from tests.builders.photographs import a_photograph
from tests.builders.plans import a_plan

LIFE = "/en/w/nap-2/adoption"
REASON = {"reason-en": "A new ministry joins."}


@pytest.fixture
def amended(as_role, world, db):
    """The small State with an adopted, published plan whose amendment was begun."""
    with transaction():
        publish(INSTALLATION, adopted(world))
    as_role("chair").get(f"{LIFE}/amend").submit("amend", **REASON)
    db.session.rollback()
    return world


def here(db):
    """The plan, in the open transaction."""
    return db.session.scalars(select(Plan).where(Plan.slug == "nap-2")).one()


def the_plan(db):
    db.session.rollback()
    return here(db)


def change_everything(world, db):
    """A row changed, one archived, one added, one paragraph more."""
    with transaction():
        activity, other = (db.session.get_one(Activity, row.id) for row in world.activities)
        activity.title = {"en": "Recruit many more women officers"}
        framework.archive_row(INSTALLATION, other, seen=other.row_version)
        framework.add_row(INSTALLATION, "pillar", here(db), {"code": "2", "title": {"en": "New pillar"}})
        narrative.add_paragraph(INSTALLATION, db.session.get_one(Section, world.section.id), [{"en": "One more."}])


def test_an_amendment_opens_the_text_again(as_role, amended, db):
    plan = the_plan(db)
    assert (plan.state, plan.being_amended) == ("drafting", True)
    page = as_role("secretariat").get("/en/w/nap-2/section/why?add=end")
    page.submit("paragraph", **{"text-en": "New."})
    assert "A new ministry joins." in as_role("official").get(LIFE).words


def test_the_public_goes_on_reading_what_is_adopted(client, amended, db):
    change_everything(amended, db)
    assert standing_version().number == 2
    assert "Recruit many more" not in client.get("/en/plan/nap-2?part=pillar-1").words


def test_a_plan_being_amended_still_stands_before_an_earlier_one(amended, db):
    with transaction():
        db.session.add(a_plan(slug="nap-1", state="adopted", edition=1))
        here(db).edition = 2
    assert plans()[0].slug == "nap-2"


def test_a_text_in_between_bears_no_record(amended, db):
    with transaction():
        number = freeze(INSTALLATION, here(db)).number
    assert not {"adoption", "signatures"} & set(frozen_document(version_at("nap-2", number), WORKING)["plan"])


def test_adopting_an_amendment_adds_one_entry_to_the_record(as_role, amended, db):
    with transaction():
        number = adopted(amended, date="2026-10-01", number="77", summary={"en": "A ministry more."}).number
    plan = frozen_document(version_at("nap-2", number), WORKING)["plan"]
    assert plan["adoption"]["instrument"] == "Decree"
    assert plan["adoption"]["date"] == "2026-09-14"
    assert plan["adoption"]["amendments"] == [
        {"instrument": "Decree (77)", "on": "2026-10-01", "summary": "A ministry more."}
    ]
    assert len(plan["signatures"]) == 4
    assert (the_plan(db).state, the_plan(db).adopted_number) == ("adopted", number)
    assert db.session.scalars(select(Amendment.ended_at)).one() is not None


def test_a_second_amendment_is_one_entry_more(as_role, amended, db):
    for on, number in (("2026-10-01", "77"), ("2026-10-02", "78")):
        with transaction():
            adopted(amended, date=on, number=number, summary={"en": "More."})
        if number == "77":
            as_role("chair").get(f"{LIFE}/amend").submit("amend", **REASON)
    amendments = the_plan(db).adoption["amendments"]
    assert [row["on"] for row in amendments] == ["2026-10-01", "2026-10-02"]


def test_the_reason_is_the_summary_to_begin_with(as_role, amended):
    page = as_role("chair").get(f"{LIFE}/propose")
    assert page.all("//textarea[@name='summary-en']")[0].text.strip() == "A new ministry joins."
    answer = page.submit("propose", expect=422, **{"summary-en": ""})
    assert "What the amendment changes: Write this" in answer.words


def test_an_amendment_is_no_older_than_the_adoption(as_role, amended, db):
    with pytest.raises(BadInput, match="from 14 September 2026 on"), transaction():
        proposed(amended, date="2026-09-13", summary={"en": "Too early."})


def test_giving_up_brings_the_adopted_text_back_word_for_word(as_role, amended, db):
    change_everything(amended, db)
    page = as_role("chair").get(f"{LIFE}/abandon")
    page.submit("abandon")
    plan = the_plan(db)
    assert (plan.state, plan.being_amended) == ("adopted", False)
    assert holds(version_at("nap-2", 2), plan)


def test_giving_up_brings_the_photographs_back_as_they_were(as_role, world, db):
    with transaction():
        changed, removed = a_photograph(world.section), a_photograph(world.section, "#7a0019")
        number = adopted(world).number
    as_role("chair").get(f"{LIFE}/amend").submit("amend", **REASON)
    with transaction():
        row = db.session.get_one(Photograph, changed.id)
        change_photograph(INSTALLATION, row, PhotographFacts({"en": "Other words."}), seen=row.row_version)
        archive_photograph(INSTALLATION, db.session.get_one(Photograph, removed.id), seen=1)
        a_photograph(db.session.get_one(Section, world.section.id), "#1b5e20")
    assert not holds(version_at("nap-2", number), the_plan(db))
    as_role("chair").get(f"{LIFE}/abandon").submit("abandon")
    assert holds(version_at("nap-2", number), the_plan(db))


def test_an_amendment_is_a_change_since_the_adoption_until_it_is_given_up(as_role, amended, db):
    letter = "/en/w/nap-2/papers/tabling-letter"
    assert "version 3" in as_role("chair").get(letter).words
    with transaction():
        freeze(INSTALLATION, here(db))
    as_role("chair").get(f"{LIFE}/abandon").submit("abandon")
    page = as_role("chair").get(letter)
    assert version_at("nap-2", 2).public_sha256 in page.words.replace(" ", "")


def test_giving_up_keeps_how_the_plan_goes_and_what_institutions_are_called(as_role, amended, db):
    with transaction():
        db.session.add(ActivityProgress(activity_id=amended.activities[0].id, status="on_track"))
        db.session.merge(amended.institutions["DEF"]).name = {"en": "Ministry of Peace"}
    change_everything(amended, db)
    as_role("chair").get(f"{LIFE}/abandon").submit("abandon")
    db.session.rollback()
    assert db.session.scalars(select(ActivityProgress.status)).all() == ["on_track"]
    assert amended.institutions["DEF"].name == {"en": "Ministry of Peace"}


def test_giving_up_withdraws_a_proposal(as_role, amended, db):
    with transaction():
        proposed(amended, date="2026-10-01", summary={"en": "More."})
    as_role("chair").get(f"{LIFE}/abandon").submit("abandon")
    db.session.rollback()
    assert db.session.scalars(select(Adoption.state).order_by(Adoption.id)).all() == ["confirmed", "withdrawn"]


def test_giving_up_twice_is_refused(as_role, amended):
    browser = as_role("chair")
    page = browser.get(f"{LIFE}/abandon")
    page.submit("abandon")
    answer = page.submit("abandon", expect=409, once="another-key-of-the-form")
    assert "No amendment of this plan is being written." in answer.words


def test_a_plan_that_was_never_adopted_has_no_amendment_to_give_up(as_role, world, db):
    browser = as_role("chair")
    assert not browser.get(LIFE).all("//a[contains(@href, 'abandon')]")
    assert browser.get(f"{LIFE}/abandon", expect=302).location == LIFE
    values = browser.get("/en/w/nap-2/gate/consult").filled("gate/consult")[1]
    assert "No amendment" in browser.post(f"{LIFE}/abandon", data=values, expect=409).words
    assert the_plan(db).state == "drafting"


def test_an_amendment_has_a_reason(as_role, world, db):
    with transaction():
        adopted(world)
    answer = as_role("chair").get(f"{LIFE}/amend").submit("amend", expect=422)
    assert "at least one language" in answer.words
    assert the_plan(db).state == "adopted"


def test_a_plan_in_drafting_is_not_amended(as_role, world):
    assert as_role("chair").get(f"{LIFE}/amend", expect=302).location == LIFE


def test_a_plan_is_not_amended_twice_at_once(as_role, world, db):
    with transaction():
        adopted(world)
    page = as_role("chair").get(f"{LIFE}/amend")
    page.submit("amend", **REASON)
    page.submit("amend", expect=409, once="another-key-of-the-form", **REASON)
    db.session.rollback()
    assert len(db.session.scalars(select(Amendment)).all()) == 1
