"""Work of the installation that takes long."""

from typing import Any

from nap_builder.kernel.actor import INSTALLATION
from nap_builder.kernel.jobs import Step, work
from nap_builder.kernel.languages import _, _l
from nap_builder.oversight import services


@work("oversight.backup", _l("Making a backup"))
def back_up(step: Step) -> dict[str, Any]:
    """Makes a backup, proves it and keeps it. Run twice, it leaves two backups, both whole."""
    step(10, _("Reading everything"))
    made = services.make_stored_backup(INSTALLATION)
    return {"backup": made.key}
