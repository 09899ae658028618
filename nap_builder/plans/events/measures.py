"""What is remembered of money and figures."""

from nap_builder.kernel.audit import act
from nap_builder.kernel.languages import _l

LINE_ADDED = act("plans.budget_line.added", _l("%(actor)s added a budget line to activity %(code)s."))
LINE_CHANGED = act("plans.budget_line.changed", _l("%(actor)s changed a budget line of activity %(code)s."))
LINE_REMOVED = act("plans.budget_line.removed", _l("%(actor)s removed a budget line from activity %(code)s."))
BASELINE_WRITTEN = act("plans.baseline.written", _l("%(actor)s wrote the baseline of indicator %(code)s."))
TARGET_WRITTEN = act("plans.target.written", _l("%(actor)s wrote a target of indicator %(code)s."))
BENCHMARK_WRITTEN = act("plans.benchmark.written", _l("%(actor)s wrote the benchmark of indicator %(code)s."))
FIGURE_REMOVED = act("plans.figure.removed", _l("%(actor)s removed a figure of indicator %(code)s."))
