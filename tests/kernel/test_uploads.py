"""What a file is, is read from its bytes; bytes that are wrong make it no file of ours, and no fault of the program."""

import zipfile
from io import BytesIO
from random import Random

import pytest

from nap_builder.kernel.uploads import TYPES, kind_of


def an_open_document(packing: int = zipfile.ZIP_STORED) -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w", packing) as packed:
        packed.writestr("mimetype", TYPES["odt"])
        packed.writestr("content.xml", "<office/>" * 50)
    return written.getvalue()


def test_an_open_document_is_known():
    assert kind_of(an_open_document()) == "odt"


def test_a_document_whose_label_is_packed_is_none():
    assert kind_of(an_open_document(zipfile.ZIP_DEFLATED)) == ""


@pytest.mark.parametrize("packing", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_damaged_bytes_are_the_document_or_nothing(packing):
    chance, whole = Random(1325), an_open_document(packing)
    for _ in range(3000):
        spoilt = bytearray(whole)
        for _byte in range(chance.randint(1, 4)):
            spoilt[chance.randrange(4, len(spoilt))] = chance.randrange(256)
        assert kind_of(bytes(spoilt)) in ("", "odt")
