"""How rows of a plan stand: read before and after an act, compared, and put back.

A step is one row that an act changed: its `table` and `id`; `was`, the cells that changed as they were (None where the
row is new); `version`, the row version that the act left, None where it made no new one; and `left`, without a version,
the same cells as the act left them (None where it removed the row). The version, or else those cells, say whether
somebody changed the row since. Cells are JSON: days and moments in ISO 8601, decimals as strings.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Date, or_, select, update

from nap_builder.kernel.clock import now
from nap_builder.kernel.database import Exact, Utc, db, touch
from nap_builder.plans.levels import ROWS, kind_of
from nap_builder.plans.models.framework import Involvement
from nap_builder.plans.models.measures import BudgetLine, Figure
from nap_builder.plans.models.plan import FormerCode
from nap_builder.plans.queries.undoing import SUBJECTS

Step = dict[str, Any]
Cells = dict[str, Any]
Standing = dict[tuple[str, int], Cells]

PARTS: tuple[Any, ...] = (Involvement, Figure, BudgetLine)
KINDS: dict[str, Any] = {**SUBJECTS, **{part.__tablename__: part for part in (*PARTS, FormerCode)}}
DERIVED = frozenset({"id", "row_version", "sought"})


def standing(rows: Collection[Any], *, parts: bool = True) -> Standing:
    """These rows as the database has them, and with `parts` what is a part of them and has no page of its own.

    Parts are the institutions involved, figures, budget lines and former codes. A fixed number of statements.
    """
    db.session.flush()
    ids: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        ids[kind_of(row)].append(row.id)
    found: Standing = {}
    for kind, wanted in ids.items():
        found |= _read(KINDS[kind], KINDS[kind].id.in_(wanted))
    for model, condition in _parts(rows, ids) if parts else ():
        found |= _read(model, condition)
    return found


def _parts(rows: Collection[Any], ids: dict[str, list[int]]) -> Iterator[tuple[Any, ColumnElement[bool]]]:
    for model in PARTS:
        places = [getattr(model, f"{kind}_id").in_(wanted) for kind, wanted in ids.items() if _hangs_on(model, kind)]
        if places:
            yield model, or_(*places)
    coded = [row for row in rows if kind_of(row) in ROWS]
    if coded:
        keys = [row.key for row in coded]
        yield FormerCode, (FormerCode.plan_id == coded[0].plan_id) & FormerCode.row_key.in_(keys)


def _hangs_on(model: Any, kind: str) -> bool:
    return hasattr(model, f"{kind}_id")


def _read(model: Any, condition: ColumnElement[bool]) -> Standing:
    columns = [getattr(model, attribute.key).label(attribute.key) for attribute in model.__mapper__.column_attrs]
    found = db.session.execute(select(*columns).where(condition)).mappings()
    return {(model.__tablename__, row["id"]): {name: _said(value) for name, value in row.items()} for row in found}


def steps_between(before: Standing, after: Standing) -> list[Step]:
    """What changed between two moments."""
    idents = [ident for ident in {**before, **after} if before.get(ident) != after.get(ident)]
    return [_step(ident, before.get(ident), after.get(ident)) for ident in idents]


def _step(ident: tuple[str, int], was: Cells | None, left: Cells | None) -> Step:
    version = left["row_version"] if left and "row_version" in left else None
    if was and version == was.get("row_version"):
        version = None
    return {
        "table": ident[0],
        "id": ident[1],
        "was": was and _other_cells(was, left),
        "left": left and (_other_cells(left, was) if version is None else {}),
        "version": version,
    }


def _other_cells(here: Cells, there: Cells | None) -> Cells:
    """The cells of a row that are not the same there; all of them where it does not stand there."""
    return {
        name: value for name, value in here.items() if name not in DERIVED and (there is None or there[name] != value)
    }


def moved_on(steps: Sequence[Step]) -> list[Step]:
    """The steps whose row is no longer as the act left it."""
    wanted: dict[str, list[int]] = defaultdict(list)
    for step in steps:
        wanted[step["table"]].append(step["id"])
    stand: Standing = {}
    for kind, ids in wanted.items():
        stand |= _read(KINDS[kind], KINDS[kind].id.in_(ids))
    return [step for step in steps if not _is_as_left(step, stand.get((step["table"], step["id"])))]


def _is_as_left(step: Step, stands: dict[str, Any] | None) -> bool:
    if step["left"] is None or stands is None:
        return step["left"] is None
    if step["version"] is not None:
        return bool(stands["row_version"] == step["version"])
    return all(stands[name] == value for name, value in step["left"].items())


def put_back(steps: Sequence[Step]) -> None:
    """Makes the rows stand as before: what was added is archived, what was removed is there again.

    A row whose version the act left alone, as that of a neighbour which moved on, keeps it.
    """
    for step in steps:
        if step["was"] is None:
            _take_away(row_of(step))
    db.session.flush()
    for step in steps:
        if step["was"] is not None and step["left"] is not None:
            _write_back(step)
    db.session.flush()
    for step in steps:
        if step["left"] is None:
            db.session.add(KINDS[step["table"]](**_values(step)))
    db.session.flush()
    db.session.expire_all()


def row_of(step: Step) -> Any:
    """The row of a step, None where there is none (any more)."""
    return db.session.get(KINDS[step["table"]], step["id"])


def _take_away(row: Any) -> None:
    if hasattr(row, "archived_at"):
        row.archived_at = now()
    else:
        db.session.delete(row)


def _write_back(step: Step) -> None:
    model = KINDS[step["table"]]
    if step["version"] is None:
        db.session.execute(update(model).where(model.id == step["id"]).values(_values(step)))
        return
    row = row_of(step)
    for name, value in _values(step).items():
        setattr(row, name, value)
    touch(row)


def _values(step: Step) -> dict[str, Any]:
    columns = KINDS[step["table"]].__mapper__.column_attrs
    return {name: _meant(columns[name].columns[0].type, value) for name, value in step["was"].items()}


def _said(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _meant(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, Utc):
        return datetime.fromisoformat(value)
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    return Decimal(value) if isinstance(kind, Exact) else value
