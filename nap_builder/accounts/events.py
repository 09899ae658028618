"""What is remembered about people, in sentences.

A sign-in that failed is not in the trail: anybody could make the trail grow for ever by failing, and would choose
what stands in it. Failures are counted for a day (`failed_try`) and told to the person at the next sign-in.
"""

from nap_builder.kernel.audit import act
from nap_builder.kernel.languages import _l

SIGNED_IN = act("accounts.signed_in", _l("%(actor)s signed in."))
SIGNED_OUT = act("accounts.signed_out", _l("%(actor)s signed out."))
SIGNED_OUT_EVERYWHERE = act("accounts.signed_out_everywhere", _l("%(actor)s signed out on every device."))
CONFIRMED = act("accounts.confirmed", _l("%(actor)s gave the password again."))
RECOVERY_CODE_USED = act("accounts.recovery_code_used", _l("%(actor)s used a recovery code; %(left)s are left."))
DEVICE_REMEMBERED = act("accounts.device_remembered", _l("%(actor)s chose not to be asked for codes on a device."))
INVITED = act("accounts.invited", _l("%(actor)s invited %(person)s as %(role)s."))
LINK_MADE = act("accounts.link_made", _l("%(actor)s made a one-time link for %(person)s."))
INVITATION_ACCEPTED = act("accounts.invitation_accepted", _l("%(actor)s accepted the invitation."))
PASSWORD_RESET = act("accounts.password_reset", _l("%(actor)s chose a new password through a one-time link."))
PASSWORD_CHANGED = act("accounts.password_changed", _l("%(actor)s changed the password."))
PROFILE_CHANGED = act("accounts.profile_changed", _l("%(actor)s changed their profile."))
ROLE_GRANTED = act("accounts.role_granted", _l("%(actor)s gave %(person)s the role %(role)s."))
ROLE_WITHDRAWN = act("accounts.role_withdrawn", _l("%(actor)s took the role %(role)s back from %(person)s."))
HANDED_OVER = act(
    "accounts.handed_over", _l("%(actor)s handed the duties of %(person)s over to %(successor)s: %(duties)s.")
)
HANDED_BACK = act(
    "accounts.handed_back", _l("%(actor)s handed the duties of %(person)s back from %(successor)s: %(duties)s.")
)
DISABLED = act("accounts.disabled", _l("%(actor)s closed the account of %(person)s."))
ENABLED = act("accounts.enabled", _l("%(actor)s opened the account of %(person)s again."))
FACTOR_SET_UP = act("accounts.second_factor_set_up", _l("%(actor)s set up a second factor."))
FACTOR_REMOVED = act("accounts.second_factor_removed", _l("%(actor)s turned the second factor off."))
FACTOR_RESET = act("accounts.second_factor_reset", _l("%(actor)s reset the second factor of %(person)s."))
RECOVERY_CODES_MADE = act("accounts.recovery_codes_made", _l("%(actor)s made new recovery codes."))
