"""Who does what on which theme: activities, money and indicators of each institution, and what looks alike."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from nap_builder.plans.checks.coordination import look_alikes, mark_of
from nap_builder.plans.money import Cost, Spending, cost_of
from nap_builder.plans.names import THEMES
from nap_builder.plans.snapshot import Placed, Said, Snapshot

UNLED = ""
NO_THEME = ""


@dataclass
class Cell:
    """What one institution leads on one theme."""

    activities: int = 0
    indicators: int = 0
    lines: list[Spending] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """Whether nothing is there."""
        return not (self.activities or self.indicators)


@dataclass(frozen=True)
class Alike:
    """Two activities that look the same, how alike in hundredths, and whether somebody said that they are not."""

    one: Placed
    other: Placed
    alike: int
    told_apart: bool


@dataclass(frozen=True)
class Overlap:
    """The table: themes across, institutions down; codes are empty for what has no lead or no theme."""

    snapshot: Snapshot
    themes: Sequence[str]
    institutions: Sequence[str]
    cells: dict[tuple[str, str], Cell]
    alike: Sequence[Alike]

    def cell(self, institution: str, theme: str) -> Cell:
        """What an institution leads on a theme."""
        return self.cells.get((institution, theme), Cell())

    def cost(self, cell: Cell) -> Cost:
        """The money of a cell, counted in the plan's currency where it states a rate."""
        return cost_of(cell.lines)

    def body(self, code: str) -> Said:
        """An institution, as the plan names it."""
        return self.snapshot.institutions.get(code, {"name": code})


def overlap_of(snapshot: Snapshot, least: int, seated: Sequence[str]) -> Overlap:
    """The table of a plan; `seated` are the codes of the members, who have a row also while they lead nothing."""
    cells: dict[tuple[str, str], Cell] = defaultdict(Cell)
    for activity in snapshot.rows["activity"]:
        cell = cells[activity.lead or UNLED, theme_of(activity)]
        cell.activities += 1
        cell.lines += snapshot.spendings(activity)
    for indicator in snapshot.rows["indicator"]:
        who = indicator.said.get("responsible") or indicator.lead or UNLED
        cells[who, theme_of(indicator)].indicators += 1
    used = {theme for _who, theme in cells}
    order = [*snapshot.institutions, *sorted({who for who, _theme in cells} - snapshot.institutions.keys() - {UNLED})]
    acting = {who for who, _theme in cells} | set(seated)
    return Overlap(
        snapshot,
        [theme for theme in THEMES if theme in used] + [NO_THEME] * (NO_THEME in used),
        [code for code in order if code in acting] + [UNLED] * (UNLED in acting),
        dict(cells),
        [
            Alike(one, other, alike, mark_of(one, other) in snapshot.excepted)
            for one, other, alike in look_alikes(snapshot, least)
        ],
    )


def theme_of(row: Placed) -> str:
    """The theme of the nearest row above that names one."""
    return next((str(one.said["theme"]) for one in (row, *row.above) if one.said.get("theme")), NO_THEME)
