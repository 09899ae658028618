"""The plan's high-level champion, and the machinery's own posts and budget."""

from typing import Any

from flask import Response, url_for

from nap_builder.kernel.access import requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.database import transaction
from nap_builder.kernel.fields import Form
from nap_builder.kernel.languages import _l
from nap_builder.kernel.web import page, see_other
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.plan import plan_at
from nap_builder.plans.routes.blueprint import rooms
from nap_builder.plans.routes.saving import tried
from nap_builder.taskforce.machinery import queries, services
from nap_builder.taskforce.machinery.forms import FORMS
from nap_builder.taskforce.queries import institutions

ANCHORS = {"champion": "champion", "post": "machinery", "budget": "machinery"}
KIND = f"any({', '.join(FORMS)})"
HOME = f"/w/<slug:slug>/task-force/<{KIND}:kind>"
TITLES = {
    "champion": (_l("Name the high-level champion"), _l("Change the high-level champion")),
    "post": (_l("Add posts of the machinery"), _l("Change posts of the machinery")),
    "budget": (_l("Add a year of the machinery's budget"), _l("Change a year of the machinery's budget")),
}
SAVED = {
    "champion": _l("The champion is saved."),
    "post": _l("The posts are saved."),
    "budget": _l("The budget is saved."),
}
REMOVED = {
    "champion": _l("The champion is removed."),
    "post": _l("The posts are removed."),
    "budget": _l("The year is removed."),
}


@rooms.get(f"{HOME}/add")
@requires("taskforce.machinery.write", on=plan_at)
def add_machinery(plan: Plan, kind: str) -> str:
    """The form of a champion, of posts or of a year's budget."""
    return _page(plan, kind, _form(plan, kind), None)


@rooms.post(f"{HOME}/add")
@requires("taskforce.machinery.write", on=plan_at)
def save_new_machinery(plan: Plan, kind: str) -> Any:
    """Adds it."""
    form = _form(plan, kind)

    def save() -> Response:
        services.add(actor(), plan.id, plan.slug, kind, form.values())
        return _back(plan, kind, SAVED)

    return tried(form, save) or (_page(plan, kind, form, None), 422)


@rooms.get(f"{HOME}/<key:key>")
@requires("taskforce.machinery.write", on=plan_at)
def edit_machinery(plan: Plan, kind: str, key: str) -> str:
    """A champion, posts or a year's budget as a form."""
    row = queries.row_of(plan.id, kind, key)
    return _page(plan, kind, _form(plan, kind, row), row)


@rooms.post(f"{HOME}/<key:key>")
@requires("taskforce.machinery.write", on=plan_at)
def save_machinery(plan: Plan, kind: str, key: str) -> Any:
    """Saves it."""
    row = queries.row_of(plan.id, kind, key)
    form = _form(plan, kind, row)

    def save() -> Response:
        services.change(actor(), row, kind, plan.slug, form.values(), seen=form.seen.data)
        return _back(plan, kind, SAVED)

    return tried(form, save) or (_page(plan, kind, form, row), 422)


@rooms.post(f"{HOME}/<key:key>/remove")
@requires("taskforce.machinery.write", on=plan_at)
def remove_machinery(plan: Plan, kind: str, key: str) -> Response:
    """Removes it."""
    row, form = queries.row_of(plan.id, kind, key), Form()
    with transaction():
        services.remove(actor(), row, kind, plan.slug, seen=form.seen.data)
        return _back(plan, kind, REMOVED)


def _form(plan: Plan, kind: str, row: Any = None) -> Any:
    form = FORMS[kind](row=row, languages=plan.languages, institutions=institutions())
    if kind == "budget" and row is None and not form.is_submitted():
        form.currency.data = plan.currency
    return form


def _page(plan: Plan, kind: str, form: Any, row: Any) -> str:
    title = TITLES[kind][row is not None]
    back = url_for("plans.task_force", slug=plan.slug, _anchor=ANCHORS[kind])
    return page("plans/machinery_form.html", plan=plan, kind=kind, form=form, row=row, title=title, back=back)


def _back(plan: Plan, kind: str, said: Any) -> Response:
    return see_other("plans.task_force", slug=plan.slug, said=str(said[kind]), anchor=ANCHORS[kind])
