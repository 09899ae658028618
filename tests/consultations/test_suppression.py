"""Small numbers stay hidden from whoever reckons with everything that is shown, in one edition and over several."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nap_builder.consultations.suppression import FAMILIES, TOTAL, USUAL, Shown, at_least, shown

SEX = FAMILIES[0]
Equation = tuple[frozenset[str], int]  # hidden cells, and what they come to


@dataclass
class Reader:
    """One who has every edition, knows how the parts add up, and knows which parts did not change between them."""

    editions: Sequence[tuple[dict[str, int], Shown]]

    def name(self, number: int, cell: str) -> str:
        """A cell under one name for as long as its count stays: the first edition that had that count."""
        count = self.editions[number][0].get(cell)
        same = number
        while same and self.editions[same - 1][0].get(cell) == count:
            same -= 1
        return f"{cell}@{same}"

    def knows(self) -> dict[str, int]:
        """What is read off the editions."""
        return {
            self.name(number, cell): told
            for number, (_counts, view) in enumerate(self.editions)
            for cell, told in view.counts.items()
            if told is not None
        }

    def equations(self) -> list[Equation]:
        """What follows from a total and the parts shown beside it."""
        found, known = [], self.knows()
        for number, (counts, view) in enumerate(self.editions):
            if view.counts.get(TOTAL) is None:
                continue
            for family in FAMILIES:
                parts = [cell for cell in family if cell in counts]
                names = {self.name(number, cell) for cell in parts}
                rest = sum(counts[cell] for cell in parts) - sum(known.get(name, 0) for name in names)
                found.append((frozenset(names - set(known)), rest))
        return found

    def may_be(self, number: int, cell: str, value: int) -> bool:
        """Whether a cell can have a value, by all that this reader knows."""
        name, known = self.name(number, cell), self.knows()
        return known[name] == value if name in known else solvable(put(self.equations(), name, value))


def put(equations: Sequence[Equation], name: str, value: int) -> list[Equation]:
    """The equations with a value for one unknown."""
    return [(cells - {name}, rest - value if name in cells else rest) for cells, rest in equations]


def solvable(equations: Sequence[Equation]) -> bool:
    """Whether whole numbers from 0 up satisfy all equations."""
    if any(rest < 0 or (not cells and rest) for cells, rest in equations):
        return False
    left = [one for one in equations if one[0]]
    if not left:
        return True
    cells, rest = min(left, key=lambda one: len(one[0]))
    name = min(cells)
    values = [rest] if len(cells) == 1 else range(rest + 1)
    return any(solvable(put(left, name, value)) for value in values)


def given_away(editions: Sequence[tuple[dict[str, int], Shown]]) -> list[tuple[int, str]]:
    """The small counts of which a reader knows more than that they are small."""
    reader = Reader(editions)
    return [
        (number, cell)
        for number, (counts, _view) in enumerate(editions)
        for cell in counts
        if cell in (*FAMILIES[0], *FAMILIES[1]) and 0 < counts[cell] < USUAL
        if not (reader.may_be(number, cell, 0) and reader.may_be(number, cell, USUAL - 1))
    ]


Rule = Callable[[dict[str, int], Shown | None], Shown]


def published(rows: Sequence[dict[str, int]], rule: Rule = shown) -> list[tuple[dict[str, int], Shown]]:
    """Editions of a row, one after another."""
    editions, before = [], None
    for counts in rows:
        before = rule(counts, before)
        editions.append((counts, before))
    return editions


def in_all(parts: dict[str, int]) -> dict[str, int]:
    """Parts with their total, which is that of the sexes where they were counted, else that of the ages."""
    sums = [sum(parts[cell] for cell in family if cell in parts) for family in FAMILIES]
    return {TOTAL: max(sums), **parts}


counts_of = st.one_of(st.integers(0, 6), st.integers(0, 12))
parts_of = st.dictionaries(st.sampled_from(SEX), counts_of, min_size=1, max_size=4)
rows_of = parts_of.map(in_all)


@st.composite
def corrected(draw) -> list[dict[str, int]]:
    """A row, and what became of it in two later editions: some parts counted anew, or for the first time."""
    parts = draw(parts_of)
    rows = [in_all(parts)]
    for _edition in range(2):
        parts = {**parts, **draw(st.dictionaries(st.sampled_from(SEX), counts_of, max_size=2))}
        rows.append(in_all(parts))
    return rows


@settings(max_examples=400)
@given(rows_of)
def test_no_small_count_can_be_worked_out(row):
    assert given_away(published([row])) == []


@settings(max_examples=400, deadline=None)
@given(corrected())
def test_no_small_count_can_be_worked_out_across_editions(rows):
    assert given_away(published(rows)) == []


@given(corrected())
def test_what_is_shown_is_right(rows):
    for counts, view in published(rows):
        assert all(told in (None, counts[cell]) for cell, told in view.counts.items())


@given(rows_of)
def test_nothing_is_hidden_where_nobody_is_few(row):
    plenty = {cell: count + USUAL for cell, count in row.items() if cell != TOTAL}
    assert None not in shown(in_all(plenty)).counts.values()


def hides_only_what_is_small(counts: dict[str, int], _before: Shown | None) -> Shown:
    return Shown({cell: None if 0 < count < USUAL else count for cell, count in counts.items()})


def forgets(counts: dict[str, int], _before: Shown | None) -> Shown:
    return shown(counts)


@pytest.mark.parametrize(
    ("rule", "rows"),
    [
        (hides_only_what_is_small, [{"women": 30, "men": 8, "other": 3}]),
        (forgets, [{"women": 30, "men": 8, "other": 6}, {"women": 30, "men": 8, "other": 3}]),
        (forgets, [{"women": 30, "men": 8, "other": 3}, {"women": 30, "men": 8, "other": 6}]),
    ],
)
def test_a_rule_that_gives_small_counts_away_is_seen(rule, rows):
    assert given_away(published([in_all(parts) for parts in rows], rule))


def test_a_second_part_is_hidden_beside_a_small_one():
    told = shown({TOTAL: 41, "women": 30, "men": 8, "other": 3}).counts
    assert told == {TOTAL: 41, "women": 30, "men": None, "other": None}


def test_nobody_is_no_small_number():
    assert shown({TOTAL: 30, "women": 30, "men": 0}).counts == {TOTAL: 30, "women": 30, "men": 0}


def test_a_row_of_few_people_is_hidden_whole():
    assert set(shown({TOTAL: 4, "women": 4}).counts.values()) == {None}


def test_a_disability_wants_ten_on_both_sides():
    assert shown({TOTAL: 40, "women": 40, "disability": 9}).counts["disability"] is None
    assert shown({TOTAL: 40, "women": 40, "disability": 31}).counts["disability"] is None
    assert shown({TOTAL: 40, "women": 40, "disability": 12}).counts["disability"] == 12


def test_a_sum_says_when_it_is_not_whole():
    views = [shown({TOTAL: 41, "women": 30, "men": 8, "other": 3}).counts, shown({TOTAL: 20, "women": 20}).counts]
    assert at_least(views, "women") == (50, True)
    assert at_least(views, "men") == (0, False)
