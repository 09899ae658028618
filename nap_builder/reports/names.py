"""What the kinds and states of reports are called, and by what a progress report goes."""

from nap_builder.kernel.languages import LazyString, _l
from nap_builder.reports.models import CARD, DRAFT, FACTS, PROGRESS, PUBLISHED, WITHDRAWN

KINDS: dict[str, LazyString] = {
    PROGRESS: _l("Progress report"),
    CARD: _l("Report card"),
    FACTS: _l("Fact sheet"),
}
MEANT: dict[str, LazyString] = {
    PROGRESS: _l("What was achieved, what is missing, what was learnt, and what each ministry is asked to do next."),
    CARD: _l("Two pages: what was promised, what is done, what is not and why, the money, what comes next."),
    FACTS: _l("One page with the main figures."),
}
LAYOUTS = {
    PROGRESS: "reports/sheet/progress.html",
    CARD: "reports/sheet/card.html",
    FACTS: "reports/sheet/facts.html",
}
STATES: dict[str, LazyString] = {
    DRAFT: _l("Draft"),
    PUBLISHED: _l("Published"),
    WITHDRAWN: _l("Withdrawn"),
}
STATE_KINDS = {DRAFT: "wait", PUBLISHED: "done", WITHDRAWN: "none"}
