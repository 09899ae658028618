"""What a plan has to stand on: its champion, and the machinery's posts and budget."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from nap_builder.kernel.database import db, one
from nap_builder.taskforce.machinery.models import KINDS, Champion, MachineryBudget, MachineryPost


@dataclass(frozen=True)
class Machinery:
    """The champion (None while there is none), the posts as they were added, the budget by year, the newest first."""

    champion: Champion | None
    posts: tuple[MachineryPost, ...]
    budgets: tuple[MachineryBudget, ...]

    @property
    def filled(self) -> int:
        """How many posts are filled."""
        return sum(post.filled for post in self.posts)

    @property
    def vacant(self) -> int:
        """How many posts are vacant."""
        return sum(post.vacant for post in self.posts)


def machinery_of(plan_id: int) -> Machinery:
    """All of it, for a plan by its row id; three statements."""
    posts = select(MachineryPost).where(MachineryPost.plan_id == plan_id).order_by(MachineryPost.id)
    budgets = select(MachineryBudget).where(MachineryBudget.plan_id == plan_id)
    return Machinery(
        db.session.scalar(select(Champion).where(Champion.plan_id == plan_id)),
        tuple(db.session.scalars(posts)),
        tuple(db.session.scalars(budgets.order_by(MachineryBudget.year.desc(), MachineryBudget.id))),
    )


def row_of(plan_id: int, kind: str, key: str) -> Any:
    """A row of a kind (champion, post or budget) of a plan. Raises Missing."""
    model = KINDS[kind]
    return one(select(model).where(model.plan_id == plan_id, model.key == key))
