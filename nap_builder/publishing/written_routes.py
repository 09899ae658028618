"""The doors of a plan as a Word file, as plain text, and as one file for phones."""

from flask import Response, g

from nap_builder.kernel.access import requires
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.plan import plan_at
from nap_builder.plans.queries.versions import WORKING
from nap_builder.publishing import queries, services
from nap_builder.publishing.policy import Opened
from nap_builder.publishing.renderers.written import WRITTEN
from nap_builder.publishing.routes import chosen_language, chosen_profile, rooms

FORM = f"<any({', '.join(WRITTEN)}):form>"


@rooms.get(f"/plan/<slug:slug>/v/<int:number>.{FORM}")
@requires("publishing.plan.read", on=queries.opened)
def version_written(opened: Opened, form: str) -> Response:
    """A version in one of these forms, in the language that is asked for."""
    profile, language = chosen_profile(opened.plan), chosen_language(opened.plan)
    g.personal = profile == WORKING or not opened.published
    content = services.version_written(opened.version, form, profile=profile, language=language)
    return _file(content, form, f"{opened.plan.slug}-v{opened.version.number}-{language}")


@rooms.get(f"/w/<slug:slug>/draft.{FORM}")
@requires("plans.draft.read", on=plan_at)
def draft_written(plan: Plan, form: str) -> Response:
    """The working plan in one of these forms, as it stands at this moment."""
    profile, language = chosen_profile(plan), chosen_language(plan)
    content = services.plan_written(plan, form, number=None, language=language, profile=profile)
    return _file(content, form, f"{plan.slug}-draft-{language}")


def _file(content: bytes, form: str, name: str) -> Response:
    """The answer that saves a file. Text is shown: it can do nothing, and a phone need not keep it."""
    answer = Response(content, content_type=WRITTEN[form].mimetype + ("; charset=utf-8" if form != "docx" else ""))
    shown = "inline" if form == "txt" else "attachment"
    answer.headers.set("Content-Disposition", shown, filename=f"{name}.{form}")
    return answer
