"""Five years of reporting on the first plan, told through the services that people use, at the days they did it."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from typing import NamedTuple

from nap_builder.demo.calendar import days_around, moment_of
from nap_builder.demo.first_plan import SEEDS, SLUG
from nap_builder.demo.people import COLLEAGUES, demo_person
from nap_builder.demo.reported import publish_reports
from nap_builder.demo.told import History, Told
from nap_builder.kernel import clock
from nap_builder.kernel.actor import Actor
from nap_builder.kernel.database import transaction
from nap_builder.monitoring.assessments.queries import Assessed
from nap_builder.monitoring.assessments.services import assess
from nap_builder.monitoring.models import ProgressUpdate, ReportingPeriod
from nap_builder.monitoring.queries.before import Before
from nap_builder.monitoring.queries.due import Asked, Due
from nap_builder.monitoring.services import corrections, periods, updates, verification
from nap_builder.plans.models.framework import Objective
from nap_builder.plans.queries.framework import rows_where
from nap_builder.plans.queries.plan import plan_at

HISTORY = SEEDS / "history.json"
WRITERS = {"MOD": "defence.officer", "MOI": "interior", "MFA": "foreign"} | {
    colleague.institution: colleague.email.partition("@")[0] for colleague in COLLEAGUES
}
ON_PAPER = ("call", "letter", "paper")
CHECKED, CORRECTED, CLOSED, CHECKED_LATE, PUBLISHED, REPORTED = 5, 12, 21, 28, 45, 52  # days after reports were due


class Step(NamedTuple):
    """Something that a person did on a day; `place` keeps the order of what was done on one day."""

    day: date
    place: int
    do: Callable[[], object]


def bring_history() -> None:
    """Every period with its reports; the newest is open and due in a few days, most of it still to be reported."""
    history = History(json.loads(HISTORY.read_bytes()))
    with transaction():
        plan = plan_at(SLUG)
        people = {name: demo_person(name) for name in {*WRITERS.values(), "chair", "secretariat", "auditor"}}
        today = clock.today(plan.timezone)
        laid = days_around(plan, today, history.document["rhythm"])
        with clock.as_of(moment_of(plan.starts + timedelta(days=6))):
            made = [periods.add(people["secretariat"], plan, days) for days in laid]
        begun = [period for period in made if period.ends < today]
        for period in begun[:-1]:
            _Reporting(history, people, period).happen()
        with clock.as_of(min(moment_of(begun[-2].due + timedelta(days=REPORTED)), clock.now())):
            _assess(history, begun[-2])
            publish_reports(begun[-2], people)
        _Reporting(history, people, begun[-1], now=history.document["now"]).happen()


def _assess(history: History, period: ReportingPeriod) -> None:
    """What organisations say of the objectives of a period that is public."""
    for told in history.document["assessments"]:
        objective = rows_where(period.plan, "objective", Objective.code == told["objective"])[0]
        assess(demo_person(told["by"]), Assessed(period, objective), told["judgement"], told["said"], seen=0)


class _Reporting:
    """What happened in one period; with `now`, only as far as it happened by today."""

    def __init__(
        self, history: History, people: dict[str, Actor], period: ReportingPeriod, now: Sequence[Told] | None = None
    ) -> None:
        self.history, self.people, self.period, self.now = history, people, period, now
        self.steps: list[Step] = []
        self._places = count()

    def happen(self) -> None:
        """Opens the period, and does all that was done in it, day by day."""
        period, chair = self.period, self.people["chair"]
        opened = period.ends + timedelta(days=1)
        self._at(opened, lambda: periods.open_period(chair, period, seen=period.row_version))
        self._do()
        for due in Asked(period, self.people["secretariat"]).all:
            self._of_now(due) if self.now is not None else self._of_then(due)
        if self.now is None:
            self._at(self._later(CLOSED), lambda: periods.close(chair, period, seen=period.row_version))
            self._at(self._later(PUBLISHED), lambda: periods.publish(chair, period, seen=period.row_version))
        self._do()

    def _of_then(self, due: Due) -> None:
        code = due.institution.code
        if self.history.silent(code, self.period):
            return
        sent = self._later(self.history.document["habits"][code])
        way = self.history.way_of(due)
        if way.get("how") == "returned":
            self._at(sent, lambda: self._returned(due, way))
        elif way.get("how") == "corrected":
            self._at(sent, lambda: self._corrected(due, way))
        elif way:
            self._at(sent, lambda: self._entered(due, way))
        else:
            self._at(sent, lambda: self._sent(due, checked=True))

    def _of_now(self, due: Due) -> None:
        """What came in already on the period that is open."""
        found = next((one for one in self.now or () if one["about"] == due.row.code), None)
        if found is not None:
            came = clock.today(self.period.plan.timezone) - timedelta(days=found["days"])
            self._at(max(came, self.period.ends + timedelta(days=1)), lambda: self._came(due, found))

    def _came(self, due: Due, told: Told) -> None:
        content, how = self.history.content(due), told["how"]
        if how == "draft":
            updates.save_draft(self._writer(due), due, replace(content, said=told["said"]), seen=None)
        elif how == "returned":
            self._sent_back(due, content, told["reason"])
        elif how in ON_PAPER:
            self._entered(due, told, checked=False)
        else:
            self._sent(due, checked=how == "verified")

    def _sent(self, due: Due, *, checked: bool) -> None:
        """A report that is sent; where nothing is new in it, in one press."""
        content = self.history.content(due)
        if self._nothing_new(due, content):
            update = updates.confirm_unchanged(self._writer(due), due, seen=None)
        else:
            update = updates.submit(self._writer(due), due, content, seen=None)
        if checked:
            self._check(update)

    def _entered(self, due: Due, way: Told, *, checked: bool = True) -> None:
        by, content = self.people["secretariat"], self.history.content(due)
        update = updates.enter(by, due, content, seen=None, source=way["how"], source_note=way["who"])
        if checked:
            self._check(update, by=self.people["auditor"])

    def _sent_back(self, due: Due, content: updates.Content, reason: str) -> ProgressUpdate:
        update = updates.submit(self._writer(due), due, content, seen=None)
        verification.send_back(self.people["secretariat"], update, reason, seen=update.row_version)
        return update

    def _returned(self, due: Due, way: Told) -> None:
        """Sent, returned with a reason, and sent again rightly some days later."""
        update = self._sent_back(due, self.history.content(due, **{due.row.code: way["first"]}), way["reason"])
        mended = replace(due, update=update)

        def again() -> None:
            updates.submit(self._writer(due), mended, self.history.content(due), seen=update.row_version)
            self._check(update)

        self._at(clock.today() + timedelta(days=4), again)

    def _corrected(self, due: Due, way: Told) -> None:
        """Sent wrongly, verified, and corrected by a record of its own before the period is closed."""
        wrong = self.history.content(due, **{way["indicator"]: way["first"]})
        update = updates.submit(self._writer(due), due, wrong, seen=None)
        self._check(update)

        def correct() -> None:
            draft = corrections.correct(self._writer(due), update, way["reason"])
            right = replace(due, update=draft)
            updates.submit(self._writer(due), right, self.history.content(due), seen=draft.row_version)
            self._check(draft)

        self._at(self._later(CORRECTED), correct)

    def _check(self, update: ProgressUpdate, by: Actor | None = None) -> None:
        """Verified later by the secretariat; by the auditor what the chairing ministry reports or others entered."""
        body = update.institution.code
        who = by or self.people["auditor" if body == "MWA" else "secretariat"]
        day = max(self._later(CHECKED), clock.today() + timedelta(days=1))
        if self.now is not None:
            day = clock.today() + timedelta(days=1)
        elif day > self._later(CHECKED):
            day = max(day, self._later(CHECKED_LATE))
        self._at(day, lambda: verification.verify(who, update, seen=update.row_version))

    def _nothing_new(self, due: Due, content: updates.Content) -> bool:
        before = Before(due)
        if due.indicators or content.said or due.last is None or not before.may_stay:
            return False
        same = (before.status, before.milestones(), before.spending())
        return same == (content.status, dict(content.milestones), dict(content.spending))

    def _writer(self, due: Due) -> Actor:
        return self.people[WRITERS[due.institution.code]]

    def _later(self, days: int) -> date:
        return self.period.due + timedelta(days=days)

    def _at(self, day: date, do: Callable[[], object]) -> None:
        self.steps.append(Step(day, next(self._places), do))

    def _do(self) -> None:
        """Does what is planned, in the order of its days, and what follows from it."""
        for step in self._in_order():
            moment = min(moment_of(step.day, 8), clock.now())
            with clock.as_of(moment):
                step.do()

    def _in_order(self) -> Iterator[Step]:
        while self.steps:
            step = min(self.steps)
            self.steps.remove(step)
            yield step
