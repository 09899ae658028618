"""The project's own files, as the tests of its architecture read them."""

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import nap_builder

PROJECT = Path(__file__).parent.parent.parent
PACKAGE = PROJECT / "nap_builder"
TEMPLATES = PACKAGE / "templates"
TESTS = PROJECT / "tests"
MODULES = sorted(PACKAGE.rglob("*.py"))
PAGES = sorted(TEMPLATES.rglob("*.html"))


@cache
def parsed(path: Path) -> ast.Module:
    """The syntax of a module."""
    return ast.parse(path.read_text(), filename=str(path))


def name_of(path: Path) -> str:
    """A file as messages name it."""
    return str(path.relative_to(PROJECT))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a module, inner ones too."""
    yield from (node for node in ast.walk(parsed(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def called(node: ast.Call) -> str:
    """The bare name of what is called."""
    return str(getattr(node.func, "id", getattr(node.func, "attr", "")))


def calls(path: Path) -> Iterator[ast.Call]:
    """Every call in a module."""
    yield from (node for node in ast.walk(parsed(path)) if isinstance(node, ast.Call))


def import_declarations() -> None:
    """Imports every module that declares a rule or an act, whether or not the application does."""
    for found in pkgutil.walk_packages(nap_builder.__path__, "nap_builder."):
        if {"policy", "events"} & set(found.name.split(".")):
            importlib.import_module(found.name)
