"""The house keeps small: files, functions, imports, names."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.tree import MODULES, PACKAGE, PROJECT, TESTS, called, calls, functions, name_of, parsed

LONGEST_FILE = 300
LONGEST_FUNCTION = 40
NO_NAMES = re.compile(r"(utils?|helpers?|common|misc|manager|handler)(_|$)|(_|^)(utils?|helpers?|misc)$")
OLD_WAYS = re.compile(r"\.query\.(filter|get|all|first|order_by)|\bdb\.Column\b|\bbackref\b")
SPOKEN_PLACES = frozenset({"kernel", "services", "queries", "policy"})
PATCHING = re.compile(r"""(monkeypatch\.\w+|mock\.patch\w*|patch|mocker\.\w+)\(\s*f?["']?nap_builder""")

# Imports inside functions, each with its reason.
IMPORTS_INSIDE = {
    "nap_builder/publishing/press/__main__.py:_with_engine": "it takes long, and a child composes meanwhile",
}
# Inner functions that register something are as long as what they register; none at present.
LONG_FUNCTIONS: dict[str, str] = {}


def lines_of(path: Path) -> int:
    """How many lines a file has."""
    return len(path.read_text().splitlines())


def test_no_file_is_long():
    assert {name_of(path): lines_of(path) for path in MODULES if lines_of(path) > LONGEST_FILE} == {}


def long_functions(path: Path) -> Iterator[str]:
    """The functions of a module that are over the ceiling, decorators and docstring left out."""
    for node in functions(path):
        start = node.body[1].lineno if ast.get_docstring(node) and len(node.body) > 1 else node.lineno
        if (node.end_lineno or 0) - start + 1 > LONGEST_FUNCTION:
            yield f"{name_of(path)}:{node.name}"


def test_no_function_is_long():
    assert {found for path in MODULES for found in long_functions(path)} == set(LONG_FUNCTIONS)


def test_no_import_stands_in_a_function():
    inside = {
        f"{name_of(path)}:{node.name}"
        for path in MODULES
        for node in functions(path)
        if any(isinstance(inner, ast.Import | ast.ImportFrom) for inner in ast.walk(node))
    }
    assert inside == set(IMPORTS_INSIDE)


def test_a_package_opens_with_a_docstring_and_nothing_else():
    packages = [path for path in MODULES if path.name == "__init__.py"]
    full = [name_of(path) for path in packages if len(parsed(path).body) != 1 or not ast.get_docstring(parsed(path))]
    assert full == [name_of(PACKAGE / "__init__.py")]
    only = [
        ast.unparse(node.targets[0]) for node in parsed(PACKAGE / "__init__.py").body if isinstance(node, ast.Assign)
    ]
    assert only == ["__version__"]
    assert len(parsed(PACKAGE / "__init__.py").body) == 2


def test_every_folder_of_code_is_a_package():
    assert {path.parent for path in MODULES if not (path.parent / "__init__.py").is_file()} == set()


def test_no_file_is_named_for_nothing():
    assert [name_of(path) for path in MODULES if NO_NAMES.search(path.stem)] == []


@pytest.mark.parametrize("name", ["utils", "helpers", "common", "misc", "date_utils", "util"])
def test_a_name_for_nothing_would_be_found(name: str):
    assert NO_NAMES.search(name)


def test_no_old_way_of_asking_the_database():
    found = [
        f"{name_of(path)}:{number}"
        for path in MODULES
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if OLD_WAYS.search(line)
    ]
    assert found == []


@pytest.mark.parametrize("planted", ["Plan.query.filter(x)", "id = db.Column(1)", "relationship(backref='plan')"])
def test_an_old_way_would_be_found(planted: str):
    assert OLD_WAYS.search(planted)


def test_only_the_transaction_commits():
    committing = {name_of(path) for path in MODULES for call in calls(path) if called(call) == "commit"}
    assert committing == {"nap_builder/kernel/database.py"}


def imported(path: Path) -> set[str]:
    """The top names of what a module imports."""
    found = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").partition(".")[0])
    return found


def test_services_and_questions_do_not_know_the_request():
    bound = [
        path for path in MODULES if {"services", "queries", "models", "policy", "events"} & {*path.parts, path.stem}
    ]
    assert len(bound) > 30
    assert [name_of(path) for path in bound if imported(path) & {"flask", "werkzeug", "wtforms", "flask_wtf"}] == []


def test_views_ask_no_questions_of_their_own():
    routes = [path for path in MODULES if "routes" in {*path.parts, path.stem}]
    assert [name_of(path) for path in routes if imported(path) & {"sqlalchemy"}] == []


def undescribed(path: Path) -> Iterator[str]:
    """The public functions and classes of a module that do not say what they do."""
    for node in parsed(path).body:
        kinds = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
        if isinstance(node, kinds) and not node.name.startswith("_") and not ast.get_docstring(node):
            yield f"{name_of(path)}:{node.name}"


def test_what_others_call_says_what_it_does():
    spoken = [path for path in MODULES if SPOKEN_PLACES & {*path.relative_to(PACKAGE).parts, path.stem}]
    assert [found for path in spoken for found in undescribed(path)] == []


def test_every_module_says_what_it_is():
    assert [name_of(path) for path in MODULES if not ast.get_docstring(parsed(path))] == []


def test_no_test_puts_something_else_in_the_place_of_ours():
    patching = [name_of(path) for path in sorted(TESTS.rglob("*.py")) if PATCHING.search(path.read_text())]
    assert patching == []


def test_a_patch_would_be_found():
    assert PATCHING.search('monkeypatch.setattr("nap' + '_builder.kernel.clock.now", later)')
    assert PATCHING.search("mock.patch('nap" + "_builder.app')")


def test_the_project_has_no_notes_to_itself():
    mark = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    files = [path for path in PROJECT.rglob("*.py") if not {".venv", ".venv-tools"} & set(path.parts)]
    files += sorted(PACKAGE.rglob("*.html"))
    here = Path(__file__)  # it names the marks that it looks for
    assert [name_of(path) for path in files if path != here and mark.search(path.read_text())] == []
