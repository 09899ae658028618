"""The photograph of the invented State, which both of its plans show."""

import json

from nap_builder.kernel.actor import INSTALLATION
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.narrative import living, section_at
from nap_builder.plans.services.photographs import PhotographFacts, add_photograph, keep_picture
from nap_builder.settings import PROJECT

SEEDS = PROJECT / "seeds" / "demo"


def bring_photograph(plan: Plan) -> None:
    """Adds it to a plan of the demonstration, within the open transaction."""
    told = json.loads((SEEDS / "photographs.json").read_text(encoding="utf-8"))
    place = told["places"][plan.slug]
    section = section_at(plan.slug, place["section"])
    after = None if place["after"] is None else living(section)[place["after"]].key
    with (SEEDS / "valley.jpg").open("rb") as picture:
        kept = keep_picture(picture)
    add_photograph(INSTALLATION, section, kept, PhotographFacts(told["alt"], told["caption"], told["credit"], after))
