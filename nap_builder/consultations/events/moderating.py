"""What is remembered about comments that were looked at: codes, never a text, since a refused one is to be gone."""

from nap_builder.kernel.audit import act
from nap_builder.kernel.languages import _l

ACCEPTED = act("consultations.comment.accepted", _l("%(actor)s accepted a comment: it is contribution %(code)s."))
SHORTENED = act(
    "consultations.comment.shortened", _l("%(actor)s shortened a comment and accepted it: it is contribution %(code)s.")
)
REFUSED = act("consultations.comment.refused", _l("%(actor)s refused a comment in consultation %(code)s."))
HIDDEN = act("consultations.contribution.hidden", _l("%(actor)s hid contribution %(code)s."))
SHOWN = act("consultations.contribution.shown", _l("%(actor)s showed contribution %(code)s again."))
