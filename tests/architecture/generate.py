"""Draws docs/access.md and docs/audit.md from the tables they tell of: `python -m tests.architecture.generate`."""

import contextlib
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path

from flask import Flask

from nap_builder.accounts.names import ROLE_NAMES
from nap_builder.kernel import languages
from nap_builder.kernel.access import Condition, Rule
from nap_builder.kernel.access_table import Line, lines
from nap_builder.kernel.actor import Role
from nap_builder.kernel.audit import ACTS, Act
from tests.architecture.tree import PROJECT, import_declarations

ACCESS = PROJECT / "docs" / "access.md"
AUDIT = PROJECT / "docs" / "audit.md"
SIGNS = {
    "y": "may",
    "o": "may, for one's own institution",
    "s": "may, for what is one's own",
    "f": "may, after giving the password again",
    "2": "may do one half, after giving the password again; another person of another institution does the other half",
    "-": "may not",
}
HOW = "Drawn by `python -m tests.architecture.generate`; a test compares. Do not edit by hand."


@contextlib.contextmanager
def in_english() -> Iterator[None]:
    """Where sentences are spoken in English, without a database."""
    app = Flask(__name__)
    languages.prepare(app)
    import_declarations()
    with app.app_context(), languages.force_locale("en"):
        yield


def access() -> str:
    """The text of docs/access.md."""
    names = {Role.PUBLIC: "Public"} | {role: str(name) for role, name in ROLE_NAMES.items()}
    signs = "\n".join(f"| {sign} | {said} |" for sign, said in SIGNS.items())
    opening = (
        "Every view, button and menu asks this one table, which the rooms fill from their `policy.py`. A person may\n"
        "hold several roles; their rights add up. What is not in the table cannot be done."
    )
    table = markdown({role: names[role] for role in Role})
    return f"# Who may do what\n\n{HOW}\n\n{opening}\n\n| Sign | Meaning |\n|:-:|---|\n{signs}\n{table}\n"


def condition(asked: Condition | None) -> str:
    """What a condition asks, from its docstring, without the full stop; empty where there is none."""
    said = (asked.__doc__ or "").strip().partition("\n")[0] if asked else ""
    return said.rstrip(".")


def markdown(names: Mapping[Role, str]) -> str:
    """The table, a part for each room. `names` are the heads of the columns."""
    return "\n".join(_parts(names, lines()))


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


def audit() -> str:
    """The text of docs/audit.md."""
    opening = (
        "Every act leaves an entry in the audit trail: its word, who, when, on what, and what changed.\n"
        "Entries are only ever added, and each holds the hash of the last. Gaps such as `%(actor)s` are filled\n"
        "when it is read."
    )
    ours = (act for act in ACTS.values() if not act.word.startswith("tests."))  # tests declare some of their own
    acts = sorted(ours, key=lambda act: act.word)
    parts = "".join(_room(room, list(of_room)) for room, of_room in groupby(acts, lambda act: act.word.split(".")[0]))
    return f"# What is remembered\n\n{HOW}\n\n{opening}\n{parts}"


def _room(room: str, acts: list[Act]) -> str:
    lines = "\n".join(f"| `{act.word}` | {act.sentence} |" for act in acts)
    return f"\n## {room}\n\n| Word | Sentence |\n|---|---|\n{lines}\n"


def documents() -> dict[Path, str]:
    """Every drawn document, by its place."""
    with in_english():
        return {ACCESS: access(), AUDIT: audit()}


if __name__ == "__main__":
    for path, text in documents().items():
        path.write_text(text)
