"""A small template for tests, with everything that choosing and renumbering meets."""

from copy import deepcopy
from typing import Any


def said(words: str) -> dict[str, str]:
    """A text in the three languages of the templates."""
    return {"en": words, "fr": f"{words} (fr)", "ar": f"{words} (ar)"}


def _activity(code: str, **given: Any) -> dict[str, Any]:
    return {"code": code, "title": said(f"Do {code}"), "lead": "DEF", "mandates": ["S/2007/567 para. 42"], **given}


def _indicator(code: str) -> dict[str, Any]:
    return {"code": code, "title": said(f"Measure {code}"), "kind": "number", "references": ["S/2010/498#16"]}


def small_template(**members: Any) -> dict[str, Any]:
    """A template of two pillars; the second has a block on an objective and one on an activity."""
    first = {"code": "1.1", "title": said("First"), "lead": "WOM", "indicators": [_indicator("1.1.a")]}
    second = {"code": "2.1", "title": said("Second"), "lead": "DEF", "indicators": [_indicator("2.1.a")]}
    blocked = {"code": "2.2", "title": said("Blocked"), "block": "sea", "activities": [_activity("2.2.1")]}
    last = {
        "code": "2.3",
        "title": said("Last"),
        "activities": [_activity("2.3.1", indicators=[_indicator("2.3.1.a")])],
    }
    document = {
        "format": "nap-template/1",
        "key": "small",
        "title": said("A small template"),
        "summary": said("For tests."),
        "use_when": said("Choose it in a test."),
        "sources": ["S/2007/567"],
        "plan": {"context": ["donor"], "labels": {"pillar": said("Theme")}},
        "institutions": [
            {"code": "WOM", "name": said("Women"), "kind": "ministry", "sector": "womens_affairs"},
            {"code": "DEF", "name": said("Defence"), "kind": "ministry", "sector": "defence"},
            {"code": "CSO", "name": said("Networks"), "kind": "civil_society"},
        ],
        "task_force": {"chair": "WOM", "members": ["WOM", "DEF"], "observers": ["CSO"]},
        "sections": [
            {
                "key": "why",
                "title": said("Why"),
                "place": "body",
                "guidance": said("Say why."),
                "example": said("Because."),
                "source": "CSW52 2008 para. 16",
                "owner": "WOM",
            }
        ],
        "pillars": [
            {
                "code": "1",
                "title": said("One"),
                "theme": "prevention",
                "objectives": [{**first, "activities": [_activity("1.1.1"), _activity("1.1.2")]}],
            },
            {
                "code": "2",
                "title": said("Two"),
                "objectives": [
                    {**second, "activities": [_activity("2.1.1", block="small-arms"), _activity("2.1.2")]},
                    blocked,
                    last,
                ],
            },
        ],
        "milestones": [{"code": "M1", "title": said("Adopted"), "kind": "adoption", "responsible": "WOM"}],
    }
    return deepcopy({**document, **members})
