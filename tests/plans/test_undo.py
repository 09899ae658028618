"""Every act on rows and paragraphs can be taken back by who did it, for a while, until somebody else goes on."""

import inspect
import pkgutil
from datetime import timedelta
from decimal import Decimal
from importlib import import_module

import pytest
from sqlalchemy import select, update

from nap_builder.accounts.queries import actor_of
from nap_builder.kernel.actor import INSTALLATION
from nap_builder.kernel.audit import AuditEntry, first_fault, sentence_of
from nap_builder.kernel.clock import now
from nap_builder.kernel.database import db as database
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import WrongState
from nap_builder.plans import services
from nap_builder.plans.document import plan_document
from nap_builder.plans.models.framework import Activity
from nap_builder.plans.models.narrative import ParagraphText, Section
from nap_builder.plans.models.plan import FormerCode
from nap_builder.plans.models.undo import Undo
from nap_builder.plans.queries import measures as figures
from nap_builder.plans.queries.framework import lines_of, siblings
from nap_builder.plans.queries.photographs import told_of
from nap_builder.plans.queries.undoing import done_by
from nap_builder.plans.services import framework, measures, money, narrative, photographs, rows, sections, undoing
from tests.builders.framework import a_figure, a_line, a_pillar, an_activity, an_indicator, an_objective, an_output
from tests.builders.photographs import a_photograph
from tests.builders.shelf import saved
from tests.builders.world import a_world

TITLE = {"en": "Other words"}
NUMBER = {"code": "I9", "title": TITLE, "kind": "number"}


class Here:
    """The rows of a plan as they stand in the open transaction, by short names, and who acts."""

    def __init__(self, keys, person):
        self.keys, self.person = keys, person

    @property
    def by(self):
        return actor_of(database.session.get_one(type(self.person), self.person.id))

    def __getattr__(self, name):
        model, number = self.keys[name]
        return database.session.get_one(model, number)

    def latest(self):
        return database.session.scalar(select(Undo).order_by(Undo.id.desc()).limit(1))


@pytest.fixture
def here(db, shelf):
    """A plan with a row of every kind, and one that is archived."""
    return Here(*shelf.put("undo", saved(a_full_plan)))


def a_full_plan():
    """Builds it, and returns its rows by their short names, with the chair."""
    world = a_world()
    plan, activity, objective = world.plan, world.activities[0], world.objective
    second, output = a_pillar(plan, code="2"), an_output(objective, code="1.1.A")
    an_activity(output, code="1.1.A.1")
    indicator, other = an_indicator(activity, code="I1"), an_indicator(objective, code="I2")
    a_figure(indicator, value="7")
    for position in range(3):
        a_line(activity, amount=f"1{position}.5").position = position
    gone = an_objective(second, code="2.1")
    an_activity(gone, code="2.1.1")
    by = actor_of(world.people["chair"])
    rows.change(by, activity, {"starts": "2027"}, seen=1, involved={"co_lead": [world.institutions["INT"].id]})
    framework.archive_row(by, gone, seen=1)
    milestone = measures.add_milestone(by, activity, {"code": "M1", "title": TITLE})
    archived = narrative.add_paragraph(by, world.section, [{"en": "Gone."}, {"en": "Stays."}])[0]
    narrative.archive_paragraph(by, archived, seen=1)
    narrative.write_paragraph(by, world.paragraphs[1], {"en": "Said anew."}, seen=1)
    annex = sections.add_section(by, plan, sections.SectionFacts({"en": "Annex"}, place="annex"))
    sections.add_section(by, plan, sections.SectionFacts({"en": "Middle"}))
    photograph, removed = a_photograph(world.section), a_photograph(world.section, "#7a0019")
    photographs.archive_photograph(by, removed, seen=1)
    old = sections.add_section(by, plan, sections.SectionFacts({"en": "Old"}))
    sections.archive_section(by, old, seen=1)
    named = {
        "plan": plan,
        "pillar": world.pillar,
        "second": second,
        "objective": objective,
        "output": output,
        "activity": activity,
        "neighbour": world.activities[1],
        "gone": gone,
        "indicator": indicator,
        "other": other,
        "milestone": milestone,
        "section": world.section,
        "annex": annex,
        "old": old,
        "paragraph": world.paragraphs[0],
        "following": world.paragraphs[1],
        "archived": archived,
        "photograph": photograph,
        "removed": removed,
        "defence": world.institutions["DEF"],
        "justice": world.institutions["JUS"],
    }
    keys = {name: (type(row), row.id) for name, row in named.items()}
    return keys, world.people["chair"]


def seen(row):
    return {"seen": row.row_version}


