"""The access table equals the grid that people review, and the rows that the design settled."""

import csv
from pathlib import Path

import pytest

from nap_builder.kernel.access import POLICY, Rule
from nap_builder.kernel.access_table import lines
from nap_builder.kernel.actor import Role
from tests.architecture.tree import import_declarations

HERE = Path(__file__).parent
import_declarations()
RULES = sorted(POLICY.rules.values(), key=lambda rule: rule.action)
ROWS = {row["row"]: row for row in csv.DictReader((HERE / "access.csv").read_text().splitlines())}
NARROWER_THAN = {"y": "osf-", "o": "-", "s": "-", "f": "-", "2": "-", "-": ""}

# Rules that give less than their row, each with its reason.
NARROWER = {
    "consultations.wording.take": "who runs the plan weighs what people suggest; a ministry edits its section",
    "consultations.key.set": "whoever sets the key reads what is sealed to it, so the password is asked for again",
    "consultations.window.open": "the row speaks of preparing too; opening and closing is the chair's",
    "taskforce.machinery.write": "champion, posts and budget are the plan's, no ministry's own",
    "meetings.meeting.write": "a meeting is of the whole task force; of a ministry's own are the decisions given to it",
    "plans.section.arrange": "the table of contents is no ministry's own; the row speaks of editing a section",
    "reports.report.write": "a report is of the whole plan, no ministry's own",
    "monitoring.period.open": "the row speaks of preparing too; opening and closing is the chair's",
    "adoption.plan.propose": "the row speaks of both halves; this is the chair's",
    "adoption.plan.confirm": "the row speaks of both halves; this is the other member's",
}
# Rules that give more than their row, each with its reason.
WIDER = {
    "consultations.record.read": "A15 has the steward record consultations, and who records reads",
}
# Rules with a condition that the row does not have, or without one that it has, each with its reason.
OTHERWISE_WHEN = {
    "consultations.window.open": "what is closed is not opened again: a further round is a consultation of its own",
    "plans.plan.write": "a plan's facts are printed in its versions, so they change in drafting alone",
    "plans.photograph.erase": "who no longer agrees to be seen does not wait for the state of the plan",
    "monitoring.update.confirm": "what was entered for an institution is still confirmed when the period is closed",
    "accounts.person.disable": "nobody shuts themselves out",
}


def grid() -> str:
    """The table as the grid shows it: actions down, roles across, rooms apart."""
    width = max(len(rule.action) for rule in RULES)
    text = [f"{'':{width}}  row  " + "  ".join(Role)]
    room = ""
    for line in sorted(lines(), key=lambda line: line.rule.action):
        if line.room != room:
            text.append("")
            room = line.room
        marks = "  ".join(f"{sign:^{len(role)}}" for role, sign in zip(Role, line.marks, strict=True))
        text.append(f"{line.rule.action:{width}}  {line.rule.row}  {marks}".rstrip())
    return "\n".join(text) + "\n"


def test_the_grid_equals_the_table():
    assert (HERE / "matrix.txt").read_text() == grid()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.action)
def test_a_rule_gives_what_its_row_gives(rule: Rule):
    wider = {role: f"{ROWS[rule.row][role]} in the row, {rule.mark(role)} here" for role in Role if differs(rule, role)}
    if rule.action in WIDER:
        assert set(wider) == {Role.STEWARD}
    elif rule.action not in NARROWER:
        assert wider == {}
    else:
        assert wider, "the reason in NARROWER is no longer needed"
        assert all(rule.mark(role) in NARROWER_THAN[ROWS[rule.row][role]] for role in wider)


def differs(rule: Rule, role: Role) -> bool:
    """Whether a role has another sign than in the row that the rule names."""
    return rule.mark(role) != ROWS[rule.row][role]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.action)
def test_a_rule_has_a_condition_where_its_row_has_one(rule: Rule):
    as_in_the_row = bool(rule.when) == bool(ROWS[rule.row]["only"])
    assert as_in_the_row != (rule.action in OTHERWISE_WHEN)


def test_every_row_is_meant_by_a_rule():
    assert set(ROWS) == {rule.row for rule in RULES}


def test_no_reason_is_left_over():
    assert set(NARROWER) | set(WIDER) | set(OTHERWISE_WHEN) <= set(POLICY.rules)


def test_a_role_has_one_sign_in_a_rule():
    twice = [
        rule.action
        for rule in RULES
        if len(rule.y) + len(rule.o) + len(rule.s) + len(rule.f) + len(rule.two) != held(rule)
    ]
    assert twice == []


def held(rule: Rule) -> int:
    """How many roles a rule speaks of."""
    return len({*rule.y, *rule.o, *rule.s, *rule.f, *rule.two})


def test_a_wider_rule_would_be_seen():
    wide = Rule("planted.wide", row="A40", y={Role.CHAIR}, says=RULES[0].says)
    assert differs(wide, Role.CHAIR)
    assert wide.mark(Role.CHAIR) not in NARROWER_THAN["f"]
