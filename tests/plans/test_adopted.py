"""A plan that is adopted refuses every writer, whichever door the act came through."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from nap_builder.exchange import services as exchange
from nap_builder.kernel.actor import INSTALLATION
from nap_builder.kernel.database import db as database
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import WrongState
from nap_builder.plans.lifecycle import STATES
from nap_builder.plans.models.plan import ADOPTED, BEING_WRITTEN
from nap_builder.plans.queries.rates import stated_rates
from nap_builder.plans.services import (
    bulk,
    exceptions,
    following,
    framework,
    measures,
    money,
    narrative,
    plan,
    rates,
    rows,
    sections,
)
from nap_builder.plans.services.versions import freeze
from nap_builder.taskforce.models import Institution
from nap_builder.taskforce.queries import seats

TITLE = {"en": "Words"}
RATE = {"rate": Decimal(2), "on": date(2027, 1, 4)}


def an_indicator(here):
    return measures.add_indicator(INSTALLATION, here.activity, {"code": "I9", "title": TITLE, "kind": "number"})


def a_change_of_facts(here):
    facts = replace(plan.facts_of(here.plan), title=TITLE)
    return plan.write_facts(INSTALLATION, here.plan, facts, seen=facts.row_version)


def a_change_of_reports(here):
    facts = replace(following.following_of(here.plan), reporting_months=6)
    return following.write_following(INSTALLATION, here.plan, facts, seen=facts.row_version)


def the_rate(here):
    return stated_rates(here.plan)[0]


def several_rows(here):
    ticked = [bulk.Ticked(here.activity.key, here.activity, here.activity.row_version)]
    return bulk.set_values(INSTALLATION, here.plan, "dates", {"starts": "2028"}, ticked, lambda _activity: True)


ACTS = {
    "a row": lambda here: framework.add_row(INSTALLATION, "pillar", here.plan, {"code": "9", "title": TITLE}),
    "a change": lambda here: rows.change(INSTALLATION, here.activity, {"title": TITLE}, seen=here.activity.row_version),
    "an archive": lambda here: framework.archive_row(INSTALLATION, here.activity, seen=here.activity.row_version),
    "an indicator": an_indicator,
    "a milestone": lambda here: measures.add_milestone(INSTALLATION, here.plan, {"code": "M9", "title": TITLE}),
    "money": lambda here: money.add_line(INSTALLATION, here.activity, {"amount": Decimal(5)}),
    "a paragraph": lambda here: narrative.add_paragraph(INSTALLATION, here.section, [TITLE]),
    "a section": lambda here: sections.add_section(INSTALLATION, here.plan, sections.SectionFacts(TITLE)),
    "several rows": several_rows,
    "facts": a_change_of_facts,
    "reports and foreword": a_change_of_reports,
    "a rate": lambda here: rates.state_rate(INSTALLATION, here.plan, "CHF", RATE),
    "another rate": lambda here: rates.change_rate(INSTALLATION, the_rate(here), RATE, seen=the_rate(here).row_version),
    "no rate": lambda here: rates.remove_rate(INSTALLATION, the_rate(here), seen=the_rate(here).row_version),
    "a check that does not apply": lambda here: exceptions.except_check(INSTALLATION, here.plan, "F7", TITLE),
    "a check that applies again": lambda here: exceptions.count_again(INSTALLATION, here.plan, "C8"),
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


def stand_adopted(plan, state):
    """Brings a plan into a state, with something for every writer to take away."""
    plan.state, plan.not_applicable = state, [{"check": "C8", "reason": TITLE}]
    plan.rates = [{"currency": "EUR", "rate": "1.08", "on": "2027-01-04"}]


@pytest.mark.parametrize("state", sorted(set(STATES) - BEING_WRITTEN))
@pytest.mark.parametrize("name", ACTS)
def test_an_adopted_plan_refuses(world, name, state):
    with transaction():
        stand_adopted(Here(world).plan, state)
    with pytest.raises(WrongState, match=r"adopted|not in drafting"), transaction():
        ACTS[name](Here(world))


@pytest.mark.parametrize(
    ("address", "form", "given"),
    [("task-force", "list", {}), ("task-force/edit", "task-force", {"mandate-en": "Other terms."})],
)
def test_an_adopted_plan_refuses_another_task_force(world, as_role, address, form, given):
    with transaction():
        database.session.add(Institution(code="NEW", name=TITLE, kind="ministry"))
    page = as_role("chair").get(f"/en/w/nap-2/{address}")
    with transaction():
        stand_adopted(Here(world).plan, ADOPTED)
    before = seated(world)
    page.submit(form, expect=403, **given)
    assert seated(world) == before


def seated(world):
    database.session.expire_all()
    found = seats(world.plan.id)
    body = found.body
    return [seat.institution_id for seat in found.memberships], body and (body.row_version, body.mandate)


def test_nothing_is_added_under_a_row_that_was_archived_meanwhile(world):
    with transaction():
        activity = Here(world).activity
        framework.archive_row(INSTALLATION, activity, seen=activity.row_version)
    with pytest.raises(WrongState, match="stands under"), transaction():
        an_indicator(Here(world))
