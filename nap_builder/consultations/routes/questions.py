"""The doors to the questionnaire of a consultation: its questions, the sheet to print, the counts."""

from typing import Any

from flask import Response, request

from nap_builder.consultations.forms.questions import QuestionForm, TallyForm, options_said, tally_form
from nap_builder.consultations.models.questionnaires import SEXES, Question
from nap_builder.consultations.models.records import Consultation
from nap_builder.consultations.names import QUESTION_KINDS
from nap_builder.consultations.names import SEXES as SEX_NAMES
from nap_builder.consultations.queries import questions as queries
from nap_builder.consultations.queries.records import consultation_at
from nap_builder.consultations.routes.blueprint import ONE, rooms
from nap_builder.consultations.services import questions as services
from nap_builder.kernel.access import can, requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import Missing
from nap_builder.kernel.fields import Form
from nap_builder.kernel.languages import _
from nap_builder.kernel.web import page, see_other
from nap_builder.plans.routes.saving import tried

READ, WRITE = "consultations.record.read", "consultations.record.write"
HOME = f"{ONE}/questionnaire"
QUESTION = f"{HOME}/<key:question>"
SEXES_IN_ORDER = tuple(SEX_NAMES[sex] for sex in SEXES)


@rooms.get(HOME)
@requires(READ, on=consultation_at)
def questionnaire(one: Consultation) -> str:
    """The questions of a consultation, with how often each answer was given."""
    counts = [(question, queries.counted(question)) for question in queries.questions(one)]
    return page(
        "consultations/questionnaire.html",
        plan=one.plan,
        one=one,
        found=[(question, [*rows, queries.in_all(rows)] if rows else []) for question, rows in counts],
        archived=queries.questions(one, archived=True),
        writes=can(WRITE, one),
        press=Form(),
        kinds=QUESTION_KINDS,
        sexes=SEXES_IN_ORDER,
    )


@rooms.get(f"{HOME}/print")
@requires(READ, on=consultation_at)
def print_questionnaire(one: Consultation) -> str:
    """The questions as a sheet to print and fill in by hand."""
    found = [(question, queries.options_of(question)) for question in queries.questions(one)]
    return page("consultations/questionnaire_paper.html", plan=one.plan, one=one, found=found, sexes=SEXES_IN_ORDER)


@rooms.get(f"{HOME}/add")
@requires(WRITE, on=consultation_at)
def add_question(one: Consultation) -> str:
    """The form of a new question."""
    return _form_page(one, QuestionForm(languages=one.plan.languages), None)


@rooms.post(f"{HOME}/add")
@requires(WRITE, on=consultation_at)
def save_new_question(one: Consultation) -> Any:
    """Adds a question."""
    form = QuestionForm(languages=one.plan.languages)

    def save() -> Response:
        services.add(actor(), one, form.facts())
        return _home(one, _("The question is added."))

    return tried(form, save) or (_form_page(one, form, None), 422)


@rooms.get(f"{QUESTION}/edit")
@requires(WRITE, on=queries.question_at)
def edit_question(question: Question) -> str:
    """A question as a form."""
    return _form_page(question.consultation, _form(question), question)


@rooms.post(f"{QUESTION}/edit")
@requires(WRITE, on=queries.question_at)
def save_question(question: Question) -> Any:
    """Saves a question."""
    form = _form(question)

    def save() -> Response:
        services.change(actor(), question, form.facts(), seen=form.seen.data)
        return _home(question.consultation, _("The question is saved."))

    return tried(form, save) or (_form_page(question.consultation, form, question), 422)


@rooms.get(f"{QUESTION}/counts")
@requires(WRITE, on=queries.question_at)
def tallies(question: Question) -> str:
    """How often each answer was given, as a table to fill in."""
    return _tally_page(question, _tally_form(question))


@rooms.post(f"{QUESTION}/counts")
@requires(WRITE, on=queries.question_at)
def save_tallies(question: Question) -> Any:
    """Saves the counts."""
    form = _tally_form(question)

    def save() -> Response:
        services.tally(actor(), question, form.counts(), seen=form.seen.data)
        return _home(question.consultation, _("The counts are saved."))

    return tried(form, save) or (_tally_page(question, form), 422)


@rooms.post(f"{QUESTION}/move")
@requires(WRITE, on=queries.question_at)
def move_question(question: Question) -> Response:
    """Moves a question up or down."""
    form, step = Form(), -1 if request.form.get("step") == "-1" else 1
    with transaction():
        services.move(actor(), question, step, seen=form.seen.data)
        return _home(question.consultation, _("The question is moved."))


@rooms.post(f"{QUESTION}/archive")
@requires(WRITE, on=queries.question_at)
def archive_question(question: Question) -> Response:
    """Puts a question away."""
    form = Form()
    with transaction():
        services.archive(actor(), question, seen=form.seen.data)
        return _home(question.consultation, _("The question is archived."))


@rooms.post(f"{QUESTION}/restore")
@requires(WRITE, on=queries.any_question_at)
def restore_question(question: Question) -> Response:
    """Brings a question back."""
    with transaction():
        services.restore(actor(), question)
        return _home(question.consultation, _("The question is restored."))


def _home(one: Consultation, said: str) -> Response:
    return see_other("consultations.questionnaire", slug=one.plan.slug, key=one.key, said=said)


def _form(question: Question) -> QuestionForm:
    languages = question.consultation.plan.languages
    return QuestionForm(row=question, languages=languages, options_said=options_said(question))


def _form_page(one: Consultation, form: QuestionForm, question: Question | None) -> str:
    return page("consultations/question_form.html", plan=one.plan, one=one, form=form, question=question)


def _tally_form(question: Question) -> TallyForm:
    counted = queries.counted(question)
    if not counted:
        raise Missing  # answers in words are contributions
    return tally_form(counted)(row=question)


def _tally_page(question: Question, form: TallyForm) -> str:
    one = question.consultation
    return page("consultations/tally_form.html", plan=one.plan, one=one, form=form, question=question)
