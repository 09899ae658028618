"""What goes wrong, as pages: one table from error to status, template and words."""

import logging
import secrets
from traceback import extract_tb
from typing import Any

from flask import Flask, Response, current_app, flash, g, make_response, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, SecurityError

from nap_builder.kernel.actor import actor
from nap_builder.kernel.database import db
from nap_builder.kernel.errors import DomainError, NeedsFreshSignIn, NeedsSignIn, StaleEdit
from nap_builder.kernel.languages import _, direction, listed, tag
from nap_builder.kernel.open_data import is_open_data, problem
from nap_builder.kernel.traceless import is_traceless
from nap_builder.kernel.web import UNSAFE, AlreadyDone, safe_target

log = logging.getLogger(__name__)

OWN_PAGES = frozenset({400, 403, 404, 405, 409, 410, 413, 422, 429})
HIDDEN_FIELDS = frozenset({"csrf_token", "once", "seen", "shown", "password", "present", "code", "row", "beside"})


def prepare(app: Flask) -> None:
    """Registers the pages."""
    app.register_error_handler(AlreadyDone, _already_done)
    app.register_error_handler(NeedsSignIn, _sign_in_first)
    app.register_error_handler(NeedsFreshSignIn, _confirm_first)
    app.register_error_handler(StaleEdit, _conflict)
    app.register_error_handler(StaleDataError, _crossed)
    app.register_error_handler(CSRFError, _forgery)
    app.register_error_handler(DomainError, _told)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(SecurityError, _other_host)
    for gone in (OperationalError, InterfaceError):
        app.register_error_handler(gone, _unavailable)
    app.register_error_handler(Exception, _unforeseen)


def _answer(status: int, template: str, **context: Any) -> Response:
    if is_open_data():
        return problem(status, str(context.get("message", "")))
    answer = make_response(render_template(template, **context), status)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _told(error: DomainError) -> Response:
    return _answer(error.status, f"errors/{error.status}.html", message=error.message)


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    if error.response is not None or 300 <= status < 400:
        return make_response(error.get_response())
    if status >= 500:
        return _plain(status)
    shown = status if status in OWN_PAGES else 400
    answer = _answer(status, f"errors/{shown}.html", message="")
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            answer.headers[name] = value
    return answer


def _other_host(_error: SecurityError) -> Response:
    """Words alone: for a host that is not ours no address of a page or a style sheet can be written."""
    return make_response(_("This is not the address of this site."), 400, {"Content-Type": "text/plain; charset=utf-8"})


def _already_done(error: AlreadyDone) -> Any:
    return redirect(error.location, 303)


def _sign_in_first(_error: NeedsSignIn) -> Any:
    if request.method in UNSAFE:
        return _keep_typed(401, _("You are no longer signed in. Nothing was saved."))
    return redirect(url_for("accounts.sign_in", next=safe_target(request.full_path.rstrip("?"))), 302)


def _confirm_first(_error: NeedsFreshSignIn) -> Any:
    back = request.full_path.rstrip("?") if request.method not in UNSAFE else request.referrer and _own_path()
    if request.method in UNSAFE:
        flash(_("Nothing was done yet. Give your password, then do it again."))
    return redirect(url_for("accounts.confirm", next=safe_target(back)), 303)


def _own_path() -> str | None:
    referrer = request.referrer or ""
    return referrer.removeprefix(request.host_url.rstrip("/")) if referrer.startswith(request.host_url) else None


def _forgery(_error: CSRFError) -> Response:
    if not actor().signed_in:
        return _keep_typed(400, _("Your session has ended. Nothing was saved."))
    return _keep_typed(400, _("This page was open for too long. Nothing was saved."))


def _keep_typed(status: int, message: str) -> Response:
    """Shows what was typed, to be sent again, unless the form came from another site."""
    db.session.rollback()
    ours = request.headers.get("Sec-Fetch-Site", "same-origin") in ("same-origin", "none") and _origin_is_ours()
    sent = request.form.items(multi=True)
    typed = [(name, value) for name, value in sent if name.partition("-")[0] not in HIDDEN_FIELDS]
    return _answer(status, "errors/session.html", message=message, typed=typed if ours else [], back=_own_path() or "/")


def _origin_is_ours() -> bool:
    origin = request.headers.get("Origin")
    return origin is None or origin == request.host_url.rstrip("/")


def _conflict(error: StaleEdit) -> Response:
    """Both texts side by side, and a form that saves the second over the first, knowingly."""
    db.session.rollback()
    form = g.get("form")
    if form is None:
        return _answer(409, "errors/409.html", message=_("Somebody saved this since you opened it."))
    theirs = type(form)(formdata=None, row=error.row, languages=form.languages, **form.given)
    pairs = [pair for field in form.visible() for pair in _pairs(field, theirs[field.short_name])]
    hidden = [(n, v) for n, v in request.form.items(multi=True) if n not in ("csrf_token", "once", "seen")]
    return _answer(
        409,
        "errors/conflict.html",
        fields=[pair for pair in pairs if pair["theirs"] != pair["yours"]],
        hidden=hidden,
        seen=error.row.row_version,
        once=secrets.token_urlsafe(16),
        form_action=request.full_path.rstrip("?"),
        back_href=_own_path() or request.path,
    )


def _pairs(mine: Any, theirs: Any) -> list[dict[str, Any]]:
    """Both states of a field; of a text in several languages, both of each language."""
    label = mine.label.text
    if not hasattr(mine, "languages"):
        return [{"label": label, "lang": "", "theirs": shown(theirs), "yours": shown(mine)}]
    saved, typed = theirs.data or {}, mine.data or {}
    return [
        {"label": label, "lang": language, "theirs": saved.get(language, ""), "yours": typed.get(language, "")}
        for language in sorted({*saved, *typed})
    ]


def shown(field: Any) -> str:
    """What a field of one text or some choices holds, as a person reads it."""
    data = field.data
    choices = dict(field.iter_plain_choices()) if hasattr(field, "iter_plain_choices") else _choices(field)
    if isinstance(data, list | tuple | set):
        return listed(str(choices.get(str(item), item)) for item in data)
    if isinstance(data, bool):
        return _("Yes") if data else _("No")
    return str(choices.get(str(data), data if data is not None else ""))


def _choices(field: Any) -> dict[str, Any]:
    if not hasattr(field, "iter_choices"):
        return {}
    return {str(choice[0]): choice[1] for choice in field.iter_choices()}


def _crossed(_error: StaleDataError) -> Response:
    db.session.rollback()
    return _answer(409, "errors/409.html", message=_("Somebody saved this at the same moment. Open it again."))


def _unavailable(error: Exception) -> Response:
    log.error("the database did not answer: %s", type(error).__name__)
    return _plain(503)


def _unforeseen(error: Exception) -> Response:
    """Into the log with all that is known; from a page that leaves no trace, the kind of the fault and its place alone,
    since its message may hold what somebody sent.
    """
    if is_traceless():
        frames = extract_tb(error.__traceback__)
        where = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "an unknown place"
        log.error("a page without trace failed: %s at %s", type(error).__name__, where)
    else:
        log.error("request %s failed", g.get("request_id", ""), exc_info=error)
    return _plain(500)


def _plain(status: int) -> Response:
    """A page that touches neither the session nor the database: what other pages are given would ask both."""
    known = 503 if status == 503 else 500
    if is_open_data():
        return problem(known)
    template = current_app.jinja_env.get_template(f"errors/{known}.html")
    words = template.render(lang=tag(), direction=direction(tag()), request_id=g.get("request_id", ""))
    return make_response(words, status, {"Cache-Control": "no-store"})
