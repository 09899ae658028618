"""What the installation does by itself when an activity that was accepted changes."""

from nap_builder.kernel.audit import act
from nap_builder.kernel.languages import _l

ASKED_AGAIN = act(
    "plans.promise.changed",
    _l("%(actor)s asked again about activity %(code)s: it changed after it was accepted."),
)
ACCEPTED_STANDS = act(
    "plans.promise.restored", _l("%(actor)s took activity %(code)s as accepted, since it says again what was accepted.")
)
