"""Every page says where it stands: one entry of each menu is marked, whatever was asked and answered."""

import pytest
from flask import Flask
from lxml import html

from nap_builder.navigation import WORKSPACE
from tests.access.addresses import Door, doors
from tests.access.ground import Ground
from tests.access.test_crawl import Visitor, visitor

MARKED = "//nav[contains(concat(' ', @class, ' '), ' {} ')]//a[@aria-current='page']"
AT_LEAST = {"GET": 80, "POST": 30}


@pytest.mark.sqlite_only("a menu is made of the address and of the table of rights")
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_page_of_a_plan_marks_one_entry_of_each_menu(app: Flask, ground: Ground, method: str):
    who = visitor(app, ground, "chair")
    asked = [door for door in doors(app, ground, who.person_id) if door.method == method]
    found = [(door, marks) for door in asked if (marks := marked(who, door)) is not None]
    assert len(found) >= AT_LEAST[method]
    wrong = [
        f"{door.method} {door.path} ({door.endpoint}): {marks}"
        for door, marks in found
        if [len(names) for names in marks] != [1, 1]
    ]
    assert wrong == []


def marked(who: Visitor, door: Door) -> tuple[list[str], list[str]] | None:
    """What the main menu and the plan's mark on the page that answers; None where that has no menu of a plan."""
    answer = who.ask(door, enter=door.method != "GET")
    if answer.mimetype != "text/html" or b"menu-plan" not in answer.data:
        return None
    page = html.fromstring(answer.data)
    main, plan = (page.xpath(MARKED.format(name)) for name in ("menu", "menu-plan"))
    return [one.text_content() for one in main if one not in plan], [one.text_content() for one in plan]


def test_every_beginning_of_an_entry_is_that_of_an_address(bare: Flask):
    known = tuple(rule.endpoint for rule in bare.url_map.iter_rules())
    begun = {part for entry in WORKSPACE for part in (entry.endpoint, *entry.within)}
    assert {part for part in begun if not any(one.startswith(part) for one in known)} == set()
