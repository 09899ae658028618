"""The door of a version as tables: what everybody may read of it, packed with its dictionary."""

from flask import Blueprint, Response, g

from nap_builder.api import tables
from nap_builder.kernel.access import requires
from nap_builder.publishing.policy import Opened
from nap_builder.publishing.queries import opened as opened_at
from nap_builder.publishing.routes import chosen_language

rooms = Blueprint("tables", __name__)


@rooms.get("/plan/<slug:slug>/v/<int:number>.csv.zip")
@requires("publishing.plan.read", on=opened_at)
def version_tables(opened: Opened) -> Response:
    """The public profile of a version as tables (CSV)."""
    language = chosen_language(opened.plan)
    g.personal = not opened.published
    answer = Response(tables.version_tables(opened.version, language), mimetype="application/zip")
    name = f"{opened.plan.slug}-v{opened.version.number}-{language}.csv.zip"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
