"""The doors of the receipt: what became of one's own comment, and how to take it back.

The number never stands in an address: it comes in the body of a form, to one address for everything. A wrong number and
one that nobody has are answered by the same page after the same work.
"""

from typing import Any

from flask import current_app, make_response, request

from nap_builder.consultations import tokens
from nap_builder.consultations.forms.comment import ReceiptForm
from nap_builder.consultations.models.comments import Comment
from nap_builder.consultations.names import ACCEPTED, COMMENT_STATES, DECISION_KINDS, DECISIONS, WITHDRAWN
from nap_builder.consultations.policy import Asked
from nap_builder.consultations.queries.receipts import comment_of
from nap_builder.consultations.routes.blueprint import rooms
from nap_builder.consultations.routes.sheet import Spot, place_of
from nap_builder.consultations.services.withdrawing import withdraw
from nap_builder.kernel.access import requires
from nap_builder.kernel.database import transaction
from nap_builder.kernel.floods import floods
from nap_builder.kernel.languages import _
from nap_builder.kernel.traceless import traceless
from nap_builder.kernel.web import page
from nap_builder.plans.wording import by_language

TRIES = 60  # an hour from one address
STATE_KINDS = {"waiting": "wait", "accepted": "done", "refused": "none", "withdrawn": "none", "released": "done"}


@rooms.get("/receipt")
@traceless
@requires("consultations.receipt.open")
def receipt() -> str:
    """Asks for the number."""
    return page("consultations/receipt.html", form=ReceiptForm())


@rooms.post("/receipt")
@traceless
@requires("consultations.receipt.open")
def open_receipt() -> Any:
    """Shows what became of a comment; asks whether to withdraw it; withdraws it."""
    form = ReceiptForm(request.form)
    if floods().from_one("receipt", request.remote_addr or "", TRIES):
        form.form_errors.append(_("There were too many tries in a short time. Try again in an hour."))
        return page("consultations/receipt.html", form=form), 429, {"Retry-After": "3600"}
    digest = tokens.digest_of_receipt(current_app.config["SECRET_KEY"], form.number.data)
    comment = comment_of(digest)
    if comment is None:
        form.number.errors = [_("We find nothing under this number. Look at each sign and try again.")]
        return page("consultations/receipt.html", form=form), 422
    return _opened(comment, digest, request.form.get("step", ""))


def _opened(comment: Comment, digest: str, step: str) -> Any:
    if step == "withdraw":
        with transaction():
            held = comment_of(digest)
            if held is not None:
                withdraw(held)
        comment = comment_of(digest) or comment
    response = comment.contribution.response if comment.contribution and comment.state == ACCEPTED else None
    first = comment.plan.first_language
    answer = page(
        "consultations/receipt_open.html",
        plan=comment.plan,
        comment=comment,
        form=ReceiptForm(request.form),
        asking=step == "ask" and comment.state != WITHDRAWN,
        where=_where(comment),
        response=response,
        response_text=by_language(response["text"], first) if response else {},
        states=COMMENT_STATES,
        state_kinds=STATE_KINDS,
        decisions=DECISIONS,
        decision_kinds=DECISION_KINDS,
    )
    return make_response(answer)


def _where(comment: Comment) -> Spot | None:
    """Where the row stands that it was about, while the draft can be read."""
    return place_of(Asked(comment.consultation), comment.about) if comment.consultation.archived_at is None else None
