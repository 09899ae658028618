"""When the window of a consultation stands open: after the chair opened it, on its days in the plan's time zone."""

from datetime import date

from nap_builder.consultations.models.records import Consultation
from nap_builder.kernel.clock import today
from nap_builder.kernel.languages import LazyString, _, _l

HELD, PREPARED, COMING, OPEN, OVER = "held", "prepared", "coming", "open", "over"
STATES: dict[str, LazyString] = {
    HELD: _l("Held"),
    PREPARED: _l("Being prepared"),
    COMING: _l("Opens soon"),
    OPEN: _l("Open"),
    OVER: _l("Closed"),
}
STATE_KINDS = {HELD: "done", PREPARED: "none", COMING: "wait", OPEN: "ok", OVER: "done"}


def state_of(consultation: Consultation, on: date | None = None) -> str:
    """A key of STATES, on a day (today in the plan's time zone). What has no version to comment on is an event.

    The last day counts whole; one without a last day stays open until it is closed.
    """
    day = on or today(consultation.plan.timezone)
    if consultation.opened_at is None:
        return (HELD if consultation.starts <= day else COMING) if is_event(consultation) else PREPARED
    if consultation.closed_at is not None or (consultation.ends is not None and day > consultation.ends):
        return OVER
    return OPEN if day >= consultation.starts else COMING


def is_event(consultation: Consultation) -> bool:
    """Whether it is a meeting or another event, with no version to comment on."""
    return consultation.version is None and consultation.kind != "online"


def is_open(consultation: Consultation) -> bool:
    """Whether a comment is taken now."""
    return consultation.archived_at is None and consultation.opened_at is not None and state_of(consultation) == OPEN


def has_begun(consultation: Consultation) -> bool:
    """Whether the draft may be read by those it is opened to: from the day its window opens, also when it is over."""
    return consultation.opened_at is not None and state_of(consultation) in (OPEN, OVER)


def obstacles(consultation: Consultation) -> list[str]:
    """What stands against opening the window now, each as a sentence that says what to do; none where it may open."""
    public = consultation.access == "public"
    day = today(consultation.plan.timezone)
    found = [
        (consultation.archived_at is not None, _("The consultation is archived. Restore it first.")),
        (consultation.opened_at is not None, _("The window was opened already, and opens once.")),
        (consultation.version is None, _("Choose the version that people comment on.")),
        (public and consultation.visibility != "public", _("Say that everybody may read of the consultation.")),
        (consultation.visibility == "steward", _("Let others read of it than those who keep the record.")),
        (
            public and consultation.hides_where,
            _("Of high risk, it cannot be opened to everybody: its days are hidden."),
        ),
        (consultation.ends is not None and consultation.ends < day, _("Its last day has passed. Change the days.")),
    ]
    return [sentence for stands, sentence in found if stands]
