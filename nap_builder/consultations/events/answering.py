"""What is remembered about answers, groups, and wordings that were taken over. Contributions are named by code."""

from nap_builder.kernel.audit import act
from nap_builder.kernel.languages import _l

ASKED = act("consultations.answer.asked", _l("%(actor)s asked %(body)s to answer contribution %(code)s."))
DRAFTED = act("consultations.answer.drafted", _l("%(actor)s drafted an answer to contribution %(code)s."))
PUBLISHED = act("consultations.answer.published", _l("%(actor)s published the answer to contribution %(code)s."))
REPLACED = act("consultations.answer.replaced", _l("%(actor)s changed the published answer to contribution %(code)s."))
GROUPED = act("consultations.group.made", _l("%(actor)s made group %(code)s of contributions: %(members)s."))
NAMED = act("consultations.group.named", _l("%(actor)s gave group %(code)s of contributions another title."))
ADDED = act("consultations.group.added", _l("%(actor)s put contributions into group %(code)s: %(members)s."))
TAKEN_OUT = act("consultations.group.taken_out", _l("%(actor)s took contribution %(member)s out of group %(code)s."))
DISSOLVED = act("consultations.group.dissolved", _l("%(actor)s dissolved group %(code)s of contributions."))
WORDING_TAKEN = act(
    "consultations.wording.taken", _l("%(actor)s took over the wording that contribution %(code)s suggests.")
)
