"""The places of a report where people write: what each is called, how long it may be, and what it begins with.

The report card has two pages and the fact sheet one, so their places are short: what is written is cut by its limit
here, never by the printer.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nap_builder.kernel.languages import LazyString, _, _l, listed, speaking
from nap_builder.reports.models import CARD, PROGRESS
from nap_builder.reports.queries.pieces import cut

Said = Mapping[str, Any]
Texts = dict[str, dict[str, str]]
MOST_LONG = 6000
SHORT = 60


@dataclass(frozen=True)
class Place:
    """A place for a text: `about` is what it belongs to, in words; `proposal` says what it begins with.

    `longest` is in characters, for each language. `lines` is how high the box is.
    """

    name: str
    label: LazyString | str
    longest: int
    proposal: Callable[[Said], str]
    about: str = ""
    lines: int = 3
    hint: LazyString | str = ""


def places_of(kind: str, said: Said) -> list[Place]:
    """The places of a report of a kind, for its facts as they are said in one language."""
    if kind == PROGRESS:
        return [_foreword(400), *_long(), *_asked(said)]
    if kind == CARD:
        return [_foreword(240), *_of_lines(said), _next(360)]
    return [
        _foreword(200),
        Place("achievements", _l("Achievements"), 320, lambda it: _items(_finished(it, SHORT), 320)),
        Place("gaps", _l("Gaps"), 320, lambda it: _items(_troubled(it, SHORT), 320)),
    ]


def proposed(kind: str, facts: Said) -> Texts:
    """What the facts propose for the places of a report: the text by place and by language."""
    found: Texts = {}
    for language, said in facts["said"].items():
        with speaking(language):
            for place in places_of(kind, said):
                if text := _as_typed(place.proposal(said)):
                    found.setdefault(place.name, {})[language] = text
    return found


def _as_typed(text: str) -> str:
    """A text as a form brings it back when nobody touched it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def proposed_anew(texts: Texts, before: Texts, after: Texts) -> Texts:
    """The texts after the facts are drawn anew: what still is the proposal of `before` becomes that of `after`.

    Each language is judged by itself, and what somebody emptied stays empty.
    """
    found: Texts = {name: {} for name in texts}
    for name in [*texts, *(name for name in after if name not in texts)]:
        own, old, new = (given.get(name, {}) for given in (texts, before, after))
        for language in dict.fromkeys([*own, *new]):
            kept = own.get(language) if own.get(language) != old.get(language) else new.get(language)
            if kept:
                found.setdefault(name, {})[language] = kept
    return found


def _foreword(longest: int) -> Place:
    return Place("foreword", _l("Foreword"), longest, _opening, hint=_l("One or two sentences of the chair."))


def _opening(said: Said) -> str:
    return _("On %(day)s, %(headline)s.", day=said["on"], headline=said["headline"])


def _long() -> list[Place]:
    learnt = _l("What went otherwise than thought, and what is done differently from now on.")
    return [
        Place("achievements", _l("Achievements"), MOST_LONG, lambda it: _items(_finished(it), MOST_LONG), lines=8),
        Place("gaps", _l("Gaps"), MOST_LONG, lambda it: _items(_troubled(it), MOST_LONG), lines=8),
        Place("lessons", _l("Lessons"), MOST_LONG, lambda _it: "", lines=6, hint=learnt),
    ]


def _asked(said: Said) -> list[Place]:
    return [
        Place(f"ask_{one['code']}", _l("Asked next"), 1500, _asking(one["code"]), about=one["name"]["text"], lines=4)
        for one in said["ministries"]
    ]


def _asking(code: str) -> Callable[[Said], str]:
    def proposal(said: Said) -> str:
        one = next(one for one in said["ministries"] if one["code"] == code)
        late = [f"- {_ask(row)}" for row in one["troubled"]]
        report = _("Report on %(codes)s.", codes=listed(one["unreported"]))
        owed = [f"- {report}"] if one["unreported"] else []
        return _fitting([*late, *owed], 1500)

    return proposal


def _ask(row: Said) -> str:
    return _("Bring forward %(code)s %(title)s (%(stands)s).", **_named(row))


def _next(longest: int) -> Place:
    return Place("next", _l("What is asked next"), longest, lambda _it: "", hint=_l("Of the ministries together."))


def _of_lines(said: Said) -> list[Place]:
    """Of each line of the card why something is not done, and what comes next."""
    places = []
    why, coming = (170, 120) if said["rows"]["wide"] else (70, 60)
    for line in said["rows"]["lines"]:
        about = f"{line['code']} {line['promised']['text']}"
        places.append(Place(f"why_{line['key']}", _l("Not done, and why"), why, _why(line["key"], why), about, lines=2))
        places.append(Place(f"next_{line['key']}", _l("Next"), coming, _coming(line["key"], coming), about, lines=2))
    return places


def _why(key: str, longest: int) -> Callable[[Said], str]:
    def proposal(said: Said) -> str:
        reasons = [f"{row['code']}: {row['reason']['text']}" for row in _line(said, key)["reasons"] if row["reason"]]
        return _whole(reasons, longest, " ".join)

    return proposal


def _coming(key: str, longest: int) -> Callable[[Said], str]:
    def proposal(said: Said) -> str:
        rows = [f"{row['code']} {row['title']['text']}" for row in _line(said, key)["next"]]
        return _whole(rows, longest, lambda some: _("Finish %(codes)s.", codes=listed(some)))

    return proposal


def _whole(parts: Sequence[str], longest: int, said: Callable[[Sequence[str]], str]) -> str:
    """As many whole parts as fit; of one that is too long by itself its beginning."""
    fitting = (text for count in range(len(parts), 0, -1) if len(text := said(parts[:count])) <= longest)
    return next(fitting, cut(said(parts[:1]), longest) if parts else "")


def _line(said: Said, key: str) -> Said:
    found: Said = next(line for line in said["rows"]["lines"] if line["key"] == key)
    return found


def _finished(said: Said, longest: int = 0) -> list[str]:
    rows = [row for group in said["groups"] for row in group["finished"]]
    return [_("%(code)s %(title)s is finished.", **_named(row, longest)) for row in rows]


def _troubled(said: Said, longest: int = 0) -> list[str]:
    """What goes badly or is given up; with titles cut there is no room for the reasons."""
    rows = [row for name in ("troubled", "left") for group in said["groups"] for row in group[name]]
    if longest:
        return [_("%(code)s %(title)s: %(stands)s.", **_named(row, longest)) for row in rows]
    return [_with_reason(row) for row in rows]


def _with_reason(row: Said) -> str:
    stands = _("%(code)s %(title)s: %(stands)s.", **_named(row))
    return f"{stands} {row['reason']['text']}" if row["reason"] else stands


def _named(row: Said, longest: int = 0) -> dict[str, str]:
    title = row["title"]["text"]
    return {"code": row["code"], "title": cut(title, longest) if longest else title, "stands": row["stands"]}


def _items(sentences: Iterable[str], longest: int) -> str:
    """The sentences as a list, as many as fit."""
    return _fitting([f"- {one}" for one in dict.fromkeys(sentences)], longest)


def _fitting(lines: Iterable[str], longest: int) -> str:
    kept: list[str] = []
    for line in lines:
        if len("\n".join([*kept, line])) > longest:
            break
        kept.append(line)
    return "\n".join(kept)
