"""What the public may read, and what it may not."""

from io import BytesIO

import pikepdf
import pytest

from nap_builder.kernel import storage
from nap_builder.kernel.actor import INSTALLATION
from nap_builder.kernel.database import db as database
from nap_builder.kernel.database import transaction
from nap_builder.plans.canonical import digest
from nap_builder.plans.models.narrative import Paragraph
from nap_builder.plans.models.plan import FormerCode
from nap_builder.plans.queries.versions import version_at
from nap_builder.plans.services.versions import freeze
from nap_builder.publishing.services import issue, publish


@pytest.fixture
def one(world):
    """Version 1, frozen and not published."""
    with transaction():
        freeze(INSTALLATION, world.plan, None)
    return world


@pytest.fixture
def public(one):
    """Version 1, published."""
    with transaction():
        publish(INSTALLATION, version_at("nap-2", 1))
    return one


INTERNAL = ["/en/plan/nap-2", "/en/plan/nap-2/v/1", "/en/plan/nap-2/v/1.pdf", "/en/plan/nap-2/activity/1.1.1"]


@pytest.mark.parametrize("address", INTERNAL)
def test_what_is_not_published_is_not_there_for_the_public(client, one, address):
    client.get(address, expect=404)


def test_the_task_force_reads_a_version_before_it_is_published(as_role, one):
    assert "not published" in as_role("official").get("/en/plan/nap-2/v/1").words


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_anybody_reads_the_published_plan(client, public, language):
    client.get(f"/{language}/plan/nap-2")


def test_a_section_is_read_by_numbered_paragraph(client, public):
    page = client.get("/en/plan/nap-2?part=section-why")
    assert "Women were not at the table." in page.words


def test_a_pillar_shows_its_activities(client, public):
    assert "Recruit women officers" in client.get("/en/plan/nap-2?part=pillar-1").words


def test_an_activity_has_an_address(client, public):
    assert "Ministry of Defence" in client.get("/en/plan/nap-2/activity/1.1.1").words


def test_a_former_code_leads_to_the_present_one(client, public):
    with transaction():
        key = public.activities[0].key
        database.session.add(FormerCode(plan_id=public.plan.id, kind="activity", code="9.9", row_key=key))
    page = client.get("/en/plan/nap-2/activity/9.9", expect=301)
    assert page.location == "/en/plan/nap-2/activity/1.1.1"


def test_an_unknown_part_or_code_is_not_there(client, public):
    client.get("/en/plan/nap-2?part=section-none", expect=404)
    client.get("/en/plan/nap-2/activity/7.7.7", expect=404)


def test_only_the_chair_publishes(as_role, one):
    page = as_role("secretariat").get("/en/w/nap-2/versions")
    assert not [form for form in page.all("//form/@action") if form.endswith("/publish")]


def test_a_withdrawn_version_is_gone_for_the_public(as_role, client, public):
    as_role("chair").get("/en/w/nap-2/versions").submit("/withdraw")
    client.get("/en/plan/nap-2", expect=404)


def test_publishing_twice_is_refused(as_role, one):
    chair = as_role("chair")
    page = chair.get("/en/w/nap-2/versions")
    page.submit("/publish")
    again = chair.get("/en/w/nap-2/versions").filled(0)[1]
    chair.post("/en/w/nap-2/versions/1/publish", data={**again, "once": "another-key-of-the-form"}, expect=409)


def test_what_changed_is_shown_with_words_for_screen_readers(as_role, one):
    with transaction():
        database.session.get(Paragraph, one.paragraphs[0].id).text = {"en": "Women were never at the table."}
        freeze(INSTALLATION, one.plan, None)
    page = as_role("auditor").get("/en/plan/nap-2/v/1..2")
    assert [part.text_content().strip() for part in page.all("//ins")] != []
    assert "Added:" in page.words
    assert "Removed:" in page.words


def test_two_equal_versions_say_so(as_role, one):
    with transaction():
        freeze(INSTALLATION, one.plan, None)
    assert "Nothing changed" in as_role("auditor").get("/en/plan/nap-2/v/1..2").words


def test_a_pdf_that_is_not_made_yet_is_said_so(client, public):
    assert "not made yet" in client.get("/en/plan/nap-2/v/1.pdf", expect=404).words


@pytest.mark.slow
def test_a_pdf_is_made_by_a_job_and_served_again_byte_for_byte(as_role, client, public, jobs):
    page = as_role("chair").get("/en/w/nap-2/versions")
    page.submit("/plan/nap-2/v/1/pdf", written_in="en")
    assert [job.state for job in jobs.run_all()] == ["done"]
    first = client.get("/en/plan/nap-2/v/1.pdf").answer.data
    assert first.startswith(b"%PDF-")
    assert client.get("/en/plan/nap-2/v/1.pdf").answer.data == first


@pytest.mark.slow
def test_a_draft_is_made_by_a_job(as_role, world, jobs):
    official = as_role("official")
    official.get("/en/w/nap-2/draft.pdf").submit("/draft.pdf")
    assert [job.state for job in jobs.run_all()] == ["done"]
    assert official.get("/en/w/nap-2/draft.pdf").answer.data.startswith(b"%PDF-")


def test_letters_without_a_sign_are_printed_as_their_numbers_and_told_to_the_task_force(as_role, world):
    with transaction():
        world.paragraphs[0].text = {"en": "They write 中 for the middle."}
        freeze(INSTALLATION, world.plan, None)
    document = issue(INSTALLATION, version_at("nap-2", 1), profile="public", language="en")
    with pikepdf.open(BytesIO(storage.get(document.stored_as))) as file:
        carried = file.attachments["nap-plan.json"].get_file().read_bytes()
    assert (document.faults, document.letters) == (None, "中")
    assert digest(carried) == document.version.public_sha256
    assert "中 U+4E2D" in as_role("chair").get("/en/w/nap-2/versions").words


def test_faults_of_a_file_are_told_and_the_file_is_handed_out(as_role, one):
    document = issue(INSTALLATION, version_at("nap-2", 1), profile="public", language="en")
    with transaction():
        database.session.merge(document).faults = ["links"]
    client = as_role("chair")
    page = client.get("/en/w/nap-2/versions")
    assert "A link leads nowhere." in page.words
    [link] = page.all("//a[contains(@href, '/v/1.pdf')]/@href")
    client.get(link)
