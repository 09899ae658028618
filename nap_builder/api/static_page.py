"""A page of the site as a page of its copy: links between files, and a sentence where the server would be needed."""

from collections.abc import Callable, Iterator
from typing import Any

import lxml.html
from lxml.html import builder

from nap_builder.kernel.languages import _, speaking

Way = Callable[[str], str]
LINKS = (("a", "href"), ("img", "src"), ("link", "href"))


def links_of(html: bytes) -> Iterator[str]:
    """Where the links, pictures and style sheets of a page lead."""
    tree: Any = lxml.html.document_fromstring(html.decode())
    for element, name in _linking(tree):
        yield element.get(name)


def copied(html: bytes, language: str, way: Way, told: str) -> bytes:
    """The page with links that `way` gives, and `told`, a sentence about the copy, on top."""
    tree: Any = lxml.html.document_fromstring(html.decode())
    for element in tree.xpath("//script | //link[@rel='alternate']"):
        element.drop_tree()
    with speaking(language):
        _replace_forms(tree)
    for element, name in list(_linking(tree)):
        element.set(name, way(element.get(name)))
    for body in tree.xpath("//main"):
        body.addprevious(builder.DIV(builder.P(told, builder.CLASS("muted")), builder.CLASS("wrap breadcrumb")))
    return lxml.html.tostring(tree, doctype="<!doctype html>", encoding="utf-8")


def _linking(tree: Any) -> Iterator[tuple[Any, str]]:
    for tag, name in LINKS:
        for element in tree.iter(tag):
            if element.get(name):
                yield element, name


def _replace_forms(tree: Any) -> None:
    for form in tree.xpath("//form"):
        said = builder.P(_("What stands here on the site itself needs its server. This is a copy."))
        said.set("class", "small muted")
        said.tail = form.tail
        form.getparent().replace(form, said)
