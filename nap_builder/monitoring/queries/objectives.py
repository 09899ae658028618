"""Which objectives of a plan are met, by one rule that every page spells out.

An objective is met when every indicator that measures it has reached its last target by verified values; where none
measures it, when all its activities are finished and verified.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from nap_builder.kernel.database import db
from nap_builder.monitoring.progress.names import COMPLETED
from nap_builder.monitoring.queries.standings import ActivityRow
from nap_builder.monitoring.queries.watched import Watched
from nap_builder.plans.levels import ref
from nap_builder.plans.models.framework import Objective, Pillar
from nap_builder.plans.models.plan import Plan


@dataclass(frozen=True)
class ObjectiveRow:
    """An objective with what shows whether it is met: the indicators that measure it, else its activities.

    Only what the reader may know of is held against it.
    """

    objective: Objective
    indicators: tuple[Watched, ...]
    activities: tuple[ActivityRow, ...]

    @property
    def met(self) -> bool:
        """Whether it is met."""
        return self.shown > 0 and self.shown == self.of

    @property
    def shown(self) -> int:
        """How many of its indicators reached the last target; without indicators, how many activities are finished."""
        if self.indicators:
            return sum(one.verified for one in self.indicators)
        return sum(row.status == COMPLETED and row.verified for row in self.activities)

    @property
    def of(self) -> int:
        """How many would have to."""
        return len(self.indicators or self.activities)


def objective_rows(plan: Plan, rows: Iterable[ActivityRow], indicators: Sequence[Watched]) -> list[ObjectiveRow]:
    """The living objectives of a plan, in its order; one statement."""
    query = (
        select(Objective)
        .join(Pillar, Pillar.id == Objective.pillar_id)
        .where(Objective.plan_id == plan.id, Objective.archived_at.is_(None), Pillar.archived_at.is_(None))
        .options(joinedload(Objective.lead))
        .order_by(Pillar.position, Objective.position, Objective.id)
    )
    under: dict[str, list[ActivityRow]] = defaultdict(list)
    for row in rows:
        if row.objective:
            under[row.objective.key].append(row)
    measured = _measured(indicators)
    return [
        ObjectiveRow(each, tuple(measured.get(ref(each), ())), tuple(under[each.key]))
        for each in db.session.scalars(query)
    ]


def _measured(indicators: Iterable[Watched]) -> Mapping[str, list[Watched]]:
    """The indicators by the objective that they measure: the one they hang on, and those they measure beside it."""
    found: dict[str, list[Watched]] = defaultdict(list)
    for one in indicators:
        own = [ref(one.indicator.objective)] if one.indicator.objective_id is not None else []
        for named in dict.fromkeys([*own, *(one.indicator.also_measures or ())]):
            found[named].append(one)
    return found
