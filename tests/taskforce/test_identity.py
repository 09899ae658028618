"""The State's crest and colours."""

from io import BytesIO

import pytest
from PIL import Image

from nap_builder.kernel import storage
from nap_builder.kernel.actor import INSTALLATION
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import BadInput
from nap_builder.taskforce.colours import contrast, passing
from nap_builder.taskforce.identity import choose_colours, chosen, put_crest, remove_crest, shades, worn
from nap_builder.taskforce.services import name_state
from tests.builders.identity import GOLD, GREEN, a_crest

PALE = "#8fd19e"


def a_state():
    return name_state(INSTALLATION, {"en": "Sarenia"}, None, seen=None)


def test_contrast_is_what_wcag_says():
    assert contrast("#000000") == pytest.approx(21)
    assert contrast("#777777") == pytest.approx(4.48, abs=0.01)


def test_the_nearest_shade_just_passes():
    shade = passing(PALE, 7)
    assert 7 <= contrast(shade) < 7.3


def test_a_light_main_colour_is_refused_with_a_shade_that_passes(db):
    with pytest.raises(BadInput) as refused, transaction():
        choose_colours(INSTALLATION, a_state(), PALE, GOLD, seen=1)
    assert refused.value.field == "brand"
    assert passing(PALE, 7) in str(refused.value)


@pytest.mark.parametrize("brand", [GREEN, "#595959", "#7a0019", "#000000"])
def test_what_is_written_in_a_derived_colour_is_read_well(brand):
    found = shades({"brand": brand, "accent": GOLD})
    assert min(contrast(found[name], found["--tint"]) for name in ("--brand-deep", "--accent-text")) >= 7
    assert contrast(found["--brand-pale"], found["--brand"]) >= 7


def test_a_crest_is_kept_as_a_white_square_without_transparency(db):
    with transaction():
        state = a_state()
        put_crest(INSTALLATION, state, a_crest())
    with Image.open(BytesIO(storage.get(state.crest))) as kept:
        assert (kept.size, kept.mode, kept.getpixel((0, 0))) == ((800, 800), "RGB", (255, 255, 255))
        assert kept.getpixel((400, 400)) == (20, 80, 40)


def test_the_ground_of_a_picture_with_a_palette_stays_clear(db):
    sent = BytesIO()
    with Image.open(a_crest()) as picture:
        picture.quantize(8).save(sent, "PNG")
    with transaction():
        state = a_state()
        put_crest(INSTALLATION, state, BytesIO(sent.getvalue()))
    with Image.open(BytesIO(storage.get(state.crest))) as kept:
        assert kept.getpixel((0, 0)) == (255, 255, 255)


@pytest.mark.parametrize("alpha", [255, 0])
def test_a_crest_that_is_not_seen_on_white_is_refused(db, alpha):
    with pytest.raises(BadInput) as refused, transaction():
        put_crest(INSTALLATION, a_state(), a_crest((255, 255, 255, alpha)))
    assert refused.value.field == "crest"


def test_a_drawing_is_refused_as_a_crest(db):
    with pytest.raises(BadInput), transaction():
        put_crest(INSTALLATION, a_state(), BytesIO(b'<svg xmlns="http://www.w3.org/2000/svg"/>'))


def test_after_a_crest_is_removed_nothing_is_worn(db):
    with transaction():
        state = a_state()
        put_crest(INSTALLATION, state, a_crest())
        assert "crest" in worn(chosen(state))
        remove_crest(INSTALLATION, state)
    assert worn(chosen(state)) == {}


def test_colours_chosen_on_the_page_are_worn_by_it(as_role, world):
    page = as_role("chair").get("/en/settings/identity")
    shown = page.submit("colours", brand="1B5E20", accent=GOLD).follow()
    sheet = next(link for link in shown.tree.xpath("//link/@href") if "/identity/" in link)
    assert GREEN in as_role("chair").get(sheet).text
