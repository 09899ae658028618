"""What the data say of plans, versions, consultations and reports."""

from datetime import date, datetime
from typing import Any

from nap_builder.api.answers import Data, address, pages
from nap_builder.api.queries import Open
from nap_builder.consultations.queries.records import sees_where
from nap_builder.consultations.window import state_of
from nap_builder.plans import reading
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.versions import PUBLIC, frozen_document
from nap_builder.publishing.models import IssuedDocument, Publication
from nap_builder.publishing.policy import Opened
from nap_builder.reports.models import Report


def plan_said(opened: Opened) -> Data:
    """A plan, as its newest published version says it."""
    document, version = frozen_document(opened.version, PUBLIC), opened.version
    slug, facts = version.plan.slug, document["plan"]
    return {
        "slug": slug,
        "title": reading.said(document, facts["title"]),
        "country": facts["country"],
        "starts": facts["starts"],
        "ends": facts["ends"],
        "languages": facts["languages"],
        "version": version.number,
        "links": {
            "self": address("api.plan", slug=slug),
            "versions": address("api.versions", slug=slug),
            "nap_plan": address("api.nap_plan", slug=slug, number=version.number),
            "indicators": address("api.indicators", slug=slug),
            "values": address("api.values", slug=slug),
            "milestones": address("api.milestones", slug=slug),
            "pages": pages("publishing.published", slug=slug),
        },
    }


def version_said(published: Publication, issued: list[IssuedDocument]) -> Data:
    """A published version and the documents that were issued of it."""
    version, slug = published.version, published.version.plan.slug
    where: dict[str, Any] = {"slug": slug, "number": version.number}
    return {
        "plan": slug,
        "number": version.number,
        "frozen_at": moment(version.frozen_at),
        "published_at": moment(published.published_at),
        "sha256": version.public_sha256,
        "documents": [_document_said(one, version.plan, version.number) for one in issued],
        "links": {
            "self": address("api.version", **where),
            "nap_plan": address("api.nap_plan", **where),
            "pages": pages("publishing.frozen", **where),
        },
    }


def _document_said(one: IssuedDocument, plan: Plan, number: int) -> Data:
    where: dict[str, Any] = {"slug": plan.slug, "number": number, "written_in": one.language, "lang": "en"}
    return {
        "kind": one.kind,
        "language": one.language,
        "size": one.size,
        "pages": one.pages,
        "sha256": one.sha256,
        "href": address("publishing.version_pdf", **where),
    }


def consultation_said(one: Open) -> Data:
    """A consultation; what is announced only has no more than its announcement."""
    row, shows_where = one.row, sees_where(one.row)
    return {
        "key": row.key,
        "plan": row.plan.slug,
        "title": row.title,
        "kind": row.kind,
        "state": state_of(row),
        "starts": day(row.starts) if shows_where else None,
        "ends": day(row.ends) if shows_where else None,
        "place": row.place if shows_where else None,
        "contributions": one.said,
        "answered": one.answered,
        **_read_further(one),
        "links": {
            "self": address("api.consultation", key=row.key),
            "pages": pages("consultations.asked", key=row.key) if one.readable else {},
        },
    }


def _read_further(one: Open) -> Data:
    """What its own page says. Of people there are the numbers that may be shown; null is one that may not."""
    row = one.row
    further: Data = {
        "round": row.round,
        "with_whom": row.with_whom or [],
        "version": row.version if row.opened_at is not None else None,
        "participants": row.counts,
        "summary": row.summary,
        "agenda": row.agenda,
    }
    unread: Data = {**dict.fromkeys(further), "with_whom": [], "participants": {}}
    return further if one.readable else unread


def report_said(report: Report) -> Data:
    """A published report: the figures it was made of, and where it is read."""
    period = report.period
    where: dict[str, Any] = {"ends": period.ends.isoformat(), "kind": report.kind}
    return {
        "plan": report.plan.slug,
        "kind": report.kind,
        "period_starts": period.starts.isoformat(),
        "period_ends": period.ends.isoformat(),
        "judged_on": report.facts["on"],
        "published_at": moment(report.published_at),
        "languages": report.languages,
        "figures": report.facts["figures"],
        "links": {
            "self": address("api.report", **where),
            "pages": pages("reports.report", **where),
        },
    }


def day(value: date | None) -> str | None:
    """A day as YYYY-MM-DD."""
    return value.isoformat() if value else None


def moment(value: datetime | None) -> str | None:
    """A moment in UTC, as RFC 3339 writes it, to the second."""
    return f"{value:%Y-%m-%dT%H:%M:%SZ}" if value else None
