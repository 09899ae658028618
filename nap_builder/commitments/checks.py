"""What readiness asks of the commitments."""

from nap_builder.commitments.queries import accepted_in
from nap_builder.kernel.checks import CABINET, WARN, Check, Found, Place, Question, declare
from nap_builder.kernel.languages import _, _l
from nap_builder.plans.checks.pieces import failing, looked_at

BOARD = Place("commitments.board")


def every_lead_has_accepted(question: Question) -> Found:
    """B8: each activity with a lead is accepted by it, as it stands."""
    snapshot, accepted = looked_at(question), question.once(accepted_in, question.plan)
    led = [row for row in snapshot.rows["activity"] if row.lead]
    if led and not accepted:
        return Found(says=_("No ministry has accepted an activity yet."), place=BOARD)
    return Found([failing(snapshot, row) for row in led if row.said["key"] not in accepted], place=BOARD)


declare(
    Check(
        "B8",
        CABINET,
        WARN,
        _l("Every lead institution has accepted its activities as they stand"),
        _l("What a ministry has not accepted is a wish of others, and is cut first."),
        _l("A rule of this program, drawn from no document"),
        every_lead_has_accepted,
    )
)
