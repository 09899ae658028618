"""A plan that is adopted refuses every writer, whichever door the act came through."""

from dataclasses import replace
from decimal import Decimal

import pytest

from nap_builder.exchange import services as exchange
from nap_builder.kernel.actor import INSTALLATION
from nap_builder.kernel.database import db as database
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import WrongState
from nap_builder.plans.lifecycle import STATES
from nap_builder.plans.models.plan import BEING_WRITTEN
from nap_builder.plans.services import framework, measures, money, narrative, plan, rows, sections
from nap_builder.plans.services.versions import freeze

TITLE = {"en": "Words"}


def an_indicator(here):
    return measures.add_indicator(INSTALLATION, here.activity, {"code": "I9", "title": TITLE, "kind": "number"})


def a_change_of_facts(here):
    facts = replace(plan.facts_of(here.plan), title=TITLE)
    return plan.write_facts(INSTALLATION, here.plan, facts, seen=facts.row_version)


ACTS = {
    "a row": lambda here: framework.add_row(INSTALLATION, "pillar", here.plan, {"code": "9", "title": TITLE}),
    "a change": lambda here: rows.change(INSTALLATION, here.activity, {"title": TITLE}, seen=here.activity.row_version),
    "an archive": lambda here: framework.archive_row(INSTALLATION, here.activity, seen=here.activity.row_version),
    "an indicator": an_indicator,
    "a milestone": lambda here: measures.add_milestone(INSTALLATION, here.plan, {"code": "M9", "title": TITLE}),
    "money": lambda here: money.add_line(INSTALLATION, here.activity, {"amount": Decimal(5)}),
    "a paragraph": lambda here: narrative.add_paragraph(INSTALLATION, here.section, [TITLE]),
    "a section": lambda here: sections.add_section(INSTALLATION, here.plan, sections.SectionFacts(TITLE)),
    "facts": a_change_of_facts,
    "a version": lambda here: freeze(INSTALLATION, here.plan),
    "a file": lambda here: exchange.apply(INSTALLATION, a_file(here.plan), plan=here.plan, remove=True),
}


def a_file(plan):
    return exchange.read(exchange.plan_file(plan, None, "working"))


class Here:
    """The rows of the small State, as they stand in the open transaction."""

    def __init__(self, world):
        self.plan = database.session.get(type(world.plan), world.plan.id)
        self.activity = database.session.get(type(world.activities[0]), world.activities[0].id)
        self.section = database.session.get(type(world.section), world.section.id)


@pytest.mark.parametrize("state", sorted(set(STATES) - BEING_WRITTEN))
@pytest.mark.parametrize("name", ACTS)
def test_an_adopted_plan_refuses(world, name, state):
    with transaction():
        Here(world).plan.state = state
    with pytest.raises(WrongState, match=r"adopted|not in drafting"), transaction():
        ACTS[name](Here(world))


def test_nothing_is_added_under_a_row_that_was_archived_meanwhile(world):
    with transaction():
        activity = Here(world).activity
        framework.archive_row(INSTALLATION, activity, seen=activity.row_version)
    with pytest.raises(WrongState, match="stands under"), transaction():
        an_indicator(Here(world))
