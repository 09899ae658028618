"""What a plan may begin with, and how far its first steps are."""

from calendar import isleap
from dataclasses import dataclass
from datetime import date, timedelta
from types import SimpleNamespace

from sqlalchemy import select

from nap_builder.kernel.actor import Actor
from nap_builder.kernel.audit import AuditEntry
from nap_builder.kernel.database import db, one
from nap_builder.kernel.languages import _, _n, listed, words_in
from nap_builder.monitoring.in_words import shown_by
from nap_builder.monitoring.progress.names import COMPLETED
from nap_builder.monitoring.queries.objectives import ObjectiveRow, objective_rows
from nap_builder.monitoring.queries.overview import chosen, moment, shown_periods
from nap_builder.monitoring.queries.periods import status_rule, thresholds_of
from nap_builder.monitoring.queries.record import Record
from nap_builder.monitoring.queries.standings import activity_rows
from nap_builder.monitoring.queries.watched import indicators_of
from nap_builder.plans.models.plan import NATIONAL, Plan
from nap_builder.plans.queries import plan as plans
from nap_builder.plans.services.plan import facts_of
from nap_builder.plans.services.regions import as_region_lines
from nap_builder.reference import queries as reference
from nap_builder.reference.entries import Step
from nap_builder.starting.lessons import OVER
from nap_builder.starting.models import SavedTemplate
from nap_builder.starting.template import PlanTemplate, shipped_templates
from nap_builder.taskforce.events import SEATED
from nap_builder.taskforce.models import CORE_SECTORS
from nap_builder.taskforce.queries import Seats, seats

CIVIL_SOCIETY, WOMENS_AFFAIRS = "civil_society", "womens_affairs"
GOVERNMENT = frozenset({"ministry", "agency"})


@dataclass(frozen=True)
class StepTaken:
    """A first step, and whether the plan shows that it is taken; None where only the task force can tell."""

    step: Step
    done: bool | None


@dataclass(frozen=True)
class ObjectiveAtEnd:
    """An objective of a plan that comes to its end, and how far it came.

    `completed` of its `activities` are completed, `unverified` of these by a report that is not verified. `indicators`
    says how many that measure it reached their target. It is `met` by the rule of monitoring, and `over` when all its
    activities are completed or dropped and no report that says so waits to be verified.
    """

    code: str
    title: dict[str, str]
    activities: int
    completed: int
    unverified: int
    indicators: str
    met: bool
    over: bool

    @property
    def open(self) -> bool:
        """Whether the next plan has to go on with it."""
        return not (self.met or self.over)

    @property
    def said(self) -> str:
        """The objective in a line: its number, its title and how far it came."""
        line = _("%(code)s %(title)s", code=self.code, title=words_in(self.title))
        come = [_("met") if self.met else "", self.indicators, self._done]
        parts = listed(part for part in come if part)
        return _("%(objective)s (%(come)s)", objective=line, come=parts) if parts else line

    @property
    def _done(self) -> str:
        if not self.activities:
            return ""
        done = _n(
            "%(completed)s of %(num)s activity is completed",
            "%(completed)s of %(num)s activities are completed",
            self.activities,
            completed=self.completed,
        )
        waiting = _n("%(num)s not verified", "%(num)s not verified", self.unverified) if self.unverified else ""
        return listed(part for part in (done, waiting) if part)


def objectives_at_end(plan: Plan, who: Actor) -> list[ObjectiveAtEnd]:
    """The objectives of a plan in its order, each with how far it came by the newest period, as a person may know."""
    now = moment(plan, chosen(shown_periods(plan)))
    indicators = indicators_of(plan, who, now, thresholds_of(status_rule(plan)))
    return [_at_end(each, now.record) for each in objective_rows(plan, activity_rows(plan, who, now), indicators)]


def _at_end(each: ObjectiveRow, record: Record) -> ObjectiveAtEnd:
    waits = {row.id for row in each.activities if row.id in record.activities and not row.verified}
    completed = [row for row in each.activities if row.status == COMPLETED]
    return ObjectiveAtEnd(
        code=each.objective.code,
        title=each.objective.title,
        activities=len(each.activities),
        completed=len(completed),
        unverified=sum(row.id in waits for row in completed),
        indicators=shown_by(each) if each.indicators else "",
        met=each.met,
        over=bool(each.activities) and all(row.status in OVER and row.id not in waits for row in each.activities),
    )


def templates() -> list[PlanTemplate]:
    """The templates that come with the program, then those made here, the newest first."""
    return [*shipped_templates(), *(PlanTemplate(saved.document, own=True) for saved in saved_templates())]


