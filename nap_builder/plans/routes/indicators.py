"""Indicators with their figures, and milestones."""

from typing import Any

from flask import Response, request, url_for
from wtforms import Form as PlainFilter

from nap_builder.kernel.access import demand, requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import Missing
from nap_builder.kernel.fields import Form
from nap_builder.kernel.languages import _, _l, words_in
from nap_builder.kernel.web import page
from nap_builder.plans.forms.indicator import FigureForm, IndicatorForm, indicator_like
from nap_builder.plans.forms.pieces import OneOf
from nap_builder.plans.history import told
from nap_builder.plans.levels import LEVELS, level_name, ref
from nap_builder.plans.models.measures import Figure, Indicator
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries import framework, measures
from nap_builder.plans.queries.plan import plan_at
from nap_builder.plans.routes.blueprint import rooms
from nap_builder.plans.routes.saving import done, offers_in, tried, words
from nap_builder.plans.services import measures as services
from nap_builder.plans.services import rows
from nap_builder.reference.queries import adoptable_indicator

PART = "any(baseline, target, benchmark)"


class IndicatorFilter(PlainFilter):
    """What the list of indicators shows; it stands in the address."""

    level = OneOf(_l("Level"), nothing=_l("All"))
    lacks = OneOf(
        _l("Show"), {"baseline": _l("Without a baseline"), "target": _l("Without a target")}, nothing=_l("Everything")
    )


