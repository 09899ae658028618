"""Consultations, contributions and comments for tests, within the open transaction."""

from datetime import date, timedelta
from typing import Any

from nap_builder.consultations.models.comments import Comment
from nap_builder.consultations.models.contributions import Contribution
from nap_builder.consultations.models.records import Consultation
from nap_builder.consultations.queries.records import next_code
from nap_builder.consultations.services import sealing
from nap_builder.kernel.actor import INSTALLATION
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.versions import last_frozen
from nap_builder.plans.services.versions import freeze


def a_consultation(plan: Plan, title: str = "Workshop in the Northern Valleys", **given: Any) -> Consultation:
    """A workshop that was held, which the task force may read of."""
    facts = {
        "code": next_code(plan, Consultation, "C"),
        "position": 1,
        "title": {"en": title},
        "kind": "workshop",
        "starts": date(2026, 3, 2),
        "with_whom": ["womens_organisations"],
        "participants": {"total": 40, "women": 30, "men": 10},
    }
    consultation = Consultation(plan_id=plan.id, **{**facts, **given})
    db.session.add(consultation)
    db.session.flush()
    return consultation


def an_open_draft(plan: Plan, **given: Any) -> Consultation:
    """Online comments on the last frozen version, frozen now where there is none, open for a month from today."""
    version = last_frozen(plan) or freeze(INSTALLATION, plan, None)
    day = now().date()
    facts = {
        "kind": "online",
        "visibility": "public",
        "starts": day,
        "ends": day + timedelta(30),
        "version": version.number,
        "opened_at": now(),
        "participants": None,
    }
    return a_consultation(plan, "Draft plan: tell us what to change", **{**facts, **given})


def a_contribution(consultation: Consultation, text: str = "Say who pays for it.", **given: Any) -> Contribution:
    """Something that was said in a consultation, without a name and without an answer."""
    facts = {
        "code": next_code(consultation.plan, Contribution, "K"),
        "position": 1,
        "text": {"en": text},
        "language": "en",
        "channel": "event",
        "held_on": consultation.starts,
        "entered_on": now().date(),
    }
    contribution = Contribution(plan_id=consultation.plan_id, consultation_id=consultation.id, **{**facts, **given})
    db.session.add(contribution)
    db.session.flush()
    return contribution


def a_comment(consultation: Consultation, about: str, text: str = "Say who pays for it.", **given: Any) -> Comment:
    """A comment on a row of an open draft (`kind:key`) that nobody has looked at yet."""
    facts = {"about": about, "language": "en", "text": text, "entered_on": now().date()}
    comment = Comment(plan_id=consultation.plan_id, consultation_id=consultation.id, **{**facts, **given})
    db.session.add(comment)
    db.session.flush()
    return comment


def a_steward_key() -> str:
    """A steward's key that is set; returns the text of its file."""
    text, public = sealing.new_pair()
    sealing.set_key(INSTALLATION, public)
    return text


def a_sealed_comment(
    consultation: Consultation, about: str, text: str = "They ask who signed.", **given: Any
) -> Comment:
    """A comment for the steward alone."""
    sealed = sealing.seal(sealing.Words(text))
    return a_comment(consultation, about, **{"text": None, "attribution": "steward", "sealed": sealed, **given})
