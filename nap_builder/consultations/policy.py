"""Who keeps the record of consultations, comments, moderates, answers; and what the steward alone may read."""

from dataclasses import dataclass
from typing import Any

from nap_builder.consultations.models.records import Consultation
from nap_builder.consultations.window import has_begun, is_event, is_open
from nap_builder.kernel.access import POLICY, Rule
from nap_builder.kernel.actor import EVERYONE, STAFF, Actor, Role
from nap_builder.kernel.languages import _l
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.policy import DRAFTERS, MINISTRIES, in_drafting

KEEPERS = DRAFTERS | {Role.STEWARD}
OUTSIDE = frozenset({Role.PUBLIC, Role.CONTRIBUTOR, Role.PARLIAMENTARIAN})


@dataclass(frozen=True)
class Asked:
    """A consultation as those who are asked see it, with the institutions (row ids) that are invited to it."""

    consultation: Consultation
    invited: frozenset[int] = frozenset()

    @property
    def plan(self) -> Plan:
        """The plan that people are asked about."""
        return self.consultation.plan


def may_be_read(who: Actor, asked: Asked | None) -> bool:
    """One for everybody from the day its window opens, or once it was held; an invited one by who may read that."""
    if asked is None:
        return True
    consultation = asked.consultation
    if consultation.access == "invited":
        return has_begun(consultation) and POLICY["consultations.invited.read"].allows(who, asked)
    return consultation.visibility == "public" and (has_begun(consultation) or is_event(consultation))


def is_invited(who: Actor, asked: Asked | None) -> bool:
    """Whether the person speaks for an institution that is invited."""
    if asked is None:
        return bool(who.institutions)
    return asked.consultation.visibility != "steward" and bool(asked.invited & who.institutions)


def window_is_open(_who: Actor, subject: Asked | Consultation) -> bool:
    """While the window stands open."""
    return is_open(subject.consultation if isinstance(subject, Asked) else subject)


def holds_the_receipt(_who: Actor, _subject: Any) -> bool:
    """Whoever has the number of a receipt holds it: nobody's name belongs to it."""
    return True


def is_asked(who: Actor, subject: Any) -> bool:
    """Whether the person's institution is asked to answer the contribution."""
    asked: int | None = getattr(subject, "asked_id", None)
    return asked is not None and asked in who.institutions


def may_be_opened(_who: Actor, consultation: Consultation) -> bool:
    """While the consultation is not closed."""
    return consultation.closed_at is None


def is_public(_who: Actor, consultation: Consultation) -> bool:
    """Whether a consultation is for everybody to know of."""
    return consultation.visibility == "public" and consultation.archived_at is None


POLICY.declare(
    Rule(
        "consultations.responses.read",
        row="A01",
        y=EVERYONE,
        when=is_public,
        hidden=True,
        says=_l("Read what was heard in a public consultation, and what was done"),
    ),
    Rule(
        "consultations.draft.read",
        row="A02",
        y=EVERYONE,
        when=may_be_read,
        hidden=True,
        says=_l("Read a draft that is opened for comments, and what was said and answered"),
    ),
    Rule(
        "consultations.invited.read",
        row="A03",
        y=STAFF | {Role.STEWARD},
        o={Role.CONTRIBUTOR},
        own=is_invited,
        hidden=True,
        says=_l("Read a draft that is opened to invited organisations"),
    ),
    Rule(
        "consultations.comment.write",
        row="A07",
        y=OUTSIDE,
        when=window_is_open,
        says=_l("Comment on an open draft, with a name or without"),
    ),
    Rule(
        "consultations.receipt.open",
        row="A09",
        s=OUTSIDE,
        own=holds_the_receipt,
        says=_l("Read the answer to one’s own comment, or withdraw it"),
    ),
    Rule(
        "consultations.comment.seal",
        row="A08",
        y={Role.PUBLIC, Role.CONTRIBUTOR},
        when=window_is_open,  # and only where a key is set, without which nothing can be sealed
        says=_l("Send a confidential comment that the steward alone can read"),
    ),
    Rule(
        "consultations.sealed.read",
        row="A10",
        y={Role.STEWARD},
        hidden=True,
        says=_l("Open confidential comments with the steward’s key"),
    ),
    Rule(
        "consultations.key.set",
        row="A10",
        f={Role.STEWARD},
        hidden=True,
        says=_l("Set the key to which confidential comments are sealed"),
    ),
    Rule(
        "consultations.sealed.release",
        row="A11",
        f={Role.STEWARD},
        hidden=True,
        says=_l("Release a confidential comment in other words, or settle it with a reply"),
    ),
    Rule(
        "consultations.contribution.erase",
        row="A46",
        f={Role.STEWARD, Role.ADMINISTRATOR},
        says=_l("Erase the name or the words of a contribution on request"),
    ),
    Rule(
        "consultations.record.read",
        row="A04",
        y=STAFF | {Role.STEWARD},
        hidden=True,
        anywhere=True,
        says=_l("Read the record of consultations and contributions, as far as it is for the task force"),
    ),
    Rule(
        "consultations.record.write",
        row="A15",
        y=KEEPERS,
        says=_l("Record consultations, who took part, letters, questionnaires and contributions"),
    ),
    Rule(
        "consultations.window.open",
        row="A27",
        f={Role.CHAIR},
        when=may_be_opened,
        says=_l("Open a draft for comments, and close it"),
    ),
    Rule(
        "consultations.comment.moderate",
        row="A12",
        y=KEEPERS,
        says=_l("Accept a comment for publication, or refuse or hide it with a reason"),
    ),
    Rule(
        "consultations.answer.draft",
        row="A13",
        y=DRAFTERS,
        o=MINISTRIES,
        own=is_asked,
        says=_l("Draft an answer to a contribution"),
    ),
    Rule(
        "consultations.answer.publish",
        row="A14",
        y=KEEPERS,
        says=_l("Publish the answer to a contribution"),
    ),
    Rule(
        "consultations.wording.take",
        row="A16",
        y=DRAFTERS,
        when=in_drafting,
        says=_l("Take over a wording that a contribution suggests"),
    ),
)
