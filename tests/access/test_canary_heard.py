"""A canary in everything of the consultations that is not public: it sings in no answer to anybody outside.

Every public address, feed, table, PDF and file is asked for; and the same canaries sing to those who keep the record,
so that a test that hears nothing is no test that listens to nothing.
"""

import io
import json
from datetime import date
from typing import Any

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select

from nap_builder.consultations.models.contributions import Contribution
from nap_builder.consultations.models.letters import Addressee, ConsultationLetter
from nap_builder.consultations.models.questionnaires import Question
from nap_builder.consultations.models.records import Consultation, Organisation
from nap_builder.exchange import services as exchange
from nap_builder.kernel import storage
from nap_builder.kernel.actor import INSTALLATION
from nap_builder.kernel.database import db as layer
from nap_builder.kernel.database import transaction
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.versions import PUBLIC, version_at
from nap_builder.plans.services.versions import freeze
from nap_builder.publishing.services import draft_pdf, issue, plan_written, publish, version_written
from tests.access.ground import Ground
from tests.access.test_canary import asked_for, text_of, words
from tests.access.test_crawl import told, visitor
from tests.builders.consultations import a_comment, a_consultation, a_contribution, an_open_draft

SONG = "Qwyjibo"
SAYS = {"en": f"{SONG} is written here."}
ANSWER = {"decision": "accepted", "text": SAYS}
OUTSIDE = ("nobody", "contributor", "parliamentarian")
KEEPERS = ("secretariat", "chair")
A_COUNT = 3  # so small that it is told to nobody


@pytest.fixture
def sung(ground: Ground) -> Ground:
    """The State of the crawl, with a canary in every field of the room that is not for everybody, then published."""
    with transaction():
        plan = layer.session.get_one(Plan, ground.world.plan.id)
        paragraph = f"paragraph:{ground.world.paragraphs[0].key}"
        _kept_back(plan)
        _of_high_risk(plan)
        _among_what_is_public(plan, paragraph)
    with transaction():
        publish(INSTALLATION, freeze(INSTALLATION, layer.session.get_one(Plan, ground.world.plan.id), None))
    return ground


def _kept_back(plan: Plan) -> None:
    for visibility in ("task_force", "steward"):
        facts: dict[str, Any] = {"place": SAYS, "summary": SAYS, "agenda": SAYS, "other_ways": SAYS}
        held = a_consultation(plan, SONG, visibility=visibility, organisations=[SONG], **facts)
        a_contribution(held, SONG, by=SONG, attribution="named", response=ANSWER, draft=ANSWER)
        layer.session.add_all(
            [
                ConsultationLetter(consultation_id=held.id, kind="launch", on_day=date(2026, 1, 1), text=SAYS),
                Addressee(consultation_id=held.id, name=SONG, note=SONG),
                Question(consultation_id=held.id, position=1, text=SAYS, kind="text"),
            ]
        )


def _of_high_risk(plan: Plan) -> None:
    hidden: dict[str, Any] = {"place": SAYS, "region": SONG, "organisations": [{"name": SONG, "public": True}]}
    risky = a_consultation(plan, SONG, visibility="public", risk="high", starts=date(2026, 2, 14), **hidden)
    a_contribution(risky, "Guard the ferry.", by=SONG, attribution="organisation")


def _among_what_is_public(plan: Plan, paragraph: str) -> None:
    counts = {"total": 40, "women": 37, "men": A_COUNT, "womens_organisations": A_COUNT}
    named: dict[str, Any] = {"organisations": [{"name": SONG, "public": False}], "participants": counts}
    draft = an_open_draft(plan)
    meeting = a_consultation(plan, "A public meeting", visibility="public", round="draft", **named)
    silent = a_consultation(plan, "Without names", visibility="public", attribution="non_attributed")
    layer.session.add(Organisation(name=f"{SONG} Mothers", may_be_named=False, note=SONG))
    a_contribution(meeting, "Heard by all.", draft=ANSWER, by=SONG)
    a_contribution(meeting, SONG, hidden_because={"en": "It insults."})
    a_contribution(meeting, SONG, withdrawn=True)
    a_contribution(meeting, SONG, attribution="steward")
    a_contribution(meeting, "By an organisation.", by=SONG, attribution="organisation")
    a_contribution(meeting, "By another.", by=f"{SONG} Mothers", attribution="organisation")
    a_contribution(silent, "By a person.", by=SONG, attribution="named")
    a_comment(draft, paragraph, SONG, name=SONG, proposed=SONG)
    a_comment(draft, paragraph, SONG, state="refused", reason={"en": "It insults."})


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", OUTSIDE)
def test_nobody_outside_hears_it(app: Flask, sung: Ground, name: str):
    who = visitor(app, sung, name)
    answers = [(door, who.ask(door)) for door in asked_for(app, sung, who.person_id)]
    assert [told(door, answer) for door, answer in answers if SONG in words(answer)] == []


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", KEEPERS)
def test_those_who_keep_the_record_hear_it(app: Flask, sung: Ground, name: str):
    who = visitor(app, sung, name)
    answers = [who.ask(door) for door in asked_for(app, sung, who.person_id)]
    assert sum(SONG in words(answer) for answer in answers) > 2


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_no_paper_holds_it(app: Flask, sung: Ground):
    plan, number = layer.session.get_one(Plan, sung.world.plan.id), 3
    issued = storage.get(issue(INSTALLATION, version_at("nap-2", number), profile=PUBLIC, language="en").stored_as)
    plan = layer.session.get_one(Plan, sung.world.plan.id)
    pages = [page for content in (issued, draft_pdf(plan, "en")) for page in PdfReader(io.BytesIO(content)).pages]
    printed = "\n".join(page.extract_text() for page in pages)
    printed += text_of(version_written(version_at("nap-2", number), "docx", profile=PUBLIC, language="en"))
    printed += text_of(plan_written(plan, "docx", number=None, language="en", profile=PUBLIC))
    assert "Heard by all." in printed
    assert SONG not in printed


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_no_public_file_holds_it(app: Flask, sung: Ground):
    plan = layer.session.get_one(Plan, sung.world.plan.id)
    content = exchange.plan_file(plan, None, "public")
    assert SONG not in content.decode()
    assert "consultations" not in json.loads(content)


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_no_small_count_stands_in_the_public_table(app: Flask, sung: Ground):
    answer = visitor(app, sung, "nobody")
    pages = [answer.ask(door) for door in asked_for(app, sung, None) if door.endpoint == "consultations.all_responses"]
    assert pages
    for page in pages:
        row = page.get_data(as_text=True).partition('id="s-draft"')[2].partition("</tr>")[0]
        assert f">{A_COUNT}<" not in row
        assert "A few" in row


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_the_canaries_are_there(app: Flask, sung: Ground):
    held = layer.session.scalars(select(Consultation)).all()
    said = layer.session.scalars(select(Contribution)).all()
    assert sum(SONG in json.dumps([one.title, one.place, one.organisations]) for one in held) >= 4
    assert sum(SONG in json.dumps([one.text, one.by, one.draft]) for one in said) >= 8
