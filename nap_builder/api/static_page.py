"""A page of the site as a page of its copy: links between files, and a sentence where the server would be needed."""

from collections.abc import Callable, Iterator
from typing import Any

import lxml.html
from lxml.html import builder

from nap_builder.kernel.languages import _, speaking

Way = Callable[[str], str | None]
LOOKS_LIKE_A_BUTTON = "self::*[contains(@class, 'button')] | parent::*[@class='tools']"
LINKS = (("a", "href"), ("img", "src"), ("link", "href"))


def links_of(html: bytes) -> Iterator[str]:
    """Where the links, pictures and style sheets of a page lead."""
    tree: Any = lxml.html.document_fromstring(html.decode())
    for element, name in _linking(tree):
        yield element.get(name)


def copied(html: bytes, language: str, way: Way, told: str) -> bytes:
    """The page with links that `way` gives: None for what no copy has: a button goes, of a link the words stay.

    `told` is a sentence about the copy, put on top.
    """
    tree: Any = lxml.html.document_fromstring(html.decode())
    for element in tree.xpath("//script | //link[@rel='alternate']"):
        element.drop_tree()
    with speaking(language):
        _replace_forms(tree)
    for element, name in list(_linking(tree)):
        _lead(element, name, way(element.get(name)))
    for body in tree.xpath("//main"):
        body.addprevious(builder.DIV(builder.P(told, builder.CLASS("small muted")), builder.CLASS("wrap")))
    return lxml.html.tostring(tree, doctype="<!doctype html>", encoding="utf-8")


def _linking(tree: Any) -> Iterator[tuple[Any, str]]:
    for tag, name in LINKS:
        for element in tree.iter(tag):
            if element.get(name):
                yield element, name


def _lead(element: Any, name: str, way: str | None) -> None:
    if way is not None:
        element.set(name, way)
    elif element.tag == "a" and not element.xpath(LOOKS_LIKE_A_BUTTON):
        del element.attrib[name]
    else:
        element.drop_tree()


def _replace_forms(tree: Any) -> None:
    for form in tree.xpath("//form"):
        said = builder.P(_("What stands here on the site itself needs its server. This is a copy."))
        said.set("class", "small muted")
        said.tail = form.tail
        form.getparent().replace(form, said)
