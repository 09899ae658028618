"""One commitment: what is asked, the answer of the ministry, the decision of the secretariat."""

from collections.abc import Callable
from typing import Any

from flask import Response

from nap_builder.accounts.queries import person_by_id
from nap_builder.commitments import queries
from nap_builder.commitments.forms import FOLLOW, TAKE, AcceptForm, ChangeForm, DecideForm, EnterForm, ShownForm
from nap_builder.commitments.names import ABOUT, SOURCES, WRITABLE
from nap_builder.commitments.routes.blueprint import rooms
from nap_builder.commitments.routes.board import HOME
from nap_builder.commitments.said import Speaker
from nap_builder.commitments.services import answering, deciding
from nap_builder.commitments.services.shown import Crossed
from nap_builder.kernel.access import can, requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import BadInput, Missing
from nap_builder.kernel.languages import _, in_languages, words_in
from nap_builder.kernel.web import page, refused, see_other
from nap_builder.plans import names
from nap_builder.plans.models.framework import Activity
from nap_builder.plans.models.plan import CHANGE_ASKED, Commitment, Plan
from nap_builder.plans.promises import Values, only_spelling_may_differ
from nap_builder.plans.queries.framework import activity_at, named_institutions, readable_now
from nap_builder.plans.queries.parts import effective_lead, involved_in
from nap_builder.plans.queries.promised import value_of

ONE = HOME + "/<key:key>"
Shown = Callable[[Any, Crossed | None], str]


@rooms.get(ONE, endpoint="one")
@requires("plans.draft.read", on=activity_at)
def one(activity: Activity) -> str:
    """What is asked with an activity, how the ministry answered, and what there is to do about it."""
    return one_page(activity)


@rooms.post(ONE + "/accept")
@requires("commitments.answer", on=activity_at)
def accept(activity: Activity) -> Any:
    """Accepts exactly what was shown."""
    form = AcceptForm()

    def save() -> Response:
        post = _post(activity, form.post.data)
        answering.accept(actor(), activity, post=post or {}, **form.read())
        return _to_own(_("%(code)s is accepted.", code=activity.code))

    return _tried(activity, form, save, _one_again(activity))


@rooms.get(ONE + "/change")
@requires("commitments.answer", on=activity_at)
def change(activity: Activity) -> str:
    """The form that asks for a change; once the plan is adopted, the words that it can no longer change."""
    answering.may_be_changed(activity.plan)
    form = ChangeForm(post=own_post(activity), **_wishes(activity))
    return _form_page(activity, "commitments/change.html", form)


@rooms.post(ONE + "/change")
@requires("commitments.answer", on=activity_at)
def ask_change(activity: Activity) -> Any:
    """Asks for a change."""
    form = ChangeForm(**_wishes(activity))

    def save() -> Response:
        post = _post(activity, form.post.data) or {}
        answering.ask_change(actor(), activity, form.wanted(), post=post, **form.read())
        return _to_own(_("The change of %(code)s is asked for. The secretariat decides it.", code=activity.code))

    return _tried(activity, form, save, _form_again(activity, "commitments/change.html"))


@rooms.get(ONE + "/enter")
@requires("commitments.enter", on=activity_at)
def enter(activity: Activity) -> str:
    """The form for an answer that came by letter, call or paper."""
    return _form_page(activity, "commitments/enter.html", EnterForm(**_wishes(activity)))


@rooms.post(ONE + "/enter")
@requires("commitments.enter", on=activity_at)
def save_entered(activity: Activity) -> Any:
    """Enters the answer for the ministry."""
    form = EnterForm(**_wishes(activity))

    def save() -> Response:
        wanted = form.wanted() if form.wished() else None
        came = form.came(_post(activity, form.post.data))
        answering.enter(actor(), activity, came, wanted, **form.read())
        return _back(activity, _("The answer is entered. It is marked so until the ministry confirms it."))

    return _tried(activity, form, save, _form_again(activity, "commitments/enter.html"))


@rooms.post(ONE + "/confirm")
@requires("commitments.answer", on=activity_at)
def confirm(activity: Activity) -> Any:
    """Confirms an answer that was entered for the ministry."""
    form = ShownForm()

    def save() -> Response:
        answering.confirm(actor(), activity, **form.read())
        return _to_own(_("The answer about %(code)s is confirmed.", code=activity.code))

    return _tried(activity, form, save, _one_again(activity))


@rooms.post(ONE + "/decide")
@requires("commitments.decide", on=activity_at)
def decide(activity: Activity) -> Any:
    """Makes the change that a ministry asked for, or tells it why not."""
    form = _decide_form(activity, queries.commitment_of(activity))

    def save() -> Response:
        if form.choice.data == FOLLOW:
            deciding.follow(actor(), activity, form.reason.data or "", **form.read())
            return _back(activity, _("The ministry is asked again, with what the activity says now."))
        if form.choice.data != TAKE:
            deciding.leave(actor(), activity, form.reason.data or "", **form.read())
            return _back(activity, _("The ministry is told, and asked again."))
        accepted = deciding.take(actor(), activity, row=form.row.data, **form.read())
        told = _("The change is made, and the activity accepted with it.") if accepted else _("The change is made.")
        return _back(activity, told)

    return _tried(activity, form, save, _one_again(activity))


