"""The doors of moderation: comments that wait, accepted or refused; contributions hidden and shown again."""

from typing import Any

from flask import Response, request

from nap_builder.consultations.forms.moderating import AcceptForm, ReasonForm
from nap_builder.consultations.models.comments import Comment
from nap_builder.consultations.models.contributions import Contribution
from nap_builder.consultations.names import ATTRIBUTIONS
from nap_builder.consultations.queries import comments as queries
from nap_builder.consultations.queries.contributions import contribution_at
from nap_builder.consultations.queries.places import Part, called, parts_of_version
from nap_builder.consultations.routes.blueprint import CONTRIBUTIONS, HOME, rooms
from nap_builder.consultations.routes.shown import of_queue, to_queue
from nap_builder.consultations.services import moderating as services
from nap_builder.consultations.tongues import tongue_of_wording
from nap_builder.kernel import uploads
from nap_builder.kernel.access import requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import WrongState
from nap_builder.kernel.fields import Form
from nap_builder.kernel.languages import _, _n
from nap_builder.kernel.web import page, see_other
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.plan import plan_at
from nap_builder.plans.routes.saving import tried
from nap_builder.plans.wording import runs

COMMENTS = f"{HOME}/comments"
COMMENT = f"{COMMENTS}/<key:key>"


@rooms.get(COMMENTS)
@requires("consultations.comment.moderate", on=plan_at)
def comments(plan: Plan) -> str:
    """The comments that wait, those that say nearly the same together."""
    return _list(plan, Form())


@rooms.post(COMMENTS)
@requires("consultations.comment.moderate", on=plan_at)
def accept_ticked(plan: Plan) -> Any:
    """Accepts the comments that are ticked, as they are."""
    form = Form()
    keys = request.form.getlist("comments")
    if not keys:
        form.refuse("comments", _("Tick the comments that you accept."))
        return _list(plan, form), 422
    with transaction():
        accepted = [services.accept(actor(), comment) for comment in queries.ticked_comments(plan, keys)]
        if not accepted:
            raise WrongState(_("These comments were withdrawn, or somebody decided on them already."))
        said = _n("%(num)s comment is accepted.", "%(num)s comments are accepted.", len(accepted))
        return see_other("consultations.comments", slug=plan.slug, said=said)


@rooms.get(COMMENT)
@requires("consultations.comment.moderate", on=queries.waiting_comment_at)
def comment(comment: Comment) -> str:
    """One comment: to shorten and accept, or to refuse."""
    return _page(comment, AcceptForm(row=comment), _reasons(comment))


@rooms.get(f"{COMMENT}/picture")
@requires("consultations.comment.moderate", on=queries.picture_at)
def comment_picture(comment: Comment) -> Any:
    """The picture that came with a comment, as a file to save; nobody else sees it."""
    return uploads.served(comment.stored_as or "", f"picture-{comment.key[:8]}")


@rooms.post(f"{COMMENT}/accept")
@requires("consultations.comment.moderate", on=queries.comment_at)
def accept_comment(comment: Comment) -> Any:
    """Accepts a comment, shortened where the words were cut."""
    form = AcceptForm(row=comment)

    def save() -> Response:
        found = services.accept(actor(), comment, text=form.text.data or "", proposed=form.proposed.data)
        return _next(comment, _("The comment is accepted. It is contribution %(code)s.", code=found.code))

    services.refuse_decided(comment)
    return tried(form, save) or (_page(comment, form, _reasons(comment, sent=False)), 422)


@rooms.post(f"{COMMENT}/refuse")
@requires("consultations.comment.moderate", on=queries.comment_at)
def refuse_comment(comment: Comment) -> Any:
    """Refuses a comment with a reason."""
    form = _reasons(comment)

    def save() -> Response:
        services.refuse(actor(), comment, form.reason.data or {})
        return _next(comment, _("The comment is refused. Its text is deleted, and the reason stands in its place."))

    services.refuse_decided(comment)
    return tried(form, save) or (_page(comment, AcceptForm(formdata=None, row=comment), form), 422)


@rooms.get(f"{CONTRIBUTIONS}/<key:key>/hide")
@requires("consultations.comment.moderate", on=contribution_at)
def hide(contribution: Contribution) -> str:
    """The form that hides a contribution with a reason."""
    return _hide_page(contribution, ReasonForm(row=contribution, languages=contribution.plan.languages))


@rooms.post(f"{CONTRIBUTIONS}/<key:key>/hide")
@requires("consultations.comment.moderate", on=contribution_at)
def save_hidden(contribution: Contribution) -> Any:
    """Hides a contribution."""
    form = ReasonForm(languages=contribution.plan.languages)

    def save() -> Response:
        services.hide(actor(), contribution, form.reason.data or {}, seen=form.seen.data)
        return to_queue(contribution, _("Contribution %(code)s is hidden.", code=contribution.code))

    return tried(form, save) or (_hide_page(contribution, form), 422)


@rooms.post(f"{CONTRIBUTIONS}/<key:key>/show")
@requires("consultations.comment.moderate", on=contribution_at)
def show_again(contribution: Contribution) -> Response:
    """Shows a hidden contribution again."""
    form = Form()
    with transaction():
        services.show(actor(), contribution, seen=form.seen.data)
        return to_queue(contribution, _("Contribution %(code)s is shown again.", code=contribution.code))


def _list(plan: Plan, form: Form) -> str:
    found = queries.waiting_comments(plan)
    consultations = {one.consultation.id: one.consultation for one in found}
    parts = {key: parts_of_version(consultation) for key, consultation in consultations.items()}
    return page(
        "consultations/comments.html",
        plan=plan,
        form=form,
        groups=queries.side_by_side(found),
        part_of=lambda one: parts[one.consultation_id].get(one.about),
        total=queries.count_waiting(plan),
        ticked=request.form.getlist("comments"),
        **of_comments(plan),
    )


def _page(comment: Comment, form: AcceptForm, reasons: ReasonForm) -> str:
    part = parts_of_version(comment.consultation).get(comment.about)
    return page(
        "consultations/comment.html",
        plan=comment.plan,
        comment=comment,
        part_of=lambda _one: part,
        form=form,
        reasons=reasons,
        **of_comments(comment.plan),
    )


def of_comments(plan: Plan) -> dict[str, Any]:
    """What the pages about comments say them with."""

    def suggestion(one: Comment, part: Part | None) -> tuple[Any, str]:
        words = part.text if part else {}
        language = tongue_of_wording(one.language, words, one.plan.first_language, online=True)
        return runs(words.get(language, ""), one.proposed or ""), language

    return {
        "called": lambda part: called(plan, part),
        "suggestion": suggestion,
        "attributions": ATTRIBUTIONS,
        "attribution_of": lambda one: services.attribution_within(one.consultation, one.attribution),
    }


def _reasons(comment: Comment, *, sent: bool = True) -> ReasonForm:
    """The form that refuses; `sent` is false where another form of the page was sent."""
    languages = comment.plan.languages
    return ReasonForm(languages=languages) if sent else ReasonForm(formdata=None, languages=languages)


def _hide_page(contribution: Contribution, form: ReasonForm) -> str:
    return page("consultations/hide.html", plan=contribution.plan, form=form, **of_queue(contribution))


def _next(comment: Comment, said: str) -> Response:
    return see_other("consultations.comments", slug=comment.plan.slug, said=said)
