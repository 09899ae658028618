"""What the doors for a Word file show: what was found in it, then every row and section that would come."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from flask import current_app, request
from werkzeug.datastructures import MultiDict

from nap_builder.exchange import services, uploads
from nap_builder.exchange.details import MOST_SHOWN, details
from nap_builder.exchange.forms import ConfirmForm
from nap_builder.exchange.policy import import_reach, reading_reach
from nap_builder.exchange.queries import codes_of, known_institutions
from nap_builder.exchange.reach import as_seen_by
from nap_builder.exchange.word.choices import Found
from nap_builder.exchange.word.forms import NewPlanForm, SortForm, carried, sorting, starting
from nap_builder.exchange.word.showing import rows_of, sections_of
from nap_builder.exchange.word.taking import Outcome, taken
from nap_builder.kernel.actor import actor
from nap_builder.kernel.errors import Duplicate
from nap_builder.kernel.web import page
from nap_builder.plans.canonical import canonical_document
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.plan import plans

BACK = ("again", "back")
Answer = tuple[str, int] | str


class Sorting(NamedTuple):
    """A file that is being sorted: its bytes, what was found in it, the form, and the document that it is added to."""

    data: bytes
    found: Found
    form: SortForm
    base: dict[str, Any]


def sorting_of(plan: Plan | None, upload: str) -> Sorting:
    """The file of an upload of this person's, with the form as it was sent. Raises Missing, Unreadable."""
    data = uploads.fetch(actor().id, upload)
    found = Found(data)
    sent = request.form if request.method == "POST" else None
    if plan is None:
        return Sorting(data, found, _starting(found, sent), {})
    base = document_of(plan, reading_reach(actor(), plan))
    sections = base.get("sections", ())
    return Sorting(data, found, sorting(found, sent, sections=sections, languages=plan.languages), base)


def document_of(plan: Plan, only: frozenset[int] | None) -> dict[str, Any]:
    """A plan as a document to add to; with `only` (row ids of institutions) nothing restricted but what is theirs."""
    document = services.working_document(plan)
    return document if only is None else as_seen_by(canonical_document(document), codes_of(only))


def found_page(plan: Plan | None, upload: str, sort: Sorting) -> str:
    """What was found in a file, to be sorted."""
    return page("exchange/word_found.html", plan=plan, upload=upload, form=sort.form, found=sort.found)


def look(plan: Plan | None, upload: str) -> Answer:
    """The preview of what was chosen, or the choices again with what is wrong beside them."""
    sort = sorting_of(plan, upload)
    if request.form.get("step") in BACK:
        return found_page(plan, upload, sort)
    if not sort.form.validate():
        return found_page(plan, upload, sort), 422
    try:
        return preview_page(plan, upload, sort)
    except Duplicate as error:
        sort.form.refuse("slug", error.message)
        return found_page(plan, upload, sort), 409


def preview_page(plan: Plan | None, upload: str, sort: Sorting, *, again: bool = False) -> str:
    """Every section and row that would come, what was not understood, and then what changes. Raises Refused."""
    outcome = outcome_of(sort)
    seen = services.preview(outcome.incoming, plan, only=import_reach(actor(), plan) if plan else None)
    form = ConfirmForm(formdata=None)
    form.upload.data, form.compared.data = upload, services.moment_of(plan)
    return page(
        "exchange/word_preview.html",
        plan=plan,
        upload=upload,
        form=form,
        hidden=carried(sort.form, request.form),
        again=again,
        outcome=outcome,
        sections=sections_of(outcome),
        rows=list(rows_of(outcome)),
        counts=seen.counts,
        groups=details(seen.changes, seen.merge),
        most=MOST_SHOWN,
    )


def outcome_of(sort: Sorting) -> Outcome:
    """The document that the choices make. Raises Refused."""
    base = sort.base or new_document(sort.form)
    return taken(sort.data, sort.found, sort.form.choices(), base, known_institutions())


def new_document(form: SortForm) -> dict[str, Any]:
    """An empty plan with the facts of a form."""
    assert isinstance(form, NewPlanForm)
    return {"format": "nap-plan/1", "plan": form.plan(), "institutions": [], "sections": [], "pillars": []}


def _starting(found: Found, sent: MultiDict[str, str] | None) -> SortForm:
    languages: Sequence[str] = current_app.config["NAP"].languages
    last = max(plans(), key=_started, default=None)
    usual = {"country": last.country, "currency": last.currency} if last else {}
    return starting(found, sent, languages=languages, usual=usual)


def _started(plan: Plan) -> date:
    return plan.starts
