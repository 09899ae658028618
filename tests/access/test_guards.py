"""No view without an action, no action without a use, no question about an action that is not there."""

import ast
import re
from collections.abc import Iterator

import pytest
from flask import Flask

from nap_builder.kernel.access import POLICY, can, refuse_unguarded, requires
from tests.architecture.tree import MODULES, PAGES, called, calls, import_declarations, name_of

ASKED = re.compile(r"""\bcan\(\s*["']([\w.]+)["']""")
ASKING = frozenset({"can", "demand", "requires", "Entry"})
ACTION = re.compile(r"[a-z]+(\.[a-z_]+)+")

# Actions that nothing asks for by name, each with its reason.
UNASKED: dict[str, str] = {}


def named() -> Iterator[tuple[str, str]]:
    """Every action that the program asks about, with the file that asks."""
    for path in MODULES:
        for call in calls(path):
            if called(call) in ASKING:
                yield from ((action, name_of(path)) for action in actions_in(call))
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Subscript) and getattr(node.value, "id", "") == "POLICY":
                yield from ((action, name_of(path)) for action in strings_in(node.slice))
    for path in PAGES:
        yield from ((action, name_of(path)) for action in ASKED.findall(path.read_text()))


def actions_in(call: ast.Call) -> Iterator[str]:
    """The actions among the arguments of a question."""
    values = call.args[2:3] if called(call) == "Entry" else call.args[:1]
    for value in values:
        yield from strings_in(value)


def strings_in(value: ast.expr) -> Iterator[str]:
    """The texts in an expression that look like an action."""
    for node in ast.walk(value):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and ACTION.fullmatch(node.value):
            yield node.value


def test_every_view_names_an_action_of_the_table(bare: Flask):
    refuse_unguarded(bare)
    unknown = {name for name, view in bare.view_functions.items() if view.action not in POLICY.rules}
    assert unknown == set()


def test_every_action_is_used(bare: Flask):
    import_declarations()
    used = {view.action for view in bare.view_functions.values()} | {action for action, _where in named()}
    assert set(POLICY.rules) - used == set(UNASKED)


def test_every_action_that_is_asked_for_is_in_the_table():
    import_declarations()
    assert [(action, where) for action, where in named() if action not in POLICY.rules] == []


def a_view() -> str:
    """Answers nothing of worth."""
    return "ok"


def test_the_application_does_not_start_with_an_open_view():
    app = Flask("planted")
    app.view_functions = {"planted": a_view}
    with pytest.raises(RuntimeError, match="the view planted names no action"):
        refuse_unguarded(app)


def test_the_application_does_not_start_with_an_unknown_action():
    app = Flask("planted")
    app.view_functions = {"planted": requires("planted.thing.open")(a_view)}
    with pytest.raises(RuntimeError, match=r"names the unknown action planted\.thing\.open"):
        refuse_unguarded(app)


def test_an_unknown_action_is_refused_when_it_is_asked_for():
    with pytest.raises(KeyError):
        can("planted.thing.open")


def test_questions_are_found_in_modules_and_pages():
    assert list(actions_in(ast.parse('can("a.b", x)').body[0].value)) == ["a.b"]
    assert ASKED.findall("{% if can('a.b.c', plan) %}") == ["a.b.c"]


def test_no_view_or_page_asks_for_a_role():
    where = [path for path in MODULES if path.name == "routes.py" or "routes" in path.parent.parts]
    asked = [
        f"{name_of(path)}:{node.lineno}"
        for path in where
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.If | ast.IfExp) and re.search(r"\bRole\.|\.roles\b", ast.unparse(node.test))
    ]
    asked += [name_of(path) for path in PAGES if re.search(r"\b(person|actor)\.roles\b", path.read_text())]
    assert asked == []
