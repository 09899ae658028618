"""The board of a plan: who was asked, who answered, who has not; and the reminder of those who have not."""

from datetime import datetime
from typing import Any

from flask import Response, current_app, request, url_for

from nap_builder.accounts.queries import with_an_account
from nap_builder.commitments import policy, queries  # noqa: F401 - policy declares the rules
from nap_builder.commitments.forms import AskForm, RemindForm
from nap_builder.commitments.names import ABOUT
from nap_builder.commitments.queries import Line, Ministry, Standing
from nap_builder.commitments.reminder import reminder
from nap_builder.commitments.routes.blueprint import rooms
from nap_builder.commitments.said import Speaker
from nap_builder.commitments.services import asking
from nap_builder.kernel.access import requires
from nap_builder.kernel.actor import Role, actor
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import BadInput, Missing
from nap_builder.kernel.languages import _, tag
from nap_builder.kernel.web import page, refused, see_other
from nap_builder.plans import names
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.plan import plan_at
from nap_builder.plans.queries.promised import values_of

HOME = "/w/<slug:slug>/commitments"


@rooms.get(HOME, endpoint="board")
@requires("plans.draft.read", on=plan_at)
def board(plan: Plan) -> str:
    """How each ministry stands, what waits to be decided, and who has not answered; or all that one ministry leads."""
    found = queries.standing(plan, actor())
    code = request.args.get("institution", "")
    shown = found.ministry(code) if code else None
    speaker, asked_for = Speaker(plan.first_language), found.requests_to_decide
    values = values_of([line.activity.id for line in asked_for])
    changes = [
        (
            line,
            speaker.standing(
                (line.commitment and line.commitment.request) or {}, line.activity, line.lead, values[line.activity.id]
            ),
        )
        for line in asked_for
    ]
    return page(
        "commitments/board.html",
        plan=plan,
        standing=found,
        shown=shown,
        changes=changes,
        speaker=speaker,
        names=names,
        about=ABOUT,
        answering=with_an_account(Role.FOCAL_POINT),
    )


@rooms.get(HOME + "/ask")
@requires("commitments.ask", on=plan_at)
def ask(plan: Plan) -> str:
    """What is about to be asked, and of whom: the rows that the address names, an institution's, or all."""
    found = queries.standing(plan, actor())
    lines = _named(found)
    form = AskForm(rows=[line.activity.key for line in lines if asking.can_be_asked(line)])
    return _ask_page(plan, found, lines, form)


@rooms.post(HOME + "/ask")
@requires("commitments.ask", on=plan_at)
def send(plan: Plan) -> Response | tuple[str, int]:
    """Asks."""
    form = AskForm()
    keys = set(form.rows.data or ())
    if form.validate():
        try:
            with transaction():
                moment = asking.ask(actor(), plan, _ticked(plan, keys), form.due.data)
                return see_other("commitments.asked", slug=plan.slug, at=moment.isoformat())
        except BadInput as error:
            refused(form, error)
    found = queries.standing(plan, actor())
    lines = _named(found) or [line for line in found.lines if line.activity.key in keys]
    return _ask_page(plan, found, lines, form), 422


@rooms.get(HOME + "/asked")
@requires("plans.draft.read", on=plan_at)
def asked(plan: Plan) -> str:
    """What was asked at one moment, row by row, with the letter and the reminder for each ministry."""
    moment = _moment(request.args.get("at", ""))
    found = queries.standing(plan, actor())
    lines = [line for line in found.lines if line.commitment and line.commitment.asked_at == moment]
    if not lines:
        raise Missing
    of_them = Standing(tuple(lines))
    answering = with_an_account(Role.FOCAL_POINT)
    return page("commitments/asked.html", plan=plan, standing=of_them, names=names, answering=answering)


@rooms.get(HOME + "/remind/<code:code>")
@requires("commitments.ask", on=plan_at)
def remind(plan: Plan, code: str) -> str:
    """The text that reminds a ministry, to be copied into any messenger, in the language of choice."""
    ministry = _ministry(plan, code)
    if not ministry.waiting and not ministry.to_confirm:
        raise Missing
    spoken = current_app.config["NAP"].languages
    language = request.args.get("language", "")
    language = language if language in spoken else tag()
    address = url_for("home.my", lang=language, _external=True)
    form = RemindForm(text=reminder(plan, ministry, language, address))
    return page(
        "commitments/remind.html", plan=plan, ministry=ministry, form=form, language=language, languages_of_it=spoken
    )


@rooms.post(HOME + "/remind/<code:code>")
@requires("commitments.ask", on=plan_at)
def reminded(plan: Plan, code: str) -> Response:
    """Notes that the ministry was reminded today."""
    RemindForm()
    with transaction():
        asking.remind(actor(), plan, _ministry(plan, code))
        return see_other("commitments.board", slug=plan.slug, said=_("The reminder is noted."))


def _ministry(plan: Plan, code: str) -> Ministry:
    found = queries.standing(plan, actor()).ministry(code)
    if found is None:
        raise Missing
    return found


def _named(found: Standing) -> list[Line]:
    """The lines that the address names: rows that were ticked, what an institution leads, or all not asked yet.

    An address that comes from where rows are ticked says so (`ticked`): without a row it names none.
    """
    keys = set(request.args.getlist("row"))
    if keys or "ticked" in request.args:
        return [line for line in found.lines if line.activity.key in keys]
    if code := request.args.get("institution"):
        ministry = found.ministry(code)
        return list(ministry.lines) if ministry else []
    return [line for line in found.lines if asking.can_be_asked(line)] if request.method == "GET" else []


def _ticked(plan: Plan, keys: set[str]) -> list[Line]:
    """The ticked lines. Raises BadInput where one of them is not there for this person."""
    lines = [line for line in queries.standing(plan, actor()).lines if line.activity.key in keys]
    if len(lines) < len(keys):
        raise BadInput("rows", _("One of the activities is not in this plan any more. Nobody was asked."))
    return lines


def _ask_page(plan: Plan, found: Standing, lines: list[Line], form: AskForm) -> str:
    open_to = Standing(tuple(line for line in lines if asking.can_be_asked(line)))
    left_out = [line for line in lines if not asking.can_be_asked(line)]
    given: dict[str, Any] = {"standing": open_to, "left_out": left_out, "ticked": set(form.rows.data or ())}
    given["has_activities"] = bool(found.lines)
    given["answering"] = with_an_account(Role.FOCAL_POINT)
    nothing = request.method == "GET" and "ticked" in request.args and not request.args.getlist("row")
    return page("commitments/ask.html", plan=plan, form=form, names=names, nothing_ticked=nothing, **given)


def _moment(text: str) -> datetime:
    """A moment of the address. Raises Missing where it is none."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise Missing from None
    if found.tzinfo is None:
        raise Missing
    return found
