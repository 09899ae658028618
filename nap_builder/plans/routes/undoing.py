"""Taking back what one did oneself: a button beside the words that say it is done."""

from typing import Any

from flask import Response, url_for

from nap_builder.kernel.access import requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.database import transaction
from nap_builder.kernel.languages import _
from nap_builder.kernel.web import go_to, page
from nap_builder.plans.history import told
from nap_builder.plans.models.framework import Activity
from nap_builder.plans.models.measures import Indicator
from nap_builder.plans.models.narrative import Paragraph, Photograph, Section
from nap_builder.plans.queries.undoing import Done, done_at
from nap_builder.plans.routes.blueprint import rooms
from nap_builder.plans.routes.rows import place_of
from nap_builder.plans.services import undoing as services


@rooms.post("/w/<slug:slug>/undo/<key:key>")
@requires("plans.act.undo", on=done_at)
def undo(done: Done) -> Any:
    """Puts the rows back as they stood before the act, or says what was done to them since."""
    try:
        with transaction():
            services.undo(actor(), done)
            return _back(done)
    except services.ChangedSince as error:
        return _refused(done, error), 409


def _back(done: Done) -> Response:
    return go_to(_place(done), said=_("It is undone. This cannot itself be undone."))


def _place(done: Done) -> str:
    """The page on which what was undone stands now; that of the sections where it is deleted for good."""
    row, slug = next(iter(done.rows), None), done.plan.slug
    if done.undo.report is not None:
        return url_for("plans.bulk_result", slug=slug, key=done.undo.key)
    if row is None or isinstance(row, Section):
        return url_for("plans.sections", slug=slug)
    if isinstance(row, Paragraph):
        return url_for("plans.section", slug=slug, section=row.section.key, _anchor=f"p-{row.key}")
    if isinstance(row, Photograph):
        return url_for("plans.section", slug=slug, section=row.section.key, _anchor="photographs")
    of_its_own = isinstance(row, Indicator) or (isinstance(row, Activity) and _is_about_money(done))
    if of_its_own and row.archived_at is None:
        return url_for(f"plans.{row.__tablename__}", slug=slug, key=row.key)
    return place_of(row)


def _is_about_money(done: Done) -> bool:
    return any(entry.word.startswith("plans.budget_line.") for entry in done.entries)


def _refused(done: Done, error: services.ChangedSince) -> str:
    return page(
        "plans/undo_refused.html",
        plan=done.plan,
        yours=[told(entry) for entry in done.entries],
        since=[told(entry) for entry in error.since],
        back=_place(done),
    )
