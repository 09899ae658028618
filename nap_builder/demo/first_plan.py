"""The first plan of the invented State: brought as a file, adopted by two people, published and carried out since."""

from datetime import UTC, datetime
from typing import Any

from nap_builder.adoption.models import Adoption
from nap_builder.adoption.queries import open_adoption
from nap_builder.adoption.services import proposals
from nap_builder.demo.people import demo_person
from nap_builder.demo.pictured import bring_photograph
from nap_builder.exchange import services as exchange
from nap_builder.kernel.actor import INSTALLATION
from nap_builder.kernel.clock import as_of
from nap_builder.kernel.database import transaction
from nap_builder.kernel.jobs import enqueue
from nap_builder.kernel.uploads import SCANS, keep
from nap_builder.plans.queries.plan import plan_at
from nap_builder.plans.queries.versions import PUBLIC
from nap_builder.plans.services.lifecycle import move
from nap_builder.publishing.edition import FOR_PARLIAMENT
from nap_builder.publishing.jobs import issue_editions, issue_pdf
from nap_builder.publishing.services import publish
from nap_builder.settings import PROJECT

SLUG = "nap-1"
SEEDS = PROJECT / "seeds" / "demo"
PROPOSED = datetime(2021, 12, 10, 10, tzinfo=UTC)
CONFIRMED = datetime(2021, 12, 13, 15, tzinfo=UTC)
BEGUN = datetime(2022, 1, 3, 9, tzinfo=UTC)
ACT = {
    "level": "cabinet",
    "instrument": {"en": "Decree of the Cabinet", "fr": "Décret du Conseil des ministres", "ar": "مرسوم مجلس الوزراء"},
    "number": "2021/41",
    "date": "2021-12-09",
    "gazette": "Official Gazette 2021, no. 97",
}
WHY_OPEN = {
    "en": "The State begins with what it has. What is open is settled in the first year.",
    "fr": "L’État commence avec ce qu’il a. Ce qui reste ouvert se règle dans la première année.",
    "ar": "تبدأ الدولة بما لديها، ويُسوّى ما بقي مفتوحاً في السنة الأولى.",
}


def bring_first_plan() -> None:
    """The plan as a file says it, with the institutions and the task force."""
    with transaction():
        bring_photograph(exchange.apply(INSTALLATION, exchange.read((SEEDS / "first_plan.json").read_bytes())).plan)


def adopt_first_plan() -> None:
    """The act of the Cabinet, proposed by the chair and confirmed by defence; the text is public from then on,
    its PDFs are made by the worker.
    """
    with as_of(PROPOSED), transaction(), (SEEDS / "first_act.pdf").open("rb") as scan:
        plan = plan_at(SLUG)
        kept = keep(f"adoption/{plan.key}", scan, field="scan", kinds=SCANS)
        proposals.propose(demo_person("chair"), plan, ACT, kept, WHY_OPEN)
    with as_of(CONFIRMED), transaction():
        plan = plan_at(SLUG)
        version = proposals.confirm(demo_person("defence"), _proposed())
        publish(demo_person("chair"), version)
        wanted: dict[str, Any] = {"number": version.number, "languages": list(plan.languages), "profile": PUBLIC}
    with as_of(BEGUN), transaction():
        move(demo_person("chair"), plan_at(SLUG), "execute")
    with transaction():
        enqueue(issue_pdf, plan_slug=SLUG, slug=SLUG, href=f"/en/plan/{SLUG}", **wanted)
        del wanted["profile"]
        wanted["editions"] = [one.name for one in FOR_PARLIAMENT]
        enqueue(issue_editions, plan_slug=SLUG, slug=SLUG, href=f"/en/plan/{SLUG}", **wanted)


def _proposed() -> Adoption:
    proposal = open_adoption(plan_at(SLUG))
    assert proposal is not None
    return proposal
