"""Every page calls components as they are, and leaves to them what components are for."""

import re

import pytest
from jinja2 import nodes
from jinja2.runtime import Macro

from nap_builder.kernel.components import names

RAW = re.compile(r"<(input|select|textarea|table|button|h1)\b")
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
FRAME = ("components/", "layouts/")


@pytest.fixture(scope="module")
def macros(env):
    """The components by name, with the arguments they take."""
    found: dict[str, Macro] = {
        name: getattr(env.get_template(f"components/{name}.html").module, name) for name in names(env)
    }
    return found


def wrong_calls(tree, macros):
    """What is wrong with the calls of components in a template, as sentences."""
    for call in tree.find_all(nodes.Call):
        if not isinstance(call.node, nodes.Name) or call.node.name not in macros:
            continue
        macro = macros[call.node.name]
        given = [*macro.arguments[: len(call.args)], *(named.key for named in call.kwargs)]
        if unknown := set(given) - set(macro.arguments) - {"caller"}:
            yield f"line {call.lineno}: {macro.name} takes no {', '.join(sorted(unknown))}"
        if len(call.args) > len(macro.arguments) or len(given) != len(set(given)):
            yield f"line {call.lineno}: {macro.name} is given too much"


def test_calls_name_arguments_that_exist(env, templates, macros):
    faults = [f"{name} {said}" for name, text in templates.items() for said in wrong_calls(env.parse(text), macros)]
    assert faults == []


def test_a_wrong_call_would_be_noticed(env, macros):
    tree = env.parse("{{ status_tag(kind='ok', word='Done') }}{{ dl([], 1) }}")
    assert [said.split(": ")[1] for said in wrong_calls(tree, macros)] == [
        "status_tag takes no word",
        "dl is given too much",
    ]


def test_a_page_holds_no_raw_control(templates):
    pages = {name: COMMENT.sub("", text) for name, text in templates.items() if not name.startswith(FRAME)}
    raw = {f"{name}: {found.group(0)}" for name, text in pages.items() for found in RAW.finditer(text)}
    assert raw == set()


BUILT_ON = re.compile(r'\{% extends ("layouts/|layout %\})')  # the plainest pages are given theirs by the view


def test_a_page_extends_a_layout_or_is_a_piece(templates):
    pages = {name: text for name, text in templates.items() if not name.startswith(FRAME)}
    free = {
        name
        for name, text in pages.items()
        if "<html" in text or ("{% block main %}" in text and not BUILT_ON.search(text))
    }
    assert free == set()
