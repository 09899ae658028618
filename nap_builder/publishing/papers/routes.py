"""The doors to the letters and papers: the list, a paper to read first, and its file."""

import io
from typing import Any

from flask import Response, request, send_file

from nap_builder.kernel.access import demand, requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.errors import Missing
from nap_builder.kernel.languages import tag
from nap_builder.kernel.web import page
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.plan import plan_at
from nap_builder.publishing import queries
from nap_builder.publishing.papers.desk import READ, Desk, File, counts_activities
from nap_builder.publishing.papers.shelf import PHASES, paper_called, papers
from nap_builder.publishing.policy import PaperFor
from nap_builder.publishing.routes import rooms
from nap_builder.taskforce.models import Institution
from nap_builder.taskforce.queries import institution_at

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@rooms.get("/w/<slug:slug>/papers", endpoint="papers")
@requires(READ, on=plan_at)
def all_papers(plan: Plan) -> str:
    """Every paper of the process, by phase, with its gaps."""
    desk = Desk(plan)
    language = desk.language(tag())
    found = [(model, desk.paper(model, language)) for model in papers()]
    phases = [(PHASES[phase], [pair for pair in found if pair[0].phase == phase]) for phase in PHASES]
    return page("publishing/papers.html", plan=plan, desk=desk, phases=phases)


@rooms.get("/w/<slug:slug>/papers/<slug:paper>")
@requires(READ, on=plan_at)
def paper(plan: Plan, paper: str) -> str:
    """One paper, filled, to be read before it is taken away."""
    desk, model = Desk(plan), paper_called(paper)
    body, language = _institution(plan), desk.language(request.args.get("language"), tag())
    shown = desk.paper(model, language, body)
    left_out = queries.restricted_activities(plan, actor(), body) if counts_activities(model) else 0
    context: dict[str, Any] = {"desk": desk, "model": model, "paper": shown, "body": body, "left_out": left_out}
    return page("publishing/paper.html", plan=plan, language=language, shape=_shape, **context)


@rooms.get("/w/<slug:slug>/papers/<slug:paper>.docx")
@requires(READ, on=plan_at)
def paper_file(plan: Plan, paper: str) -> Response:
    """One paper as a Word file."""
    desk, model = Desk(plan), paper_called(paper)
    body, language = _institution(plan), desk.language(request.args.get("language"), tag())
    return _sent(desk.file(model, language, body), DOCX)


@rooms.get("/w/<slug:slug>/papers/<slug:paper>.zip")
@requires(READ, on=plan_at)
def paper_files(plan: Plan, paper: str) -> Response:
    """One paper for each institution that leads, in one archive; for an official, their own."""
    desk, model = Desk(plan), paper_called(paper)
    if not (model.for_institutions and desk.leaders):
        raise Missing
    return _sent(
        desk.bundle(model, desk.language(request.args.get("language"), tag()), desk.leaders), "application/zip"
    )


def _institution(plan: Plan) -> Institution | None:
    """The institution that is asked for, once the reader may have its paper. Raises Missing, NotAllowed."""
    code = request.args.get("institution")
    if not code:
        return None
    body = institution_at(code)
    demand(READ, PaperFor(plan, body))
    return body


def _shape(block: object) -> str:
    """The kind of a block, by which the template chooses its markup."""
    return type(block).__name__


def _sent(file: File, mimetype: str) -> Response:
    answer = send_file(io.BytesIO(file.content), mimetype=mimetype, as_attachment=True, download_name=file.name)
    answer.headers["Cache-Control"] = "no-store"
    return answer
