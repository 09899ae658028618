"""The audited acts on versions."""

from nap_builder.kernel.audit import act
from nap_builder.kernel.languages import _l

VERSION_FROZEN = act("plans.version.frozen", _l("%(actor)s froze version %(number)s of the plan (SHA-256 %(sha256)s)."))
