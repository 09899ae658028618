"""One update as it was written: judged by others, and corrected by a new record."""

from collections.abc import Callable
from typing import Any

from flask import Response, request, url_for

from nap_builder.kernel.access import can, requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import BadInput
from nap_builder.kernel.fields import Form
from nap_builder.kernel.languages import _, day, words_in
from nap_builder.kernel.web import page, refused, see_other
from nap_builder.monitoring import names, said
from nap_builder.monitoring.facts import facts_of
from nap_builder.monitoring.forms.verification import CorrectForm, PressForm, ReturnForm
from nap_builder.monitoring.models import SUBMITTED, ProgressUpdate
from nap_builder.monitoring.policy import has_a_part
from nap_builder.monitoring.queries.compared import compared
from nap_builder.monitoring.queries.due import subject_of
from nap_builder.monitoring.queries.evidence import evidence_of
from nap_builder.monitoring.queries.periods import status_rule, thresholds_of
from nap_builder.monitoring.queries.written import (
    VERIFY,
    Chain,
    chain_of,
    correctable,
    hindrance_of,
    is_hidden,
    not_to_be_judged,
    waiting_for,
    written_at,
)
from nap_builder.monitoring.routes.blueprint import HOME, rooms
from nap_builder.monitoring.routes.places import form_of, place_of
from nap_builder.monitoring.services import corrections, verification

ONE = HOME + "/update/<key:key>"
NEXT = "next"


@rooms.get(ONE)
@requires("plans.draft.read", on=written_at)
def one_update(update: ProgressUpdate) -> str:
    """What was reported beside what was said before, who did what with it, and what there is to do about it."""
    return _page(update)


@rooms.post(ONE + "/approve")
@requires("monitoring.update.approve", on=written_at)
def approve(update: ProgressUpdate) -> Any:
    """Approves a report for its institution."""
    form = PressForm(row=update)

    def save() -> Response:
        verification.approve(actor(), update, seen=form.seen.data)
        return _here(update, _("The report on %(code)s is approved.", code=subject_of(update).code))

    return _tried(update, form, save)


@rooms.post(ONE + "/verify")
@requires(VERIFY, on=written_at)
def verify(update: ProgressUpdate) -> Any:
    """Verifies a report, and opens the next that waits where that is asked for."""
    form = PressForm(row=update)

    def save() -> Response:
        verification.verify(actor(), update, seen=form.seen.data)
        return _onward(update, _("The report on %(code)s is verified.", code=subject_of(update).code))

    return _tried(update, form, save)


@rooms.post(ONE + "/return")
@requires(VERIFY, on=written_at)
def send_back(update: ProgressUpdate) -> Any:
    """Returns a report with a reason, and opens the next that waits where that is asked for."""
    form = ReturnForm(row=update)

    def save() -> Response:
        verification.send_back(actor(), update, form.reason.data or "", seen=form.seen.data)
        return _onward(update, _("The report on %(code)s is returned.", code=subject_of(update).code))

    return _tried(update, form, save)


@rooms.post(ONE + "/correct")
@requires("monitoring.update.correct", on=written_at)
def correct(update: ProgressUpdate) -> Any:
    """Opens a correction: a draft of its own, filled with what was said."""
    form = CorrectForm(row=update)

    def save() -> Response:
        draft = corrections.correct(actor(), update, form.why.data or "")
        said = _("The correction is open. What was said counts until you send it.")
        return see_other("monitoring.update", said=said, **place_of(draft))

    return _tried(update, form, save)


def _tried(update: ProgressUpdate, form: Form, save: Callable[[], Response]) -> Any:
    """What `save` answers; else the page again: with 422 for a faulty form, 409 where the report changed since."""
    if not form.validate():
        return _page(update, form), 422
    try:
        with transaction():
            return save()
    except BadInput as error:
        refused(form, error)
        return _page(update, form), 422
    except verification.ChangedSince as changed:
        refused(form, BadInput("", changed.message))
        return _page(update, form), 409


