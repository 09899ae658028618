"""Whether the framework holds together, and says what it changes: checks C1, C8, C9, F1, F2 and F3."""

from nap_builder.kernel.checks import BLOCK, CABINET, CONSULT, WARN, Check, Found, Question, Threshold, declare
from nap_builder.kernel.languages import _, _l
from nap_builder.plans.checks.pieces import MATRIX, each, lacking, looked_at
from nap_builder.plans.problems import DATES, PLACE


def nothing_is_an_orphan(question: Question) -> Found:
    """C1: each activity stands under an objective; an objective cannot stand but under a pillar."""
    return lacking(question, PLACE)


def everything_is_dated(question: Question) -> Found:
    """C8: each activity begins and ends within the plan, or says how it recurs."""
    return lacking(question, DATES)


def every_objective_says_the_change(question: Question) -> Found:
    """C9: each objective says what changes for women and girls."""
    snapshot = looked_at(question)
    return each(snapshot, [row for row in snapshot.rows["objective"] if not row.said.get("change_for_women")])


def every_pillar_has_an_objective(question: Question) -> Found:
    """F1: no pillar is empty."""
    snapshot = looked_at(question)
    held = {row.above[0] for row in snapshot.rows["objective"]}
    if not snapshot.rows["pillar"]:
        return Found(says=_("No pillar is written yet."), place=MATRIX)
    return each(snapshot, [row for row in snapshot.rows["pillar"] if row not in held])


def every_objective_cites_a_mandate(question: Question) -> Found:
    """F2: each objective cites what obliges the State."""
    snapshot = looked_at(question)
    return each(snapshot, [row for row in snapshot.rows["objective"] if not row.said.get("mandates")])


def new_work_is_told_apart(question: Question) -> Found:
    """F3: some work is new, and the plan says which."""
    snapshot = looked_at(question)
    rows = snapshot.rows["activity"]
    if rows and all(row.said.get("new") is None and row.said.get("timing") != "ongoing" for row in rows):
        return Found(says=_("No activity says whether it is new work or already under way."), place=MATRIX)
    old = [row for row in rows if row.said.get("new") is False or row.said.get("timing") == "ongoing"]
    return each(snapshot, old if len(old) * 100 > question.thresholds["F3"] * len(rows) else [])


declare(
    Check(
        "C1",
        CONSULT,
        BLOCK,
        _l("Every activity stands under an objective and every objective under a pillar"),
        _l("An activity without an objective cannot show what it changed."),
        "S/2007/567 ¶45",
        nothing_is_an_orphan,
    ),
    Check(
        "C8",
        CABINET,
        BLOCK,
        _l("Every activity begins and ends within the plan, or says how it recurs"),
        _l("Without dates nothing can be late, and nobody can plan for it."),
        "S/2007/567 ¶1",
        everything_is_dated,
    ),
    Check(
        "C9",
        CABINET,
        WARN,
        _l("Every objective states the change intended in the lives of women and girls"),
        _l("Meetings held and papers written are no change by themselves."),
        "S/2007/567 ¶37",
        every_objective_says_the_change,
    ),
    Check(
        "F1",
        CONSULT,
        BLOCK,
        _l("Every pillar has at least one objective"),
        _l("A pillar without an objective promises a subject and says nothing about it."),
        "S/2007/567 ¶40–42",
        every_pillar_has_an_objective,
    ),
    Check(
        "F2",
        CABINET,
        WARN,
        _l("Every objective cites a mandate: a resolution and paragraph, a CEDAW article, a national law"),
        _l("A mandate shows that the objective is owed, whoever governs."),
        "S/2007/567 ¶39",
        every_objective_cites_a_mandate,
    ),
    Check(
        "F3",
        CABINET,
        WARN,
        _l("Existing work is told apart from new work, and not all of it is ongoing"),
        _l("A plan that lists what is done anyway changes nothing."),
        "S/2007/567 ¶37",
        new_work_is_told_apart,
        Threshold(_l("The most that is already under way, in per cent of all activities"), 50),
    ),
)