def a_text_again(h):
    older = database.session.scalar(select(ParagraphText).where(ParagraphText.paragraph_id == h.following.id))
    return narrative.bring_back(h.by, h.following, older, **seen(h.following))


def a_changed_line(h):
    return money.change_line(h.by, line(h), {"amount": Decimal("99.25")}, seen=line(h).row_version)


def a_removed_line(h):
    first = lines_of(h.activity)[0]
    return money.remove_line(h.by, first, seen=first.row_version)


def a_removed_figure(h):
    figure = figures.figure_of(h.indicator, "baseline", 0)
    return measures.remove_figure(h.by, h.indicator, figure, **seen(h.indicator))


def a_changed_row(h):
    values = {"code": "9.9", "title": TITLE, "lead_id": None, "starts": None, "restricted": True}
    return rows.change(
        h.by,
        h.activity,
        values,
        **seen(h.activity),
        involved={"co_lead": [], "supporting": [h.defence.id, h.justice.id]},
    )


ACTS = {
    "photographs.add_photograph": lambda h: a_photograph(h.section, by=h.by),
    "photographs.change_photograph": lambda h: photographs.change_photograph(
        h.by, h.photograph, photographs.PhotographFacts(TITLE, after=h.paragraph.key), **seen(h.photograph)
    ),
    "photographs.archive_photograph": lambda h: photographs.archive_photograph(
        h.by, h.photograph, **seen(h.photograph)
    ),
    "photographs.restore_photograph": lambda h: photographs.restore_photograph(h.by, h.removed),
    "rows.add": lambda h: framework.add_row(h.by, "objective", h.pillar, {"code": "1.7", "title": TITLE}),
    "rows.change": a_changed_row,
    "framework.add_row": lambda h: framework.add_row(
        h.by,
        "activity",
        h.objective,
        {"code": "1.1.7", "title": TITLE},
        {"co_lead": [h.defence.id], "supporting": [h.justice.id]},
    ),
    "framework.move_row": lambda h: framework.move_row(h.by, h.objective, h.second, 0, code="2.7", **seen(h.objective)),
    "framework.step_row": lambda h: framework.step_row(h.by, h.neighbour, -1, **seen(h.neighbour)),
    "framework.archive_row": lambda h: framework.archive_row(h.by, h.activity, **seen(h.activity)),
    "framework.restore_row": lambda h: framework.restore_row(h.by, h.gone, **seen(h.gone)),
    "measures.add_indicator": lambda h: measures.add_indicator(h.by, h.activity, NUMBER),
    "measures.add_milestone": lambda h: measures.add_milestone(h.by, h.plan, {"code": "M9", "title": TITLE}),
    "measures.write_figure": lambda h: measures.write_figure(
        h.by, h.indicator, "target", 0, {"value": Decimal("12.5"), "by": "2030"}, **seen(h.indicator)
    ),
    "measures.remove_figure": a_removed_figure,
    "money.add_line": lambda h: money.add_line(h.by, h.activity, {"amount": Decimal(5)}),
    "money.change_line": a_changed_line,
    "money.remove_line": a_removed_line,
    "narrative.add_paragraph": lambda h: narrative.add_paragraph(h.by, h.section, [TITLE, TITLE], after=h.paragraph),
    "narrative.write_paragraph": lambda h: narrative.write_paragraph(
        h.by, h.paragraph, TITLE, kind="heading", **seen(h.paragraph)
    ),
    "narrative.bring_back": a_text_again,
    "narrative.split_paragraph": lambda h: narrative.split_paragraph(
        h.by, h.paragraph, [TITLE, TITLE, TITLE], **seen(h.paragraph)
    ),
    "narrative.join_with_next": lambda h: narrative.join_with_next(h.by, h.paragraph, **seen(h.paragraph)),
    "narrative.move_paragraph": lambda h: narrative.move_paragraph(h.by, h.paragraph, 1),
    "narrative.archive_paragraph": lambda h: narrative.archive_paragraph(h.by, h.paragraph, **seen(h.paragraph)),
    "narrative.restore_paragraph": lambda h: narrative.restore_paragraph(h.by, h.archived),
    "sections.add_section": lambda h: sections.add_section(h.by, h.plan, sections.SectionFacts(TITLE, place="front")),
    "sections.change_section": lambda h: sections.change_section(
        h.by, h.annex, sections.SectionFacts(TITLE, place="front", restricted=True), **seen(h.annex)
    ),
    "sections.move_section": lambda h: sections.move_section(h.by, h.section, 1),
    "sections.archive_section": lambda h: sections.archive_section(h.by, h.section, **seen(h.section)),
    "sections.restore_section": lambda h: sections.restore_section(h.by, h.old),
}
MORE = {
    "an objective with all under it": lambda h: framework.archive_row(h.by, h.objective, **seen(h.objective)),
    "an activity to another level": lambda h: framework.move_row(h.by, h.activity, h.output, 5, **seen(h.activity)),
    "a pillar": lambda h: framework.move_row(h.by, h.pillar, h.plan, 1, **seen(h.pillar)),
    "an indicator": lambda h: framework.archive_row(h.by, h.other, **seen(h.other)),
    "a milestone": lambda h: framework.archive_row(h.by, h.milestone, **seen(h.milestone)),
    "a changed indicator": lambda h: rows.change(h.by, h.indicator, {"title": TITLE}, **seen(h.indicator)),
}


