"""What consultations need of a person: comments to look at, answers to draft, to publish, and those that are late."""

from collections.abc import Iterator
from functools import partial

from nap_builder.consultations.names import ANSWER_DAYS
from nap_builder.consultations.queries.answers import Waits
from nap_builder.consultations.queries.public import invites
from nap_builder.consultations.queries.sealed import count_sealed
from nap_builder.home.queries.facts import Facts
from nap_builder.home.queries.need import LATE, WAIT, Need, Wait
from nap_builder.kernel.access import POLICY
from nap_builder.kernel.actor import Actor
from nap_builder.kernel.languages import _, _n, day


def to_comment(who: Actor) -> Iterator[Need]:
    """The drafts to which the institution is invited: what they are called is for those who are invited alone."""
    for draft in invites(who):
        until = _("Open until %(day)s", day=day(draft.ends)) if draft.ends else _("Open")
        label, why = _("Comment on a draft"), _("The task force invites your organisation.")
        yield Need(label, WAIT, until, why, "consultations.asked", {"key": draft.key}, Wait.SOMEBODY)


def on_consulted(who: Actor, facts: Facts) -> Iterator[Need]:
    """What was said in a plan's consultations and waits for this person."""
    here, plan = {"slug": facts.plan.slug}, facts.plan
    if POLICY["consultations.comment.moderate"].allows(who, plan) and (count := facts.comments_waiting):
        said = _n("%(num)s comment", "%(num)s comments", count)
        label, why = _("Look at comments that came in"), _("Nobody sees them before they are accepted.")
        yield Need(label, WAIT, said, why, "consultations.comments", here, Wait.SOMEBODY)
    if POLICY["consultations.sealed.read"].allows(who, plan) and (count := count_sealed(plan)):
        said = _n("%(num)s comment", "%(num)s comments", count)
        label, why = _("Open confidential comments"), _("You alone can, with the steward’s key file.")
        yield Need(label, WAIT, said, why, "consultations.sealed", here, Wait.SOMEBODY)
    yield from _to_draft(facts.waits)
    if POLICY["consultations.answer.publish"].allows(who, plan):
        yield from _to_publish(facts.waits, here)


def _to_draft(waits: Waits) -> Iterator[Need]:
    """The answers that the institution is asked to draft; a single one opens at once."""
    if not waits.mine:
        return
    first = waits.mine[0]
    said = _n("%(num)s contribution", "%(num)s contributions", len(waits.mine))
    need = partial(
        Need, _("Draft answers to what people said"), WAIT, said, _("The task force asked your institution.")
    )
    if len(waits.mine) == 1:
        yield need("consultations.answer", {"slug": first.plan.slug, "key": first.key}, Wait.SOMEBODY)
    else:
        yield need("consultations.answers", {"slug": first.plan.slug, "show": "mine"}, Wait.SOMEBODY)


def _to_publish(waits: Waits, here: dict[str, str]) -> Iterator[Need]:
    if count := len(waits.drafted):
        said = _n("%(num)s answer", "%(num)s answers", count)
        label, why = _("Publish answers that are drafted"), _("Those who spoke wait for them.")
        yield Need(label, WAIT, said, why, "consultations.answers", {**here, "show": "drafted"}, Wait.SOMEBODY)
    if count := len(waits.late):
        said = _n("%(num)s contribution is late", "%(num)s contributions are late", count)
        why = _("They have waited for more than %(days)s days.", days=ANSWER_DAYS)
        label, parts = _("Answer what people said"), {**here, "show": "late"}
        yield Need(label, LATE, said, why, "consultations.answers", parts, Wait.OVERDUE)
