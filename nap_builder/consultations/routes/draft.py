"""The doors of an open draft: its parts, and the form by which anybody comments without an account.

Nothing is kept of who reads or writes here: no cookie, no address, no line in a log, no entry in the audit trail.
"""

from typing import Any, BinaryIO, cast

from flask import current_app, make_response, request

from nap_builder.consultations import tokens
from nap_builder.consultations.draft import Line
from nap_builder.consultations.forms.comment import CommentForm
from nap_builder.consultations.policy import Asked
from nap_builder.consultations.queries.public import asked_at
from nap_builder.consultations.routes.blueprint import PUBLIC, rooms
from nap_builder.consultations.routes.sheet import Sheet, form_for, renew, sheet_of, shown, words
from nap_builder.consultations.services import commenting
from nap_builder.consultations.services.withdrawing import forget_file
from nap_builder.consultations.ways import STEWARD
from nap_builder.consultations.window import is_open
from nap_builder.kernel import uploads
from nap_builder.kernel.access import can, requires
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import BadInput, Missing
from nap_builder.kernel.floods import floods
from nap_builder.kernel.languages import _, tag
from nap_builder.kernel.traceless import takes_files, traceless
from nap_builder.kernel.web import page

PART = f"{PUBLIC}/<key:key>/part/<int:number>"
TEXT = f"{PART}/text"
FROM_ONE_ADDRESS, ON_ONE_DRAFT = 40, 400  # comments an hour; a household, an office or a mobile mast share an address


@rooms.get(PART)
@traceless
@requires("consultations.draft.read", on=asked_at)
def part(asked: Asked, number: int) -> str:
    """A part of the draft, with what was said about each paragraph."""
    return _read(asked, number, text_only=False)


@rooms.get(TEXT)
@traceless
@requires("consultations.draft.read", on=asked_at)
def part_text(asked: Asked, number: int) -> str:
    """The same in the plainest page that there is."""
    return _read(asked, number, text_only=True)


@rooms.post(PART)
@takes_files
@traceless
@requires("consultations.draft.read", on=asked_at)
def send(asked: Asked, number: int) -> Any:
    """Takes a comment."""
    return _take(asked, number, text_only=False)


@rooms.post(TEXT)
@takes_files
@traceless
@requires("consultations.draft.read", on=asked_at)
def send_text(asked: Asked, number: int) -> Any:
    """Takes a comment from the plain page."""
    return _take(asked, number, text_only=True)


def _read(asked: Asked, number: int, *, text_only: bool) -> str:
    sheet = sheet_of(asked, number, text_only=text_only)
    wanted = request.args.get("p")
    line = sheet.line_of(wanted) if wanted else None
    if wanted and line is None:
        raise Missing(_("This draft has no such paragraph any more, or never had it."))
    form = form_for(sheet, line) if line and can("consultations.comment.write", asked) else None
    return shown(sheet, opened=line, form=form)


def _take(asked: Asked, number: int, *, text_only: bool) -> Any:
    """Refuses in words, with all that was typed, or takes the comment and answers at the same address."""
    if not is_open(asked.consultation):
        return _not_taken(asked, 409, _("The window for comments is closed. Your comment was not taken."), text_only)
    if not can("consultations.comment.write", asked):
        said = _(
            "Officials, and others who write or look after the plan, do not comment here. Say it in the task force."
        )
        return _not_taken(asked, 403, said, text_only)
    if floods().from_one("comment", request.remote_addr or "", FROM_ONE_ADDRESS):
        return _flooded(asked, text_only=text_only)
    sheet, line = _place(asked, number, text_only=text_only)
    if sheet is None or line is None:
        said = _("This draft has no such paragraph any more, or never had it. Your comment was not taken.")
        return _not_taken(asked, 404, said, text_only)
    form = form_for(sheet, line, request.form)
    number_drawn = _judged(sheet, line, form)
    if number_drawn is None:
        return shown(sheet, opened=line, form=form), 422
    return _kept(sheet, line, form, number_drawn)


