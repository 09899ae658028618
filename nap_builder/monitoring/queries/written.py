"""One update as it was written: who may read it, what corrects it, what stands in its way, and who has to verify."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select, true
from sqlalchemy.orm import aliased, joinedload

from nap_builder.kernel.access import POLICY, can
from nap_builder.kernel.actor import Actor
from nap_builder.kernel.database import db, one
from nap_builder.kernel.errors import Missing
from nap_builder.kernel.languages import _, words_in
from nap_builder.monitoring.models import (
    APPROVED,
    CLOSED,
    COUNTED,
    DRAFT,
    RETURNED,
    SUBMITTED,
    VERIFIED,
    ProgressUpdate,
    ReportingPeriod,
)
from nap_builder.monitoring.names import SUBJECTS
from nap_builder.monitoring.queries.due import subject_of
from nap_builder.plans.models.framework import Activity, Objective, Output
from nap_builder.plans.models.measures import Indicator, Milestone
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.queries.framework import readable, readable_now
from nap_builder.taskforce.queries import chairing

WAITING = (SUBMITTED, APPROVED)
VERIFY = "monitoring.update.verify"


def written_at(slug: str, key: str) -> ProgressUpdate:
    """An update that who acts now may read; every door of an update and its evidence opens by this. Raises Missing.

    What is about a restricted row is for those who may read the row.
    """
    query = select(ProgressUpdate).join(Plan).where(Plan.slug == slug, ProgressUpdate.key == key)
    places = (ProgressUpdate.period, ProgressUpdate.institution, ProgressUpdate.plan)
    update = one(query.options(*(joinedload(place) for place in places)))
    if not readable_now(subject_of(update)) or is_hidden(update):
        raise Missing
    return update


def is_hidden(update: ProgressUpdate) -> bool:
    """Whether it is a draft of others: only its institution reads it, and whoever enters reports for it."""
    theirs = ("monitoring.update.correct", "monitoring.update.enter")
    return update.state == DRAFT and not any(can(action, update) for action in theirs)


def about_the_same(update: ProgressUpdate) -> ColumnElement[bool]:
    """The condition for updates about the same activity, indicator or milestone."""
    kind = next(name for name in SUBJECTS if getattr(update, f"{name}_id") is not None)
    same: ColumnElement[bool] = getattr(ProgressUpdate, f"{kind}_id") == getattr(update, f"{kind}_id")
    return same


@dataclass(frozen=True)
class Chain:
    """A report and its corrections, the oldest first; `one` is the record that is asked about."""

    one: ProgressUpdate
    all: Sequence[ProgressUpdate]

    @property
    def correction(self) -> ProgressUpdate | None:
        """The record that corrects the one, whatever its state."""
        return next((update for update in self.all if update.corrects_id == self.one.id), None)

    @property
    def standing(self) -> ProgressUpdate | None:
        """The newest record that counts."""
        return next((update for update in reversed(self.all) if update.counts), None)

    @property
    def replaced(self) -> bool:
        """Whether a newer record counts in place of the one."""
        newer = self.all[self.all.index(self.one) + 1 :]
        return any(update.counts for update in newer)

    @property
    def until_now(self) -> Sequence[ProgressUpdate]:
        """The one, and what it corrects."""
        return self.all[: self.all.index(self.one) + 1]


def chain_of(update: ProgressUpdate) -> Chain:
    """The report of a period about one row with all its corrections; one statement."""
    query = select(ProgressUpdate).where(ProgressUpdate.period_id == update.period_id, about_the_same(update))
    return Chain(update, db.session.scalars(query.order_by(ProgressUpdate.id)).all())


def hindrance_of(update: ProgressUpdate, *, replaced: bool) -> str | None:
    """Why an update cannot be verified by anybody now, in a sentence; None where it can.

    `replaced` says whether a correction counts in its place. What was entered for an institution needs its
    confirmation, or the name of the document that it came in, which whoever verifies can look into.
    """
    body = words_in(update.institution.called)
    if unjudged := not_to_be_judged(update, replaced=replaced):
        return unjudged
    if update.institution.approves_reports and update.state != APPROVED:
        return _("%(institution)s approves what it reports, and has not approved this yet.", institution=body)
    if update.unconfirmed and not update.source_note:
        return _("%(institution)s has not confirmed it, and no document is named in which it came.", institution=body)
    return None


def not_to_be_judged(update: ProgressUpdate, *, replaced: bool) -> str | None:
    """Why an update can be neither approved, verified nor returned, in a sentence; None where it waits for that."""
    if update.state == VERIFIED:
        return _("It is verified, and stays as it is. A new record can correct it.")
    if update.state not in COUNTED:
        return _("It is not sent yet.") if update.state == DRAFT else _("It was returned, and is not sent anew yet.")
    return _("A correction was sent in its place.") if replaced else None


def correctable(chain: Chain) -> bool:
    """Whether a record may be corrected by a new one: it is verified, or was sent and its period is closed.

    A correction that was returned is mended in itself, and a record has one correction at most.
    """
    update = chain.one
    if chain.correction is not None or update.state == DRAFT:
        return False
    if update.state == RETURNED and update.corrects_id is not None:
        return False
    return update.state == VERIFIED or update.period.state == CLOSED


def open_corrections(who: Actor, plan: Plan | None = None) -> list[ProgressUpdate]:
    """The corrections that a person's institutions still write, in one plan or in all; what came back first."""
    query = select(ProgressUpdate).where(
        ProgressUpdate.institution_id.in_(POLICY["monitoring.update.correct"].reach(who)),
        ProgressUpdate.corrects_id.is_not(None),
        ProgressUpdate.state.in_((DRAFT, RETURNED)),
        ProgressUpdate.plan_id == plan.id if plan is not None else true(),
    )
    places = (ProgressUpdate.plan, ProgressUpdate.period, ProgressUpdate.institution)
    found = db.session.scalars(query.options(*map(joinedload, places)).order_by(ProgressUpdate.id)).all()
    return sorted((one for one in found if readable_now(subject_of(one))), key=lambda one: one.state != RETURNED)


