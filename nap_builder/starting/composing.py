"""From a template and a State's wishes to a plan as data (nap-plan/1). No database is asked."""

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import chain, product
from string import ascii_lowercase
from typing import Any

from nap_builder.exchange.faults import institution_members
from nap_builder.kernel.database import new_key
from nap_builder.kernel.languages import in_languages
from nap_builder.plans.schema import ROOT, Shape, objects
from nap_builder.plans.services.plan import PlanFacts, facts_as_said
from nap_builder.plans.tables import each
from nap_builder.starting.template import PlanTemplate, Row, below

LISTS = ("task_force", "milestones", "risks")
ADVICE = frozenset({"guidance", "example", "source"})


@dataclass(frozen=True)
class Wishes:
    """What a State says when it starts a plan: facts, and which pillars (codes) and blocks (keys) to take.

    None takes all of them.
    """

    slug: str
    country: str
    facts: PlanFacts
    pillars: frozenset[str] | None = None
    blocks: frozenset[str] | None = None


def composed(template: PlanTemplate, wishes: Wishes, standing: Sequence[Row]) -> Row:
    """A plan from a template: in the languages wished, renumbered where parts are left out, without a figure.

    Generic institutions become those of the installation (`standing`, as the format says them) of the same kind and
    sector; a code that another body bears already is changed, unless the template is the State's own.
    """
    source = deepcopy(template.document)
    plan = {**source["plan"], **facts_as_said(wishes.facts), "slug": wishes.slug, "country": wishes.country}
    document = {
        "format": "nap-plan/1",
        "plan": plan,
        "institutions": source["institutions"],
        "sections": [_section(section) for section in source["sections"]],
        "pillars": _chosen(source["pillars"], wishes),
        **{name: source[name] for name in LISTS if name in source},
    }
    return settled(spoken_in(document, wishes.facts.languages), standing, own=template.own)


def spoken_in(document: Row, languages: Sequence[str]) -> Row:
    """A document with its texts in these languages alone."""

    def said(value: Any, shape: Shape) -> Any:
        return in_languages(value, languages) if shape.name == "text" and isinstance(value, dict) else value

    whole: Row = each(document, ROOT, said)
    return whole


def settled(document: Row, standing: Sequence[Row], *, own: bool) -> Row:
    """A document whose generic institutions are those of the installation, where there is one of that kind.

    With `own` they are the installation's already, and a body is known by its code.
    """
    known = {body["code"]: body for body in standing}
    codes = {
        body["code"]: body["code"] if own and body["code"] in known else _code(body, standing, known)
        for body in document["institutions"]
    }
    renamed = _renamed(document, codes)
    bodies = {body["code"]: known.get(body["code"], body) for body in renamed["institutions"]}
    waiting = list(bodies.values())
    while waiting:  # the format wants the body that another is part of to stand in the same file
        above = known.get(waiting.pop().get("part_of", ""))
        if above is not None and above["code"] not in bodies:
            bodies[above["code"]] = above
            waiting.append(above)
    return {**renamed, "institutions": list(bodies.values())}


def numbered(pillars: list[Row]) -> list[Row]:
    """Rows with the numbers of their places: 2, 2.1, 2.1.3, and 2.1.3.a for an indicator."""
    for place, pillar in enumerate(pillars, start=1):
        _number(pillar, str(place))
    return pillars


def _section(section: Row) -> Row:
    """A section without what the template advises; its paragraphs get keys of their own."""
    bare = {name: value for name, value in section.items() if name not in ADVICE}
    if "paragraphs" in bare:
        bare["paragraphs"] = [{**paragraph, "key": new_key()} for paragraph in bare["paragraphs"]]
    return bare


def _chosen(pillars: list[Row], wishes: Wishes) -> list[Row]:
    """The pillars wished for, without the blocks that are not; renumbered if they were numbered by their places."""
    plain = _codes(pillars) == _codes(numbered(deepcopy(pillars)))
    taken = [pillar for pillar in pillars if wishes.pillars is None or pillar["code"] in wishes.pillars]
    for pillar in taken:
        _leave_out(pillar, wishes.blocks)
    return numbered(taken) if plain else taken


def _leave_out(row: Row, blocks: frozenset[str] | None) -> None:
    """Drops what is in a block not wished for, and the mark of the block from what stays."""
    for kind in ("objectives", "outputs", "activities"):
        if kind in row:
            row[kind] = [inner for inner in row[kind] if blocks is None or inner.get("block") in {None, *blocks}]
            for inner in row[kind]:
                inner.pop("block", None)
                _leave_out(inner, blocks)


def _codes(pillars: Iterable[Row]) -> list[str]:
    """The codes of all rows and of their indicators."""
    rows = [row for pillar in pillars for row in (pillar, *below(pillar))]
    return [one["code"] for row in rows for one in (row, *row.get("indicators", ()))]


def _number(row: Row, code: str) -> None:
    row["code"] = code
    letters = chain(ascii_lowercase, product(ascii_lowercase, repeat=2))  # a to z, then aa, ab and so on
    for indicator in row.get("indicators", ()):
        indicator["code"] = f"{code}.{''.join(next(letters))}"
    inner = [*row.get("objectives", ()), *row.get("outputs", ()), *row.get("activities", ())]
    for place, one in enumerate(inner, start=1):
        _number(one, f"{code}.{place}")


def _code(body: Row, standing: Sequence[Row], known: Mapping[str, Row]) -> str:
    """The code under which a generic institution is, or will be, known in the installation."""
    alike = [one for one in standing if _is_like(one, body)]
    here = [one["code"] for one in alike if one["code"] == body["code"]]
    if here or (len(alike) == 1 and body.get("sector", "other") != "other"):
        return str((here or [alike[0]["code"]])[0])
    code, turn = str(body["code"]), 2
    while code in known:
        code, turn = f"{body['code']}-{turn}", turn + 1
    return code


def _is_like(one: Row, body: Row) -> bool:
    return (one["kind"], one.get("sector")) == (body["kind"], body.get("sector"))


def _renamed(document: Row, codes: Mapping[str, str]) -> Row:
    """A copy with every institution under its new code; in a list each stands once."""
    copy = deepcopy(document)
    for node in objects(copy):
        if node.shape.name == "institution":
            node.value["code"] = codes[node.value["code"]]
        for name in (name for name in institution_members(node.shape) if name in node.value):
            named = node.value[name]
            several = isinstance(named, list)
            node.value[name] = list(dict.fromkeys(codes[one] for one in named)) if several else codes[named]
    return copy
