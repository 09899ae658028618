"""Every word that the format knows has a name for people, and no name is for a word that it does not know."""

from collections.abc import Iterator
from typing import Any

import pytest

from nap_builder.plans import names
from nap_builder.plans.member_names import MEMBERS
from nap_builder.plans.rows import rows_below
from nap_builder.plans.schema import ROOT, SCHEMA
from nap_builder.plans.tables import SHAPES
from nap_builder.taskforce.names import KINDS, SECTORS

NEVER_NAMED = {"key", "number", "body", "slug"}
OPEN_LISTS = {
    "ROWS",
    "DIMENSIONS",
    "CATEGORIES",
    "OUTCOMES",
    "ADDS_UP",
}  # what a State may add to, or what the format does not list
LISTS = {
    "KINDS": KINDS,
    "SECTORS": SECTORS,
    **{name: found for name, found in vars(names).items() if name.isupper() and name not in OPEN_LISTS},
}


def enumerations(part: Any) -> Iterator[frozenset[str]]:
    """The lists of values that a part of the schema closes."""
    if isinstance(part, dict):
        if "enum" in part:
            yield frozenset(map(str, part["enum"]))
        for inner in part.values():
            yield from enumerations(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from enumerations(inner)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_names_just_the_values_of_the_format(name):
    assert frozenset(LISTS[name]) in set(enumerations(SCHEMA))


def test_every_kind_of_row_has_a_name_and_so_has_every_member_of_it():
    for kind in names.ROWS:
        shape = SHAPES[kind]
        assert shape.members.keys() - rows_below(shape) - MEMBERS.keys() <= NEVER_NAMED
    assert {shape.item.name for shape in ROOT.members.values() if shape.item} <= names.ROWS.keys()
