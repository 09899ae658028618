"""The audited acts of publishing."""

from nap_builder.kernel.audit import act
from nap_builder.kernel.languages import _l

VERSION_PUBLISHED = act("publishing.version.published", _l("%(actor)s published version %(number)s of the plan."))
VERSION_WITHDRAWN = act("publishing.version.withdrawn", _l("%(actor)s withdrew version %(number)s of the plan."))
DOCUMENT_ISSUED = act(
    "publishing.document.issued",
    _l("%(actor)s issued the %(kind)s of version %(number)s in %(language)s (SHA-256 %(sha256)s)."),
)
DOCUMENT_ASKED = act("publishing.document.asked", _l("%(actor)s asked for the PDF of version %(number)s."))
DRAFT_ASKED = act("publishing.draft.asked", _l("%(actor)s asked for a draft PDF of the working plan."))
HEARD_ASKED = act("publishing.heard.asked", _l("%(actor)s asked for the PDF of what was heard and done."))
