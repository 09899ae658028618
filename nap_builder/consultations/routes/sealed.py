"""The doors of the steward: the key, the confidential comments, and what is erased on request."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from flask import Response, request

from nap_builder.consultations.forms.sealed import EraseForm, KeyForm, OpenForm, ReleaseForm, SettleForm
from nap_builder.consultations.models.comments import Comment
from nap_builder.consultations.queries import sealed as queries
from nap_builder.consultations.queries.contributions import contribution_with_code
from nap_builder.consultations.queries.places import Part, called, parts_of_version
from nap_builder.consultations.routes.blueprint import rooms
from nap_builder.consultations.services import releasing, retention, sealing
from nap_builder.kernel.access import requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.clock import today
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import BadInput
from nap_builder.kernel.fields import Form
from nap_builder.kernel.languages import _
from nap_builder.kernel.web import page, refused, see_other
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.plan import plan_at
from nap_builder.plans.routes.saving import tried

HOME = "/w/<slug:slug>/sealed"
ONE = HOME + "/<key:key>"
MAKES_A_KEY = "./nap steward key new --out steward.key --offline"
READ, RELEASE = "consultations.sealed.read", "consultations.sealed.release"


@rooms.get(HOME)
@requires(READ, on=plan_at)
def sealed(plan: Plan) -> str:
    """How many confidential comments wait, and the form that opens them."""
    return _sealed_page(plan, OpenForm())


def _sealed_page(plan: Plan, form: OpenForm) -> str:
    return page(
        "consultations/sealed.html",
        plan=plan,
        form=form,
        heaps=queries.heaps(plan),
        key_now=queries.present_key(),
        asks_for_the_day=retention.asks_for_the_day(),
        day_now=today(),
        press=Form(formdata=None),
    )


@rooms.post(HOME)
@requires(READ, on=plan_at)
def open_sealed(plan: Plan) -> Any:
    """Opens the confidential comments for one look. The words are in this answer alone."""
    form = OpenForm()
    if not form.validate():
        return _sealed_page(plan, form), 422
    try:
        with transaction():
            key = sealing.private_key(form.text())
            found = [(one, sealing.opened(one.sealed or b"", key)) for one in queries.sealed_comments(plan)]
            releasing.note_opened(actor(), plan, sum(words is not None for _one, words in found))
    except BadInput as error:
        refused(form, error)
        return _sealed_page(plan, form), 422
    parts = _parts([one for one, _words in found])
    return page(
        "consultations/sealed_open.html",
        plan=plan,
        found=[(one, words, parts.get(one.about)) for one, words in found if words is not None],
        others=sum(words is None for _one, words in found),
        part_called=partial(called, plan),
    )


def _parts(comments: Iterable[Comment]) -> dict[str, Part]:
    """What the comments are about, by reference."""
    consultations = {one.consultation_id: one.consultation for one in comments}
    return {ref: part for one in consultations.values() for ref, part in parts_of_version(one).items()}


@rooms.get(ONE)
@requires(RELEASE, on=queries.sealed_at)
def sealed_one(comment: Comment) -> str:
    """The form by which a confidential comment is released in other words, or settled with a reply."""
    return _one_page(comment, _release_form(comment), _settle_form(comment))


@rooms.post(ONE + "/release")
@requires(RELEASE, on=queries.sealed_at)
def release_sealed(comment: Comment) -> Any:
    """Releases it."""
    form = _release_form(comment)

    def save() -> Response:
        releasing.release(actor(), comment, form.words.data or {}, theme=form.theme.data, reply=form.reply.data)
        return see_other("consultations.sealed", slug=comment.plan.slug, said=_("It is released in your words."))

    return tried(form, save) or (_one_page(comment, form, _settle_form(comment)), 422)


@rooms.post(ONE + "/settle")
@requires(RELEASE, on=queries.sealed_at)
def settle_sealed(comment: Comment) -> Any:
    """Settles it without releasing it."""
    form = _settle_form(comment)

    def save() -> Response:
        releasing.settle(actor(), comment, form.why.data or {})
        said = _("It is settled. Who wrote it can read the reply with the receipt.")
        return see_other("consultations.sealed", slug=comment.plan.slug, said=said)

    return tried(form, save) or (_one_page(comment, _release_form(comment), form), 422)


def _release_form(comment: Comment) -> ReleaseForm:
    return ReleaseForm(languages=comment.plan.languages)


def _settle_form(comment: Comment) -> SettleForm:
    return SettleForm(languages=comment.plan.languages)


def _one_page(comment: Comment, release: ReleaseForm, settle: SettleForm) -> str:
    part = parts_of_version(comment.consultation).get(comment.about)
    return page(
        "consultations/sealed_one.html",
        plan=comment.plan,
        comment=comment,
        part=part,
        release=release,
        settle=settle,
        part_called=partial(called, comment.plan),
    )


@rooms.get(HOME + "/key")
@requires("consultations.key.set", on=plan_at)
def steward_key(plan: Plan) -> str:
    """The keys there are, and the form that sets a new one."""
    return _key_page(plan, KeyForm())


@rooms.post(HOME + "/key")
@requires("consultations.key.set", on=plan_at)
def save_steward_key(plan: Plan) -> Any:
    """Sets the key that comments are sealed to from now on."""
    form = KeyForm()

    def save() -> Response:
        key = sealing.set_key(actor(), form.public.data or "")
        said = _("The key is set. Compare its fingerprint: %(fingerprint)s", fingerprint=key.fingerprint)
        return see_other("consultations.steward_key", slug=plan.slug, said=said)

    return tried(form, save) or (_key_page(plan, form), 422)


def _key_page(plan: Plan, form: KeyForm) -> str:
    return page("consultations/steward_key.html", plan=plan, form=form, keys=queries.keys(), command=MAKES_A_KEY)


@rooms.post(HOME + "/day")
@requires(READ, on=plan_at)
def confirm_day(plan: Plan) -> Response:
    """Says that the clock is right, so that what was kept long enough may be destroyed."""
    with transaction():
        retention.confirm_the_day(actor())
        said = _("Thank you. What was kept long enough is destroyed within the hour.")
        return see_other("consultations.sealed", slug=plan.slug, said=said)


@rooms.get("/w/<slug:slug>/erase")
@requires("consultations.contribution.erase", on=plan_at)
def erase(plan: Plan) -> Any:
    """The form that asks whose name or words are erased on request; with both said, what would go, to be confirmed."""
    if "code" not in request.args:
        return page("consultations/erase.html", plan=plan, form=EraseForm(formdata=None))
    what = "words" if request.args.get("what") == "words" else "name"
    form = EraseForm(formdata=None, data={"code": request.args["code"], "what": what})
    try:
        found = contribution_with_code(plan, request.args["code"])
    except BadInput as error:
        refused(form, error)
        return page("consultations/erase.html", plan=plan, form=form), 422
    return page("consultations/erase.html", plan=plan, form=form, found=found)


@rooms.post("/w/<slug:slug>/erase")
@requires("consultations.contribution.erase", on=plan_at)
def save_erase(plan: Plan) -> Any:
    """Erases them."""
    form = EraseForm()

    def save() -> Response:
        contribution = contribution_with_code(plan, form.code.data or "")
        does = retention.erase_name if form.name_alone else retention.erase_words
        does(actor(), contribution)
        said = _("It is erased from contribution %(code)s.", code=contribution.code)
        return see_other("consultations.erase", slug=plan.slug, said=said)

    return tried(form, save) or (page("consultations/erase.html", plan=plan, form=form), 422)
