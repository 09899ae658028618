"""What the documents say is so."""

import ast
import re
from itertools import pairwise
from pathlib import Path

import click
import pytest

from nap_builder.cli import main
from tests.architecture import generate
from tests.architecture.tree import MODULES, PACKAGE, PAGES, PROJECT, parsed

DOCS = PROJECT / "docs"
README = PROJECT / "README.md"
OPERATIONS = DOCS / "operations.md"
COMMAND = re.compile(r"\./nap ((?:[a-z][a-z-]* ?)+)")
BY_THE_ENTRY = frozenset({"test", "doctor"} - {"doctor"})
# Variables that a person running an installation need not know, each with its reason.
FOR_DEVELOPERS = {
    "NAP_DEMO": "set by `./nap demo` alone",
    "NAP_DEVELOPMENT": "for those who work on the program",
}
# Words of the glossary that the program does not use yet, each with the release that brings it.
LATER_WORDS: dict[str, str] = {}


@pytest.mark.parametrize("path", [generate.ACCESS, generate.AUDIT], ids=lambda path: path.name)
def test_a_drawn_document_is_as_it_would_be_drawn_now(path: Path):
    assert path.read_text() == generate.documents()[path]


def commands(text: str) -> set[tuple[str, ...]]:
    """The commands of `./nap` that a text names, each as its words."""
    return {tuple(found.split()) for found in COMMAND.findall(text)}


def known(words: tuple[str, ...]) -> bool:
    """Whether the command line has a command; further words are its arguments."""
    if words[0] in BY_THE_ENTRY:
        return True
    command: click.Command | None = main.commands.get(words[0])
    if isinstance(command, click.Group) and len(words) > 1:
        command = command.commands.get(words[1])
    return command is not None


@pytest.mark.parametrize("path", [README, OPERATIONS, *sorted(DOCS.glob("*.md"))], ids=lambda path: path.name)
def test_every_command_that_is_named_is_there(path: Path):
    assert [words for words in commands(path.read_text()) if not known(words)] == []


def test_a_command_that_is_not_there_would_be_found():
    assert commands("run `./nap fly moon` now") == {("fly", "moon")}
    assert not known(("fly", "moon"))


def variables(path: Path) -> set[str]:
    """The environment variables that a module reads."""
    texts = (node.value for node in ast.walk(parsed(path)) if isinstance(node, ast.Constant))
    return {text for text in texts if isinstance(text, str) and re.fullmatch(r"NAP_[A-Z_]+", text)}


def test_every_setting_is_told_of():
    read = variables(PACKAGE / "settings.py") - set(FOR_DEVELOPERS)
    assert read
    assert {name for name in read if f"`{name}`" not in README.read_text()} == set()


def test_every_setting_that_is_told_of_is_read():
    everywhere = set().union(*(variables(path) for path in MODULES)) | {"NAP_HOME"}
    configured = {name for name in everywhere if not name.startswith("NAP_SECOND")}
    told = set(re.findall(r"\bNAP_[A-Z_]+\b", README.read_text() + OPERATIONS.read_text()))
    assert told - configured == set()


def terms() -> list[str]:
    """The words of the glossary."""
    rows = [line.split("|")[1] for line in (DOCS / "glossary.md").read_text().splitlines() if line.startswith("| **")]
    return [term for row in rows for term in re.findall(r"\*\*(.+?)\*\*", row)]


def test_every_word_of_the_glossary_is_used():
    everything = "\n".join(path.read_text() for path in [*MODULES, *PAGES, DOCS / "architecture.md"]).lower()
    spoken = {term: term.lower().replace("-", "[-_ ]?").replace(" ", r"[\s_]+") for term in terms()}
    unused = {term for term, pattern in spoken.items() if not re.search(rf"\b{pattern}", everything.replace("_", " "))}
    assert unused == set(LATER_WORDS)


def test_no_word_of_the_glossary_is_explained_twice():
    assert sorted(terms()) == sorted(set(terms()))


def test_decisions_are_numbered_without_a_gap():
    numbers = sorted(int(path.name[:4]) for path in (DOCS / "decisions").glob("[0-9]*.md"))
    assert numbers[0] == 1
    assert all(after == before + 1 for before, after in pairwise(numbers))


def test_every_decision_is_listed():
    listed = (DOCS / "decisions" / "README.md").read_text()
    assert [path.name for path in (DOCS / "decisions").glob("[0-9]*.md") if path.name not in listed] == []


@pytest.mark.parametrize("path", [README, *sorted(DOCS.rglob("*.md"))], ids=lambda path: path.name)
def test_every_link_within_the_project_leads_somewhere(path: Path):
    links = re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", path.read_text())
    assert [link for link in links if not (path.parent / link).exists()] == []
