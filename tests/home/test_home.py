"""The front page, what needs a person, help, and the access table."""

from datetime import timedelta

import pytest

from nap_builder.kernel.access import POLICY
from nap_builder.kernel.backup_record import Backup
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db, transaction
from nap_builder.plans.models.narrative import Paragraph
from tests.builders.accounts import a_person
from tests.builders.meetings import a_decision, a_meeting, approved
from tests.builders.taskforce import task_force

LABELS = "//section[@aria-labelledby='needs']//*[contains(@class, 'task-what')]/*[1]"


def needs(page):
    """The labels of the to-do list."""
    return [label.text_content() for label in page.all(LABELS)]


def a_backup(**given):
    """Records a backup."""
    with transaction():
        db.session.add(Backup(size=1, sha256="0" * 64, **given))


@pytest.mark.parametrize("lang", ["en", "fr", "ar"])
def test_the_front_page_says_that_nothing_is_published(world, client, lang):
    page = client.get(f"/{lang}/")
    assert page.all("//*[@class='empty']")
    assert page.all(f"//a[@href='/{lang}/sign-in']")


def test_home_is_for_those_who_signed_in(world, client):
    assert client.get("/en/home", expect=302).location.startswith("/en/sign-in")


def test_the_secretariat_sees_what_the_plan_lacks(world, as_role):
    with transaction():
        task_force(world.plan, chair=world.institutions["WOMEN"], members=[world.institutions["DEF"]])
        for paragraph in world.paragraphs:
            db.session.get(Paragraph, paragraph.id).archived_at = now()
        world.objective.lead_id = None
        world.activities[0].lead_id = None
    a_backup()
    page = as_role("secretariat").get("/en/home")
    assert needs(page) == [
        "Complete the task force",
        "Find a lead for every activity",
        "Write the sections that are empty",
        "Freeze the first version",
    ]


def test_an_old_backup_comes_first_and_says_its_age(world, as_role):
    a_backup(made_at=now() - timedelta(days=9))
    page = as_role("administrator").get("/en/home")
    assert needs(page)[0] == "Make a backup"
    assert "9 days old" in page.words
    told = as_role("secretariat").get("/en/home")
    assert needs(told)[0] == "Ask the chair or an administrator for a backup"
    assert not told.all("//section[@aria-labelledby='needs']//a[contains(@href, '/settings')]")


def test_a_ministry_sees_what_its_own_activities_lack(world, as_role):
    page = as_role("focal_point").get("/en/home")
    assert "Say what your activities cost" in needs(page)
    assert "1 activity" in page.words
    with transaction():
        for paragraph in world.paragraphs:
            db.session.get(Paragraph, paragraph.id).archived_at = now()
    assert "Write your institution's section" in needs(as_role("official").get("/en/home"))
    assert "Write your institution's section" not in needs(as_role("interior").get("/en/home"))


@pytest.mark.parametrize("who", ["chair", "administrator"])
def test_who_hands_out_roles_sees_who_has_not_come(world, as_role, who):
    a_backup()
    with transaction():
        a_person(email="late@test.example", password=None)
    assert "Ask who has not come yet" in needs(as_role(who).get("/en/home"))


@pytest.mark.parametrize("role", ["contributor", "parliamentarian", "auditor", "steward"])
def test_others_have_nothing_to_do_and_see_no_draft_they_may_not(world, as_role, role):
    page = as_role(role).get("/en/home")
    assert needs(page) == []
    assert "Nothing needs you now" in page.words
    assert bool(page.all("//section[@aria-labelledby='work']")) == (role == "auditor")


def test_every_link_of_home_opens(world, as_role):
    for role in ("chair", "official", "administrator", "auditor"):
        browser = as_role(role)
        links = browser.get("/en/home").all("//main//a[not(contains(@href, '.txt'))]/@href")
        for address in {link.split("#")[0] for link in links}:
            browser.get(address, budget=75)


@pytest.mark.parametrize("lang", ["en", "fr", "ar"])
def test_help_is_public(world, client, lang):
    client.get(f"/{lang}/help")


def test_the_access_table_is_drawn_from_the_rules(world, client):
    page = client.get("/en/help/access")
    for action, rule in POLICY.rules.items():
        assert str(rule.says) in page.words, action
    lines = {row[0].text_content().strip(): row for row in page.all("//tbody/tr")}
    cells = next(row for said, row in lines.items() if said.startswith("Publish or withdraw a version"))
    words = [cell.text_content().strip() for cell in cells[1:]]
    assert words.count("No") == 9
    assert "Confirmed" in words


@pytest.mark.parametrize("approve", [False, True])
def test_a_decision_says_whether_its_minutes_are_approved(world, as_role, approve):
    with transaction():
        meeting = a_meeting(world.plan)
        a_decision(meeting, world.institutions["DEF"])
        if approve:
            approved(meeting)
    said = as_role("focal_point").get("/en/home").words
    assert "Carry out what the task force decided" in said
    assert ("1 stands in minutes that are not approved yet." in said) is not approve
