"""The text that reminds a ministry of what it has not answered."""

from nap_builder.commitments.queries import Ministry
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

    open_lines = [line for line in ministry.waiting if not line.activity.restricted]
    with force_locale(language):
        lines = [said(ministry.institution.name), _beginning(said(plan.title), len(open_lines))]
        for line in open_lines[:LISTED]:
            row = f"{line.activity.code} {said(line.activity.title)}"
            by = _(" (answer by %(day)s)", day=day(line.due)) if line.due else ""
            lines.append(f"– {row}{by}")
        if len(open_lines) > LISTED:
            lines.append(_n("and %(num)s more", "and %(num)s more", len(open_lines) - LISTED))
        lines.append(_("Accept, or ask for a change, here: %(address)s", address=address))
    return "\n".join(lines)


def _beginning(plan: str, count: int) -> str:
    if not count:
        return _("The plan “%(plan)s” waits for your answer.", plan=plan)
    return _n(
        "The plan “%(plan)s” waits for your answer about %(num)s activity:",
        "The plan “%(plan)s” waits for your answer about %(num)s activities:",
        count,
        plan=plan,
    )
