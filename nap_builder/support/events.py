"""What is remembered about requests for support. They are named by number: a title may tell what is restricted."""

from nap_builder.kernel.audit import act
from nap_builder.kernel.languages import _l

ADDED = act("support.request.added", _l("%(actor)s wrote down request for support no. %(number)s."))
CHANGED = act("support.request.changed", _l("%(actor)s changed request for support no. %(number)s."))
MOVED = act("support.request.moved", _l("%(actor)s noted how request for support no. %(number)s stands."))
ARCHIVED = act("support.request.archived", _l("%(actor)s archived request for support no. %(number)s."))
RESTORED = act("support.request.restored", _l("%(actor)s restored request for support no. %(number)s."))
