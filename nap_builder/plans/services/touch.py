"""When a plan was last changed."""

from sqlalchemy import update

from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db
from nap_builder.kernel.errors import WrongState
from nap_builder.kernel.languages import _
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.services.promises import hold_to_promises


def changed(plan: Plan) -> None:
    """Dates the plan by this moment, after any change to it or to what it holds.

    Every service that writes in a plan ends here, so this is also where a plan that is no longer in drafting refuses
    to be written, and where institutions are held to what they accepted. The plan's own row version stays, so that who
    edits its facts does not meet everyone who edits a row. Raises WrongState.
    """
    if not plan.in_drafting:
        raise WrongState(_("This plan is adopted and can no longer be changed."))
    db.session.execute(update(Plan).where(Plan.id == plan.id).values(changed_at=now()))
    hold_to_promises(plan)
