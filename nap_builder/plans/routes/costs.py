"""What a plan costs: its sums, how far it is costed, and what stands apart."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for

from nap_builder.kernel.access import requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.fields import Form
from nap_builder.kernel.languages import _, words_in
from nap_builder.kernel.web import page
from nap_builder.plans.levels import level_name, own_name
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.money import Share, Spending, in_order, shares, source_of, states_of
from nap_builder.plans.names import COSTINGS, GENDER_MARKERS, MONEY_KINDS, THEMES, named
from nap_builder.plans.queries import costs as queries
from nap_builder.plans.queries import framework, matrix
from nap_builder.plans.queries.plan import plan_at
from nap_builder.plans.queries.rates import stated_rates
from nap_builder.plans.queries.unit_costs import older_lines
from nap_builder.plans.routes.blueprint import rooms
from nap_builder.plans.routes.saving import words
from nap_builder.plans.said import year
from nap_builder.plans.wording import spoken
from nap_builder.taskforce.models import Institution
from nap_builder.taskforce.queries import institutions


@dataclass(frozen=True)
class Table:
    """The money of the plan by what it has in common: rows of a label, an address or none, and a share."""

    anchor: str
    title: str
    head: str
    rows: list[tuple[str, str, Share]]


@rooms.get("/w/<slug:slug>/costs", endpoint="costs")
@requires("plans.draft.read", on=plan_at)
def what_it_costs(plan: Plan) -> str:
    """Every sum of the plan."""
    spent = queries.spendings_of(plan, actor())
    found = matrix.lines_of_plan(plan, "", actor())
    known = Counter(line.costing for line in found)
    return page(
        "plans/costs.html",
        plan=plan,
        spent=spent,
        whole=Share("", spent),
        women=Share("", [line for line in spent if line.for_womens_organisations]),
        states=states_of(spent),
        tables=list(_tables(plan, spent)) if spent else [],
        restricted=any(line.activity.restricted for line in spent),
        known=[(name, known[name]) for name in COSTINGS],
        gaps=sum(line.gap for line in found),
        activities=len(found),
        converted=queries.reckoning_of(plan).converted(spent),
        rates=stated_rates(plan),
        used=Counter(line.currency for line in spent),
        older=older_lines(plan, actor()),
        form=Form(),
        **words(plan),
    )


def _tables(plan: Plan, spent: list[Spending]) -> Iterator[Table]:
    level, pillars = level_name(plan, "pillar"), {row.id: row for row in framework.pillars(plan)}
    bodies = {body.code: body for body in institutions()}
    first = plan.first_language

    def pillar(key: int) -> str:
        return _("%(code)s %(title)s", code=pillars[key].code, title=words_in(pillars[key].title))

    def matrix_of(key: int) -> str:
        return url_for("plans.matrix", slug=plan.slug, pillar=pillars[key].code)

    def source(share: Share) -> str:
        line = share.lines[0].line
        if "funder" in line:
            return words_in(bodies[line["funder"]].name) if line["funder"] in bodies else line["funder"]
        return spoken(line["source"]) if share.key else _("Source not said")

    by_pillar = shares(spent, lambda line: line.pillar, pillars)
    rows = [(pillar(share.key), matrix_of(share.key), share) for share in by_pillar]
    by_lead = shares(spent, lambda line: line.activity.lead)
    lower = own_name(plan, "pillar") or level.lower()
    yield Table("by-pillar", _("By %(level)s", level=lower), level, rows)
    yield Table("by-lead", _("By lead ministry"), _("Lead ministry"), _led(plan, by_lead, bodies))
    yield _listed(
        "by-theme", _("By theme"), _("Theme"), shares(spent, lambda line: line.theme), THEMES, _("No theme said")
    )
    years = sorted(shares(spent, lambda line: line.year), key=lambda share: share.key or 9999)
    yield Table(
        "by-year",
        _("By fiscal year"),
        _("Fiscal year"),
        [(year(share.key, plan) or _("No year"), "", share) for share in years],
    )
    sources = [(source(share), "", share) for share in shares(spent, lambda line: source_of(line, first))]
    yield Table("by-source", _("By source"), _("Source"), sorted(sources, key=lambda row: (not row[2].key, row[0])))
    kinds = shares(spent, lambda line: line.kind)
    yield _listed("by-kind", _("By kind of money"), _("Kind of money"), kinds, MONEY_KINDS, _("Kind not said"))
    markers = shares(spent, lambda line: line.marked)
    yield _listed("by-marker", _("By gender marker"), _("Gender marker"), markers, GENDER_MARKERS, _("Not marked"))


def _led(plan: Plan, found: Iterable[Share], bodies: Mapping[str, Institution]) -> list[tuple[str, str, Share]]:
    """The money by who leads the activities, by name, what nobody leads last."""

    def page_of(code: str) -> str:
        if not code:
            return url_for("plans.unled", slug=plan.slug)
        return url_for("plans.ministry", slug=plan.slug, code=code)

    rows = [
        (words_in(bodies[share.key].name) if share.key else _("Nobody leads it"), page_of(share.key), share)
        for share in found
    ]
    return sorted(rows, key=lambda row: (not row[2].key, row[0]))


def _listed(
    anchor: str, title: str, head: str, found: Iterable[Share], names: Mapping[str, Any], nothing: str
) -> Table:
    """A table in the order of a list of the format, what is not said last."""
    rows = [(named(names, share.key) or nothing, "", share) for share in in_order(found, names)]
    return Table(anchor, title, head, rows)
