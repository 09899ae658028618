"""How a plan stands, in words: the sentences of pages, public pages and reports."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from nap_builder.kernel.languages import LazyString, _, _l, _n, day, listed, number
from nap_builder.monitoring.charts import amount_in_words
from nap_builder.monitoring.figure_words import judged
from nap_builder.monitoring.models import CLOSED, ReportingPeriod
from nap_builder.monitoring.progress.exact import rounded
from nap_builder.monitoring.progress.names import ACTIVITY_STATUSES
from nap_builder.monitoring.progress.spending import Execution, Use
from nap_builder.monitoring.queries.came import Came
from nap_builder.monitoring.queries.money import MoneyRow
from nap_builder.monitoring.queries.objectives import ObjectiveRow
from nap_builder.monitoring.queries.overview import Overview
from nap_builder.monitoring.queries.standings import ActivityRow, Counts
from nap_builder.monitoring.queries.watched import Watched
from nap_builder.plans import said
from nap_builder.plans.calendar import MONTHS_OF_A_YEAR
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.money import Cost

RULE_OF_OBJECTIVES: LazyString = _l(
    "An objective is met when every indicator that measures it has reached its last target by verified figures."
    " Where no indicator measures it, it is met when all its activities are finished and verified."
)
PUBLIC: LazyString = _l(
    "Only figures that were verified and published are shown. Restricted activities are neither shown nor counted."
)
AMENDED: LazyString = _l(
    "The plan is being amended: activities are shown as they stand adopted, without indicators and money."
)
WATCHED: LazyString = _l("Those behind their target come first, then those at risk; up to six are shown.")


def headline(counts: Counts) -> str:
    """How much of the whole goes well."""
    if not counts.total:
        return _("The plan has no activity yet")
    return _n(
        "%(good)s of %(num)s activity is finished or on track",
        "%(good)s of %(num)s activities are finished or on track",
        counts.total,
        good=counts.good,
    )


def counted(counts: Counts) -> str:
    """Every status that some have, with its number, for who cannot see the bar."""
    parts = [
        _("%(status)s: %(count)s", status=ACTIVITY_STATUSES[name], count=count)
        for name, count in counts.parts()
        if count
    ]
    whole = _n("%(num)s activity", "%(num)s activities", counts.total)
    return _("%(whole)s. %(parts)s", whole=whole, parts=listed(parts)) if parts else whole


def changed(found: Overview) -> str:
    """What changed since the period before; empty where there is none."""
    if found.before is None or found.counts_before is None:
        return ""
    then = _("On %(day)s it was %(good)s.", day=day(found.before.ends), good=found.counts_before.good)
    if not found.moved:
        nothing = _("No activity moved since.")
        return f"{then} {nothing}"
    up, down = len(found.moved.up), len(found.moved.down)
    sentences = [
        _n("%(num)s activity moved up.", "%(num)s activities moved up.", up) if up else "",
        _n("%(num)s activity moved down.", "%(num)s activities moved down.", down) if down else "",
        _of_these(len(found.moved.newly_late), len(found.moved.finished)),
    ]
    return " ".join([then, *(sentence for sentence in sentences if sentence)])


def _of_these(late: int, finished: int) -> str:
    said_late = _n("%(num)s is newly late", "%(num)s are newly late", late) if late else ""
    said_finished = _n("%(num)s was finished", "%(num)s were finished", finished) if finished else ""
    both = [part for part in (said_late, said_finished) if part]
    return _("Of these: %(parts)s.", parts=listed(both)) if both else ""


def year_of(plan: Plan, on: date) -> str:
    """Which year of the plan a day lies in; empty outside its time."""
    if not plan.starts <= on <= plan.ends:
        return ""
    return _("Year %(year)s of %(years)s.", year=_year(plan, on), years=_year(plan, plan.ends))


def _year(plan: Plan, on: date) -> int:
    months = (on.year - plan.starts.year) * MONTHS_OF_A_YEAR + on.month - plan.starts.month
    return (months - (on.day < plan.starts.day)) // MONTHS_OF_A_YEAR + 1


def good_of(counts: Counts) -> str:
    """How many of some activities go well; a dash where there is none."""
    return _("%(some)s of %(all)s", some=counts.good, all=counts.total) if counts.total else "–"


def silent(found: Overview) -> str:
    """How many institutions still owe reports; that none does, where a period asks for any."""
    if found.period is None:
        return ""
    if not found.silent:
        return _("Every institution has reported.")
    return _n(
        "%(num)s institution has not reported in full",
        "%(num)s institutions have not reported in full",
        len(found.silent),
    )


def due(period: ReportingPeriod, days_late: int) -> str:
    """When reports of a period were due, or how many days they are late by now."""
    if period.state == CLOSED:
        return _("%(day)s; the period is closed", day=day(period.due))
    if days_late <= 0:
        return _n("In %(num)s day", "In %(num)s days", -days_late) if days_late else _("Today")
    return _n("%(num)s day late", "%(num)s days late", days_late)


def objectives_met(rows: Sequence[ObjectiveRow]) -> str:
    """How many objectives are met; that none can be counted where nothing shows it of any."""
    if not any(each.of for each in rows):
        return _("No objective can be counted yet.")
    met = sum(each.met for each in rows)
    return _n("%(met)s of %(num)s objective is met.", "%(met)s of %(num)s objectives are met.", len(rows), met=met)


def shown_by(each: ObjectiveRow) -> str:
    """What shows whether an objective is met, and how much of that is there."""
    if not each.of:
        return _("No indicator measures it, and it has no activity.")
    if each.indicators:
        return _n(
            "%(some)s of %(num)s indicator has reached its target",
            "%(some)s of %(num)s indicators have reached their target",
            each.of,
            some=each.shown,
        )
    return _n(
        "%(some)s of %(num)s activity is finished and verified",
        "%(some)s of %(num)s activities are finished and verified",
        each.of,
        some=each.shown,
    )


def verified(came: Came) -> str:
    """How many of the reports that were asked for are sent, and how many of these are verified."""
    if not came.sent:
        return _("No report has come in yet.")
    return _n(
        "%(sent)s of %(num)s report sent, %(verified)s verified.",
        "%(sent)s of %(num)s reports sent, %(verified)s verified.",
        came.asked,
        sent=came.sent,
        verified=came.verified,
    )


def stands(row: ActivityRow) -> str:
    """The status of an activity; of one past its end how late it is."""
    late = row.standing.days_late
    return _n("%(num)s day late", "%(num)s days late", late) if late else str(ACTIVITY_STATUSES[row.status])


def times(row: ActivityRow) -> str:
    """When an activity is done, as the plan says it."""
    return said.times(row)


def value(one: Watched) -> str:
    """The last value of an indicator with its unit, in words; empty where there is none."""
    if one.measure.kind == "ratio":
        return judged(one.measure, one.status.value, one.series.points)
    return amount_in_words(one.measure, one.indicator.unit, one.status.value)


def cost(given: Cost | None) -> str:
    """A sum in the plan's currency, what stands apart beside it; a dash where nothing is said."""
    if given is None:
        return "–"
    own = said.amount(given.total) if given.total is not None else ""
    return " + ".join(part for part in (own, said.other_costs(given)) if part) or "–"