def template_at(template: str) -> PlanTemplate:
    """The template with this key. Raises Missing."""
    for found in shipped_templates():
        if found.key == template:
            return found
    living = SavedTemplate.archived_at.is_(None)
    saved = one(select(SavedTemplate).where(SavedTemplate.key == template, living))
    return PlanTemplate(saved.document, own=True)


def saved_templates(*, archived: bool = False) -> list[SavedTemplate]:
    """The templates made here, the newest first."""
    state = SavedTemplate.archived_at.is_not(None) if archived else SavedTemplate.archived_at.is_(None)
    return list(db.session.scalars(select(SavedTemplate).where(state).order_by(SavedTemplate.id.desc())))


def saved_template_at(template: str) -> SavedTemplate:
    """The template made here with this key, archived or not. Raises Missing."""
    return one(select(SavedTemplate).where(SavedTemplate.key == template))


def key_is_free(key: str) -> bool:
    """Whether no template, living or archived, bears a key."""
    shipped = {template.key for template in shipped_templates()}
    taken = select(SavedTemplate.id).where(SavedTemplate.key == key)
    return key not in shipped and db.session.scalar(taken) is None


def facts_to_begin_with(template: PlanTemplate) -> SimpleNamespace:
    """What the form of a new plan shows first: what the newest plan shares with it, and the template's own names."""
    said = template.document["plan"].get("labels", {})
    labels = {f"called_{level}": text for level, text in said.items()}
    level = template.document["plan"].get("level", NATIONAL)
    newest = max(plans.plans(), key=lambda plan: plan.starts, default=None)
    if newest is None:
        return SimpleNamespace(**labels, level=level)
    return SimpleNamespace(
        **labels,
        level=level,
        country=newest.country,
        currency=newest.currency,
        fiscal_year_starts=newest.fiscal_year_starts,
        own_language=newest.languages[0],
        other_languages=newest.languages[1:],
        regions=as_region_lines(newest.regions or [], newest.languages[0]),
    )


def facts_to_follow(plan: Plan) -> SimpleNamespace:
    """What the form of the next plan shows first: the facts of this one, and the period after it if there is one."""
    facts = facts_of(plan)
    starts: date | None
    ends: date | None
    try:
        starts, ends = period_after(plan.starts, plan.ends)
    except (OverflowError, ValueError):  # a plan without an end, as some write it: until 9999
        starts = ends = None
    said = {name: value for name, value in vars(facts).items() if name not in ("starts", "ends", "row_version")}
    return SimpleNamespace(**said, country=plan.country, starts=starts, ends=ends)


def period_after(starts: date, ends: date) -> tuple[date, date]:
    """The period that follows one, as long in whole years, or else in days. Raises OverflowError, ValueError for one
    past the year 9999.
    """
    begins = ends + timedelta(days=1)
    if (begins.month, begins.day) != (starts.month, starts.day):
        return begins, begins + (ends - starts)
    year = begins.year + begins.year - starts.year
    leaps = (begins.month, begins.day) == (2, 29) and not isleap(year)
    after = date(year, 3, 1) if leaps else begins.replace(year=year)
    return begins, after - timedelta(days=1)


def first_steps(plan: Plan) -> list[StepTaken]:
    """The first steps of a task force, each with what the plan shows of it: of seats, only those that people named."""
    named = seats(plan.id)
    everybody = [*named.members, *named.observers]
    shown = {
        "core-four": bool(named.members) and not named.missing_sectors,
        "chair": any(body.sector == WOMENS_AFFAIRS for body in named.chairs) or _says(named, "chair_reason"),
        "mandate": _says(named, "mandate"),
        "wider-circle": any(body.sector not in CORE_SECTORS for body in everybody if body.kind in GOVERNMENT),
        "womens-groups": any(body.kind == CIVIL_SOCIETY for body in everybody),
    }
    if _as_the_template_says(plan):
        shown = dict.fromkeys(shown, False)
    return [StepTaken(step, shown.get(step.key)) for step in reference.first_steps()]


def _as_the_template_says(plan: Plan) -> bool:
    """Whether the task force is still the one that a template brought: nobody has seated it."""
    if plan.template is None or plan.succeeds:
        return False
    seated = select(AuditEntry.number).where(AuditEntry.plan_slug == plan.slug, AuditEntry.word == SEATED.word)
    return db.session.scalar(seated.limit(1)) is None


def _says(named: Seats, what: str) -> bool:
    return bool(named.body and getattr(named.body, what))
