"""Names that try to be more than a name."""

from collections.abc import Callable
from typing import Any

import pytest

from nap_builder.kernel.database import db as layer

SPLIT = (
    "Ann\r\nBcc: all@evil.example",
    "Ann\nBcc: all@evil.example",
    "Ann\u2028Bcc: all@evil.example",
    "Ann\tBcc: all@evil.example",
)


@pytest.mark.parametrize("name", SPLIT, ids=ascii)
def test_a_name_stays_on_one_line(as_role: Callable[..., Any], world: Any, name: str):
    as_role("official").get("/en/profile").submit("profile", name=name, post=name)
    layer.session.rollback()
    person = world.people["official"]
    assert (person.name, person.post) == ("Ann Bcc: all@evil.example",) * 2
