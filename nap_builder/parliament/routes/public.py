"""The page for parliament: one address that stays, with the plan, what changed in it, and what one may ask."""

from typing import Any

from flask import Response, g, request

from nap_builder.kernel import storage
from nap_builder.kernel.access import can, requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.addresses import public_address
from nap_builder.kernel.clock import today
from nap_builder.kernel.languages import read_first, tag
from nap_builder.kernel.web import page, see_other
from nap_builder.monitoring.queries.published import published_period
from nap_builder.parliament.models import HouseEntry
from nap_builder.parliament.names import KINDS, LOOKS, REFERENCES, STANDINGS
from nap_builder.parliament.queries import brief as queries
from nap_builder.parliament.queries.record import in_the_house, tabled_at, version_of
from nap_builder.parliament.queries.record import tabled as under_embargo
from nap_builder.parliament.routes.blueprint import rooms
from nap_builder.plans import reading
from nap_builder.plans.models.versions import PlanVersion
from nap_builder.plans.queries.versions import PUBLIC
from nap_builder.publishing.edition import PDF, which_of
from nap_builder.publishing.offered import offered
from nap_builder.publishing.queries import issued, issued_of, open_editions, publications, standing_version
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
        return page("parliament/parliament.html", version=None, tabled=_tabled())
    brief = queries.brief_of(version, tag())
    read_first(reading.first_language(brief.document))
    return page(
        "parliament/parliament.html",
        version=version,
        standing=True,
        tabled=_tabled(),
        plan=version.plan,
        brief=brief,
        reading=reading,
        changes=queries.changes_of(version),
        issued=_issued(version),
        editions=[one for one in open_editions(version) if one.language == tag()],
        which_of=which_of,
        files=offered([version], tag())[version.id],
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


@rooms.get("/parliament/tabled/<key:key>")
@requires("parliament.tabled.read", on=tabled_at)
def tabled(entry: HouseEntry) -> str:
    """A version that was tabled under embargo, for those who may read it before everybody does."""
    g.personal = True
    version = version_of(entry)
    brief = queries.brief_of(version, tag())
    read_first(reading.first_language(brief.document))
    return page(
        "parliament/tabled.html",
        plan=entry.plan,
        entry=entry,
        version=version,
        brief=brief,
        reading=reading,
        standing=False,
        issued=_issued(version),
        over=entry.embargoed_until is not None and entry.embargoed_until < today(entry.plan.timezone),
        most=MOST_CODES,
    )


@rooms.get("/parliament/tabled/<key:key>.pdf")
@requires("parliament.tabled.read", on=tabled_at)
def tabled_pdf(entry: HouseEntry) -> Any:
    """Its PDF in a language; while it is not made, the page that says so."""
    g.personal = True
    version, language = version_of(entry), request.args.get("written_in") or entry.plan.first_language
    document = issued(version, kind=PDF, profile=PUBLIC, language=language)
    if document is None or not storage.exists(document.stored_as):
        return see_other("parliament.tabled", key=entry.key)
    answer = Response(storage.get(document.stored_as), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{entry.plan.slug}-v{version.number}-{language}.pdf"'
    return answer


def _tabled() -> list[HouseEntry]:
    """What is tabled under embargo, for those who may read it."""
    return [entry for entry in under_embargo() if can("parliament.tabled.read", entry)]


def _issued(version: PlanVersion) -> list[Any]:
    """The public PDFs of a version, that in the reader's language first."""
    return sorted(issued_of([version])[version.id], key=lambda one: one.language != tag())
