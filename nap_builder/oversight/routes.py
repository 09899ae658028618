"""The doors of oversight: audit trail, settings, backups, jobs."""

from typing import Any

from flask import Blueprint, Response, current_app, request, url_for

from nap_builder.kernel import signing, storage
from nap_builder.kernel.access import requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.audit import head
from nap_builder.kernel.backup_record import Backup, backup_is_due, last_backup
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import Missing
from nap_builder.kernel.jobs import Job, enqueue, job_of
from nap_builder.kernel.languages import _, tag
from nap_builder.kernel.web import page, repeatable, see_other
from nap_builder.oversight import events, policy, queries, services  # noqa: F401 - policy and events are declared
from nap_builder.oversight.forms import PressForm, StateForm
from nap_builder.oversight.jobs import back_up
from nap_builder.taskforce import queries as taskforce
from nap_builder.taskforce import services as naming

rooms = Blueprint("oversight", __name__)


@rooms.get("/audit")
@requires("oversight.audit.read")
def audit() -> str:
    plan = request.args.get("plan") or None
    found = queries.trail(actor(), plan=plan, page=request.args.get("page", 1, type=int))
    links = lambda number: url_for("oversight.audit", page=number, plan=plan)  # noqa: E731
    return page("oversight/audit.html", found=found, links=links, only_plan=plan)


@rooms.get("/audit/head.txt")
@requires("oversight.audit.verify")
def audit_head() -> Response:
    end = head()
    answer = Response(f"{end.number}\t{end.hash}\n", mimetype="text/plain")
    answer.headers["Content-Disposition"] = f"attachment; filename=audit-head-{end.number}.txt"
    return answer


@rooms.get("/audit/head.p7m")
@requires("oversight.audit.verify")
def signed_audit_head() -> Response:
    """The end of the trail within the signature of this installation."""
    end = head()
    answer = Response(signing.signed_head(f"{end.number}\t{end.hash}\n"), mimetype="application/pkcs7-mime")
    answer.headers["Content-Disposition"] = f"attachment; filename=audit-head-{end.number}.p7m"
    return answer


@rooms.get("/settings")
@requires("oversight.settings.read")
def settings() -> str:
    return _settings(StateForm(row=taskforce.installation(), languages=current_app.config["NAP"].languages))


@rooms.post("/settings")
@requires("oversight.settings.write")
def save_settings() -> Any:
    state = taskforce.installation()
    form = StateForm(row=state, languages=current_app.config["NAP"].languages)
    if not form.validate():
        return _settings(form), 422
    with transaction():
        naming.name_state(actor(), form.state_name.data or {}, form.service_name.data, seen=form.seen.data)
        return see_other("oversight.settings", said=_("The names are saved."))


def _settings(form: StateForm) -> str:
    return page(
        "oversight/settings.html",
        form=form,
        press=PressForm(),
        health=queries.health(current_app.config["NAP"].home),
        backups=queries.backups(),
        due=backup_is_due(),
        last=last_backup(),
    )


@rooms.post("/settings/backup")
@requires("oversight.backup.make")
def make_backup() -> Response:
    with transaction():
        job = enqueue(back_up, person_id=actor().id, language=tag())
        services.note_request(actor(), job)
        return see_other("oversight.job", key=job.key)


@rooms.post("/settings/backup/<key:key>/download")
@requires("oversight.backup.make", on=queries.backup_at)
@repeatable
def download_backup(made: Backup) -> Response:
    if made.stored_as is None or not storage.exists(made.stored_as):
        raise Missing(_("This backup was written elsewhere."))
    with transaction():
        services.note_download(actor(), made)
    answer = Response(storage.get(made.stored_as), mimetype="application/x-tar")
    answer.headers["Content-Disposition"] = f"attachment; filename={made.made_at:%Y-%m-%d}.nap-backup"
    return answer


@rooms.get("/jobs/<key:key>")
@requires("home.read", on=job_of)
def job(job: Job) -> str:
    if job.person_id != actor().id:
        raise Missing
    return page("oversight/job.html", job=job, target=_target(job))


def _target(job: Job) -> str | None:
    """Where the work's result is found, once it is there."""
    result = job.result or {}
    if "backup" in result:
        return url_for("oversight.settings")
    return str(result["href"]) if "href" in result else None
