"""The text that reminds a ministry of what it has not answered or confirmed."""

from nap_builder.commitments.queries import Line, Ministry
from nap_builder.kernel.languages import _, _n, day, force_locale, words_in
from nap_builder.plans.models.plan import Plan

LISTED = 12


def reminder(plan: Plan, ministry: Ministry, language: str, address: str) -> str:
    """A few lines for any messenger in a language: who asks, for what, by when, and where to answer (`address`).

    What is restricted is left out: the text goes where nobody knows who reads it.
    """
    first = plan.first_language

    def said(text: dict[str, str]) -> str:
        return words_in(text, language, first)

    def named(some: list[Line]) -> list[str]:
        rows = [f"– {one.activity.code} {said(one.activity.title)}{_by(one)}" for one in some[:LISTED]]
        left = len(some) - LISTED
        return [*rows, _n("and %(num)s more", "and %(num)s more", left)] if left > 0 else rows

    open_lines = [line for line in ministry.waiting if not line.activity.restricted]
    entered = [line for line in ministry.to_confirm if not line.activity.restricted]
    with force_locale(language):
        lines = [said(ministry.institution.name)]
        if ministry.waiting:
            lines += [_beginning(said(plan.title), len(open_lines)), *named(open_lines)]
        if ministry.to_confirm:
            lines += [_entered(said(plan.title), len(entered)), *named(entered)]
        lines.append(_("Accept, confirm, or ask for a change, here: %(address)s", address=address))
    return "\n".join(lines)


def _by(line: Line) -> str:
    return _(" (answer by %(day)s)", day=day(line.due)) if line.waits and line.due else ""


def _entered(plan: str, count: int) -> str:
    if not count:
        return _("The plan “%(plan)s” has an answer that was entered for you. Confirm it.", plan=plan)
    return _n(
        "In the plan “%(plan)s” %(num)s answer was entered for you. Confirm it:",
        "In the plan “%(plan)s” %(num)s answers were entered for you. Confirm them:",
        count,
        plan=plan,
    )


def _beginning(plan: str, count: int) -> str:
    if not count:
        return _("The plan “%(plan)s” waits for your answer.", plan=plan)
    return _n(
        "The plan “%(plan)s” waits for your answer about %(num)s activity:",
        "The plan “%(plan)s” waits for your answer about %(num)s activities:",
        count,
        plan=plan,
    )
