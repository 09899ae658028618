"""What is remembered of the State's table of unit costs and of the rates of exchange of a plan."""

from nap_builder.kernel.audit import act
from nap_builder.kernel.languages import _l

UNIT_COST_ADDED = act("plans.unit_cost.added", _l("%(actor)s added the unit cost “%(title)s”."))
UNIT_COST_CHANGED = act("plans.unit_cost.changed", _l("%(actor)s changed the unit cost “%(title)s”."))
UNIT_COST_ARCHIVED = act("plans.unit_cost.archived", _l("%(actor)s archived the unit cost “%(title)s”."))
UNIT_COST_RESTORED = act("plans.unit_cost.restored", _l("%(actor)s restored the unit cost “%(title)s”."))
RATE_STATED = act("plans.rate.stated", _l("%(actor)s stated the rate of exchange of %(currency)s."))
RATE_REMOVED = act("plans.rate.removed", _l("%(actor)s removed the rate of exchange of %(currency)s."))
