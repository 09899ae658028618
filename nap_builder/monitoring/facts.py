"""What an update says beside what was said before, each field in words."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from nap_builder.kernel.languages import _, words_in
from nap_builder.monitoring import said
from nap_builder.monitoring.models import ProgressUpdate
from nap_builder.monitoring.progress.names import ACTIVITY_STATUSES
from nap_builder.monitoring.queries.compared import Beside, Compared
from nap_builder.plans.models.measures import BudgetLine
from nap_builder.plans.names import named
from nap_builder.plans.said import year


@dataclass(frozen=True)
class Told:
    """What one field says, and the parts that it is made of; empty where it says nothing."""

    text: str = ""
    parts: str = ""


@dataclass(frozen=True)
class Fact:
    """One field of an update: what was said in the period before, what a corrected record said, what is said now."""

    label: str
    before: Told
    now: Told
    was: Told = Told()
    code: str = ""


def facts_of(beside: Compared) -> list[Fact]:
    """Every field of an update of which anything is said, in the order of the form."""
    plan = beside.update.plan
    found = [*_of_the_whole(beside)]
    found += [_fact(one, partial(said.value, one.row), said.parts) for one in beside.figures]
    found += [_fact(one, said.milestone) for one in beside.milestones]
    found += [_fact(one, partial(said.amounts, one.row, plan=plan)) for one in beside.money]
    return [fact for fact in found if any((fact.before.text, fact.was.text, fact.now.text))]


def _of_the_whole(beside: Compared) -> tuple[Fact, Fact]:
    update, was = beside.update, beside.update.corrects
    status = Fact(_("Status"), Told(named(ACTIVITY_STATUSES, beside.status_before)), _status(update), _status(was))
    words = Fact(_("What was done"), _words(beside.last), _words(update), _words(was))
    return status, words


def _status(update: ProgressUpdate | None) -> Told:
    return Told(named(ACTIVITY_STATUSES, update.status)) if update else Told()


def _words(update: ProgressUpdate | None) -> Told:
    return Told(words_in(update.said)) if update else Told()


def _fact(one: Beside, words: Callable[[Any], str], parts: Callable[[Any], str] | None = None) -> Fact:
    before, was, now = (Told(words(value), parts(value) if parts else "") for value in (one.before, one.was, one.now))
    if isinstance(one.row, BudgetLine):
        return Fact(_line(one.row), before, now, was)
    return Fact(words_in(one.row.title), before, now, was, one.row.code)


def _line(line: BudgetLine) -> str:
    """A budget line by whose money it is and for which year, as far as the plan says it."""
    whose = words_in(line.funder.called) if line.funder else words_in(line.source)
    parts = [_("Money of the activity"), whose, year(line.year, line.activity.plan)]
    return " · ".join(part for part in parts if part)
