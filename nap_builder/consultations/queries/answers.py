"""Which contributions wait for an answer, and for whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from nap_builder.consultations.models.contributions import Contribution
from nap_builder.consultations.names import ANSWER_DAYS
from nap_builder.consultations.queries.contributions import contributions
from nap_builder.kernel.access import POLICY
from nap_builder.kernel.actor import Actor
from nap_builder.kernel.clock import today
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.plan import plans
from nap_builder.plans.queries.versions import versions

RECORD, DRAFT = "consultations.record.read", "consultations.answer.draft"


def days_waiting(contribution: Contribution, on: date) -> int:
    """How many days a contribution has been there, on a day; 0 where no day is known."""
    since = contribution.entered_on or contribution.held_on
    return max(0, (on - since).days) if since else 0


def is_late(contribution: Contribution, on: date) -> bool:
    """Whether it has waited longer for an answer than the task force gives itself."""
    return contribution.response is None and days_waiting(contribution, on) > ANSWER_DAYS


@dataclass(frozen=True)
class Waits:
    """The contributions of a plan that have no published answer, as far as a person may read them."""

    all: Sequence[Contribution]
    who: Actor
    on: date

    @cached_property
    def drafted(self) -> list[Contribution]:
        """Those whose answer is drafted and waits to be published, a changed answer too."""
        return [one for one in self.all if one.draft]

    @cached_property
    def unanswered(self) -> list[Contribution]:
        """Those that have no published answer."""
        return [one for one in self.all if one.response is None]

    @cached_property
    def late(self) -> list[Contribution]:
        """Those that have waited too long."""
        return [one for one in self.all if is_late(one, self.on)]

    @cached_property
    def mine(self) -> list[Contribution]:
        """Those that the person's institution is asked to answer and has drafted nothing for."""
        own = POLICY[DRAFT].reach(self.who)
        may = [one for one in self.unanswered if not one.draft and one.asked_id in own]
        return [one for one in may if POLICY[DRAFT].allows(self.who, one)]


def waits_in(plan: Plan, who: Actor) -> Waits:
    """What waits in a plan: what is withdrawn or hidden needs no answer. The longest wait comes first."""
    on = today(plan.timezone)
    found = [one for one in contributions(plan) if one.shown and (one.response is None or one.draft)]
    return Waits(sorted(found, key=lambda one: days_waiting(one, on), reverse=True), who, on)


def asked_of(who: Actor) -> list[Contribution]:
    """What the institutions of who acts now are asked to answer, in every plan whose record they may read."""
    if not POLICY[DRAFT].reach(who):
        return []
    readable = [plan for plan in plans() if POLICY[RECORD].allows(who, plan)]
    return [one for plan in readable for one in waits_in(plan, who).mine]


def difference_of(contribution: Contribution) -> tuple[int, int] | None:
    """The numbers of the two versions between which a change after the answer shows; None before the second is frozen.

    The first is the version that people spoke about, or the last one frozen before the answer was published.
    """
    answer = contribution.response
    if not answer or not answer.get("changed"):
        return None
    frozen = versions(contribution.plan)
    before = [one for one in frozen if one.frozen_at.date().isoformat() < str(answer.get("on") or "")]
    spoken_of = contribution.consultation.version
    older = spoken_of if spoken_of is not None else before[0].number if before else None
    return (older, frozen[0].number) if older is not None and older < frozen[0].number else None
