"""Every member that a preview can name has a name for people."""

from nap_builder.plans.member_names import MEMBERS
from nap_builder.plans.names import ROWS
from nap_builder.plans.rows import rows_below
from nap_builder.plans.schema import ROOT
from nap_builder.plans.tables import SHAPES

NEVER_NAMED = {"key", "number", "body", "slug"}


def test_every_kind_of_row_has_a_name_and_so_has_every_member_of_it():
    for kind in ROWS:
        shape = SHAPES[kind]
        assert shape.members.keys() - rows_below(shape) - MEMBERS.keys() <= NEVER_NAMED
    assert {shape.item.name for shape in ROOT.members.values() if shape.item} <= ROWS.keys()
