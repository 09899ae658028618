"""Taking back what was said: the words go, a marker stays. What a withdrawn contribution holds is decided here."""

from datetime import date

from sqlalchemy import func, select

from nap_builder.consultations.models.comments import Comment, Erasure
from nap_builder.consultations.models.contributions import Contribution
from nap_builder.consultations.names import WITHDRAWN
from nap_builder.kernel import storage
from nap_builder.kernel.clock import today
from nap_builder.kernel.database import db, erasing


def withdraw(comment: Comment) -> None:
    """Withdraws a comment, and what was published of it. Once more changes nothing. No act is recorded, since the
    trail would tell when the holder of the receipt came back.
    """
    if comment.state == WITHDRAWN:
        return
    empty(comment)
    day = today(comment.plan.timezone)
    comment.state, comment.reason, comment.reply, comment.settled_on = WITHDRAWN, None, None, day
    if comment.contribution is not None:
        remember_erasure(comment.contribution, day)
        comment.contribution.forget()


def remember_erasure(contribution: Contribution, day: date) -> None:
    """Keeps the key of a contribution whose words are gone, so that older copies and files forget them too."""
    if db.session.scalar(select(Erasure).where(Erasure.key == contribution.key)) is None:
        db.session.add(Erasure(key=contribution.key, erased_on=day))


def empty(comment: Comment) -> None:
    """Takes out of a comment all that a person wrote or sent; its state is for who calls to set."""
    comment.text, comment.proposed, comment.name, comment.sealed = None, None, None, None
    drop_picture(comment)
    erasing()


def drop_picture(comment: Comment) -> None:
    """Takes the picture from a comment."""
    kept_as, comment.stored_as = comment.stored_as, None
    if kept_as is not None:
        db.session.flush()
        forget_file(kept_as)


def forget_file(kept_as: str) -> None:
    """Deletes the file of a picture, if no comment holds it: two that send the same one share its file."""
    if not db.session.scalar(select(func.count()).where(Comment.stored_as == kept_as)):
        storage.delete(kept_as)
