"""Builders of plans, sections and paragraphs, within the open transaction."""

from datetime import date
from itertools import count
from typing import Any

from nap_builder.kernel.actor import Actor, Role
from nap_builder.kernel.database import db
from nap_builder.plans.models.narrative import Paragraph, Section
from nap_builder.plans.models.plan import Plan

_numbers = count(1)


def a_plan(*, slug: str = "", languages: tuple[str, ...] = ("en", "fr", "ar"), **given: Any) -> Plan:
    """A plan in drafting without anything in it."""
    said = {"title": {languages[0]: "A plan"}, "country": "XSR", "starts": date(2027, 1, 1), "ends": date(2031, 12, 31)}
    plan = Plan(slug=slug or f"plan-{next(_numbers)}", languages=list(languages), **{**said, **given})
    db.session.add(plan)
    db.session.flush()
    return plan


def a_section(*, plan: Plan, key: str = "", title: str = "A section", position: int = 0, **given: Any) -> Section:
    """A section of a plan, empty."""
    section = Section(
        plan=plan,
        key=key or f"section-{next(_numbers)}",
        position=position,
        title={plan.first_language: title},
        **given,
    )
    db.session.add(section)
    db.session.flush()
    return section


def a_paragraph(*, section: Section, text: str | dict[str, str] = "Words.", **given: Any) -> Paragraph:
    """A paragraph at the end of a section, without a history."""
    words = {section.plan.first_language: text} if isinstance(text, str) else text
    last = db.session.query(Paragraph).filter_by(section_id=section.id).count()
    paragraph = Paragraph(plan=section.plan, section=section, text=words, **{"position": last, **given})
    db.session.add(paragraph)
    db.session.flush()
    return paragraph


def an_actor(*, role: Role = Role.SECRETARIAT, name: str = "Amina Rehn", institutions: tuple[int, ...] = ()) -> Actor:
    """One who acts, without an account."""
    return Actor(id=None, name=name, roles=frozenset({role}), institutions=frozenset(institutions))
