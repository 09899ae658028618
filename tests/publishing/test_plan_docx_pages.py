"""The Word file of a plan at its address: for whom the PDF is, with nothing restricted unless it is asked for."""

import io
from typing import Any

import docx
import pytest

from nap_builder.kernel import storage
from nap_builder.kernel.actor import INSTALLATION
from nap_builder.kernel.database import transaction
from nap_builder.plans.models.framework import Activity
from nap_builder.plans.queries.versions import version_at
from nap_builder.plans.services.versions import freeze
from nap_builder.publishing.services import publish

DRAFT, VERSION = "/en/w/nap-2/draft.docx", "/en/plan/nap-2/v/1.docx"


def words_of(answer: Any) -> str:
    """What a Word file says, in paragraphs and tables."""
    document = docx.Document(io.BytesIO(answer.get_data()))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


@pytest.fixture
def one(world):
    """Version 1, frozen and not published."""
    with transaction():
        freeze(INSTALLATION, world.plan, None)
    return world


def test_the_draft_is_the_plan_as_it_stands(as_role, world):
    answer = as_role("official").get(DRAFT).answer
    assert "Women were not at the table." in words_of(answer)
    assert answer.headers["Content-Disposition"] == "attachment; filename=nap-2-draft-en.docx"


def test_the_draft_is_in_the_language_asked_for(as_role, world):
    answer = as_role("official").get(DRAFT + "?written_in=fr").answer
    assert answer.headers["Content-Disposition"].endswith("nap-2-draft-fr.docx")
    assert "Deuxième plan" in words_of(answer)


def test_the_draft_is_not_there_for_others(client, as_role, world):
    client.get(DRAFT, expect=302)
    as_role("contributor").get(DRAFT, expect=404)


def test_what_is_restricted_is_in_it_for_the_drafters_alone_who_ask(as_role, world, db):
    with transaction():
        db.session.get_one(Activity, world.activities[0].id).restricted = True
    assert "Recruit women officers" not in words_of(as_role("secretariat").get(DRAFT).answer)
    assert "Recruit women officers" in words_of(as_role("secretariat").get(DRAFT + "?profile=working").answer)
    as_role("official").get(DRAFT + "?profile=working", expect=404)


def test_a_version_is_there_for_whom_it_is_published(client, as_role, one):
    client.get(VERSION, expect=404)
    as_role("official").get(VERSION)
    with transaction():
        publish(INSTALLATION, version_at("nap-2", 1))
    assert "Women were not at the table." in words_of(client.get(VERSION).answer)


def test_a_version_is_made_once_and_kept(as_role, one):
    first = as_role("official").get(VERSION).answer.get_data()
    assert [name for name in storage.names("documents") if name.endswith(".docx")]
    assert as_role("official").get(VERSION).answer.get_data() == first


def test_the_versions_page_leads_to_both(as_role, one):
    page = as_role("secretariat").get("/en/w/nap-2/versions")
    assert page.all("//a[contains(@href, '/draft.docx')]")
    assert page.all("//a[contains(@href, '/v/1.docx')]")
