"""What became of the money: by year, source and kind, and funder by funder."""

from collections.abc import Iterable
from typing import Any

from flask import request

from nap_builder.kernel.access import requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.errors import Missing
from nap_builder.kernel.languages import _, words_in
from nap_builder.monitoring.progress.names import STAGES
from nap_builder.monitoring.queries.money import MoneyRow, MoneyShare, by_kind, by_source, by_year, coming_years
from nap_builder.monitoring.queries.money import money_shares as shares
from nap_builder.monitoring.queries.overview import Overview, overview
from nap_builder.monitoring.routes.blueprint import HOME, rooms
from nap_builder.monitoring.routes.shown import shown
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.names import MONEY_KINDS, named
from nap_builder.plans.queries.plan import plan_at
from nap_builder.plans.said import year
from nap_builder.plans.wording import spoken

Labelled = list[tuple[str, MoneyShare]]


@rooms.get(f"{HOME}/funders")
@requires("plans.draft.read", on=plan_at)
def funders(plan: Plan) -> str:
    """Who pays what, and what became of all money."""
    found, asked = _found(plan)
    return shown(
        "monitoring/funders.html",
        found,
        "monitoring.funders",
        asked=asked,
        stages=STAGES,
        funded=_funded(found.money),
        tables=_tables(found),
        coming=coming_years(plan, found.money, found.on),
    )


@rooms.get(f"{HOME}/funders/<code:code>")
@requires("plans.draft.read", on=plan_at)
def funder(plan: Plan, code: str) -> str:
    """What one funder promised and paid, for what, for whom and on what conditions."""
    found, asked = _found(plan)
    rows = [row for row in found.money if row.funder is not None and row.funder.code == code]
    if not rows:
        raise Missing
    return shown(
        "monitoring/funder.html",
        found,
        "monitoring.funders",
        asked=asked,
        stages=STAGES,
        body=rows[0].funder,
        rows=rows,
        whole=MoneyShare(code, rows),
        years=_years(rows, plan),
    )


def _found(plan: Plan) -> tuple[Overview, str]:
    asked = request.args.get("period", "")
    return overview(plan, actor(), asked), asked


def _funded(rows: Iterable[MoneyRow]) -> list[MoneyShare]:
    """The lines of each institution that pays for some, by its code."""
    found = shares((row for row in rows if row.funder), lambda row: row.funder)
    return sorted(found, key=lambda share: str(share.key.code))


def _tables(found: Overview) -> list[tuple[str, str, str, Labelled]]:
    """By fiscal year, source and kind: anchor, title, head, and the rows with what each is called."""
    plan, rows = found.plan, found.money
    sources = [(_source(share), share) for share in by_source(rows, plan)]
    kinds = [(named(MONEY_KINDS, share.key) or _("Kind not said"), share) for share in by_kind(rows)]
    return [
        ("by-year", _("By fiscal year"), _("Fiscal year"), _years(rows, plan)),
        ("by-source", _("By source"), _("Source"), sources),
        ("by-kind", _("By kind of money"), _("Kind of money"), kinds),
    ]


def _years(rows: Iterable[MoneyRow], plan: Plan) -> Labelled:
    return [(year(share.key, plan) or _("No year"), share) for share in by_year(rows)]


def _source(share: MoneyShare) -> str:
    first: Any = share.rows[0]
    if first.funder is not None:
        return words_in(first.funder.name)
    return spoken(first.line.source) if share.key else _("Source not said")
