"""Pages and answers: rendering, redirecting, the form key that makes a repeat harmless, and the shared context."""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, Response, flash, g, get_flashed_messages, redirect, render_template, request, url_for
from sqlalchemy import delete, select
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.routing import BaseConverter, IntegerConverter

from nap_builder.kernel.access import can
from nap_builder.kernel.actor import actor
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import Base, Utc, at_begin, db
from nap_builder.kernel.errors import BadInput, DomainError, MalformedForm
from nap_builder.kernel.fields import Form
from nap_builder.kernel.languages import direction, language_name, read_first, tag

UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
KEPT_FOR = timedelta(days=7)
LONGEST_SEARCH = 100
NO_UNDO = "message"
NOT_OF_THE_BODY = frozenset({"csrf_token", "once"})


class FormReceipt(Base):
    """A form that took effect: its key, whose it was, what it held (as a digest), and where the answer led."""

    __tablename__ = "form_receipt"

    id: Mapped[int] = mapped_column(primary_key=True)
    once: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int | None]
    body: Mapped[str]
    location: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(Utc, default=now, index=True)


class AlreadyDone(Exception):
    """The same form was sent before; its effect stands, and the answer is the same."""

    def __init__(self, location: str) -> None:
        super().__init__(location)
        self.location = location


class OtherBody(DomainError):
    """A form's key came back with other words in the form."""

    status = 422


class SlugConverter(BaseConverter):
    """An address part of letters, digits and dashes, as slugs and keys have."""

    regex = "[A-Za-z0-9][A-Za-z0-9-]{0,63}"


class CodeConverter(BaseConverter):
    """An address part that a code of the plan may be: no slash, space or quote."""

    regex = r"[^\s/\\?#%<>\"']{1,32}"


class NumberConverter(IntegerConverter):
    """An address part that is a number of a size that every database can hold."""

    regex = r"\d{1,9}"


def repeatable(view: Callable[..., Any]) -> Callable[..., Any]:
    """Marks a view whose form needs no idempotency key, because sending it twice does no more than once."""
    view.repeatable = True  # type: ignore[attr-defined]
    return view


@at_begin
def claim_form() -> None:
    """Claims the form's key first thing in the transaction, so that a second sending waits and then sees the first.

    Raises MalformedForm without a key, AlreadyDone for a repeat, OtherBody for the same key with other words.
    """
    if not request or request.method not in UNSAFE or _needs_no_key():
        return
    once = request.form.get("once", "")
    if not 8 <= len(once) <= 64 or not once.isprintable():
        raise MalformedForm
    body, person = _digest(), actor().id
    before = db.session.scalar(select(FormReceipt).where(FormReceipt.once == once))
    if before is not None:
        if before.body != body or before.person_id != person:
            raise OtherBody
        raise AlreadyDone(before.location or request.path)
    g.form_receipt = FormReceipt(once=once, person_id=person, body=body)
    db.session.add(g.form_receipt)
    db.session.flush()


def _needs_no_key() -> bool:
    return bool(getattr(g.get("view"), "repeatable", False))


def _digest() -> str:
    digest = hashlib.sha256(request.full_path.encode("utf-8", "surrogatepass"))
    for name, file in sorted(request.files.items(multi=True), key=lambda pair: pair[0]):
        digest.update(f"{name}\0{file.filename}\0".encode("utf-8", "surrogatepass"))
    for name, value in sorted(request.form.items(multi=True)):
        if name not in NOT_OF_THE_BODY:
            digest.update(f"{name}\0{value}\0".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def forget_old_receipts() -> None:
    """Drops form receipts older than a week, within the open transaction."""
    db.session.execute(delete(FormReceipt).where(FormReceipt.at < now() - KEPT_FOR))


def page(template: str, /, **context: Any) -> str:
    """Renders a page. A `plan` in the context says which language its texts come in first."""
    plan = context.get("plan")
    if plan is not None and getattr(plan, "languages", None):
        read_first(plan.languages[0])
    return render_template(template, **context)


def see_other(endpoint: str, *, said: str | None = None, anchor: str | None = None, **parts: Any) -> Response:
    """The answer to a form that took effect: go and see (303). Called inside the transaction."""
    return go_to(url_for(endpoint, _anchor=anchor, **parts), said=said)


def go_to(location: str, *, said: str | None = None, undo: str | None = None) -> Response:
    """As `see_other`, to an address of ours; `said` with a button that undoes the act, where `undo` is its address."""
    if said:
        flash(str(said), undo or NO_UNDO)
    if (receipt := g.get("form_receipt")) is not None:
        receipt.location = location
    return redirect(location, 303)  # type: ignore[return-value]


def safe_target(target: str | None) -> str | None:
    """An address within this site (one slash, then neither slash nor backslash nor control), or None."""
    if not target or not target.startswith("/") or target[1:2] in ("/", "\\"):
        return None
    if any(ord(letter) < 0x21 or letter == "\\" for letter in target):
        return None
    return target


def sought() -> str:
    """What the address asks a search for: signs that can be seen, cut to a sensible length."""
    asked = request.args.get("q", "")[:LONGEST_SEARCH]
    return "".join(sign if sign.isprintable() else " " for sign in asked).strip()


def refused(form: Any, error: BadInput) -> None:
    """Puts a domain rule's message beside the field of the form that it is about."""
    form.refuse(error.field, error.message)


def prepare(app: Flask, languages: tuple[str, ...]) -> None:
    """Address parts, the language in every address, and what every page's template can use."""
    app.url_map.converters.update(slug=SlugConverter, code=CodeConverter, key=SlugConverter, int=NumberConverter)
    app.url_map.strict_slashes = False

    @app.url_value_preprocessor
    def take_language(_endpoint: str | None, parts: dict[str, Any] | None) -> None:
        first = request.path.split("/")[1]  # an address that no page has is refused in the language it begins with
        g.lang = (parts or {}).pop("lang", first if first in languages else languages[0])
        g.view = app.view_functions.get(request.endpoint or "")

    @app.url_defaults
    def give_language(endpoint: str, parts: dict[str, Any]) -> None:
        if "lang" not in parts and app.url_map.is_endpoint_expecting(endpoint, "lang"):
            parts["lang"] = tag()

    @app.context_processor
    def shared() -> dict[str, Any]:
        return {
            "lang": tag(),
            "direction": direction(tag()),
            "languages": [_language(language) for language in languages],
            "person": actor() if actor().signed_in else None,
            "can": can,
            "messages": _messages,
            "request_id": g.get("request_id", ""),
        }


def _messages() -> list[dict[str, Any]]:
    """What the last act did, and where it can be undone the address for that, with the form that is sent there."""
    told: list[Any] = list(get_flashed_messages(with_categories=True))
    return [{"text": text, **({} if undo == NO_UNDO else _way_back(undo))} for undo, text in told]


def _way_back(undo: str) -> dict[str, Any]:
    return {"undo": undo, "form": Form(formdata=None)}


def _language(language: str) -> dict[str, Any]:
    parts = dict(request.view_args or {}) if request.endpoint else {}
    asked = request.args.to_dict(flat=False) if request.method == "GET" else {}
    query = {name: values for name, values in asked.items() if name != "endpoint" and not name.startswith("_")}
    endpoint = request.endpoint or "home.front"
    return {
        "tag": language,
        "own_name": language_name(language),
        "href": url_for(endpoint, **{**query, **parts, "lang": language}),
        "current": language == tag(),
    }
