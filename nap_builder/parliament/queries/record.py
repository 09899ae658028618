"""The record of parliament: its entries, one of them, what the government undertook, and when a review is due."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload

from nap_builder.kernel.audit import AuditEntry
from nap_builder.kernel.clock import today
from nap_builder.kernel.database import db, one
from nap_builder.kernel.errors import Missing
from nap_builder.monitoring.queries.beside import TELLERS, Promise
from nap_builder.parliament.models import HouseEntry, ReviewRhythm
from nap_builder.parliament.names import DEBATE, KINDS, QUESTION, REVIEW, TABLING, UNDERTAKING
from nap_builder.plans.calendar import months_later
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.models.versions import PlanVersion
from nap_builder.plans.queries.plan import plan_at
from nap_builder.plans.queries.versions import PUBLIC, frozen_document, version_at
from nap_builder.publishing.compose.source import Source, activities_of, indicators_of
from nap_builder.publishing.edition import Edition
from nap_builder.publishing.queries import is_published

REVIEWED_BY = (TABLING, DEBATE, REVIEW)


@dataclass(frozen=True)
class Kind:
    """A kind of entry that is about to be made in a plan."""

    plan: Plan
    name: str


@dataclass(frozen=True)
class InTheHouse:
    """What everybody may read of the record of parliament, the newest day first within each part.

    `comes` are the days that are still to come, the first one first; undertakings that are not kept come before others.
    """

    comes: tuple[HouseEntry, ...]
    happened: tuple[HouseEntry, ...]
    questions: tuple[HouseEntry, ...]
    undertakings: tuple[HouseEntry, ...]


@dataclass(frozen=True)
class Undertaking:
    """What the government undertook and has not kept yet, by when it is due, and whether that day is past."""

    entry: HouseEntry
    due: date
    late: bool


def entries(plan: Plan) -> list[HouseEntry]:
    """The entries of a plan that are not withdrawn, the newest day first."""
    return _found(plan, HouseEntry.withdrawn_at.is_(None))


def in_the_house(plan: Plan) -> InTheHouse:
    """Those among them that everybody may read, by what they are."""
    found = _found(plan, HouseEntry.withdrawn_at.is_(None), HouseEntry.public.is_(True))
    day, held = today(plan.timezone), [one for one in found if one.kind not in (QUESTION, UNDERTAKING)]
    owed = [one for one in found if one.kind == UNDERTAKING]
    return InTheHouse(
        comes=tuple(one for one in reversed(held) if one.day >= day),
        happened=tuple(one for one in held if one.day < day),
        questions=tuple(one for one in found if one.kind == QUESTION),
        undertakings=tuple(sorted(owed, key=lambda one: (one.kept_on is not None, one.due))),
    )


def withdrawn_entries(plan: Plan) -> list[HouseEntry]:
    """The entries of a plan that were withdrawn, the newest day first."""
    return _found(plan, HouseEntry.withdrawn_at.is_not(None))


def entry_at(slug: str, key: str) -> HouseEntry:
    """An entry of a plan, withdrawn or not. Raises Missing."""
    query = select(HouseEntry).join(Plan, Plan.id == HouseEntry.plan_id).options(*_WITH)
    return one(query.where(Plan.slug == slug, HouseEntry.key == key))


def living_entry_at(slug: str, key: str) -> HouseEntry:
    """An entry that is not withdrawn. Raises Missing."""
    found = entry_at(slug, key)
    if found.withdrawn_at is not None:
        raise Missing
    return found


def undertaking_at(slug: str, key: str) -> HouseEntry:
    """An undertaking that is not withdrawn. Raises Missing."""
    found = living_entry_at(slug, key)
    if found.kind != UNDERTAKING:
        raise Missing
    return found


def tabling_at(slug: str, key: str) -> HouseEntry:
    """A tabling that is not withdrawn. Raises Missing."""
    found = living_entry_at(slug, key)
    if found.kind != TABLING:
        raise Missing
    return found


def tabled_at(key: str) -> HouseEntry:
    """A tabling under embargo that is not withdrawn, also once the embargo is over. Raises Missing."""
    query = select(HouseEntry).options(*_WITH).where(HouseEntry.key == key, *_UNDER_EMBARGO)
    return one(query)


def tabled() -> list[HouseEntry]:
    """The tablings of all plans under embargo whose version the public may not read yet, the newest first."""
    query = select(HouseEntry).options(*_WITH).where(*_UNDER_EMBARGO).order_by(HouseEntry.day.desc(), HouseEntry.id)
    found = list(db.session.scalars(query))
    return [entry for entry in found if not is_published(version_of(entry))]


def version_of(entry: HouseEntry) -> PlanVersion:
    """The version that an entry names. Raises Missing where it names none."""
    if entry.version is None:
        raise Missing
    return version_at(entry.plan.slug, entry.version)


def kind_at(slug: str, kind: str) -> Kind:
    """A kind of entry to be made in a plan. Raises Missing for one that there is not."""
    if kind not in KINDS:
        raise Missing
    return Kind(plan_at(slug), kind)


def debates(plan: Plan) -> list[HouseEntry]:
    """The debates on a plan, the newest first."""
    return [entry for entry in entries(plan) if entry.kind == DEBATE]


def open_undertakings(plans: Sequence[Plan], institution_ids: Collection[int] | None = None) -> list[Undertaking]:
    """What the government undertook on plans and has not kept, the earliest due first; all, or of some institutions."""
    query = select(HouseEntry).options(*_WITH).where(HouseEntry.plan_id.in_([plan.id for plan in plans]))
    query = query.where(HouseEntry.kind == UNDERTAKING, HouseEntry.withdrawn_at.is_(None), HouseEntry.kept_on.is_(None))
    if institution_ids is not None:
        query = query.where(HouseEntry.owner_id.in_(institution_ids))
    found = db.session.scalars(query.order_by(HouseEntry.due, HouseEntry.number))
    return [Undertaking(one, one.due, one.due < today(one.plan.timezone)) for one in found if one.due is not None]


def next_number(plan: Plan) -> int:
    """The number of the next entry of a plan."""
    return (db.session.scalar(select(func.max(HouseEntry.number)).where(HouseEntry.plan_id == plan.id)) or 0) + 1


def references_in(plan: Plan, number: int) -> set[str]:
    """What can be referred to in a version, as `kind:number`: what its public text holds. Raises Missing."""
    version = version_at(plan.slug, number)
    document = frozen_document(version, PUBLIC)
    pillars = Source(document, Edition(lang=plan.first_language, draft=False, dated=version.frozen_at)).pillars
    paragraphs = (one for section in document.get("sections", ()) for one in section.get("paragraphs", ()))
    return {
        *(f"paragraph:{one['number']}" for one in paragraphs if "number" in one),
        *(f"activity:{row['code']}" for pillar in pillars for row in activities_of(pillar)),
        *(f"indicator:{row['code']}" for pillar in pillars for row in indicators_of(pillar)),
    }


def rhythm_of(plan: Plan) -> ReviewRhythm | None:
    """How often parliament reviews a plan, where that was ever said."""
    return db.session.scalar(select(ReviewRhythm).where(ReviewRhythm.plan_id == plan.id))


def next_review(plan: Plan) -> date | None:
    """The day by which parliament should look at a plan again; None where nothing is agreed.

    It is counted from the last time that the plan was before parliament, else from the plan's first day.
    """
    rhythm = rhythm_of(plan)
    if rhythm is None or rhythm.months is None:
        return None
    query = select(func.max(HouseEntry.day)).where(
        HouseEntry.plan_id == plan.id,
        HouseEntry.withdrawn_at.is_(None),
        HouseEntry.kind.in_(REVIEWED_BY),
        HouseEntry.day <= today(plan.timezone),
    )
    return months_later(db.session.scalar(query) or plan.starts, rhythm.months)


def history_of(entry: HouseEntry, limit: int = 20) -> Sequence[AuditEntry]:
    """The newest acts about an entry, newest first."""
    query = select(AuditEntry).where(AuditEntry.subject_key == entry.key).order_by(AuditEntry.number.desc())
    return db.session.scalars(query.limit(limit)).all()


_UNDER_EMBARGO = (
    HouseEntry.kind == TABLING,
    HouseEntry.withdrawn_at.is_(None),
    HouseEntry.embargoed_until.is_not(None),
)
_WITH = (joinedload(HouseEntry.plan), joinedload(HouseEntry.debate))


def _of(plan: Plan) -> Select[HouseEntry]:
    return select(HouseEntry).where(HouseEntry.plan_id == plan.id).options(*_WITH)


def _found(plan: Plan, *conditions: ColumnElement[bool]) -> list[HouseEntry]:
    query = _of(plan).where(*conditions).order_by(HouseEntry.day.desc(), HouseEntry.number.desc())
    return list(db.session.scalars(query))


def _promised(plan: Plan) -> list[Promise]:
    """What the government undertook and has not kept, for the pages on which the plan is followed."""
    return [
        Promise(
            title=one.entry.title,
            owner=one.entry.owner,
            due=one.due,
            late=one.late,
            endpoint="parliament.entry",
            parts={"slug": plan.slug, "key": one.entry.key},
        )
        for one in open_undertakings([plan])
        if one.entry.owner is not None
    ]


TELLERS.append(_promised)
