"""What the kinds of institutions and their fields of work are called."""

from nap_builder.kernel.languages import _l

KINDS = {
    "ministry": _l("Ministry"),
    "agency": _l("Agency"),
    "independent_body": _l("Independent body"),
    "armed_forces": _l("Armed forces"),
    "police": _l("Police"),
    "judiciary": _l("Judiciary"),
    "parliament": _l("Parliament"),
    "local_authority": _l("Local authority"),
    "civil_society": _l("Civil society"),
    "faith_or_traditional": _l("Religious or traditional leaders"),
    "private_sector": _l("Private sector"),
    "media": _l("Media"),
    "academic": _l("University or research"),
    "international": _l("International organisation"),
    "donor": _l("Donor"),
    "other": _l("Other"),
}
SECTORS = {
    "womens_affairs": _l("Women’s affairs"),
    "defence": _l("Defence"),
    "interior": _l("Interior"),
    "foreign_affairs": _l("Foreign affairs"),
    "justice": _l("Justice"),
    "finance": _l("Finance"),
    "health": _l("Health"),
    "education": _l("Education"),
    "social_affairs": _l("Social affairs"),
    "planning": _l("Planning"),
    "statistics": _l("Statistics"),
    "other": _l("Another field"),
}
