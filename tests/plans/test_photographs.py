"""Photographs of a section in the browser: what is taken, what is refused, and what is kept of a picture."""

import io
import struct
import zlib
from typing import Any

import pytest
from PIL import Image, ImageCms

from nap_builder.kernel import storage
from nap_builder.kernel.actor import INSTALLATION
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import BadInput
from nap_builder.plans.models.narrative import Photograph
from nap_builder.plans.services.photographs import (
    MOST,
    PhotographFacts,
    add_photograph,
    erase_photograph,
    keep_picture,
    small,
)
from nap_builder.plans.services.versions import freeze
from nap_builder.worker import tidy
from tests.builders.photographs import SEEN, a_photograph, a_picture
from tests.builders.plans import a_section

WHY = "/en/w/nap-2/section/why"
NEW = f"{WHY}/photographs/new"


def words(**changed: str) -> dict[str, str]:
    """What somebody types of a photograph."""
    return {**{f"alt-{tag}": text for tag, text in SEEN.items()}, "credit": "Ana Sol", "agreed": "y", **changed}


def sent(picture: io.BytesIO | None = None) -> tuple[io.BytesIO, str]:
    return picture or a_picture(), "IMG_1234.jpg"


def kept(db: Any) -> Photograph:
    db.session.rollback()
    return db.session.query(Photograph).one()


def opened(name: str) -> Image.Image:
    return Image.open(io.BytesIO(storage.get(name)))


def test_a_photograph_is_added_and_stands_on_the_page_of_its_section(as_role, world, db):
    page = as_role("official").get(NEW).submit("photograph", picture=sent(), **words(after=world.paragraphs[1].key))
    shown = page.follow()
    assert "The photograph is added." in shown.words
    assert "It stands under paragraph 2." in shown.words
    (source,) = shown.all("//figure/img/@src")
    assert shown.client.get(source).answer.mimetype == "image/jpeg"
    assert (kept(db).credit, kept(db).width, kept(db).height) == ("Ana Sol", 900, 600)


def test_nothing_is_kept_of_where_and_when_it_was_taken(db):
    told = Image.Exif()
    told[0x0132], told[0x010F] = "2026:03:08 10:00:00", "A camera"
    told.get_ifd(0x8825).update({1: "N", 2: (48.0, 51.0, 29.0)})
    picture = keep_picture(a_picture(exif=told, comment=b"Asra"))
    for name in (picture.stored_as, small(picture.stored_as)):
        assert not opened(name).getexif()
        assert "comment" not in opened(name).info


def test_a_picture_that_was_taken_on_its_side_stands_upright(db):
    told = Image.Exif()
    told[0x0112] = 6
    assert opened(keep_picture(a_picture(exif=told)).stored_as).size == (600, 900)


def what_a_camera_says(*entries: tuple[int, int, int, bytes]) -> bytes:
    """The words of a camera (Exif 2.3, 4.6): a number, a type, a count and four bytes each."""
    rows = b"".join(struct.pack("<HHI4s", *entry) for entry in entries)
    return b"Exif\0\0II*\0\x08\0\0\0" + struct.pack("<H", len(entries)) + rows + bytes(4)


@pytest.mark.parametrize("nonsense", [(0x010F, 11, 1, bytes(4)), (0x8825, 4, 1, b"\x32\0\0\0")])
def test_a_picture_stands_upright_whatever_else_its_camera_says(db, nonsense):
    told = what_a_camera_says((0x010F, 2, 4, b"Cam\0"), (0x0112, 3, 1, b"\6\0\0\0"), nonsense)
    assert opened(keep_picture(a_picture(exif=told)).stored_as).size == (600, 900)


def test_a_large_picture_is_made_smaller(db):
    picture = keep_picture(a_picture((4000, 3000)))
    assert opened(picture.stored_as).size == (1800, 1350)
    assert opened(small(picture.stored_as)).size == (720, 540)


def test_a_picture_whose_profile_cannot_be_read_keeps_its_colours(db):
    picture = keep_picture(a_picture(kind="PNG", icc_profile=b"no profile at all"))
    assert opened(picture.stored_as).getpixel((100, 100)) == pytest.approx((0x3B, 0x6E, 0x8F), abs=4)


