"""Bars without words: women and men by period, and from when to when on a scale of years."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from nap_builder.kernel.charts import FAINT, INK, Numbers, Say
from nap_builder.kernel.drawing import BAR_WIDTH, Fill, box_fill, dashed, diamond, filled, swatch_fills
from nap_builder.kernel.languages import _, number

ROW, BAR_TOP, BAR_HIGH = 34, 5, 24
TIME_ROW, TIME_TOP, TIME_HIGH = 40, 10, 20
DAYS_OF_A_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class BySex:
    """Women and men in a period. Where one is not known, `why` may say the reason."""

    period: str
    women: Decimal | None = None
    men: Decimal | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class SexBar:
    """A period's bar (viewBox `0 0 1000 34`), the share of women in words, and the figures behind it."""

    period: str
    fills: tuple[Fill, ...]
    share: str
    words: str


@dataclass(frozen=True, slots=True)
class SexKey:
    """What a filling means, in words (viewBox `0 0 18 18`)."""

    fills: tuple[Fill, ...]
    words: str


@dataclass(frozen=True, slots=True)
class SexChart:
    """Women and men by period, each bar a whole, with the target for the share of women as a line through all."""

    bars: tuple[SexBar, ...]
    keys: tuple[SexKey, ...]
    numbers: Numbers
    width: int = BAR_WIDTH
    height: int = ROW


@dataclass(frozen=True, slots=True)
class TimeBar:
    """A row's bar (viewBox `0 0 1000 40`)."""

    fills: tuple[Fill, ...]
    width: int = BAR_WIDTH
    height: int = TIME_ROW


@dataclass(frozen=True, slots=True)
class Timeline:
    """A scale of whole years, `first` to `last`, with today's line where that lies on it; `named` is today in words."""

    first: int
    last: int
    today: date | None = None
    named: str = ""

    @property
    def years(self) -> tuple[int, ...]:
        """The years, each a cell of one size."""
        return tuple(range(self.first, self.last + 1))

    @property
    def today_words(self) -> str:
        """Which day the dashed line is; empty where there is none."""
        return _("The dashed line is %(day)s.", day=self.named) if self.has_today else ""

    @property
    def has_today(self) -> bool:
        """Whether today lies on the scale."""
        return self.today is not None and self.first <= self.today.year <= self.last

    def bar(self, starts: date | None, ends: date | None, kind: str, marks: Iterable[date] = ()) -> TimeBar:
        """From the first day to the last, as far as the scale goes; from its start or to its end where one is not said.

        `kind` is a look of `drawing.LOOKS`. Without either day there is no bar, only the scale. Each of `marks` that
        lies on the scale is a diamond.
        """
        fills = [box_fill(x, 0, x + 1, TIME_ROW, FAINT) for x in (self._x(year) for year in self.years)]
        if starts or ends:
            start = max(0.0, self._at(starts, 0)) if starts else 0.0
            end = min(float(BAR_WIDTH), self._at(ends, 1)) if ends else float(BAR_WIDTH)
            if start < BAR_WIDTH and end > 0:
                fills += filled(kind, start, max(end, start + 4), TIME_HIGH, TIME_TOP)
        for day in marks:
            if self.first <= day.year <= self.last:
                fills += diamond(self._at(day, 1), TIME_ROW / 2)
        if self.has_today and self.today:
            fills.append(dashed(self._at(self.today, 0), TIME_ROW, 4, INK))
        return TimeBar(tuple(fills))

    def _x(self, year: int) -> float:
        return BAR_WIDTH * (year - self.first) / len(self.years)

    def _at(self, when: date, passed: int) -> float:
        days = (when - date(when.year, 1, 1)).days + passed
        return self._x(when.year) + BAR_WIDTH * min(days / DAYS_OF_A_YEAR, 1) / len(self.years)


def sex_chart(rows: Sequence[BySex], *, target: Decimal | None = None, say: Say = number) -> SexChart:
    """Women and men by period; `target` is the share of women wanted, in per cent. A period without both is a gap."""
    bars = tuple(_bar(row, target, say) for row in rows)
    keys = [SexKey(tuple(swatch_fills("women")), _("women")), SexKey(tuple(swatch_fills("men")), _("men"))]
    if target is not None:
        keys.append(SexKey((dashed(9, 18, 3, INK),), _("target: %(share)s%%", share=number(target))))
    heads = (_("Period"), _("Women"), _("Men"), _("Share of women"))
    numbers = tuple((row.period, *_figures(row, say), bar.share) for row, bar in zip(rows, bars, strict=True))
    return SexChart(bars, tuple(keys), Numbers(heads, numbers))


def _bar(row: BySex, target: Decimal | None, say: Say) -> SexBar:
    line = [dashed(float(target) * BAR_WIDTH / 100, ROW, 5, INK)] if target is not None else []
    if row.women is None or row.men is None or not row.women + row.men:
        return SexBar(row.period, tuple(line), "", row.why or _("No value"))
    share = row.women * 100 / (row.women + row.men)
    edge = float(share) * BAR_WIDTH / 100
    fills = filled("women", 0, edge, BAR_HIGH, BAR_TOP) if row.women else []
    if row.men:
        fills += filled("men", edge + (3 if row.women else 0), BAR_WIDTH, BAR_HIGH, BAR_TOP)
    words = _("women %(women)s, men %(men)s", women=say(row.women), men=say(row.men))
    return SexBar(row.period, (*fills, *line), _("%(number)s%%", number=number(round(share, 1).normalize())), words)


def _figures(row: BySex, say: Say) -> tuple[str, str]:
    women, men = (row.why or _("No value") if value is None else say(value) for value in (row.women, row.men))
    return women, men