# Services that a person acts through and that are no act on a row or paragraph of their own, each with its reason.
NO_ROW_OF_A_PLAN = {
    "bulk.set_values": "several times rows.change, undone as one: see test_bulk",
    **dict.fromkeys(("exceptions.except_check", "exceptions.count_again"), "a judgement of the chair, not a row"),
    **dict.fromkeys(
        ("following.write_following", "mechanism.write_mechanism", "plan.write_facts"), "facts of the plan itself"
    ),
    "photographs.erase_photograph": "somebody no longer agrees: what is deleted for good is not brought back",
    "photographs.stand_as_in": "part of giving up an amendment, which no press of a button takes back",
    "lifecycle.move": "a state of the plan, which a move of its own takes back",
    **dict.fromkeys(("rates.state_rate", "rates.change_rate", "rates.remove_rate"), "facts of the plan itself"),
    **dict.fromkeys(("task_force.seat", "task_force.name_institution"), "of the task force, not of the plan's rows"),
    **dict.fromkeys(("undoing.undo", "undoing.undoable"), "the undoing itself"),
    **{f"unit_costs.{act}_unit_cost": "of the State, of no plan" for act in ("add", "change", "archive", "restore")},
    **dict.fromkeys(("versions.freeze", "versions.keep_record"), "what is frozen stays so"),
}


def writers():
    """What a person acts through: the public functions of every module of the services that begin with who acts."""
    modules = [import_module(f"{services.__name__}.{found.name}") for found in pkgutil.iter_modules(services.__path__)]
    return {
        f"{module.__name__.rpartition('.')[2]}.{name}"
        for module in modules
        for name, one in inspect.getmembers(module, inspect.isfunction)
        if one.__module__ == module.__name__ and next(iter(inspect.signature(one).parameters), "") in ("by", "actor")
        if not name.startswith("_")
    }


def test_no_service_that_writes_rows_is_left_out():
    assert not set(ACTS) & set(NO_ROW_OF_A_PLAN)
    assert writers() == set(ACTS) | set(NO_ROW_OF_A_PLAN)


def all_that_stands(h):
    """The plan as a document with its photographs, and the codes that rows bore before."""
    database.session.expire_all()
    codes = {(one.kind, one.code, one.row_key) for one in database.session.scalars(select(FormerCode))}
    return plan_document(h.plan), told_of(h.plan), codes


@pytest.mark.parametrize("name", [*ACTS, *MORE])
def test_undone_the_plan_is_exactly_as_before(here, name):
    before = all_that_stands(here)
    with transaction():
        {**ACTS, **MORE}[name](here)
    assert all_that_stands(here) != before
    with transaction():
        undoing.undo(here.by, done_by(here.latest()))
    assert all_that_stands(here) == before
    assert first_fault() is None


@pytest.mark.parametrize("name", ["rows.change", "framework.step_row", "narrative.write_paragraph"])
def test_the_undo_is_told_of_the_same_rows_with_what_came_back(here, name):
    with transaction():
        ACTS[name](here)
    act = newest()
    with transaction():
        undoing.undo(here.by, done_by(here.latest()))
    undone = newest()
    assert undone.subject_key == act.subject_key
    assert sentence_of(undone) == f"chair undid this: {sentence_of(act)}"
    assert undone.content.changes == {name: pair[::-1] for name, pair in act.content.changes.items()}


def newest():
    return database.session.scalar(select(AuditEntry).order_by(AuditEntry.number.desc()).limit(1))


def test_after_half_an_hour_and_a_second_time_nothing_is_undone(here):
    with transaction():
        ACTS["rows.change"](here)
    with transaction():
        undoing.undo(here.by, done_by(here.latest()))
    stands = all_that_stands(here)
    with pytest.raises(WrongState, match="already"), transaction():
        undoing.undo(here.by, done_by(here.latest()))
    with transaction():
        ACTS["narrative.write_paragraph"](here)
        here.latest().at = now() - timedelta(minutes=31)
    with pytest.raises(WrongState, match="30 minutes"), transaction():
        undoing.undo(here.by, done_by(here.latest()))
    assert all_that_stands(here) != stands