def waiting_for(who: Actor, plan: Plan, period: ReportingPeriod | None = None) -> list[ProgressUpdate]:
    """The updates of a plan, or of one period of it, that a person can verify now, also where the period is closed.

    The oldest period first, in it what was sent first. The number of statements does not grow with the updates.
    """
    about = func.coalesce(ProgressUpdate.activity_id, Indicator.activity_id, Milestone.activity_id)
    query = (
        select(ProgressUpdate)
        .join(ReportingPeriod, ReportingPeriod.id == ProgressUpdate.period_id)
        .outerjoin(Indicator, Indicator.id == ProgressUpdate.indicator_id)
        .outerjoin(Milestone, Milestone.id == ProgressUpdate.milestone_id)
        .outerjoin(Activity, Activity.id == about)
        .outerjoin(Output, Output.id == Activity.output_id)
        .outerjoin(Objective, Objective.id == Activity.objective_id)
        .where(ProgressUpdate.plan_id == plan.id, ProgressUpdate.state.in_(WAITING), ~_is_replaced())
        .where(or_(Activity.id.is_(None), readable(who, plan.id)))
        .options(joinedload(ProgressUpdate.period), joinedload(ProgressUpdate.institution))
        .order_by(ReportingPeriod.ends, ProgressUpdate.submitted_at, ProgressUpdate.id)
    )
    if period is not None:
        query = query.where(ProgressUpdate.period_id == period.id)
    chairs, of_chair = chairing(plan.id), dict[bool, bool]()
    found = []
    for update in db.session.scalars(query):
        if who.id in (update.author_id, update.approver_id) or update.institution_id in who.institutions:
            continue
        kind = update.institution_id in chairs
        if kind not in of_chair:  # the rule tells apart only the chairing ministry's from the others'
            of_chair[kind] = POLICY[VERIFY].allows(who, update)
        if of_chair[kind] and not hindrance_of(update, replaced=False):
            found.append(update)
    return found


def _is_replaced() -> ColumnElement[bool]:
    newer = aliased(ProgressUpdate)
    return select(newer.id).where(newer.corrects_id == ProgressUpdate.id, newer.state.in_(COUNTED)).exists()
