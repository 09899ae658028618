"""The doors of groups: contributions that say the same, put together and answered once."""

from typing import Any

from flask import Response

from nap_builder.consultations.forms.answering import GroupForm, MembersForm, TitleForm
from nap_builder.consultations.models.contributions import Contribution, ContributionGroup
from nap_builder.consultations.queries import grouping as queries
from nap_builder.consultations.queries.contributions import contribution_at
from nap_builder.consultations.routes.blueprint import CONTRIBUTIONS, rooms
from nap_builder.consultations.routes.shown import WORDS
from nap_builder.consultations.services import grouping as services
from nap_builder.kernel.access import requires
from nap_builder.kernel.actor import actor
from nap_builder.kernel.clock import today
from nap_builder.kernel.database import transaction
from nap_builder.kernel.errors import Missing
from nap_builder.kernel.fields import Form
from nap_builder.kernel.languages import _, words_in
from nap_builder.kernel.web import page, see_other
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.plan import plan_at
from nap_builder.plans.routes.saving import tried

GROUPS = f"{CONTRIBUTIONS}/groups"
ONE = f"{GROUPS}/<key:key>"
SHORT = 160


@rooms.get(GROUPS)
@requires("consultations.record.read", on=plan_at)
def groups(plan: Plan) -> str:
    """The groups of a plan, and for those who keep them the contributions that are in none."""
    return _list(plan, GroupForm(languages=plan.languages, free=_free(plan)))


@rooms.post(GROUPS)
@requires("consultations.answer.publish", on=plan_at)
def make_group(plan: Plan) -> Any:
    """Makes a group of the contributions that are ticked."""
    form = GroupForm(languages=plan.languages, free=_free(plan))

    def save() -> Response:
        members = _ticked(plan, form.members.data)
        group = services.make(actor(), plan, form.title.data or {}, members, today(plan.timezone))
        return _to(group, _("The group is made. One answer now goes to each of its contributions."))

    return tried(form, save) or (_list(plan, form), 422)


@rooms.get(ONE)
@requires("consultations.record.read", on=queries.group_at)
def group(group: ContributionGroup) -> str:
    """A group with its contributions."""
    return _page(group, _members_form(group), TitleForm(row=group, languages=group.plan.languages))


@rooms.post(ONE)
@requires("consultations.answer.publish", on=queries.group_at)
def save_group(group: ContributionGroup) -> Any:
    """Gives a group another title."""
    form = TitleForm(row=group, languages=group.plan.languages)

    def save() -> Response:
        services.name(actor(), group, form.title.data or {}, seen=form.seen.data)
        return _to(group, _("The title is saved."))

    return tried(form, save) or (_page(group, _members_form(group, sent=False), form), 422)


@rooms.post(f"{ONE}/add")
@requires("consultations.answer.publish", on=queries.group_at)
def add_to_group(group: ContributionGroup) -> Any:
    """Puts more contributions into a group."""
    form = _members_form(group)

    def save() -> Response:
        members = _ticked(group.plan, form.members.data)
        services.add(actor(), group, members, today(group.plan.timezone))
        return _to(group, _("They belong to the group now."))

    title = TitleForm(formdata=None, row=group, languages=group.plan.languages)
    return tried(form, save) or (_page(group, form, title), 422)


@rooms.post(f"{ONE}/take-out/<key:member>")
@requires("consultations.answer.publish", on=queries.group_at)
def take_out_of_group(group: ContributionGroup, member: str) -> Response:
    """Takes a contribution out of a group."""
    with transaction():
        found = contribution_at(group.plan.slug, member)
        services.take_out(actor(), group, found)
        return _to(group, _("Contribution %(code)s stands alone again.", code=found.code))


@rooms.post(f"{ONE}/dissolve")
@requires("consultations.answer.publish", on=queries.group_at)
def dissolve_group(group: ContributionGroup) -> Response:
    """Dissolves a group; its contributions stay."""
    form, slug = Form(), group.plan.slug
    with transaction():
        services.dissolve(actor(), group, seen=form.seen.data)
        return see_other("consultations.groups", slug=slug, said=_("The group is dissolved. What was said stays."))


def _list(plan: Plan, form: GroupForm) -> str:
    return page("consultations/groups.html", plan=plan, form=form, groups=queries.groups(plan), **WORDS)


def _page(group: ContributionGroup, form: MembersForm, title: TitleForm) -> str:
    members = next((found.members for found in queries.groups(group.plan) if found.group.id == group.id), None)
    if members is None:
        raise Missing
    given = {"group": group, "members": members, "form": form, "title": title, "press": Form(formdata=None)}
    return page("consultations/group.html", plan=group.plan, **given, **WORDS)


def _members_form(group: ContributionGroup, *, sent: bool = True) -> MembersForm:
    free = _free(group.plan)
    return MembersForm(free=free) if sent else MembersForm(formdata=None, free=free)


def _free(plan: Plan) -> list[tuple[str, str]]:
    return [(one.key, _short(one)) for one in queries.free_contributions(plan)]


def _short(contribution: Contribution) -> str:
    said = " ".join(words_in(contribution.text).split())
    said = said if len(said) <= SHORT else said[: SHORT - 1].rstrip() + "…"
    return _("%(code)s: %(words)s", code=contribution.code, words=said)


def _ticked(plan: Plan, keys: list[str] | None) -> list[Contribution]:
    return [one for one in queries.free_contributions(plan) if one.key in (keys or ())]


def _to(group: ContributionGroup, said: str) -> Response:
    return see_other("consultations.group", slug=group.plan.slug, key=group.key, said=said)
