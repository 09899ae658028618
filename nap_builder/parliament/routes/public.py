"""The page for parliament: one address that stays, with the plan, what changed in it, and what one may ask."""

from flask import g

from nap_builder.kernel.access import requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.addresses import public_address
from nap_builder.kernel.clock import today
from nap_builder.kernel.languages import read_first, tag
from nap_builder.kernel.web import page
from nap_builder.monitoring.queries.published import published_period
from nap_builder.parliament.names import KINDS, LOOKS, REFERENCES, STANDINGS
from nap_builder.parliament.queries import brief as queries
from nap_builder.parliament.queries.record import in_the_house
from nap_builder.parliament.routes.blueprint import rooms
from nap_builder.plans import reading
from nap_builder.publishing.queries import issued_of, publications, standing_version
from nap_builder.reports.queries.reports import any_published

MOST_CODES = 8  # that a question names one by one
MOST_SHOWN = 5  # entries of the record that stand open


@rooms.get("/parliament")
@requires("publishing.plan.read")
def parliament() -> str:
    """What is published now, for who debates it; before anything is, when it will stand here."""
    g.personal = actor().signed_in
    version = standing_version()
    if version is None:
        return page("parliament/parliament.html", version=None)
    brief = queries.brief_of(version, tag())
    read_first(reading.first_language(brief.document))
    return page(
        "parliament/parliament.html",
        version=version,
        plan=version.plan,
        brief=brief,
        reading=reading,
        changes=queries.changes_of(version),
        issued=sorted(issued_of([version])[version.id], key=lambda one: one.language != tag()),
        published_at=next(one.published_at for one in publications(version.plan) if one.version_id == version.id),
        progress=published_period(),
        reports=any_published(version.plan.id),
        most=MOST_CODES,
        house=in_the_house(version.plan),
        shown=MOST_SHOWN,
        linked={row["code"] for row, _above in reading.activities(brief.document)},
        today=today(version.plan.timezone),
        kinds=KINDS,
        looks=LOOKS,
        standings=STANDINGS,
        references=REFERENCES,
        address=public_address(tag(), "parliament"),
    )
