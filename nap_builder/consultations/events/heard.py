"""What is remembered about what was heard."""

from nap_builder.kernel.audit import act
from nap_builder.kernel.languages import _l

STAGE_SAID = act(
    "consultations.stage.said", _l("%(actor)s said whether women’s groups took part in a stage of the process.")
)
CHAPTER_PUT = act("consultations.chapter.put", _l("%(actor)s put the chapter on how the plan was made into the plan."))