@rooms.get("/w/<slug:slug>/indicators")
@requires("plans.draft.read", on=plan_at)
def indicators(plan: Plan) -> str:
    """The indicators of a plan."""
    filters = IndicatorFilter(request.args)
    filters.level.choices = filters.level.beginning([(kind, level_name(plan, kind)) for kind in LEVELS])
    kept: dict[str, Any] = {name: request.args[name] for name in ("level", "lacks") if name in request.args}
    asked = request.args.get("page", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
    found = measures.page_of_indicators(plan, actor(), number=number, **kept)
    return page(
        "plans/indicators.html",
        plan=plan,
        filters=filters,
        shown=found,
        indicators=found.rows,
        figures=measures.figures_of(found.rows),
        row_of=measures.row_of,
        page_link=lambda number: url_for("plans.indicators", slug=plan.slug, page=number, **kept),
        **words(plan),
    )


@rooms.get("/w/<slug:slug>/indicator/<key:key>")
@requires("plans.draft.read", on=measures.indicator_at)
def indicator(indicator: Indicator) -> str:
    """One indicator with its figures."""
    known = measures.figures_of([indicator]).get(indicator.id, measures.Figures())
    return page(
        "plans/indicator.html",
        plan=indicator.plan,
        indicator=indicator,
        row=measures.row_of(indicator),
        known=known,
        history=[told(entry) for entry in framework.history_of(indicator.plan, [indicator.key])],
        form=Form(),
        cell_rows=measures.cell_rows,
        **words(indicator.plan),
    )


@rooms.get("/w/<slug:slug>/indicators/add")
@requires("plans.draft.read", on=plan_at)
def add_indicator(plan: Plan) -> str:
    """The form of a new indicator of the row that the address names."""
    row, form = measured_row(plan), _new_form(plan)
    form.code.data = framework.next_code(plan, "indicator", row)
    return _form_page(plan, row, None, form)


@rooms.post("/w/<slug:slug>/indicators/add")
@requires("plans.draft.read", on=plan_at)
def save_new_indicator(plan: Plan) -> Any:
    """Adds the indicator."""
    row, form = measured_row(plan), _new_form(plan)

    def save() -> Response:
        added = services.add_indicator(actor(), row, form.values())
        return _back(added, _("%(code)s is added. Now write its figures.", code=added.code))

    return tried(form, save) or (_form_page(plan, measured_row(plan), None, form), 422)


def measured_row(plan: Plan) -> Any:
    """The row of the address that a new indicator hangs on. Raises Missing, or what refuses this person the act."""
    if not request.args.get("under"):
        demand("plans.framework.arrange", plan)
    row = measures.named_row(plan, request.args.get("under", ""), LEVELS)
    demand("plans.row.write", row)
    return row


def _new_form(plan: Plan) -> IndicatorForm:
    """The form of a new indicator; begun from the standard one that the address names, where it names one."""
    like = request.args.get("like")
    return _form(plan, indicator_like(adoptable_indicator(like), plan.languages) if like else None)


def _form(plan: Plan, row: Any = None) -> IndicatorForm:
    others = framework.possible_parents(plan, "activity")
    named = [(ref(one), _("%(code)s %(title)s", code=one.code, title=words_in(one.title))) for one in others]
    known = {value for value, _label in named}
    named += [(one, one) for one in (getattr(row, "also_measures", None) or ()) if one not in known]
    return IndicatorForm(row=row, languages=plan.languages, offers=offers_in(plan, also_measures=named))


@rooms.get("/w/<slug:slug>/indicator/<key:key>/edit")
@requires("plans.row.write", on=measures.indicator_at)
def edit_indicator(indicator: Indicator) -> str:
    """An indicator as a form."""
    plan = indicator.plan
    return _form_page(plan, measures.row_of(indicator), indicator, _form(plan, measures.IndicatorAsRead(indicator)))


@rooms.post("/w/<slug:slug>/indicator/<key:key>/edit")
@requires("plans.row.write", on=measures.indicator_at)
def save_indicator(indicator: Indicator) -> Any:
    """Saves an indicator."""
    form = _form(indicator.plan, measures.IndicatorAsRead(indicator))

    def save() -> Response:
        rows.change(actor(), indicator, form.values(), seen=form.seen.data)
        return _back(indicator, _("%(code)s is saved.", code=indicator.code))

    return tried(form, save) or (_form_page(indicator.plan, measures.row_of(indicator), indicator, form), 422)


def _form_page(plan: Plan, row: Any, shown: Indicator | None, form: IndicatorForm) -> str:
    given: dict[str, Any] = {"key": shown.key} if shown else {}
    back = url_for("plans.indicator" if shown else "plans.indicators", slug=plan.slug, **given)
    return page("plans/indicator_form.html", plan=plan, row=row, indicator=shown, form=form, back=back, **words(plan))


def _back(indicator: Indicator, said: str) -> Response:
    return done("plans.indicator", slug=indicator.plan.slug, key=indicator.key, said=said)


@rooms.get(f"/w/<slug:slug>/indicator/<key:key>/<{PART}:part>/<int(max=999):position>")
@requires("plans.row.write", on=measures.indicator_at)
def figure(indicator: Indicator, part: str, position: int) -> str:
    """A figure as a form; for a new target, the position after the last."""
    return _figure_page(indicator, part, _figure_form(indicator, measures.figure_of(indicator, part, position)))


@rooms.post(f"/w/<slug:slug>/indicator/<key:key>/<{PART}:part>/<int(max=999):position>")
@requires("plans.row.write", on=measures.indicator_at)
def save_figure(indicator: Indicator, part: str, position: int) -> Any:
    """Saves a figure."""
    form = _figure_form(indicator, measures.figure_of(indicator, part, position))

    def save() -> Response:
        services.write_figure(actor(), indicator, part, position, form.values(), seen=form.seen.data)
        return _back(indicator, _("The figure is saved."))

    return tried(form, save) or (_figure_page(indicator, part, form), 422)


@rooms.post(f"/w/<slug:slug>/indicator/<key:key>/<{PART}:part>/<int(max=999):position>/remove")
@requires("plans.row.write", on=measures.indicator_at)
def remove_figure(indicator: Indicator, part: str, position: int) -> Response:
    """Removes a figure."""
    form = Form()
    with transaction():
        found = measures.figure_of(indicator, part, position)
        if found is None:
            raise Missing
        services.remove_figure(actor(), indicator, found, seen=form.seen.data)
        return _back(indicator, _("The figure is removed."))


def _figure_form(indicator: Indicator, found: Figure | None) -> FigureForm:
    shown = measures.FigureAsRead(found, indicator.row_version)
    return FigureForm(row=shown, languages=indicator.plan.languages)


def _figure_page(indicator: Indicator, part: str, form: FigureForm) -> str:
    back = url_for("plans.indicator", slug=indicator.plan.slug, key=indicator.key)
    given = {"indicator": indicator, "part": part, "form": form, "back": back}
    return page("plans/indicator_figure.html", plan=indicator.plan, **given, **words(indicator.plan))
