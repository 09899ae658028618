"""The lead or the dates of several ticked activities: chosen, shown with before and after, saved, reported."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import request
from werkzeug.datastructures import MultiDict

from nap_builder.kernel.access import can, requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import MalformedForm, Missing
from nap_builder.kernel.fields import Form
from nap_builder.kernel.languages import LazyString, _, _l, moment, words_in
from nap_builder.kernel.web import SlugConverter, page, see_other
from nap_builder.plans.beyond import warnings
from nap_builder.plans.forms.bulk import Choice, DatesChoice, LeadChoice
from nap_builder.plans.models.framework import Activity
from nap_builder.plans.models.plan import ACCEPTED, Plan
from nap_builder.plans.names import OUTCOMES
from nap_builder.plans.policy import above
from nap_builder.plans.queries import framework
from nap_builder.plans.queries.measures import ahead_of
from nap_builder.plans.queries.parts import effective_lead
from nap_builder.plans.queries.plan import plan_at
from nap_builder.plans.queries.promised import states_of
from nap_builder.plans.queries.undoing import UNDO_FOR, Done, done_at
from nap_builder.plans.routes.blueprint import rooms
from nap_builder.plans.routes.matrix import matrix_as_before
from nap_builder.plans.routes.saving import words
from nap_builder.plans.said import span
from nap_builder.plans.services import bulk as services
from nap_builder.taskforce.models import Institution

MOST = 200
SEEN = "seen-"


@dataclass(frozen=True)
class Kind:
    """What is set, by its name in addresses, with the form of it and the heading under which it is chosen."""

    name: str
    form: type[Choice]
    asks: LazyString


LEAD = Kind("lead", LeadChoice, _l("Set the lead of several activities"))
DATES = Kind("dates", DatesChoice, _l("Set the dates of several activities"))


@dataclass(frozen=True)
class Line:
    """A ticked row on a page: what becomes of it, what it says before and after, and what to know before it is set."""

    outcome: services.Outcome
    activity: Activity | None
    before: str = ""
    after: str = ""
    warnings: Sequence[str] = ()

    @property
    def sets(self) -> bool:
        """Whether the row would change."""
        return self.outcome.word == services.CHANGED

    @property
    def status(self) -> str:
        """How it stands, as `status_tag` draws it."""
        return OUTCOMES[self.outcome.word][0]

    @property
    def said(self) -> str:
        """What became of it, in words."""
        return str(OUTCOMES[self.outcome.word][1]) % {"who": self.outcome.who or _("somebody")}


@rooms.get("/w/<slug:slug>/bulk/lead")
@requires("plans.framework.arrange", on=plan_at)
def bulk_lead(plan: Plan) -> Any:
    """The lead to choose; once it is chosen, what it would change."""
    return _asked(plan, LEAD)


@rooms.post("/w/<slug:slug>/bulk/lead")
@requires("plans.framework.arrange", on=plan_at)
def save_bulk_lead(plan: Plan) -> Any:
    """Sets the lead of the rows that are still ticked."""
    return _saved(plan, LEAD)


@rooms.get("/w/<slug:slug>/bulk/dates")
@requires("plans.rows.write", on=plan_at)
def bulk_dates(plan: Plan) -> Any:
    """The dates to choose; once they are chosen, what they would change."""
    return _asked(plan, DATES)


@rooms.post("/w/<slug:slug>/bulk/dates")
@requires("plans.rows.write", on=plan_at)
def save_bulk_dates(plan: Plan) -> Any:
    """Sets the dates of the rows that are still ticked."""
    return _saved(plan, DATES)


@rooms.get("/w/<slug:slug>/bulk/result/<key:key>")
@requires("plans.draft.read", on=done_at)
def bulk_result(done: Done) -> str:
    """What was done with each row, and the way to undo it while there is one."""
    report = done.undo.report
    if report is None:
        raise Missing
    outcomes = [services.Outcome(*one) for one in report["rows"]]
    until = moment(done.undo.at + UNDO_FOR)
    given = {"done": done, "until": until, "form": Form()}
    return _result_page(done.plan, report["kind"], outcomes, report.get("back", ""), **given)


def _asked(plan: Plan, kind: Kind) -> Any:
    choice, keys = _choice(plan, kind, request.args), _keys(request.args.getlist("row"))
    ticked = _ticked(plan, keys, {})
    if not keys or not set(request.args) & {one.name for one in choice}:
        return _choose_page(plan, kind, choice, ticked)
    if not choice.validate():
        return _choose_page(plan, kind, choice, ticked), 422
    return _confirm_page(plan, kind, choice, ticked)


def _saved(plan: Plan, kind: Kind) -> Any:
    choice, keys = _choice(plan, kind, request.form), _keys(request.form.getlist("row"))
    shown = [name.removeprefix(SEEN) for name in request.form if name.startswith(SEEN)]
    ticked = _ticked(plan, _keys([*keys, *request.form.getlist("beside")]), request.form)
    if not choice.validate():
        return _choose_page(plan, kind, choice, ticked), 422
    if not keys:
        return _confirm_page(plan, kind, choice, _ticked(plan, _keys(shown), {}), lacking=True), 422
    try:
        with transaction():
            undo = services.set_values(actor(), plan, kind.name, choice.values, ticked, _may_write)
            undo.report = {**(undo.report or {}), "back": _back()}
            return see_other("plans.bulk_result", slug=plan.slug, key=undo.key)
    except services.NothingSet as error:
        return _result_page(plan, kind.name, error.outcomes, _back()), 409


def _back() -> str:
    """The filters that the matrix had, as a query string that is handed on from page to page."""
    return request.values.get("back", "")[:2000]


def _choice(plan: Plan, kind: Kind, sent: MultiDict[str, str]) -> Choice:
    return kind.form(sent, framework.named_institutions(plan))


def _keys(sent: Sequence[str]) -> list[str]:
    """The keys that were sent, each once; what cannot be a key is no row. Raises MalformedForm for too many."""
    keys = [key for key in dict.fromkeys(sent) if re.fullmatch(SlugConverter.regex, key)]
    if len(keys) > MOST:
        raise MalformedForm
    return keys


def _ticked(plan: Plan, keys: Sequence[str], sent: Any) -> list[services.Ticked]:
    """The rows of these keys in the plan's order, then those that are not there, each with the version seen."""
    found = {row.key: row for row in framework.activities_named(plan, keys)}
    order = [*found, *(key for key in keys if key not in found)]
    return [services.Ticked(key, found.get(key), _version(sent.get(f"{SEEN}{key}", ""))) for key in order]


