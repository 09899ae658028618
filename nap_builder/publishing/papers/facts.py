"""What fills the gaps of a paper: one function a gap, each answering None where the plan does not say it yet."""

from collections.abc import Callable
from typing import Any

from nap_builder.kernel.languages import language_name
from nap_builder.publishing.compose.cover import groups
from nap_builder.publishing.compose.source import Source, activities_of, indicators_of
from nap_builder.publishing.document import Said
from nap_builder.publishing.papers.case import Case, cost_of, in_words, is_uncosted
from nap_builder.publishing.papers.rows import measures

Fact = Callable[[Case], Said | str | None]


def fact(case: Case, name: str) -> Said | None:
    """What the plan says for a gap; None where it says nothing, or where the gap is for a person to fill."""
    found = FACTS[name](case) if name in FACTS else None
    said = Said(found) if isinstance(found, str) else found
    return said if said is not None and said.text.strip() else None


def holds(case: Case, condition: str) -> bool:
    """Whether a condition of a conditional block holds."""
    return bool(CONDITIONS[condition](case))


def _text(case: Case, text: Any) -> Said | None:
    return case.source.maybe(text)


def _name(case: Case, code: str | None) -> Said | None:
    return case.source.name(code) if code else None


def _issuer(case: Case) -> str | None:
    """Who issues the plan: as it says itself, else who chairs its task force."""
    said: str | None = case.source.plan.get("issuing_body") or case.task_force.get("chair")
    return said


def _head(case: Case, code: str | None) -> Said | None:
    return _accountable(case, code, "head")


def _accountable(case: Case, code: str | None, part: str) -> Said | None:
    return _text(case, case.institution_said(code).get("accountable", {}).get(part))


def _invited(case: Case) -> str | None:
    names = (case.source.name(code).text for code in (*case.members, *case.observers))
    return case.voice.gettext("; ").join(names) or None


def _rhythm(case: Case, months: int | None) -> str | None:
    return case.voice.ngettext("every month", "every %(num)s months", months) if months else None


def _pillar_titles(case: Case) -> str | None:
    return case.voice.gettext("; ").join(case.source.said(row["title"]).text for row in case.source.pillars) or None


def _pillars(case: Case) -> str | None:
    count = len(case.source.pillars)
    return case.voice.ngettext("%(num)s pillar", "%(num)s pillars", count) if count else None


def _objectives(case: Case) -> str | None:
    count = sum(len(pillar.get("objectives", ())) for pillar in case.source.pillars)
    return case.voice.ngettext("%(num)s objective", "%(num)s objectives", count) if count else None


def _activities(case: Case, count: int) -> str | None:
    return case.voice.ngettext("%(num)s activity", "%(num)s activities", count) if count else None


def _indicators(case: Case) -> str | None:
    count = sum(1 for pillar in case.source.pillars for _row in indicators_of(pillar))
    return case.voice.ngettext("%(num)s indicator", "%(num)s indicators", count) if count else None


def unled(case: Case) -> int:
    """How many activities no institution leads."""
    return sum(part.lead is None for part in case.parts)


def uncosted(case: Case) -> int:
    """How many activities have neither an amount nor a word on why they need none."""
    return sum(is_uncosted(row) for pillar in case.source.pillars for row in activities_of(pillar))


def _money(case: Case, state: str | None = None) -> str | None:
    ledger = case.ledger
    return in_words(case, ledger.sum(state=state), ledger.currency) if ledger.sum() else None


def _led_cost(case: Case) -> str | None:
    sums = cost_of(case, (part.row for part in case.led))
    return case.voice.gettext("; ").join(in_words(case, sums[code], code) for code in sums) or None


def _fingerprint(case: Case) -> Said | None:
    digest = case.cited.sha256
    return case.left_to_right(" ".join(groups(digest))) if digest else None


def _instrument(case: Case) -> Said | None:
    """The decision or law that adopts the plan, with its number where that is said."""
    adoption = case.source.plan.get("adoption", {})
    said, number = _text(case, adoption.get("instrument")), adoption.get("number")
    return Said(f"{said.text} ({number})", said.lang) if said and number else said


