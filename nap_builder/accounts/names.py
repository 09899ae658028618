"""What the roles are called."""

from nap_builder.kernel.actor import Role
from nap_builder.kernel.languages import _l

ROLE_NAMES = {
    Role.CONTRIBUTOR: _l("Contributor"),
    Role.PARLIAMENTARIAN: _l("Parliamentarian"),
    Role.OFFICIAL: _l("Official"),
    Role.FOCAL_POINT: _l("Focal point"),
    Role.SECRETARIAT: _l("Secretariat"),
    Role.CHAIR: _l("Chair"),
    Role.STEWARD: _l("Steward of confidential comments"),
    Role.AUDITOR: _l("Auditor"),
    Role.ADMINISTRATOR: _l("Administrator"),
}
