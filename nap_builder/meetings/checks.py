"""What readiness asks of the meetings."""

from nap_builder.kernel.checks import CABINET, PASSES, WARN, Check, Found, Place, Question, Threshold, declare
from nap_builder.kernel.languages import _, _l, _n, day
from nap_builder.meetings import queries
from nap_builder.plans.calendar import months_later
from nap_builder.taskforce.queries import seats

MEETS = "B6"
QUARTERLY = 3


def meets_often_enough(question: Question) -> Found:
    """B6: the task force meets as often as it must, and met within the months that it set itself."""
    plan, longest = question.plan, question.thresholds[MEETS]
    body = seats(plan.id).body
    months = (body.meets_every_months if body else None) or longest
    if months > longest:
        here = Place("plans.task_force")
        return Found(says=_n("It meets every month.", "It meets every %(num)s months only.", months), place=here)
    last, here = queries.last_held(plan), Place("meetings.meetings")
    if last is None:
        return Found(says=_("The task force has not met yet."), place=here)
    if months_later(last.day, months) < queries.today_of(plan):
        return Found(says=_("The last meeting was on %(day)s.", day=day(last.day)), place=here)
    return PASSES


declare(
    Check(
        key=MEETS,
        gate=CABINET,
        gravity=WARN,
        says=_l("The task force meets at least quarterly, and its last meeting is not older than the interval it set"),
        why=_l("A plan that its makers stop meeting about comes to a halt between ministries."),
        source="Ireland III; Sierra Leone",
        asks=meets_often_enough,
        threshold=Threshold(_l("Most months between two meetings"), QUARTERLY, 1, 12),
    )
)
