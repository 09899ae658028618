"""Who may watch over the installation."""

from nap_builder.kernel.access import POLICY, Rule
from nap_builder.kernel.actor import EVERYONE, Role
from nap_builder.kernel.languages import _l

RUNS = {Role.CHAIR, Role.ADMINISTRATOR}


def _always(_who: object, _subject: object) -> bool:
    """An official sees the acts of the own institution: the query leaves the others out."""
    return True


POLICY.declare(
    Rule(
        "oversight.audit.read",
        row="A42",
        y={Role.SECRETARIAT, Role.CHAIR, Role.AUDITOR, Role.ADMINISTRATOR},
        o={Role.OFFICIAL, Role.FOCAL_POINT},
        own=_always,
        says=_l("Read the audit trail; administrators see acts, not content"),
    ),
    Rule("oversight.audit.verify", row="A43", y=EVERYONE, says=_l("Verify the audit trail and download its head")),
    Rule("oversight.settings.read", row="A44", f=RUNS, says=_l("See the settings of the installation")),
    Rule(
        "oversight.settings.write",
        row="A44",
        f=RUNS,
        says=_l("Change settings: the names of the State and the service, crest and colours"),
    ),
    Rule("oversight.backup.make", row="A45", f=RUNS, says=_l("Make and download a backup")),
    Rule("oversight.health.read", row="A47", y=RUNS, says=_l("Read health, queue and disk status")),
)
