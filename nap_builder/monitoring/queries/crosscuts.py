"""The activities of a plan seen across it: by pillar, theme, obligation, or area of the 2005–2007 plan of action."""

from collections.abc import Callable, Collection, Iterable
from itertools import chain

from nap_builder.monitoring.queries.overview import Group, Overview, grouped_by
from nap_builder.monitoring.queries.standings import ActivityRow
from nap_builder.plans.names import AREAS, THEMES
from nap_builder.reference.queries import mandate_titles, themes

NOTHING = "-"  # under which stands what names none
Keys = Callable[[ActivityRow], Iterable[str]]
KEYS: dict[str, Keys] = {
    "pillars": lambda row: (row.pillar.code,),
    "themes": lambda row: row.themes,
    "mandates": lambda row: row.mandates,
    "areas": lambda row: row.areas,
}


def crosscut(found: Overview, kind: str) -> list[Group]:
    """The activities by what `kind` (one of KEYS) names, with their money; what names none stands last.

    The five themes are always there. An activity with several keys stands under each, so sums may pass the whole.
    """
    keys = KEYS[kind]
    groups = grouped_by(found.rows, lambda row: keys(row) or (NOTHING,), found.money, _order(found, kind))
    return sorted(groups, key=lambda group: group.key == NOTHING)


def _order(found: Overview, kind: str) -> list[str]:
    """The keys in their usual order: those that must be there, and those that are used."""
    if kind == "pillars":
        return [group.head.code for group in found.pillars if group.head]
    used = set(chain.from_iterable(KEYS[kind](row) for row in found.rows))
    if kind == "themes":
        used |= {theme.theme for theme in themes()}
    known: Collection[str] = {"themes": [*THEMES], "areas": [*AREAS], "mandates": [*mandate_titles()]}[kind]
    return [key for key in known if key in used] + sorted(used - set(known))
