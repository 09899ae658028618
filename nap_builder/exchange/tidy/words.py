"""What the tables and columns of a plan as data are called, what they mean, and in what they are counted."""

from collections.abc import Iterator, Mapping
from typing import Any

from nap_builder.consultations import names as asked
from nap_builder.exchange.tidy.layout import REF, RESPONSIBILITY
from nap_builder.exchange.workbook.layout import ORDER, TEXT, UNDER, Column
from nap_builder.exchange.workbook.reported import HEADS as REPORTED
from nap_builder.exchange.workbook.words import SHEET_NAMES, choices, head
from nap_builder.kernel.languages import LazyString, _, _l, language_name
from nap_builder.monitoring.names import QUALITIES
from nap_builder.monitoring.progress.names import ACTIVITY_STATUSES, AMOUNTS, MILESTONE_STATES
from nap_builder.plans import names
from nap_builder.plans.member_names import MEMBERS
from nap_builder.taskforce.names import SECTORS

PEOPLE: Mapping[str, LazyString] = {"total": _l("In all"), **asked.SEXES, **asked.AGES, **asked.TRAITS}
TABLES: Mapping[str, LazyString | str] = {
    **SHEET_NAMES,
    "document": _l("The file"),
    "task_force": _l("Task force"),
    "plan.adoption.amendments": _l("Amendments"),
    "plan.regions": MEMBERS["regions"],
    "plan.rates": MEMBERS["rates"],
    "plan.abbreviations": MEMBERS["abbreviations"],
    "plan.signatures": MEMBERS["signatures"],
    "plan.not_applicable": MEMBERS["not_applicable"],
    "indicator.scale": MEMBERS["scale"],
    "cells": _l("Figures by sex, age and other parts"),
    "more": MEMBERS["more"],
    "consultation.organisations": MEMBERS["organisations"],
    RESPONSIBILITY: _l("Who answers for what"),
}
_NAMES: Mapping[str, LazyString] = {
    REF: _l("Reference"),
    UNDER: _l("Stands under"),
    ORDER: MEMBERS["order"],
    "format": _l("Format"),
    "profile": _l("Profile"),
    "frozen_at": _l("Frozen at"),
    "instrument": _l("Instrument"),
    "gazette": _l("Gazette"),
    "date": _l("Day"),
    "on": _l("Day"),
    "long": _l("In full"),
    "of": _l("Part"),
    "check": _l("Check"),
    "rate": _l("Rate"),
    "label": _l("Label"),
    "head": _l("Head"),
    "manager": _l("Manager"),
    "staff": _l("Staff"),
    "body": _l("Text"),
    "response": _l("Answer"),
    "public": _l("Agreed to be named"),
    "response.by": MEMBERS["institution"],
    "response.changed": MEMBERS["related"],
    **AMOUNTS,
    "role": _l("How it answers"),
    "inherited": _l("From the row above"),
    "slug": _l("Short name in addresses"),
}
_REPORTED = ("value", "cells")
_UNITS: Mapping[str, LazyString] = {
    **dict.fromkeys(
        ["amount", "low", "high", "unit_cost", "spent", "approved", "committed", "disbursed"],
        _l("the currency of the line, else of the plan"),
    ),
    **dict.fromkeys(["reporting_months", "frequency_months", "meets_every_months"], _l("months")),
    **dict.fromkeys(["figure.value", "value.value", "cells.value"], _l("the unit of the indicator")),
    **dict.fromkeys([f"participants.{name}" for name in PEOPLE], _l("people")),
    "quantity": _l("the unit of the line"),
    "rate": _l("the plan’s currency for one unit"),
}
_MEANINGS: Mapping[str, LazyString] = {
    REF: _l("Names this row within the plan. Other tables refer to it by this."),
    UNDER: _l("The reference of the row that this one belongs to."),
    ORDER: _l("The place of this row among those beside it, from 1."),
    "key": _l("Identity of the row for as long as the plan and its successors live. It is never printed or reused."),
    "code": _l("What is printed. It may change from one version to the next; the key does not."),
    "profile": _l("public leaves out all that is restricted, and how things go."),
    "country": _l("ISO 3166-1, three letters."),
    "languages": _l("BCP 47. The first is the plan’s own."),
    "plan.currency": _l("ISO 4217."),
    "currency": _l("ISO 4217. Where it is empty, the plan’s currency."),
    "timezone": _l("IANA name. Every deadline is read in it."),
    "restricted": _l("True keeps it out of every public page and file."),
    "mandates": _l("Obligations it answers, such as S/RES/1325 OP8."),
    "change_for_women": _l("The change meant in the lives of women and girls."),
    "gender_marker": _l("Gender equality policy marker of OECD DAC."),
    "new": _l("True for new work, false for work that was already under way."),
    "amount": _l("Empty where quantity, times and cost of one say it, or a range."),
    "budget_line.year": _l("The fiscal year that begins in this calendar year."),
    "lead": _l("Code of the institution that leads. Where it is empty, the one that leads the row above."),
    "co_leads": _l("Codes of institutions that lead together with it."),
    "supporting": _l("Codes of institutions that take part."),
    "responsible": _l("Code of the institution that reports."),
    "total": _l("How figures of several periods become one."),
    "references": _l("Standard indicators that it reports to, such as SDG 5.5.1."),
    "figure.part": _l("The baseline, a target or the benchmark."),
    "estimate": _l("True where nobody has counted."),
    "quality": _l("How sure the figure is. Where it is empty, it is provisional."),
    "missing": _l("Why there is no figure."),
    "series": _l("Figures of one series may be compared with each other."),
    "corrects": _l("True where it takes the place of an earlier figure of the same period."),
    "policy_review.commitment": _l("The norm that the policy was held against."),
    "number": _l("The printed number of the paragraph, given when the version is frozen."),
    "more.label": _l("The head of a column that this State has and the format has not."),
    "rate": _l("One unit of the currency in the plan’s currency."),
    "role": _l("Leads, leads together with another, takes part, reports, or keeps it."),
    "inherited": _l("True where the row itself names nobody, and who leads the row above leads it too."),
}
_VALUES: Mapping[str, Mapping[Any, LazyString]] = {
    "plan.adoption.level": names.ADOPTERS,
    "objective.commitment.state": names.COMMITMENTS,
    "activity.commitment.state": names.COMMITMENTS,
    "contribution.response.decision": asked.DECISIONS,
    "contribution.attribution": asked.ATTRIBUTIONS,
    "contribution.channel": asked.CHANNELS,
    "consultation.kind": asked.KINDS,
    "consultation.round": asked.ROUNDS,
    "consultation.with": asked.WITH_WHOM,
    "consultation.visibility": asked.VISIBILITIES,
    "consultation.attribution": asked.CONSULTATION_ATTRIBUTIONS,
    "consultation.risk": asked.RISKS,
    "consultation.organisations.sector": SECTORS,
    "activity.status": ACTIVITY_STATUSES,
    "milestone.state": MILESTONE_STATES,
    "value.quality": QUALITIES,
    "value.missing": names.MISSING,
    "cells.missing": names.MISSING,
    f"{RESPONSIBILITY}.role": MEMBERS,
}
_WHEN = _l("A date as precise as the plan says it: 2027, 2027-H1, 2027-Q2, 2027-03 or 2027-03-15.")
_LIST = _l("Several, each on a line of its own.")


