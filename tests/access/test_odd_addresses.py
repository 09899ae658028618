"""Addresses that nobody meant: strange parts, strange questions, another row's parts."""

import re
from urllib.parse import quote

import pytest
from flask import Flask

from nap_builder.accounts.queries import actor_of
from nap_builder.kernel.access import POLICY
from nap_builder.kernel.actor import Role
from nap_builder.kernel.database import transaction
from nap_builder.oversight.queries import trail
from nap_builder.plans.services.narrative import write_paragraph
from tests.access.addresses import Door, Place, doors
from tests.access.ground import Ground
from tests.access.test_crawl import told, visitor
from tests.architecture.tree import MODULES

GARBAGE = (
    "x" * 3000,
    "é漢字\u202e",
    "'\"><script>",
    "..",
    "../../etc/passwd",
    "\x00",
    "\ud83d",
    "-1",
    "999999999999999999999",
)
# What the two databases take differently: a text that one of them cannot hold, a number beyond its columns.
# All others reach a database as a text like any other, so SQLite alone hears them.
TAKEN_DIFFERENTLY = ("\x00", "\ud83d", "-1", "999999999999999999999")
EACH = pytest.mark.parametrize(
    ("app", "garbage"),
    [*(("sqlite", text) for text in GARBAGE), *(("postgresql", text) for text in TAKEN_DIFFERENTLY)],
    indirect=["app"],
    ids=lambda text: encoded(text)[:12],
)
ASKED = re.compile(r"""request\.args(?:\.get\(|\[)\s*["'](\w+)["']""")
# Names that a page of the matrix or of a list takes through a form of its own.
FILTERS = ("q", "pillar", "lead", "status", "level", "lacks", "page", "sort", "show", "state", "word", "plan")
EXPECTED = frozenset({200, 301, 302, 303, 308, 400, 404, 410, 414, 422})


def expected(app: Flask, endpoint: str, also: str | None = None) -> frozenset[int]:
    """What a strange address may be answered for the chair, who is refused what is never a chair's to do.

    `also` is an action that the view asks for beyond its own.
    """
    asked = [POLICY[action] for action in (app.view_functions[endpoint].action, also) if action is not None]
    return EXPECTED if all(rule.concerns({Role.CHAIR}) for rule in asked) else EXPECTED | {403}


def names_that_are_asked() -> list[str]:
    """The names that some view looks for in an address."""
    return sorted({name for path in MODULES for name in ASKED.findall(path.read_text())} | set(FILTERS))


def encoded(text: str) -> str:
    """A text as a part of an address, broken characters too."""
    return quote(text.encode("utf-8", "surrogatepass"), safe="")


@EACH
def test_strange_questions_are_answered(app: Flask, ground: Ground, garbage: str):
    who = visitor(app, ground, "chair")
    strange = "&".join(f"{name}={encoded(garbage)}" for name in [*names_that_are_asked(), "nobody_asks_this"])
    wrong = []
    for door in doors(app, ground, who.person_id):
        if door.method == "GET":
            path = door.path.partition("?")[0]
            answer = who.ask(Door(door.endpoint, "GET", f"{path}?{strange}", door.action, door.place))
            wrong += [] if answer.status_code in expected(app, door.endpoint, door.place.also) else [told(door, answer)]
            assert answer.mimetype != "text/html" or "<script>" not in answer.get_data(as_text=True), told(door, answer)
    assert wrong == []


@pytest.mark.parametrize(
    "garbage", ["'\"><script>", "\x00", "999999999999999999999"], ids=lambda text: encoded(text)[:12]
)
def test_each_strange_question_alone_is_answered(app: Flask, ground: Ground, garbage: str):
    who = visitor(app, ground, "chair")
    asking = (
        "matrix",
        "indicators",
        "section/why",
        "framework",
        "versions",
        "milestones",
        "indicators/add",
        "add/activity",
    )
    paths = [f"/en/w/nap-2/{page}" for page in asking] + ["/en/audit", "/en/people", "/en/sign-in", "/en/plan/nap-2"]
    wrong = []
    for path in paths:
        for name in names_that_are_asked():
            door = Door("", "GET", f"{path}?{name}={encoded(garbage)}", "", Place())
            answer = who.ask(door)
            wrong += [] if answer.status_code in EXPECTED else [told(door, answer)]
    assert wrong == []


@EACH
def test_strange_parts_are_not_found(app: Flask, ground: Ground, garbage: str):
    who = visitor(app, ground, "chair")
    wrong = []
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static" or not rule.arguments - {"lang"}:
            continue
        path = re.sub(r"<any\(en[^>]*>", "en", rule.rule)
        path = re.sub(r"<any\((\w+)[^>]*>", r"\1", path)
        method = "GET" if "GET" in (rule.methods or ()) else "POST"
        door = Door(rule.endpoint, method, re.sub(r"<[^>]+>", encoded(garbage), path), "", Place())
        answer = who.ask(door)
        wrong += [] if answer.status_code in expected(app, door.endpoint) | {405} else [told(door, answer)]
    assert wrong == []


def test_a_part_of_one_row_does_not_open_another(app: Flask, ground: Ground):
    who = visitor(app, ground, "chair")
    elsewhere = ground.world.activities[1].key
    astray = {
        f"/en/w/nap-2/section/secret/p/{ground.world.paragraphs[0].key}/history": "GET",
        f"/en/w/nap-2/section/secret/p/{ground.world.paragraphs[0].key}": "POST",
        f"/en/w/nap-2/activity/{elsewhere}/money/{ground.budget.key}": "POST",
        f"/en/w/nap-2/activity/{elsewhere}/money/{ground.budget.key}/remove": "POST",
        f"/en/people/{ground.officer.key}/roles/{ground.newcomer.grants[0].id}/withdraw": "POST",
    }
    answers = [
        (door, who.ask(door)) for door in (Door("", method, path, "", Place()) for path, method in astray.items())
    ]
    assert [told(door, answer) for door, answer in answers if answer.status_code != 404] == []


def test_a_ministry_reads_its_own_acts(ground: Ground):
    with transaction():
        paragraph = ground.world.paragraphs[0]
        write_paragraph(
            actor_of(ground.people["official"]), paragraph, {"en": "Defence wrote."}, seen=paragraph.row_version
        )
    said = {name: [entry["sentence"] for entry in trail(actor_of(ground.people[name])).rows] for name in ground.people}
    assert len(said["focal_point"]) == 1
    assert said["interior"] == []
    assert len(said["auditor"]) > 1
    with transaction():
        assert all(not entry.get("changes") for entry in trail(actor_of(ground.people["administrator"])).rows)
