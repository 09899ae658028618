"""The doors of the open data: read-only, for everybody, without a token."""

from typing import Any

from flask import Blueprint, Response, current_app

from nap_builder.api import openapi, queries
from nap_builder.api.answers import JSON, address, as_bytes, as_json, listed
from nap_builder.api.iati import activity_file
from nap_builder.api.measures import indicator_said, milestone_said, values_said
from nap_builder.api.queries import Stated
from nap_builder.api.rows import consultation_said, plan_said, report_said, version_said
from nap_builder.kernel.access import requires
from nap_builder.kernel.errors import Missing
from nap_builder.kernel.traceless import traceless
from nap_builder.plans.queries.versions import PUBLIC, frozen_bytes, frozen_document
from nap_builder.publishing.models import Publication
from nap_builder.publishing.policy import Opened
from nap_builder.publishing.queries import issued_of
from nap_builder.reports.models import Report
from nap_builder.reports.names import KINDS
from nap_builder.reports.queries.reports import published_report, published_reports

rooms = Blueprint("api", __name__, url_prefix=openapi.ROOT)
PLAN = "/plans/<slug:slug>"
VERSION = f"{PLAN}/versions/<int:number>"
INDICATOR = f"{PLAN}/indicators/<code:code>"
REPORT = f"/reports/<ends>/<any({', '.join(KINDS)}):kind>"


@rooms.get("")
@traceless
@requires("accounts.doors")
def start() -> Response:
    """What there is, and where."""
    lists = ("plans", "consultations", "reports")
    return as_json({**{name: address(f"api.{name}") for name in lists}, "openapi": address("api.described")})


@rooms.get("/openapi.json")
@traceless
@requires("accounts.doors")
def described() -> Response:
    """The description of all of this, for programs (OpenAPI 3.1)."""
    return as_json(openapi.document(address("api.start").removesuffix(openapi.ROOT)))


@rooms.get("/plans")
@traceless
@requires("accounts.doors")
def plans() -> Response:
    """The plans with a published version: the one that stands first."""
    found = [Opened(version, published=True) for version in queries.public_versions()]
    return listed(found, plan_said, "api.plans")


@rooms.get(PLAN)
@traceless
@requires("publishing.plan.read", on=queries.public_plan)
def plan(opened: Opened) -> Response:
    """One plan."""
    return as_json(plan_said(opened))


@rooms.get(f"{PLAN}/versions")
@traceless
@requires("publishing.plan.read", on=queries.public_plan)
def versions(opened: Opened) -> Response:
    """The published versions of a plan, the newest first."""
    found = queries.published_of(opened.plan)
    issued = issued_of([one.version for one in found])

    def said(one: Publication) -> dict[str, Any]:
        return version_said(one, issued[one.version_id])

    return listed(found, said, "api.versions", slug=opened.plan.slug)


@rooms.get(VERSION)
@traceless
@requires("publishing.plan.read", on=queries.public_version)
def version(opened: Opened) -> Response:
    """One published version."""
    one = next(one for one in queries.published_of(opened.plan) if one.version_id == opened.version.id)
    return as_json(version_said(one, issued_of([opened.version])[opened.version.id]))


@rooms.get(f"{VERSION}/nap-plan.json")
@traceless
@requires("publishing.plan.read", on=queries.public_version)
def nap_plan(opened: Opened) -> Response:
    """The bytes of a version as they were frozen for the public: its SHA-256 is the one that is printed."""
    return as_bytes(frozen_bytes(opened.version, PUBLIC), JSON)


@rooms.get(f"{PLAN}/indicators")
@traceless
@requires("publishing.plan.read", on=queries.public_plan)
def indicators(opened: Opened) -> Response:
    """The indicators of a plan's newest published version, and how each stands by what is published."""
    slug, sheet = opened.plan.slug, queries.figures_of(opened.plan)

    def said(one: Stated) -> dict[str, Any]:
        return indicator_said(one, slug, sheet)

    return listed(queries.indicators_of(opened.version), said, "api.indicators", slug=slug)


@rooms.get(INDICATOR)
@traceless
@requires("publishing.plan.read", on=queries.public_plan)
def indicator(opened: Opened, code: str) -> Response:
    """One indicator."""
    one = queries.indicator_of(opened.version, code)
    return as_json(indicator_said(one, opened.plan.slug, queries.figures_of(opened.plan)))


@rooms.get(f"{PLAN}/values")
@traceless
@requires("publishing.plan.read", on=queries.public_plan)
def values(opened: Opened) -> Response:
    """The published figures of all indicators of a plan."""
    found = _values(opened, queries.indicators_of(opened.version))
    return listed(found, dict, "api.values", slug=opened.plan.slug)


@rooms.get(f"{INDICATOR}/values")
@traceless
@requires("publishing.plan.read", on=queries.public_plan)
def indicator_values(opened: Opened, code: str) -> Response:
    """The published figures of one indicator."""
    found = _values(opened, [queries.indicator_of(opened.version, code)])
    return listed(found, dict, "api.indicator_values", slug=opened.plan.slug, code=code)


def _values(opened: Opened, some: list[Stated]) -> list[dict[str, Any]]:
    sheet = queries.figures_of(opened.plan)
    return [value for one in some for value in values_said(queries.measured(sheet, one))]


@rooms.get(f"{PLAN}/milestones")
@traceless
@requires("publishing.plan.read", on=queries.public_plan)
def milestones(opened: Opened) -> Response:
    """The milestones of a plan's newest published version, and which of them are met by what is published."""
    marks = queries.marks_of(opened.plan)

    def said(one: Stated) -> dict[str, Any]:
        return milestone_said(one, marks.get(one.key))

    return listed(queries.milestones_of(opened.version), said, "api.milestones", slug=opened.plan.slug)


@rooms.get(f"{PLAN}/iati.xml")
@traceless
@requires("publishing.plan.read", on=queries.public_plan)
def iati(opened: Opened) -> Response:
    """The results framework as IATI 2.03, once the installation is given the State's identifier (`NAP_IATI_ORG`)."""
    org = current_app.config["NAP"].iati_org
    if org is None:
        raise Missing
    document = frozen_document(opened.version, PUBLIC)
    return as_bytes(activity_file(org, document, queries.figures_of(opened.plan)), openapi.XML)


@rooms.get("/consultations")
@traceless
@requires("accounts.doors")
def consultations() -> Response:
    """The consultations that everybody may know of: open ones first."""
    return listed(queries.consultations(), consultation_said, "api.consultations")


@rooms.get("/consultations/<key:key>")
@traceless
@requires("accounts.doors")
def consultation(key: str) -> Response:
    """One consultation."""
    return as_json(consultation_said(queries.consultation_at(key)))


@rooms.get("/reports")
@traceless
@requires("accounts.doors")
def reports() -> Response:
    """The published reports, those of the newest period first."""
    return listed(published_reports(), report_said, "api.reports")


@rooms.get(REPORT)
@traceless
@requires("reports.report.read", on=published_report)
def report(report: Report) -> Response:
    """One published report."""
    return as_json(report_said(report))
