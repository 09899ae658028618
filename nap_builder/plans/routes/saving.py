"""What the doors of the framework share: saving in one transaction, forms of rows, and words for templates."""

from collections.abc import Callable
from typing import Any

from flask import Response, url_for

from nap_builder.kernel.access import can
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import BadInput
from nap_builder.kernel.web import go_to, refused
from nap_builder.plans import names, said
from nap_builder.plans.forms.activity import ActivityForm
from nap_builder.plans.forms.pieces import Offered, offered
from nap_builder.plans.levels import kind_of, level_name
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries import framework as queries
from nap_builder.plans.queries.parts import involved_in
from nap_builder.plans.services import undoing


def tried(form: Any, act: Callable[[], Response]) -> Response | None:
    """What `act` answers, done in one transaction; None when the form or a rule of the domain refuses it."""
    if not form.validate():
        return None
    try:
        with transaction():
            return act()
    except BadInput as error:
        refused(form, error)
        return None


def done(endpoint: str, *, slug: str, said: str, anchor: str | None = None, **parts: Any) -> Response:
    """As `see_other` in a plan; the words come with a button that undoes the act of this transaction."""
    return done_on(url_for(endpoint, slug=slug, _anchor=anchor, **parts), slug, said)


def done_on(location: str, slug: str, said: str) -> Response:
    """As `done`, to an address of the plan with this slug."""
    key = undoing.left()
    return go_to(location, said=said, undo=url_for("plans.undo", slug=slug, key=key) if key else None)


def offers_in(plan: Plan, **more: Any) -> Offered:
    """What a form about a row of this plan offers to who acts now."""
    arranges = can("plans.framework.arrange", plan)
    return offered(plan, queries.named_institutions(plan), assigns=arranges, restricts=arranges, more=more)


def row_form(kind: type[Any], row: Any) -> Any:
    """The form of a row of the framework, filled from it."""
    return kind(row=row, languages=row.plan.languages, offers=offers_in(row.plan), **_involved(row))


def _involved(row: Any) -> dict[str, list[str]]:
    parts = involved_in(row)
    return {
        "co_leads": [str(body.id) for body in parts.co_leads],
        "supporting": [str(body.id) for body in parts.supporting],
        "regions_named": list(getattr(row, "regions", None) or ()),
    }


def activity_form(activity: Any) -> ActivityForm:
    """The form of an activity, filled from it."""
    form: ActivityForm = row_form(ActivityForm, activity)
    return form


def words(plan: Plan) -> dict[str, Any]:
    """What templates of the framework use to say things."""
    return {"level": lambda kind: level_name(plan, kind), "kind_of": kind_of, "said_as": said, "names": names}
