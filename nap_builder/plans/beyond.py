"""What does not fit the dates of an activity: the plan's own period, money and milestones that come after its end."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from nap_builder.kernel.languages import _, listed, when
from nap_builder.plans.calendar import first_day, fiscal_year_begins, last_day
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.problems import Period
from nap_builder.plans.said import year


@dataclass(frozen=True)
class Ahead:
    """What hangs on an activity with a time of its own: the years of its budget lines, the dates of its milestones."""

    years: Collection[int] = ()
    dues: Collection[str] = ()


def years_after(plan: Plan, ends: str | None, years: Collection[int]) -> list[int]:
    """The fiscal years that begin after an end, each once, in their order."""
    if not ends:
        return []
    return sorted({one for one in years if fiscal_year_begins(one, plan.fiscal_year_starts) > last_day(ends)})


def warnings(plan: Plan, starts: str | None, ends: str | None, ahead: Ahead) -> list[str]:
    """What a person should know before an activity gets these dates, a sentence each."""
    said = []
    period = Period(plan.starts, plan.ends)
    if any(not period.holds(one) for one in (starts, ends) if one):
        said.append(_("Outside the period of the plan."))
    if late := years_after(plan, ends, ahead.years):
        said.append(money_after(plan, late))
    if dues := sorted({one for one in ahead.dues if ends and first_day(one) > last_day(ends)}):
        said.append(_("It has milestones after its end: %(dates)s.", dates=listed(when(one) for one in dues)))
    return said


def money_after(plan: Plan, years: Sequence[int]) -> str:
    """That there is money for years after the end of an activity, in words."""
    return _("It has money for years after its end: %(years)s.", years=listed(year(one, plan) for one in years))
