"""The access table as people read it: as rows for a page, and as Markdown for the documentation."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from nap_builder.kernel.access import POLICY, Condition, Policy, Rule
from nap_builder.kernel.actor import Role
from nap_builder.kernel.languages import LazyString, _l

SIGNS: Mapping[str, LazyString] = {
    "y": _l("may"),
    "o": _l("may, for one's own institution"),
    "s": _l("may, for what is one's own"),
    "f": _l("may, after giving the password again"),
    "-": _l("may not"),
}


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


def condition(asked: Condition | None) -> str:
    """What a condition asks, from its docstring, without the full stop; empty where there is none."""
    said = (asked.__doc__ or "").strip().partition("\n")[0] if asked else ""
    return said.rstrip(".")


def markdown(names: Mapping[Role, str], policy: Policy = POLICY) -> str:
    """The table for the documentation, a part for each room. `names` are the heads of the columns."""
    return "\n".join(_parts(names, lines(policy)))


def _parts(names: Mapping[Role, str], drawn: list[Line]) -> Iterator[str]:
    for room in dict.fromkeys(line.room for line in drawn):
        of_room = [line for line in drawn if line.room == room]
        yield f"\n## {room}\n"
        yield "| What | " + " | ".join(names[role] for role in Role) + " |"
        yield "|---|" + ":-:|" * len(Role)
        for line in of_room:
            yield f"| {line.rule.says} | " + " | ".join(line.marks) + " |"
        yield ""
        yield from (_told(line.rule) for line in of_room)


def _told(rule: Rule) -> str:
    said = [f"- **{rule.says}** is `{rule.action}` ({rule.row})."]
    if asked := condition(rule.own):
        said.append(f"Own: {asked[0].lower()}{asked[1:]}.")
    if asked := condition(rule.when):
        said.append(f"Only: {asked[0].lower()}{asked[1:]}.")
    if rule.hidden:
        said.append("Refused as if it were not there (404).")
    return " ".join(said)