@rooms.post(ONE + "/spelling")
@requires("commitments.decide", on=activity_at)
def spelling(activity: Activity) -> Any:
    """Says that only spelling was corrected."""
    form = ShownForm()

    def save() -> Response:
        deciding.call_spelling(actor(), activity, **form.read())
        return _back(activity, _("It stays accepted. The ministry sees both texts."))

    return _tried(activity, form, save, _one_again(activity))


def one_page(activity: Activity, form: ShownForm | None = None, crossed: Crossed | None = None) -> str:
    """The page of one commitment; `form` is a refused one, `crossed` says that it answered for other values."""
    plan, commitment, values = activity.plan, queries.commitment_of(activity), value_of(activity)
    accepting = form if isinstance(form, AcceptForm) else AcceptForm(formdata=None, post=own_post(activity))
    deciding_form = form if isinstance(form, DecideForm) else _decide_form(activity, commitment, formdata=None)
    press = ShownForm(formdata=None)
    for each in (accepting, deciding_form, press):
        if crossed is not None or each is not form:
            each.show(values, commitment)
            if isinstance(each, DecideForm):
                each.show_row(activity.row_version)
    before = commitment.promised if commitment and commitment.changed_at else None
    return page(
        "commitments/one.html",
        activity=activity,
        lead=effective_lead(activity),
        commitment=commitment,
        values=values,
        before=before,
        involved=involved_in(activity),
        only_spelling=before is not None and only_spelling_may_differ(before, values),
        current=_current(activity, commitment, values),
        accepting=accepting,
        deciding=deciding_form,
        press=press,
        refused_form=form,
        **_words(plan, crossed),
    )


def own_post(activity: Activity) -> str:
    """The post of who acts: as the profile says, else that of the focal point of the institution that leads."""
    person = person_by_id(actor().id) if actor().signed_in else None
    lead = effective_lead(activity)
    return (person and person.post) or words_in(lead.focal_post if lead else None, activity.plan.first_language)


def _post(activity: Activity, said: str | None) -> dict[str, str] | None:
    """A post as the plan keeps it: in all its languages where the institution says it so, else in the plan's own."""
    if not said:
        return None
    plan, lead = activity.plan, effective_lead(activity)
    known = lead.focal_post if lead else None
    if known and said in known.values():
        return in_languages(known, plan.languages)
    return {plan.first_language: said}


def _current(activity: Activity, commitment: Commitment | None, values: Values) -> str:
    request = (commitment.request if commitment else None) or {}
    return Speaker(activity.plan.first_language).standing(request, activity, effective_lead(activity), values)


def _decide_form(activity: Activity, commitment: Any, **given: Any) -> DecideForm:
    asked = commitment is not None and commitment.state == CHANGE_ASKED
    literal = asked and (commitment.request or {}).get("about") in WRITABLE
    return DecideForm(literal=literal, fixed=not activity.plan.in_drafting, **given)


def _wishes(activity: Activity) -> dict[str, Any]:
    """What a form that asks for a change has to know of the plan."""
    plan = activity.plan
    bodies = [(body.key, words_in(body.called)) for body in named_institutions(plan)]
    return {"tongues": plan.languages, "bodies": bodies, "timezone": plan.timezone, "fixed": not plan.in_drafting}


def _form_page(activity: Activity, template: str, form: ShownForm, crossed: Crossed | None = None) -> str:
    values, commitment = value_of(activity), queries.commitment_of(activity)
    if crossed is not None or not form.is_submitted():
        form.show(values, commitment)
    given = {"activity": activity, "form": form, "values": values, "commitment": commitment}
    given["involved"] = involved_in(activity)
    return page(template, lead=effective_lead(activity), **given, **_words(activity.plan, crossed))


def _words(plan: Plan, crossed: Crossed | None) -> dict[str, Any]:
    said = {"names": names, "about": ABOUT, "sources": SOURCES, "speaker": Speaker(plan.first_language)}
    return {"plan": plan, "crossed": crossed, "can_ask": can("commitments.ask", plan), **said}


def _one_again(activity: Activity) -> Shown:
    return lambda form, crossed: one_page(activity, form, crossed)


def _form_again(activity: Activity, template: str) -> Shown:
    return lambda form, crossed: _form_page(activity, template, form, crossed)


def _tried(activity: Activity, form: ShownForm, save: Callable[[], Response], again: Shown) -> Any:
    """What `save` answers; else the page again: with 422 for a faulty form, 409 where other values were shown."""
    if not form.validate():
        return again(form, None), 422
    try:
        with transaction():
            return save()
    except BadInput as error:
        refused(form, error)
        return again(form, None), 422
    except Crossed as crossed:
        if not readable_now(activity):
            raise Missing from crossed
        return again(form, crossed), 409


def _to_own(said: str) -> Response:
    return see_other("home.my", said=said)


def _back(activity: Activity, said: str) -> Response:
    return see_other("commitments.one", slug=activity.plan.slug, key=activity.key, said=said)