def a_profile() -> bytes:
    """A profile of colours in which red is blue, and blue is red."""
    usual = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return usual.replace(b"rXYZ", b"____", 1).replace(b"bXYZ", b"rXYZ", 1).replace(b"____", b"bXYZ", 1)


def test_colours_of_another_profile_are_brought_to_those_of_every_screen(db):
    picture = keep_picture(a_picture(icc_profile=a_profile(), quality=95))
    red, green, blue = opened(picture.stored_as).getpixel((100, 300))
    assert max(abs(red - 0x8F), abs(green - 0x6E), abs(blue - 0x3B)) < 12
    assert "icc_profile" not in opened(picture.stored_as).info


def a_bomb() -> io.BytesIO:
    """A PNG of a few bytes that says it is 50,000 pixels wide and high."""
    head = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"")), (b"IEND", b"")]
    body = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + body)


@pytest.mark.parametrize(
    ("picture", "why"),
    [
        (a_bomb, "This picture is too large."),
        (lambda: io.BytesIO(b"GIF89a" + b"\0" * 100), "Send a JPEG or PNG picture."),
        (lambda: io.BytesIO(b'<svg xmlns="http://www.w3.org/2000/svg"/>'), "Send a JPEG or PNG picture."),
        (lambda: io.BytesIO(b"\xff\xd8\xff\xe0 no picture"), "This picture cannot be read."),
        (io.BytesIO, "This file is empty."),
        (lambda: a_picture((299, 900)), "too small to be printed"),
    ],
)
def test_what_is_no_good_picture_is_refused_beside_its_field_and_the_words_stay(as_role, world, db, picture, why):
    page = as_role("official").get(NEW).submit("photograph", expect=422, picture=(picture(), "x.jpg"), **words())
    assert why in page.all("//*[@id='picture-error']")[0].text_content()
    assert page.all("//textarea[@name='alt-en']")[0].text.strip() == SEEN["en"]
    assert db.session.query(Photograph).count() == 0


@pytest.mark.parametrize(
    ("left_out", "why"),
    [
        ("alt-ar", "Write it in this language too: العربية."),
        ("agreed", "A photograph is published only if those who are seen on it agree."),
    ],
)
def test_the_picture_is_kept_while_something_else_is_wrong(as_role, world, db, left_out, why):
    given = {name: value for name, value in words().items() if name != left_out}
    page = as_role("official").get(NEW).submit("photograph", expect=422, picture=sent(), **given)
    assert why in page.words
    page.submit("photograph", **{left_out: words()[left_out]})
    assert kept(db).alt == SEEN


def test_a_picture_that_was_kept_for_another_section_is_not_taken(as_role, world, db):
    with transaction():
        a_section(plan=world.plan, key="other", title="Other", position=1, owner_id=world.institutions["DEF"].id)
    page = as_role("official").get(NEW).submit("photograph", expect=422, picture=sent(), **words(agreed=""))
    token = page.all("//form[@id='photograph']//input[@name='kept']/@value")[0]
    other = as_role("official").get("/en/w/nap-2/section/other/photographs/new")
    assert "Choose the picture." in other.submit("photograph", expect=422, kept=token, **words()).words


def test_what_is_said_of_it_is_changed_without_sending_it_again(as_role, world, db):
    with transaction():
        one = a_photograph(world.section)
    page = as_role("official").get(f"{WHY}/photographs/{one.key}")
    page.submit("photograph", **{"alt-en": "Three women.", "after": ""})
    assert (kept(db).alt["en"], kept(db).after) == ("Three women.", None)


def test_it_is_removed_and_restored(as_role, world, db):
    with transaction():
        one = a_photograph(world.section)
    page = as_role("official").get(WHY)
    gone = page.submit(f"{WHY}/photographs/{one.key}/archive").follow()
    assert "1 photograph is removed" in gone.words
    assert not gone.all("//figure")
    back = gone.submit(f"{WHY}/photographs/{one.key}/restore").follow()
    assert len(back.all("//figure")) == 1


def test_deleting_for_good_is_asked_and_takes_it_from_every_place(as_role, world, db):
    with transaction():
        one, _again = a_photograph(world.section), a_photograph(world.section)
    page = as_role("chair").get(f"{WHY}/photographs/{one.key}/erase")
    assert "It stands in 2 places and is deleted in all of them." in page.words
    after = page.submit("erase").follow()
    assert "The photograph is deleted for good." in after.words
    assert db.session.query(Photograph).count() == 0


