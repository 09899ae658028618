"""Plans as documents of nap-plan/1: a small one to bend, and those under tests/data."""

import json
from pathlib import Path
from random import Random
from typing import Any

from nap_builder.plans.schema import ROOT, Shape

DATA = Path(__file__).resolve().parent.parent / "data"
_TEXTS = ["Peace", "paix\r\net justice", "السلام", "\rline", "İ 😀 é", "0.50", "z", "A"]
_DECIMALS = ["0", "0.5", "0.50", "12.0", "12", "-3.1400", "100", "999999999999999.9999"]
_LANGUAGES = ["en", "fr", "ar", "pt-BR"]


def a_plan(**members: Any) -> dict[str, Any]:
    """A plan with one ministry, one pillar, one activity and one section; members given replace its own."""
    return {
        "format": "nap-plan/1",
        "plan": {
            "slug": "talora",
            "title": "A plan",
            "country": "XTA",
            "starts": "2027-01-01",
            "ends": "2030-12-31",
            "languages": ["en", "fr"],
        },
        "institutions": [{"code": "MOD", "name": "Ministry of Defence", "kind": "ministry"}],
        "sections": [{"key": "why", "title": "Why", "paragraphs": [{"key": "why-1", "text": "Because."}]}],
        "pillars": [{"code": "1", "title": "Participation", "activities": [an_activity()]}],
    } | members


def an_activity(code: str = "1.1", **members: Any) -> dict[str, Any]:
    """An activity led by the one ministry."""
    return {"code": code, "title": "Train", "lead": "MOD"} | members


def with_activities(*activities: dict[str, Any], **members: Any) -> dict[str, Any]:
    """The small plan with these activities in its pillar."""
    return a_plan(pillars=[{"code": "1", "title": "Participation", "activities": list(activities)}], **members)


def with_plan(**facts: Any) -> dict[str, Any]:
    """The small plan with these facts."""
    document = a_plan()
    document["plan"] |= facts
    return document


def an_indicator(code: str = "I1", kind: str = "number", **members: Any) -> dict[str, Any]:
    """An indicator without figures."""
    return {"code": code, "title": "Women in uniform", "kind": kind} | members


def stored(name: str) -> dict[str, Any]:
    """A document under tests/data."""
    document: dict[str, Any] = json.loads((DATA / name).read_bytes())
    return document


def as_bytes(document: object) -> bytes:
    """A document as a person might have saved it."""
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def shaped(random: Random, shape: Shape = ROOT, depth: int = 0) -> Any:
    """A value of the schema's shape, chosen by chance: rich in defaults, empty members and idle noughts."""
    if shape.default is not None and random.random() < 0.4:
        return shape.default
    match shape.kind:
        case "object":
            return _object(random, shape, depth)
        case "list":
            assert shape.item is not None
            return [shaped(random, shape.item, depth + 1) for _ in range(random.choice([0, 1, 1, 3]))]
        case "text" | "map":
            some = random.sample(_LANGUAGES, random.randint(1, 3))
            return random.choice([random.choice(_TEXTS), {tag: random.choice(_TEXTS) for tag in some}])
        case "decimal":
            return random.choice(_DECIMALS)
    return random.choice([*_TEXTS, *_LANGUAGES])


def _object(random: Random, shape: Shape, depth: int) -> dict[str, Any]:
    chance = 0.6 / (depth + 1)
    made = {
        name: shaped(random, member, depth + 1)
        for name, member in shape.members.items()
        if name in shape.required or random.random() < chance
    }
    if shape.name == "plan":
        made["languages"] = random.sample(_LANGUAGES, random.randint(1, 4))
    return made
