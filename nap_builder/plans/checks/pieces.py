"""How the checks of a plan look at it, and how they name the rows that fail."""

from collections.abc import Iterable

from nap_builder.kernel.checks import Failing, Found, Place, Question
from nap_builder.plans.queries.snapshot import snapshot_of
from nap_builder.plans.snapshot import Placed, Snapshot

FACTS = Place("plans.settings")
FOLLOWING = Place("plans.following")
MATRIX = Place("plans.matrix")
MILESTONES = Place("plans.milestones")
SECTIONS = Place("plans.sections")
FILES = Place("exchange.import_file")
PAGES = {"activity": "plans.activity", "indicator": "plans.indicator", "milestone": "plans.edit_milestone"}


def looked_at(question: Question) -> Snapshot:
    """The plan as the asker may read it."""
    return question.once(snapshot_of, question.plan, question.who)


def failing(snapshot: Snapshot, row: Placed, *, note: str = "", mark: str = "") -> Failing:
    """A row of the framework that fails, with the page on which it is mended."""
    return Failing(snapshot.titled(row.said["title"]), page_of(row), row.code, row.ref, note, mark)


def page_of(row: Placed) -> Place:
    """The page of a row."""
    if row.kind in PAGES:
        return Place(PAGES[row.kind], {"key": row.said["key"]})
    return Place("plans.edit_row", {"kind": row.kind, "key": row.said["key"]})


def each(snapshot: Snapshot, rows: Iterable[Placed]) -> Found:
    """These rows fail."""
    return Found([failing(snapshot, row) for row in rows])


def lacking(question: Question, problem: str) -> Found:
    """The activities that have a problem of the matrix."""
    snapshot = looked_at(question)
    return each(snapshot, [row for row, problems in snapshot.problems.items() if problem in problems])


def body_failing(snapshot: Snapshot, code: str, *, note: str = "") -> Failing:
    """An institution that fails."""
    body = snapshot.institutions.get(code, {"name": code})
    place = Place("plans.ministry", {"code": code})
    return Failing(snapshot.titled(body["name"]), place, key=f"institution:{code}", note=note)


def of_kinds(snapshot: Snapshot, *kinds: str) -> list[Placed]:
    """The milestones of these kinds, of the plan and of its rows."""
    return [row for row in snapshot.rows["milestone"] if row.said.get("kind") in kinds]
