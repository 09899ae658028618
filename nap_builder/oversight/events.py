"""The audited acts of running an installation."""

from nap_builder.kernel.audit import act
from nap_builder.kernel.languages import _l

BACKUP_ASKED = act("oversight.backup.asked", _l("%(actor)s asked for a backup."))
BACKUP_MADE = act("oversight.backup.made", _l("%(actor)s made a backup of %(size)s bytes."))
BACKUP_DOWNLOADED = act("oversight.backup.downloaded", _l("%(actor)s downloaded the backup of %(made_at)s."))
