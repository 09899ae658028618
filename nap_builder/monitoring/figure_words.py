"""The figures of an indicator in words, for pages and reports alike."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from nap_builder.kernel.languages import _, day, listed, moment, number, when, words_in
from nap_builder.monitoring.charts import period_in_words, value_in_words
from nap_builder.monitoring.progress.exact import rounded
from nap_builder.monitoring.progress.names import STATUSES
from nap_builder.monitoring.progress.rows import figure_of
from nap_builder.monitoring.progress.shapes import Figure, Measure, Reported, has_number
from nap_builder.monitoring.progress.totals import adds_up
from nap_builder.monitoring.progress.values import value_of
from nap_builder.monitoring.queries.figures import Awaited, MeasureRecord, Point, Run
from nap_builder.plans.models.measures import Figure as FigureRow
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.names import CATEGORIES, DIMENSIONS, MISSING, named
from nap_builder.plans.wording import spoken

QUALITY_KINDS = {"verified": "done", "provisional": "wait", "estimate": "warn"}


@dataclass(frozen=True, slots=True)
class Aim:
    """A figure of the plan itself: what it is, what it says, when it holds, and its row."""

    label: str
    says: str
    when: str
    row: FigureRow


def told(measure: Measure, figure: Figure | Reported) -> str:
    """What a figure says: its number with the parts that make it, why there is none, or its words.

    A ratio is read more easily by its parts, a share by its number.
    """
    if isinstance(figure, Reported) and figure.missing:
        return named(MISSING, figure.missing)
    shown = value_in_words(measure, value_of(measure, figure))
    if figure.numerator is None or figure.denominator is None:
        return shown or words_in(figure.text)
    fraction = _("%(some)s of %(all)s", some=number(figure.numerator), all=number(figure.denominator))
    if not shown:
        return fraction
    first, second = (fraction, shown) if measure.kind == "ratio" else (shown, fraction)
    return _("%(value)s (%(note)s)", value=first, note=second)


def judged(measure: Measure, value: Decimal | None, points: Sequence[Reported]) -> str:
    """The figure that is judged; a ratio that the last of these points gives with the two numbers that make it."""
    last = next((point for point in reversed(points) if has_number(point)), None)
    if last is not None and measure.kind == "ratio" and value_of(measure, last) == value:
        return told(measure, last)
    return value_in_words(measure, value)


def headline(run: Run) -> str:
    """The figure that a series is judged by, else what was told last; empty where nothing was."""
    if run.status.value is not None:
        return judged(run.measure, run.status.value, run.series.points)
    return told(run.measure, run.last.told) if run.last else ""


def in_short(run: Run) -> str:
    """A series in one sentence, for who cannot see its chart."""
    figure, status = headline(run), STATUSES[run.status.name]
    if not figure or run.last is None:
        return str(status)
    values = {"value": figure, "period": period_in_words(run.last.told), "status": status}
    return _("%(value)s in %(period)s. %(status)s.", **values)


def aims(row: MeasureRecord) -> list[Aim]:
    """The figures that the plan gives an indicator: baseline, targets, benchmark."""
    said = row.said
    found = [(_("Baseline"), said.baseline), *((_("Target"), one) for one in said.targets)]
    return [
        Aim(label, told(row.measure, figure_of(one)), when(one.by) if one.by else str(one.year or ""), one)
        for label, one in (*found, (_("Benchmark"), said.benchmark))
        if one is not None
    ]


def counts_from(measure: Measure) -> str:
    """How the periods of an indicator become the figure that is judged; empty where the last one is."""
    if adds_up(measure):
        start = value_of(measure, measure.baseline)
        if start is None or measure.baseline is None or measure.baseline.day is None:
            return _("The figure is that of all periods added up.")
        value, since = value_in_words(measure, start), day(measure.baseline.day)
        return _(
            "The figure counts from the baseline: %(value)s on %(day)s, and all periods since added to it.",
            value=value,
            day=since,
        )
    if measure.total == "sum":
        return _("The figure is the share of all periods since the baseline together, made from their parts.")
    return _("The figure is the average of all periods since the baseline.") if measure.total == "average" else ""


def beyond(run: Run) -> str:
    """By how much the last target is exceeded, in a sentence; empty where it is not."""
    if run.beyond is None:
        return ""
    over = number(rounded(run.beyond, 2))
    if run.measure.is_share and run.measure.kind != "ratio":
        return _("That is %(over)s percentage points better than the last target asks for.", over=over)
    return _("That is %(over)s better than the last target asks for.", over=over)


def awaited(next_one: Awaited | None) -> str:
    """When the next figure is due, in a sentence; empty where none is."""
    if next_one is None:
        return ""
    if next_one.period is None:
        return _("The next figure is for the time to %(day)s.", day=day(next_one.measured))
    return _(
        "The next figure is for the period to %(ends)s. It is due by %(due)s.",
        ends=day(next_one.period.ends),
        due=day(next_one.period.due),
    )


def not_counted(row: MeasureRecord, run: Run, plan: Plan) -> list[str]:
    """Who is not counted, in sentences: who never is, what the last figure is not broken down by, and its gaps."""
    said = [words_in(row.measure.not_counted)] if row.measure.not_counted else []
    lacking = run.uncounted
    if run.last is not None:
        said += [
            _("Not broken down in the last figure: %(dimension)s.", dimension=dimension(name))
            for name in lacking.dimensions
        ]
    for cell in lacking.parts:
        part = ", ".join(category(plan, name, of) for name, of in cell.of.items())
        said.append(_("%(part)s: %(count)s", part=part, count=named(MISSING, cell.missing)))
    if row.measure.no_sex_reason:
        said.append(_("Not by sex: %(reason)s", reason=words_in(row.measure.no_sex_reason)))
    return said


def dimension(name: str) -> str:
    """What figures are broken down by."""
    return named(DIMENSIONS, name)


def category(plan: Plan, of: str, name: str) -> str:
    """What a part of a breakdown is called: a region by the name that the plan gives it."""
    regions = {region["code"]: region["name"] for region in plan.regions or ()} if of == "region" else {}
    return spoken(regions[name]) if name in regions else named(CATEGORIES, name)


def percent(value: Decimal) -> str:
    """Per cent to one place."""
    return _("%(number)s%%", number=number(rounded(value)))


def history(row: MeasureRecord, *, public: bool) -> list[dict[str, str]]:
    """Who said what and when, the newest first, as `history_list` takes it; everybody reads what was verified."""
    points = [point for run in row.runs for now in run.points for point in (*now.was, now)]
    lines = [line for point in points for line in _lines(row.measure, point, public=public)]
    return [line for _at, line in sorted(lines, key=_by_moment, reverse=True)]


def _by_moment(line: tuple[str, dict[str, str]]) -> str:
    return line[0]


def _lines(measure: Measure, point: Point, *, public: bool) -> Iterator[tuple[str, dict[str, str]]]:
    period = str(listed(filter(None, (period_in_words(point.told), point.told.series))))
    update, value = point.update, told(measure, point.told)
    if update is None:
        yield point.told.ends.isoformat(), {"sentence": _filed(period, value), "at": ""}
        return
    who = words_in(update.institution.called)
    sentence = _corrected if point.told.corrects else _reported
    at = update.submitted_at
    yield at.isoformat() if at else "", {"sentence": sentence(who, period, value), "at": moment(at)}
    if update.verified_at and not public:
        checked = _("%(who)s verified the figure for %(period)s.", who=update.verified_by, period=period)
        yield update.verified_at.isoformat(), {"sentence": checked, "at": moment(update.verified_at)}


def _filed(period: str, value: str) -> str:
    return _("The figure for %(period)s came in a file: %(value)s", period=period, value=value)


def _reported(who: str, period: str, value: str) -> str:
    return _("%(who)s reported for %(period)s: %(value)s", who=who, period=period, value=value)


def _corrected(who: str, period: str, value: str) -> str:
    return _("%(who)s corrected the figure for %(period)s: %(value)s", who=who, period=period, value=value)


def series_names(runs: Sequence[Run]) -> dict[str, str]:
    """What each series is called on a page; the only one of an indicator needs no name."""
    return {run.name: run.name or _("Without a name") for run in runs} if len(runs) > 1 else {}
