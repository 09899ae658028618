"""How a comment may be shown, of which the person chooses one."""

from nap_builder.consultations.models.records import Consultation

NAMED, ORGANISATION, ANONYMOUS = "named", "organisation", "anonymous"
_NARROWED = {"organisation": (ORGANISATION, ANONYMOUS), "non_attributed": (ANONYMOUS,)}


def ways(consultation: Consultation) -> tuple[str, ...]:
    """The attributions (keys of ATTRIBUTIONS) that a comment may choose from, none wider than the consultation's."""
    return _NARROWED.get(consultation.attribution or "", (NAMED, ORGANISATION, ANONYMOUS))
