"""The gates that a plan passes on its way to adoption: what they and the checks before them are called."""

from nap_builder.kernel.checks import ADOPTION, BLOCK, CABINET, CONSULT, GATES, INFO, PARLIAMENT, WARN
from nap_builder.kernel.languages import LazyString, _l

GATE_NAMES: dict[str, LazyString] = {
    CONSULT: _l("Consultation"),
    CABINET: _l("Cabinet"),
    PARLIAMENT: _l("Parliament"),
    ADOPTION: _l("Adoption"),
}
READY: dict[str, LazyString] = {
    CONSULT: _l("Ready to consult?"),
    CABINET: _l("Ready for Cabinet?"),
    PARLIAMENT: _l("Ready for Parliament?"),
    ADOPTION: _l("Ready to be adopted?"),
}
GRAVITY_NAMES: dict[str, LazyString] = {
    BLOCK: _l("Holds the plan back"),
    WARN: _l("Should be mended"),
    INFO: _l("Worth a look"),
}
MOVES_BY = {CONSULT: "consult", CABINET: "validate"}


def up_to(gate: str, passed: str | None) -> list[str]:
    """The gates after the last one passed, up to and with this one; none where it is passed."""
    first = GATES.index(passed) + 1 if passed else 0
    return list(GATES[first : GATES.index(gate) + 1])
