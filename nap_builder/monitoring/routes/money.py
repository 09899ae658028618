"""What became of the money: by year, source and kind, and funder by funder."""

from collections.abc import Iterable
from typing import Any

from flask import request, url_for

from nap_builder.kernel.access import requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.errors import Missing
from nap_builder.kernel.languages import _, words_in
from nap_builder.monitoring.progress.names import STAGES
from nap_builder.monitoring.queries.money import MoneyRow, MoneyShare, by_kind, by_source, by_year, coming_years
from nap_builder.monitoring.queries.overview import Overview, overview
from nap_builder.monitoring.routes.blueprint import HOME, rooms
from nap_builder.monitoring.routes.shown import shown
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.names import MONEY_KINDS, named
from nap_builder.plans.queries.plan import plan_at
from nap_builder.plans.said import year
from nap_builder.plans.wording import spoken

Labelled = list[tuple[str, str, MoneyShare]]


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
        whole=MoneyShare("", found.money),
        tables=_tables(found, asked),
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


def _tables(found: Overview, asked: str) -> list[tuple[str, str, str, Labelled]]:
    """By who pays, fiscal year and kind: anchor, title, head, and the rows, each with its name and where that leads."""
    plan, rows = found.plan, found.money
    funders = [_source(share, plan, asked) for share in by_source(rows, plan)]
    kinds = [(named(MONEY_KINDS, share.key) or _("Kind not said"), "", share) for share in by_kind(rows)]
    return [
        ("funders", _("Funders"), _("Funder"), funders),
        ("by-year", _("By fiscal year"), _("Fiscal year"), _years(rows, plan)),
        ("by-kind", _("By kind of money"), _("Kind of money"), kinds),
    ]


def _years(rows: Iterable[MoneyRow], plan: Plan) -> Labelled:
    return [(year(share.key, plan) or _("No year"), "", share) for share in by_year(rows)]


def _source(share: MoneyShare, plan: Plan, asked: str) -> tuple[str, str, MoneyShare]:
    """Who pays: an institution has a page of its own, a source in words only its words."""
    first: Any = share.rows[0]
    if first.funder is None:
        return spoken(first.line.source) if share.key else _("Source not said"), "", share
    page = url_for("monitoring.funder", slug=plan.slug, code=first.funder.code, period=asked or None)
    return words_in(first.funder.name), page, share
