"""What contributions are about: the sections, paragraphs and rows of a plan, by `kind:key`, with their titles."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from textwrap import shorten
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from nap_builder.kernel.actor import actor
from nap_builder.kernel.database import db
from nap_builder.kernel.languages import LazyString, _, _l, folded, words_in
from nap_builder.kernel.paragraphs import to_plain
from nap_builder.plans.models.framework import Activity, Objective, Pillar
from nap_builder.plans.models.measures import Indicator
from nap_builder.plans.models.narrative import Paragraph, Section
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.profiles import NUMBERED_PLACES
from nap_builder.plans.queries.framework import IN_PLAN_ORDER, readable
from nap_builder.plans.queries.plan import may_read

KINDS: dict[str, LazyString] = {
    "section": _l("Section"),
    "paragraph": _l("Paragraph"),
    "objective": _l("Objective"),
    "activity": _l("Activity"),
    "indicator": _l("Indicator"),
}
LONGEST_TITLE, READ_TO = 120, 400


@dataclass(frozen=True)
class Thing:
    """A part of the plan: its reference, its number or code, its title, and the key of its section, if it has one."""

    ref: str
    kind: str
    code: str
    title: str
    section: str = ""
    gone: bool = False

    @property
    def key(self) -> str:
        """The key within its kind."""
        return self.ref.partition(":")[2]


def things(plan: Plan) -> list[Thing]:
    """All that a contribution may be about, as far as who acts now may read it, the archived ones too, in order."""
    return [*_text(plan), *_rows(plan)]


def found_among(all_of_it: Sequence[Thing], sought: str, kind: str) -> list[Thing]:
    """Those that stand in the plan, of a kind (all when empty), whose number or title has the words sought."""
    words = folded(sought).split()
    return [
        one
        for one in all_of_it
        if not one.gone
        and (not kind or one.kind == kind)
        and all(word in folded(f"{one.code} {one.title}") for word in words)
    ]


def named(plan: Plan, references: Collection[str]) -> list[Thing]:
    """What these references name, in the plan's order; of what cannot be read, nothing."""
    return [one for one in things(plan) if one.ref in references] if references else []


def _text(plan: Plan) -> Iterator[Thing]:
    sections = select(Section).where(Section.plan_id == plan.id).order_by(Section.position, Section.id)
    paragraphs = select(Paragraph).where(Paragraph.plan_id == plan.id).order_by(Paragraph.position, Paragraph.id)
    inside: dict[int, list[Paragraph]] = {}
    for paragraph in db.session.scalars(paragraphs):
        inside.setdefault(paragraph.section_id, []).append(paragraph)
    number = 0
    for section in db.session.scalars(sections):
        shown = may_read(section)
        if shown:
            yield Thing(f"section:{section.key}", "section", "", words_in(section.title), section.key, _gone(section))
        for paragraph in inside.get(section.id, ()):
            counts = paragraph.kind == "paragraph" and section.place in NUMBERED_PLACES
            gone = _gone(section) or _gone(paragraph)
            number += counts and not gone
            if shown and paragraph.kind != "heading":
                code = str(number) if counts and not gone else ""
                title = words_in(paragraph.text)[:READ_TO]
                yield Thing(f"paragraph:{paragraph.key}", "paragraph", code, title, section.key, gone)


def _rows(plan: Plan) -> Iterator[Thing]:
    objectives = select(Objective).join(Pillar, Pillar.id == Objective.pillar_id).where(Objective.plan_id == plan.id)
    activities = select(Activity).join(Activity.pillar).outerjoin(Activity.objective).outerjoin(Activity.output)
    above = (contains_eager(Activity.pillar), contains_eager(Activity.objective), contains_eager(Activity.output))
    activities = activities.where(Activity.plan_id == plan.id, readable(actor(), plan.id)).options(*above)
    for objective in db.session.scalars(objectives.order_by(Pillar.position, Objective.position)):
        yield _row("objective", objective)
    known = set()
    for activity in db.session.scalars(activities.order_by(*IN_PLAN_ORDER)):
        known.add(activity.id)
        yield _row("activity", activity)
    indicators = select(Indicator).where(Indicator.plan_id == plan.id).order_by(Indicator.code)
    for indicator in db.session.scalars(indicators):
        if indicator.activity_id is None or indicator.activity_id in known:
            yield _row("indicator", indicator)


def _row(kind: str, row: Any) -> Thing:
    return Thing(f"{kind}:{row.key}", kind, row.code or "", words_in(row.title), gone=_gone(row))


def _gone(row: Any) -> bool:
    return row.archived_at is not None


def in_words(one: Thing) -> str:
    """A part of the plan in one line: what it is, its number, its title."""
    title = to_plain(one.title) if one.kind == "paragraph" else one.title
    title = shorten(title, LONGEST_TITLE, placeholder="…")
    if not one.code:
        return _("%(kind)s: %(title)s", kind=KINDS[one.kind], title=title)
    return _("%(kind)s %(code)s: %(title)s", kind=KINDS[one.kind], code=one.code, title=title)