def _flooded(asked: Asked, *, text_only: bool) -> Any:
    said = _("Too many comments came in at once. Your comment was not taken. Send it again in an hour.")
    answer = _not_taken(asked, 429, said, text_only)
    answer.headers["Retry-After"] = "3600"
    return answer


def _place(asked: Asked, number: int, *, text_only: bool) -> tuple[Sheet | None, Line | None]:
    """The part and the line that a form is about, as far as they are there."""
    try:
        sheet = sheet_of(asked, number, text_only=text_only)
    except Missing:
        return None, None
    return sheet, sheet.line_of(request.args.get("p", ""))


def _judged(sheet: Sheet, line: Line, form: CommentForm) -> str | None:
    """The number of a good form's token; None for one that cannot be taken, which then says why."""
    good = form.validate()
    secret, consultation = current_app.config["SECRET_KEY"], sheet.asked.consultation
    drawn = tokens.lot_of(secret, form.token.data, consultation.key, line.ref)
    if drawn is None:
        renew(form, sheet, line)
        form.form_errors.append(_("This page was open for over a day, or is not ours. Send it again from here."))
    return drawn if good else None


def _kept(sheet: Sheet, line: Line, form: CommentForm, drawn: str) -> Any:
    secret, consultation = current_app.config["SECRET_KEY"], sheet.asked.consultation
    if floods().about_one("comment", consultation.key, ON_ONE_DRAFT):
        return _flooded(sheet.asked, text_only=sheet.text_only)
    receipt = tokens.receipt_of(secret, drawn)
    try:
        stored_as = _picture(form)
    except BadInput as error:
        form.picture.errors = [error.message]
        return shown(sheet, opened=line, form=form), 422
    said = commenting.Words(
        about=line.ref,
        language=tag(),
        text=form.text.data or "",
        proposed=form.suggested,
        attribution=form.attribution.data,
        name=form.shown_name,
        stored_as=stored_as,
    )
    with transaction():
        taken = commenting.take(consultation, said, tokens.digest_of_receipt(secret, receipt))
        if stored_as and not taken:
            forget_file(stored_as)
    if not taken:
        renew(form, sheet, line)
        form.form_errors.append(_("You sent this form before, and it stays as it was. To add this, send it."))
        return shown(sheet, opened=line, form=form), 409
    return page(
        "consultations/received.html",
        plan=sheet.asked.plan,
        consultation=consultation,
        receipt=receipt,
        for_steward=said.attribution == STEWARD,
        sheet=sheet,
        line=line,
        layout=_layout(sheet.text_only),
        endpoint="consultations.part_text" if sheet.text_only else "consultations.part",
    )


def _picture(form: CommentForm) -> str | None:
    """A picture that came along, written anew and kept under the fingerprint of what it shows."""
    sent = request.files.get("picture")
    if "picture" not in form or not sent or not sent.filename:
        return None
    if form.attribution.data == STEWARD:
        raise BadInput("picture", _("A picture cannot be locked. Send the words alone."))
    return uploads.keep(
        "comments", cast("BinaryIO", sent.stream), field="picture", kinds=uploads.PICTURES, plain=True
    ).stored_as


def _not_taken(asked: Asked, status: int, said: str, text_only: bool) -> Any:  # noqa: FBT001 - of this page's two looks
    """A page in words, with what was typed, so that it can be copied."""
    typed = [request.form.get(name, "") for name in ("text", "proposed", "name")]
    given = {"plan": asked.plan, "consultation": asked.consultation, "why": said, "layout": _layout(text_only)}
    answer = page(
        "consultations/not_taken.html", typed=[text for text in typed if text.strip()], **given, **words(asked)
    )
    return make_response(answer, status)


def _layout(text_only: bool) -> str:  # noqa: FBT001 - of this page's two looks
    return "layouts/text.html" if text_only else "layouts/public.html"
