"""The doors of requests for support: the list, one request, its steps, and the page for donors."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from flask import Blueprint, Response, url_for

from nap_builder.kernel.access import can, requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.clock import today
from nap_builder.kernel.database import transaction
from nap_builder.kernel.fields import Form
from nap_builder.kernel.languages import _, listed, words_in
from nap_builder.kernel.languages import money as amount_in_words
from nap_builder.kernel.web import page, see_other
from nap_builder.plans import said
from nap_builder.plans.history import told
from nap_builder.plans.levels import ref
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.money import Cost
from nap_builder.plans.queries.plan import plan_at
from nap_builder.plans.routes.saving import tried
from nap_builder.support import policy, queries, services  # noqa: F401 - policy declares the rule
from nap_builder.support.forms import RequestForm, StepForm
from nap_builder.support.models import SupportRequest
from nap_builder.support.names import LOOKS, OPEN, STATES

rooms = Blueprint("support", __name__)
HOME = "/w/<slug:slug>/support"
ONE = f"{HOME}/<key:key>"
SHEET, LINE = 42, 95  # lines of a sheet of A4 under its head, and signs in a line, as the page prints
WORDS = {"states": STATES, "looks": LOOKS}


@rooms.get(HOME)
@requires("plans.draft.read", on=plan_at)
def requests(plan: Plan) -> str:
    """What the plan asks of others, those that wait for an answer first."""
    found = queries.requests(plan)
    return page(
        "support/requests.html",
        plan=plan,
        waiting=[one for one in found if one.state in OPEN],
        settled=[one for one in found if one.state not in OPEN],
        archived=[one for one in queries.archived_requests(plan) if can("support.request.write", one)],
        press=Form(),
        **WORDS,
    )


@rooms.get(f"{HOME}/brief")
@requires("plans.draft.read", on=plan_at)
def brief(plan: Plan) -> str:
    """All open requests on one page, for donors. Nothing restricted is on it."""
    return _brief(plan, queries.for_donors(plan), url_for("support.requests", slug=plan.slug))


@rooms.get(f"{ONE}/brief")
@requires("plans.draft.read", on=queries.request_for_donors)
def brief_of_one(request: SupportRequest) -> str:
    """One request on one page, for donors."""
    back = url_for("support.request_page", slug=request.plan.slug, key=request.key)
    return _brief(request.plan, [request], back)


def _brief(plan: Plan, found: Sequence[SupportRequest], back: str) -> str:
    money, asked = queries.money_for(found), dict[str, Decimal]()
    for one in found:
        if one.amount is not None and one.currency:
            asked[one.currency] = asked.get(one.currency, Decimal(0)) + one.amount
    lines = [(one, _facts_for_donors(one, money[one.id])) for one in found]
    given = {
        "alone": len(found) == 1,
        "short": sum(map(_printed_lines, found)) > SHEET,
        "asked": asked,
        "day_of_page": today(plan.timezone),
        "back": back,
    }
    return page("support/brief.html", plan=plan, lines=lines, **given)


def _printed_lines(one: SupportRequest) -> int:
    """How many lines a request takes in print, with its five facts and the space around it."""
    return 8 + sum(1 + len(words_in(text)) // LINE for text in (one.title, one.need, one.change) if text)


def _facts_for_donors(one: SupportRequest, money: queries.Money) -> list[tuple[str, str]]:
    """What stands under a request on the page for donors, in words."""
    post = words_in(one.contact or one.owner.focal_post)
    about = one.about
    facts = [
        (_("Asked for"), amount_in_words(one.amount, one.currency) if one.amount is not None else _("To be agreed")),
        (_("For"), _("%(code)s %(title)s", code=about.code, title=words_in(about.title)) if about else ""),
        (_("It costs"), _sums(money.cost, one.plan)),
        (_("Not covered yet"), _sums(money.gap, one.plan)),
        (_("Contact"), listed(part for part in (post, words_in(one.owner.name)) if part)),
    ]
    return [(label, value) for label, value in facts if value]


@rooms.get(f"{HOME}/add")
@requires("support.request.write", on=plan_at)
def add(plan: Plan) -> str:
    """The form of a new request."""
    return _form_page(plan, _form(plan), None)


@rooms.post(f"{HOME}/add")
@requires("support.request.write", on=plan_at)
def save_new(plan: Plan) -> Any:
    """Adds a request."""
    form = _form(plan)

    def save() -> Response:
        request = services.add(actor(), plan, _facts(plan, form), today(plan.timezone))
        return _to(request, _("The request is written down."))

    return tried(form, save) or (_form_page(plan, form, None), 422)


@rooms.get(ONE)
@requires("plans.draft.read", on=queries.request_at)
def request_page(request: SupportRequest) -> str:
    """One request: what it asks, how far it has come, and what was done with it."""
    return _page(request, _step_form(request))


@rooms.post(f"{ONE}/step")
@requires("support.request.write", on=queries.living_request_at)
def save_step(request: SupportRequest) -> Any:
    """Notes how a request stands."""
    form = _step_form(request)

    def save() -> Response:
        state, day = form.state.data or request.state, form.on_day.data
        assert day is not None
        services.move(actor(), request, state, day, form.note.data, seen=form.seen.data)
        return _to(request, _("It is noted."))

    return tried(form, save) or (_page(request, form), 422)


@rooms.get(f"{ONE}/edit")
@requires("support.request.write", on=queries.living_request_at)
def edit(request: SupportRequest) -> str:
    """A request as a form."""
    return _form_page(request.plan, _form(request.plan, request), request)


@rooms.post(f"{ONE}/edit")
@requires("support.request.write", on=queries.living_request_at)
def save(request: SupportRequest) -> Any:
    """Saves what a request says."""
    plan, form = request.plan, _form(request.plan, request)

    def save() -> Response:
        services.change(actor(), request, _facts(plan, form, request), seen=form.seen.data)
        return _to(request, _("The request is saved."))

    return tried(form, save) or (_form_page(plan, form, request), 422)


@rooms.post(f"{ONE}/archive")
@requires("support.request.write", on=queries.living_request_at)
def archive(request: SupportRequest) -> Response:
    """Archives a request."""
    form = Form()
    with transaction():
        services.archive(actor(), request, seen=form.seen.data)
        return see_other("support.requests", slug=request.plan.slug, said=_("The request is archived."))


@rooms.post(f"{ONE}/restore")
@requires("support.request.write", on=queries.request_at)
def restore(request: SupportRequest) -> Response:
    """Restores an archived request."""
    form = Form()
    with transaction():
        services.restore(actor(), request, seen=form.seen.data)
        return _to(request, _("The request is restored."))


def _sums(cost: Cost, plan: Plan) -> str:
    """A sum in the plan's currency, and beside it what no rate brings into that; empty where nothing is costed."""
    own = [said.amount(cost.total, plan.currency)] if cost.total is not None else []
    return " · ".join([*own, *(said.amount(each, code) for code, each in cost.apart.items())])


