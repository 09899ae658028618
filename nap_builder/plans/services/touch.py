"""When a plan was last changed."""

from sqlalchemy import update

from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db
from nap_builder.plans.models.plan import Plan


def changed(plan: Plan) -> None:
    """Dates the plan by this moment, after any change to it or to what it holds.

    The plan's own row version stays, so that who edits its facts does not meet everyone who edits a row.
    """
    db.session.execute(update(Plan).where(Plan.id == plan.id).values(changed_at=now()))
