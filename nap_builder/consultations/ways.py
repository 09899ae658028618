"""How a comment may be shown, of which the person chooses one."""

from nap_builder.consultations.models.records import Consultation
from nap_builder.consultations.queries.sealed import present_key
from nap_builder.kernel.access import can

NAMED, ORGANISATION, ANONYMOUS, STEWARD = "named", "organisation", "anonymous", "steward"
_NARROWED = {"organisation": (ORGANISATION, ANONYMOUS), "non_attributed": (ANONYMOUS,)}


def ways(consultation: Consultation) -> tuple[str, ...]:
    """The attributions (keys of ATTRIBUTIONS) that a comment may choose from, none wider than the consultation's.

    For the steward alone only where a key is set, to which the comment is then sealed.
    """
    shown = _NARROWED.get(consultation.attribution or "", (NAMED, ORGANISATION, ANONYMOUS))
    sealed = can("consultations.comment.seal", consultation) and present_key() is not None
    return (*shown, STEWARD) if sealed else shown
