"""The door of a version as data: what everybody may read of it, as tables, as a workbook and as JSON."""

from flask import Blueprint, Response, g

from nap_builder.api.tables import FORMS, JSON, version_data
from nap_builder.kernel.access import requires
from nap_builder.publishing.policy import Opened
from nap_builder.publishing.queries import opened as opened_at
from nap_builder.publishing.routes import chosen_language

rooms = Blueprint("tables", __name__)
FORM = ", ".join(f'"{form}"' for form in (*FORMS, JSON))


@rooms.get(f"/plan/<slug:slug>/v/<int:number>.<any({FORM}):form>")
@requires("publishing.plan.read", on=opened_at)
def version_tables(opened: Opened, form: str) -> Response:
    """The public profile of a version in one of these forms."""
    language = chosen_language(opened.plan)
    g.personal = not opened.published
    mimetype = FORMS[form].mimetype if form in FORMS else "application/json"
    answer = Response(version_data(opened.version, form, language), mimetype=mimetype)
    name = f"{opened.plan.slug}-v{opened.version.number}" + (f"-{language}" if form in FORMS else "")
    answer.headers.set("Content-Disposition", "attachment", filename=f"{name}.{form}")
    return answer
