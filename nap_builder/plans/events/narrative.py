"""The audited acts of a plan's facts and text, and what the history of a paragraph says of them."""

from nap_builder.kernel.audit import act
from nap_builder.kernel.languages import LazyString, _l
from nap_builder.plans.events.undoing import UNDONE

PLAN_STARTED = act("plans.plan.started", _l("%(actor)s started the plan “%(title)s”."))
PLAN_CHANGED = act("plans.plan.changed", _l("%(actor)s changed the facts of the plan “%(title)s”."))

SECTION_ADDED = act("plans.section.added", _l("%(actor)s added the section “%(section)s”."))
SECTION_CHANGED = act("plans.section.changed", _l("%(actor)s changed the section “%(section)s”."))
SECTION_MOVED = act("plans.section.moved", _l("%(actor)s moved the section “%(section)s”."))
SECTION_ARCHIVED = act("plans.section.archived", _l("%(actor)s archived the section “%(section)s”."))
SECTION_RESTORED = act("plans.section.restored", _l("%(actor)s restored the section “%(section)s”."))

PARAGRAPH_ADDED = act("plans.paragraph.added", _l("%(actor)s added a paragraph to “%(section)s”."))
PARAGRAPH_WRITTEN = act("plans.paragraph.written", _l("%(actor)s changed a paragraph of “%(section)s”."))
PARAGRAPH_MOVED = act("plans.paragraph.moved", _l("%(actor)s moved a paragraph of “%(section)s”."))
PARAGRAPH_SPLIT = act("plans.paragraph.split", _l("%(actor)s split a paragraph of “%(section)s” into %(pieces)s."))
PARAGRAPHS_JOINED = act("plans.paragraph.joined", _l("%(actor)s joined two paragraphs of “%(section)s”."))
PARAGRAPH_ARCHIVED = act("plans.paragraph.archived", _l("%(actor)s archived a paragraph of “%(section)s”."))
PARAGRAPH_RESTORED = act("plans.paragraph.restored", _l("%(actor)s restored a paragraph of “%(section)s”."))
PARAGRAPH_REVERTED = act(
    "plans.paragraph.reverted", _l("%(actor)s brought back an older text of a paragraph of “%(section)s”.")
)

BEFORE = "plans.paragraph.before"
HISTORY: dict[str, LazyString] = {
    BEFORE: _l("The text before it was first changed here"),
    PARAGRAPH_ADDED.word: _l("%(by)s added it"),
    PARAGRAPH_WRITTEN.word: _l("%(by)s changed it"),
    PARAGRAPH_SPLIT.word: _l("%(by)s split it"),
    PARAGRAPHS_JOINED.word: _l("%(by)s joined it with the next one"),
    PARAGRAPH_ARCHIVED.word: _l("%(by)s archived it"),
    PARAGRAPH_RESTORED.word: _l("%(by)s restored it"),
    PARAGRAPH_REVERTED.word: _l("%(by)s brought an older text back"),
    UNDONE.word: _l("%(by)s undid what they had done"),
}
