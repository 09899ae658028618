"""The workspace of a plan: its phases, what needs the reader, its tasks and who keeps them moving."""

from datetime import date

from nap_builder.consultations.models.letters import Addressee, ConsultationLetter
from nap_builder.home.models import TaskOwner
from nap_builder.kernel.database import db, transaction
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.plan import counts_of
from tests.builders.consultations import a_comment, a_consultation
from tests.builders.heard import what_was_heard
from tests.builders.meetings import a_decision, a_meeting
from tests.builders.plans import a_plan, a_section

PHASES = "//nav[@aria-label='Phases of the plan']//li"
TASKS = "//section[@aria-labelledby='phase']//*[contains(@class, 'task-what')]/*[1]"


def tasks(page):
    """The labels of the tasks of the phase that is shown."""
    return [label.text_content() for label in page.all(TASKS)]


def test_the_workspace_counts_what_the_plan_holds(as_role, world):
    page = as_role("secretariat").get("/en/w/nap-2")
    for words in ("1 section", "2 paragraphs", "1 pillar", "1 objective", "2 activities", "0 indicators"):
        assert words in page.words
    assert page.all("//section[@aria-labelledby='counts']//a[contains(@href, '/w/nap-2/matrix')]")


def test_six_phases_stand_above_and_one_is_current(as_role, world):
    page = as_role("secretariat").get("/en/w/nap-2")
    assert len(page.all(PHASES)) == 6
    assert len(page.all(f"{PHASES}//*[@aria-current='step']")) == 1


def test_a_phase_opens_with_its_tasks(as_role, world):
    page = as_role("secretariat").get("/en/w/nap-2?phase=draft")
    assert "Why this plan" in tasks(page)
    assert "Fill in the results matrix" in tasks(page)


def test_an_unknown_phase_shows_the_one_the_plan_is_in(as_role, world):
    assert "Name the task force" in tasks(as_role("secretariat").get("/en/w/nap-2?phase=none-of-these"))


def test_what_nobody_leads_is_counted_with_leads_inherited(as_role, world):
    with transaction():
        for activity in world.activities:
            activity.lead_id = None
        assert counts_of(world.plan).unled == 0
        world.objective.lead_id = None
        world.activities[0].restricted = True
    page = as_role("secretariat").get("/en/w/nap-2?phase=draft")
    assert "2 activities are led by nobody" in page.words
    assert "1 activity is led by nobody" in as_role("auditor").get("/en/w/nap-2?phase=draft").words


def test_the_workspace_says_what_changed_last(as_role, world):
    browser = as_role("chair")
    browser.get("/en/w/nap-2/section/why?add=end").submit("paragraph", **{"text-en": "New."})
    assert "added a paragraph to “Why this plan”." in browser.get("/en/w/nap-2").words


def test_a_task_is_given_to_an_institution_that_then_stands_beside_it(as_role, world):
    browser = as_role("secretariat")
    page = browser.get("/en/w/nap-2/tasks/matrix")
    page.submit(institution_id=str(world.institutions["DEF"].id))
    assert "Ministry of Defence" in browser.get("/en/w/nap-2?phase=draft").words


def test_a_task_that_counts_as_finished_is_done(as_role, world):
    browser = as_role("secretariat")
    browser.get("/en/w/nap-2/tasks/terms").submit(finished="y")
    done = browser.get("/en/w/nap-2/tasks").all("//tr[@id='t-terms']//*[contains(@class, 'is-done')]")
    assert len(done) == 1


def test_a_task_saved_meanwhile_is_not_overwritten(as_role, world):
    first, second = as_role("secretariat"), as_role("chair")
    mine, theirs = (browser.get("/en/w/nap-2/tasks/matrix") for browser in (first, second))
    theirs.submit(institution_id=str(world.institutions["INT"].id))
    mine.submit(institution_id=str(world.institutions["DEF"].id), expect=409)
    assert db.session.query(TaskOwner).one().institution.code == "INT"


def test_an_institution_that_is_not_offered_is_refused(as_role, world):
    as_role("secretariat").get("/en/w/nap-2/tasks/matrix").submit(institution_id="99999", expect=422)


