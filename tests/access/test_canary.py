"""A canary in everything that is restricted to one ministry: it sings on no page of anybody else, whatever they ask."""

import io
import zipfile
from itertools import islice

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from nap_builder.accounts.models import Person
from nap_builder.accounts.queries import actor_of
from nap_builder.kernel.database import db as layer
from nap_builder.kernel.database import transaction
from nap_builder.plans.models.framework import Activity
from nap_builder.plans.models.measures import BudgetLine, Figure, Indicator, Milestone
from nap_builder.plans.models.narrative import Paragraph
from nap_builder.plans.services import framework, rows
from nap_builder.plans.services.narrative import archive_paragraph, write_paragraph
from nap_builder.plans.services.versions import freeze
from nap_builder.publishing.services import publish
from tests.access.addresses import Door, Place, doors
from tests.access.ground import SECRET, Ground
from tests.access.test_crawl import told, visitor

AMOUNT = 777_131_325
OTHERS = ("interior", "officer_of_interior", "auditor", "administrator", "steward", "contributor", "nobody")
OWNERS = ("chair", "secretariat", "focal_point", "official")
MORE_THAN_A_FEW = 4  # pages that an owner must hear it on; the rest need not be asked for
ASKED = (
    "q=Zyx",
    "q=%25",
    "show=problems&pillar=",
    "pillar=&page=1",
    "lead=DEF&pillar=",
    "lacks=baseline",
    "level=activity",
)


@pytest.fixture
def canary(ground: Ground) -> Ground:
    """The State of the crawl, in which more hangs on what is restricted, and something was done to it."""
    with transaction():
        place = {"plan_id": ground.world.plan.id, "activity_id": ground.secret_activity.id}
        said = {"title": {"en": SECRET}, "position": 20}
        measured = Indicator(**place, **said, code="I77", kind="number")
        kept = [measured, Milestone(**place, **said, code="M77", due="2027")]
        kept.append(BudgetLine(activity_id=ground.secret_activity.id, position=0, amount=AMOUNT, funding="gap"))
        layer.session.add_all(kept)
        layer.session.flush()
        layer.session.add(Figure(indicator_id=measured.id, part="target", position=0, text={"en": SECRET}))
        other = layer.session.get_one(Activity, ground.world.activities[1].id)
        other.related = [f"activity:{ground.secret_activity.key}"]
    with transaction():
        _act(ground)
    with transaction():
        chair = actor_of(layer.session.get_one(Person, ground.people["chair"].id))
        publish(chair, freeze(chair, ground.world.plan))
    return ground


def _act(ground: Ground) -> None:
    """Acts on what is restricted, which the trail and the histories remember."""
    chair = actor_of(ground.people["chair"])
    paragraph = layer.session.get_one(Paragraph, ground.secret_paragraph.id)
    write_paragraph(chair, paragraph, {"en": f"{SECRET} written"}, seen=paragraph.row_version)
    layer.session.flush()
    archive_paragraph(chair, paragraph, seen=paragraph.row_version)
    activity = layer.session.get_one(Activity, ground.secret_activity.id)
    rows.change(chair, activity, {"title": {"en": f"{SECRET} changed"}}, seen=activity.row_version)
    indicator = layer.session.query(Indicator).filter_by(code="I77").one()
    framework.archive_row(chair, indicator, seen=indicator.row_version)


def asked_for(app: Flask, ground: Ground, person_id: int | None) -> list[Door]:
    """Every address that is read, alone and with questions."""
    found = [door for door in doors(app, ground, person_id) if door.method == "GET" and door.endpoint != "components"]
    lists = [
        door for door in found if door.path.endswith(("/matrix", "/indicators", "/milestones", "/audit", "/sections"))
    ]
    edit = f"edit={ground.secret_activity.key}&pillar="
    more = [Door(d.endpoint, "GET", f"{d.path}?{q}", d.action, Place()) for d in lists for q in (*ASKED, edit)]
    return found + more


def words(answer: TestResponse) -> str:
    """The words of an answer, those inside a Word file or an archive too; of a picture what letters it holds."""
    return text_of(answer.data) if answer.data[:2] == b"PK" else answer.data.decode(errors="replace")


def text_of(content: bytes) -> str:
    """The words of all that is packed in a file; of a picture what letters it holds."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = [packed.read(name) for name in packed.namelist()]
    return "\n".join(text_of(part) if part[:2] == b"PK" else part.decode(errors="replace") for part in parts)


def sings(text: str) -> bool:
    """Whether the canary is in a page."""
    figures = "".join(letter for letter in text if letter.isdigit())
    return SECRET in text or str(AMOUNT) in figures


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", OTHERS)
def test_nobody_else_hears_it(app: Flask, canary: Ground, name: str):
    who = visitor(app, canary, name)
    answers = [(door, who.ask(door)) for door in asked_for(app, canary, who.person_id)]
    assert [told(door, answer) for door, answer in answers if sings(words(answer))] == []


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", OWNERS)
def test_those_it_is_for_hear_it(app: Flask, canary: Ground, name: str):
    who = visitor(app, canary, name)
    answers = (who.ask(door) for door in asked_for(app, canary, who.person_id))
    heard = (answer for answer in answers if sings(words(answer)))
    assert len(list(islice(heard, MORE_THAN_A_FEW))) == MORE_THAN_A_FEW
