"""The doors of the paper "What we heard, what we did": the page that prints, and its PDF."""

from typing import Any

from flask import Response, g, render_template, request, url_for
from markupsafe import Markup

from nap_builder.kernel import storage
from nap_builder.kernel.access import requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.audit import record
from nap_builder.kernel.database import transaction
from nap_builder.kernel.fields import Form
from nap_builder.kernel.jobs import enqueue
from nap_builder.kernel.languages import speaking, tag
from nap_builder.kernel.web import page, see_other
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.plan import plan_at
from nap_builder.publishing.events import HEARD_ASKED
from nap_builder.publishing.heard_sheet import heard_sheet, pdf_name
from nap_builder.publishing.jobs import print_heard
from nap_builder.publishing.routes import rooms

PAPER = "/w/<slug:slug>/heard/paper"
READ = "consultations.record.read"


@rooms.get(PAPER)
@requires(READ, on=plan_at)
def heard_paper(plan: Plan) -> str:
    """The paper as everybody may read it now, to be printed, with the way to its PDF."""
    language = _language(plan)
    sheet = heard_sheet(plan, language)
    given: dict[str, Any] = {"body": None, "made": False}
    if sheet is not None:
        with speaking(language):
            body = Markup(render_template(sheet["layout"], sheet=sheet))  # noqa: S704 - an autoescaping template made it
        given = {"body": body, "made": storage.exists(pdf_name(plan, sheet))}
    return page("publishing/heard_paper.html", plan=plan, language=language, press=Form(formdata=None), **given)


@rooms.get(f"{PAPER}.pdf")
@requires(READ, on=plan_at)
def heard_pdf(plan: Plan) -> Any:
    """The PDF of the paper as it stands; while it is not made, the page that has it made."""
    sheet = heard_sheet(plan, _language(plan))
    if sheet is None or not storage.exists(name := pdf_name(plan, sheet)):
        return see_other("publishing.heard_paper", slug=plan.slug)
    g.personal = True
    answer = Response(storage.get(name), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{plan.slug}-heard-{sheet["lang"]}.pdf"'
    return answer


@rooms.post(f"{PAPER}.pdf")
@requires(READ, on=plan_at)
def make_heard_pdf(plan: Plan) -> Response:
    """Has the PDF of the paper made in a language."""
    language = _language(plan)
    with transaction():
        href = url_for("publishing.heard_pdf", slug=plan.slug, written_in=language)
        given = {"slug": plan.slug, "written_in": language, "href": href}
        job = enqueue(print_heard, person_id=actor().id, plan_slug=plan.slug, language=tag(), **given)
        record(HEARD_ASKED, actor(), plan)
        return see_other("oversight.job", key=job.key)


def _language(plan: Plan) -> str:
    """The language asked for, else the reader's where the plan has it, else the plan's first."""
    asked = request.args.get("written_in") or request.form.get("written_in") or tag()
    return asked if asked in plan.languages else plan.first_language
