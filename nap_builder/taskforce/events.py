"""The audited acts about the State, its institutions and a plan's task force."""

from nap_builder.kernel.audit import act
from nap_builder.kernel.languages import _l

STATE_NAMED = act("taskforce.state.named", _l("%(actor)s named the State and the service."))
COLOURS_CHOSEN = act("taskforce.state.colours", _l("%(actor)s chose the colours of the State."))
CREST_PUT = act("taskforce.state.crest", _l("%(actor)s put the crest of the State in place."))
CREST_REMOVED = act("taskforce.state.crest_removed", _l("%(actor)s removed the crest of the State."))
INSTITUTION_ADDED = act("taskforce.institution.added", _l("%(actor)s added the institution %(code)s."))
INSTITUTION_CHANGED = act("taskforce.institution.changed", _l("%(actor)s changed the institution %(code)s."))
NAMED_IN_PLAN = act("taskforce.institution.listed", _l("%(actor)s added %(code)s to the institutions of the plan."))
CHAMPION_NAMED = act("taskforce.champion.named", _l("%(actor)s named the high-level champion of the plan."))
CHAMPION_CHANGED = act("taskforce.champion.changed", _l("%(actor)s changed what is said of the plan's champion."))
CHAMPION_REMOVED = act("taskforce.champion.removed", _l("%(actor)s removed the high-level champion of the plan."))
POST_ADDED = act("taskforce.post.added", _l("%(actor)s added posts of the machinery."))
POST_CHANGED = act("taskforce.post.changed", _l("%(actor)s changed posts of the machinery."))
POST_REMOVED = act("taskforce.post.removed", _l("%(actor)s removed posts of the machinery."))
BUDGET_ADDED = act("taskforce.budget.added", _l("%(actor)s added a year to the machinery's own budget."))
BUDGET_CHANGED = act("taskforce.budget.changed", _l("%(actor)s changed a year of the machinery's own budget."))
BUDGET_REMOVED = act("taskforce.budget.removed", _l("%(actor)s removed a year of the machinery's own budget."))
SEATED = act("taskforce.seated", _l("%(actor)s changed the task force of the plan."))
