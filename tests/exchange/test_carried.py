"""A PDF as the file of an import: the plan it carries is taken, and what carries none is refused with its reason."""

import io
import struct
import zlib

import pikepdf
import pytest

from nap_builder.exchange.fault import Refused
from nap_builder.exchange.incoming import read
from nap_builder.kernel.actor import INSTALLATION
from nap_builder.kernel.database import transaction
from nap_builder.plans.queries.versions import version_at
from nap_builder.plans.services.versions import freeze

MUCH = 60_000_000


def pdf(plan: bytes | None, *, locked: bool = False) -> bytes:
    """A PDF of one page that carries a plan, if one is given."""
    out = io.BytesIO()
    with pikepdf.new() as file:
        file.add_blank_page()
        if plan is not None:
            file.attachments["nap-plan.json"] = plan
        file.save(out, encryption=pikepdf.Encryption(owner="owner", user="reader") if locked else False)
    return out.getvalue()


def filling(megabytes: int) -> bytes:
    """A small PDF whose objects are packed in a part that unpacks to so many megabytes."""
    objects = zlib.compress(b"1 0 <</Type/Catalog/Pages 5 0 R>>" + b" " * megabytes * 1_000_000, 9)
    head = b"2 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>\nstream\n" % len(objects)
    body = b"%PDF-1.7\n5 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n"
    at = len(body)
    body += head + objects + b"\nendstream\nendobj\n"
    places = [(0, 0, 0), (2, 2, 0), (1, at, 0), (1, len(body), 0), (0, 0, 0), (1, 9, 0)]
    table = b"".join(struct.pack(">BIH", *place) for place in places)
    told = b"<</Type/XRef/Size 6/W[1 4 2]/Root 1 0 R/Length %d>>" % len(table)
    tail = b"3 0 obj\n" + told + b"\nstream\n" + table + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(body)
    return body + tail


REFUSED = {
    "none": (pdf(None), "carries no plan"),
    "locked": (pdf(b"{}", locked=True), "is encrypted"),
    "small, in the same form": (filling(1), "carries no plan"),
    "broken": (b"%PDF-1.7\n" + b"\xff" * 99, "is damaged"),
    "filling the machine": (filling(300), "is damaged"),
    "long": (pdf(b" " * MUCH), "is longer than any"),
}


@pytest.mark.parametrize(("content", "says"), REFUSED.values(), ids=REFUSED)
def test_a_pdf_out_of_which_no_plan_can_be_taken_says_why(app, content, says):
    with pytest.raises(Refused) as refused:
        read(content)
    assert says in str(refused.value)


def test_the_plan_that_a_pdf_carries_is_taken_as_from_the_data_file(world):
    with transaction():
        freeze(INSTALLATION, world.plan, None)
    data = version_at("nap-2", 1).public
    assert read(pdf(data)).document == read(data).document
