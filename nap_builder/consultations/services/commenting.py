"""Taking a comment that comes in through the public form. No act is recorded: the trail would tell when it came."""

from dataclasses import dataclass
from typing import Any

from nap_builder.consultations.models.comments import Comment
from nap_builder.consultations.models.records import Consultation
from nap_builder.consultations.names import WAITING
from nap_builder.consultations.queries.receipts import comment_of
from nap_builder.consultations.services import sealing
from nap_builder.consultations.ways import STEWARD
from nap_builder.kernel.clock import today
from nap_builder.kernel.database import db


@dataclass(frozen=True)
class Words:
    """What a person sent: about which row, in which language, and as whom it may be shown."""

    about: str
    language: str
    text: str
    proposed: str | None = None
    attribution: str = "anonymous"
    name: str | None = None
    stored_as: str | None = None


def take(consultation: Consultation, words: Words, receipt: str) -> bool:
    """Keeps a comment under the digest of its receipt, to be looked at by a person.

    True where the receipt now stands for these words, also when they were sent twice at once; False where the same form
    brought others before, which are kept, or where somebody decided on them since: who sends a form again from the
    history of a shared machine is shown no receipt. Sealed words cannot be compared.
    """
    before = comment_of(receipt)
    if before is not None:
        return before.state == WAITING and (before.sealed is not None or _same(before, words))
    db.session.add(
        Comment(
            plan_id=consultation.plan_id,
            consultation_id=consultation.id,
            entered_on=today(consultation.plan.timezone),
            receipt=receipt,
            **_kept(words),
        )
    )
    return True


def _kept(words: Words) -> dict[str, Any]:
    """What the row holds: of words for the steward alone no more than what is sealed to the steward's key."""
    if words.attribution != STEWARD:
        return vars(words)
    sealed = sealing.seal(sealing.Words(text=words.text, proposed=words.proposed, name=words.name))
    return {"about": words.about, "language": words.language, "attribution": STEWARD, "sealed": sealed}


def _same(before: Comment, words: Words) -> bool:
    names = ("about", "text", "proposed", "attribution", "name")
    return all(getattr(before, name) == getattr(words, name) for name in names)