def _onward(update: ProgressUpdate, told: str) -> Response:
    """To the next report of the period that waits for this person, where that is asked for; else back to this one."""
    if request.form.get("then") != NEXT:
        return _here(update, told)
    following = next(iter(waiting_for(actor(), update.plan, update.period)), None)
    if following is None:
        return _here(update, _("%(told)s Nothing else of this period waits for you.", told=told))
    return _here(following, told)


def _here(update: ProgressUpdate, told: str) -> Response:
    return see_other("monitoring.one_update", slug=update.plan.slug, key=update.key, said=told)


def _page(update: ProgressUpdate, form: Form | None = None) -> str:
    """The page of an update; `form` is a refused one, which keeps what was typed."""
    plan, chain = update.plan, chain_of(update)
    evidence = evidence_of(chain.until_now)
    beside = compared(update, evidence, thresholds_of(status_rule(plan)))
    return page(
        "monitoring/one_update.html",
        plan=plan,
        update=update,
        subject=subject_of(update),
        trail=_trail(update),
        chain=chain,
        beside=beside,
        facts=facts_of(beside),
        evidence=evidence,
        refused_form=form,
        returning=_shown(ReturnForm, form, update),
        correcting=_shown(CorrectForm, form, update),
        press=_shown(PressForm, form, update),
        names=names,
        said_as=said,
        **_acts(update, chain),
    )


def _shown(kind: type[Form], refused_one: Form | None, update: ProgressUpdate) -> Form:
    """A form of the page, the refused one where it is of this kind; it says which version the page shows now."""
    form = refused_one if isinstance(refused_one, kind) else kind(formdata=None)
    form.seen.data, form.seen.raw_data = update.row_version, None
    return form


def _trail(update: ProgressUpdate) -> list[tuple[str, str]]:
    """The way to the page."""
    plan, period = update.plan, update.period
    return [
        (words_in(plan.title), url_for("home.workspace", slug=plan.slug)),
        (_("Monitoring and periods"), url_for("monitoring.periods", slug=plan.slug)),
        (
            _("Period to %(day)s", day=day(period.ends)),
            url_for("monitoring.cycle", slug=plan.slug, ends=period.ends.isoformat()),
        ),
        (subject_of(update).code, ""),
    ]


def _to_change(update: ProgressUpdate, chain: Chain) -> str:
    """The form in which the institution may still change what it sent; empty where it cannot any more."""
    changes = update.state == SUBMITTED and chain.all[-1] is update and can("monitoring.update.write", update)
    return url_for("monitoring.update", **place_of(update)) if changes else ""


def _title(update: ProgressUpdate) -> str:
    return _("Report on %(code)s to %(ends)s", code=subject_of(update).code, ends=day(update.period.ends))


def _acts(update: ProgressUpdate, chain: Chain) -> dict[str, Any]:
    """What this person may do with it now, why not where something stands against it, and how many others wait."""
    judges = can(VERIFY, update)
    unjudged = not_to_be_judged(update, replaced=chain.replaced)
    against = hindrance_of(update, replaced=chain.replaced)
    waiting = waiting_for(actor(), update.plan, update.period) if judges else []
    return {
        "title": _title(update),
        "verifies": judges and against is None,
        "returns": judges and unjudged is None,
        "against": against if judges and unjudged is None else None,
        "approves": unjudged is None and update.state == SUBMITTED and can("monitoring.update.approve", update),
        "corrects": correctable(chain) and can("monitoring.update.correct", update),
        "to_form": form_of(update),
        "to_change": _to_change(update, chain),
        "not_by_you": unjudged is None and not judges and has_a_part(actor(), update),
        "line_said": said.line,
        "to_correction": chain.correction is not None and not is_hidden(chain.correction),
        "others": _after(update, waiting),
    }


def _after(update: ProgressUpdate, waiting: list[ProgressUpdate]) -> list[ProgressUpdate]:
    """The others that wait, from the one after this on, then round to the first: so each comes, though one is left."""
    place = next((number for number, one in enumerate(waiting) if one.id == update.id), -1)
    return [*waiting[place + 1 :], *waiting[: max(place, 0)]]
