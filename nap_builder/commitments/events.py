"""What is remembered of commitments. Acts are about the activity: they stand in its history and are hidden with it."""

from nap_builder.commitments.names import SOURCES
from nap_builder.kernel.audit import act, reads
from nap_builder.kernel.languages import _l

ASKED = act("commitments.asked", _l("%(actor)s asked %(institution)s to accept activity %(code)s."))
ACCEPTED = act("commitments.accepted", _l("%(actor)s accepted activity %(code)s for %(institution)s."))
CHANGE_ASKED = act(
    "commitments.change.asked", _l("%(actor)s asked for a change of activity %(code)s for %(institution)s.")
)
TAKEN = act(
    "commitments.change.made", _l("%(actor)s made the change of activity %(code)s that %(institution)s asked for.")
)
FOLLOWED = act(
    "commitments.change.followed",
    _l("%(actor)s changed activity %(code)s after what %(institution)s asked for, and asked again."),
)
LEFT = act(
    "commitments.change.left",
    _l("%(actor)s did not make the change of activity %(code)s that %(institution)s asked for."),
)
ENTERED = act(
    "commitments.entered",
    _l("%(actor)s entered what %(institution)s answered about activity %(code)s. Source: %(came_by)s."),
)
CONFIRMED = act(
    "commitments.confirmed",
    _l("%(actor)s confirmed the answer about activity %(code)s that was entered for %(institution)s."),
)
SPELLING = act(
    "commitments.spelling",
    _l("%(actor)s said that only spelling was corrected in activity %(code)s since %(institution)s accepted it."),
)
REMINDED = act("commitments.reminded", _l("%(actor)s reminded %(institution)s of the answers that are missing."))

reads("came_by", lambda source: str(SOURCES.get(source, source)))
