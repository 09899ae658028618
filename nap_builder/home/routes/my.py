"""The door to what one's institutions owe, and to what they are asked for."""

from typing import Any

from nap_builder.accounts.queries import holding
from nap_builder.commitments.forms import AcceptForm
from nap_builder.commitments.names import ABOUT
from nap_builder.commitments.queries import Line
from nap_builder.commitments.routes.answers import own_post
from nap_builder.commitments.said import Speaker
from nap_builder.consultations.queries.answers import asked_of
from nap_builder.home.queries.my import own
from nap_builder.home.queries.owed import owed
from nap_builder.home.routes.blueprint import rooms
from nap_builder.kernel.access import requires
from nap_builder.kernel.actor import Role, actor
from nap_builder.kernel.web import page
from nap_builder.monitoring.forms.update import update_form
from nap_builder.monitoring.queries.due import Due
from nap_builder.monitoring.routes.opened import opened, vocabulary
from nap_builder.plans import names
from nap_builder.plans.queries.parts import involved_in
from nap_builder.plans.queries.promised import value_of
from nap_builder.taskforce.queries import institutions

MOST_HELPERS = 3


@rooms.get("/my")
@requires("home.read")
def my() -> str:
    """What waits for one's institution: updates that are due, the first one open; then requests; then what it leads."""
    who = actor()
    found = own(who)
    due = owed(who, found.lines)
    bodies = [body for body in institutions() if body.id in who.institutions]
    given = {
        "own": found,
        "owed": due,
        "bodies": bodies,
        "names": names,
        "about": ABOUT,
        **vocabulary(),
        "to_answer": asked_of(who),
    }
    return page("home/my.html", **{**given, **_first_due(due.first), **_opened(found.first)})


def _first_due(due: Due | None) -> dict[str, Any]:
    """The first update that is due, as it stands open on the page."""
    if due is None:
        return {}
    helpers = holding(Role.SECRETARIAT, due.plan_id)[:MOST_HELPERS]
    return {"plan": due.plan, "helpers": helpers, **opened(due, update_form(due))}


def _opened(line: Line | None) -> dict[str, Any]:
    """A request as it stands open on the page: its values, and the form that accepts them."""
    if line is None:
        return {}
    activity, commitment, values = line.activity, line.commitment, value_of(line.activity)
    form = AcceptForm(post=own_post(activity))
    form.show(values, commitment)
    before = commitment.promised if commitment and commitment.changed_at else None
    speaker = Speaker(activity.plan.first_language)
    said = {"values": values, "before": before, "involved": involved_in(activity)}
    return {"form": form, "speaker": speaker, "plan": activity.plan, **said}
