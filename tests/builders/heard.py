"""What was heard about the small plan, for tests: public and kept back, answered and not, within the transaction."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from nap_builder.consultations.models.contributions import GONE, Contribution, ContributionGroup
from nap_builder.consultations.models.records import Consultation
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db
from tests.builders.consultations import a_consultation, a_contribution, an_open_draft
from tests.builders.world import World

ANSWER = {"decision": "accepted", "text": {"en": "We name the ministry that pays."}, "by": "WOMEN", "on": "2026-04-01"}


@dataclass
class Heard:
    """Three consultations: a public workshop, an open draft, and one of high risk; and what was said in them."""

    workshop: Consultation
    draft: Consultation
    hidden: Consultation
    said: dict[str, Contribution]


def what_was_heard(world: World) -> Heard:
    """Builds it."""
    public: dict[str, Any] = {"visibility": "public", "round": "draft"}
    workshop = a_consultation(world.plan, "Workshop in the capital", place={"en": "Capital"}, **public)
    draft = an_open_draft(world.plan)
    risky = {"risk": "high", "starts": date(2026, 2, 14), "place": {"en": "Riverbank"}, "region": None}
    hidden = a_consultation(world.plan, "Women of Riverbank", organisations=["Riverbank Mothers"], **public | risky)
    paragraph = f"paragraph:{world.paragraphs[0].key}"
    activity = f"activity:{world.activities[0].key}"
    long_ago = now().date() - timedelta(30)
    answered = {"response": {**ANSWER, "changed": [activity]}, "theme": "participation", "about": [paragraph]}
    db.session.add(ContributionGroup(plan_id=world.plan.id, code="G1", title={"en": "More posts for women"}))
    said = {
        "answered": a_contribution(draft, "Say who pays for it.", channel="online", **answered),
        "late": a_contribution(workshop, "Train the judges.", theme="protection", entered_on=long_ago),
        "named": a_contribution(workshop, "Count us.", by="Amal Haddad", attribution="named"),
        "withdrawn": a_contribution(workshop, GONE, withdrawn=True),
        "refused": a_contribution(workshop, "Rude words.", hidden_because={"en": "It insults a person."}),
        "risky": a_contribution(hidden, "Guard the ferry.", by="Riverbank Mothers", attribution="organisation"),
        "steward": a_contribution(workshop, "For the steward.", attribution="steward"),
        "one": a_contribution(workshop, "Hire women.", group="G1"),
        "two": a_contribution(workshop, "More women in the police.", group="G1"),
    }
    return Heard(workshop, draft, hidden, said)
