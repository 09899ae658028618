"""The text that reminds an institution of what it has not reported in a period."""

from typing import Any

from nap_builder.kernel.languages import _, _n, day, force_locale, words_in
from nap_builder.monitoring.models import RETURNED
from nap_builder.monitoring.queries.cycle import Reporter
from nap_builder.monitoring.queries.due import Due
from nap_builder.plans.models.plan import Plan

LISTED = 12


def reminder(plan: Plan, reporter: Reporter, language: str, address: str) -> str:
    """A few lines for any messenger in a language: what is missing, since when it is due, and where to write it.

    What is restricted is left out: the text goes where nobody knows who reads it.
    """
    first = plan.first_language

    def said(text: dict[str, str]) -> str:
        return words_in(text, language, first)

    open_dues = [due for due in reporter.waiting if not is_restricted(due)]
    with force_locale(language):
        lines = [said(reporter.institution.name), _beginning(said(plan.title), reporter, len(open_dues))]
        lines += [f"– {_row(due, said)}" for due in open_dues[:LISTED]]
        left = len(open_dues) - LISTED
        if left > 0:
            lines.append(_n("and %(num)s more", "and %(num)s more", left))
        lines.append(_("Where nothing changed, one press says so. Write here: %(address)s", address=address))
    return "\n".join(lines)


def is_restricted(due: Due) -> bool:
    """Whether what is due is, or hangs on, a restricted activity."""
    return due.activity is not None and due.activity.restricted


def _row(due: Due, said: Any) -> str:
    line = f"{due.row.code} {said(due.row.title)}"
    return _("%(row)s (sent back to you)", row=line) if due.state == RETURNED else line


def _beginning(plan: str, reporter: Reporter, count: int) -> str:
    period = reporter.dues[0].period
    given = {"plan": plan, "ends": day(period.ends), "due": day(period.due)}
    if not count:
        return _("The plan “%(plan)s” waits for your report on the period to %(ends)s. It is due on %(due)s.", **given)
    return _n(
        "The plan “%(plan)s” waits for %(num)s report of yours on the period to %(ends)s, due on %(due)s:",
        "The plan “%(plan)s” waits for %(num)s reports of yours on the period to %(ends)s, due on %(due)s:",
        count,
        **given,
    )
