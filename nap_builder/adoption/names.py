"""How an adoption stands, with the kind of status that pages show it by."""

from nap_builder.adoption.models import CONFIRMED, DECLINED, EXPIRED, OPEN, WITHDRAWN
from nap_builder.kernel.languages import _l

STANDINGS = {
    OPEN: ("wait", _l("Waits to be confirmed")),
    CONFIRMED: ("done", _l("Confirmed by both")),
    DECLINED: ("late", _l("Declined")),
    WITHDRAWN: ("none", _l("Withdrawn")),
    EXPIRED: ("late", _l("Expired")),
}
