"""What is remembered of letters and of who was asked. Nobody who was asked is named."""

from nap_builder.kernel.audit import act
from nap_builder.kernel.languages import _l

WRITTEN = act("consultations.letter.written", _l("%(actor)s wrote a letter of consultation %(code)s."))
CHANGED = act("consultations.letter.changed", _l("%(actor)s changed a letter of consultation %(code)s."))
REMOVED = act("consultations.letter.removed", _l("%(actor)s removed a letter of consultation %(code)s."))
ASKED = act(
    "consultations.addressees.added",
    _l("%(actor)s put %(count)s on the list of who is asked in consultation %(code)s."),
)
ANSWERED = act(
    "consultations.addressee.answered", _l("%(actor)s noted that one who was asked in consultation %(code)s answered.")
)
NOTED = act(
    "consultations.addressee.changed",
    _l("%(actor)s changed what is noted of one who was asked in consultation %(code)s."),
)
TAKEN_OFF = act(
    "consultations.addressee.removed", _l("%(actor)s took one off the list of who is asked in consultation %(code)s.")
)
