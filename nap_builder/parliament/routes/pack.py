"""The doors of the tabling pack: having it made, and taking it away."""

from typing import Any

from flask import Response, g, request, url_for

from nap_builder.kernel import storage
from nap_builder.kernel.access import requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.audit import record
from nap_builder.kernel.jobs import enqueue
from nap_builder.kernel.languages import tag
from nap_builder.kernel.web import see_other
from nap_builder.parliament.events import PACK_ASKED
from nap_builder.parliament.jobs import make_pack as pack_job
from nap_builder.parliament.models import HouseEntry
from nap_builder.parliament.pack import pack_name
from nap_builder.parliament.queries.record import tabling_at, version_of
from nap_builder.parliament.routes.blueprint import rooms
from nap_builder.parliament.routes.record import ONE, WRITE, entry_page, kept_form, pack_form
from nap_builder.plans.routes.saving import tried


@rooms.post(f"{ONE}/pack")
@requires(WRITE, on=tabling_at)
def make_pack(entry: HouseEntry) -> Any:
    """Has the pack of the version that was tabled made in a language."""
    form, plan = pack_form(entry), entry.plan

    def ask() -> Response:
        version, written_in = version_of(entry), form.written_in.data
        href = url_for("parliament.pack", slug=plan.slug, key=entry.key, written_in=written_in)
        given = {"slug": plan.slug, "number": version.number, "written_in": written_in, "href": href}
        job = enqueue(pack_job, person_id=actor().id, plan_slug=plan.slug, language=tag(), **given)
        record(PACK_ASKED, actor(), entry, plan=plan.slug, number=version.number)
        return see_other("oversight.job", key=job.key)

    return tried(form, ask) or (entry_page(entry, kept_form(entry), form), 422)


@rooms.get(f"{ONE}/pack.zip")
@requires(WRITE, on=tabling_at)
def pack(entry: HouseEntry) -> Response:
    """The pack that was made last in a language; while there is none, the page that has it made."""
    version, language = version_of(entry), request.args.get("written_in", "")
    if language not in entry.plan.languages or not storage.exists(name := pack_name(version, language)):
        return see_other("parliament.entry", slug=entry.plan.slug, key=entry.key, anchor="pack")
    g.personal = True
    answer = Response(storage.get(name), mimetype="application/zip")
    file = f"{entry.plan.slug}-v{version.number}-tabling-{language}.zip"
    answer.headers.set("Content-Disposition", "attachment", filename=file)
    return answer