def archived_above(h):
    framework.archive_row(h.by, h.objective, **seen(h.objective))


# What is done first, what somebody does then, and what is said of the first when it is to be undone.
OVERTAKEN = {
    "its code is taken": (
        "framework.archive_row",
        lambda h: framework.add_row(h.by, "activity", h.output, {"code": h.activity.code, "title": TITLE}),
        "has the number 1.1.1",
    ),
    "something hangs on what was added": (
        "framework.add_row",
        lambda h: measures.add_indicator(h.by, added(h), NUMBER),
        "was added to it since",
    ),
    "money is in what was added": (
        "framework.add_row",
        lambda h: money.add_line(h.by, added(h), {"amount": Decimal(5)}),
        "was added to it since",
    ),
    "text is in the section that was added": (
        "sections.add_section",
        lambda h: narrative.add_paragraph(h.by, section_added(h), [TITLE]),
        "was added to it since",
    ),
    "what it stood under is archived": ("framework.archive_row", archived_above, "what it stands under"),
    "the activity of the money is archived": (
        "money.remove_line",
        lambda h: framework.archive_row(h.by, h.activity, **seen(h.activity)),
        "what it stands under",
    ),
    "its section is archived": (
        "narrative.write_paragraph",
        lambda h: sections.archive_section(h.by, h.section, **seen(h.section)),
        "what it stands under",
    ),
    "the plan is adopted": ("rows.change", lambda h: setattr(h.plan, "state", "adopted"), "adopted"),
}


def added(h):
    return database.session.scalars(select(Activity).order_by(Activity.id.desc())).first()


def section_added(h):
    return database.session.scalars(select(Section).order_by(Section.id.desc())).first()


@pytest.mark.parametrize("name", OVERTAKEN)
def test_what_has_no_place_any_more_is_not_put_back(here, name):
    first, then, words = OVERTAKEN[name]
    with transaction():
        ACTS[first](here)
        kept = here.latest().id
        then(here)
    stands = all_that_stands(here)
    with pytest.raises(WrongState, match=words), transaction():
        undoing.undo(here.by, done_by(database.session.get_one(Undo, kept)))
    assert all_that_stands(here) == stands


OVERTAKEN_BY = {
    "framework.step_row": lambda h: framework.step_row(h.by, h.neighbour, 1, **seen(h.neighbour)),
    "framework.move_row": lambda h: rows.change(h.by, h.objective, {"title": TITLE}, **seen(h.objective)),
    "framework.archive_row": lambda h: rows.renumber([added(h), h.neighbour]),
    "sections.move_section": lambda h: sections.move_section(h.by, h.section, -1),
    "narrative.move_paragraph": lambda h: narrative.add_paragraph(h.by, h.section, [TITLE], after=h.following),
    "measures.write_figure": lambda h: rows.change(h.by, h.indicator, {"title": TITLE}, **seen(h.indicator)),
    "money.change_line": lambda h: money.change_line(h.by, line(h), {"amount": Decimal(3)}, seen=line(h).row_version),
}


def line(h):
    return lines_of(h.activity)[1]


@pytest.mark.parametrize("name", OVERTAKEN_BY)
def test_what_somebody_changed_since_stays(here, name):
    with transaction():
        ACTS[name](here)
        kept = here.latest().id
        OVERTAKEN_BY[name](here)
    stands = all_that_stands(here)
    with pytest.raises(undoing.ChangedSince), transaction():
        undoing.undo(here.by, done_by(database.session.get_one(Undo, kept)))
    assert all_that_stands(here) == stands


def test_a_command_leaves_nothing_to_undo_and_old_ones_are_forgotten(here):
    with transaction():
        last = here.latest().id
        rows.change(INSTALLATION, here.activity, {"title": TITLE}, **seen(here.activity))
        assert here.latest().id == last
        undoing.forget_old()
        assert here.latest().id == last
        database.session.execute(update(Undo).values(at=now() - timedelta(hours=25)))
        undoing.forget_old()
        assert here.latest() is None


def test_neighbours_that_only_moved_on_keep_their_version(here):
    version = here.neighbour.row_version
    with transaction():
        ACTS["framework.archive_row"](here)
    with transaction():
        undoing.undo(here.by, done_by(here.latest()))
        assert here.neighbour.row_version == version
        assert [row.code for row in siblings(here.activity)] == ["1.1.1", "1.1.2"]
