"""The doors of what was heard and what was done, for staff: the matrix, its file, the stages, the chapter."""

from typing import Any

from flask import Response, request, url_for

from nap_builder.consultations import chapter as written
from nap_builder.consultations import heard_words as said
from nap_builder.consultations.forms.heard import NEW, ChapterForm, MatrixFilter, StageForm
from nap_builder.consultations.names import CHANNELS, DECISION_KINDS, PART_KINDS, PARTS, STAGES
from nap_builder.consultations.queries import log
from nap_builder.consultations.queries import matrix as queries
from nap_builder.consultations.queries.stages import Stage, stage_at, stages, without_stage
from nap_builder.consultations.routes.blueprint import HEARD, rooms
from nap_builder.consultations.services import heard as services
from nap_builder.kernel.access import requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.csv_files import csv_file
from nap_builder.kernel.languages import _
from nap_builder.kernel.web import page, see_other
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.narrative import section_at, section_lines
from nap_builder.plans.queries.plan import plan_at
from nap_builder.plans.routes.saving import done, tried

MATRIX_WORDS = {"said_as": said, "channels": CHANNELS, "decision_kinds": DECISION_KINDS}
STAGE_WORDS = {"stages": STAGES, "parts": PARTS, "part_kinds": PART_KINDS}


@rooms.get(HEARD)
@requires("consultations.record.read", on=plan_at)
def heard(plan: Plan) -> str:
    """The response matrix of a plan, with how much was said and decided by theme."""
    lines, (form, wanted) = queries.matrix(plan), wanted_matrix()
    return page(
        "consultations/heard/heard.html",
        plan=plan,
        lines=[line for line in lines if wanted.takes(line)],
        sums=queries.sums(lines),
        late=sum(line.is_late for line in lines),
        form=form,
        decisions=said.decisions(),
        **MATRIX_WORDS,
    )


@rooms.get(f"{HEARD}.csv")
@requires("consultations.record.read", on=plan_at)
def heard_file(plan: Plan) -> Response:
    """The response matrix as a CSV file, with all columns; of what is asked for alone."""
    _form, wanted = wanted_matrix()
    lines = [line for line in queries.matrix(plan) if wanted.takes(line)]
    return csv_file(f"{plan.slug}-heard.csv", *said.table(lines, staff=True))


def wanted_matrix() -> tuple[MatrixFilter, queries.Wanted]:
    """What the address asks of a matrix, and the form that shows it; what no list holds asks for nothing."""
    asked = MatrixFilter(request.args)
    asked.validate()
    theme, decision = ("" if one.errors else one.data for one in (asked.theme, asked.decision))
    wanted = queries.Wanted(
        theme=queries.NO_THEME if theme == "none" else theme or None,
        decision=decision or None,
        late=bool(asked.late.data),
    )
    return asked, wanted


@rooms.get(f"{HEARD}/stages")
@requires("consultations.record.read", on=plan_at)
def heard_stages(plan: Plan) -> str:
    """The stages of the process, and where women's groups took part."""
    given = {"lines": stages(plan), "without_stage": without_stage(plan)}
    return page("consultations/heard/stages.html", plan=plan, **given, **STAGE_WORDS)


@rooms.get(f"{HEARD}/stages/<code:stage>")
@requires("consultations.record.write", on=stage_at)
def edit_stage(stage: Stage) -> str:
    """What is said of a stage, as a form."""
    return _stage_page(stage, StageForm(row=stage.said, languages=stage.plan.languages))


@rooms.post(f"{HEARD}/stages/<code:stage>")
@requires("consultations.record.write", on=stage_at)
def save_stage(stage: Stage) -> Any:
    """Says whether women's groups took part in a stage, and why not."""
    form = StageForm(row=stage.said, languages=stage.plan.languages)

    def save() -> Response:
        services.say_stage(actor(), stage, form.part.data or "", form.text.data, seen=form.seen.data)
        told = _("It is saved.")
        return see_other("consultations.heard_stages", slug=stage.plan.slug, said=told, anchor=f"s-{stage.stage}")

    return tried(form, save) or (_stage_page(stage, form), 422)


def _stage_page(stage: Stage, form: StageForm) -> str:
    line = next(line for line in stages(stage.plan) if line.stage == stage.stage)
    return page("consultations/heard/stage_form.html", plan=stage.plan, line=line, form=form, **STAGE_WORDS)


@rooms.get(f"{HEARD}/chapter")
@requires("consultations.record.read", on=plan_at)
def chapter(plan: Plan) -> str:
    """The chapter on how the plan was made, drafted from the log, to be changed and put into the plan."""
    return _chapter_page(plan, _chapter_form(plan))


@rooms.post(f"{HEARD}/chapter")
@requires("plans.section.arrange", on=plan_at)
def put_chapter(plan: Plan) -> Any:
    """Puts the chapter into a section of the plan, or into a new one."""
    form = _chapter_form(plan)

    def save() -> Response:
        into = None if form.section.data == NEW else section_at(plan.slug, form.section.data or "")
        section = services.put_chapter(actor(), plan, form.text.data or {}, into=into, title=form.title.data)
        return done("plans.section", slug=plan.slug, section=section.key, said=_("The chapter is in the plan."))

    return tried(form, save) or (_chapter_page(plan, form), 422)


def _chapter_form(plan: Plan) -> ChapterForm:
    sections = [(line.section.key, line.section.title) for line in section_lines(plan)]
    drafted = written.in_every_language(log.log_of(plan), plan.languages)
    meant = written.SECTION if any(key == written.SECTION for key, _title in sections) else NEW
    titles = written.titles(plan.languages)
    return ChapterForm(languages=plan.languages, sections=sections, section=meant, text=drafted, title=titles)


def _chapter_page(plan: Plan, form: ChapterForm) -> str:
    back = url_for("consultations.heard", slug=plan.slug)
    return page("consultations/heard/chapter.html", plan=plan, form=form, back=back)
