"""What is remembered of questionnaires."""

from nap_builder.kernel.audit import act
from nap_builder.kernel.languages import _l

ADDED = act("consultations.question.added", _l("%(actor)s added a question to consultation %(code)s."))
CHANGED = act("consultations.question.changed", _l("%(actor)s changed a question of consultation %(code)s."))
MOVED = act("consultations.question.moved", _l("%(actor)s moved a question of consultation %(code)s."))
ARCHIVED = act("consultations.question.archived", _l("%(actor)s archived a question of consultation %(code)s."))
RESTORED = act("consultations.question.restored", _l("%(actor)s restored a question of consultation %(code)s."))
TALLIED = act(
    "consultations.question.tallied", _l("%(actor)s entered how often each answer was given in consultation %(code)s.")
)
