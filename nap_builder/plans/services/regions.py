"""The regions of a plan as lines that a person types: `NOR = Northern Valleys`."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from nap_builder.kernel.database import db
from nap_builder.kernel.errors import BadInput
from nap_builder.kernel.languages import _
from nap_builder.plans.models.framework import Activity
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.schema import SCHEMA
from nap_builder.plans.services.abbreviations import as_lines, from_lines, with_unseen
from nap_builder.plans.wording import by_language

Words = dict[str, str]
FIELD = "regions"
_CODE = re.compile(SCHEMA["$defs"]["code"]["pattern"])
_LONGEST_CODE = SCHEMA["$defs"]["code"]["maxLength"]


def as_region_lines(regions: Sequence[Mapping[str, Any]], first: str) -> Words | None:
    """Regions as the exchange format keeps them, as lines by language."""
    return as_lines(_rows(regions, first), first)


def from_region_lines(lines: Mapping[str, str] | None) -> list[dict[str, Any]]:
    """The regions that lines by language say. Raises BadInput for a line that is none, or a code used twice."""
    wanted = _("Write each line as: NOR = Northern Valleys. The short form has no spaces or slashes.")
    rows = from_lines(lines, FIELD, wanted)
    regions = [{"code": next(iter(row["short"].values())), "name": row["long"]} for row in rows]
    codes = [region["code"] for region in regions]
    if any(len(set(row["short"].values())) > 1 for row in rows):
        raise BadInput(FIELD, _("The same line in each language is the same region: give it the same short form."))
    if not all(_CODE.search(code) and len(code) <= _LONGEST_CODE for code in codes):
        raise BadInput(FIELD, wanted)
    if len(set(codes)) < len(codes):
        raise BadInput(FIELD, _("Two regions have the same short form. Give each its own."))
    return regions


def regions_with_unseen(
    regions: Sequence[Mapping[str, Any]], standing: Sequence[Mapping[str, Any]], seen: Collection[str], first: str
) -> list[dict[str, Any]]:
    """Regions as they were typed, with their names in languages that nobody saw."""
    rows = with_unseen(_rows(regions, first), _rows(standing, first), seen, first)
    return [{"code": next(iter(row["short"].values())), "name": row["long"]} for row in rows]


def refuse_lost_regions(plan: Plan, regions: Sequence[Mapping[str, Any]]) -> None:
    """Refuses a list of regions that lacks one which an activity names. Raises BadInput. No list refuses nothing."""
    if not regions:
        return
    listed = {region["code"] for region in regions}
    query = select(Activity.code, Activity.regions).where(Activity.plan_id == plan.id, Activity.archived_at.is_(None))
    for code, named in db.session.execute(query):
        if found := set(named or ()) - listed:
            told = _("%(region)s is named by activity %(code)s. Change that first.", region=min(found), code=code)
            raise BadInput(FIELD, told)


def _rows(regions: Sequence[Mapping[str, Any]], first: str) -> list[dict[str, Words]]:
    """Regions as abbreviations: the code is the short form in every language."""
    return [{"short": {first: region["code"]}, "long": by_language(region["name"], first)} for region in regions]
