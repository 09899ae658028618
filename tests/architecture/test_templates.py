"""A page is made of components, and every template is used."""

import re
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from tests.architecture.tree import MODULES, PACKAGE, PAGES, TEMPLATES, name_of

LONGEST_PAGE = 100
NOT_PAGES = frozenset({"layouts", "components", "print", "emails", "errors", "gallery"})
ROOM_PAGES = [path for path in PAGES if path.relative_to(TEMPLATES).parts[0] not in NOT_PAGES]
RAW = re.compile(r"<(input|table|button|select|textarea|script|style)\b|\sstyle\s*=", re.IGNORECASE)
NAMED = re.compile(r"""["']([\w/-]+\.(?:html|txt|svg|css))["']""")

# Pages that write a raw control, each with its reason.
RAW_PAGES: dict[str, str] = {}


def test_a_page_writes_no_control_of_its_own():
    raw = {name_of(path): RAW.findall(path.read_text()) for path in ROOM_PAGES if RAW.search(path.read_text())}
    assert set(raw) == set(RAW_PAGES)


@pytest.mark.parametrize("planted", ['<input name="a">', "<table>", '<p style="color: red">', "<BUTTON>"])
def test_a_control_of_its_own_would_be_found(planted: str):
    assert RAW.search(planted)


def test_no_page_is_long():
    assert {name_of(path): n for path in ROOM_PAGES if (n := len(path.read_text().splitlines())) > LONGEST_PAGE} == {}


def parsed(path: Path) -> nodes.Template:
    """The syntax of a template."""
    return Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"], autoescape=True).parse(path.read_text())


def test_what_a_page_imports_it_uses():
    unused = []
    for path in PAGES:
        tree = parsed(path)
        brought = {alias for node in tree.find_all(nodes.FromImport) for alias in imported(node)}
        brought |= {node.target for node in tree.find_all(nodes.Import)}
        used = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "load"}
        unused += [f"{name_of(path)}: {name}" for name in sorted(brought - used)]
    assert unused == []


def imported(node: nodes.FromImport) -> set[str]:
    """The names that an import brings in."""
    return {name if isinstance(name, str) else name[1] for name in node.names}


def test_every_template_is_used():
    named = {found for path in [*MODULES, *PAGES] for found in NAMED.findall(path.read_text())}
    folders = {path for path in MODULES if "components" in path.read_text()}
    assert folders, "the gallery reads the components from their folder"
    whole = {"components", "errors"}
    unused = [
        name_of(path)
        for path in PAGES
        if (place := path.relative_to(TEMPLATES)).parts[0] not in whole
        and str(place) not in named
        and place.name not in named
    ]
    assert unused == []


def test_every_error_that_can_be_told_has_its_page():
    domain = (PACKAGE / "kernel" / "errors.py").read_text()
    told = {f"{status}.html" for status in re.findall(r"^    status = (\d+)$", domain, re.MULTILINE)} - {"401.html"}
    assert told <= {path.name for path in (TEMPLATES / "errors").iterdir()}


def test_every_page_has_a_layout_and_one_title():
    loose = []
    for path in ROOM_PAGES:
        text = path.read_text()
        layout = re.search(r'{%-? extends "layouts/\w+\.html"', text)
        if layout and "block title" not in text and "block heading" not in text:
            loose.append(name_of(path))
        if re.search(r"<h1\b", text):
            loose.append(f"{name_of(path)}: h1")
    assert loose == []
