"""Plans: one by its slug, all of them, the one that stands, and how much each holds."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import joinedload

from nap_builder.kernel.access import can
from nap_builder.kernel.audit import AuditEntry
from nap_builder.kernel.database import db, one
from nap_builder.plans.events.photographs import PHOTOGRAPH_ERASED
from nap_builder.plans.models.framework import EFFECTIVE_LEAD, Activity, Objective, Output, Pillar
from nap_builder.plans.models.measures import BASELINE, BudgetLine, Figure, Indicator, Milestone
from nap_builder.plans.models.narrative import Paragraph, Photograph, Section
from nap_builder.plans.models.plan import BEING_WRITTEN, CLOSED, Plan
from nap_builder.plans.policy import leader_of

Sees = Callable[[Any], bool]
# The rule of check C3 as a condition on indicators: no baseline with its year, and no date of a first measurement.
UNMEASURED = and_(
    ~exists().where(Figure.indicator_id == Indicator.id, Figure.part == BASELINE, Figure.year.is_not(None)),
    func.coalesce(Indicator.baseline_due, "") == "",
)


@dataclass(frozen=True)
class Counts:
    """How much a plan holds, leaving out what is archived and what the reader may not see.

    `written` are sections with at least one paragraph, `unled` activities without a lead of their own or above them,
    `unmeasured` indicators that check C3 finds.
    """

    sections: int = 0
    written: int = 0
    paragraphs: int = 0
    pillars: int = 0
    objectives: int = 0
    activities: int = 0
    unled: int = 0
    indicators: int = 0
    unmeasured: int = 0


def plan_at(slug: str) -> Plan:
    """The plan with this slug. Raises Missing."""
    return one(select(Plan).where(Plan.slug == slug).options(joinedload(Plan.issuing_body)))


def plan_or_none(slug: str) -> Plan | None:
    """The plan with this slug, if there is one."""
    return db.session.scalar(select(Plan).where(Plan.slug == slug))


def plans() -> Sequence[Plan]:
    """All plans, the one that stands first."""
    return db.session.scalars(_in_standing_order()).all()


def readable_plans() -> list[Plan]:
    """The plans whose working text is open to who acts now, the one that stands first."""
    return [plan for plan in plans() if can("plans.draft.read", plan)]


def _in_standing_order() -> Select[Plan]:
    never_adopted = and_(Plan.state.in_(BEING_WRITTEN), Plan.adopted_number.is_(None))
    adopted_first = case((never_adopted, 1), (Plan.state == CLOSED, 2), else_=0)
    return select(Plan).order_by(adopted_first, Plan.edition.desc(), Plan.starts.desc(), Plan.id.desc())


def may_read(subject: Any) -> bool:
    """Whether who acts now may read a section or activity, restricted or not."""
    return not subject.restricted or can("plans.restricted.read", subject)


def counts(some: Iterable[Plan], sees: Sees = may_read) -> dict[int, Counts]:
    """How much each of these plans holds, by the plan's row id, in a fixed number of statements.

    `sees` says whether a restricted section or activity is counted.
    """
    ids = [plan.id for plan in some]
    sections, written, paragraphs = _text_counts(ids, sees)
    activities, unled, closed = _activity_counts(ids, sees)
    pillars, objectives = _living(Pillar, ids), _living(Objective, ids)
    shown = or_(Indicator.activity_id.is_(None), Indicator.activity_id.not_in(closed))
    indicators, unmeasured = _living(Indicator, ids, shown), _living(Indicator, ids, shown, UNMEASURED)
    return {
        plan: Counts(
            sections[plan],
            written[plan],
            paragraphs[plan],
            pillars[plan],
            objectives[plan],
            activities[plan],
            unled[plan],
            indicators[plan],
            unmeasured[plan],
        )
        for plan in ids
    }


def counts_of(plan: Plan) -> Counts:
    """How much one plan holds."""
    return counts([plan])[plan.id]


def _living(kind: Any, plans: list[int], *conditions: Any) -> Counter[int]:
    query = select(kind.plan_id, func.count()).where(kind.plan_id.in_(plans), kind.archived_at.is_(None), *conditions)
    return _counted(query.group_by(kind.plan_id))


def _counted(query: Any) -> Counter[int]:
    return Counter({row[0]: row[1] for row in db.session.execute(query)})


def _text_counts(plans: list[int], sees: Sees) -> tuple[Counter[int], Counter[int], Counter[int]]:
    inside = and_(Paragraph.section_id == Section.id, Paragraph.archived_at.is_(None))
    query = (
        select(Section, func.count(Paragraph.id))
        .outerjoin(Paragraph, inside)
        .where(Section.plan_id.in_(plans), Section.archived_at.is_(None))
        .group_by(Section.id)
    )
    sections: Counter[int] = Counter()
    written: Counter[int] = Counter()
    paragraphs: Counter[int] = Counter()
    for section, inner in db.session.execute(query):
        if sees(section):
            sections[section.plan_id] += 1
            written[section.plan_id] += bool(inner)
            paragraphs[section.plan_id] += inner
    return sections, written, paragraphs


def _activity_counts(plans: list[int], sees: Sees) -> tuple[Counter[int], Counter[int], list[int]]:
    """The activities, those that nobody leads, and the row ids of those that are closed to the reader."""
    open_to_all = Activity.restricted.is_(False)
    activities, unled = _living(Activity, plans, open_to_all), _unled(plans)
    hidden = select(Activity).where(
        Activity.plan_id.in_(plans), Activity.archived_at.is_(None), Activity.restricted.is_(True)
    )
    above = (joinedload(Activity.pillar), joinedload(Activity.objective), joinedload(Activity.output))
    closed = []
    for activity in db.session.scalars(hidden.options(*above)):
        if not sees(activity):
            closed.append(activity.id)
        else:
            activities[activity.plan_id] += 1
            unled[activity.plan_id] += leader_of(activity) is None
    return activities, unled, closed


def _unled(plans: list[int]) -> Counter[int]:
    query = (
        select(Activity.plan_id, func.count())
        .outerjoin(Output, Output.id == Activity.output_id)
        .outerjoin(Objective, Objective.id == Activity.objective_id)
        .where(
            Activity.plan_id.in_(plans),
            Activity.archived_at.is_(None),
            Activity.restricted.is_(False),
            EFFECTIVE_LEAD.is_(None),
        )
        .group_by(Activity.plan_id)
    )
    return _counted(query)


def last_changes(plan: Plan, limit: int = 8) -> Sequence[AuditEntry]:
    """The newest acts of the audit trail that changed a plan, newest first, without what the reader may not see.

    Making a document of it changes nothing.
    """
    query = select(AuditEntry).where(
        AuditEntry.plan_slug == plan.slug,
        AuditEntry.subject_key.not_in(secret_keys(plan)),
        AuditEntry.word.not_like("publishing.document.%"),
        AuditEntry.word.not_like("publishing.draft.%"),
    )
    return db.session.scalars(query.order_by(AuditEntry.number.desc()).limit(limit)).all()


def secret_keys(plan: Plan) -> list[str]:
    """The keys of the plan's restricted rows, and of what hangs on them, that are not for who reads now.

    Of a photograph that was deleted for good nobody knows any more where it stood. So it counts among them for all to
    whom a section is closed.
    """
    sections = select(Section).where(Section.plan_id == plan.id, Section.restricted.is_(True))
    hidden = [row for row in db.session.scalars(sections) if not may_read(row)]
    keys = [row.key for row in hidden]
    for part in (Paragraph, Photograph):
        keys += _below(part.key, part.section_id, hidden)
    if hidden:
        erased = AuditEntry.plan_slug == plan.slug, AuditEntry.word == PHOTOGRAPH_ERASED.word
        keys += db.session.scalars(select(AuditEntry.subject_key).where(*erased))
    above = (joinedload(Activity.pillar), joinedload(Activity.objective), joinedload(Activity.output))
    activities = select(Activity).where(Activity.plan_id == plan.id, Activity.restricted.is_(True)).options(*above)
    closed = [row for row in db.session.scalars(activities) if not may_read(row)]
    keys += [row.key for row in closed]
    for kind in (Indicator, Milestone, BudgetLine):
        keys += _below(kind.key, kind.activity_id, closed)
    return keys


def _below(key: Any, reference: Any, rows: Sequence[Any]) -> list[str]:
    if not rows:
        return []
    return list(db.session.scalars(select(key).where(reference.in_([row.id for row in rows]))))
