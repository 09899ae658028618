"""What is remembered about comments for the steward alone: never what they say, never which one was read when."""

from nap_builder.kernel.audit import act
from nap_builder.kernel.languages import _l

KEY_SET = act("consultations.key.set", _l("%(actor)s set the steward’s key %(fingerprint)s."))
OPENED = act("consultations.sealed.opened", _l("%(actor)s opened the confidential comments of the plan: %(num)s."))
RELEASED = act(
    "consultations.sealed.released", _l("%(actor)s released a confidential comment in other words as %(code)s.")
)
SETTLED = act("consultations.sealed.settled", _l("%(actor)s settled a confidential comment without releasing it."))
DESTROYED = act(
    "consultations.sealed.destroyed",
    _l("%(actor)s destroyed what was kept long enough: %(sealed)s confidential comments, %(receipts)s receipts."),
)
DAY_CONFIRMED = act("consultations.retention.confirmed", _l("%(actor)s confirmed that today is %(day)s."))
NAME_ERASED = act(
    "consultations.contribution.name_erased", _l("%(actor)s erased the name with contribution %(code)s on request.")
)
WORDS_ERASED = act(
    "consultations.contribution.words_erased", _l("%(actor)s erased the words of contribution %(code)s on request.")
)
