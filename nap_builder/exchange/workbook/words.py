"""What sheets, columns and the words of the format's lists are called in a workbook, in the reader's language."""

import re
from collections.abc import Mapping
from typing import Any

from nap_builder.exchange.workbook.layout import KEPT, KEY, ORDER, PART, TEXT, UNDER, YES_NO, Column
from nap_builder.exchange.workbook.reported import HEADS as REPORTED_HEADS
from nap_builder.exchange.workbook.reported import SHEET as REPORTED
from nap_builder.kernel.languages import LazyString, _, _l, language_name
from nap_builder.plans import names
from nap_builder.plans.member_names import MEMBERS, VALUES
from nap_builder.taskforce.names import KINDS, SECTORS

SHEET_NAMES: Mapping[str, LazyString] = {
    "about": _l("Read me"),
    "plan": _l("Plan"),
    "pillar": MEMBERS["pillar"],
    "objective": MEMBERS["objective"],
    "output": MEMBERS["output"],
    "activity": MEMBERS["activity"],
    "indicator": MEMBERS["indicator"],
    "figure": _l("Baselines and targets"),
    "milestone": MEMBERS["milestone"],
    "budget_line": MEMBERS["budget"],
    "section": MEMBERS["section"],
    "paragraph": _l("Text"),
    "policy_review": MEMBERS["policy_review"],
    "risk": MEMBERS["risk"],
    "institution": _l("Institutions"),
    "consultation": MEMBERS["consultation"],
    "contribution": MEMBERS["contribution"],
    "lists": _l("Lists"),
    "value": _l("Figures reported"),
}
_HEADS: Mapping[str, LazyString] = {
    KEY: _l("Identity (leave it as it is)"),
    ORDER: MEMBERS["order"],
    UNDER: _l("Stands under"),
    PART: _l("Which figure"),
    KEPT: _l("Carried along (leave it as it is)"),
    "slug": _l("Short name in addresses"),
    "code": _l("Number"),
    "number": _l("Number"),
}
_OWN_NAMES: Mapping[tuple[str, str], Mapping[str, LazyString]] = {
    ("institution", "kind"): KINDS,
    ("institution", "sector"): SECTORS,
    ("milestone", "kind"): names.MILESTONE_KINDS,
    ("budget_line", "kind"): names.MONEY_KINDS,
    ("indicator", "kind"): names.INDICATOR_KINDS,
    ("indicator", "level"): names.INDICATOR_LEVELS,
    ("paragraph", "kind"): names.PARAGRAPH_KINDS,
    ("plan", "level"): names.PLAN_LEVELS,
    ("figure", PART): {
        "baseline": MEMBERS["baseline"],
        "targets": MEMBERS["target"],
        "benchmark": MEMBERS["benchmark"],
    },
}
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_YES_NO: Mapping[bool, LazyString] = {True: _l("Yes"), False: _l("No")}


def sheet_name(name: str) -> str:
    """What a sheet is called, as the programs allow it: 31 signs, and none that they need for themselves."""
    return _NOT_IN_NAMES.sub("’", str(SHEET_NAMES[name]))[:31]


def head(column: Column, language: str) -> str:
    """What a column is called in a language; a text says in which language it is."""
    if (column.kind, column.member) == ("paragraph", "text"):
        name = str(SHEET_NAMES["paragraph"])
    elif (column.kind, column.member) == ("institution", "code"):
        name = _("Code")
    elif column.kind == REPORTED:
        name = str(REPORTED_HEADS[column.member])
    elif (column.kind, column.member) == ("section", KEY):
        name = str(MEMBERS["short"])
    else:
        name = str(_HEADS.get(column.member) or MEMBERS.get(column.member, column.member))
    if column.form == TEXT:
        return _("%(name)s (%(language)s)", name=name, language=language_name(column.language, language))
    return name


def choices(column: Column) -> dict[str, Any]:
    """The words that a column offers, and what each stands for in the format."""
    if column.form == YES_NO:
        return {str(word): value for value, word in _YES_NO.items()}
    known = _OWN_NAMES.get((column.kind, column.member)) or VALUES.get(column.member, {})
    words = {value: str(known.get(str(value), value)) for value in column.choices}
    if len(set(words.values())) < len(words):
        words = {value: f"{word} ({value})" for value, word in words.items()}
    return {word: value for value, word in words.items()}
