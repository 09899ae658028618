"""What is remembered of consultations, their windows and documents. They are named by code: a title may tell where."""

from nap_builder.consultations.names import (
    ACCESSES,
    CONSULTATION_ATTRIBUTIONS,
    KINDS,
    RISKS,
    ROUNDS,
    VISIBILITIES,
)
from nap_builder.kernel.audit import act
from nap_builder.kernel.languages import _l
from nap_builder.plans.member_names import MEMBERS

ADDED = act("consultations.record.added", _l("%(actor)s recorded consultation %(code)s."))
CHANGED = act("consultations.record.changed", _l("%(actor)s changed the record of consultation %(code)s."))
ARCHIVED = act("consultations.record.archived", _l("%(actor)s archived consultation %(code)s."))
RESTORED = act("consultations.record.restored", _l("%(actor)s restored consultation %(code)s."))
OPENED = act(
    "consultations.window.opened", _l("%(actor)s opened version %(version)s for comments in consultation %(code)s.")
)
CLOSED = act("consultations.window.closed", _l("%(actor)s closed consultation %(code)s for comments."))
FILES = act(
    "consultations.window.files", _l("%(actor)s decided whether pictures may be attached in consultation %(code)s.")
)
DOCUMENT_ADDED = act("consultations.document.added", _l("%(actor)s added a document to consultation %(code)s."))
DOCUMENT_SHOWN = act(
    "consultations.document.shown", _l("%(actor)s changed who may read a document of consultation %(code)s.")
)
DOCUMENT_REMOVED = act("consultations.document.removed", _l("%(actor)s removed a document of consultation %(code)s."))

# What the trail may tell of a consultation: nothing that says where, when, who, or in whose words.
TOLD = {
    "kind": KINDS,
    "round": ROUNDS,
    "visibility": VISIBILITIES,
    "attribution": CONSULTATION_ATTRIBUTIONS,
    "risk": RISKS,
    "access": ACCESSES,
}
MEMBERS.update(
    round=_l("Round"),
    visibility=_l("Who may read of it"),
    risk=_l("Risk"),
    access=_l("Who may comment"),
    version=_l("Version"),
    takes_files=_l("Pictures may be attached"),
    public=_l("Public"),
)