def test_a_section_is_marked_as_finished_and_keeps_its_owner(as_role, world):
    browser = as_role("secretariat")
    page = browser.get("/en/w/nap-2/tasks/section-why")
    assert not page.all("//select[@name='institution_id']")
    page.submit(finished="y")
    assert "Ministry of Defence" in browser.get("/en/w/nap-2/tasks").all("//tr[@id='t-section-why']")[0].text_content()
    assert browser.get("/en/w/nap-2/tasks").all("//tr[@id='t-section-why']//*[contains(@class, 'is-done')]")


def test_a_task_that_there_is_not_has_no_form(as_role, world):
    as_role("secretariat").get("/en/w/nap-2/tasks/none", expect=404)


def test_a_ministry_gives_no_tasks(as_role, world):
    as_role("focal_point").get("/en/w/nap-2/tasks/matrix", expect=403)


def test_a_gate_that_lies_far_ahead_has_not_begun(as_role, world):
    page = as_role("secretariat").get("/en/w/nap-2?phase=adopt")
    [line] = [" ".join(row.text_content().split()) for row in page.all("//li[contains(., 'Be ready for Parliament')]")]
    assert "Not started" in line


def test_a_long_list_of_tasks_folds_what_asks_for_nothing_now(as_role, world):
    with transaction():
        for number in range(9):
            a_section(plan=db.session.get_one(Plan, world.plan.id), title=f"Section {number}")
    page = as_role("secretariat").get("/en/w/nap-2?phase=draft")
    folded = page.all("//section[@aria-labelledby='phase']//details//*[contains(@class, 'task-what')]")
    assert len(folded) > 8
    assert "tasks, 0 done" in page.all("//section[@aria-labelledby='phase']//summary")[0].text_content()


def test_in_an_empty_plan_no_phase_has_begun(as_role, world):
    with transaction():
        a_plan(slug="nap-3")
    states = [" ".join(step.text_content().split()) for step in as_role("chair").get("/en/w/nap-3").all(PHASES)]
    assert [state.endswith("Not started") for state in states[:5]] == [True] * 5


def test_a_closed_plan_needs_nobody(as_role, world):
    needs = "//section[@aria-labelledby='needs']//a[contains(@href, '/w/nap-2/')]"
    with transaction():
        a_decision(a_meeting(world.plan), world.institutions["DEF"])
    assert as_role("focal_point").get("/en/w/nap-2").all(needs)
    with transaction():
        db.session.merge(world.plan).state = "closed"
    assert not as_role("focal_point").get("/en/w/nap-2").all(needs)


CONSULT = "/en/w/nap-2?phase=consult"


def consult_tasks(page) -> dict[str, str]:
    """How each task of consulting stands, by its name."""
    lines = [label.getparent().getparent() for label in page.all(TASKS)]
    return dict(zip(tasks(page), (" ".join(line.text_content().split()) for line in lines), strict=True))


def test_consulting_begins_with_nothing_done(as_role, world):
    tasks = consult_tasks(as_role("secretariat").get(CONSULT))
    assert all(
        "Not started" in tasks[name] for name in ("Ask for contributions by letter", "Answer every contribution")
    )


def test_the_tasks_of_consulting_follow_the_record(as_role, world):
    with transaction():
        heard = what_was_heard(world)
        a_comment(heard.draft, f"paragraph:{world.paragraphs[0].key}")
    tasks = consult_tasks(as_role("secretariat").get(CONSULT))
    assert "Open now" in tasks["Open the draft for comments"]
    assert "1 comment waits" in tasks["Look at the comments that came in"]
    assert "1 answer is late" in tasks["Answer every contribution"]
    assert "In progress" in tasks["Tell what you heard and what you did"]


def test_a_letter_that_nobody_answered_in_time_is_late(as_role, world):
    with transaction():
        held = a_consultation(world.plan)
        day = date(2026, 1, 1)
        facts = {"kind": "launch", "on_day": day, "answer_by": day, "text": {"en": "Write to us."}}
        db.session.add(ConsultationLetter(consultation_id=held.id, **facts))
        db.session.add(Addressee(consultation_id=held.id, name="Network", asked_on=day))
    tasks = consult_tasks(as_role("secretariat").get(CONSULT))
    assert "1 answer is late" in tasks["Ask for contributions by letter"]
