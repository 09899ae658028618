"""The doors of answers: what waits for one, whom to ask, drafting, publishing, changing."""

from typing import Any

from flask import Response, request, url_for

from nap_builder.consultations.forms.answering import AnswerForm, AskForm
from nap_builder.consultations.models.contributions import Contribution
from nap_builder.consultations.names import ANSWER_DAYS
from nap_builder.consultations.queries import answers as queries
from nap_builder.consultations.queries.comments import count_waiting
from nap_builder.consultations.queries.contributions import contribution_at
from nap_builder.consultations.queries.places import called, living_parts
from nap_builder.consultations.routes.blueprint import CONTRIBUTIONS, rooms
from nap_builder.consultations.routes.shown import WORDS, of_queue, to_queue, waiting_said
from nap_builder.consultations.services import answering as services
from nap_builder.kernel.access import can, requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.clock import today
from nap_builder.kernel.languages import _
from nap_builder.kernel.paging import Page
from nap_builder.kernel.web import page
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.framework import named_institutions
from nap_builder.plans.queries.plan import plan_at
from nap_builder.plans.routes.saving import tried

ONE = f"{CONTRIBUTIONS}/<key:key>"
A_PAGE = 40
ALL, LATE, DRAFTED, MINE = "all", "late", "drafted", "mine"


@rooms.get(f"{CONTRIBUTIONS}/answers")
@requires("consultations.record.read", on=plan_at)
def answers(plan: Plan) -> str:
    """The contributions that wait for an answer, the longest wait first; `?show=` cuts them."""
    waits = queries.waits_in(plan, actor())
    lists = {ALL: waits.unanswered, LATE: waits.late, DRAFTED: waits.drafted, MINE: waits.mine}
    show = request.args.get("show", ALL)
    show = show if show in lists else ALL
    found, number = lists[show], max(1, request.args.get("page", 1, type=int))
    number = min(number, max(1, -(-len(found) // A_PAGE)))
    return page(
        "consultations/answers.html",
        plan=plan,
        shown=Page(found[(number - 1) * A_PAGE : number * A_PAGE], number, A_PAGE, len(found)),
        show=show,
        counts={name: len(rows) for name, rows in lists.items()},
        waiting=lambda one: waiting_said(one, waits.on),
        late=lambda one: queries.is_late(one, waits.on),
        limit=ANSWER_DAYS,
        page_link=lambda number: url_for("consultations.answers", slug=plan.slug, show=show, page=number),
        **WORDS,
    )


@rooms.app_template_global()
def comments_waiting(plan: Plan) -> int:
    """How many comments wait to be looked at; 0 for those who do not moderate."""
    return count_waiting(plan) if can("consultations.comment.moderate", plan) else 0


@rooms.get(f"{ONE}/ask", endpoint="ask_ministry")
@requires("consultations.answer.publish", on=contribution_at)
def ask_ministry(contribution: Contribution) -> str:
    """Who drafts the answer, as a form."""
    return _ask_page(contribution, _ask_form(contribution))


@rooms.post(f"{ONE}/ask")
@requires("consultations.answer.publish", on=contribution_at)
def save_asked_ministry(contribution: Contribution) -> Any:
    """Asks an institution to draft the answer."""
    form = _ask_form(contribution)

    def save() -> Response:
        bodies = {body.id: body for body in named_institutions(contribution.plan)}
        body = bodies.get(form.asked_id.whole or 0)
        services.ask(actor(), contribution, body, today(contribution.plan.timezone), seen=form.seen.data)
        return to_queue(contribution, _("It is noted who drafts the answer."))

    return tried(form, save) or (_ask_page(contribution, form), 422)


@rooms.get(f"{ONE}/answer", endpoint="answer")
@requires("consultations.answer.draft", on=contribution_at)
def answer(contribution: Contribution) -> str:
    """The draft of an answer as a form."""
    return _answer_page(contribution, _form(contribution), publishes=False)


@rooms.post(f"{ONE}/answer")
@requires("consultations.answer.draft", on=contribution_at)
def save_answer(contribution: Contribution) -> Any:
    """Keeps the draft of an answer."""
    form = _form(contribution)

    def save() -> Response:
        services.draft(actor(), contribution, form.said(), seen=form.seen.data)
        return to_queue(contribution, _("The draft is saved. The task force publishes it."))

    return tried(form, save) or (_answer_page(contribution, form, publishes=False), 422)


@rooms.get(f"{ONE}/publish", endpoint="publish_answer")
@requires("consultations.answer.publish", on=contribution_at)
def publish_answer(contribution: Contribution) -> str:
    """An answer to be read once more and published, or changed after it was."""
    return _answer_page(contribution, _form(contribution), publishes=True)


@rooms.post(f"{ONE}/publish")
@requires("consultations.answer.publish", on=contribution_at)
def save_published(contribution: Contribution) -> Any:
    """Publishes an answer, or replaces the one that is published."""
    form = _form(contribution)

    def save() -> Response:
        on = today(contribution.plan.timezone)
        services.publish(actor(), contribution, form.said(), on, seen=form.seen.data)
        return to_queue(contribution, _("The answer is published."))

    return tried(form, save) or (_answer_page(contribution, form, publishes=True), 422)


def _form(contribution: Contribution) -> AnswerForm:
    plan, row = contribution.plan, services.standing(contribution)
    near = living_parts(plan, [*(contribution.about or ()), *row.changed])
    rest = {name: part for name, part in living_parts(plan).items() if name not in near}
    near_named, rest_named = ([(name, called(plan, part)) for name, part in some.items()] for some in (near, rest))
    return AnswerForm(row=row, languages=plan.languages, near=near_named, rest=rest_named)


def _answer_page(contribution: Contribution, form: AnswerForm, *, publishes: bool) -> str:
    action = services.PUBLISH if publishes else services.DRAFT
    members = services.together(actor(), contribution, action)
    given = {"form": form, "publishes": publishes, "with_others": members[1:], **of_queue(contribution)}
    return page("consultations/answer.html", plan=contribution.plan, **given)


def _ask_form(contribution: Contribution) -> AskForm:
    return AskForm(row=contribution, bodies=named_institutions(contribution.plan))


def _ask_page(contribution: Contribution, form: AskForm) -> str:
    return page("consultations/ask_ministry.html", plan=contribution.plan, form=form, **of_queue(contribution))
