"""A PDF as the file of an import: the plan it carries is taken, and what carries none is refused with its reason."""

import io

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


REFUSED = {
    "none": (pdf(None), "carries no plan"),
    "locked": (pdf(b"{}", locked=True), "is encrypted"),
    "broken": (b"%PDF-1.7\n" + b"\xff" * 99, "is damaged"),
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
