"""Contributions that are read and answered together."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from nap_builder.consultations.models.contributions import Contribution, ContributionGroup
from nap_builder.consultations.queries.contributions import contributions
from nap_builder.kernel.database import db, one
from nap_builder.plans.models.plan import Plan


@dataclass(frozen=True)
class Grouped:
    """A group with those of its contributions that who acts now may read."""

    group: ContributionGroup
    members: Sequence[Contribution]

    @property
    def answered(self) -> int:
        """How many have a published answer."""
        return sum(member.response is not None for member in self.members)


def groups(plan: Plan) -> list[Grouped]:
    """The groups of a plan that hold something for who acts now, the newest first, and those that are empty."""
    query = select(ContributionGroup).where(ContributionGroup.plan_id == plan.id)
    found, known = db.session.scalars(query.order_by(ContributionGroup.id.desc())).all(), contributions(plan)
    return [Grouped(group, [one for one in known if one.group == group.code]) for group in found]


def group_at(slug: str, key: str) -> ContributionGroup:
    """A group of a plan. Raises Missing."""
    query = select(ContributionGroup).join(Plan, Plan.id == ContributionGroup.plan_id)
    return one(query.where(Plan.slug == slug, ContributionGroup.key == key))


def group_of(contribution: Contribution) -> ContributionGroup | None:
    """The group that a contribution is in."""
    if contribution.group is None:
        return None
    same = (ContributionGroup.plan_id == contribution.plan_id, ContributionGroup.code == contribution.group)
    return db.session.scalar(select(ContributionGroup).where(*same))


def members_of(plan_id: int, code: str) -> Sequence[Contribution]:
    """All contributions in a group, by code and whoever asks: what is done to the group is done to each."""
    same = (Contribution.plan_id == plan_id, Contribution.group == code, Contribution.archived_at.is_(None))
    return db.session.scalars(select(Contribution).where(*same).order_by(Contribution.id)).all()


def free_contributions(plan: Plan) -> list[Contribution]:
    """The contributions that are in no group and may be put into one: neither withdrawn nor hidden."""
    return [one for one in contributions(plan) if one.group is None and one.shown]
