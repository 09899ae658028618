"""The response matrix: what was said, and what became of it, as far as its reader may know.

Nothing here reads comments: only what a person accepted for publication is a contribution.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from nap_builder.consultations.attribution import name_shown
from nap_builder.consultations.models.contributions import Contribution, ContributionGroup
from nap_builder.consultations.models.records import Consultation
from nap_builder.consultations.names import ANSWER_DAYS
from nap_builder.consultations.queries.contributions import contributions
from nap_builder.consultations.queries.organisations import names_without_consent
from nap_builder.consultations.queries.pointed import Document, Place, Places, places_for_all, places_for_staff
from nap_builder.consultations.queries.records import sees_where
from nap_builder.kernel.clock import today
from nap_builder.kernel.database import db
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.names import THEMES
from nap_builder.taskforce.models import Institution

Words = Mapping[str, str]
WITHDRAWN, HIDDEN = "withdrawn", "hidden"
UNANSWERED = "unanswered"
NO_THEME = ""


@dataclass(frozen=True)
class Entry:
    """One contribution as its reader may see it. One with a `marker` says nothing, but that and why it is gone.

    `days` tells how long it has waited for an answer; None where it has one, or needs none.
    """

    key: str
    code: str
    text: Words
    language: str | None
    by: str
    attribution: str
    channel: str | None
    held_on: date | None
    entered_on: date | None
    marker: str
    because: Words | None
    days: int | None


@dataclass(frozen=True)
class Source:
    """The consultation in which something was said: where it is not for the reader to know, it has no title."""

    key: str
    code: str
    title: Words | None
    kind: str


@dataclass(frozen=True)
class Line:
    """A row of the matrix: a contribution, or those of a group that were answered alike, and the answer.

    Unanswered, `decision` is empty; `asked` then names the institution that is to draft the answer, where it is for
    the reader to know, and `drafted` tells that a draft waits to be published.
    """

    key: str
    group: str
    title: Words | None
    entries: tuple[Entry, ...]
    where: tuple[Place, ...]
    source: Source
    theme: str
    decision: str
    reason: Words | None
    changed: tuple[Place, ...]
    answered_by: Words | None
    answered_on: date | None
    asked: Words | None = None
    drafted: bool = False

    @property
    def days(self) -> int | None:
        """How long the one that waits longest has waited."""
        return max((one.days for one in self.entries if one.days is not None), default=None)

    @property
    def is_late(self) -> bool:
        """Whether one of them has waited longer than it should."""
        return self.days is not None and self.days > ANSWER_DAYS


@dataclass(frozen=True)
class Sum:
    """How much was said on one theme, and how much of it met each decision; of the whole, the theme is None."""

    theme: str | None
    said: int
    decisions: Mapping[str, int]


@dataclass(frozen=True)
class Wanted:
    """What of the matrix is asked for; empty for all."""

    theme: str | None = None
    decision: str | None = None
    late: bool = False
    consultation: str | None = None

    def takes(self, line: Line) -> bool:
        """Whether a row is among what is asked for."""
        return (
            (self.theme is None or line.theme == self.theme)
            and (self.decision is None or (line.decision or UNANSWERED) == self.decision)
            and (not self.late or line.is_late)
            and (self.consultation is None or line.source.key == self.consultation)
        )


def matrix(plan: Plan) -> list[Line]:
    """The matrix of a plan for who acts now, as staff."""
    found = contributions(plan)
    places = places_for_staff(plan, {one.consultation for one in found})
    return _Reach(plan, places, public=False).lines(found)


def public_matrix(plan: Plan, shown: Document | None = None) -> list[Line]:
    """The matrix of a plan for everybody, whoever asks; `shown` is the version beside which it is to stand."""
    query = select(Contribution).join(Contribution.consultation).options(contains_eager(Contribution.consultation))
    query = query.options(joinedload(Contribution.asked)).where(
        Contribution.plan_id == plan.id,
        Contribution.archived_at.is_(None),
        Contribution.attribution != "steward",
        Consultation.archived_at.is_(None),
        Consultation.visibility == "public",
    )
    found = db.session.scalars(query.order_by(Consultation.starts, Consultation.id, Contribution.position)).all()
    return _Reach(plan, places_for_all(plan, {one.consultation for one in found}, shown), public=True).lines(found)


def sums(lines: Iterable[Line]) -> list[Sum]:
    """How much was said and decided by theme, in the order of the themes; the whole comes last.

    What was withdrawn is not counted, and what is hidden not among the decisions.
    """
    said: Counter[str] = Counter()
    decided: dict[str, Counter[str]] = {}
    for line in lines:
        said[line.theme] += sum(one.marker != WITHDRAWN for one in line.entries)
        answered = [one for one in line.entries if not one.marker]
        decided.setdefault(line.theme, Counter())[line.decision or UNANSWERED] += len(answered)
    found = [Sum(theme, said[theme], dict(decided[theme])) for theme in (*THEMES, NO_THEME) if theme in said]
    whole = sum((Counter(one.decisions) for one in found), Counter[str]())
    return [*found, Sum(None, said.total(), dict(whole))] if found else []


def as_data(rows: Iterable[Any]) -> list[dict[str, Any]]:
    """Rows of this module as JSON can hold them, days as YYYY-MM-DD."""
    data: list[dict[str, Any]] = json.loads(json.dumps([asdict(row) for row in rows], default=date.isoformat))
    return data


class _Reach:
    """Makes rows of contributions, with no more in them than a reader may know."""

    def __init__(self, plan: Plan, places: Places, *, public: bool) -> None:
        self._places, self._public = places, public
        self._today = today(plan.timezone)
        query = select(ContributionGroup.code, ContributionGroup.title).where(ContributionGroup.plan_id == plan.id)
        self._groups = {row.code: row.title for row in db.session.execute(query)}
        self._bodies = {body.code: body.name for body in db.session.scalars(select(Institution))}
        self._unnamed = names_without_consent()

    def lines(self, found: Sequence[Contribution]) -> list[Line]:
        together: dict[tuple[str, ...], list[Contribution]] = {}
        for one in found:
            together.setdefault(_alike(one), []).append(one)
        order = {theme: place for place, theme in enumerate((*THEMES, NO_THEME))}
        return sorted(map(self._line, together.values()), key=lambda line: order.get(line.theme, len(order)))

    def _line(self, some: list[Contribution]) -> Line:
        first, refs = some[0], dict.fromkeys(ref for one in some for ref in one.about or ())
        answer = first.response or {}
        version = first.consultation.version
        on = answer.get("on")
        return Line(
            key=first.key,
            group=first.group or "",
            title=self._groups.get(first.group or ""),
            entries=tuple(map(self._entry, some)),
            where=self._places.of(refs, version),
            source=self._source(first.consultation),
            theme=first.theme if first.theme in THEMES else NO_THEME,
            decision=answer.get("decision", ""),
            reason=answer.get("text"),
            changed=self._places.of(answer.get("changed")),
            answered_by=self._named(answer.get("by")),
            answered_on=date.fromisoformat(on) if on else None,
            asked=first.asked.name if first.asked and not answer and not self._public else None,
            drafted=bool(first.draft) and not answer and not self._public,
        )

    def _entry(self, one: Contribution) -> Entry:
        sees = self._sees(one.consultation)
        gone = not one.shown
        day = one.entered_on or one.held_on
        waits = None if gone or one.response or day is None else max((self._today - day).days, 0)
        return Entry(
            key=one.key,
            code=one.code,
            text={} if gone else dict(one.text),
            language=None if gone else one.language,
            by="" if gone else name_shown(one, sees_where=sees, public=self._public, unnamed=self._unnamed),
            attribution="anonymous" if gone else one.attribution,
            channel=one.channel,
            held_on=one.held_on if sees else None,
            entered_on=one.entered_on if sees else None,
            marker=(WITHDRAWN if one.withdrawn else HIDDEN) if gone else "",
            because=one.hidden_because,
            days=waits if sees else None,
        )

    def _source(self, consultation: Consultation) -> Source:
        title = consultation.title if self._sees(consultation) else None
        return Source(consultation.key, consultation.code, title, consultation.kind)

    def _sees(self, consultation: Consultation) -> bool:
        return not consultation.hides_where if self._public else sees_where(consultation)

    def _named(self, code: str | None) -> Words | None:
        return None if code is None else self._bodies.get(code, {"en": code})


def _alike(one: Contribution) -> tuple[str, ...]:
    """What the members of one row have in common; a contribution outside any group stands alone."""
    if not one.group:
        return (one.key,)
    return ("", one.group, str(one.consultation_id), one.theme or "", json.dumps(one.response, sort_keys=True))
