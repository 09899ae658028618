"""All activities on the calendar, cut to what the address asks for, with their milestones."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

from nap_builder.kernel.actor import NOBODY, Actor
from nap_builder.monitoring.progress.standing import MilestoneStanding, milestone_standing
from nap_builder.monitoring.queries.crosscuts import KEYS, NOTHING
from nap_builder.monitoring.queries.overview import Overview
from nap_builder.monitoring.queries.standings import ActivityRow
from nap_builder.plans.models.measures import Milestone
from nap_builder.plans.queries.measures import all_milestones


@dataclass(frozen=True)
class TimelineFilter:
    """What the timeline shows: a pillar and lead by code, a status, a theme, obligation and area; empty shows all.

    NOTHING asks for the activities that name none.
    """

    pillar: str = ""
    lead: str = ""
    status: str = ""
    theme: str = ""
    mandate: str = ""
    area: str = ""

    def __bool__(self) -> bool:
        return any(getattr(self, each.name) for each in fields(self))

    def passes(self, row: ActivityRow) -> bool:
        """Whether an activity is shown."""
        named = {"pillar": "pillars", "theme": "themes", "mandate": "mandates", "area": "areas"}
        has = {name: tuple(KEYS[kind](row)) for name, kind in named.items()}
        has |= {"lead": (row.lead.code,) if row.lead else (), "status": (row.status,)}
        asked = {each.name: getattr(self, each.name) for each in fields(self)}
        return all(
            not wanted or (not has[name] if wanted == NOTHING else wanted in has[name])
            for name, wanted in asked.items()
        )


@dataclass(frozen=True)
class Mark:
    """A milestone and how it stands."""

    milestone: Milestone
    standing: MilestoneStanding


@dataclass(frozen=True)
class TimelineRow:
    """An activity with its milestones by their day."""

    row: ActivityRow
    marks: tuple[Mark, ...]


def timeline(found: Overview, who: Actor, wanted: TimelineFilter) -> list[TimelineRow]:
    """The activities that a filter lets through, in the order of the plan; one statement more than the overview.

    The public sees no milestones while an amendment of the plan is being written.
    """
    rows = [row for row in found.rows if wanted.passes(row)]
    marks = {} if found.public and found.plan.being_amended else _marks(found, NOBODY if found.public else who)
    return [TimelineRow(row, tuple(marks.get(row.id, ()))) for row in rows]


def _marks(found: Overview, who: Actor) -> Mapping[int, Sequence[Mark]]:
    marks: dict[int, list[Mark]] = defaultdict(list)
    for milestone in all_milestones(found.plan, who):
        said = found.record.milestone(milestone)
        standing = milestone_standing(said.state, milestone.due, said.met_on, found.on, found.thresholds)
        marks[milestone.activity_id or 0].append(Mark(milestone, standing))
    return {activity: sorted(own, key=_day) for activity, own in marks.items()}


def _day(mark: Mark) -> tuple[bool, str]:
    return (mark.standing.due is None, str(mark.standing.due))
