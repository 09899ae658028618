"""Under which name something that was said, or an organisation that took part, may be shown.

A contribution is never shown wider than its consultation; where place, date and organisations are hidden, so are
names; the public reads the name of an organisation only where that one agreed to be named.
"""

from collections.abc import Collection

from nap_builder.consultations.models.contributions import Contribution
from nap_builder.consultations.models.records import Consultation

NAMED, ORGANISATION, NON_ATTRIBUTED = "named", "organisation", "non_attributed"
_WIDTH = {NAMED: 2, ORGANISATION: 1}
_LIMIT = {None: 2, NAMED: 2, ORGANISATION: 1, NON_ATTRIBUTED: 0}


def too_wide(contribution: Contribution) -> bool:
    """Whether a contribution says a wider attribution than its consultation allows."""
    return _WIDTH.get(contribution.attribution, 0) > _LIMIT[contribution.consultation.attribution]


def name_shown(contribution: Contribution, *, sees_where: bool, public: bool, unnamed: Collection[str] = ()) -> str:
    """The name that stands beside a contribution; empty for none.

    `sees_where` tells whether the reader may know where it was said; `unnamed` are organisations of the directory that
    did not agree to be named.
    """
    if contribution.attribution not in _WIDTH or too_wide(contribution) or not sees_where:
        return ""
    name = contribution.by or ""
    if public and contribution.attribution == ORGANISATION and not agreed(name, contribution.consultation, unnamed):
        return ""
    return name


def agreed(name: str, consultation: Consultation, unnamed: Collection[str] = ()) -> bool:
    """Whether an organisation may be named in public: as the consultation's record says, else as the directory does."""
    consents = dict(listed_organisations(consultation))
    return consents.get(name, name not in unnamed)


def listed_organisations(consultation: Consultation) -> list[tuple[str, bool]]:
    """The organisations that took part, each with whether it agreed to be named; one listed by name alone did not."""
    return [
        (one, False) if isinstance(one, str) else (str(one["name"]), bool(one.get("public")))
        for one in consultation.organisations or ()
    ]
