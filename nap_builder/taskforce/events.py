"""The audited acts about the State, its institutions and a plan's task force."""

from nap_builder.kernel.audit import act
from nap_builder.kernel.languages import _l

STATE_NAMED = act("taskforce.state.named", _l("%(actor)s named the State and the service."))
INSTITUTION_ADDED = act("taskforce.institution.added", _l("%(actor)s added the institution %(code)s."))
INSTITUTION_CHANGED = act("taskforce.institution.changed", _l("%(actor)s changed the institution %(code)s."))
NAMED_IN_PLAN = act("taskforce.institution.listed", _l("%(actor)s added %(code)s to the institutions of the plan."))
SEATED = act("taskforce.seated", _l("%(actor)s changed the task force of the plan."))
