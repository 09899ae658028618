"""How the milestones of a plan stand: due, late, reached, dropped."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import and_, func, select

from nap_builder.kernel.actor import Actor
from nap_builder.kernel.clock import today
from nap_builder.kernel.database import db
from nap_builder.monitoring.milestone_moves import lacks_evidence
from nap_builder.monitoring.models import VERIFIED, Evidence, ProgressUpdate
from nap_builder.monitoring.progress.standing import MilestoneStanding, milestone_standing
from nap_builder.monitoring.queries.periods import status_rule, thresholds_of
from nap_builder.monitoring.queries.record import Said, record_of
from nap_builder.plans.models.framework import Objective, Output, Pillar
from nap_builder.plans.models.measures import Milestone
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.measures import all_milestones
from nap_builder.plans.queries.parts import effective_lead
from nap_builder.taskforce.models import Institution
from nap_builder.taskforce.queries import institutions

OVERDUE, SOON = "overdue", "soon"
SOON_IS = timedelta(days=90)


@dataclass(frozen=True)
class Step:
    """A milestone, who reports on it, what was said of it last, how it stands today, and how much evidence there is."""

    milestone: Milestone
    institution: Institution | None
    said: Said
    standing: MilestoneStanding
    evidence: int = 0

    @property
    def unproved(self) -> bool:
        """Whether it is said to be reached, and no evidence shows it."""
        return lacks_evidence(self.said.state, self.evidence)

    @property
    def verified(self) -> ProgressUpdate | None:
        """The update that says so, where it is verified."""
        update = self.said.update
        return update if update is not None and update.state == VERIFIED else None

    def shown(self, wanted: str, on: date) -> bool:
        """Whether it is among those that are asked for: overdue, or due in the next 90 days."""
        if wanted == OVERDUE:
            return self.standing.overdue
        if wanted != SOON:
            return True
        due = self.standing.due
        return due is not None and self.standing.days_left is not None and due <= on + SOON_IS


def steps_of(plan: Plan, who: Actor) -> list[Step]:
    """The milestones of a plan that a person may read, what is due first first; those without a date last.

    Some fourteen statements, whatever the size of the plan.
    """
    above = _above(plan)  # kept until the end: a session forgets rows that nobody holds
    milestones, record = all_milestones(plan, who), record_of(plan)
    limits, day = thresholds_of(status_rule(plan)), today(plan.timezone)
    proofs = _proofs(plan)
    found = []
    for row in milestones:
        last = record.milestone(row)
        standing = milestone_standing(last.state, row.due, last.met_on, day, limits)
        pieces = proofs[last.update.id if last.update is not None else None]
        found.append(Step(row, row.responsible or effective_lead(row), last, standing, pieces))
    del above
    return sorted(found, key=lambda step: (step.standing.due or date.max, step.milestone.position))


def _above(plan: Plan) -> list[Sequence[object]]:
    """What stands above the milestones, so that the lead of each is found without asking for it row by row."""
    models = (Pillar, Objective, Output)
    rows: list[Sequence[object]] = [
        db.session.scalars(select(one).where(one.plan_id == plan.id)).all() for one in models
    ]
    return [*rows, institutions()]


def _proofs(plan: Plan) -> Mapping[int | None, int]:
    """How many pieces of evidence each update (row id) has; a correction leans on what it corrects too."""
    query = (
        select(ProgressUpdate.id, ProgressUpdate.corrects_id, func.count(Evidence.id))
        .outerjoin(Evidence, and_(Evidence.update_id == ProgressUpdate.id, Evidence.removed_at.is_(None)))
        .where(ProgressUpdate.plan_id == plan.id)
        .group_by(ProgressUpdate.id, ProgressUpdate.corrects_id)
        .order_by(ProgressUpdate.id)
    )
    found: dict[int | None, int] = {None: 0}
    for update, corrects, pieces in db.session.execute(query):
        found[update] = pieces + found[corrects]  # what is corrected is older than its correction
    return found
