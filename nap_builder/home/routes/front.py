"""The doors of home: the public front, what needs a person now, help, and who can do what."""

from flask import current_app

from nap_builder.accounts.names import ROLE_NAMES
from nap_builder.home import policy  # noqa: F401 - declares the rules
from nap_builder.home.queries.home import last_acts, places_of, plan_at_work
from nap_builder.home.queries.needs import needs_of
from nap_builder.home.routes.blueprint import rooms
from nap_builder.home.routes.needs import shown
from nap_builder.kernel.access import requires
from nap_builder.kernel.access_table import lines
from nap_builder.kernel.actor import Role, actor
from nap_builder.kernel.languages import LazyString, _l
from nap_builder.kernel.web import page
from nap_builder.monitoring.queries.published import published_period
from nap_builder.plans.lifecycle import STATES
from nap_builder.publishing.queries import other_published, standing_version

MARKS: dict[str, LazyString] = {
    "y": _l("Yes"),
    "o": _l("Own"),
    "s": _l("Own"),
    "f": _l("Confirmed"),
    "2": _l("One of two"),
    "-": _l("No"),
}
ALL_ROLES: dict[Role, LazyString] = {Role.PUBLIC: _l("Everybody"), **ROLE_NAMES}


@rooms.get("/")
@requires("accounts.doors")
def front() -> str:
    """The public front page: what the plan is, and the plan itself where it is published."""
    version = standing_version()
    plan = version.plan if version else None
    given = {"progress": published_period(), "others": other_published(version), "states": STATES}
    return page("home/front.html", version=version, plan=plan, **given)


@rooms.get("/home")
@requires("home.read")
def home() -> str:
    """What needs this person now, what was done last, and the way to the plans."""
    who, plan, version = actor(), plan_at_work(), standing_version()
    return page(
        "home/home.html",
        needs=[shown(need) for need in needs_of(who, plan)],
        acts=last_acts(who, plan),
        plan_at_work=plan,
        places=places_of(who, plan),
        version=version,
        progress=published_period(),
        roles=[ROLE_NAMES[role] for role in Role if role in who.roles and role in ROLE_NAMES],
    )


@rooms.get("/help")
@requires("accounts.doors")
def help() -> str:  # noqa: A001 - the endpoint's name
    """How to sign in, whom to ask, what the keys do, and what is kept about a person."""
    return page("home/help.html", testing_ground=current_app.config["NAP"].demo)


@rooms.get("/help/access")
@requires("accounts.doors")
def access() -> str:
    """Who can do what: the rules that the program itself asks, as a table."""
    drawn = [(name, [line for line in lines() if line.room == room]) for room, name in ROOM_NAMES.items()]
    return page("home/access.html", roles=ALL_ROLES, groups=[group for group in drawn if group[1]], marks=MARKS)


ROOM_NAMES: dict[str, LazyString] = {
    "publishing": _l("The published plan"),
    "plans": _l("The working plan"),
    "readiness": _l("Readiness"),
    "starting": _l("Starting a plan"),
    "adoption": _l("Adopting a plan"),
    "commitments": _l("Commitments"),
    "consultations": _l("Consultation"),
    "monitoring": _l("Monitoring"),
    "reports": _l("Reports of a period"),
    "taskforce": _l("Institutions"),
    "support": _l("Support from outside"),
    "parliament": _l("Parliament"),
    "meetings": _l("Meetings and the process calendar"),
    "exchange": _l("Files"),
    "accounts": _l("Accounts"),
    "home": _l("Own pages"),
    "oversight": _l("Keeping watch"),
}
