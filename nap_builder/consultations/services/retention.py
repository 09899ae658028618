"""What is destroyed once it has been kept long enough, and what is erased on request (security study 3.6).

A confidential comment is kept for 90 days after the steward settled it, a receipt for 30 days more; the receipt of an
answered comment as long after its answer. A clock that jumped must destroy nothing: after a gap of more than a day
nothing is destroyed until a person says which day it is. A clock that goes back brings nothing back, and waits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Engine, and_, or_, select

from nap_builder.consultations.events.sealed import DAY_CONFIRMED, DESTROYED, NAME_ERASED, WORDS_ERASED
from nap_builder.consultations.models.comments import Comment, Erasure, RetentionRun
from nap_builder.consultations.models.contributions import GONE, Contribution
from nap_builder.consultations.names import WAITING
from nap_builder.consultations.services.withdrawing import drop_picture, remember_erasure
from nap_builder.kernel.actor import INSTALLATION, Actor
from nap_builder.kernel.audit import record
from nap_builder.kernel.clock import today
from nap_builder.kernel.database import db, erasing

SEALED_FOR, RECEIPT_FOR = timedelta(days=90), timedelta(days=120)
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Due:
    """What has been kept long enough on a day."""

    sealed: Sequence[Comment]
    receipts: Sequence[Comment]

    def __bool__(self) -> bool:
        return bool(self.sealed or self.receipts)


def due_on(day: date) -> Due:
    """What is to be destroyed on a day: sealed words, and receipts."""
    sealed = select(Comment).where(Comment.sealed.is_not(None), Comment.settled_on <= day - SEALED_FOR)
    receipts = (
        select(Comment)
        .outerjoin(Contribution, Contribution.id == Comment.contribution_id)
        .where(Comment.receipt.is_not(None), Comment.state != WAITING)
        .where(
            or_(
                and_(Comment.settled_on.is_not(None), Comment.settled_on <= day - RECEIPT_FOR),
                Contribution.response["on"].as_string() <= (day - RECEIPT_FOR).isoformat(),
            )
        )
    )
    return Due(db.session.scalars(sealed).all(), db.session.scalars(receipts).all())


def asks_for_the_day() -> bool:
    """Whether something would be destroyed, and the clock jumped, so that a person has to say which day it is."""
    day, last = today(), _last_run()
    return last is not None and day - last.ran_on > A_DAY and bool(due_on(day))


def destroy_what_is_due() -> Due:
    """Destroys what has been kept long enough, within the open transaction. It may run twice."""
    day, last = today(), _last_run()
    if last is None:
        db.session.add(RetentionRun(ran_on=day))
        return Due((), ())
    due = due_on(day)
    if day < last.ran_on or (day - last.ran_on > A_DAY and due):
        return Due((), ())
    last.ran_on = day
    for comment in due.sealed:
        comment.sealed = None
    for comment in due.receipts:
        comment.receipt = None
    if due:
        erasing()
        record(DESTROYED, INSTALLATION, last, sealed=len(due.sealed), receipts=len(due.receipts))
    return due


def confirm_the_day(who: Actor) -> None:
    """Takes today, as the clock says, for the right day; what is due is then destroyed at the next look."""
    day, last = today(), _last_run()
    if last is None:
        last = RetentionRun(ran_on=day)
        db.session.add(last)
    last.ran_on = day
    record(DAY_CONFIRMED, who, last, day=day.isoformat())


def erase_name(who: Actor, contribution: Contribution) -> None:
    """Erases the name with a contribution; its words stay, without a name."""
    contribution.by, contribution.attribution = None, "anonymous"
    erasing()
    record(NAME_ERASED, who, contribution, code=contribution.code)


def erase_words(who: Actor, contribution: Contribution) -> None:
    """Erases a contribution's words and name, and a picture that came along. Its code, and that it was there, stay; the
    same is done in old copies.
    """
    contribution.forget()
    for comment in db.session.scalars(select(Comment).where(Comment.contribution_id == contribution.id)):
        drop_picture(comment)
    erasing()
    remember_erasure(contribution, today(contribution.plan.timezone))
    record(WORDS_ERASED, who, contribution, code=contribution.code)


def erased() -> list[str]:
    """The keys of the contributions whose words were erased here."""
    return list(db.session.scalars(select(Erasure.key)))


def forget_in(engine: Engine, keys: Sequence[str]) -> int:
    """Erases in an older copy of the database, restored from a backup, what was erased since; says how many rows."""
    table = Contribution.__table__
    with engine.begin() as connection:
        found = connection.execute(select(Contribution.id, Contribution.text).where(Contribution.key.in_(keys))).all()
        for row, text in found:
            gone = {"said_by": None, "proposed": None, "draft": None, "withdrawn": True, "attribution": "anonymous"}
            values = {**gone, "text": dict.fromkeys(text, GONE)}
            connection.execute(table.update().where(table.c.id == row).values(values))  # type: ignore[attr-defined]
    return len(found)


def _last_run() -> RetentionRun | None:
    return db.session.scalars(select(RetentionRun).order_by(RetentionRun.id)).first()
