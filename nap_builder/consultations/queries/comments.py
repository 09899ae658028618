"""Comments that wait to be looked at. Only moderation, the receipt and the steward read the table of comments."""

import re
from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import joinedload

from nap_builder.consultations.models.comments import Comment
from nap_builder.consultations.models.contributions import Contribution
from nap_builder.consultations.models.records import Consultation
from nap_builder.consultations.names import WAITING
from nap_builder.kernel.database import db, one
from nap_builder.kernel.errors import Missing
from nap_builder.kernel.languages import folded
from nap_builder.plans.models.plan import Plan

MOST_AT_ONCE = 60  # comments on one page; those drawn after them follow when these are decided
WORD = re.compile(r"\w+")
ALIKE = 0.8  # the share of words from which two comments say nearly the same


def waiting_comments(plan: Plan) -> Sequence[Comment]:
    """The comments of a plan that wait, as many as a page holds, in the order of their lots, which tells nothing."""
    query = select(Comment).where(_waits(plan)).options(joinedload(Comment.consultation))
    return db.session.scalars(query.order_by(Comment.id).limit(MOST_AT_ONCE)).all()


def count_waiting(plan: Plan) -> int:
    """How many comments of a plan wait."""
    return db.session.scalar(select(func.count()).select_from(Comment).where(_waits(plan))) or 0


def comment_at(slug: str, key: str) -> Comment:
    """A comment of a plan that is not sealed, decided or not. Raises Missing."""
    query = select(Comment).join(Plan, Plan.id == Comment.plan_id).options(joinedload(Comment.consultation))
    return one(query.where(Plan.slug == slug, Comment.key == key, _open_to_moderators()))


def waiting_comment_at(slug: str, key: str) -> Comment:
    """A comment that waits. Raises Missing."""
    query = select(Comment).join(Plan, Plan.id == Comment.plan_id).options(joinedload(Comment.consultation))
    return one(query.where(Plan.slug == slug, Comment.key == key, Comment.state == WAITING, _open_to_moderators()))


def picture_at(slug: str, key: str) -> Comment:
    """A comment with which a picture came. Raises Missing."""
    found = comment_at(slug, key)
    if found.stored_as is None:
        raise Missing
    return found


def with_picture(contribution: Contribution) -> Comment | None:
    """The comment that a contribution came from, if a picture came with it."""
    same = (Comment.contribution_id == contribution.id, Comment.stored_as.is_not(None))
    return db.session.scalars(select(Comment).where(*same)).first()


def ticked_comments(plan: Plan, keys: Sequence[str]) -> Sequence[Comment]:
    """Those of the comments with these keys that still wait, in the order of their lots."""
    keys = [key for key in keys if key.isprintable()]  # no key holds a NUL, which PostgreSQL cannot compare
    query = select(Comment).where(_waits(plan), Comment.key.in_(keys)).options(joinedload(Comment.consultation))
    return db.session.scalars(query.order_by(Comment.id)).all()


def side_by_side(comments: Sequence[Comment]) -> list[list[Comment]]:
    """The comments with those that say nearly the same put together, each group where its first stands.

    Two are alike by the share of their words that both have; comparing letter by letter would let a flood of long
    comments hold the page up.
    """
    words = [frozenset(WORD.findall(folded(comment.text or ""))) for comment in comments]
    groups: list[list[int]] = []
    for place, said in enumerate(words):
        home = next((group for group in groups if _alike(words[group[0]], said)), None)
        if home is None:
            groups.append([place])
        else:
            home.append(place)
    return [[comments[place] for place in group] for group in groups]


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    both = len(one | other)
    return both > 0 and len(one & other) / both >= ALIKE


def _waits(plan: Plan) -> ColumnElement[bool]:
    living = select(Consultation.id).where(Consultation.plan_id == plan.id, Consultation.archived_at.is_(None))
    of_plan = (Comment.plan_id == plan.id, Comment.consultation_id.in_(living))
    return and_(*of_plan, Comment.state == WAITING, _open_to_moderators())


def _open_to_moderators() -> ColumnElement[bool]:
    """What is for the steward alone is in no moderator's sight, sealed or not."""
    return and_(Comment.sealed.is_(None), Comment.attribution != "steward")
