"""What happened, for everybody: versions published, reports, drafts opened for comments, and answers given."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from nap_builder.api.queries import Open, consultations, public_versions, published_of
from nap_builder.consultations.queries.matrix import public_matrix
from nap_builder.consultations.queries.responses import answering_plans
from nap_builder.kernel.languages import _, day, words_in
from nap_builder.plans import reading
from nap_builder.plans.queries.versions import PUBLIC, frozen_document, records
from nap_builder.reports.names import KINDS
from nap_builder.reports.queries.reports import published_reports

MOST = 50
ADOPTION = "adoption"


@dataclass(frozen=True)
class Event:
    """One thing that happened, said in the language of now: `about` names it for good, `page` is the view to read."""

    about: str
    at: datetime
    title: str
    page: str
    parts: dict[str, Any]


def news() -> list[Event]:
    """What happened, the newest first; fifty things at most."""
    sources: tuple[Callable[[], Iterator[Event]], ...] = (_versions, _reports, _opened, _answered)
    found = [event for source in sources for event in source()]
    return sorted(found, key=lambda event: (event.at, event.about), reverse=True)[:MOST]


def _versions() -> Iterator[Event]:
    for newest in public_versions():
        plan, document = newest.plan, frozen_document(newest, PUBLIC)
        called = words_in(reading.said(document, document["plan"]["title"]))
        adopted = {record.version_id for record in records(plan) if record.gate == ADOPTION}
        for one in published_of(plan):
            number = one.version.number
            said = {"plan": called, "number": number}
            title = (
                _("Adopted: %(plan)s, version %(number)s", **said)
                if one.version_id in adopted
                else _("Published: %(plan)s, version %(number)s", **said)
            )
            parts = {"slug": plan.slug, "number": number}
            yield Event(f"publication:{one.key}", one.published_at, title, "publishing.frozen", parts)


def _reports() -> Iterator[Event]:
    for report in published_reports():
        if report.published_at is not None:
            until = report.period.ends
            title = _("%(kind)s to %(day)s", kind=KINDS[report.kind], day=day(until))
            parts = {"ends": until.isoformat(), "kind": report.kind}
            yield Event(f"report:{report.key}", report.published_at, title, "reports.report", parts)


def _opened() -> Iterator[Event]:
    for one in _readable():
        if one.row.opened_at is not None:
            title = _("Open for comments: %(title)s", title=words_in(one.row.title))
            yield Event(f"opened:{one.row.key}", one.row.opened_at, title, "consultations.asked", {"key": one.row.key})


def _answered() -> Iterator[Event]:
    """A consultation whose contributions have answers, on the day of the last one."""
    last: dict[str, date] = {}
    for plan in answering_plans():
        for line in public_matrix(plan):
            if line.answered_on is not None:
                last[line.source.key] = max(line.answered_on, last.get(line.source.key, line.answered_on))
    for one in _readable():
        if (answered := last.get(one.row.key)) is not None:
            title = _("Answers are published: %(title)s", title=words_in(one.row.title))
            at, key = datetime.combine(answered, time(), UTC), one.row.key
            yield Event(f"answered:{key}", at, title, "consultations.responses", {"key": key})


def _readable() -> list[Open]:
    return [one for one in consultations() if one.readable]
