"""The audited acts on the photographs of a plan."""

from nap_builder.kernel.audit import act
from nap_builder.kernel.languages import _l

PHOTOGRAPH_ADDED = act(
    "plans.photograph.added",
    _l("%(actor)s added a photograph to “%(section)s”, and said that those who are seen on it agreed."),
)
PHOTOGRAPH_CHANGED = act("plans.photograph.changed", _l("%(actor)s changed a photograph of “%(section)s”."))
PHOTOGRAPH_ARCHIVED = act("plans.photograph.archived", _l("%(actor)s removed a photograph from “%(section)s”."))
PHOTOGRAPH_RESTORED = act("plans.photograph.restored", _l("%(actor)s restored a photograph of “%(section)s”."))
PHOTOGRAPH_ERASED = act("plans.photograph.erased", _l("%(actor)s deleted a photograph of “%(section)s” for good."))