def _version(sent: str) -> int | None:
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else None


def _may_write(activity: Activity) -> bool:
    return can("plans.row.write", activity)


def _choose_page(plan: Plan, kind: Kind, choice: Choice, ticked: Sequence[services.Ticked]) -> str:
    rows = [one.activity for one in ticked if one.activity]
    hidden = [("back", _back()), *(("row", row.key) for row in rows)]
    given = {"hidden": hidden, "back": matrix_as_before(plan, _back(), rows[0] if rows else None)}
    return page("plans/bulk_choose.html", plan=plan, kind=kind, form=choice, rows=rows, **given, **words(plan))


def _confirm_page(
    plan: Plan, kind: Kind, choice: Choice, ticked: Sequence[services.Ticked], *, lacking: bool = False
) -> str:
    lines = _warned(plan, choice, [_line(one, choice) for one in ticked])
    return page(
        "plans/bulk_confirm.html",
        plan=plan,
        kind=kind,
        to=choice.said,
        count=sum(line.sets for line in lines),
        lines=lines,
        form=Form(),
        hidden=[
            ("back", _back()),
            *((one.name, one.data or "") for one in choice),
            *(pair for line in lines for pair in _unseen(line)),
        ],
        back=matrix_as_before(plan, _back(), _first(lines)),
        lacking=lacking,
        **words(plan),
    )


def _unseen(line: Line) -> list[tuple[str, Any]]:
    """What is sent of a row unseen: the version that was shown; and the row itself, where it has no box to tick."""
    shown = (f"{SEEN}{line.outcome.key}", line.activity.row_version if line.activity else 0)
    return [shown] if line.sets else [shown, ("beside", line.outcome.key)]


def _line(ticked: services.Ticked, choice: Choice) -> Line:
    outcome, activity = services.outcome_of(ticked, choice.values, _may_write), ticked.activity
    if activity is None:
        return Line(outcome, None)
    if isinstance(choice, LeadChoice):
        return Line(outcome, activity, _led_by(activity, activity.lead), _led_by(activity, choice.body))
    after = {"starts": activity.starts, "ends": activity.ends, **choice.values}
    dates = (span(**each) or _("No dates") for each in ({"starts": activity.starts, "ends": activity.ends}, after))
    return Line(outcome, activity, *dates)


def _warned(plan: Plan, choice: Choice, lines: Sequence[Line]) -> list[Line]:
    """The lines with what to know of each that would change. Three statements, whatever their number."""
    rows = [line.activity.id for line in lines if line.sets and line.activity]
    states, ahead = states_of(rows), ahead_of(rows) if isinstance(choice, DatesChoice) else {}

    def known(activity: Activity) -> list[str]:
        dates = {"starts": activity.starts, "ends": activity.ends, **choice.values}
        said = warnings(plan, **dates, ahead=ahead[activity.id]) if activity.id in ahead else []
        again = states.get(activity.id) == ACCEPTED and _counts(activity, choice)
        return [*said, _("It is accepted: the ministry will be asked again.")] if again else said

    return [replace(line, warnings=known(line.activity)) if line.sets and line.activity else line for line in lines]


def _counts(activity: Activity, choice: Choice) -> bool:
    """Whether what is promised changes: dates do; a lead does where another than now would lead."""
    if not isinstance(choice, LeadChoice):
        return True
    now, then = effective_lead(activity), choice.body or effective_lead(above(activity))
    return (now.id if now else None) != (then.id if then else None)


def _led_by(activity: Activity, lead: Institution | None) -> str:
    """Who leads an activity with this lead of its own; without one the nearest row above does."""
    if lead is not None:
        return words_in(lead.called)
    over = effective_lead(above(activity))
    return _("%(lead)s, from the row above", lead=words_in(over.called)) if over else _("Nobody")


def _first(lines: Sequence[Line]) -> Activity | None:
    return next((line.activity for line in lines if line.activity), None)


def _result_page(plan: Plan, kind: str, outcomes: Sequence[services.Outcome], back: str, **given: Any) -> str:
    found = {row.key: row for row in framework.activities_named(plan, [one.key for one in outcomes])}
    lines = [Line(one, found.get(one.key)) for one in outcomes]
    changed = sum(line.sets for line in lines)
    given |= {"lines": lines, "changed": changed, "back": matrix_as_before(plan, back, _first(lines))}
    return page("plans/bulk_result.html", plan=plan, kind=kind, **given, **words(plan))
