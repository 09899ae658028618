"""The audited acts on the numbers of checks."""

from nap_builder.kernel.audit import act
from nap_builder.kernel.languages import _l

THRESHOLD_SET = act("readiness.threshold.set", _l("%(actor)s set the number of the check %(check)s to %(value)s."))
THRESHOLD_RESET = act(
    "readiness.threshold.reset", _l("%(actor)s gave the check %(check)s its usual number again: %(value)s.")
)
