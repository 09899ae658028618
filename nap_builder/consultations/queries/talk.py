"""What was said about the rows of an open draft, as its readers are shown it.

Nothing here can be put into the order in which it came: of one day things stand by their keys, which are drawn by lot.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import func, select

from nap_builder.consultations.attribution import name_shown
from nap_builder.consultations.draft import Line
from nap_builder.consultations.models.comments import Comment
from nap_builder.consultations.models.contributions import Contribution
from nap_builder.consultations.models.records import Consultation
from nap_builder.consultations.names import REFUSED
from nap_builder.consultations.queries.organisations import names_without_consent
from nap_builder.consultations.queries.records import sees_where
from nap_builder.kernel.database import db

HIDDEN, GONE = "hidden", "withdrawn"


@dataclass(frozen=True)
class Marker:
    """The place of a comment that is not shown: `refused` or `hidden` with the reason, or `withdrawn`."""

    kind: str
    reason: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Talk:
    """What was said about one row: how many contributions are shown, how many are answered, which, newest first."""

    answered: int = 0
    shown: list[int] = field(default_factory=list)
    markers: list[Marker] = field(default_factory=list)


Talks = Mapping[str, Talk]


def talks(consultation: Consultation, lines: Iterable[Line]) -> dict[str, Talk]:
    """What was said about each of these rows, by its reference."""
    found: dict[str, Talk] = {line.ref: Talk() for line in lines if line.ref}
    named = {name: line.ref for line in lines for name in line.refs}
    for row in _said(consultation):
        for ref in dict.fromkeys(named[about] for about in row.about or () if about in named):
            _add(found[ref], row.id, answered=row.answered, withdrawn=row.withdrawn, because=row.because)
    for about, reason in _refused(consultation):
        if about in named:
            found[named[about]].markers.append(Marker(REFUSED, reason or {}))
    return found


def _add(talk: Talk, row: int, *, answered: bool, withdrawn: bool, because: Mapping[str, str] | None) -> None:
    if withdrawn:
        talk.markers.append(Marker(GONE))
    elif because is not None:
        talk.markers.append(Marker(HIDDEN, because))
    else:
        talk.shown.append(row)
        talk.answered += answered


def quoted(ids: Collection[int]) -> dict[int, Contribution]:
    """Contributions by row id."""
    if not ids:
        return {}
    return {row.id: row for row in db.session.scalars(select(Contribution).where(Contribution.id.in_(ids)))}


def said_by(contributions: Iterable[Contribution], consultation: Consultation) -> dict[int, str | None]:
    """Whose words they are, by row id, as far as it may be shown to everybody; None for nobody's name."""
    sees, unnamed = sees_where(consultation), names_without_consent()
    return {one.id: name_shown(one, sees_where=sees, public=True, unnamed=unnamed) or None for one in contributions}


@dataclass(frozen=True)
class _Row:
    id: int
    about: list[str] | None
    withdrawn: bool
    because: dict[str, str] | None
    answered: bool
    on: date | None


def _said(consultation: Consultation) -> list[_Row]:
    day = func.coalesce(Contribution.held_on, Contribution.entered_on)
    query = select(
        Contribution.id,
        Contribution.about,
        Contribution.withdrawn,
        Contribution.hidden_because,
        Contribution.response.is_not(None),
        day,
    ).where(
        Contribution.consultation_id == consultation.id,
        Contribution.archived_at.is_(None),
        Contribution.attribution != "steward",
    )
    rows = db.session.execute(query.order_by(day.desc(), Contribution.key))
    return [_Row(*row) for row in rows]


def _refused(consultation: Consultation) -> list[tuple[str, dict[str, str] | None]]:
    """Of comments that were not published what they were about and why, and nothing else."""
    query = select(Comment.about, Comment.reason).where(
        Comment.consultation_id == consultation.id,
        Comment.state == REFUSED,
        Comment.attribution != "steward",
        Comment.sealed.is_(None),
    )
    return list(db.session.execute(query.order_by(Comment.key)))
