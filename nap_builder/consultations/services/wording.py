"""Suggested wordings taken over into the working plan. Called inside a transaction."""

from datetime import date

from nap_builder.consultations.answer import in_each, stored
from nap_builder.consultations.events.answering import WORDING_TAKEN
from nap_builder.consultations.models.contributions import Contribution
from nap_builder.consultations.queries.wording import wording_of
from nap_builder.consultations.services.answering import standing, with_changed
from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import record
from nap_builder.kernel.errors import DomainError, WrongState
from nap_builder.kernel.languages import _, _l
from nap_builder.plans.levels import ref
from nap_builder.plans.models.narrative import Paragraph
from nap_builder.plans.services import narrative, rows

TAKEN = _l("The wording that was suggested now stands in the plan.")


class ChangedSinceRead(DomainError):
    """The words were changed after people read them; who takes a suggestion over must see both and say so."""

    status = 409


def take_over(by: Actor, contribution: Contribution, today: date, *, seen: int | None, knowing: bool) -> None:
    """Writes the suggested wording into the row it is for, as any edit: it can be undone, and others see who did it.

    `seen` is the row's version; `knowing` says that the words changed since the version people read, and that they
    are replaced all the same. An answer is prepared that says so. Raises StaleEdit, WrongState, ChangedSinceRead.
    """
    wording = wording_of(contribution)
    if wording is None or wording.row is None:
        raise WrongState(_("There is nothing that this wording could replace."))
    if wording.stands:
        raise WrongState(_("The plan says this already."))
    if wording.changed_since and not knowing:
        raise ChangedSinceRead
    row, text = wording.row, {wording.language: wording.proposed}
    if isinstance(row, Paragraph):
        narrative.write_paragraph(by, row, {**row.text, **text}, seen=seen)
    else:
        rows.change(by, row, {"title": {**row.title, **text}}, seen=seen)
    contribution.taken_over_on = today
    prepared = with_changed(standing(contribution), ref(row), in_each(TAKEN, contribution.plan.languages))
    contribution.draft = stored(prepared) | ({"by": prepared.by} if prepared.by else {})
    record(WORDING_TAKEN, by, contribution, plan=contribution.plan.slug, code=contribution.code)
