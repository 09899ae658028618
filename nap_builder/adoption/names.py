"""How an adoption stands, with the kind of status that pages show it by; what a move means for who writes."""

from nap_builder.adoption.models import CONFIRMED, DECLINED, EXPIRED, OPEN, WITHDRAWN
from nap_builder.kernel.languages import _l

ABANDON = "abandon"
STANDINGS = {
    OPEN: ("wait", _l("Waits to be confirmed")),
    CONFIRMED: ("done", _l("Confirmed by both")),
    DECLINED: ("late", _l("Declined")),
    WITHDRAWN: ("none", _l("Withdrawn")),
    EXPIRED: ("late", _l("Expired")),
}
MEANS = {
    "consult": _l("The plan can still be changed. Whoever is asked for comments reads the draft."),
    "validate": _l("The plan can still be changed. The members look at it as a whole, for the last time."),
    "redraft": _l("The plan can be changed as before. Frozen versions stay as they are."),
    "execute": _l("The text stays closed. Ministries carry the plan out and report on it."),
    "review": _l("The text stays closed while it is seen what the plan has reached."),
    "resume": _l("The text stays closed. Ministries go on with what the plan says."),
    "close": _l("The plan ends for good and can no longer be amended. The next plan may follow it."),
    ABANDON: _l(
        "The text goes back to the version that stands adopted, word for word. What was added is archived, and how the "
        "plan goes stays as it is."
    ),
}
