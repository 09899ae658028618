"""What is remembered of plans that began, and of templates."""

from nap_builder.kernel.audit import act
from nap_builder.kernel.languages import _l

FROM_TEMPLATE = act(
    "starting.plan.started",
    _l("%(actor)s started the plan “%(title)s” from the template “%(template)s” with %(added)s rows."),
)
FROM_PLAN = act(
    "starting.plan.followed",
    _l("%(actor)s started the plan “%(title)s” from the plan “%(former)s” with %(added)s rows."),
)
TEMPLATE_SAVED = act("starting.template.saved", _l("%(actor)s saved the template “%(title)s”."))
TEMPLATE_ARCHIVED = act("starting.template.archived", _l("%(actor)s archived the template “%(title)s”."))
TEMPLATE_RESTORED = act("starting.template.restored", _l("%(actor)s restored the template “%(title)s”."))
