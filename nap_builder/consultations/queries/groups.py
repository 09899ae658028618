"""The groups under which contributions are shown."""

from sqlalchemy import select

from nap_builder.consultations.models.contributions import Contribution, ContributionGroup
from nap_builder.kernel.database import db
from nap_builder.kernel.languages import words_in


def title_of_group(contribution: Contribution) -> str:
    """The title of the group that a contribution is shown in; its code where it has none, empty without a group."""
    if not contribution.group:
        return ""
    query = select(ContributionGroup).where(
        ContributionGroup.plan_id == contribution.plan_id, ContributionGroup.code == contribution.group
    )
    found = db.session.scalar(query)
    return words_in(found.title) if found is not None else contribution.group
