"""What a file is, is read from its bytes; bytes that are wrong make it no file of ours, and no fault of the program."""

import subprocess
import sys
import zipfile
from io import BytesIO
from random import Random

import pytest

from nap_builder.kernel.uploads import TYPES, kind_of
from nap_builder.settings import PROJECT

# Four threads that read the largest picture at once, in 800 MB more than the process has.
FOUR_AT_ONCE = """
import io, resource
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from PIL import Image
from nap_builder.kernel.uploads import picture
sent = io.BytesIO()
Image.new("RGB", (5000, 5000), "#345678").save(sent, "PNG")
pages = int(Path("/proc/self/statm").read_text().split()[0])
most = pages * resource.getpagesize() + 800_000_000
resource.setrlimit(resource.RLIMIT_AS, (most, most))
read = lambda _number: picture(io.BytesIO(sent.getvalue()), field="picture").size
with ThreadPoolExecutor(4) as pool:
    assert list(pool.map(read, range(4))) == [(5000, 5000)] * 4
"""


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


def test_large_pictures_that_are_sent_at_once_do_not_take_the_memory_together():
    command = [sys.executable, "-P", "-c", FOUR_AT_ONCE]
    done = subprocess.run(command, env={"PYTHONPATH": str(PROJECT)}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
