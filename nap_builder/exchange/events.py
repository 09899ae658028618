"""What is remembered of files that came in."""

from nap_builder.kernel.audit import act
from nap_builder.kernel.languages import _l
from nap_builder.plans.events.narrative import HISTORY

IMPORTED = act(
    "exchange.plan.imported",
    _l("%(actor)s took a file in over the plan: %(added)s added, %(changed)s changed, %(removed)s removed."),
)
STARTED = act("exchange.plan.started", _l("%(actor)s started the plan from a file with %(added)s rows."))
WORD_IMPORTED = act(
    "exchange.plan.word_imported",
    _l("%(actor)s took a Word file in over the plan: %(added)s added, %(changed)s changed, %(removed)s removed."),
)
WORD_STARTED = act("exchange.plan.word_started", _l("%(actor)s started the plan from a Word file with %(added)s rows."))

HISTORY[IMPORTED.word] = _l("%(by)s took it in from a file")