def test_a_picture_that_was_deleted_for_good_does_not_come_back_into_a_version(as_role, world, db):
    with transaction():
        one = a_photograph(world.section)
        freeze(INSTALLATION, world.plan)
        erase_photograph(INSTALLATION, one)
    page = as_role("official").get(NEW).submit("photograph", expect=422, picture=sent(), **words())
    assert "This picture was deleted for good, and is not taken again." in page.words
    assert not storage.exists(one.stored_as)


def test_one_that_was_removed_comes_back_only_where_there_is_room(as_role, world, db):
    with transaction():
        removed = a_photograph(world.section)
        removed.archived_at = now()
        for _number in range(MOST):
            a_photograph(world.section)
    page = as_role("official").get(WHY)
    refused = page.submit(f"{WHY}/photographs/{removed.key}/restore", expect=409)
    assert "A plan has 40 photographs at most." in refused.words


def test_a_picture_that_stands_in_a_section_of_others_too_is_theirs_as_well(as_role, world, db):
    with transaction():
        one = a_photograph(world.section)
    page = as_role("official").get(f"{WHY}/photographs/{one.key}/erase")
    with transaction():
        a_photograph(a_section(plan=world.plan, key="theirs", title="Theirs", position=1))
    assert "This picture stands in sections of others too." in page.submit("erase", expect=409).words
    page.client.get(f"{WHY}/photographs/{one.key}/erase", expect=409)
    edit = page.client.get(f"{WHY}/photographs/{one.key}")
    assert not edit.all("//a[contains(@href, '/erase')]")


def test_what_was_done_to_one_that_was_deleted_for_good_is_not_undone(as_role, world, db):
    with transaction():
        one = a_photograph(world.section)
    gone = as_role("chair").get(WHY).submit(f"{WHY}/photographs/{one.key}/archive").follow()
    (undo,) = gone.all("//form[contains(@action, '/undo/')]/@action")
    as_role("chair").get(f"{WHY}/photographs/{one.key}/erase").submit("erase")
    assert "deleted a photograph of" in gone.submit(undo, expect=409).words


def test_what_the_trail_tells_of_one_in_a_restricted_section_stays_secret_once_it_is_deleted(as_role, world, db):
    with transaction():
        secret = a_section(plan=world.plan, key="secret", title="Hidden names", position=1, restricted=True)
        erase_photograph(INSTALLATION, a_photograph(secret))
    assert "Hidden names" in as_role("chair").get("/en/w/nap-2").words
    assert "Hidden names" not in as_role("official").get("/en/w/nap-2").words


def test_a_plan_has_only_so_many(world, db):
    with transaction():
        picture = keep_picture(a_picture())
        for _number in range(MOST):
            add_photograph(INSTALLATION, world.section, picture, PhotographFacts(SEEN))
        with pytest.raises(BadInput, match="at most"):
            a_photograph(world.section)


def test_those_who_read_do_not_write(as_role, world):
    with transaction():
        one = a_photograph(world.section)
    page = as_role("auditor").get(WHY)
    assert len(page.all("//figure")) == 1
    assert not page.all("//main//form")
    page.client.get(NEW, expect=403)
    page.client.get(f"{WHY}/photographs/{one.key}/erase", expect=403)


def test_pictures_that_were_sent_and_never_added_are_dropped(world, db):
    with transaction():
        one, frozen = a_photograph(world.section), a_photograph(world.section, "#7a0019")
        freeze(INSTALLATION, world.plan)
        db.session.delete(frozen)
    waiting = keep_picture(a_picture(colour="#1b5e20"))
    tidy()
    kept = [storage.exists(name) for name in (one.stored_as, small(one.stored_as), frozen.stored_as)]
    assert (kept, storage.exists(waiting.stored_as)) == ([True, True, True], False)


def test_a_picture_that_waited_too_long_is_asked_for_again_and_the_words_stay(as_role, world, db):
    page = as_role("official").get(NEW).submit("photograph", expect=422, picture=sent(), **words(agreed=""))
    tidy()
    again = page.submit("photograph", expect=422, agreed="y")
    assert "Choose the picture." in again.words
    assert again.all("//textarea[@name='alt-en']")[0].text.strip() == SEEN["en"]
