"""Comments looked at: accepted, shortened, refused; contributions hidden and shown again. Called inside a transaction.

Whoever decides, the text leaves the table of comments: it stands in the contribution, or nowhere.
"""

from nap_builder.consultations.answer import BLANK_LINE, in_each
from nap_builder.consultations.events import moderating as events
from nap_builder.consultations.models.comments import Comment
from nap_builder.consultations.models.contributions import Contribution
from nap_builder.consultations.models.records import Consultation
from nap_builder.consultations.names import ACCEPTED, REFUSED, WAITING
from nap_builder.consultations.queries.contributions import next_position
from nap_builder.consultations.queries.records import next_code
from nap_builder.consultations.services.withdrawing import empty
from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import record
from nap_builder.kernel.clock import today
from nap_builder.kernel.database import db, erasing, unchanged_since
from nap_builder.kernel.errors import BadInput, WrongState
from nap_builder.kernel.languages import _, _l

Words = dict[str, str]
SHORTENED = _l("[Shortened by the task force]")
NAMES = {"named": {"named", "organisation", "anonymous"}, "organisation": {"organisation", "anonymous"}}


def accept(by: Actor, comment: Comment, *, text: str | None = None, proposed: str | None = None) -> Contribution:
    """Makes a contribution of a comment that waits; the text leaves the table of comments. Raises WrongState, BadInput.

    A picture that came along stays with the comment, for those who moderate alone.

    Another `text` or suggested wording than the comment's own stands in its place, marked as shortened in the language
    of the comment; what was cut is kept nowhere. Only what the comment has can be given: leave `text` out to keep both.
    """
    refuse_decided(comment)
    kept, wording = (comment.text or "", comment.proposed) if text is None else (text.strip(), proposed)
    if not kept:
        raise BadInput("text", _("Leave some words, or refuse the comment."))
    shortened = (kept, wording or None) != ((comment.text or "").strip(), comment.proposed or None)
    contribution = _contribution(comment, _marked(kept, comment.language) if shortened else kept, wording)
    comment.state, comment.contribution = ACCEPTED, contribution
    comment.text = comment.proposed = comment.name = None
    erasing()
    done = events.SHORTENED if shortened and text is not None else events.ACCEPTED
    record(done, by, contribution, plan=contribution.plan.slug, code=contribution.code)
    return contribution


def refuse(by: Actor, comment: Comment, reason: Words) -> None:
    """Refuses a comment that waits: text and file are gone, a marker with the reason stays. Raises WrongState."""
    refuse_decided(comment)
    comment.state, comment.reason, comment.settled_on = REFUSED, reason, today(comment.plan.timezone)
    empty(comment)
    consultation = comment.consultation
    record(events.REFUSED, by, consultation, plan=consultation.plan.slug, code=consultation.code)


def hide(by: Actor, contribution: Contribution, reason: Words, *, seen: int | None) -> None:
    """Hides a contribution from everybody but those who moderate; a marker with the reason stays. Raises StaleEdit."""
    unchanged_since(contribution, seen)
    contribution.hidden_because = reason
    record(events.HIDDEN, by, contribution, plan=contribution.plan.slug, code=contribution.code)


def show(by: Actor, contribution: Contribution, *, seen: int | None) -> None:
    """Shows a hidden contribution again. Raises StaleEdit, WrongState."""
    unchanged_since(contribution, seen)
    if contribution.hidden_because is None:
        raise WrongState(_("This was done already."))
    contribution.hidden_because = None
    record(events.SHOWN, by, contribution, plan=contribution.plan.slug, code=contribution.code)


def refuse_decided(comment: Comment) -> None:
    """Raises WrongState for a comment that no longer waits."""
    if comment.state != WAITING:
        raise WrongState(_("This comment was withdrawn, or somebody decided on it already."))


def attribution_within(consultation: Consultation, wanted: str) -> str:
    """How somebody may be named: as they chose, but never wider than the consultation allows."""
    if consultation.attribution is None:
        return wanted
    return wanted if wanted in NAMES.get(consultation.attribution, {"anonymous"}) else "anonymous"


def _contribution(comment: Comment, text: str, proposed: str | None) -> Contribution:
    consultation = comment.consultation
    attribution = attribution_within(consultation, comment.attribution if comment.name else "anonymous")
    contribution = Contribution(
        plan=consultation.plan,
        consultation=consultation,
        code=next_code(consultation.plan, Contribution, "K"),
        position=next_position(consultation),
        text={comment.language: text},
        language=comment.language,
        proposed=proposed or None,
        by=comment.name if attribution in ("named", "organisation") else None,
        attribution=attribution,
        channel="online",
        held_on=comment.entered_on,
        entered_on=comment.entered_on,
        about=[comment.about],
    )
    db.session.add(contribution)
    db.session.flush()
    return contribution


def _marked(text: str, language: str) -> str:
    return text + BLANK_LINE + in_each(SHORTENED, [language])[language]
