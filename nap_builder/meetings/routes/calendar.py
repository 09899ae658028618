"""The calendar of the process: made from a start date, then kept step by step."""

from typing import Any

from flask import Response, request

from nap_builder.kernel.access import requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import BadInput
from nap_builder.kernel.fields import Form
from nap_builder.kernel.languages import _, _n
from nap_builder.kernel.web import page, refused, see_other
from nap_builder.meetings import ical, queries
from nap_builder.meetings.forms.calendar import MoveForm, NameForm, OwnStepForm, StartForm
from nap_builder.meetings.models import Step
from nap_builder.meetings.names import DONE, DROPPED, OPEN, PHASES, STEP_STATES, STEPS
from nap_builder.meetings.queries import own_step_at, step_at
from nap_builder.meetings.routes.blueprint import calendar_file, rooms
from nap_builder.meetings.services import calendar as services
from nap_builder.meetings.services.calendar import Dated
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.plan import plan_at
from nap_builder.plans.routes.saving import tried

WRITE = "meetings.calendar.write"
HOME = "/w/<slug:slug>/calendar"
STEP = HOME + "/step/<key:key>"
MARKS = f"any({OPEN}, {DONE}, {DROPPED})"


@rooms.get(HOME)
@requires("plans.draft.read", on=plan_at)
def calendar(plan: Plan) -> str:
    """The steps of the process with their days, by phase, and what comes next."""
    steps = queries.steps_of(plan)
    by_phase = [(label, [step for step in steps if step.phase == phase]) for phase, label in PHASES.items()]
    today = queries.today_of(plan)
    return page(
        "meetings/calendar.html",
        plan=plan,
        phases=[group for group in by_phase if group[1]],
        late=[step for step in steps if step.is_late(today)],
        dates=queries.next_dates(plan, 5),
        today=today,
        states=STEP_STATES,
        step_words=queries.step_words,
        form=Form(),
    )


@rooms.get(HOME + ".ics")
@requires("plans.draft.read", on=plan_at)
def calendar_for_others(plan: Plan) -> Response:
    """All meetings and steps for calendars, in the language of the address."""
    return calendar_file(ical.whole_calendar(plan, *queries.dated(plan)), f"{plan.slug}-calendar.ics")


@rooms.get(HOME + "/make")
@requires(WRITE, on=plan_at)
def make(plan: Plan) -> Any:
    """The form of the start, and the days that follow from it before they are saved."""
    asked = StartForm(formdata=request.args or None, meta={"csrf": False})
    if not request.args:
        asked.start.data = queries.today_of(plan)
        return _make_page(plan, asked, [])
    if not asked.validate():
        return _make_page(plan, asked, []), 422
    return _make_page(plan, asked, services.laid_out(plan, asked.start.data, asked.pace.data))


@rooms.post(HOME + "/make")
@requires(WRITE, on=plan_at)
def save_calendar(plan: Plan) -> Any:
    """Saves the days that follow from a start."""
    form = StartForm()

    def save() -> Response:
        services.make_calendar(actor(), plan, form.start.data, form.pace.data)
        return see_other("meetings.calendar", slug=plan.slug, said=_("The calendar is saved."))

    return tried(form, save) or (_make_page(plan, form, []), 422)


def _make_page(plan: Plan, asked: StartForm, found: list[Dated]) -> str:
    given = {"asked": asked, "found": found, "label": _label, "form": Form()}
    return page("meetings/calendar_make.html", plan=plan, remakes=bool(queries.steps_of(plan)), **given)


def _label(dated: Dated) -> str:
    """What a dated step is called; a usual one has its name before it is a row."""
    return queries.step_words(dated.step) if dated.step else str(STEPS[dated.kind or ""])


@rooms.get(HOME + "/add")
@requires(WRITE, on=plan_at)
def new_step(plan: Plan) -> str:
    """The form of a step of the State's own."""
    return _step_page(plan, OwnStepForm(languages=plan.languages))


@rooms.post(HOME + "/add")
@requires(WRITE, on=plan_at)
def add_step(plan: Plan) -> Any:
    """Adds a step of the State's own."""
    form = OwnStepForm(languages=plan.languages)

    def save() -> Response:
        step = services.add_step(actor(), plan, form.title.data or {}, form.phase.data, form.due.data)
        return _back_to(step, _("The step is added."))

    return tried(form, save) or (_step_page(plan, form), 422)


@rooms.get(STEP + "/name")
@requires(WRITE, on=own_step_at)
def name_step(step: Step) -> str:
    """What a step of the State's own is called, as a form."""
    return _step_page(step.plan, NameForm(row=step, languages=step.plan.languages), step)


@rooms.post(STEP + "/name")
@requires(WRITE, on=own_step_at)
def save_step(step: Step) -> Any:
    """Saves what a step of the State's own is called."""
    form = NameForm(row=step, languages=step.plan.languages)

    def save() -> Response:
        services.name_step(actor(), step, form.title.data or {}, form.phase.data, seen=form.seen.data)
        return _back_to(step, _("The step is saved."))

    return tried(form, save) or (_step_page(step.plan, form, step), 422)


def _step_page(plan: Plan, form: NameForm, step: Step | None = None) -> str:
    return page("meetings/step_form.html", plan=plan, form=form, step=step)


@rooms.get(STEP)
@requires(WRITE, on=step_at)
def move(step: Step) -> Any:
    """Another day for a step: what moves with it, before and after."""
    asked = MoveForm(row=step, formdata=request.args or None, meta={"csrf": False})
    if not request.args:
        return _move_page(step, asked, [])
    if not asked.validate():
        return _move_page(step, asked, []), 422
    try:
        return _move_page(step, asked, services.moved(step, asked.due.data, shift=asked.shift.data))
    except BadInput as error:
        refused(asked, error)
        return _move_page(step, asked, []), 422


@rooms.post(STEP)
@requires(WRITE, on=step_at)
def save_move(step: Step) -> Any:
    """Moves a step."""
    form = MoveForm(row=step)

    def save() -> Response:
        count = services.move_step(actor(), step, form.due.data, shift=form.shift.data, seen=form.seen.data)
        return _back_to(step, _n("%(num)s step is moved.", "%(num)s steps are moved.", count))

    return tried(form, save) or (_move_page(step, form, []), 422)


def _move_page(step: Step, asked: MoveForm, found: list[Dated]) -> str:
    given = {"asked": asked, "found": found, "label": _label, "form": Form(row=step)}
    return page("meetings/step_move.html", plan=step.plan, step=step, title=queries.step_words(step), **given)


@rooms.post(STEP + f"/<{MARKS}:state>")
@requires(WRITE, on=step_at)
def mark_step(step: Step, state: str) -> Response:
    """Says how a step stands."""
    form = Form()
    with transaction():
        services.mark(actor(), step, state, seen=form.seen.data)
        return _back_to(step, _("The step is saved."))


def _back_to(step: Step, said: str) -> Response:
    return see_other("meetings.calendar", slug=step.plan.slug, said=said, anchor=f"s-{step.key}")
