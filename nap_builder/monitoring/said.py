"""What is reported, in words."""

from collections.abc import Mapping
from decimal import Decimal
from operator import itemgetter

from nap_builder.kernel.languages import _, day, listed, moment, money, number, words_in
from nap_builder.monitoring.charts import value_in_words
from nap_builder.monitoring.models import ONLINE, ProgressUpdate, StatusRule
from nap_builder.monitoring.names import SOURCES
from nap_builder.monitoring.progress.exact import rounded
from nap_builder.monitoring.progress.names import AMOUNTS, MILESTONE_STATES
from nap_builder.monitoring.progress.rows import measure_of
from nap_builder.monitoring.progress.shapes import Cell, Reported
from nap_builder.monitoring.progress.values import value_of
from nap_builder.monitoring.queries.record import Said
from nap_builder.plans import said as said_as
from nap_builder.plans.models.measures import BudgetLine, Indicator
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.money import amount_of
from nap_builder.plans.names import CATEGORIES, MISSING, named
from nap_builder.plans.queries.costs import as_said


def value(indicator: Indicator, told: Reported | None) -> str:
    """A value: its number in the indicator's manner, its words, or why there is none; empty where nothing is said."""
    if told is None:
        return ""
    if told.missing:
        return named(MISSING, told.missing)
    measure = measure_of(indicator, None, ())
    count = value_of(measure, told)
    if count is None:
        return words_in(dict(told.text or {}))
    if told.numerator is not None and told.denominator is not None:
        return _("%(some)s of %(all)s", some=number(told.numerator), all=number(told.denominator))
    exact = rounded(count, 2) == count  # who verifies sees every digit
    return value_in_words(measure, count) if exact else number(count)


def parts(told: Reported | None) -> str:
    """The parts of a value in one line: women 4, men 6."""
    return str(listed(_part(cell) for cell in told.cells)) if told else ""


def _part(cell: Cell) -> str:
    of = str(listed(named(CATEGORIES, category) for category in cell.of.values()))
    count = number(cell.value) if cell.value is not None else named(MISSING, cell.missing or "not_available")
    return _("%(part)s: %(count)s", part=of, count=count)


def milestone(told: Said | None) -> str:
    """What is said of a milestone: its state, the day it was completed, the reason."""
    if told is None or told.state is None:
        return ""
    words = [named(MILESTONE_STATES, told.state)]
    words += [day(told.met_on)] if told.met_on else []
    words += [words_in(told.reason)] if told.reason else []
    return ". ".join(words)


def amounts(line: BudgetLine, told: Mapping[str, Decimal] | None, plan: Plan) -> str:
    """What became of a line's money: each amount that is said, with its name."""
    currency = line.currency or plan.currency
    said = [(AMOUNTS[name], told[name]) for name in AMOUNTS if told and name in told]
    return str(listed(_("%(part)s: %(count)s", part=name, count=money(sum_, currency)) for name, sum_ in said))


def line(of: BudgetLine) -> str:
    """A budget line in words: its amount, its year, where it comes from."""
    plan = of.activity.plan
    amount = said_as.amount(amount_of(as_said(of)), of.currency or plan.currency)
    source = words_in(of.funder.name if of.funder else of.source)
    return " · ".join(part for part in (amount, said_as.year(of.year, plan), source) if part)


def story(update: ProgressUpdate) -> list[dict[str, str]]:
    """Who did what with an update and when, the newest first, as `history_list` takes it."""
    told = [
        (update.verified_at, _("%(who)s verified it.", who=update.verified_by)),
        (update.returned_at, _("%(who)s returned it: %(why)s", who=update.returned_by, why=update.return_reason)),
        (update.approved_at, _("%(who)s approved it for its institution.", who=update.approved_by)),
        (update.confirmed_at, _("%(who)s confirmed it for its institution.", who=update.confirmed_by)),
        (update.submitted_at, _sent(update)),
    ]
    return [
        {"sentence": sentence, "at": moment(at)}
        for at, sentence in sorted(((at, sentence) for at, sentence in told if at), key=itemgetter(0), reverse=True)
    ]


def _sent(update: ProgressUpdate) -> str:
    if update.source == ONLINE:
        return _("%(who)s sent it.", who=update.author)
    source = named(SOURCES, update.source)
    if not update.source_note:
        return _("%(who)s entered it. Source: %(source)s.", who=update.author, source=source)
    note = update.source_note
    return _("%(who)s entered it. Source: %(source)s. %(note)s", who=update.author, source=source, note=note)


def rule(given: StatusRule) -> list[str]:
    """A plan's rule as sentences, for whoever is judged by it."""
    return [
        _(
            "A figure is on track from %(on_track)s%% of the way expected by its day, at risk from %(at_risk)s%%, "
            "and behind below that.",
            on_track=number(given.on_track),
            at_risk=number(given.at_risk),
        ),
        _(
            "A milestone is at risk from the day after it was due, and gravely late after %(days)s days.",
            days=number(given.late_days),
        ),
        _("A change of more than %(jump)s%% from one period to the next is flagged.", jump=number(given.jump)),
        _(
            "A source is flagged that is more than %(years)s years older than its period.",
            years=number(given.stale_years),
        ),
    ]
