"""What the institutions of a person are asked for, and how they answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from nap_builder.commitments.queries import Line, Totals, asked_in_plans, once_asked_for, totals_of
from nap_builder.kernel.access import can
from nap_builder.kernel.actor import Actor
from nap_builder.parliament.queries.record import Undertaking, open_undertakings
from nap_builder.plans.models.plan import CLOSED, NOT_ASKED
from nap_builder.plans.queries.plan import readable_plans
from nap_builder.taskforce.queries import institutions


@dataclass(frozen=True)
class Own:
    """The commitments of a person's institutions, as far as the person may read them.

    `given_away` is what others lead now and the institutions asked to change, with what became of it; `undertaken` is
    what they undertook in parliament and have not kept, the earliest due first.
    """

    lines: Sequence[Line]
    given_away: Sequence[Line] = ()
    undertaken: Sequence[Undertaking] = ()

    @cached_property
    def waiting(self) -> list[Line]:
        """What was asked and is not answered; what is due first comes first."""
        return sorted((line for line in self.lines if line.waits), key=lambda line: line.due or date.max)

    @cached_property
    def to_confirm(self) -> list[Line]:
        """What the secretariat answered for the institution, until that is confirmed."""
        return [line for line in self.lines if line.to_confirm]

    @cached_property
    def others(self) -> list[Line]:
        """Everything else that was asked for."""
        before = [*self.waiting, *self.to_confirm]
        return [line for line in self.lines if line.state != NOT_ASKED and line not in before]

    @cached_property
    def totals(self) -> Totals:
        """All that the institutions lead, by state."""
        return totals_of(self.lines)

    @cached_property
    def first(self) -> Line | None:
        """The first request that the person may answer."""
        return next((line for line in self.waiting if can("commitments.answer", line.activity)), None)


def own(who: Actor) -> Own:
    """What the institutions of who acts now are asked for, in every plan that is not closed."""
    plans = [plan for plan in readable_plans() if plan.state != CLOSED] if who.institutions else []
    if not plans:
        return Own(())
    bodies = [body for body in institutions() if body.id in who.institutions]
    return Own(
        asked_in_plans(plans, who.institutions, who),
        once_asked_for(plans, bodies, who),
        open_undertakings(plans, who.institutions),
    )
