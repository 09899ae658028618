"""All activities on the calendar, for staff."""

from typing import Any

from flask import request
from wtforms import Form as PlainForm

from nap_builder.kernel.access import requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.languages import _, _l, words_in
from nap_builder.monitoring.progress.names import ACTIVITY_STATUSES
from nap_builder.monitoring.queries.crosscuts import KEYS, NOTHING
from nap_builder.monitoring.queries.overview import Overview, overview
from nap_builder.monitoring.queries.timeline import TimelineFilter, timeline
from nap_builder.monitoring.routes.blueprint import HOME, rooms
from nap_builder.monitoring.routes.shown import shown
from nap_builder.plans.forms.pieces import OneOf
from nap_builder.plans.levels import level_name
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.names import AREAS, THEMES
from nap_builder.plans.queries.plan import plan_at

FILTERS = ("pillar", "lead", "status", "theme", "mandate", "area")


class TimelineForm(PlainForm):
    """What the timeline shows; it stands in the address."""

    pillar = OneOf(_l("Pillar"), nothing=_l("All"))
    lead = OneOf(_l("Lead ministry"), nothing=_l("Any"))
    status = OneOf(_l("Status"), ACTIVITY_STATUSES, nothing=_l("Any"))
    theme = OneOf(_l("Theme"), {**THEMES, NOTHING: _l("None named")}, nothing=_l("Any"))
    mandate = OneOf(_l("Mandate"), nothing=_l("Any"))
    area = OneOf(_l("Area"), {**AREAS, NOTHING: _l("None named")}, nothing=_l("Any"))


@rooms.get(f"{HOME}/timeline", endpoint="timeline")
@requires("plans.draft.read", on=plan_at)
def on_the_calendar(plan: Plan) -> str:
    """Every activity with its lead, status, time and milestones; cut to what the address asks for."""
    asked = request.args.get("period", "")
    found = overview(plan, actor(), asked)
    return shown("monitoring/timeline.html", found, "monitoring.timeline", asked=asked, **narrowed(found))


def narrowed(found: Overview) -> dict[str, Any]:
    """The rows that the address asks for, and the filters as they stand. A value that no row has shows none."""
    wanted = TimelineFilter(**{name: request.args.get(name, "")[:200] for name in FILTERS})
    return {"rows": timeline(found, actor(), wanted), "wanted": wanted, "filters": _filters(found)}


def _filters(found: Overview) -> TimelineForm:
    form = TimelineForm(request.args)
    form.pillar.label.text = level_name(found.plan, "pillar")
    heads = [group.head for group in found.pillars if group.head]
    pillars = [(head.code, _("%(code)s %(title)s", code=head.code, title=words_in(dict(head.title)))) for head in heads]
    form.pillar.choices = form.pillar.beginning(pillars)
    leads = {row.lead.code: words_in(row.lead.called) for row in found.rows if row.lead}
    form.lead.choices = form.lead.beginning([*sorted(leads.items()), (NOTHING, _("Nobody"))])
    mandates = sorted({name for row in found.rows for name in KEYS["mandates"](row)})
    form.mandate.choices = form.mandate.beginning([*((one, one) for one in mandates), (NOTHING, _("None named"))])
    return form