def _rows(plan: Plan, request: SupportRequest | None) -> dict[str, Any]:
    """What a request may be about, by its reference; what it is about already stays, archived or not."""
    rows = queries.rows_to_support(plan, actor())
    if request is not None and request.about is not None:
        rows.append(request.about)
    return {ref(row): row for row in rows}


def _form(plan: Plan, request: SupportRequest | None = None) -> RequestForm:
    owners = queries.owners(plan, actor())
    if request is not None and request.owner not in owners:
        owners.append(request.owner)
    rows = [
        (reference, _("%(code)s %(title)s", code=row.code, title=words_in(row.title)))
        for reference, row in _rows(plan, request).items()
    ]
    return RequestForm(row=request, languages=plan.languages, owners=owners, givers=_givers(request), rows=rows)


def _givers(request: SupportRequest | None) -> list[Any]:
    found = list(queries.givers())
    kept = request.asked if request is not None else None
    return found if kept is None or kept in found else [*found, kept]


def _facts(plan: Plan, form: RequestForm, request: SupportRequest | None = None) -> services.RequestFacts:
    about = _rows(plan, request).get(form.reference.data or "")
    return services.RequestFacts(about=about, **form.values())


def _form_page(plan: Plan, form: RequestForm, request: SupportRequest | None) -> str:
    return page("support/request_form.html", plan=plan, form=form, request_shown=request)


def _step_form(request: SupportRequest) -> StepForm:
    form = StepForm(languages=request.plan.languages)
    if not form.is_submitted():
        form.seen.data, form.state.data = request.row_version, request.state
        form.on_day.data = today(request.plan.timezone)
    return form


def _page(request: SupportRequest, form: StepForm) -> str:
    money = queries.money_for([request])[request.id]
    return page(
        "support/request.html",
        plan=request.plan,
        request_shown=request,
        form=form,
        press=Form(),
        cost=_sums(money.cost, request.plan),
        gap=_sums(money.gap, request.plan),
        history=[told(entry) for entry in queries.history_of(request)],
        writes=request.archived_at is None and can("support.request.write", request),
        **WORDS,
    )


def _to(request: SupportRequest, told_then: str) -> Response:
    return see_other("support.request_page", slug=request.plan.slug, key=request.key, said=told_then)
