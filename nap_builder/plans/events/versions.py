"""The audited acts on versions."""

from nap_builder.kernel.audit import act, reads
from nap_builder.kernel.languages import _l
from nap_builder.plans.gates import GATE_NAMES
from nap_builder.plans.names import named

VERSION_FROZEN = act("plans.version.frozen", _l("%(actor)s froze version %(number)s of the plan (SHA-256 %(sha256)s)."))
GATE_PASSED = act(
    "plans.gate.passed",
    _l("%(actor)s took the plan through the gate “%(gate)s” with version %(number)s. Open checks: %(open)s."),
)
GATE_PASSED_BY_TWO = act(
    "plans.gate.passed_by_two",
    _l(
        "%(proposer)s proposed and %(actor)s confirmed to take the plan through the gate “%(gate)s” with version"
        " %(number)s. Open checks: %(open)s."
    ),
)
reads("gate", lambda word: named(GATE_NAMES, word))