def table_title(kind: str) -> str:
    """What a table is called in the reader’s language."""
    return str(TABLES[kind])


def column_title(column: Column, language: str) -> str:
    """What a column is called in the reader’s language; a text says in which language it is."""
    own = column.kind in _REPORTED or "." in column.member or column.member in _NAMES
    if not own:
        return head(column, language)
    *above, last = column.member.split(".")
    words = PEOPLE if above == ["participants"] else REPORTED if column.kind in _REPORTED else {}
    name = ": ".join([*map(_part, above), str(_NAMES.get(column.member) or words.get(last) or _part(last))])
    if column.form != TEXT:
        return name
    return _("%(name)s (%(language)s)", name=name, language=language_name(column.language, language))


def meaning(column: Column) -> str:
    """What a column means beyond its title, as sentences; empty where the title says all."""
    said = _MEANINGS.get(f"{column.kind}.{column.member}") or _MEANINGS.get(column.member)
    shape = column.shape
    ways = [_LIST] if column.form == "list" else [_WHEN] if shape is not None and shape.name == "when" else []
    return " ".join(str(one) for one in [*([said] if said else []), *ways])


def unit(column: Column) -> str:
    """In what the figures of a column are counted; empty where they are none, or a plain number."""
    return str(_UNITS.get(f"{column.kind}.{column.member}") or _UNITS.get(column.member, ""))


def allowed(column: Column) -> Iterator[str]:
    """The values that a column allows, as the format writes them, with what each is called; none: any may stand."""
    if column.choices:
        known = _VALUES.get(column.name)
        words = {value: word for word, value in choices(column).items()} if known is None else known
        for value in column.choices:
            word = str(words.get(value, value))
            yield str(value) if word == str(value) else f"{value}: {word}"


def _part(name: str) -> str:
    known = _NAMES.get(name) or MEMBERS.get(name) or names.DIMENSIONS.get(name)
    return str(known or name)
