"""How grave a check is, in words and as a sign."""

from nap_builder.kernel.checks import BLOCK, INFO, WARN
from nap_builder.kernel.languages import LazyString, _l

GRAVITY_NAMES: dict[str, LazyString] = {
    BLOCK: _l("Holds the plan back"),
    WARN: _l("Should be mended"),
    INFO: _l("Worth a look"),
}
GRAVITY_KINDS = {BLOCK: "late", WARN: "warn", INFO: "none"}
