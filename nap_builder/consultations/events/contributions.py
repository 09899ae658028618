"""What is remembered of contributions: that something was entered, never what was said or by whom."""

from nap_builder.kernel.audit import act
from nap_builder.kernel.languages import _l

ENTERED = act("consultations.contribution.entered", _l("%(actor)s entered contribution %(code)s."))
ENTERED_MANY = act(
    "consultations.contribution.entered_many",
    _l("%(actor)s entered %(count)s contributions at once in consultation %(code)s."),
)
CHANGED = act("consultations.contribution.changed", _l("%(actor)s changed what is entered as contribution %(code)s."))
ABOUT = act("consultations.contribution.about", _l("%(actor)s said what contribution %(code)s is about."))
ARCHIVED = act("consultations.contribution.archived", _l("%(actor)s archived contribution %(code)s."))
RESTORED = act("consultations.contribution.restored", _l("%(actor)s restored contribution %(code)s."))
