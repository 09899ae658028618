"""The access table as people read it, for a page and for the documentation."""

from dataclasses import dataclass

from nap_builder.kernel.access import POLICY, Policy, Rule
from nap_builder.kernel.actor import Role


@dataclass(frozen=True)
class Line:
    """One action as the table shows it: its sentence and the sign of each role, in the order of `Role`."""

    rule: Rule
    marks: tuple[str, ...]

    @property
    def room(self) -> str:
        """The part of the program that the action belongs to."""
        return self.rule.action.partition(".")[0]


def lines(policy: Policy = POLICY) -> list[Line]:
    """Every action, room by room, in the order in which the rooms declare them."""
    drawn = [Line(rule, tuple(rule.mark(role) for role in Role)) for rule in policy.rules.values()]
    return sorted(drawn, key=lambda line: line.room)
