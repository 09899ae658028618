"""What the steward does with a confidential comment: release it in other words, answer its writer, or leave it."""

from nap_builder.consultations.events.sealed import OPENED, RELEASED, SETTLED
from nap_builder.consultations.models.comments import Comment
from nap_builder.consultations.models.contributions import Contribution
from nap_builder.consultations.names import REFUSED
from nap_builder.consultations.names import RELEASED as IS_RELEASED
from nap_builder.consultations.queries.contributions import next_position
from nap_builder.consultations.queries.records import next_code
from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import record
from nap_builder.kernel.clock import today
from nap_builder.kernel.database import db
from nap_builder.plans.models.plan import Plan

Text = dict[str, str]


def note_opened(who: Actor, plan: Plan, count: int) -> None:
    """Remembers that the confidential comments of a plan were opened, and how many there were."""
    record(OPENED, who, plan, num=count)


def release(who: Actor, comment: Comment, text: Text, *, theme: str | None, reply: Text | None) -> Contribution:
    """Releases a confidential comment in the steward's words, as a contribution without a name."""
    day = today(comment.plan.timezone)
    contribution = Contribution(
        plan_id=comment.plan_id,
        consultation_id=comment.consultation_id,
        code=next_code(comment.plan, Contribution, "K"),
        position=next_position(comment.consultation),
        text=text,
        language=next(iter(text)),
        attribution="anonymous",
        channel="online",
        entered_on=day,
        theme=theme,
        about=[comment.about],
    )
    db.session.add(contribution)
    db.session.flush()
    comment.state, comment.settled_on, comment.reply = IS_RELEASED, day, reply
    comment.contribution_id = contribution.id
    record(RELEASED, who, contribution, code=contribution.code)
    return contribution


def settle(who: Actor, comment: Comment, reply: Text) -> None:
    """Leaves a confidential comment unreleased, with a reply that the holder of its receipt reads."""
    comment.state, comment.settled_on, comment.reply = REFUSED, today(comment.plan.timezone), reply
    record(SETTLED, who, comment.consultation)
