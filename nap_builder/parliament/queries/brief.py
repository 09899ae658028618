"""What parliament is told of the published plan, drawn from the plan's own words and figures and from nothing else."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nap_builder.plans import reading
from nap_builder.plans.comparison import compare
from nap_builder.plans.models.versions import PlanVersion
from nap_builder.plans.queries.versions import PUBLIC, frozen_document, record_of
from nap_builder.publishing.compose.money import Ledger
from nap_builder.publishing.compose.source import Source, activities_of, indicators_of
from nap_builder.publishing.edition import Edition
from nap_builder.publishing.queries import publications

GAP = "gap"

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Brief:
    """A published version in one minute. `cost` and `missing` are amounts in words of the language, empty for nothing.

    `unfunded` are the activities with money that is missing, `uncosted` those without any; `unmeasured` the codes of
    the indicators without a baseline; `open_checks` how many checks were open at its gate, None without one.
    """

    document: Row
    pillars: tuple[Any, ...]
    activities: int
    leads: int
    cost: str
    missing: str
    unfunded: tuple[Row, ...]
    uncosted: tuple[Row, ...]
    unmeasured: tuple[str, ...]
    open_checks: int | None


@dataclass(frozen=True)
class Changes:
    """How a version differs from the one published before: activities by what became of them, and paragraphs."""

    before: PlanVersion
    activities: Mapping[str, int]
    paragraphs: int


def brief_of(version: PlanVersion, language: str) -> Brief:
    """What a member of parliament can read of a version in one minute, and may want to ask."""
    document = frozen_document(version, PUBLIC)
    source = Source(document, Edition(lang=language, draft=False, dated=version.frozen_at))
    ledger = Ledger(source)
    below = list(reading.activities(document)) if "pillars" in document else []
    rows = [row for pillar in source.pillars for row in activities_of(pillar)]
    gap = ledger.sum(state=GAP)
    record = record_of(version)
    return Brief(
        document=document,
        pillars=tuple(pillar["title"] for pillar in document.get("pillars", ())),
        activities=len(rows),
        leads=len({lead for row, above in below if (lead := reading.lead_of(row, above))}),
        cost=ledger.in_words(ledger.sum()) if ledger.lines else "",
        missing=ledger.in_words(gap) if gap else "",
        unfunded=tuple(row for row in rows if any(line.state == GAP for line in ledger.of_activity(row))),
        uncosted=tuple(row for row in rows if not ledger.of_activity(row)),
        unmeasured=tuple(
            row["code"] for pillar in source.pillars for row in indicators_of(pillar) if "baseline" not in row
        ),
        open_checks=sum(one["result"] == "open" for one in record.public_checks) if record else None,
    )


def changes_of(version: PlanVersion) -> Changes | None:
    """What changed since the version that was published before this one; None for the first."""
    public = {one.version.number: one.version for one in publications(version.plan) if one.withdrawn_at is None}
    earlier = [number for number in public if number < version.number]
    if not earlier:
        return None
    before = public[max(earlier)]
    found = compare(frozen_document(before, PUBLIC), frozen_document(version, PUBLIC))
    rows: Counter[str] = Counter(row.state for row in found.rows if row.kind == "activity")
    paragraphs = sum(one.state not in ("kept", "moved") for section in found.sections for one in section.paragraphs)
    return Changes(before, rows, paragraphs)