def stage(use: Use, name: str) -> str:
    """What some money comes to at a stage."""
    return cost(use.costs.get(name))


def unverified(use: Use, name: str) -> str:
    """How much of a stage no verified report says; what these say where it is more; empty where they say the same."""
    if name in use.checked:
        return _("verified: %(amount)s", amount=cost(use.checked[name]))
    return _("%(amount)s not verified", amount=cost(use.unverified[name])) if name in use.unverified else ""


def rate_verified(execution: Execution) -> str:
    """How much is spent by verified reports alone; empty where that is the same."""
    return _("verified: %(amount)s", amount=share(*execution.verified)) if execution.verified else ""


def at_stage(row: MoneyRow, name: str) -> str:
    """What one budget line comes to at a stage, in its own currency; a dash where nothing is said."""
    spent = row.outlay.stages.get(name)
    return said.amount(spent.given, spent.currency) if spent else "–"


def line_unverified(row: MoneyRow, name: str) -> str:
    """The same of one budget line; in its own currency, which stands with the amount."""
    waiting, checked = row.outlay.waiting(name), row.outlay.checked.get(name)
    if checked is not None and row.outlay.fell(name):
        return _("verified: %(amount)s", amount=said.amount(checked.given))
    return _("%(amount)s not verified", amount=said.amount(waiting.given)) if waiting else ""


def rate(execution: Execution) -> str:
    """How much is spent, in per cent; a dash where nothing can be compared."""
    return share(execution.low, execution.high)


def share(low: Decimal | None, high: Decimal | None) -> str:
    """A share in per cent, or the range it lies in; a dash for none."""
    if low is None or high is None:
        return "–"
    least, most = number(rounded(low)), number(rounded(high))
    return _("%(number)s%%", number=least) if least == most else _("%(low)s to %(high)s%%", low=least, high=most)


def days(given: Decimal | int | None) -> str:
    """A number of days; a dash for none."""
    return "–" if given is None else number(given)
