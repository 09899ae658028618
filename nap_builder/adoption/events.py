"""The audited acts of adopting and amending a plan."""

from nap_builder.kernel.audit import act
from nap_builder.kernel.languages import _l

PROPOSED = act(
    "adoption.proposed",
    _l("%(actor)s proposed version %(number)s of the plan for adoption (SHA-256 %(sha256)s)."),
)
WITHDRAWN = act("adoption.withdrawn", _l("%(actor)s withdrew the proposal to adopt version %(number)s of the plan."))
DECLINED = act(
    "adoption.declined",
    _l("%(actor)s declined for %(institution)s to adopt version %(number)s of the plan: %(reason)s"),
)
CONFIRMED = act(
    "adoption.confirmed",
    _l(
        "%(actor)s confirmed for %(institution)s the adoption that %(chair)s proposed. Version %(number)s is adopted"
        " (SHA-256 %(sha256)s)."
    ),
)
AMENDMENT_BEGUN = act("adoption.amendment.begun", _l("%(actor)s began an amendment of version %(number)s: %(reason)s"))
AMENDMENT_ABANDONED = act(
    "adoption.amendment.abandoned",
    _l(
        "%(actor)s gave up the amendment; the plan says again what version %(number)s says"
        " (%(added)s rows added, %(changed)s changed, %(removed)s removed)."
    ),
)
