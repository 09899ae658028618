"""What is remembered of the directory of organisations. They are named by number: their names are not for the trail."""

from nap_builder.kernel.audit import act
from nap_builder.kernel.languages import _l

ADDED = act("consultations.organisation.added", _l("%(actor)s added organisation no. %(number)s to the directory."))
CHANGED = act(
    "consultations.organisation.changed", _l("%(actor)s changed organisation no. %(number)s of the directory.")
)
ARCHIVED = act(
    "consultations.organisation.archived", _l("%(actor)s archived organisation no. %(number)s of the directory.")
)
RESTORED = act(
    "consultations.organisation.restored", _l("%(actor)s restored organisation no. %(number)s of the directory.")
)
