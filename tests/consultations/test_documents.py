"""Documents of a consultation: kept, taken away, and never public where the consultation is not."""

from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select

from nap_builder.consultations.models.records import ConsultationDocument
from nap_builder.kernel import storage
from nap_builder.kernel.database import db, transaction
from tests.builders.consultations import a_consultation

HOME = "/en/w/nap-2/consultation"
TABLE = b"question,answers\nA,3\n"


@pytest.fixture
def held(world):
    """A workshop that everybody may read of."""
    with transaction():
        return a_consultation(world.plan, visibility="public")


def sent(client, one, content=TABLE, expect=303, **said):
    """What the form answers to a file."""
    address, values = client.get(f"{HOME}/{one.key}/documents/add").filled("document", **{"title-en": "List", **said})
    values["file"] = (BytesIO(content), "list.csv")
    return client.post(address, data=values, expect=expect)


def only():
    """The one document there is."""
    return db.session.scalars(select(ConsultationDocument)).one()


def test_a_document_is_kept_and_saved_to_a_disk(as_role, held):
    client = as_role("secretariat")
    assert "List" in sent(client, held).follow().words
    answer = client.get(f"{HOME}/{held.key}/documents/{only().key}").answer
    assert answer.get_data() == TABLE
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_a_picture_loses_what_it_tells_of_its_taking(as_role, held):
    exif = Image.Exif()
    exif[0x010E] = "Taken in Asra"
    picture = BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "JPEG", exif=exif)
    sent(as_role("secretariat"), held, picture.getvalue())
    assert b"Taken in Asra" in picture.getvalue()
    assert b"Taken in Asra" not in storage.get(only().stored_as)


@pytest.mark.parametrize("content", [b"", b"#!/bin/sh", b"<html>,</html>"])
def test_what_is_no_document_is_refused(as_role, held, content):
    sent(as_role("secretariat"), held, content, expect=422)


def test_everybody_reads_a_public_document(as_role, client, held):
    staff = as_role("secretariat")
    sent(staff, held)
    address = f"/en/consultation/{held.key}/document/{only().key}"
    client.get(address, expect=404)
    staff.get(f"{HOME}/{held.key}").submit("/public")
    assert client.get(address).answer.get_data() == TABLE


@pytest.mark.parametrize("narrowed", [{"visibility": "task_force"}, {"risk": "high"}])
def test_it_is_public_no_longer_when_the_consultation_is_not(as_role, client, held, narrowed):
    staff = as_role("secretariat")
    sent(staff, held, public="yes")
    staff.get(f"{HOME}/{held.key}/edit").submit("consultation", **narrowed)
    client.get(f"/en/consultation/{held.key}/document/{only().key}", expect=404)
    staff.get(f"{HOME}/{held.key}/edit").submit("consultation", visibility="public", risk="low")
    assert not only().public


@pytest.mark.parametrize("given", [{"visibility": "task_force"}, {"risk": "high", "visibility": "public"}])
def test_it_is_never_public_where_the_consultation_is_not(as_role, world, given):
    with transaction():
        one = a_consultation(world.plan, **given)
    page = sent(as_role("secretariat"), one, expect=422, public="yes")
    assert "public only where" in page.words


def test_of_high_risk_only_the_keepers_read_it(as_role, world):
    with transaction():
        one = a_consultation(world.plan, risk="high")
    sent(as_role("secretariat"), one)
    as_role("official").get(f"{HOME}/{one.key}/documents/{only().key}", expect=404)


def test_a_document_is_removed(as_role, held):
    client = as_role("secretariat")
    sent(client, held)
    client.get(f"{HOME}/{held.key}").submit("/remove")
    assert db.session.scalars(select(ConsultationDocument)).all() == []
