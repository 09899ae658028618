"""The audited acts on what a plan says of the readiness checks."""

from nap_builder.kernel.audit import act
from nap_builder.kernel.languages import _l

CHECK_EXCEPTED = act("plans.check.excepted", _l("%(actor)s said why the check %(check)s does not apply."))
CHECK_COUNTED = act("plans.check.counted", _l("%(actor)s let the check %(check)s apply again."))