def _adopted_on(case: Case) -> str | None:
    day = case.source.plan.get("adoption", {}).get("date")
    return case.voice.when(day) if day else None


def _milestone(case: Case, kind: str) -> str | None:
    """The date of the plan's own first milestone of a kind."""
    dated = (row["due"] for row in case.source.file.get("milestones", ()) if row.get("kind") == kind and "due" in row)
    found = next(dated, None)
    return case.voice.when(found) if found else None


def _languages(case: Case) -> str:
    """The plan's languages as a sentence names them: English writes them with a capital, French without."""
    named = [language_name(tag, case.voice.lang) for tag in case.source.plan["languages"]]
    return case.voice.gettext(", ").join(name if case.voice.lang == "en" else name.lower() for name in named)


def _year(source: Source, end: str) -> str:
    return str(source.plan[end][:4])


FACTS: dict[str, Fact] = {
    "state": lambda case: case.source.edition.state_name,
    "plan": lambda case: _text(case, case.source.plan["title"]),
    "first_year": lambda case: _year(case.source, "starts"),
    "last_year": lambda case: _year(case.source, "ends"),
    "plan_languages": _languages,
    "issuing_body": lambda case: _name(case, _issuer(case)),
    "chair": lambda case: _name(case, case.task_force.get("chair")),
    "chair_head": lambda case: _head(case, case.task_force.get("chair")),
    "invited": _invited,
    "mandate": lambda case: _text(case, case.task_force.get("mandate")),
    "meeting_rhythm": lambda case: _rhythm(case, case.task_force.get("meets_every_months")),
    "report_rhythm": lambda case: _rhythm(case, case.source.plan.get("reporting_months", 12)),
    "monitor": lambda case: _name(case, case.source.plan.get("monitoring", {}).get("owner")),
    "pillar_titles": _pillar_titles,
    "pillars": _pillars,
    "objectives": _objectives,
    "activities": lambda case: _activities(case, len(case.parts)),
    "indicators": _indicators,
    "unled": lambda case: case.voice.number(unled(case)),
    "uncosted": lambda case: case.voice.number(uncosted(case)),
    "total": _money,
    "secured": lambda case: _money(case, "secured"),
    "missing": lambda case: _money(case, "gap"),
    "not_known": lambda case: _money(case, "unknown"),
    "version": lambda case: case.voice.number(case.cited.number),
    "fingerprint": _fingerprint,
    "instrument": _instrument,
    "adopted_on": _adopted_on,
    "first_report": lambda case: _milestone(case, "report"),
    "institution": lambda case: _name(case, case.institution),
    "institution_head": lambda case: _head(case, case.institution),
    "institution_manager": lambda case: _accountable(case, case.institution, "manager"),
    "institution_staff": lambda case: _accountable(case, case.institution, "staff"),
    "focal_point": lambda case: _text(case, case.institution_said(case.institution).get("focal_post")),
    "led": lambda case: _activities(case, len(case.led)),
    "led_cost": _led_cost,
}
CONDITIONS: dict[str, Callable[[Case], Any]] = {
    "has_observers": lambda case: case.task_force.get("observers"),
    "has_pillars": lambda case: case.source.pillars,
    "has_milestones": lambda case: case.source.file.get("milestones"),
    "has_monitor": lambda case: case.source.plan.get("monitoring", {}).get("owner"),
    "has_leaders": lambda case: case.leaders,
    "has_costs": lambda case: case.ledger.sum(),
    "has_missing_money": lambda case: case.ledger.sum(state="gap"),
    "has_unknown_money": lambda case: case.ledger.sum(state="unknown"),
    "has_uncounted_money": lambda case: case.ledger.uncounted(),
    "has_unled": unled,
    "has_uncosted": uncosted,
    "leads_with_cost": lambda case: cost_of(case, (part.row for part in case.led)),
    "has_measures": measures,
    "supports": lambda case: case.institution and case.supported,
}
